"""Cleaning on a cluster, by Apache Spark.

    from winnowtext import spark as winnow

    cleaned = winnow.clean_column(df, "html", url="url")          # a DataFrame, lazily
    report = winnow.clean_paths(spark, paths, "/shared/clean")    # files, a task each

``clean_column`` is for what Spark reads itself. ``clean_paths`` is for files that winnow
reads, such as WARC: their rows never pass through the JVM. Both give the same columns.
docs/spark.md says which to take, what it costs, and what to look out for.
"""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import pyarrow as pa
from pyspark import SparkFiles, TaskContext
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql import types as T
from pyspark.sql.pandas.types import to_arrow_type

from . import _command, shards
from ._coprocess import _ROW, UTF8, Coprocess
from ._result import Result

ASKED = {"blocks": "--blocks", "origins": "--explain", "decisions": "--explain"}
"""The columns that are there where an argument of the command asks for them."""

THEIRS = frozenset(("error", "schema", "format", "verdict", "score", "text", "blocks", "decisions"))
"""The columns that take the place of one of the same name; others, such as a title, do not."""

_SPARK_TYPES = {str: T.StringType(), int: T.LongType(), float: T.DoubleType(), bool: T.BooleanType()}
_FIRST = ("text", "title", "verdict", "score", "error")


def _type(hint: Any) -> T.DataType:
    """Returns the type of a column for that of a field of a result."""
    if hint in _SPARK_TYPES:
        return _SPARK_TYPES[hint]
    if get_origin(hint) is list:
        return T.ArrayType(_type(get_args(hint)[0]))
    if some := [h for h in get_args(hint) if h is not type(None)]:  # X | None
        return _type(some[0])
    return T.StructType([T.StructField(name.rstrip("_"), _type(h)) for name, h in get_type_hints(hint).items()])


_FIELDS = {name: _type(h) for name, h in get_type_hints(Result).items() if name not in ("source", "own")}


def schema(*args: str, names: Iterable[str] | None = None) -> T.StructType:
    """Returns the columns of what was cleaned, with their types.

    With it Spark reads the files of ``clean_paths`` without looking through them first:
    ``spark.read.schema(schema()).json(out)``. What is not known is null; error, schema,
    verdict, score, title and text always are, but that error is null when all went well.

    Args:
        args: arguments of the command; of them "--blocks" and "--explain" bring columns.
        names: the columns that are wanted, by default all.
    """
    there = [name for name in _FIELDS if name not in ASKED or ASKED[name] in args]
    if names is not None:
        there = list(names)
        if unknown := [name for name in there if name not in _FIELDS]:
            raise ValueError(f"no field {unknown[0]!r} of what was cleaned; there are {', '.join(_FIELDS)}")
    if names is None:
        there = [*_FIRST, *(name for name in there if name not in _FIRST)]
    return T.StructType([T.StructField(name, _FIELDS[name]) for name in there])


