"""One input, many, and their results."""

from __future__ import annotations

import itertools
import json
import pickle
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

import winnowtext
from winnowtext import Block, CleanError, Comment, Coprocess, Decision, Reason, Result, Run, SchemaError, clean, clean_many
from winnowtext._coprocess import UTF8

REPO = Path(__file__).parents[2]
PAGE = (
    "<html lang=en><head><title>Ferries - Corran Courier</title><link rel=canonical href=/ferries></head><body>"
    "<article><h1>Ferries</h1><p class=byline>By Rosalind Achterberg</p>"
    + "<p>The harbour board met again on Tuesday and came to no other conclusion than the year before.</p>" * 6
    + "</article></body></html>"
)


def test_one() -> None:
    res = clean(text="Advertisement\nThe ferry left at noon.")
    assert res == Result(source="1", format="text", verdict="article", score=res.score, words=5, text="The ferry left at noon.\n")
    res = clean(html=PAGE, url="https://example.org/a?b")
    assert (res.format, res.verdict, res.title, res.authors) == ("html", "article", "Ferries", ["Rosalind Achterberg"])
    assert res.url == "https://example.org/ferries"  # the canonical one
    assert res.text.startswith("The harbour board") and res.error is None


def test_wrong_calls() -> None:
    for args in ({}, {"html": "a", "text": "b"}):
        with pytest.raises(TypeError, match="either html or text"):
            clean(**args)
    with pytest.raises(TypeError, match="decode bytes"):
        clean(html=b"<p>")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="kind is"):
        list(clean_many([], kind="pdf"))


def test_an_error_of_one() -> None:
    with Coprocess(max_bytes=100) as c, pytest.raises(CleanError, match="^larger than 100") as caught:
        c.clean(text="x" * 200)
    assert caught.value.result.text == ""
    again = pickle.loads(pickle.dumps(caught.value))
    assert str(again) == str(caught.value) and again.result == caught.value.result


def test_many() -> None:
    items = [
        "The ferry left at noon.",
        PAGE,
        None,
        "",
        {"text": "Advertisement\nIt came back.", "id": 7, "title": "mine", "verdict": "good", "source": "a.txt"},
        {"html": PAGE, "url": "https://example.org/b", "text": "not looked at"},
        {"body": PAGE},
        {"body": None},
        {"id": 8},
        {"text": [5]},
        {"text": b"bytes"},
        {"text": "x", "n": {1, 2}},
        {7: "a"},
    ]
    found = list(clean_many(items))
    assert [r.source for r in found] == ["1", "2", "3", "4", "a.txt", *map(str, range(6, 14))]
    assert [r.format for r in found[:8]] == ["text", "html", "text", "text", "text", "html", "html", "text"]
    assert [r.verdict for r in found] == ["article"] * 2 + ["empty"] * 2 + ["article"] * 3 + ["empty", "", "", "", "article", ""]
    assert found[4].own == {"id": 7, "title": "mine", "verdict": "good", "source": "a.txt"}
    assert found[4].text == "It came back.\n" and found[4].title == ""
    assert found[5].own == {"text": "not looked at"} and found[5].url == "https://example.org/ferries"
    assert found[11].own == {"n": {1, 2}}  # it stays here
    for i, why in {8: "no field", 9: "an array", 10: "bytes", 12: "no field"}.items():
        assert re.match(f"row {i + 1}: .*{why}", found[i].error or ""), found[i]
    assert [r.error for r in found[:8]] == [None] * 8


def test_many_takes_what_holds_something() -> None:
    items = [{"html": None, "text": "The ferry left at noon."}, {"text": "", "body": PAGE}, {"html": None, "text": ""}]
    found = list(clean_many(items))
    assert found[0].text == "The ferry left at noon.\n" and found[0].own == {"html": None}
    assert found[1].format == "html" and found[1].text
    assert (found[2].error, found[2].verdict) == (None, "empty")


def test_many_streams() -> None:
    """A source without an end is no trouble."""

    def endless() -> Iterator[str]:
        for i in itertools.count():
            yield f"The ferry number {i} left."

    for i, res in zip(range(1000), clean_many(endless(), kind="text"), strict=False):
        assert res.text == f"The ferry number {i} left.\n"


