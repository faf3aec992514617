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
    note: int = 0
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
    callout: str = ""
    note: int = 0
    runs: _Runs = field(default_factory=_Runs)
    cells: _Cells = field(default_factory=_Cells)


@dataclass(slots=True)
class Image:
    """A picture of the article; ``url`` is absolute."""

    url: str = ""
    caption: str = ""
    alt: str = ""


@dataclass(slots=True)
class Comment:
    """What a reader has written below an article; ``published`` as in Result, ``depth``
    0 for what answers no other comment."""

    author: str = ""
    published: str = ""
    depth: int = 0
    text: str = ""


@dataclass(slots=True)
class Origin:
    """Where a field was found: its name, the source, and what it is called there."""

    field: str = ""
    source: str = ""
    name: str = ""


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
        type: what kind of page it is: "article", "listing", "forum", "product",
            "documentation" or "other"; "" of a text.
        type_p: how probable that is, between 0 and 1.
        title: headline without the site's name.
        authors: names of those who wrote it.
        byline: the authors as printed.
        published: as RFC 3339, only the date where no time of day is known.
        published_precision: "day" or "time": how much of it is known.
        modified: as published.
        modified_precision: as published_precision.
        site_name: name of the site.
        source_name: agency or publication that the text was taken from.
        language: as BCP 47, such as "en" or "pt-BR".
        direction: direction of the text, "ltr" or "rtl".
        excerpt: the page's own summary.
        section: part of the site, such as "Sport".
        tags: what the page says it is about.
        image: absolute address of the lead image.
        images: pictures of the article.
        favicon: absolute address of the site's icon.
        url: canonical address on the same site, else the one that was given.
        canonical: canonical address as the page gives it, on whatever site.
        data_type: what the page's own data says it is, such as "NewsArticle".
        free: what the page says about whether all may read it; None when nothing.
        words: words in text.
        warnings: what was decided though the input or the options say otherwise.
        text: the clean text; it ends in a newline, or is empty.
        original: all text before anything was removed; "" from the command.
        blocks: the text with its structure, where it was asked for.
        comments: what readers have written, where it was asked for.
        origins: where the fields were found, where decisions were asked for.
        decisions: what happened to each piece of the input, where it was asked for.
        own: what a mapping held beside its body and address.
    """

    source: str = ""
    error: str | None = None
    schema: int = SCHEMA
    format: str = ""
    verdict: str = ""
    score: float = 0.0
    type: str = ""
    type_p: float = 0.0
    title: str = ""
    authors: list[str] = field(default_factory=list)
    byline: str = ""
    published: str = ""
    published_precision: str = ""
    modified: str = ""
    modified_precision: str = ""
    site_name: str = ""
    source_name: str = ""
    language: str = ""
    direction: str = ""
    excerpt: str = ""
    section: str = ""
    tags: list[str] = field(default_factory=list)
    image: str = ""
    images: list[Image] = field(default_factory=list)
    favicon: str = ""
    url: str = ""
    canonical: str = ""
    data_type: str = ""
    free: bool | None = None
    words: int = 0
    warnings: list[str] = field(default_factory=list)
    text: str = ""
    original: str = ""
    blocks: list[Block] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    origins: list[Origin] = field(default_factory=list)
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
        known = _known(cls, record)
        known.pop("own", None)  # is what the caller held
        res = cls(**{k: v for k, v in known.items() if v is not None})
        res.images = [Image(**_known(Image, i)) for i in record.get("images", ())]
        res.comments = [Comment(**_known(Comment, c)) for c in record.get("comments", ())]
        res.origins = [Origin(**_known(Origin, o)) for o in record.get("origins", ())]
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
