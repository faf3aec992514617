"""Pages by Ray: rows of JSON Lines in, Parquet out.

Usage: python ray_example.py IN.jsonl OUT

An actor has a command, which is replaced when it ends. Actors with as many whole cores
as the machine has leave none to read with, and Ray waits for ever: these take half of one.
Ray's read_text splits lines at U+2028 and the like, which JSON may hold; read_json does not.
"""

import sys
from typing import Any

import pyarrow as pa
import ray

from winnowtext import Coprocess


class Clean:
    def __init__(self) -> None:
        self.coprocess = Coprocess(jobs=1)

    def __call__(self, batch: pa.Table) -> dict[str, Any]:
        answers = list(self.coprocess.map(batch.select(["id", "url", "html"]).to_pylist()))
        return {name: [a.get(name) for a in answers] for name in ("id", "text", "title", "verdict", "score", "error")}


def main(source: str, out: str) -> None:
    ray.init(include_dashboard=False)
    pages = ray.data.read_json(source)
    pages.map_batches(Clean, batch_format="pyarrow", batch_size=64, concurrency=2, num_cpus=0.5).write_parquet(out)


if __name__ == "__main__":
    main(*sys.argv[1:])
