"""Prints every row of every Delta table of a lake, one JSON object a line: lake_rows.py LAKE."""

import json
import sys
from pathlib import Path

import duckdb
from deltalake import DeltaTable

lake = Path(sys.argv[1])
for table in sorted(path.parent for path in lake.glob("*/_delta_log")):
    # The table says which files are of its newest version and which of their columns are its own (a merge leaves Delta's own
    # in them); DuckDB reads them, and leaves no thread behind when Python ends.
    delta = DeltaTable(str(table))
    files = delta.file_uris()
    if files:
        source = "read_parquet(?, hive_partitioning = true, union_by_name = true)"
        own = {field.name for field in delta.schema().fields}
        there = [name for name, *_ in duckdb.execute(f"DESCRIBE SELECT * FROM {source}", [files]).fetchall()]
        columns = ", ".join('"' + name.replace('"', '""') + '"' for name in there if name in own)
        rows = duckdb.execute(f"SELECT to_json(r) FROM (SELECT {columns} FROM {source}) AS r", [files])
        for (row,) in rows.fetchall():
            print(json.dumps({"table": table.name, "row": json.loads(row)}))
