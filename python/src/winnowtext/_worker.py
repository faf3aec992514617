"""A running command, with a thread for each of its pipes."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Sequence
from typing import IO

from ._result import WinnowError

_CHUNK = 1 << 18  # bytes that are read or written at once
_PIPE = 1 << 20  # bytes that a pipe holds, where the system lets programs choose
_STDERR = 4 << 10  # bytes of standard error that are kept, for messages
_MOST = 2 << 30  # bytes of an answer; a command that writes more without a line end is broken
_GRACE = 5.0  # seconds for a command to end once its input has


class WorkerError(WinnowError):
    """Says that the command does not do its work, whatever line it is given."""


class Worker:
    """A command that answers each line with one, in order.

    What is sent is written by a thread of its own, and answers are read by another:
    a long line fills both pipes, and whoever writes before reading waits for ever.
    A Worker is used by one thread at a time.
    """

    def __init__(self, argv: Sequence[str]) -> None:
        self.owner = os.getpid()
        self.sent = 0
        self.received = 0
        self._lines: deque[bytes] = deque()  # answers that wait to be taken
        self._answers: queue.SimpleQueue[list[bytes] | None] = queue.SimpleQueue()
        self._todo: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._stderr = bytearray()
        self._ended = False
        try:
            # Unbuffered: buffers have locks, which a fork may copy while they are held.
            # A session of its own: Ctrl-C is for this program, which ends the command.
            self.process = subprocess.Popen(
                argv,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                bufsize=0,
                pipesize=_PIPE,
                start_new_session=sys.platform != "win32",
            )
        except OSError as e:
            raise WorkerError(f"cannot start {argv[0]}: {e.strerror or e}") from e
        stdin, stdout, stderr = self.process.stdin, self.process.stdout, self.process.stderr
        assert stdin and stdout and stderr
        self._pipes = (stdin, stdout, stderr)
        _live.add(self)
        self._threads = [
            threading.Thread(target=work, args=(pipe,), name="winnow", daemon=True)
            for work, pipe in ((self._write, stdin), (self._read, stdout), (self._listen, stderr))
        ]
        for thread in self._threads:
            thread.start()

    def send(self, line: bytes) -> None:
        """Sends a line, which ends in a newline, without waiting."""
        self.sent += 1
        self._todo.put(line)

    def ready(self) -> bool:
        """Reports whether receive returns at once."""
        return bool(self._lines) or self._ended or not self._answers.empty()

    def receive(self, seconds: float | None) -> bytes | None:
        """Returns the next answer, None when the command has ended.

        Raises:
            TimeoutError: there was none in that time.
            WorkerError: the command answers more lines than it was sent.
        """
        while not self._lines:
            if self._ended:
                return None
            try:
                lines = self._answers.get(timeout=seconds)
            except queue.Empty:
                raise TimeoutError from None
            if lines is None:
                self._ended = True
                return None
            self._lines.extend(lines)
            self.received += len(lines)
            if self.received > self.sent:
                raise WorkerError(f"the command wrote {self.received} lines for {self.sent}{self.said()}")
        return self._lines.popleft()

    def idle(self) -> bool:
        """Reports whether the command runs and has answered everything."""
        return self.received == self.sent and not self._lines and not self.ready() and self.process.poll() is None

    def usable(self) -> bool:
        """Reports whether this process started the command, and it waits for a line."""
        return self.owner == os.getpid() and self.idle()

    def status(self) -> str:
        """Says how the command ended, whose output has."""
        try:
            code = self.process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            return "closed its output"
        if code < 0:
            try:
                return f"was ended by {signal.Signals(-code).name}"
            except ValueError:
                return f"was ended by signal {-code}"
        return f"ended with exit status {code}"

    def said(self) -> str:
        """Returns what the command said last on standard error, for a message."""
        if self.process.poll() is not None:
            self._threads[2].join(_GRACE)
        text = bytes(self._stderr).decode(errors="replace").strip()
        return f": {text}" if text else ""

    def close(self) -> None:
        """Ends the input of the command, which ends then, and waits for it."""
        if self.owner != os.getpid():
            return
        self._todo.put(None)
        try:
            self.process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            self.kill()
        _live.discard(self)

    def kill(self) -> None:
        """Ends the command at once."""
        if self.owner != os.getpid():
            return
        self._todo.put(None)
        if self.process.poll() is None:
            # With what it may have started.
            with contextlib.suppress(OSError):
                if sys.platform == "win32":
                    self.process.kill()
                else:
                    os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        _live.discard(self)

    def forget(self) -> None:
        """Lets go of a command that another process runs, in the child of a fork.

        The ends of the pipes are closed here, or that process could not close them.
        """
        for pipe in self._pipes:
            with contextlib.suppress(OSError):
                pipe.close()
        self.process.returncode = 0  # it is no child of this process: nothing to wait for

    # The threads. Each closes its pipe itself, so that no file descriptor is used that
    # has become another file's.

    def _write(self, pipe: IO[bytes]) -> None:
        fd = pipe.fileno()
        with contextlib.suppress(OSError), pipe:  # when the command ends, the reader tells
            while (line := self._todo.get()) is not None:
                lines, size, more = [line], len(line), True
                while size < _CHUNK:
                    try:
                        following = self._todo.get_nowait()
                    except queue.Empty:
                        break
                    if following is None:
                        more = False
                        break
                    lines.append(following)
                    size += len(following)
                rest = memoryview(b"".join(lines) if len(lines) > 1 else line)
                while rest:
                    rest = rest[os.write(fd, rest[:_CHUNK]) :]
                if not more:
                    return

    def _read(self, pipe: IO[bytes]) -> None:
        fd = pipe.fileno()
        begun: list[bytes] = []  # parts of a line
        size = 0
        with contextlib.suppress(OSError), pipe:
            while size < _MOST and (chunk := os.read(fd, _CHUNK)):
                lines = chunk.split(b"\n")
                last = lines.pop()
                if lines:
                    if begun:
                        lines[0] = b"".join(begun) + lines[0]
                        begun, size = [], 0
                    self._answers.put(lines)
                if last:
                    begun.append(last)
                    size += len(last)
        self._answers.put(None)

    def _listen(self, pipe: IO[bytes]) -> None:
        fd = pipe.fileno()
        with contextlib.suppress(OSError), pipe:
            while chunk := os.read(fd, _CHUNK):
                self._stderr = (self._stderr + chunk)[-_STDERR:]


_live: set[Worker] = set()


def _after_fork() -> None:
    for worker in list(_live):
        worker.forget()
    _live.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
