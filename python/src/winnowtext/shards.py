"""Files of many pages or texts, each by a command of its own.

For programs that deal out files, on one machine or many: each file ("shard": JSON
Lines, a table, WARC, WET ...) becomes a file of records, which appears whole or not at
all, and is passed over when it is there. What is done twice at the same time comes out
the same. ``winnowtext.spark`` deals them out by Spark.

    from winnowtext import shards

    report = shards.Report()
    for path in paths:
        report.add(shards.clean(path, "clean/"))
    print(report)
"""

from __future__ import annotations

import contextlib
import glob
import gzip
import hashlib
import itertools
import json
import os
import re
import select
import signal
import subprocess
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

from . import _command
from ._result import SCHEMA, WinnowError
from ._worker import WorkerError

REPORTS = "_reports"
"""The folder, in that of the output, with what is known of each shard. Readers of
tables pass over names that begin with "_"."""

_TEMPORARY = "_temporary"  # the folder of what is being written
_LEFT = 24 * 3600.0  # seconds after which what is half written is nobody's any more
_CHUNK = 1 << 18  # bytes that are read at once
_SAID = 64 << 10  # bytes of standard error that are looked at for a message
_LISTED = 10  # faults of a shard that are told one by one
_REASONS = 100  # reasons that are counted apart
_POISON = 100  # rows of a shard that end commands; with more something else is wrong
_MERGED = 500  # memories that one command merges

_WELL, _NOTHING, _WRONG, _FAILED = 0, 1, 2, 3  # exit statuses of the command
_NO_RECORD = "wrote what is no record"

Command = str | os.PathLike[str] | Sequence[str]


@dataclass
class Report:
    """What became of a shard, or of many.

    Attributes:
        shards: how many were done, now or before.
        before: how many of them were there already.
        failed: how many were not done; ``faults`` says why.
        rows: records that were written.
        verdicts: rows by verdict; "" are those without a result.
        kinds: pieces that were removed by kind, where that was asked for; where a command
            was ended, of the rows after it.
        errors: rows by what went wrong, numbers and names left out.
        faults: what went wrong where, the first ten of each shard.
        bytes_in: size of the shards, as they are packed.
        bytes_out: size of what was written.
        seconds: the time it took; of many, the sum.
        cpu_seconds: CPU time of the commands.
    """

    shards: int = 0
    before: int = 0
    failed: int = 0
    rows: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    bytes_in: int = 0
    bytes_out: int = 0
    seconds: float = 0.0
    cpu_seconds: float = 0.0

    def add(self, other: Report) -> None:
        """Adds what became of other shards."""
        for name in self.__dataclass_fields__:
            mine, theirs = getattr(self, name), getattr(other, name)
            if isinstance(mine, Counter):
                mine.update(theirs)
            else:
                setattr(self, name, mine + theirs)

    def __str__(self) -> str:
        lines = [f"{self.shards} shards ({self.before} of them before), {self.failed} failed, {self.rows} rows"]
        for title, counts in (("verdict", self.verdicts), ("removed", self.kinds), ("error", self.errors)):
            lines += [f"{title:>9} {n:>10}  {name or '(none)'}" for name, n in counts.most_common()]
        return "\n".join(lines + [f"    fault  {fault}" for fault in self.faults])

    def to_json(self) -> dict[str, Any]:
        """Returns the report as an object of JSON, which ``from_json`` reads."""
        values = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {name: dict(v) if isinstance(v, Counter) else v for name, v in values.items()}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Report:
        """Returns the report that ``to_json`` made the object of."""
        report = cls(**value)
        for name in ("verdicts", "kinds", "errors"):
            setattr(report, name, Counter(getattr(report, name)))
        return report


class _DiedError(WinnowError):
    """Says that a command was ended, or is stuck, in the middle of its work."""


