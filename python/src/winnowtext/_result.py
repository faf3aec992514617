"""What became of an input, as classes.

The fields are those of the JSON that the command writes, which the Go package
``clean/record`` describes; so are their names. What is not known is empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

SCHEMA = 1
"""The version of the schema that this module reads."""


class WinnowError(Exception):
    """Is what all errors of this package are."""


class SchemaError(WinnowError):
    """Says that a record was written under a schema newer than this version knows."""


class CleanError(WinnowError):
    """Says that an input could not be worked on, or not in full.

    Attributes:
        result: what was found all the same; its ``error`` says why it is not all.
    """

    def __init__(self, result: Result) -> None:
        super().__init__(result.error)
        self.result = result

    def __reduce__(self) -> tuple[type[CleanError], tuple[Result]]:
        return CleanError, (self.result,)


@dataclass(slots=True)
class Reason:
    """A reason of the model, the strongest of a decision first."""

    text: str = ""
    weight: float = 0.0


@dataclass(slots=True)
class Decision:
    """What happened to a piece of the input, and why."""

    kept: bool = False
    kind: str = ""
    rule: str = ""
    named: str = ""
    step: str = ""
    p: float | None = None
    threshold: float | None = None
    reasons: list[Reason] = field(default_factory=list)
    where: str = ""
    text: str = ""


@dataclass(slots=True)
class Run:
    """A run of text in a block, with its marks."""

    text: str = ""
    link: str = ""
    strong: bool = False
    em: bool = False
    code: bool = False
    sub: bool = False
    sup: bool = False
    # "del" is a word of the language
    del_: bool = False
    decision: int = 0


@dataclass(slots=True)
class Cell:
    """A cell of a table's row."""

    head: bool = False
    runs: list[Run] = field(default_factory=list)


# Within Block, list is the number of one.
_Runs = list[Run]
_Cells = list[Cell]


@dataclass(slots=True)
class Block:
    """A block of the text: a paragraph, a heading, an item, a row ..."""

    role: str = ""
    level: int = 0
    list: int = 0
    depth: int = 0
    ordered: bool = False
    number: int = 0
    quote: int = 0
    language: str = ""
    src: str = ""
    runs: _Runs = field(default_factory=_Runs)
    cells: _Cells = field(default_factory=_Cells)


@dataclass(slots=True)
class Result:
    """What was found in one input.

    Attributes:
        source: the name of the input: what the caller named "source", else its number
            among the inputs of a call, from 1.
        error: why the input could not be worked on, or why this is only a part; None
            when all went well.
        schema: version of the schema.
        format: what it was read as, "html" or "text".
        verdict: "article", "partial", "stub", "listing" or "empty"; "" when there is no
            result.
        score: between 0 and 1. Of a page the word F1 that is expected, of a text the
            share of its words that stayed.
        title: headline without the site's name.
        byline: names of the authors, separated by ", ".
        published: as RFC 3339, only the date where no time of day is known.
        modified: as published.
        site_name: name of the site.
        source_name: agency or publication that the text was taken from.
        language: as BCP 47, such as "en" or "pt-br".
        excerpt: the page's own summary.
        image: absolute address of the lead image.
        url: canonical address, else the one that was given.
        text: the clean text; it ends in a newline, or is empty.
        blocks: the text with its structure, where it was asked for.
        decisions: what happened to each piece of the input, where it was asked for.
        own: what a mapping held beside its body and address.
    """

    source: str = ""
    error: str | None = None
    schema: int = SCHEMA
    format: str = ""
    verdict: str = ""
    score: float = 0.0
    title: str = ""
    byline: str = ""
    published: str = ""
    modified: str = ""
    site_name: str = ""
    source_name: str = ""
    language: str = ""
    excerpt: str = ""
    image: str = ""
    url: str = ""
    text: str = ""
    blocks: list[Block] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    own: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Result:
        """Makes a result of a record, a line of the command's output as read by json.

        Fields that are not known are passed over.

        Raises:
            SchemaError: the record is of a newer schema.
        """
        schema = record.get("schema", SCHEMA)
        if schema > SCHEMA:
            raise SchemaError(f"schema {schema} is newer than this version of winnowtext knows, {SCHEMA}")
        get = record.get
        res = cls(
            get("source") or "",
            get("error"),
            schema,
            get("format") or "",
            get("verdict") or "",
            get("score") or 0.0,
            get("title") or "",
            get("byline") or "",
            get("published") or "",
            get("modified") or "",
            get("site_name") or "",
            get("source_name") or "",
            get("language") or "",
            get("excerpt") or "",
            get("image") or "",
            get("url") or "",
            get("text") or "",
        )
        if "blocks" in record:
            res.blocks = [_block(b) for b in record["blocks"]]
        if "decisions" in record:
            res.decisions = [_decision(d) for d in record["decisions"]]
        return res


def _known(cls: Any, record: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in record.items() if k in cls.__dataclass_fields__}


def _decision(record: Mapping[str, Any]) -> Decision:
    d = Decision(**_known(Decision, record))
    d.reasons = [Reason(**_known(Reason, r)) for r in record.get("reasons", ())]
    return d


def _block(record: Mapping[str, Any]) -> Block:
    b = Block(**_known(Block, record))
    b.runs = [_run(r) for r in record.get("runs", ())]
    b.cells = [Cell(c.get("head", False), [_run(r) for r in c.get("runs", ())]) for c in record.get("cells", ())]
    return b


def _run(record: Mapping[str, Any]) -> Run:
    r = Run(**_known(Run, record))
    r.del_ = record.get("del", False)
    return r
