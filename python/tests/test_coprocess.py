"""What a Coprocess stands: dead, hanging and broken commands, long lines, many lines."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import pickle
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from conftest import FAKE, Make

from winnowtext import Coprocess, WorkerError, _worker, clean_many

LONG = 300.0  # seconds: a deadline that is never reached unless something hangs


def numbered(count: int, **bad: str) -> Iterator[dict[str, Any]]:
    """Yields lines of which those under _N say something bad."""
    for i in range(count):
        yield {"id": i, "text": bad.get(f"_{i}", f"line {i}")}


def check(answers: list[dict[str, Any]], count: int, bad: dict[int, str]) -> None:
    """Wants an answer to each line, in order, and an error for each of the bad ones alone."""
    assert [a["id"] for a in answers] == list(range(count))
    for i, a in enumerate(answers):
        if i in bad:
            assert a["error"] == f"row {i + 1}: the command {bad[i]}, twice"
            assert (a["schema"], a["verdict"], a["text"], a["source"]) == (1, "", "", str(i + 1))
        else:
            assert a["error"] is None, a
            assert a["text"].strip().lower() == f"line {i}"
            assert a["source"] == str(i + 1)


@pytest.mark.parametrize("window", [1, 2, 7, 128])
def test_a_line_that_exits(either: Make, window: int) -> None:
    with either(window=window, deadline=LONG) as c:
        answers = list(c.map(numbered(40, _0="exit", _11="kill", _12="exit", _39="exit")))
    exited = "ended with exit status 7"
    check(answers, 40, {0: exited, 11: "was ended by SIGKILL", 12: exited, 39: exited})


def test_a_line_that_hangs(either: Make) -> None:
    with either(deadline=1.5) as c:
        answers = list(c.map(numbered(30, _9="hang")))
    hung = "did not answer within 1.5 seconds"
    check(answers, 30, {9: hung})


def test_all_lines_are_bad(fake: Make) -> None:
    with fake(deadline=LONG) as c:
        answers = list(c.map(numbered(9, **{f"_{i}": "exit" for i in range(9)})))
    check(answers, 9, dict.fromkeys(range(9), "ended with exit status 7"))


def test_a_line_that_ends_one_command_only(fake: Make, tmp_path: Path) -> None:
    """It is answered: what ended the command may have been something else."""
    text = f"exit-once {tmp_path / 'done'}"
    with fake(deadline=LONG) as c:
        answers = list(c.map(numbered(20, _6=text)))
    assert answers[6]["text"] == text.upper()
    assert [a["error"] for a in answers] == [None] * 20


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGSTOP])
def test_killed_in_the_middle_twice(sign: signal.Signals) -> None:
    """The real command, ended or stopped from outside: every line is answered."""
    with Coprocess(deadline=LONG if sign == signal.SIGKILL else 2) as c:
        answers, workers = [], set()
        for a in c.map(numbered(2000)):
            if len(answers) in (500, 1300):
                (worker,) = _worker._live
                workers.add(worker.process.pid)
                os.kill(worker.process.pid, sign)
            answers.append(a)
    check(answers, 2000, {})
    assert len(workers) == 2


def test_garbage(fake: Make) -> None:
    with fake(deadline=LONG) as c:
        answers = list(c.map(numbered(10, _4="garbage")))
    check(answers, 10, {4: "wrote what is no record"})


def test_broken_commands_are_no_lines_fault(fake: Make) -> None:
    with fake() as c, pytest.raises(WorkerError, match="each line with one|lines for"):
        list(c.map(numbered(100, _4="double")))
    with Coprocess(args=["--no-such-flag"]) as c, pytest.raises(WorkerError, match="exit status 2.*no-such-flag"):
        c.clean(text="x")
    with Coprocess(command="/no/such/command") as c, pytest.raises(WorkerError, match="cannot start /no/such/command"):
        c.clean(text="x")
    with Coprocess(command=["sleep", "1000"], args=[], deadline=0.2) as c, pytest.raises(WorkerError):
        c.clean(text="x")
    assert not _worker._live


def test_a_talkative_command(fake: Make) -> None:
    """Nobody has to read its standard error."""
    with fake(deadline=LONG) as c:
        assert [a["error"] for a in c.map(numbered(3, _1="talk"))] == [None] * 3


def test_long_lines(either: Make) -> None:
    """Each way is longer than any pipe, and several are under way."""
    text = "The ferry left at noon.\n" * (20_000_000 // 24)
    with either(deadline=LONG, window_bytes=50 << 20) as c:
        answers = list(c.map({"id": i, "text": text} if i % 2 else {"id": i, "text": f"line {i}", "own": text} for i in range(2)))
    for i, a in enumerate(answers):
        assert (a["id"], a["error"]) == (i, None)
        assert (a["text"].upper() if i % 2 else a["own"].upper()) == text.upper()


def test_too_long_a_line() -> None:
    with Coprocess(max_bytes=1000, deadline=LONG) as c:
        answers = list(c.map(numbered(10, _3="x" * 1001, _7="x" * 10000)))
    assert [i for i, a in enumerate(answers) if a["error"]] == [3, 7]
    assert [answers[i]["error"] for i in (3, 7)] == [f"row {i}: larger than 1000 (--max-bytes)" for i in (4, 8)]


MILLION = """
import resource, sys
import winnowtext
def rows():
    for i in range({count}):
        if i == {count} // 10:
            rows.before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        yield {{"id": i, "text": str(i)}}
