"""Prints every row of every Delta table of a lake, one JSON object a line: lake_rows.py LAKE."""

import json
import sys
from pathlib import Path

import duckdb
from deltalake import DeltaTable

lake = Path(sys.argv[1])
for table in sorted(path.parent for path in lake.glob("*/_delta_log")):
    # The table says which files are of its newest version; DuckDB reads them, and leaves no thread behind when Python ends.
    files = DeltaTable(str(table)).file_uris()
    if files:
        rows = duckdb.execute(
            "SELECT to_json(r) FROM read_parquet(?, hive_partitioning = true, union_by_name = true) AS r", [files]
        )
        for (row,) in rows.fetchall():
            print(json.dumps({"table": table.name, "row": json.loads(row)}))
