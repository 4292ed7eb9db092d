"""Counts claims by speaker, type and month over what extract.py wrote.

    spark-submit counts.py EXTRACTED OUTPUT [--format jsonl|parquet] [--top N]

OUTPUT is a folder with one CSV file: speaker, type, month, claims. What has no speaker or no date is counted as such, with
an empty cell. Names are counted as the texts resolve them: two names of one person are two rows.
"""

import argparse
import sys

from pyspark.sql import SparkSession
from pyspark.sql import functions as f

from extract import SCHEMA


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("input")
    parser.add_argument("output")
    parser.add_argument("--format", choices=["jsonl", "parquet"], default="jsonl")
    parser.add_argument("--top", type=int, help="only so many rows, the largest")
    args = parser.parse_args()
    spark = SparkSession.builder.appName("dictum counts").getOrCreate()
    reader = spark.read.schema(SCHEMA)
    records = reader.json(args.input) if args.format == "jsonl" else reader.parquet(args.input)
    claims = records.where("error is null").select("date", f.explode("claims").alias("claim"))
    month = f.when(f.length("date") >= 7, f.substring("date", 1, 7))
    counts = (
        claims.select(
            f.col("claim.claimant_resolved").alias("speaker"),
            f.col("claim.type").alias("type"),
            month.alias("month"),
        )
        .groupBy("speaker", "type", "month")
        .agg(f.count("*").alias("claims"))
        .orderBy(f.desc("claims"), "speaker", "type", "month")
    )
    if args.top:
        counts = counts.limit(args.top)
    counts.coalesce(1).write.option("header", True).option("escape", '"').csv(args.output)
    spark.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
