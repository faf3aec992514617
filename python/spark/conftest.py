"""A little cluster: a driver, a master, and executors that are processes of their own."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

# Where the package and its command are; executors have neither, until they are sent there.
sys.path.insert(0, os.environ["WINNOWTEXT"])

import generate
from pyspark.sql import SparkSession

from winnowtext import _command
from winnowtext import spark as winnow

ROWS = int(os.environ.get("WINNOW_SPARK_ROWS", "2000"))  # fewer for a quick look
SHARDS = 4


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "cost: measures, and is asked for by -m cost")


def session(workers: int) -> SparkSession:
    """Starts a cluster of so many executors with a core each, and sends winnow there."""
    spark = (
        SparkSession.builder.master(f"local-cluster[{workers},1,1024]")
        .appName("winnow")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.memory", "1g")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.ui.showConsoleProgress", "false")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("OFF")
    winnow.ship(spark)
    return spark


@pytest.fixture(scope="session")
def spark() -> Iterator[SparkSession]:
    spark = session(2)
    yield spark
    spark.stop()


class Data:
    """The generated rows, as files of each kind, and what the bare command makes of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.jsonl = [folder / f"rows-{i}.jsonl" for i in range(SHARDS)]
        self.warc = [folder / f"pages-{i}.warc.gz" for i in range(SHARDS)]
        each = ROWS // SHARDS
        for i in range(SHARDS):
            rows = list(generate.rows(each, i * each))
            generate.write_jsonl(self.jsonl[i], rows)
            generate.write_warc(self.warc[i], rows)


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Data:
    return Data(tmp_path_factory.mktemp("data"))


class Process:
    """A process below this one, as /proc has it."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        self.parent = int(stat[1])
        tick = os.sysconf("SC_CLK_TCK")
        self.cpu = (int(stat[11]) + int(stat[12])) / tick  # without that of its children
        self.cpu_of_ended = (int(stat[13]) + int(stat[14])) / tick  # its children, and theirs, that it has waited for
        self.argv = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")


def below(root: int) -> list[Process]:
    """Returns a process and all that it started, directly or not."""
    every: dict[int, Process] = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                every[int(name)] = Process(int(name))
            except (OSError, ValueError):
                continue  # it has ended
    found = [every[root]] if root in every else []
    for p in found:
        found += [c for c in every.values() if c.parent == p.pid]
    return found


def cpu() -> float:
    """Returns the seconds of CPU that this process and all below it have taken so far.

    Those of processes that have ended are with whoever has waited for them, which JVM, Python's
    daemon and Coprocess do before a job is over: between jobs nothing is missing.
    """
    return sum(p.cpu + p.cpu_of_ended for p in below(os.getpid()))


def executors() -> list[Process]:
    return [p for p in below(os.getpid()) if "org.apache.spark.executor.CoarseGrainedExecutorBackend" in p.argv]


def commands() -> list[Process]:
    """Returns the winnow commands of tasks that have had something to do."""
    found = (p for e in executors() for p in below(e.pid) if p.argv[0].endswith("winnow-command"))
    return [p for p in found if p.cpu > 0.05]


class Killer:
    """Waits for a process to appear, and ends it as kill -9 does."""

    def __init__(self, find: Callable[[], list[Process]], when: Callable[[], list[Process]]) -> None:
        self.find, self.when = find, when
        self.killed = 0

    def __call__(self) -> None:
        for _ in range(6000):
            if self.when() and (found := self.find()):
                with contextlib.suppress(ProcessLookupError):  # another one, then
                    os.kill(found[0].pid, signal.SIGKILL)
                    self.killed += 1
                    return
            time.sleep(0.01)


assert _command.path().startswith(os.environ["WINNOWTEXT"])