n = 0
with winnowtext.Coprocess(deadline=None) as c:
    for a in c.map(rows()):
        if a["id"] != n or a["error"] or a["text"] != f"{{n}}\\n":
            sys.exit(f"{{n}}: {{a}}")
        n += 1
own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(n, own - rows.before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def test_a_million_lines() -> None:
    """All are answered, in order, and neither side's memory grows with their number."""
    out = subprocess.run([sys.executable, "-c", MILLION.format(count=1_000_000)], check=True, capture_output=True, text=True)
    count, grown, command = map(int, out.stdout.split())  # the last two in KB
    assert count == 1_000_000
    assert grown < 16_000
    assert command < 200_000


def test_it_reads_no_further_than_the_window(fake: Make) -> None:
    taken = 0

    def rows() -> Iterator[dict[str, Any]]:
        nonlocal taken
        for row in numbered(500):
            taken += 1
            yield row

    with fake(window=10, deadline=LONG) as c:
        for n, _ in enumerate(c.map(rows()), 1):
            assert taken <= n + 10
    with fake(window_bytes=100, deadline=LONG) as c:
        taken = 0
        for n, _ in enumerate(c.map(rows()), 1):
            assert taken <= n + 4


def test_an_answer_does_not_wait_for_the_next_line() -> None:
    """Where there is one, it is yielded before more lines are taken."""
    with Coprocess(deadline=LONG) as c:
        assert c.clean(text="The ferry left.").text == "The ferry left.\n"
        assert c.clean(text="It came back.").text == "It came back.\n"
        assert len(_worker._live) == 1  # the same command


def test_loops_within_loops_and_threads(fake: Make) -> None:
    with fake(deadline=LONG) as c:
        for a in c.map(numbered(3)):
            assert [b["id"] for b in c.map(numbered(5))] == list(range(5)), a
        with ThreadPoolExecutor(8) as pool:
            for answers in pool.map(lambda _: list(c.map(numbered(300))), range(16)):
                check(answers, 300, {})


def test_a_loop_that_is_left(fake: Make) -> None:
    """Its command has lines under way, and must not answer them to the next loop."""
    with fake(deadline=LONG) as c:
        for a in c.map(numbered(100)):
            if a["id"] == 3:
                break
        check(list(c.map(numbered(5))), 5, {})


def test_a_failing_iterable(fake: Make) -> None:
    def rows() -> Iterator[dict[str, Any]]:
        yield from numbered(3)
        raise KeyError("mine")

    with fake(deadline=LONG) as c:
        with pytest.raises(KeyError, match="mine"):
            list(c.map(rows()))
        check(list(c.map(numbered(5))), 5, {})


def test_close() -> None:
    c = Coprocess()
    c.clean(text="x")
    (worker,) = _worker._live
    c.close()
    assert worker.process.returncode == 0
    assert not _worker._live
    with pytest.raises(ValueError, match="closed"):
        c.map([])
    # Without a close, at the latest with the object.
    c = Coprocess()
    c.clean(text="x")
    (worker,) = _worker._live
    del c
    gc.collect()
    assert worker.process.returncode == 0


def test_commands_end_with_the_program() -> None:
    """Whether it ends well, by an exception, or is killed."""
    program = (
        "import os, signal, winnowtext as w; w.clean(text='x'); print(next(iter(w._worker._live)).process.pid, flush=True); "
    )
    for end in ("pass", "1/0", "os._exit(1)", "os.kill(os.getpid(), signal.SIGKILL)"):
        out = subprocess.run([sys.executable, "-c", program + end], capture_output=True, text=True).stdout
        wait_for_end(int(out))


def wait_for_end(pid: int) -> None:
    """Waits until no process has that number, or it is a zombie, and fails after a minute."""
    tick = threading.Event()
    for _ in range(600):
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return
        except (FileNotFoundError, ProcessLookupError):
            return
        tick.wait(0.1)
    pytest.fail(f"{pid} still runs")


def work(c: Coprocess) -> tuple[int, list[int]]:
    """Is done in another process."""
    return os.getpid(), [a["id"] for a in c.map(numbered(50))]


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_in_other_processes(fake: Make, method: str) -> None:
    with fake(deadline=LONG) as c:
        check(list(c.map(numbered(5))), 5, {})  # it has a command already
        with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context(method)) as pool:
            for pid, ids in pool.map(work, [c] * 4):
                assert pid != os.getpid() and ids == list(range(50))
        check(list(c.map(numbered(5))), 5, {})


