"""A worker that speaks the contract of docs/coprocess.md, and does what lines tell it.

It answers a line with its text, in upper case. Before it answers, it reads on while
there is something to read, as the command does: up to 8 lines.
"""

import json
import os
import pathlib
import select
import signal
import sys
import time

AHEAD = 8


def main() -> None:
    pending = b""
    rows: list[dict[str, object]] = []
    number = 0
    while True:
        while b"\n" in pending and len(rows) < AHEAD:
            line, rest = pending.split(b"\n", 1)
            row = json.loads(line)
            if (size := row.pop("winnow_bytes", None)) is not None:  # the text follows
                if len(rest) <= size:
                    break
                row["text"], rest = rest[:size].decode(), rest[size + 1 :]
            pending = rest
            rows.append(row)
            act(row.get("text") or "")
        more = not rows or (len(rows) < AHEAD and select.select([0], [], [], 0)[0])
        if more:
            chunk = os.read(0, 1 << 16)
            if chunk:
                pending += chunk
                continue
            if not rows:
                return
        number += 1
        answer(rows.pop(0), number)


def act(text: object) -> None:
    """Does at once what a line tells."""
    assert isinstance(text, str)
    what, _, path = text.partition(" ")
    if what == "exit":
        print("no more of this", file=sys.stderr, flush=True)
        os._exit(7)
    if what == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if what == "hang":
        time.sleep(3600)
    if what == "exit-once" and not pathlib.Path(path).exists():
        pathlib.Path(path).touch()
        os._exit(7)
    if what == "talk":  # more than a pipe holds
        sys.stderr.write("la " * 100000)
        sys.stderr.flush()


def answer(row: dict[str, object], number: int) -> None:
    text = row.pop("text", None) or ""
    assert isinstance(text, str)
    out = {
        **row,
        "source": f"-:{number}",
        "error": None,
        "schema": 1,
        "verdict": "article",
        "score": 1,
        "title": "",
        "text": text.upper(),
    }
    if text == "garbage":
        print("<html>", flush=True)
        return
    if text == "newer":
        out["schema"] = 2
    print(json.dumps(out), flush=True)
    if text == "double":
        print(json.dumps(out), flush=True)


main()
