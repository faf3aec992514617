"""Cleaning of columns.

import pandas as pd
import winnowtext.pandas

df = pd.read_csv("articles.csv")
found = df["body"].winnow.clean(url=df["url"])   # a DataFrame of text, title, verdict ...
df["text"] = df["body"].winnow.text()
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import pandas as pd

from ._coprocess import Coprocess
from ._result import Result

_LISTS = ("blocks", "comments", "decisions")
COLUMNS = [f.name for f in fields(Result) if f.name not in ("source", "own", *_LISTS)]
"""The columns of what ``clean_series`` returns."""


def clean_series(
    bodies: pd.Series[Any],
    *,
    kind: str = "auto",
    url: pd.Series[Any] | str | None = None,
    coprocess: Coprocess | None = None,
) -> pd.DataFrame:
    """Cleans a column of pages or texts.

    Args:
        bodies: strings; missing values are empty ones.
        kind: what they are: "html", "text", or "auto", each by its content.
        url: the address of each, or that of all. A column whose index has the labels of
            bodies is taken by these, another by its order; it must be of the same length.
        coprocess: what to clean with, where options are wanted.

    Returns:
        A frame with the index of bodies and a column for each field of a result:
        ``text``, ``title``, ``verdict``, ``error`` ... What could not be worked on has an
        error, and never ends the rest. "decisions" is there with ``explain``.
    """
    if coprocess is None:
        from . import _default

        coprocess = _default
    if isinstance(url, pd.Series) and len(url) != len(bodies):
        raise ValueError(f"{len(bodies)} bodies and {len(url)} addresses")
    if isinstance(url, pd.Series) and url.index.is_unique and bodies.index.isin(url.index).all():
        url = url.reindex(bodies.index)
    columns: dict[str, list[Any]] = {name: [] for name in (*COLUMNS, *_LISTS)}
    for res in coprocess.clean_many(_items(bodies, url), kind=kind):
        for name, column in columns.items():
            column.append(getattr(res, name))
    for name in _LISTS:
        if not any(columns[name]):
            del columns[name]
    return pd.DataFrame(columns, index=bodies.index)


def _items(bodies: pd.Series[Any], url: pd.Series[Any] | str | None) -> Iterator[dict[str, Any]]:
    addresses = url if isinstance(url, pd.Series) else [url] * len(bodies)
    for body, address in zip(bodies, addresses, strict=True):
        item: dict[str, Any] = {"body": None if _missing(body) else body}
        if not _missing(address):
            item["url"] = address
        yield item


def _missing(value: Any) -> bool:
    return not isinstance(value, str) and bool(pd.api.types.is_scalar(value)) and bool(pd.isna(value))


@pd.api.extensions.register_series_accessor("winnow")
class WinnowAccessor:
    """Is ``series.winnow``."""

    def __init__(self, series: pd.Series[Any]) -> None:
        self._series = series

    def clean(
        self, *, kind: str = "auto", url: pd.Series[Any] | str | None = None, coprocess: Coprocess | None = None
    ) -> pd.DataFrame:
        """Returns what was found, see ``clean_series``."""
        return clean_series(self._series, kind=kind, url=url, coprocess=coprocess)

    def text(
        self, *, kind: str = "auto", url: pd.Series[Any] | str | None = None, coprocess: Coprocess | None = None
    ) -> pd.Series[Any]:
        """Returns the clean texts alone, under the name of the column."""
        found = clean_series(self._series, kind=kind, url=url, coprocess=coprocess)["text"]
        return found.rename(self._series.name)
