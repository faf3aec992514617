"""Cleans a column of a table with pandas, through one co-process of winnow.

    pip install winnowtext pandas
    python clean_column.py body < texts.csv > clean.csv
"""

from __future__ import annotations

import sys
from typing import TextIO

import pandas as pd

import winnowtext.pandas  # noqa: F401  gives columns .winnow


def clean_column(column: str, source: TextIO, to: TextIO) -> None:
    """Reads a table, cleans a column of it, and writes it with the verdicts beside."""
    table = pd.read_csv(source)
    found = table[column].winnow.clean()
    failed = found["error"].notna()
    table[column] = found["text"].str.strip().where(~failed, table[column])
    table["verdict"] = found["verdict"]
    table.to_csv(to, index=False)
    for row, why in found.loc[failed, "error"].items():
        print(f"row {row}: {why}", file=sys.stderr)


if __name__ == "__main__":
    clean_column(sys.argv[1], sys.stdin, sys.stdout)