def clean_column(
    df: DataFrame,
    column: str,
    *,
    kind: str = "auto",
    url: str | None = None,
    site: str | None = None,
    names: Iterable[str] | None = None,
    prefix: str = "",
    keep: bool = False,
    coprocess: Coprocess | None = None,
) -> DataFrame:
    """Cleans a column of pages or texts.

    Each task has a command of its own, which is replaced when it ends; see ``Coprocess``
    for what then happens. A row that cannot be worked on has an error, and no row is ever
    missing.

    Args:
        df: the rows. Their order within a partition stays.
        column: the column with pages or texts, which are strings; null is an empty one.
        kind: what they are: "html", "text", or "auto", each by its content.
        url: the column with the address of each page.
        site: the column with the site, for a coprocess with a memory; by default it is
            the host of the address.
        names: the columns that are wanted, by default all that ``schema`` has.
        prefix: stands in front of the names of these columns.
        keep: leaves ``column`` in.
        coprocess: what to clean with, where options are wanted. By default a command works
            on as many rows at a time as a task has cores.

    Returns:
        The columns of df but for ``column``, then those of ``schema``. Where both have one,
        such as a title, df's stays, but for those in ``THEIRS``; with a prefix there is
        nothing to choose.
    """
    if kind not in ("auto", "html", "text"):
        raise ValueError(f"kind is auto, html or text, not {kind!r}")
    for name in (column, url, site):
        if name is not None and name not in df.columns:
            raise ValueError(f"no column {name!r}; there are {', '.join(df.columns)}")
    if not isinstance(df.schema[column].dataType, T.StringType):
        why = f"column {column!r} is of {df.schema[column].dataType.simpleString()}, not of strings"
        raise TypeError(f"{why}: decode bytes first, as by F.decode(column, 'utf-8')")
    found = schema(*(coprocess.argv if coprocess else ()), names=names)
    own = [f for f in df.schema.fields if keep or f.name != column]
    taken = {f.name.lower() for f in own}  # Spark's names have no case
    if prefix:
        found = T.StructType([T.StructField(prefix + f.name, f.dataType) for f in found.fields])
    else:
        found = T.StructType([f for f in found.fields if f.name in THEIRS or f.name not in taken])
    replaced = {f.name.lower() for f in found.fields}
    own = [f for f in own if f.name.lower() not in replaced]
    work = _Column(
        column=df.columns.index(column),
        url=None if url is None else df.columns.index(url),
        site=None if site is None else df.columns.index(site),
        field="body" if kind == "auto" else kind,
        own=[df.columns.index(f.name) for f in own],
        found=[(f.name.removeprefix(prefix), f.name, f.dataType) for f in found.fields],
        coprocess=coprocess,
    )
    return df.mapInArrow(work, T.StructType(own + found.fields))


class _Column:
    """What a task of clean_column does."""

    def __init__(
        self,
        column: int,
        url: int | None,
        site: int | None,
        field: str,
        own: list[int],
        found: list[tuple[str, str, T.DataType]],
        coprocess: Coprocess | None,
    ) -> None:
        self.column, self.url, self.site, self.field = column, url, site, field
        self.own, self.found, self.coprocess = own, found, coprocess

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        cores = _prepare()
        waiting: deque[pa.RecordBatch] = deque()  # not answered in full
        answers: list[dict[str, Any]] = []  # of the first of them

        def rows() -> Iterator[dict[str, Any]]:
            for batch in batches:
                waiting.append(batch)
                yield from self.rows(batch)

        with self.coprocess or Coprocess(jobs=cores) as coprocess:
            for answer in coprocess.map(rows()):
                answers.append(answer)
                while waiting[0].num_rows == 0:
                    waiting.popleft()
                if len(answers) == waiting[0].num_rows:
                    yield self.cleaned(waiting.popleft(), answers)
                    answers = []

    def rows(self, batch: pa.RecordBatch) -> Iterator[dict[str, Any]]:
        # Pages are the bulk of it: they stay the bytes that they are in Arrow.
        bodies = batch.column(self.column)
        named = [(name, batch.column(i)) for name, i in (("url", self.url), ("site", self.site)) if i is not None]
        for i in range(batch.num_rows):
            body = bodies[i].as_buffer()
            row: dict[str, Any] = {self.field: None if body is None else UTF8(body)}
            for name, column in named:
                if (value := column[i].as_py()) is not None:
                    row[name] = str(value)
            yield row

    def cleaned(self, batch: pa.RecordBatch, answers: list[dict[str, Any]]) -> pa.RecordBatch:
        # Of two columns of strings in a batch Spark wants one type.
        large = pa.types.is_large_string(batch.column(self.column).type)
        arrays = [batch.column(i) for i in self.own]
        names = [batch.schema.field(i).name for i in self.own]
        for field, name, spark_type in self.found:
            values = [answer.get(field) for answer in answers]
            if field == "error":
                # The number of a row in its task says nothing.
                values = [None if v is None else _ROW.sub("", v) for v in values]
            arrays.append(pa.array(values, type=to_arrow_type(spark_type, prefers_large_types=large)))
            names.append(name)
        return pa.RecordBatch.from_arrays(arrays, names)


