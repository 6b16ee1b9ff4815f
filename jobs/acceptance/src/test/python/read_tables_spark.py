"""Reads every table of a lake with PySpark: read_tables_spark.py LAKE JARS; prints a line for each."""

import sys
from pathlib import Path

from pyspark.sql import SparkSession

jars = ",".join(str(jar) for jar in Path(sys.argv[2]).glob("delta-*.jar"))
spark = (
    SparkSession.builder.master("local[2]")
    .config("spark.jars", jars)
    .config("spark.ui.enabled", "false")
    .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
    .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
    .getOrCreate()
)
tables = sorted(log.parent for log in Path(sys.argv[1]).glob("*/_delta_log"))
for path in tables:
    frame = spark.read.format("delta").load(str(path))
    print(f"{path.name}: {frame.count()} rows, {len(frame.columns)} columns")
print(f"{len(tables)} tables")
