"""Columns of pandas."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import winnowtext.pandas
from winnowtext import Coprocess
from winnowtext.pandas import clean_series

BODIES = [
    "Advertisement\nThe ferry left at noon.",
    None,
    "<p>It came back at eight, the harbour master said.</p>",
    float("nan"),
    "",
    [5],
]


def frame() -> pd.DataFrame:
    return pd.DataFrame(
        {"body": BODIES, "url": ["https://example.org/a", None, "https://example.org/c", "", "x", "y"]}, index=list("cbadfe")
    )


def test_accessor_and_function() -> None:
    df = frame()
    found = df["body"].winnow.clean(url=df["url"])
    assert list(found.columns) == winnowtext.pandas.COLUMNS
    assert list(found.index) == list("cbadfe")
    assert list(found["text"]) == [
        "The ferry left at noon.\n",
        "",
        "It came back at eight, the harbour master said.\n",
        "",
        "",
        "",
    ]
    assert list(found["verdict"]) == ["article", "empty", "article", "empty", "empty", ""]
    assert list(found["format"])[:3] == ["text", "text", "html"]
    assert found["url"]["a"] == "https://example.org/c"
    assert found["error"]["e"].startswith("row 6: ") and found["error"].isna().sum() == 5
    pd.testing.assert_frame_equal(found, clean_series(df["body"], url=df["url"]))
    # Labels say which address is whose, in whatever order; without the same ones the order does.
    pd.testing.assert_frame_equal(found, clean_series(df["body"], url=df["url"].sort_index()))
    pd.testing.assert_frame_equal(found, clean_series(df["body"], url=df["url"].reset_index(drop=True)))
    df["text"] = df["body"].winnow.text()
    assert list(df["text"]) == list(found["text"])
    assert df["body"].winnow.text().name == "body"


def test_kinds_options_and_addresses() -> None:
    column = pd.Series(["<p>It came back at eight, the harbour master said.</p>"])
    assert [list(column.winnow.clean(kind=kind)["format"]) for kind in ("text", "html", "auto")] == [["text"], ["html"], ["html"]]
    with Coprocess(explain=True) as c:
        found = column.winnow.clean(kind="html", url="https://example.org/all", coprocess=c)
    assert found["decisions"][0][0].kept and found["url"][0] == "https://example.org/all"
    with pytest.raises(ValueError, match="1 bodies and 2 addresses"):
        column.winnow.clean(url=pd.Series(["a", "b"]))


def test_types_of_columns() -> None:
    for dtype in ("object", "string"):
        column = pd.Series(["The ferry left.", None], dtype=dtype)
        assert list(column.winnow.text()) == ["The ferry left.\n", ""]
    assert list(pd.Series([], dtype="object").winnow.clean().columns) == winnowtext.pandas.COLUMNS


def test_pandas_is_not_loaded_for_others() -> None:
    for program, there in (
        ("import winnowtext, sys; print('pandas' in sys.modules)", "False"),
        ("import pandas, winnowtext; print(hasattr(pandas.Series, 'winnow'))", "True"),
        ("import winnowtext, pandas; import winnowtext.pandas; print(hasattr(pandas.Series, 'winnow'))", "True"),
    ):
        out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        assert out.stdout.strip() == there


def test_example() -> None:
    """The example for pandas cleans a table and keeps what could not be worked on."""
    example = Path(__file__).parents[2] / "examples" / "pandas" / "clean_column.py"
    table = 'id,body\n1,"Advertisement\nThe ferry left at noon."\n2,\n'
    run = subprocess.run(
        [sys.executable, str(example), "body"], input=table, capture_output=True, text=True, check=True, timeout=60
    )
    assert run.stdout == "id,body,verdict\n1,The ferry left at noon.,article\n2,,empty\n"