def clean(
    path: str | os.PathLike[str],
    out: str | os.PathLike[str],
    args: Sequence[str] = (),
    *,
    stats: bool = False,
    packed: bool = False,
    command: Command | None = None,
    jobs: int | None = None,
    deadline: float | None = 600.0,
) -> Report:
    """Cleans a shard into a file of JSON Lines in a folder.

    Its records are those of ``winnow -f jsonl ARGS PATH``, byte for byte. The file has
    the name of the shard, and something of its whole path, so that shards of all folders go
    into one. It is not written again while the shard, its time and ``args`` are those it
    was made of.

    A command that is ended is started again. A row that ends it each time becomes a
    record with an error that gives its number; all others are as if nothing had happened.

    Args:
        path: the shard.
        out: the folder, which is made if need be.
        args: arguments of the command, such as ["--field", "body", "--mode", "precision"].
        stats: counts what was removed by kind, too, which costs a third more.
        packed: writes .jsonl.gz.
        command: the command itself, a path or the words of one; that of the package by
            default.
        jobs: how many rows the command works on at the same time; by default as many as
            there are processors.
        deadline: seconds after which a command that writes nothing is taken for stuck;
            None is without end.

    Returns:
        What became of it. That there is no such file, or that no part of it can be read, is
        in the report, as faults.

    Raises:
        WorkerError: the command does not run, or refuses ``args``.
        OSError: the output cannot be written.
    """
    job = _Job(path, out, args, command, jobs, deadline)
    if stats:
        job.args.append("--stats")
    job.args += ["--format", "jsonl"]
    return job.do(".jsonl.gz" if packed else ".jsonl", lambda: job.clean(packed))


def learn(
    path: str | os.PathLike[str],
    out: str | os.PathLike[str],
    args: Sequence[str] = (),
    *,
    command: Command | None = None,
    jobs: int | None = None,
    deadline: float | None = None,
) -> Report:
    """Learns what the texts of a shard repeat, into a file in a folder.

    That is ``winnow learn``; ``merge`` makes one memory of all files of the folder.
    Arguments, result and errors are as for ``clean``; a shard without texts has no file.
    """
    job = _Job(path, out, args, command, jobs, deadline)
    return job.do(".mem", job.learn)


