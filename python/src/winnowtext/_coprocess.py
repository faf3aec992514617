"""Many inputs through commands that stay."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import re
import weakref
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from . import _command
from ._result import SCHEMA, CleanError, Result
from ._worker import Worker, WorkerError

BODIES = ("html", "text", "body")
"""The fields that hold the page, the flattened text, or what is told by content."""

_ADDRESS = "page_url"  # the field with the address: one that records do not have
_TAG = "winnow_line"  # the field by which an answer is known to be that to its line
_LENGTH = "winnow_bytes"  # the field with the length of a body that follows its line
_FEW = 256  # characters of a body that stays in its line
_PROBE = b'{"text":""}\n'
_IDLE = 4  # commands that are kept for later
_tags = itertools.count()
_ROW = re.compile(r"^row \d+: ")


class Coprocess:
    """Cleans through a ``winnow`` command that stays, and is started anew when it must be.

    It starts a command when it is first used; where several threads, or loops one
    within the other, use it at the same time, each has a command of its own. A command
    that dies, or does not answer in time, is replaced, and what it had not answered is
    asked again, one line at a time. A line that makes an end of two commands that
    had no other line to work on, or keeps two waiting for the time of ``deadline``, is
    answered by a record with an error; all others are answered as if nothing had
    happened.

    It can be pickled, and used after a fork: in the other process it starts commands of
    its own. It is a context manager; at its end, and at the end of the program, its
    commands end.

    Args:
        mode: "balanced", "precision" (less residue) or "recall" (more text).
        engine: who finds the article on a page, "trees" or "readability".
        drop: kinds of pieces to leave out, as all are by default.
        keep: kinds of pieces that stay.
        mark: kinds of pieces that stay with "[kind] " in front.
        rules: paths of rule files.
        memory: path of a file of what the texts of sites repeat, as ``winnow learn``
            writes it. The site of a text is what its item has as "site", or else the
            host of its address.
        title: puts the title of a page in front of its text.
        tables: False leaves out data tables.
        mojibake: repairs UTF-8 that was read as windows-1252.
        explain: fills ``Result.decisions``.
        max_bytes: limit for a line and for the input in it; 0 is none.
        jobs: how many inputs the command works on at the same time; by default as many
            as there are processors.
        args: further arguments of the command.
        command: the command itself, a path or the words of one; that of the package by
            default.
        deadline: seconds that an answer is waited for, once all before it are there; None
            is without end.
        window: lines that are under way at most.
        window_bytes: bytes of lines that are under way at most, unless it is one line.
    """

    def __init__(
        self,
        *,
        mode: str = "balanced",
        engine: str = "trees",
        drop: Sequence[str] = (),
        keep: Sequence[str] = (),
        mark: Sequence[str] = (),
        rules: Sequence[str | os.PathLike[str]] = (),
        memory: str | os.PathLike[str] | None = None,
        title: bool = False,
        tables: bool = True,
        mojibake: bool = False,
        explain: bool = False,
        max_bytes: int | None = None,
        jobs: int | None = None,
        args: Sequence[str] = (),
        command: str | os.PathLike[str] | Sequence[str] | None = None,
        deadline: float | None = 60.0,
        window: int = 128,
        window_bytes: int = 8 << 20,
    ) -> None:
        if window < 1 or window_bytes < 1 or (deadline is not None and deadline <= 0):
            raise ValueError("window, window_bytes and deadline must be more than 0")
        flags = ["--from", "jsonl", "--format", "jsonl", "--url-field", _ADDRESS, "--length-field", _LENGTH]
        flags += ["--mode", mode, "--engine", engine]
        for name, kinds in (("--drop", drop), ("--keep", keep), ("--mark", mark)):
            if isinstance(kinds, str):
                raise TypeError(f"{name[2:]} takes several kinds, such as [{kinds!r}]")
            flags += itertools.chain.from_iterable((name, kind) for kind in kinds)
        if isinstance(rules, str | os.PathLike):
            raise TypeError(f"rules takes several files, such as [{rules!r}]")
        flags += itertools.chain.from_iterable(("--rules", os.fspath(file)) for file in rules)
        if memory is not None:
            flags += ["--memory", os.fspath(memory), "--site-field", "site"]
        for name, wanted in (
            ("--title", title),
            ("--no-tables", not tables),
            ("--mojibake", mojibake),
            ("--explain", explain),
        ):
            if wanted:
                flags.append(name)
        if max_bytes is not None:
            flags += ["--max-bytes", str(max_bytes)]
        if jobs is not None:
            flags += ["--jobs", str(jobs)]
        self._setup((flags + list(args), command, deadline, window, window_bytes))

    def _setup(self, state: tuple[Any, ...]) -> None:
        self._state = state
        self._args: list[str]
        self._command: str | os.PathLike[str] | Sequence[str] | None
        self.deadline: float | None
        self.window: int
        self.window_bytes: int
        self._args, self._command, self.deadline, self.window, self.window_bytes = state
        self._idle: list[Worker] = []
        self._closed = False
        self._end = weakref.finalize(self, _close_all, self._idle)

    def __getstate__(self) -> tuple[Any, ...]:
        return self._state

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        self._setup(state)

    def __enter__(self) -> Coprocess:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the commands. Loops that are under way still come to their end."""
        self._closed = True
        _close_all(self._idle)

    @property
    def argv(self) -> list[str]:
        """The words of the command that is run."""
        if self._command is None:
            return [_command.path(), *self._args]
        if isinstance(self._command, str | os.PathLike):
            return [os.fspath(self._command), *self._args]
        return [*self._command, *self._args]

    def clean(self, *, html: str | None = None, text: str | None = None, url: str | None = None) -> Result:
        """Cleans a page or a text.

        Args:
            html: a page, or
            text: text that was flattened before.
            url: absolute address of the page.

        Raises:
            CleanError: it could not be worked on, or not in full; the error has what was
                found.
            WorkerError: the command does not run.
        """
        if (html is None) == (text is None):
            raise TypeError("clean takes either html or text")
        item = {"html": html} if text is None else {"text": text}
        if not isinstance(html if text is None else text, str):
            raise TypeError("html and text must be str; decode bytes first, as by response.text")
        if url is not None:
            item["url"] = url
        (res,) = self.clean_many([item])
        if res.error is not None:
            res.error = _ROW.sub("", res.error)
            raise CleanError(res)
        return res

    def clean_many(self, items: Iterable[str | Mapping[str, Any] | None], *, kind: str = "auto") -> Iterator[Result]:
        """Cleans many pages or texts, and yields a result for each, in order.

        Items are taken while results are: some are under way at any time, see
        ``window``, and memory does not grow with their number. An item that cannot be
        worked on is a result with an error.

        Args:
            items: strings, None for an empty one, or mappings with "html", "text" or
                "body", of which the first that holds something is taken, and "url" for
                the address. What else they hold is
                ``Result.own``; "source" among it is ``Result.source``.
            kind: what strings and "body" are: "html", "text", or "auto", by content.

        Raises:
            WorkerError: the command does not run.
        """
        if kind not in ("auto", "html", "text"):
            raise ValueError(f"kind is auto, html or text, not {kind!r}")
        field = "body" if kind == "auto" else kind
        waiting: deque[dict[str, Any]] = deque()  # what items hold beside what is sent

        def rows() -> Iterator[Mapping[str, Any]]:
            for item in items:
                own: dict[str, Any] = {}
                if isinstance(item, Mapping):
                    own = dict(item)
                    there = [b for b in BODIES if b in own]
                    # The first that holds something, as the command takes it.
                    held = (b for b in there if own[b] is not None and not (isinstance(own[b], str) and not own[b]))
                    name = next(held, there[0] if there else None)
                    row: dict[str, Any] = {}
                    if name is not None:
                        row[field if name == "body" else name] = own.pop(name)
                    if (address := own.pop("url", None)) is not None:
                        row[_ADDRESS] = address
                    if (site := own.get("site")) is not None:
                        row["site"] = site
                else:
                    row = {field: item}
                waiting.append(own)
                yield row

        for number, record in enumerate(self.map(rows()), 1):
            own = waiting.popleft()
            res = Result.from_record(record)
            res.source = str(own.get("source", number))
            res.own = own
            yield res

    def map(self, rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
        """Sends objects, and yields the answer to each, in order, as docs/coprocess.md says.

        This is what ``clean_many`` is made of. An object has its page or text in "html",
        "text" or "body", and its address in "url"; what else it has comes back. What
        has no form in JSON is answered by an error as well.

        Raises:
            WorkerError: the command does not run.
        """
        if self._closed:
            raise ValueError("the coprocess is closed")
        return self._map(rows)

    def _map(self, rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
        talk = _Conversation(self)
        try:
            for number, row in enumerate(rows, 1):
                talk.add(_Line(number, row))
                while talk.full() or talk.ready():
                    yield talk.answer()
            while talk.pending:
                yield talk.answer()
        finally:
            talk.end()

    def _take(self) -> Worker:
        while self._idle:
            try:
                worker = self._idle.pop()
            except IndexError:  # another thread was faster
                break
            if worker.usable():
                return worker
            worker.kill()
        return Worker(self.argv)

    def _give(self, worker: Worker) -> None:
        if not worker.idle():
            worker.kill()
        elif self._closed or len(self._idle) >= _IDLE:
            worker.close()
        else:
            self._idle.append(worker)


def _close_all(idle: list[Worker]) -> None:
    while idle:
        idle.pop().close()


class UTF8(bytes):
    """A page or text in a row of ``Coprocess.map`` as UTF-8, which saves decoding and encoding it.

    What is no UTF-8 in it is U+FFFD to the command.
    """

    __slots__ = ()


_json = json.JSONEncoder(allow_nan=False, separators=(",", ":")).encode


def _bytes(row: Mapping[str, Any]) -> tuple[str, bytes]:
    """Returns which field of a row is sent as bytes behind its line, and these.

    So neither side has to escape them, which for a page takes a third of the time that
    cleaning it does. Where a row has several of these fields, it is the command that chooses.
    """
    there = [name for name in BODIES if name in row]
    body = row[there[0]] if len(there) == 1 else None
    if isinstance(body, UTF8) and len(body) >= _FEW:
        return there[0], body
    if isinstance(body, str) and len(body) >= _FEW:
        with contextlib.suppress(UnicodeEncodeError):  # half of a pair of surrogates
            return there[0], body.encode()
    return "", b""


class _Line:
    """A row that was not answered yet."""

    __slots__ = ("address", "data", "number", "own", "strikes", "tag", "wrong")

    def __init__(self, number: int, row: Mapping[str, Any]) -> None:
        self.number = number
        self.strikes = 0
        self.tag = next(_tags)
        self.wrong = ""  # why it cannot be sent
        self.address = "url" in row and _ADDRESS not in row
        # Of its own fields something is wanted only when the command gives no answer.
        self.own = {k: v for k, v in row.items() if k not in BODIES and k != _ADDRESS}
        sent = {**row, _TAG: self.tag}
        if self.address:
            sent[_ADDRESS] = row["url"]
        name, body = _bytes(row)
        sent.pop(_LENGTH, None)  # it would be taken for one
        if name:
            sent.update({name: None, _LENGTH: len(body)})
        for k in BODIES:
            if isinstance(sent.get(k), UTF8):
                sent[k] = sent[k].decode(errors="replace")
        try:
            data = _json(sent).encode() + b"\n"
            self.data = b"%b%b\n" % (data, body) if name else data
        except (TypeError, ValueError, RecursionError) as e:
            # The command answers something in its place, which keeps the order.
            self.wrong = f"it has no form in JSON: {e}"
            self.data = _PROBE

    def failed(self, why: str) -> dict[str, Any]:
        """Returns the answer for a line that the command has none for."""
        answer: dict[str, Any] = {k: v for k, v in self.own.items() if k not in ("error", "schema", "verdict", "score")}
        answer.setdefault("source", str(self.number))
        answer["error"] = f"row {self.number}: {why}"
        answer.update(schema=SCHEMA, verdict="", score=0)
        answer.setdefault("title", "")
        answer["text"] = ""
        return answer


class _Conversation:
    """The lines of one loop, and the command that is asked.

    After a command has ended, nobody knows which of its lines did it. So all of them are
    sent to the next one by themselves: a line that is alone with a command that ends has
    done it. Twice, because commands are ended by others as well.
    """

    def __init__(self, owner: Coprocess) -> None:
        self.owner = owner
        self.pending: deque[_Line] = deque()  # not answered, in order
        self.worker: Worker | None = None
        self.sent = 0  # of pending, to this worker
        self.suspects = 0  # of pending, to be sent alone
        self.size = 0  # bytes of pending

    def add(self, line: _Line) -> None:
        self.pending.append(line)
        self.size += len(line.data)
        self._send()

    def full(self) -> bool:
        window, size = self.owner.window, self.owner.window_bytes
        return len(self.pending) >= window or self.size >= size

    def ready(self) -> bool:
        return bool(self.pending) and self.worker is not None and self.worker.ready()

    def _send(self) -> Worker:
        """Sends what may be under way, to a new command if there is none."""
        if self.worker is None or self.worker.owner != os.getpid():
            self.worker, self.sent = self.owner._take(), 0
        while self.sent < len(self.pending) and not (self.suspects and self.sent):
            self.worker.send(self.pending[self.sent].data)
            self.sent += 1
        return self.worker

    def answer(self) -> dict[str, Any]:
        """Returns the answer to the first line, however often it takes to get one."""
        line = self.pending[0]
        while True:
            worker = self._send()
            hung = False
            try:
                data = worker.receive(self.owner.deadline)
            except TimeoutError:
                data, hung = None, True
            except WorkerError:
                self._drop()
                raise
            if data is not None and (answer := _decode(data)) is not None:
                if answer.pop(_TAG, line.tag) != line.tag:
                    self._drop()
                    raise WorkerError(f"{self.owner.argv[0]} does not answer each line with one")
                break
            if data is not None:
                how = "wrote what is no record"
            elif hung:
                how = f"did not answer within {self.owner.deadline:g} seconds"
            else:
                how = worker.status()
            if hung or self.sent == 1:
                line.strikes += 1
            self.suspects = max(self.suspects, self.sent)
            self._drop()
            if line.strikes >= 2:
                self._probe(how)
                answer = line.failed(f"the command {how}, twice")
                break
        self.pending.popleft()
        self.size -= len(line.data)
        self.sent = max(0, self.sent - 1)
        self.suspects = max(0, self.suspects - 1)
        if line.wrong:
            return line.failed(line.wrong)
        return _numbered(answer, line)

    def _probe(self, how: str) -> None:
        """Makes sure that a new command answers an easy line: then the last one did it."""
        worker = Worker(self.owner.argv)
        worker.send(_PROBE)
        try:
            data = worker.receive(self.owner.deadline)
            well = data is not None and _decode(data) is not None
        except TimeoutError:
            well = False
        if not well:
            worker.kill()
            raise WorkerError(f"{self.owner.argv[0]} {how}, whatever it was asked{worker.said()}")
        self.worker = worker

    def _drop(self) -> None:
        if self.worker is not None:
            self.worker.kill()
        self.worker, self.sent = None, 0

    def end(self) -> None:
        """Gives the command back, or ends it where lines are under way."""
        if self.worker is None:
            return
        if self.pending:
            self._drop()
        else:
            self.owner._give(self.worker)
            self.worker = None


def _decode(data: bytes) -> dict[str, Any] | None:
    try:
        answer = json.loads(data)
    except ValueError:
        return None
    return answer if isinstance(answer, dict) else None


def _numbered(answer: dict[str, Any], line: _Line) -> dict[str, Any]:
    """Puts the row's number in place of the one that it was for the command."""
    if "source" not in line.own:
        answer["source"] = str(line.number)
    answer.pop(_LENGTH, None)
    if _LENGTH in line.own:
        answer[_LENGTH] = line.own[_LENGTH]
    error = answer.get("error")
    if isinstance(error, str):
        answer["error"] = f"row {line.number}: " + _ROW.sub("", error)
    if line.address:
        answer.pop(_ADDRESS, None)
    return answer