def test_pickled() -> None:
    with Coprocess(mode="precision", keep=["caption"], deadline=7, window=3) as c:
        c.clean(text="x")
        again = pickle.loads(pickle.dumps(c))
        assert (again.argv, again.deadline, again.window) == (c.argv, 7, 3)
        assert again.clean(text="The ferry left.").text == "The ferry left.\n"
        again.close()


def test_forked(fake: Make) -> None:
    """The child starts its own commands, also within a loop, and leaves the parent's alone."""
    with fake(deadline=LONG, window=8) as c:
        list(c.map(numbered(3)))  # leaves a command that waits
        answers = []
        for a in c.map(numbered(60)):
            answers.append(a)
            if len(answers) == 20:
                parent = os.getpid()
                child = os.fork()
                if child == 0:
                    break
        if os.getpid() != parent:
            status = 1
            with contextlib.suppress(BaseException):
                rest = list(c.map(numbered(30)))
                check(rest, 30, {})
                c.close()
                gc.collect()
                status = 0
            os._exit(status)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        check(answers, 60, {})
        check(list(c.map(numbered(5))), 5, {})


def test_forked_child_keeps_no_pipe_open() -> None:
    """Else the parent's command would not end while the child lives."""
    c = Coprocess()
    c.clean(text="x")
    r, w = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(w)
        os.read(r, 1)  # until the parent is done
        os._exit(0)
    (worker,) = _worker._live
    c.close()
    assert worker.process.returncode == 0  # by itself, not by a signal
    os.close(w)
    os.waitpid(child, 0)
    os.close(r)


def test_no_descriptor_is_left(fake: Make) -> None:
    def descriptors() -> int:
        return len(os.listdir("/proc/self/fd"))

    with fake(deadline=LONG) as c:
        list(c.map(numbered(5)))
    before = descriptors()
    for _ in range(5):
        with fake(deadline=LONG) as c:
            list(c.map(numbered(20, _3="exit", _4="exit")))
    tick = threading.Event()
    for _ in range(600):  # threads close them
        if descriptors() <= before:
            break
        tick.wait(0.1)
    assert descriptors() <= before
    assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] > before


def test_options_reach_the_command() -> None:
    page = "<html><head><title>Ferries</title></head><body><article><h1>Ferries</h1>" + (
        "<p>The harbour board met again on Tuesday and came to no other conclusion than before.</p>" * 8
    )
    with Coprocess(title=True, explain=True, engine="readability", jobs=1, drop=["ad"], keep=["bio"], mark=["caption"]) as c:
        res = c.clean(html=page + "</article></body></html>", url="https://example.org/a")
    assert res.text.startswith("Ferries\n") and res.title == "Ferries" and res.url == "https://example.org/a"
    assert any(d.kept and d.text and d.where for d in res.decisions)
    for wrong in ({"keep": "ad"}, {"rules": "mine.rules"}):
        with pytest.raises(TypeError, match="several|takes"):
            Coprocess(**wrong)  # type: ignore[arg-type]
    for number in ({"deadline": 0}, {"window": 0}, {"window_bytes": 0}):
        with pytest.raises(ValueError, match="more than 0"):
            Coprocess(**number)  # type: ignore[arg-type]
    assert Coprocess(command=FAKE, args=["a"]).argv[:2] == FAKE


def test_the_default_has_no_state_of_its_own() -> None:
    assert [r.text for r in clean_many(["The ferry left.", "It came back."], kind="text")] == [
        "The ferry left.\n",
        "It came back.\n",
    ]
