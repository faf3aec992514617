"""What is promised of winnowtext.spark, on a cluster, with processes that are killed."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import generate
import pandas as pd
import pytest
from conftest import ROWS, Data, Killer, commands, cpu, executors, session
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from winnowtext import Coprocess, _command, shards
from winnowtext import spark as winnow

HERE = Path(__file__).parent
TESTS = HERE.parent / "tests"
JSONL = ["--from", "jsonl"]
WARC = ["--from", "warc"]


def say(text: str) -> None:
    """Prints a figure where it is seen, whatever pytest does with the output."""
    print(text, file=sys.__stdout__, flush=True)


def bare(paths: list[Path], *args: str) -> list[bytes]:
    """Returns the lines of the bare command."""
    argv = [_command.path(), *args, "-f", "jsonl", *map(str, paths)]
    return subprocess.run(argv, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.splitlines()


def lines(out: Path) -> list[bytes]:
    return [line for file in out.glob("*.jsonl") for line in file.read_bytes().splitlines()]


def digest(rows: list[bytes]) -> str:
    """Returns the SHA-256 of the sorted rows."""
    return hashlib.sha256(b"\n".join(sorted(rows))).hexdigest()


def canonical(rows: list[dict[str, Any]]) -> list[bytes]:
    """Returns rows as one form of JSON, null and what is not there being the same."""

    def known(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: known(v) for k, v in value.items() if v is not None}
        if isinstance(value, list):
            return [known(v) for v in value]
        return float(value) if isinstance(value, int) and not isinstance(value, bool) else value

    return [json.dumps(known(row), sort_keys=True).encode() for row in rows]


def rows_of(df: DataFrame) -> list[dict[str, Any]]:
    return [row.asDict(recursive=True) for row in df.toLocalIterator()]


@contextlib.contextmanager
def meanwhile(killer: Killer | None) -> Iterator[None]:
    """Runs a killer beside what is done in it, and wants it to have come to something."""
    thread = threading.Thread(target=killer or (lambda: None))
    thread.start()
    yield
    thread.join()
    assert killer is None or killer.killed == 1, "it was over before anything was killed"


KILLERS = {
    "undisturbed": lambda: None,
    "kill -9 of a command": lambda: Killer(commands, commands),
    "kill -9 of an executor": lambda: Killer(executors, commands),
}


@pytest.fixture(scope="module")
def table(spark: SparkSession, data: Data, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The rows as Parquet, in partitions of several batches."""
    out = str(tmp_path_factory.mktemp("table"))
    spark.read.json([str(p) for p in data.jsonl]).write.mode("overwrite").option("maxRecordsPerFile", ROWS // 4).parquet(out)
    return out


@pytest.mark.parametrize("how", KILLERS)
def test_column(spark: SparkSession, data: Data, table: str, tmp_path: Path, how: str) -> None:
    cleaned = winnow.clean_column(spark.read.parquet(table), "html", url="url")
    with meanwhile(KILLERS[how]()):
        cleaned.write.parquet(str(tmp_path / "out"))
    back = spark.read.parquet(str(tmp_path / "out"))
    assert digest(canonical(rows_of(back))) == digest(canonical([json.loads(x) for x in bare(data.jsonl, *JSONL)]))
    report = winnow.count(back)
    assert report.rows == ROWS == sum(report.verdicts.values()) and not report.errors
    say(f"clean_column, {how}: {report.rows} rows, the same")


@pytest.mark.parametrize("how", KILLERS)
@pytest.mark.parametrize("kind", ["jsonl", "warc"])
def test_paths(spark: SparkSession, data: Data, tmp_path: Path, kind: str, how: str) -> None:
    paths, args = (data.jsonl, JSONL) if kind == "jsonl" else (data.warc, WARC)
    out = tmp_path / "out"
    with meanwhile(KILLERS[how]()):
        report = winnow.clean_paths(spark, paths, out, args)
    assert digest(lines(out)) == digest(bare(paths, *args))
    assert (report.shards, report.failed, report.rows, report.errors, report.faults) == (len(paths), 0, ROWS, {}, [])
    assert sum(report.verdicts.values()) == ROWS
    if how == "undisturbed":
        again = winnow.clean_paths(spark, paths, out, args)
        assert (again.before, again.rows, again.verdicts) == (len(paths), ROWS, report.verdicts)
    say(f"clean_paths of {kind}, {how}: {report.rows} rows, the same")


def test_bad_rows_of_a_column(spark: SparkSession, tmp_path: Path) -> None:
    """One of 20 MB, one that is no text, one that hangs: three records with an error."""
    bad = {40: "<p>" + "x" * 20_000_000, 90: "PK\x03\x04\x14\x00\x00" + "\x8d\x01\x00\xff" * 1000, 150: "hang"}
    rows = [(i, bad.get(i, f"Advertisement\nThe ferry number {i} left at noon.")) for i in range(200)]
    proxy = [sys.executable, str(TESTS / "proxy.py"), _command.path()]
    with Coprocess(command=proxy, deadline=4, max_bytes=10_000_000) as c:
        df = spark.createDataFrame(rows, "id int, body string").coalesce(2)
        winnow.clean_column(df, "body", coprocess=c).write.parquet(str(tmp_path / "out"))
    found = {r["id"]: r for r in rows_of(spark.read.parquet(str(tmp_path / "out")))}
    assert len(found) == 200
    assert {i: r["error"] for i, r in found.items() if r["error"] is not None} == {
        40: "larger than 10000000 (--max-bytes)",
        90: "binary data, neither HTML nor text",
        150: "the command did not answer within 4 seconds, twice",
    }
    assert found[7]["text"] == "The ferry number 7 left at noon.\n"
    say("clean_column, three bad rows: three records")


def test_bad_rows_of_paths(spark: SparkSession, tmp_path: Path) -> None:
    paths = []
    for shard, bad in enumerate(("", json.dumps({"id": 17, "text": "x" * 20_000_000}), "no JSON", '{"id":17,"text":"hang"}')):
        paths.append(tmp_path / f"{shard}.jsonl")
        good = [json.dumps({"id": i, "text": f"Advertisement\nThe ferry number {i} left at noon."}) for i in range(50)]
        paths[-1].write_text("\n".join([*good[:17], bad or good[17], *good[18:]]) + "\n")
    dying = [sys.executable, str(TESTS / "dying.py"), _command.path()]
    report = winnow.clean_paths(spark, paths, tmp_path / "out", [*JSONL, "--max-bytes", "10MB"], command=dying, deadline=4)
    assert (report.shards, report.failed, report.rows) == (4, 0, 200)
    assert report.verdicts == {"article": 197, "": 3} and sum(report.errors.values()) == 3
    want = [x for x in bare([paths[0]], *JSONL) if b'"id":17,' not in x]
    assert Counter(lines(tmp_path / "out"))[want[0]] == 4
    assert [f.partition(": ")[2].partition(" ")[0:3:2] for f in sorted(report.faults)] == [
        ("row", "18: larger than 10MB (--max-bytes)"),
        ("row", "18: no JSON: invalid character 'o' in literal null (expecting 'u') (byte 2)"),
        ("row", "18: the command wrote nothing for 4 seconds, twice"),
    ]
    say("clean_paths, three bad rows: three records")


def test_a_row_that_ends_every_command(spark: SparkSession, tmp_path: Path) -> None:
    rows = spark.range(10_000).select(
        "id", F.expr("if(id = 6543, 'kill', concat('The ferry number ', id, ' left.'))").alias("text")
    )
    proxy = [sys.executable, str(TESTS / "proxy.py"), _command.path()]
    spark.sparkContext.setJobGroup("poison", "poison")
    winnow.clean_column(rows.coalesce(1), "text", kind="text", coprocess=Coprocess(command=proxy)).write.parquet(
        str(tmp_path / "out")
    )
    tracker = spark.sparkContext.statusTracker()
    stages = [tracker.getStageInfo(s) for j in tracker.getJobIdsForGroup("poison") for s in tracker.getJobInfo(j).stageIds]
    failed = sum(s.numFailedTasks for s in stages)
    back = spark.read.parquet(str(tmp_path / "out"))
    assert back.count() == 10_000 and back.select("id").distinct().count() == 10_000
    (bad,) = back.where("error is not null").collect()
    assert (bad["id"], bad["error"]) == (6543, "the command was ended by SIGKILL, twice")
    assert winnow.count(back).errors == {"the command was ended by SIGKILL, twice": 1}
    assert failed == 0
    say(f"a row that ends every command, among 10,000: one record with an error, {failed} tasks failed")


def test_damaged_archives(spark: SparkSession, data: Data, tmp_path: Path) -> None:
    packed = data.warc[0].read_bytes()
    paths = [
        tmp_path / name
        for name in ("whole.warc.gz", "cut.warc.gz", "hurt.warc.gz", "none.warc.gz", "empty.warc.gz", "missing.warc.gz")
    ]
    paths[0].write_bytes(packed)
    paths[1].write_bytes(packed[: len(packed) * 2 // 3])
    paths[2].write_bytes(packed[: len(packed) // 2] + b"\x00" * 999 + packed[len(packed) // 2 + 999 :])
    paths[3].write_bytes(b"this is no archive at all, somebody put it here\n" * 100)
    paths[4].touch()
    report = winnow.clean_paths(spark, paths, tmp_path / "out", WARC)
    assert digest(lines(tmp_path / "out")) == digest(bare(paths[:5], *WARC))
    assert report.failed == 1 and f"{paths[5]}: No such file or directory" in report.faults
    assert report.rows > ROWS // 4 * 2 and report.verdicts[""] == sum(report.errors.values())
    for path in paths[1:]:
        assert any(fault.startswith(f"{path}") for fault in report.faults) or path.name == "empty.warc.gz", report.faults
    # All records of the damaged ones but those at the damage.
    found = Counter(json.loads(x).get("url") for x in lines(tmp_path / "out"))
    assert sum(n == 3 for n in found.values()) >= ROWS // 4 // 2 - 4
    say(f"damaged archives:\n{report}")


def test_memory(spark: SparkSession, tmp_path: Path) -> None:
    rows = list(generate.site_texts(50, 12))
    paths = [tmp_path / f"texts-{i}.jsonl" for i in range(6)]
    for i, path in enumerate(paths):
        generate.write_jsonl(path, rows[i::6])
    fields = [*JSONL, "--site-field", "site"]
    memory, own = tmp_path / "set.mem", tmp_path / "own.mem"
    report = winnow.learn(spark, paths, memory, fields)
    assert (report.shards, report.failed) == (6, 0)
    subprocess.run([_command.path(), "learn", "-o", own, *fields, *paths], check=True, stderr=subprocess.DEVNULL)
    assert memory.read_bytes() == own.read_bytes()
    winnow.clean_paths(spark, paths, tmp_path / "out", [*fields, "--memory", str(memory)])
    want = bare(paths, *fields, "--memory", str(own))
    assert digest(lines(tmp_path / "out")) == digest(want) != digest(bare(paths, *fields))
    df = spark.read.json([str(p) for p in paths])
    cleaned = winnow.clean_column(df, "text", kind="text", site="site", coprocess=Coprocess(memory=memory))
    assert digest(canonical(rows_of(cleaned))) == digest(canonical([json.loads(x) for x in want]))
    say(f"memory of 50 sites: {memory.stat().st_size} bytes, those of the command; texts cleaned with it the same")


def test_read_back(spark: SparkSession, data: Data, table: str, tmp_path: Path) -> None:
    """By Spark, pandas and DuckDB, as Parquet and as JSON Lines, with the types that are documented."""
    df = spark.read.parquet(table).where("id < 60")
    winnow.clean_column(df, "html", url="url").coalesce(1).write.parquet(str(tmp_path / "parquet"))
    head = tmp_path / "head.jsonl"
    head.write_bytes(b"".join(data.jsonl[0].read_bytes().splitlines(True)[:60]))
    winnow.clean_paths(spark, [head], tmp_path / "packed", JSONL, packed=True)
    winnow.clean_paths(spark, [head], tmp_path / "jsonl", JSONL)
    types = {
        "id": "bigint", "url": "string", "error": "string", "schema": "bigint", "format": "string", "verdict": "string",
        "score": "double", "type": "string", "type_p": "double", "title": "string", "authors": "array<string>",
        "byline": "string", "published": "string", "published_precision": "string", "modified": "string",
        "modified_precision": "string", "site_name": "string", "source_name": "string", "language": "string",
        "direction": "string", "excerpt": "string", "section": "string", "tags": "array<string>", "image": "string",
        "images": "array<struct<url:string,caption:string,alt:string>>", "favicon": "string", "canonical": "string",
        "data_type": "string", "free": "boolean", "words": "bigint", "text": "string",
    }  # fmt: skip
    parquet = spark.read.parquet(str(tmp_path / "parquet"))
    found = {f.name: f.dataType.simpleString() for f in parquet.schema.fields}
    assert types.items() <= found.items()  # there may be more, of later versions
    assert set(found) == {"id", *winnow.schema().names}
    want = {r["id"]: r for r in map(json.loads, bare([head], *JSONL))}
    fields = winnow.schema().add("id", "long")
    frames = [rows_of(parquet)] + [rows_of(spark.read.schema(fields).json(str(tmp_path / d))) for d in ("jsonl", "packed")]
    (file,), (packed,) = (tmp_path / "jsonl").glob("*.jsonl"), (tmp_path / "packed").glob("*.jsonl.gz")
    parquets = str(tmp_path / "parquet/*.parquet")
    p = pd.read_parquet(tmp_path / "parquet")
    assert (p["score"].dtype, p["words"].dtype, p["free"].dtype) == ("float64", "int64", "object")
    frames += [
        p.to_dict("records"),
        pd.read_json(file, lines=True, precise_float=True).to_dict("records"),
        pd.read_json(packed, lines=True, precise_float=True).to_dict("records"),
    ]
    frames += [duckdb.sql(f"from '{source}'").df().to_dict("records") for source in (parquets, file, packed)]
    duck = dict(duckdb.sql(f"select column_name, column_type from (describe from '{parquets}')").fetchall())
    assert (duck["authors"], duck["score"], duck["words"]) == ("VARCHAR[]", "DOUBLE", "BIGINT")
    assert duck["images"].startswith("STRUCT(") and duck["free"] == "BOOLEAN"
    for frame in frames:
        assert len(frame) == 60
        for row in frame:
            for name in ("text", "title", "verdict", "score", "language"):
                assert row[name] == want[row["id"]][name]
            assert list(row["authors"]) == want[row["id"]]["authors"]
    say("read back by Spark, pandas and DuckDB, from Parquet and JSON Lines: the same")


def test_columns(spark: SparkSession) -> None:
    """Other columns stay what they are, and which of two columns of a name stays is said."""
    df = spark.createDataFrame(
        [(1, "mine", "Advertisement\nThe ferry left at noon.", 2**60 + 1, None), (2, None, None, None, 1.5)],
        "id int, Title string, body string, big long, verdict double",
    )
    cleaned = winnow.clean_column(df, "body", names=["text", "title", "verdict", "error"])
    assert cleaned.columns == ["id", "Title", "big", "text", "verdict", "error"]
    one, two = cleaned.orderBy("id").collect()
    assert tuple(one) == (1, "mine", 2**60 + 1, "The ferry left at noon.\n", "article", None)
    assert tuple(two) == (2, None, None, "", "empty", None)
    with Coprocess(explain=True) as c:
        cleaned = winnow.clean_column(df, "body", prefix="w_", keep=True, coprocess=c)
    assert cleaned.columns[:5] == df.columns and "w_decisions" in cleaned.columns and "w_blocks" not in cleaned.columns
    one, _ = cleaned.orderBy("id").collect()
    assert [(d.kept, d.kind) for d in one["w_decisions"]] == [(False, "ad"), (True, None)]
    assert winnow.count(cleaned, prefix="w_").kinds == {"ad": 1}
    assert winnow.clean_column(df.limit(0), "body").count() == 0
    with pytest.raises(ValueError, match="no column 'html'"):
        winnow.clean_column(df, "html")
    with pytest.raises(TypeError, match="decode bytes first"):
        winnow.clean_column(df, "big")
    with pytest.raises(ValueError, match="no field 'txt'"):
        winnow.clean_column(df, "body", names=["txt"])


def test_nothing_and_wrong(spark: SparkSession, data: Data, tmp_path: Path) -> None:
    assert winnow.clean_paths(spark, [], tmp_path / "out").shards == 0
    with pytest.raises(shards.WorkerError, match="unknown flag"):
        winnow.clean_paths(spark, data.jsonl, tmp_path / "out", ["--no-such"])
    with pytest.raises(TypeError, match="paths takes several"):
        winnow.clean_paths(spark, str(data.jsonl[0]), tmp_path / "out")
    with pytest.raises(FileNotFoundError, match="no text to learn from"):
        winnow.learn(spark, [tmp_path / "missing.jsonl"], tmp_path / "set.mem", JSONL)
    assert not (tmp_path / "set.mem").exists()


TIMES = 2  # the rows, in what is measured
FEW = 4  # rows of a shard, in what is taken for start-up
WARM = 2  # runs before those that count


def cost_of_bare(paths: list[Path], args: list[str]) -> float:
    argv = [_command.path(), *args, "-j", "1", "-f", "jsonl", *map(str, paths)]
    with open(os.devnull, "w") as nothing:
        process = subprocess.Popen(argv, stdout=nothing, stderr=nothing, env={**os.environ, "GOMAXPROCS": "2"})
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return usage.ru_utime + usage.ru_stime


class Work:
    """Something that is measured, by an engine and by the bare command, on all rows and on few."""

    def __init__(self, name: str, args: list[str], files: dict[str, list[Path]], run: Callable[[str, Path], object]) -> None:
        self.name, self.args, self.files, self.run = name, args, files, run

    def bare(self) -> float:
        many, few = (cost_of_bare(self.files[size], self.args) for size in ("many", "few"))
        return many - few

    def engine(self, out: Path) -> tuple[float, float]:
        """Returns the seconds of CPU without start-up, and those that all rows took by the clock."""
        used, took = {}, {}
        for size in ("many", "few"):
            before, began = cpu(), time.monotonic()
            self.run(size, out / size)
            used[size], took[size] = cpu() - before, time.monotonic() - began
        return used["many"] - used["few"], took["many"]


def works(spark: SparkSession, files: dict[str, dict[str, list[Path]]], tables: dict[str, str]) -> list[Work]:
    def paths(kind: str, args: list[str]) -> Work:
        return Work(
            f"clean_paths, {kind}", args, files[kind], lambda size, out: winnow.clean_paths(spark, files[kind][size], out, args)
        )

    def column(size: str, out: Path) -> None:
        df = spark.read.parquet(*[tables[size]] * (TIMES if size == "many" else 1))
        winnow.clean_column(df, "html", url="url").write.parquet(str(out))

    return [paths("jsonl", JSONL), paths("warc", WARC), Work("clean_column", JSONL, files["jsonl"], column)]


@pytest.mark.cost
def test_cost(spark: SparkSession, data: Data, table: str, tmp_path: Path) -> None:
    """Measures CPU time of the whole engine over the bare command's. It comes last: it ends the cluster.

    Start-up is left out: each is run twice before it counts, so that the JVM has compiled most of
    what it will, and from each run that on a few rows is taken off. Runs of the bare command stand
    between those of the engine, as what else the machine does changes the cost of both; what
    counts is the median of three.
    """
    files: dict[str, dict[str, list[Path]]] = {}
    for kind, every in (("jsonl", data.jsonl), ("warc", data.warc)):
        files[kind] = {size: [tmp_path / f"{n}-{size}.{kind}" for n in range(2)] for size in ("many", "few")}
        for n, path in enumerate(files[kind]["many"]):
            path.write_bytes(b"".join(file.read_bytes() for file in every[n::2]) * TIMES)
        for n, path in enumerate(files[kind]["few"]):
            rows = list(generate.rows(FEW, n * FEW))
            (generate.write_jsonl if kind == "jsonl" else generate.write_warc)(path, rows)
    few = str(tmp_path / "few")
    spark.read.json([str(p) for p in files["jsonl"]["few"]]).write.parquet(few)
    for workers, rounds in ((2, 3), (1, 1)):
        if workers == 1:
            spark.stop()
            spark = session(1)
        for work in works(spark, files, {"many": table, "few": few}):
            out = tmp_path / str(workers) / work.name
            for n in range(WARM):
                work.engine(out / f"warm-{n}")
            runs = []
            for n in range(rounds):
                (used, seconds), bare = work.engine(out / str(n)), work.bare()
                runs.append((used / bare, used, bare, seconds))
            runs.sort()
            ratio, used, bare, seconds = runs[rounds // 2]
            say(
                f"{work.name}, {workers} workers, {TIMES * ROWS} rows: {seconds:.1f} s, {used:.2f} CPU s, {ratio:.2f} x the bare "
                f"command's {bare:.2f}" + (f" (lowest {runs[0][0]:.2f}, highest {runs[-1][0]:.2f})" if rounds > 1 else "")
            )
    spark.stop()
