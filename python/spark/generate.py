"""Invented pages and texts for the tests of Spark, the same at each run."""

from __future__ import annotations

import gzip
import io
import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

TOPICS = [
    "harbour",
    "ferry",
    "council",
    "bridge",
    "orchard",
    "library",
    "railway",
    "lighthouse",
    "bakery",
    "festival",
    "museum",
    "reservoir",
]
PEOPLE = ["Rosalind Achterberg", "Tobias Kirkwall", "Imke Vandersloot", "Hamish Odair", "Perpetua Lund", "Casimir Brandt"]
PLACES = ["Corran", "Aldermouth", "Skarvik", "Penhallow", "Lower Weld", "Thornhaven", "Eskdale", "Marrowby"]
VERBS = [
    "repaired",
    "measured",
    "closed",
    "painted",
    "opened",
    "inspected",
    "moved",
    "described",
    "counted",
    "sold",
    "flooded",
    "restored",
]
ENDS = [
    "which nobody had expected before the summer",
    "although the board had promised something else",
    "as it has been every year since the storm",
    "and the neighbours brought soup and candles",
    "because the old timber no longer held",
    "while the trains waited on the other side",
]


def sentence(r: random.Random) -> str:
    return (
        f"{r.choice(PEOPLE)} of {r.choice(PLACES)} said on {r.choice(('Monday', 'Tuesday', 'Friday'))} that the "
        f"{r.choice(TOPICS)} would be {r.choice(VERBS)} within {r.randint(2, 90)} days, {r.choice(ENDS)}."
    )


def paragraph(r: random.Random) -> str:
    return " ".join(sentence(r) for _ in range(r.randint(2, 5)))


def headline(r: random.Random) -> str:
    return f"{r.choice(PLACES)}: the {r.choice(TOPICS)} that was {r.choice(VERBS)} {r.randint(2, 99)} times"


def page(n: int) -> str:
    """Returns a page of some 100 KB: an article among what stands around one."""
    r = random.Random(n)
    title = headline(r)
    name = r.choice(PEOPLE)

    def links(count: int, kind: str) -> str:
        return "".join(
            f'<li class="{kind}-item item-{i % 7}"><a class="{kind}__link" href="/{r.choice(TOPICS)}/{r.randrange(10**6)}" '
            f'data-track="{kind}-{i}-{r.getrandbits(64):x}"><span class="icon icon-{i % 9}"></span>{headline(r)}</a></li>'
            for i in range(count)
        )

    state = json.dumps({f"k{i}": f"{r.getrandbits(256):x}" for i in range(r.randint(60, 300))})
    style = "".join(
        f".c{i}-{r.getrandbits(20):x}{{margin:{i % 9}px;color:#{r.getrandbits(24):06x}}}" for i in range(r.randint(60, 300))
    )
    body = "".join(f"<p>{paragraph(r)}</p>" for _ in range(r.randint(6, 24)))
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} - Corran Courier</title>'
        f'<link rel="canonical" href="https://courier.example/{n}"><meta property="og:title" content="{title}">'
        f'<meta property="article:published_time" content="2026-03-{1 + n % 28:02d}T09:14:00+00:00"><style>{style}</style>'
        f"<script>window.state={state}</script></head><body>"
        f'<header class="site-header"><nav class="main-nav"><ul>{links(r.randint(40, 120), "nav")}</ul></nav></header>'
        f'<main><article class="story"><h1>{title}</h1><p class="byline">By {name}</p>{body}'
        f'<aside class="related"><h3>Related</h3><ul>{links(4, "related")}</ul></aside></article>'
        f'<section class="most-read"><h2>Most read</h2><ul>{links(r.randint(20, 80), "teaser")}</ul></section></main>'
        f'<footer class="site-footer"><ul>{links(r.randint(20, 60), "footer")}</ul><p>© 2026 Corran Courier. All rights reserved.</p>'
        f"</footer></body></html>"
    )


def rows(count: int, start: int = 0) -> Iterator[dict[str, object]]:
    for n in range(start, start + count):
        yield {"id": n, "url": f"https://courier.example/{n}", "html": page(n)}


def write_jsonl(path: Path, items: Iterable[dict[str, object]]) -> None:
    with path.open("w", encoding="utf-8") as f:
        for item in items:
            f.write(json.dumps(item, ensure_ascii=False) + "\n")


def record(kind: str, uri: str, content_type: str, body: bytes, n: int) -> bytes:
    """Returns a record of a WARC file, packed by itself."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{n:012d}>\r\n"
        f"WARC-Date: 2026-03-01T09:14:00Z\r\n"
        + (f"WARC-Target-URI: {uri}\r\n" if uri else "")
        + f"Content-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", compresslevel=1, mtime=0) as f:
        f.write(head.encode() + body + b"\r\n\r\n")
    return out.getvalue()


def write_warc(path: Path, pages: Iterable[dict[str, object]]) -> None:
    with path.open("wb") as f:
        f.write(record("warcinfo", "", "application/warc-fields", b"software: generate.py\r\n", 0))
        for item in pages:
            body = str(item["html"]).encode()
            http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n".encode()
            f.write(
                record("response", str(item["url"]), "application/http;msgtype=response", http + body, int(str(item["id"])) + 1)
            )


def site_texts(sites: int, each: int) -> Iterator[dict[str, object]]:
    """Yields flattened texts, those of a site with a notice of its own below each, in no order of sites."""
    about = []
    for s in range(sites):
        r = random.Random(f"site {s}")
        about.append(
            f"More on this subject stands in the {r.choice(PLACES)} {r.choice(TOPICS).title()} Post number {s}, which "
            f"{r.choice(PEOPLE)} sends to {r.randint(100, 9000)} homes on {r.choice(('Sundays', 'Mondays'))}."
        )
    for n in range(each):
        for s in range(sites):
            r = random.Random(f"{s} {n}")
            body = "\n\n".join(" ".join(_news(r) for _ in range(r.randint(2, 5))) for _ in range(r.randint(3, 6)))
            yield {"id": f"{s}-{n}", "site": f"post{s}.example", "text": f"{headline(r)}\n\n{body}\n\n{about[s]}"}


def _news(r: random.Random) -> str:
    """A sentence that shares no run of words with others: else texts of a site would be copies of each other."""
    return (
        f"The {_word(r)} of {r.choice(PLACES)} {r.choice(('carried', 'mended', 'painted', 'sold'))} a {_word(r)} "
        f"{r.choice(('before', 'behind', 'without'))} the {_word(r)} {_word(r)}, and {r.choice(PEOPLE)} "
        f"{r.choice(('saw', 'found', 'missed'))} {r.randint(2, 90)} {_word(r)}s {r.choice(('near', 'under'))} the {_word(r)}."
    )


def _word(r: random.Random) -> str:
    return "".join(r.choice(("ba", "ke", "lo", "mi", "nu", "ra", "se", "ti", "vo", "du", "pe")) for _ in range(r.randint(2, 3)))
