"""Reads every table of a lake as analysts do: read_tables.py LAKE; prints a line for each, fails where readers differ."""

import sys
from pathlib import Path

import duckdb
import polars
from deltalake import DeltaTable

tables = sorted(log.parent for log in Path(sys.argv[1]).glob("*/_delta_log"))
faults = []
for path in tables:
    table = DeltaTable(str(path))
    arrow = table.to_pyarrow_table()
    frame = polars.read_delta(str(path))
    rows = duckdb.sql("SELECT count(*) FROM arrow").fetchall()[0][0]
    version = table.protocol().min_reader_version
    print(f"{path.name}: {arrow.num_rows} rows, {arrow.num_columns} columns, reader version {version}")
    if not arrow.num_rows == rows == frame.height or arrow.column_names != frame.columns or version != 1:
        faults.append(f"{path.name}: Arrow {arrow.num_rows}, DuckDB {rows}, Polars {frame.height} rows, version {version}")
contacts = DeltaTable(str(Path(sys.argv[1]) / "contacts")).to_pyarrow_table()
explained = duckdb.sql("SELECT count(*) FROM contacts WHERE _lineage['title'].provider IS NOT NULL").fetchall()[0][0]
print(f"{len(tables)} tables, {explained} titles explained")
if faults or explained == 0:
    sys.exit("\n".join(faults) or "no lineage can be read")