def test_strings() -> None:
    """They come through Python as through the command and the library."""
    strings = json.loads((REPO / "testdata/strings.json").read_text())
    assert len(strings) > 10
    for field, want in (("text", "text"), ("html", "page")):
        found = list(clean_many({field: s["in"], "own": s["in"]} for s in strings))
        assert [r.text for r in found] == [s[want] for s in strings]
        assert [r.own["own"] for r in found] == [s["in"] for s in strings]
        with Coprocess() as c:
            answers = list(c.map({field: s["in"], "own": s["in"], "\u2028\ud800": s["in"]} for s in strings))
        assert [a["text"] for a in answers] == [s[want] for s in strings]
        assert [a["own"] for a in answers] == [s["in"] for s in strings]
        for s in strings:
            assert clean(**{field: s["in"]}).text == s[want]
    # What a program reads that splits lines at more than \n.
    rows = "".join(json.dumps({"text": s["in"], "own": s["in"]}, ensure_ascii=True) + "\n" for s in strings)
    out = subprocess.run([*Coprocess().argv], input=rows, capture_output=True, text=True, encoding="utf-8").stdout
    assert [json.loads(line)["text"] for line in out.splitlines()] == [s["text"] for s in strings]


def test_strings_as_utf8() -> None:
    """A page or text as UTF-8 is the same as the string that it is made of, whatever is in it."""
    strings = [s["in"] for s in json.loads((REPO / "testdata/strings.json").read_text())]
    strings += [f"The ferry{c}left at noon, {c} said nobody." for c in map(chr, range(0x80))]
    strings += ["", 'The "ferry" \\left\\n at noon.\r\n\tNobody said so.\n', "Паром ушёл в полдень. " * 300, "page_url 😀"]
    strings = [s for s in strings if not re.search("[\ud800-\udfff]", s)]
    for field in ("html", "text", "body"):
        own = {"url": "https://example.org/a", "id": "ä"}
        with Coprocess() as c:
            want = list(c.map({**own, field: s} for s in strings))
            assert list(c.map({**own, field: UTF8(s.encode())} for s in strings)) == want
        # Long ones go as bytes: the command by itself gets them as JSON.
        long = [s + f"\n\nThe ferry to Corran was an hour late again.{s}" * 8 for s in strings]
        rows = "".join(json.dumps({"id": i, field: s}) + "\n" for i, s in enumerate(long))
        out = subprocess.run([Coprocess().argv[0], "--from", "jsonl"], input=rows, capture_output=True, text=True).stdout
        want = [{**json.loads(line), "source": ""} for line in out.splitlines()]
        with Coprocess() as c:
            for give in (str, lambda s: UTF8(s.encode())):
                answers = c.map({"id": i, field: give(s)} for i, s in enumerate(long))
                assert [{**a, "source": ""} for a in answers] == want
    with Coprocess() as c:
        (kept,) = c.map([{"text": "The ferry left at noon. " * 20, "winnow_bytes": 3}])
        (short,) = c.map([{"text": "The ferry left at noon.", "winnow_bytes": 3}])
    assert (kept["error"], kept["winnow_bytes"]) == (short["error"], short["winnow_bytes"]) == (None, 3)
    with Coprocess() as c:
        rows = [{"text": UTF8(b"The ferry \xff left at noon.")}, {"html": UTF8(PAGE.encode()), "text": "Паром ушёл в полдень."}]
        answer, both = c.map(rows)
    assert both["format"] == "html" and both["title"] == "Ferries"
    assert (answer["error"], answer["text"]) == (None, "The ferry \ufffd left at noon.\n")


def test_fields_are_those_of_the_schema() -> None:
    """The Go package clean/record lists them."""
    about = (REPO / "clean/record/record.go").read_text()
    lists = [re.findall(r"^//\t([a-z_]+) +[a-z]+ ", part, re.M) for part in about.split("package record")[0].split("//\n// ")]
    documented = [names for names in lists if names]
    record, decision, block = (next(n for n in documented if first in n) for first in ("verdict", "rule", "role"))
    assert [f.name for f in fields(Result)] == [*record, "own"]
    assert {f.name for f in fields(Decision)} == set(decision)
    assert {f.name for f in fields(Block)} == set(block)


def test_what_the_command_writes_is_known() -> None:
    with Coprocess(explain=True) as c:
        (answer,) = c.map([{"html": PAGE, "url": "https://example.org/"}])
        res = c.clean(html=PAGE)
    assert set(answer) <= {f.name for f in fields(Result)}
    assert {k for d in answer["decisions"] for k in d} <= {f.name for f in fields(Decision)}
    assert any(isinstance(r, Reason) and r.text and r.weight for d in res.decisions for r in d.reasons)


