"""Files of rows, each by a command of its own."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from conftest import HERE

from winnowtext import WorkerError, _command, shards

DYING = [sys.executable, str(HERE / "dying.py"), _command.path()]
ROWS = ["--from", "jsonl"]


def write(path: Path, count: int, bad: dict[int, str] | None = None) -> Path:
    """Writes rows, of which some are lines that say something bad."""
    with path.open("w") as f:
        for i in range(1, count + 1):
            row = {"id": i, "text": f"Advertisement\nThe ferry number {i} left at noon, as it does."}
            f.write((bad or {}).get(i, json.dumps(row)) + "\n")
    return path


def bare(path: Path, *args: str) -> bytes:
    return subprocess.run([_command.path(), *args, "-f", "jsonl", str(path)], capture_output=True).stdout


def output(out: Path, ext: str = ".jsonl") -> bytes:
    (file,) = out.glob("*" + ext)
    return file.read_bytes()


def test_a_shard_and_again(tmp_path: Path) -> None:
    path, out = write(tmp_path / "a.jsonl", 30, {7: "nonsense", 9: ""}), tmp_path / "out"
    report = shards.clean(path, out, ROWS, stats=True)
    assert output(out) == bare(path, *ROWS)
    (name,) = (f.name for f in out.glob("*.jsonl"))
    assert name == f"a.jsonl-{hashlib.sha256(str(path).encode()).hexdigest()[:12]}.jsonl"
    assert (report.shards, report.before, report.failed, report.rows) == (1, 0, 0, 29)
    assert report.verdicts == {"article": 28, "": 1} and report.kinds == {"ad": 28}
    assert (report.bytes_in, report.bytes_out) == (path.stat().st_size, len(output(out)))
    assert report.cpu_seconds > 0
    assert [*report.errors.values()] == [1] and "no JSON: invalid character" in next(iter(report.errors))
    assert report.faults[0].startswith(f"{path}: row 7: no JSON")
    assert not any((out / "_temporary").iterdir())

    before = (out / name).stat().st_mtime_ns
    again = shards.clean(path, out, ROWS, stats=True, command="/no/such/command")  # it is not run
    assert (again.before, again.rows, again.verdicts) == (1, 29, report.verdicts)
    assert (out / name).stat().st_mtime_ns == before
    for change in (lambda: write(path, 31), lambda: (out / name).write_bytes(b"cut off"), lambda: None):
        change()
        args = [*ROWS, "--mode", "recall"] if change() is None else ROWS
        assert shards.clean(path, out, args, stats=True).before == 0
        assert output(out) == bare(path, *args)


def test_files_of_arguments_count(tmp_path: Path) -> None:
    path, out, rules = write(tmp_path / "a.jsonl", 3), tmp_path / "out", tmp_path / "my.rules"
    rules.write_text("")
    assert [shards.clean(path, out, [*ROWS, "--rules", str(rules)]).before for _ in range(2)] == [0, 1]
    rules.write_text("off ad.label\n" if b"ad.label" in bare(path, *ROWS, "--explain") else "# none\n")
    assert shards.clean(path, out, [*ROWS, "--rules", str(rules)]).before == 0


def test_packed_and_all_folders_in_one(tmp_path: Path) -> None:
    total = shards.Report()
    for folder in "ab":
        (tmp_path / folder).mkdir()
        total.add(shards.clean(write(tmp_path / folder / "x.jsonl", 5), tmp_path / "out", ROWS, packed=True))
    files = sorted((tmp_path / "out").glob("*.jsonl.gz"))
    assert [gzip.decompress(f.read_bytes()) for f in files] == [bare(tmp_path / "a/x.jsonl", *ROWS)] * 2
    assert (total.shards, total.rows) == (2, 10)
    assert "2 shards (0 of them before), 0 failed, 10 rows" in str(total) and "10  article" in str(total)
    assert shards.Report.from_json(json.loads(json.dumps(total.to_json()))) == total


@pytest.mark.parametrize(("how", "at"), [("kill", [1]), ("kill", [20, 40]), ("kill", [11, 12, 30]), ("hang", [11, 12])])
def test_rows_that_end_commands(tmp_path: Path, how: str, at: list[int]) -> None:
    path, out = write(tmp_path / "a.jsonl", 40, {i: f'{{"id":{i},"text":"{how}"}}' for i in at}), tmp_path / "out"
    report = shards.clean(path, out, ROWS, command=DYING, deadline=None if how == "kill" else 1.5)
    want, got = bare(path, *ROWS).splitlines(), output(out).splitlines()
    said = "was ended by SIGKILL" if how == "kill" else "wrote nothing for 1.5 seconds"
    assert len(got) == 40
    for i in range(1, 41):
        if i in at:
            record = json.loads(got[i - 1])
            assert record["error"] == f"row {i}: the command {said}, twice" and record["source"] == str(path)
        else:
            assert got[i - 1] == want[i - 1]
    assert report.errors == Counter({f"the command {shards.reason(said)}, twice": len(at)})
    assert report.verdicts == {"article": 40 - len(at), "": len(at)}


def test_ended_by_others(tmp_path: Path) -> None:
    path, out, flag = write(tmp_path / "a.jsonl", 40, {13: '{"text":"once"}'}), tmp_path / "out", tmp_path / "flag"
    os.environ["DYING_ONCE"] = str(flag)
    try:
        report = shards.clean(path, out, ROWS, command=DYING)
    finally:
        del os.environ["DYING_ONCE"]
    assert flag.exists() and report.errors == {} and output(out) == bare(path, *ROWS)


def test_what_is_not_done(tmp_path: Path) -> None:
    path, out = write(tmp_path / "a.jsonl", 5), tmp_path / "out"
    missing = shards.clean(tmp_path / "no.jsonl", out, ROWS)
    assert (missing.failed, missing.shards) == (1, 0) and missing.faults == [
        f"{tmp_path / 'no.jsonl'}: No such file or directory"
    ]
    assert not out.exists()
    with pytest.raises(WorkerError, match="unknown flag: --no-such"):
        shards.clean(path, out, ["--no-such"])
    with pytest.raises(WorkerError, match="unknown flag: --no-such"):
        shards.check(["--no-such"])
    with pytest.raises(WorkerError, match="cannot start"):
        shards.clean(path, out, ROWS, command="/no/such/command")
    with pytest.raises(TypeError, match="several words"):
        shards.clean(path, out, "--from jsonl")
    dead = shards.clean(path, out, ROWS, command=["sh", "-c", "kill -9 $$", "sh"])
    assert (dead.failed, dead.faults) == (1, [f"{path}: was ended by SIGKILL"])
    crash = "echo 'fatal error: out of it' >&2; printf '\\ngoroutine 1 [running]:\\n' >&2; exit 2"
    dead = shards.clean(path, out, ROWS, command=["sh", "-c", crash, "sh"])
    assert dead.faults == [f"{path}: ended with exit status 2"]
    nonsense = shards.clean(path, out, ROWS, command=["echo"])
    assert nonsense.faults == [f"{path}: wrote what is no record"]
    assert not any((out / "_temporary").iterdir()) and not [*out.glob("*.jsonl")]
    (tmp_path / "full").write_text("a file, no folder")
    with pytest.raises(OSError, match="full"):
        shards.clean(path, tmp_path / "full", ROWS)


def test_what_stands_in_rows_is_no_verdict(tmp_path: Path) -> None:
    """Fields of the rows and texts that look like those of a record count for nothing."""
    own = {"error": None, "schema": 1, "verdict": "stub"}
    path, out = tmp_path / "a.jsonl", tmp_path / "out"
    rows = [
        {"own": own, "text": json.dumps(own)},
        {"own": [own, own], "verdict": "stub", "text": [7]},
        {"text": "", "error": None},
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    report = shards.clean(path, out, ROWS)
    records = [json.loads(line) for line in output(out).splitlines()]
    assert report.verdicts == Counter(r["verdict"] for r in records)
    assert sum(report.errors.values()) == sum(r["error"] is not None for r in records) == 1


def test_half_written_is_removed_in_time(tmp_path: Path) -> None:
    (tmp_path / "_temporary").mkdir()
    old, new = tmp_path / "_temporary/.old", tmp_path / "_temporary/new"
    old.touch()
    new.touch()
    os.utime(old, (0, 0))
    shards.sweep(tmp_path)
    assert not old.exists() and new.exists()
    shards.sweep(tmp_path / "nowhere")


def test_memories(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Learned in parts and merged, in several steps, they are the command's own."""
    monkeypatch.setattr(shards, "_MERGED", 2)
    paths, total = [], shards.Report()
    for part in range(5):
        path = tmp_path / f"{part}.jsonl"
        with path.open("w") as f:
            for i in range(20):
                row: dict[str, Any] = {
                    "site": f"s{i % 4}",
                    "text": f"Boat {part} {i} left at {i * 7}.\n\nAll of it at {i % 4} Quay Lane.",
                }
                f.write(json.dumps(row) + "\n")
            f.write("nonsense\n")
        paths.append(path)
        total.add(shards.learn(path, tmp_path / "parts", [*ROWS, "--site-field", "site"]))
    empty = tmp_path / "empty.jsonl"
    empty.touch()
    total.add(shards.learn(empty, tmp_path / "parts", ROWS))
    assert (total.shards, total.failed) == (6, 0) and sum(total.errors.values()) == 5
    shards.merge(tmp_path / "parts", tmp_path / "set.mem")
    subprocess.run(
        [_command.path(), "learn", "-o", tmp_path / "own.mem", *ROWS, "--site-field", "site", *paths], capture_output=True
    )
    assert (tmp_path / "set.mem").read_bytes() == (tmp_path / "own.mem").read_bytes()
    assert shards.learn(paths[0], tmp_path / "parts", [*ROWS, "--site-field", "site"]).before == 1
    with pytest.raises(FileNotFoundError, match="no memories"):
        shards.merge(tmp_path / "nothing", tmp_path / "x.mem")
    (tmp_path / "bad.mem").write_text("no memory")
    with pytest.raises(WorkerError, match="bad.mem"):
        shards.merge([str(tmp_path / "bad.mem")], tmp_path / "x.mem")
    assert not (tmp_path / "x.mem").exists() and not [*tmp_path.glob(".winnow-*")]
