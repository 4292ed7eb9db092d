"""The job on `local-cluster[2,1,1024]`, two executors as processes of their own, against the single process.

Sorted output must be the same at 2 partitions and at 8 with an executor killed on the way; a filter that fails must fail the
job; Parquet, at 1 partition, and counts must agree with what the single process found.
"""

import collections
import csv
import gzip
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyspark

HERE = Path(__file__).resolve().parent
SHORTEST = 80  # characters of a paragraph that counts as a statement


def statements(path, wanted):
    """Paragraphs, sentences where a text has none, as statements with ids of their own; some of them bad."""
    written = 0
    with open(path, "w", encoding="utf-8") as out:
        for document in documents():
            pieces = document["text"].replace(". ", ".\n").split("\n")
            for at in range(0, len(pieces), 4):
                text = " ".join(" ".join(pieces[at : at + 4]).split())
                if len(text) < SHORTEST:
                    continue
                record = {**document, "id": f"{document['id']}/{at}", "text": text}
                out.write(json.dumps(record, ensure_ascii=written % 2 == 0) + "\n")
                written += 1
                if written == wanted - 2:
                    out.write('{"id": "bad", "tex\n{"id": "none"}\n')
                    return wanted
    return written + 2


def documents():
    large = Path(os.environ["DICTUM_CORPORA"]) / "large.jsonl.gz"
    if large.exists():
        with gzip.open(large, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)
        return
    print(f"{large} is not there: the bundled sample is used, over and over")
    sample = sorted((HERE / "../../assets/sample").resolve().glob("*.*"))
    for turn in range(10_000):
        for file in sample:
            yield {"id": f"{turn}/{file.name}", "text": file.read_text(encoding="utf-8"), "date": "2025-10-12"}


def environment():
    home = os.path.dirname(pyspark.__file__)
    # Loopback alone, and no other Spark of the machine.
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SPARK_", "PYSPARK_"))}
    return {
        **kept, "SPARK_HOME": home, "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_PYTHON": sys.executable, "PYSPARK_DRIVER_PYTHON": sys.executable,
        "PYTHONPATH": str(HERE),
    }


def submit(binary, script, *args):
    spark = Path(pyspark.__file__).parent / "bin" / "spark-submit"
    command = [
        str(spark), "--master", "local-cluster[2,1,1024]",
        "--conf", "spark.driver.host=127.0.0.1", "--conf", "spark.driver.bindAddress=127.0.0.1",
        "--conf", "spark.ui.enabled=false", "--conf", "spark.executor.memory=768m",
        "--conf", "spark.log.level=ERROR", "--files", str(binary), str(HERE / script), *map(str, args),
    ]
    # Its words are kept for a failure.
    return subprocess.Popen(
        command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def finish(job, what, good=True):
    said, _ = job.communicate(timeout=3600)
    if (job.returncode == 0) != good:
        sys.exit(f"{what}: ended with {job.returncode}\n{said.decode()[-4000:]}")
    return said.decode()


def run(binary, script, *args, good=True):
    began = time.monotonic()
    said = finish(submit(binary, script, *args), f"{script} {args}", good)
    return time.monotonic() - began, said


def lines_of(folder):
    assert (folder / "_SUCCESS").exists(), f"{folder} is not complete"
    lines = []
    for part in sorted(folder.glob("part-*")):
        lines += part.read_bytes().split(b"\n")[:-1]
    return lines


def descendants(root):
    """Processes started by `root` or by those it started: (pid, command line)."""
    parents, commands = {}, {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
                commands[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except (OSError, UnicodeDecodeError):
                continue
            parents[int(entry.name)] = int(stat.rpartition(")")[2].split()[1])
    for pid in parents:
        above = pid
        while above in parents and above != root:
            above = parents[above]
        if above == root and pid != root:
            yield pid, commands[pid]


def kill_one(job):
    """Ends an executor of this job while a filter runs under it."""
    until = time.monotonic() + 300
    while time.monotonic() < until and job.poll() is None:
        started = list(descendants(job.pid))
        executors = [pid for pid, line in started if "CoarseGrainedExecutorBackend" in line]
        filters = [line for _, line in started if line.strip().endswith("dictum extract --quiet")]
        if executors and filters:
            time.sleep(0.5)
            os.kill(executors[0], signal.SIGKILL)
            return True
        time.sleep(0.1)
    return False


def main():
    binary, wanted = Path(sys.argv[1]), int(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        check(binary, wanted, Path(folder))


def check(binary, wanted, at):
    source = at / "in.jsonl"
    count = statements(source, wanted)
    began = time.monotonic()
    with open(source, "rb") as lines:
        alone = subprocess.run(
            [binary, "extract", "--quiet"], stdin=lines, stdout=subprocess.PIPE, env={}, check=True
        ).stdout
    took = time.monotonic() - began
    # By bytes that part lines, since a text may hold what other rules take for the end of one.
    alone = sorted(alone.split(b"\n")[:-1])
    size = source.stat().st_size / 1e6
    assert len(alone) == count, (len(alone), count)
    print(f"single process: {count} statements, {size:.1f} MB, {took:.1f} s", flush=True)
    out = at / "out-2"
    took, said = run(binary, "extract.py", source, out, "--partitions", 2)
    assert len(list(out.glob("part-*"))) == 2
    assert sorted(lines_of(out)) == alone, "2 partitions differ from the single process"
    assert f"{count} statements, 2 of them errors" in said, said
    print(f"2 partitions: the same, {took:.1f} s", flush=True)

    out = at / "out-killed"
    job = submit(binary, "extract.py", source, out, "--partitions", 8)
    assert kill_one(job), "no executor could be killed: the job was over before"
    finish(job, "with an executor killed")
    assert len(list(out.glob("part-*"))) == 8
    assert sorted(lines_of(out)) == alone, "an executor was killed, and the output of 8 partitions differs"
    print("8 partitions, an executor killed on the way: the same", flush=True)

    out = at / "parquet"
    run(binary, "extract.py", source, out, "--partitions", 1, "--format", "parquet")
    assert len(list(out.glob("part-*"))) == 1
    run(binary, "counts.py", out, at / "counts", "--format", "parquet")
    (table,) = (at / "counts").glob("part-*")
    with open(table, encoding="utf-8", newline="") as rows:
        counted = {(r["speaker"], r["type"], r["month"]): int(r["claims"]) for r in csv.DictReader(rows)}
    expected = collections.Counter()
    for line in map(json.loads, alone):
        date = line.get("date", "")
        for claim in line.get("claims", []):
            expected[(claim["claimant_resolved"] or "", claim["type"], date[:7] if len(date) >= 7 else "")] += 1
    assert counted == expected, "the counts differ from those of the single process"
    print(f"Parquet and counts: {sum(counted.values())} claims in {len(counted)} rows, the same", flush=True)

    failing = at / "dictum"
    failing.write_text("#!/bin/sh\ncat >/dev/null\nexit 3\n")
    failing.chmod(0o755)
    run(failing, "extract.py", source, at / "out-failed", "--partitions", 2, good=False)
    assert not (at / "out-failed" / "_SUCCESS").exists()
    print("a filter that fails: the job fails", flush=True)


if __name__ == "__main__":
    main()
