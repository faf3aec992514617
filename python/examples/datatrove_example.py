"""Pages by datatrove: a step of a pipeline, rows of JSON Lines in and out.

Usage: python datatrove_example.py FOLDER OUT

FOLDER holds .jsonl files. A task that dies, as for want of memory, leaves datatrove's own
local executor waiting for ever: on a cluster take the one for Slurm, which knows.
"""

import sys
from collections import deque
from collections.abc import Iterator

from datatrove.data import Document
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.base import PipelineStep
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter

from winnowtext import Coprocess


class Clean(PipelineStep):
    name = "winnow"
    type = "extractor"

    def run(self, data: Iterator[Document], rank: int = 0, world_size: int = 1) -> Iterator[Document]:
        waiting: deque[Document] = deque()

        def rows() -> Iterator[dict[str, str]]:
            for document in data:
                waiting.append(document)
                yield {"html": document.text, "url": document.metadata.get("url", "")}

        with Coprocess(jobs=1) as coprocess:
            for answer in coprocess.map(rows()):
                document = waiting.popleft()
                document.text = answer["text"]
                document.metadata |= {name: answer.get(name) for name in ("title", "verdict", "score", "error")}
                self.stat_update(answer["verdict"] or "failed")
                yield document


def main(source: str, out: str) -> None:
    LocalPipelineExecutor(
        pipeline=[JsonlReader(source, text_key="html"), Clean(), JsonlWriter(out, compression=None)],
        tasks=2,
        workers=2,
        logging_dir=f"{out}/logs",
    ).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
