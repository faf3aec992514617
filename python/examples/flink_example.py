"""Pages by Flink: rows of JSON Lines in and out.

Usage: python flink_example.py IN.jsonl OUT

Flink hands whole batches to a function of pandas; each Python process of it has a
command, which is replaced when it ends.
"""

import sys

import pandas as pd
from pyflink.table import DataTypes, EnvironmentSettings, TableEnvironment
from pyflink.table.udf import ScalarFunction, udf

NAMES = ["text", "title", "verdict", "score", "error"]


class Clean(ScalarFunction):  # type: ignore[misc]
    def open(self, context: object) -> None:
        from winnowtext import Coprocess
        from winnowtext.pandas import clean_series

        self.clean_series, self.coprocess = clean_series, Coprocess(jobs=1)

    def eval(self, html: "pd.Series[str]", url: "pd.Series[str]") -> pd.DataFrame:
        return self.clean_series(html, kind="html", url=url, coprocess=self.coprocess)[NAMES]


def main(source: str, out: str) -> None:
    t = TableEnvironment.create(EnvironmentSettings.in_batch_mode())
    t.get_config().set("parallelism.default", "2")
    t.get_config().set("python.fn-execution.arrow.batch.size", "64")  # pages are large
    row = DataTypes.ROW([DataTypes.FIELD(n, DataTypes.DOUBLE() if n == "score" else DataTypes.STRING()) for n in NAMES])
    t.create_temporary_function("clean", udf(Clean(), result_type=row, func_type="pandas"))
    files = "'connector' = 'filesystem', 'format' = 'json', 'path' ="
    t.execute_sql(f"create table pages (id bigint, url string, html string) with ({files} '{source}')")
    t.execute_sql(
        "create table cleaned (id bigint, text string, title string, verdict string, score double, error string)"
        f" with ({files} '{out}')"
    )
    t.execute_sql(
        "insert into cleaned select id, c.text, c.title, c.verdict, c.score, c.error"
        " from (select id, clean(html, url) as c from pages)"
    ).wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