def clean_paths(
    spark: SparkSession,
    paths: Iterable[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    args: Sequence[str] = (),
    *,
    stats: bool = False,
    packed: bool = False,
    command: shards.Command | None = None,
    deadline: float | None = 600.0,
) -> shards.Report:
    """Cleans files, a task each, into files of JSON Lines in a folder.

    See ``shards.clean`` for what happens to each. They and the folder must be what
    all executors see under these names, such as a shared or mounted file system.
    Whatever ends the job, it goes on where it was when it is run again, with the same paths
    or others. A file that is not there, or no part of which can be read, is a fault in the
    report, and not the end.

    Args:
        spark: the session.
        paths: the files; the largest are begun with.
        out: the folder. ``spark.read.schema(schema()).json(out)`` reads what is there.
        args: arguments of the command, such as ["--from", "warc", "--mode", "precision"].
        stats: counts what was removed by kind, too, which costs a third more.
        packed: writes .jsonl.gz.
        command: the command itself, a path or the words of one, as executors have it; by
            default that of the package.
        deadline: seconds after which a command that writes nothing is taken for stuck.

    Returns:
        What became of all.

    Raises:
        WorkerError: the command does not run, or refuses ``args``.
        py4j.protocol.Py4JJavaError: a task failed as often as Spark lets it, as where the
            disk is full.
    """
    shards.check(args, command=command)
    shards.sweep(out)
    out = os.path.abspath(out)
    kwargs = {"stats": stats, "packed": packed, "command": command, "deadline": deadline}
    total = shards.Report()
    for _, report in _deal(spark, paths, _Shard(shards.clean, out, list(args), kwargs)):
        total.add(report)
    return total


def learn(
    spark: SparkSession,
    paths: Iterable[str | os.PathLike[str]],
    memory: str | os.PathLike[str],
    args: Sequence[str] = (),
    *,
    command: shards.Command | None = None,
    deadline: float | None = None,
) -> shards.Report:
    """Learns what the texts of sites repeat: each file by a task, and one merges them.

    The memory is, byte for byte, that of ``winnow learn -o MEMORY ARGS PATHS``. It is for
    ``clean_paths`` with ["--memory", memory], or for ``Coprocess(memory=memory)``. What was
    learned of each file stays in the folder MEMORY.parts, so that more files can be added
    later; who wants none of it may remove it.

    Args:
        memory: the file to write, which all executors must see under this name.
        args: arguments of ``winnow learn``, such as ["--field", "body", "--site-field", "site"].

    Returns:
        What became of the files; a file that failed is not in the memory.

    Raises:
        FileNotFoundError: there was no text to learn from.
        WorkerError, Py4JJavaError: see ``clean_paths``.
    """
    memory = os.path.abspath(memory)
    parts = memory + ".parts"
    shards.sweep(parts)
    total, learned = shards.Report(), []
    for path, report in _deal(spark, paths, _Shard(shards.learn, parts, list(args), {"command": command, "deadline": deadline})):
        total.add(report)
        if report.bytes_out:
            learned.append(shards.place(path, parts, ".mem"))
    if not learned:
        raise FileNotFoundError("no text to learn from" + "".join(f"\n{fault}" for fault in total.faults))
    spark.sparkContext.parallelize([learned], 1).foreach(_Merge(memory, command))
    return total


class _Shard:
    """What a task of clean_paths or learn does."""

    def __init__(self, work: Callable[..., shards.Report], out: str, args: list[str], kwargs: dict[str, Any]) -> None:
        self.work, self.out, self.args, self.kwargs = work, out, args, kwargs

    def __call__(self, path: str) -> dict[str, Any]:
        return self.work(path, self.out, self.args, jobs=_prepare(), **self.kwargs).to_json()


class _Merge:
    """What the last task of learn does."""

    def __init__(self, memory: str, command: shards.Command | None) -> None:
        self.memory, self.command = memory, command

    def __call__(self, parts: list[str]) -> None:
        _prepare()
        shards.merge(parts, self.memory, command=self.command)


def _deal(spark: SparkSession, paths: Iterable[str | os.PathLike[str]], task: _Shard) -> Iterator[tuple[str, shards.Report]]:
    """Runs a task for each path and yields what became of it."""
    if isinstance(paths, str | os.PathLike):
        raise TypeError(f"paths takes several, such as [{os.fspath(paths)!r}]")
    # The largest first: one that is begun last would keep all others waiting.
    every = sorted(dict.fromkeys(os.path.abspath(p) for p in paths), key=_size, reverse=True)
    if every:
        reports = spark.sparkContext.parallelize(every, len(every)).map(task).collect()
        yield from zip(every, map(shards.Report.from_json, reports), strict=True)


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:
        return 0  # the task says why


def count(df: DataFrame, *, prefix: str = "") -> shards.Report:
    """Counts rows by verdict and by error, and what was removed by kind where df says it.

    It is for what was written, such as ``spark.read.parquet(out)``, of which it reads two
    columns, and with "decisions" a third. Of the frame that ``clean_column`` returned it
    would clean all rows once more.
    """
    error, verdict = F.col(prefix + "error"), F.col(prefix + "verdict")
    # As shards.reason has it.
    why = F.regexp_replace(F.regexp_replace(error, r"\brow \d+: ", ""), r'"(?:[^"\\]|\\.)*"', '"..."')
    why = F.regexp_replace(why, r"\d+", "N")
    report = shards.Report()
    for row in df.groupBy(verdict.alias("verdict"), why.alias("why")).count().collect():
        report.rows += row["count"]
        report.verdicts[row["verdict"] or ""] += row["count"]
        if row["why"] is not None:
            report.errors[row["why"]] += row["count"]
    if prefix + "decisions" in df.columns:
        d = df.select(F.explode(prefix + "decisions").alias("d")).where("not d.kept")
        for row in d.groupBy("d.kind").count().collect():
            report.kinds[row["kind"] or ""] += row["count"]
    return report


def ship(spark: SparkSession) -> None:
    """Sends this package and its command to the executors, where it is not installed.

    They need the driver's kind of system and processor, and for ``clean_column`` pyarrow.
    """
    folder = tempfile.mkdtemp(prefix="winnowtext-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)  # it is fetched until the end
    here = Path(__file__).parent
    own = Path(folder) / "package" / here.name
    shutil.copytree(here, own, ignore=shutil.ignore_patterns("bin", "__pycache__"))
    spark.sparkContext.addPyFile(shutil.make_archive(str(Path(folder) / here.name), "zip", own.parent))
    command = Path(folder) / _SHIPPED
    shutil.copy(_command.path(), command)
    spark.sparkContext.addFile(str(command))


_SHIPPED = "winnow-command"  # as whose files may be sent, too


def _prepare() -> int:
    """Makes a task's process ready for the command, and returns the cores that it has."""
    task = TaskContext.get()
    cores = max(1, task.cpus()) if task is not None else 1
    # A command on a machine with many of them must not take all of its cores.
    os.environ.setdefault("GOMAXPROCS", str(max(2, cores)))
    try:
        _command.path()
    except FileNotFoundError:
        shipped = SparkFiles.get(_SHIPPED)
        if not os.path.exists(shipped):
            raise
        os.environ["WINNOW_COMMAND"] = shipped
    return cores


if sys.platform == "win32":
    raise ImportError("winnowtext.spark runs on Unix")