def test_memory(tmp_path: Path) -> None:
    """By site or by address, what the texts of a site repeat goes, as by the command."""
    notice = "Our letter from the harbour is sent to 41,000 readers every Friday morning."
    nouns = [
        "boat",
        "crate",
        "bear",
        "quarry",
        "orchard",
        "organ",
        "barn",
        "race",
        "oven",
        "baker",
        "bridge",
        "vet",
        "pear",
        "road",
    ]
    small = ["of our", "in some", "by no", "and its", "under the"]
    r = random.Random(1)  # copies of one story would count as one
    told = [" ".join(f"{r.choice(nouns)} {r.choice(small)}" for _ in range(14)) for _ in range(40)]
    texts = [f"{t} {r.choice(nouns)}.\n{notice}\n" for t in told]
    rows = tmp_path / "texts.jsonl"
    rows.write_text("".join(json.dumps({"site": "a.example", "text": t}) + "\n" for t in texts))
    memory, command = tmp_path / "set.mem", Coprocess().argv[0]
    fields = ["--from", "jsonl", "--site-field", "site", rows]
    subprocess.run([command, "learn", "-o", memory, *fields], check=True)
    out = subprocess.run([command, "--memory", memory, *fields], check=True, capture_output=True).stdout
    want = [json.loads(line)["text"] for line in out.splitlines()]
    with Coprocess(memory=memory) as c:
        assert [r.text for r in c.clean_many({"text": t, "site": "a.example"} for t in texts)] == want
        assert [r.text for r in c.clean_many({"text": t, "url": "https://a.example/b"} for t in texts)] == want
        elsewhere = [r.text for r in c.clean_many({"text": t, "site": "b.example"} for t in texts)]
    assert elsewhere == [r.text for r in clean_many({"text": t} for t in texts)] != want


def test_records() -> None:
    res = Result.from_record(
        {
            "schema": 1,
            "later": 5,
            "text": "x\n",
            "blocks": [
                {"role": "row", "list": 2, "cells": [{"head": True, "runs": [{"text": "x", "del": True, "link": "u", "new": 1}]}]}
            ],
            "comments": [{"author": "Ana", "published": "2024-05-03", "text": "At last.", "new": 1}, {"depth": 1, "text": "y"}],
            "decisions": [{"kept": True, "rule": "model", "p": 0.5, "reasons": [{"text": "why", "weight": -1.5}], "new": 1}],
        }
    )
    assert res.blocks[0].cells[0].runs == [Run(text="x", link="u", del_=True)] and res.blocks[0].list == 2
    assert res.comments == [Comment(author="Ana", published="2024-05-03", text="At last."), Comment(depth=1, text="y")]
    assert res.decisions == [Decision(kept=True, rule="model", p=0.5, reasons=[Reason("why", -1.5)])]
    assert Result.from_record({}).schema == 1
    with pytest.raises(SchemaError, match="schema 2 is newer"):
        Result.from_record({"schema": 2})


def test_a_newer_command_is_refused() -> None:
    with Coprocess(command=[sys.executable, str(Path(__file__).parent / "fake.py")]) as c, pytest.raises(SchemaError):
        c.clean(text="newer")


def test_version_and_command() -> None:
    assert f'version = "{winnowtext.__version__}"' in (REPO / "python/pyproject.toml").read_text()
    out = subprocess.run(
        [sys.executable, "-m", "winnowtext", "-"], input="Advertisement\nThe ferry left.", capture_output=True, text=True
    )
    assert (out.returncode, out.stdout) == (0, "The ferry left.\n")
    script = Path(sys.executable).with_name("winnow")
    assert subprocess.run([script, "--version"], capture_output=True, text=True).stdout.startswith("winnow ")


def test_documents() -> None:
    """What the documents show works: the blocks of Python in them are run as they stand."""
    ran = 0
    for name in ("docs/coprocess.md", "python/README.md"):
        for block in re.findall(r"^```python\n(.*?)^```", (REPO / name).read_text(), re.M | re.S):
            out = subprocess.run([sys.executable, "-c", block], capture_output=True, text=True, cwd=REPO / "testdata")
            assert out.returncode == 0, block + out.stderr
            assert re.findall(r"^# > (.*)", block, re.M) == out.stdout.splitlines()
            ran += 1
    assert ran >= 4
