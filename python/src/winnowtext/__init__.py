"""The article text of web pages, and of text that was scraped from them.

    >>> import winnowtext
    >>> winnowtext.clean(text="Advertisement\\nThe ferry left at noon.").text
    'The ferry left at noon.\\n'

``clean`` is for one input, ``clean_many`` for many in order, ``Coprocess`` for options
and for other processes. With pandas, ``df["body"].winnow.clean()`` cleans a column; it is
there when pandas was imported before this package, and in any case after
``import winnowtext.pandas``.

What they return are results with the fields of the command's JSON. The work is done by
the command ``winnow``, which is part of this package and runs beside the program.
"""

from __future__ import annotations

import importlib.metadata
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ._coprocess import Coprocess
from ._result import (
    SCHEMA,
    Block,
    Cell,
    CleanError,
    Comment,
    Decision,
    Image,
    Origin,
    Reason,
    Result,
    Run,
    SchemaError,
    WinnowError,
)
from ._worker import WorkerError

__all__ = [
    "SCHEMA",
    "Block",
    "Cell",
    "CleanError",
    "Comment",
    "Coprocess",
    "Decision",
    "Image",
    "Origin",
    "Reason",
    "Result",
    "Run",
    "SchemaError",
    "WinnowError",
    "WorkerError",
    "clean",
    "clean_many",
]

try:
    __version__ = importlib.metadata.version("winnowtext")
except importlib.metadata.PackageNotFoundError:  # its files alone, as in an archive for workers of a cluster
    __version__ = "unknown"

_default = Coprocess()


def clean(*, html: str | None = None, text: str | None = None, url: str | None = None) -> Result:
    """Cleans a page or a text, see ``Coprocess.clean``.

    Raises:
        CleanError: it could not be worked on, or not in full.
    """
    return _default.clean(html=html, text=text, url=url)


def clean_many(items: Iterable[str | Mapping[str, Any] | None], *, kind: str = "auto") -> Iterator[Result]:
    """Cleans many pages or texts in order, see ``Coprocess.clean_many``."""
    return _default.clean_many(items, kind=kind)


if "pandas" in sys.modules:
    from . import pandas as _pandas  # noqa: F401 (df["body"].winnow)