def merge(
    parts: str | os.PathLike[str] | Sequence[str],
    memory: str | os.PathLike[str],
    *,
    command: Command | None = None,
) -> None:
    """Makes one memory of many, whatever their order, and writes it whole.

    Args:
        parts: paths of memories, or a folder with them.
        memory: the file to write, for ``--memory``.

    Raises:
        FileNotFoundError: there are none.
        WorkerError: one of them cannot be read.
    """
    if isinstance(parts, str | os.PathLike):
        parts = glob.glob(os.path.join(glob.escape(os.fspath(parts)), "*.mem"))
    files = sorted(parts)
    if not files:
        raise FileNotFoundError("no memories to merge: no shard had a text to learn from")
    memory = os.path.abspath(memory)
    with tempfile.TemporaryDirectory(prefix=".winnow-", dir=os.path.dirname(memory)) as scratch:
        # In groups: a command has no room for the names of all.
        for step in itertools.count():
            merged = []
            for i in range(0, len(files), _MERGED):
                merged.append(os.path.join(scratch, f"{step}-{i}.mem"))
                argv = [*_words(command), "learn", "-o", merged[-1], "--", *files[i : i + _MERGED]]
                done = subprocess.run(argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
                if done.returncode != 0:
                    raise WorkerError(f"the memories were not merged: {_text(done.stderr[-_SAID:])}")
            if len(merged) == 1:
                os.replace(merged[0], memory)
                return
            files = merged


def place(path: str | os.PathLike[str], out: str | os.PathLike[str], ext: str = ".jsonl") -> str:
    """Returns the file that a shard becomes: ``ext`` is ".jsonl.gz" of packed ones, ".mem" of memories."""
    path = os.path.abspath(path)
    name = f"{os.path.basename(path)}-{hashlib.sha256(os.fsencode(path)).hexdigest()[:12]}{ext}"
    return os.path.join(os.path.abspath(out), name)


def check(args: Sequence[str], *, command: Command | None = None) -> None:
    """Raises WorkerError if the command refuses the arguments, or does not run."""
    with tempfile.TemporaryDirectory() as scratch:
        nothing = os.path.join(scratch, "nothing.jsonl")
        with open(nothing, "w"):
            pass
        job = _Job(nothing, scratch, args, command, None, 60.0)
        job.args += ["--format", "jsonl"]
        try:
            job.run([], lambda _: None)
        except _DiedError as e:
            raise WorkerError(str(e)) from e


def sweep(out: str | os.PathLike[str]) -> None:
    """Removes what was left half written in a folder a day ago or earlier."""
    with contextlib.suppress(FileNotFoundError), os.scandir(os.path.join(out, _TEMPORARY)) as files:
        for file in files:
            with contextlib.suppress(OSError):
                if time.time() - file.stat().st_mtime > _LEFT:
                    os.remove(file.path)


class _Job:
    """A shard and what is to be done with it."""

    def __init__(
        self,
        path: str | os.PathLike[str],
        out: str | os.PathLike[str],
        args: Sequence[str],
        command: Command | None,
        jobs: int | None,
        deadline: float | None,
    ) -> None:
        if isinstance(args, str):
            raise TypeError(f"args are several words, such as {args.split()!r}")
        self.path = os.path.abspath(path)
        self.out = os.path.abspath(out)
        self.args = list(args)
        self.command = _words(command)
        self.running = [] if jobs is None else ["--jobs", str(jobs)]  # changes nothing in what comes out
        self.deadline = deadline
        self.report = Report()

    def do(self, ext: str, work: Callable[[], str | None]) -> Report:
        """Runs work, which returns the file that it wrote, and puts that in its place."""
        target = place(self.path, self.out, ext)
        told = os.path.join(self.out, REPORTS, os.path.basename(target) + ".json")
        try:
            info = os.stat(self.path)
        except OSError as e:
            return self.fail(e.strerror or str(e))
        made_of = {"path": self.path, "size": info.st_size, "time": info.st_mtime_ns, "args": self.args, "files": self.files()}
        if (done := self.done(told, target, made_of)) is not None:
            return done
        for folder in (REPORTS, _TEMPORARY):
            os.makedirs(os.path.join(self.out, folder), exist_ok=True)
        started = time.monotonic()
        self.report = Report(shards=1, bytes_in=info.st_size)
        try:
            written = work()
        except _DiedError as e:
            return self.fail(str(e))
        if written is not None:
            self.report.bytes_out = os.stat(written).st_size
            os.replace(written, target)
        self.report.seconds = round(time.monotonic() - started, 3)
        self.report.cpu_seconds = round(self.report.cpu_seconds, 3)
        # Last: what has a report is whole.
        with self.temporary() as f:
            f.write(json.dumps({"of": made_of, "report": self.report.to_json()}).encode())
        os.replace(f.name, told)
        return self.report

    def files(self) -> list[list[Any]]:
        """Returns the files among the arguments, such as rules and memories, as they are now."""
        found = []
        for arg in self.args:
            with contextlib.suppress(OSError, ValueError):
                name = arg.partition("=")[2] if arg.startswith("--") else arg
                info = os.stat(name)
                found.append([name, info.st_size, info.st_mtime_ns])
        return found

    def done(self, told: str, target: str, made_of: dict[str, Any]) -> Report | None:
        """Returns the report of a shard that was done before."""
        try:
            with open(told, encoding="utf-8") as f:
                known = json.load(f)
            report = Report.from_json(known["report"])
            if known["of"] != made_of or (report.bytes_out and os.stat(target).st_size != report.bytes_out):
                return None
        except (OSError, ValueError, TypeError, KeyError):
            return None
        report.before = 1
        report.seconds = report.cpu_seconds = 0.0
        return report

    def fail(self, why: str) -> Report:
        return Report(failed=1, faults=[f"{self.path}: {why}"])

    @contextlib.contextmanager
    def temporary(self) -> Iterator[IO[bytes]]:
        """Opens a file that is whole on the disk at the end, and gone after an error."""
        path = os.path.join(self.out, _TEMPORARY, uuid.uuid4().hex)
        try:
            with open(path, "xb") as f:
                yield f
                f.flush()
                os.fsync(f.fileno())
        except BaseException:
            with contextlib.suppress(OSError):
                os.remove(path)
            raise

    def clean(self, packed: bool) -> str:
        with self.temporary() as f:
            if packed:
                with gzip.GzipFile("", "wb", 6, f, mtime=0) as to:
                    self.rows(to.write)
            else:
                self.rows(f.write)
        return f.name

    def rows(self, write: Callable[[bytes], object]) -> None:
        """Writes the records of all rows, however many commands it takes.

        After a command was ended the next one begins where it was, and works on one row
        at a time: when it is ended before it wrote anything, that row may have done it.
        Twice, because commands are ended by others as well.
        """
        report = self.report

        def keep(line: bytes) -> None:
            self.count(line)
            write(line)

        strikes = poison = 0
        more: list[str] = []
        while True:
            before = report.rows
            try:
                said = self.run([*more, "--skip", str(before)], keep)
                break
            except _DiedError as e:
                strikes = strikes + 1 if more and report.rows == before else 0
                more = ["--jobs", "1"]
                if strikes < 2:
                    continue
                strikes = 0
                if poison == _POISON:
                    raise
                if poison == 0:  # is it the row, or would it be ended whatever it is given?
                    self.nothing()
                poison += 1
                error = f"row {before + 1}: the command {e}, twice"
                record = {
                    "source": self.path,
                    "error": error,
                    "schema": SCHEMA,
                    "verdict": "",
                    "score": 0,
                    "title": "",
                    "text": "",
                }
                keep(json.dumps(record).encode() + b"\n")
        # The table of --stats: kinds stand below what was kept.
        _, _, table = said.rpartition("  pieces  ")
        rows = [row.split() for row in table.splitlines()]
        below = next((i for i, cells in enumerate(rows) if cells[:1] == ["kept"]), len(rows))
        for cells in rows[below + 1 :]:
            if len(cells) == 3 and cells[1].isdigit():
                report.kinds[cells[0]] += int(cells[1])

    def nothing(self) -> None:
        """Makes sure that the command comes to its end where there is no row."""
        self.run(["--skip", str(1 << 40)], lambda _: None)

    def count(self, line: bytes) -> None:
        try:
            verdict, error = _said(line)
        except (ValueError, KeyError, TypeError):
            raise _DiedError(_NO_RECORD) from None
        self.report.rows += 1
        self.report.verdicts[verdict] += 1
        if error is not None:
            _fault(self.report, error, self.path)

    def learn(self) -> str | None:
        file = os.path.join(self.out, _TEMPORARY, uuid.uuid4().hex + ".mem")
        try:
            said = self.run(["-o", file], lambda _: None, "learn")
        except _DiedError:
            said = self.run(["-o", file], lambda _: None, "learn")
        for line in said.splitlines():
            if line.startswith("winnow: " + self.path):
                _fault(self.report, line.removeprefix("winnow: "), self.path)
        return file if os.path.exists(file) else None

    def run(self, args: list[str], line: Callable[[bytes], object], *command: str) -> str:
        """Runs the command on the shard, passes on each line, and returns what it said.

        Raises:
            _DiedError: it was ended, or is stuck.
            WorkerError: it does not run, or refuses the arguments.
        """
        argv = [*self.command, *command, *self.args, *self.running, *args, "--", self.path]
        with tempfile.TemporaryFile() as stderr:
            try:
                # A session of its own: it can be ended with what it may have started.
                process = subprocess.Popen(
                    argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=stderr, start_new_session=True
                )
            except OSError as e:
                raise WorkerError(f"cannot start {argv[0]}: {e.strerror or e}") from e
            assert process.stdout
            half = False
            try:
                with process.stdout:
                    for found in _lines(process.stdout.fileno(), self.deadline):
                        if half := not found.endswith(b"\n"):
                            break  # its end says why
                        line(found)
            except BaseException as e:
                with contextlib.suppress(OSError):
                    os.killpg(process.pid, signal.SIGKILL)
                if isinstance(e, TimeoutError):
                    raise _DiedError(f"wrote nothing for {self.deadline:g} seconds") from e
                raise
            finally:
                _, status, usage = os.wait4(process.pid, 0)
                process.returncode = os.waitstatus_to_exitcode(status)
                self.report.cpu_seconds += usage.ru_utime + usage.ru_stime
            stderr.seek(0)
            said = stderr.read()
        code = process.returncode
        if code < 0:
            raise _DiedError(f"was ended by {signal.Signals(-code).name}")
        # A fault of its run-time system has the exit status of wrong use.
        if code not in (_WELL, _NOTHING, _FAILED, _WRONG) or (code == _WRONG and b"\ngoroutine " in said):
            raise _DiedError(f"ended with exit status {code}")
        if code == _WRONG:
            raise WorkerError(_text(said[:_SAID]))
        if half:
            raise _DiedError(_NO_RECORD)
        return said.decode(errors="replace")


def _said(line: bytes) -> tuple[str, str | None]:
    """Returns the verdict and the error of a record.

    To find them takes a tenth of the time that reading all of it would. A row's own
    fields stand in front of them; behind them none is called error, and strings hold no
    quote without a backslash.
    """
    at = line.rfind(_ERROR)
    if at > 0 and line.startswith(b"null,", at + len(_ERROR)) and line.endswith(b"}\n"):
        verdict = line.find(_VERDICT, at)
        if verdict > 0:
            verdict += len(_VERDICT)
            return line[verdict : line.index(b'"', verdict)].decode(), None
    record = json.loads(line)
    return record["verdict"], record["error"]


_ERROR, _VERDICT = b'"error":', b'"verdict":"'

_ROW = re.compile(r"\brow \d+: ")
_NAMES = re.compile(r'"(?:[^"\\]|\\.)*"|\d+')


def reason(error: str) -> str:
    """Returns an error without what is different in each row: numbers, and what is quoted."""
    return _NAMES.sub(lambda m: "N" if m[0][0] != '"' else '"..."', _ROW.sub("", error))


def _fault(report: Report, error: str, path: str) -> None:
    why = reason(error.removeprefix(path + ": ").removeprefix(path + " "))
    if why not in report.errors and len(report.errors) >= _REASONS:
        why = "others"
    report.errors[why] += 1
    if len(report.faults) < _LISTED:
        report.faults.append(error if error.startswith(path) else f"{path}: {error}")


def _lines(fd: int, seconds: float | None) -> Iterator[bytes]:
    """Yields the lines that come out of a pipe, with their ends."""
    begun: list[bytes] = []
    poll = select.poll()
    poll.register(fd, select.POLLIN)
    while True:
        if not poll.poll(None if seconds is None else seconds * 1000):
            raise TimeoutError
        chunk = os.read(fd, _CHUNK)
        if not chunk:
            if begun:
                yield b"".join(begun)
            return
        first, *rest = chunk.split(b"\n")
        begun.append(first)
        if rest:
            yield b"".join(begun) + b"\n"
            for found in rest[:-1]:
                yield found + b"\n"
            begun = [rest[-1]] if rest[-1] else []


def _words(command: Command | None) -> list[str]:
    if command is None:
        return [_command.path()]
    if isinstance(command, str | os.PathLike):
        return [os.fspath(command)]
    return list(command)


def _text(said: bytes) -> str:
    return said.decode(errors="replace").strip()
