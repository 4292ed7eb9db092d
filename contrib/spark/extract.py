"""Extracts quotes and claims from JSON lines on Apache Spark, with the dictum that is shipped along.

    spark-submit --files /path/to/dictum extract.py INPUT OUTPUT [--partitions N] [--format jsonl|parquet]

INPUT is a file, a folder or a pattern that Spark can read (plain, gzip or bzip2; a compressed file is one piece until it
is spread over partitions). OUTPUT is a folder that must not exist. `dictum extract` answers each line with one line
and keeps nothing between two, so the lines are the same whatever the partitions; their order is Spark's.

A filter that ends badly fails the job (`checkCode=True`): by default Spark would lose its lines without a word. A line
that is no statement gives a line with `error`; how many did is said at the end, and with --strict it is an error.
"""

import argparse
import sys

from pyspark import SparkFiles
from pyspark.sql import SparkSession

# What Parquet keeps, and what counts.py reads. JSON lines keep every field.
SPAN = "array<bigint>"
SCHEMA = f"""
    schema bigint, extractor bigint, id string, title string, date string, place string, source string,
    author string, url string, lang string, layout string, issuer string, text string, error string,
    quotes array<struct<
        id string, kind string, act string, content array<{SPAN}>, source array<{SPAN}>, cue array<{SPAN}>,
        speaker string, resolved string, on_behalf_of string, confidence double>>,
    claims array<struct<
        id string, start bigint, end bigint, type string, claimant_resolved string, on_behalf_of string,
        attribution string, target string, stance string, polarity string, modality string, verifiable string,
        normalized string, check_worthiness double, confidence double>>
"""


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("input")
    parser.add_argument("output")
    parser.add_argument("--binary", default="dictum", help="its name as shipped with --files")
    parser.add_argument("--partitions", type=int, help="default: as Spark cuts the input")
    parser.add_argument("--format", choices=["jsonl", "parquet"], default="jsonl")
    parser.add_argument("--strict", action="store_true", help="fail when a line is no statement")
    return parser.parse_args()


def command(context, binary):
    # Spark puts shipped files into the folder in which an executor runs; in local mode into one of its own.
    if context.master.startswith("local") and not context.master.startswith("local-cluster"):
        return f"{SparkFiles.get(binary)} extract --quiet"
    return f"./{binary} extract --quiet"


def main():
    args = arguments()
    spark = SparkSession.builder.appName("dictum extract").getOrCreate()
    context = spark.sparkContext
    lines = context.textFile(args.input, args.partitions)
    lines = lines.filter(lambda line: line.strip())
    if args.partitions and lines.getNumPartitions() != args.partitions:
        lines = lines.repartition(args.partitions)
    # An empty environment: nothing of the machine may change what is found.
    answers = lines.pipe(command(context, args.binary), env={}, checkCode=True)
    if args.format == "jsonl":
        answers.saveAsTextFile(args.output)
    else:
        spark.read.schema(SCHEMA).json(answers).write.parquet(args.output)
    return told(spark, args)


def told(spark, args):
    """Says how many lines came out and how many of them are errors."""
    reader = spark.read.schema(SCHEMA)
    out = reader.json(args.output) if args.format == "jsonl" else reader.parquet(args.output)
    total, errors = out.selectExpr("count(*)", "count(error)").first()
    print(f"{total} statements, {errors} of them errors", file=sys.stderr)
    spark.stop()
    return 1 if errors and args.strict else 0


if __name__ == "__main__":
    sys.exit(main())
