"""Packs the test pages of github.com/adbar/trafilatura, as of version 2.

    python3 pack.py CLONE FOLDER

tests/evaldata.py assigns EVAL_PAGES, a dictionary from URL to file name, wanted
snippets (with) and unwanted ones (without); the page lies in tests/cache or
tests/eval, as fetched. The dictionary is read as literals and nothing of the
clone is run. Entries without a page are left out, as by its own evaluation.
"""

import ast
import collections
import gzip
import json
import pathlib
import re
import subprocess
import sys

LANG = re.compile(rb"""<html\b[^>]*?\slang\s*=\s*["']?([a-z]{2,3})\b""", re.I)


def eval_pages(path):
    for node in ast.parse(path.read_bytes()).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if any(isinstance(t, ast.Name) and t.id == "EVAL_PAGES" for t in targets):
            return ast.literal_eval(node.value)
    raise ValueError("no EVAL_PAGES")


def page_file(tests, name):
    """Returns the file of that name and why there is none."""
    if not name:
        return None, "no file named"
    if pathlib.PurePosixPath(name).is_absolute() or ".." in pathlib.PurePosixPath(name).parts:
        return None, "file outside the folder"
    for folder in "cache", "eval":
        if (tests / folder / name).is_file():
            return tests / folder / name, None
    return None, "no page file"


def commit(clone):
    try:
        git = subprocess.run(["git", "--git-dir", clone / ".git", "rev-parse", "HEAD"], capture_output=True, text=True)
    except OSError:
        return ""
    return "@" + git.stdout.strip() if git.returncode == 0 else ""


def write(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".gz":
        data = gzip.compress(data, mtime=0)  # the same input gives the same file
    path.write_bytes(data)


def pack(clone, folder):
    lines, left = [], collections.Counter()
    for url, entry in eval_pages(clone / "tests" / "evaldata.py").items():
        name = entry.get("file")
        source, why = page_file(clone / "tests", name)
        if why:
            left[why] += 1
            continue
        html = source.read_bytes()
        page = {"id": name, "url": url, "html": f"html/{name}.gz", "gold": "", "page_type": "mixed"}
        page |= {key: list(entry.get(key) or []) for key in ("with", "without")}
        page |= {key: entry[key] for key in ("title", "author", "date") if isinstance(entry.get(key), str)}
        if lang := LANG.search(html[: 1 << 16]):
            page["lang"] = lang[1].decode().lower()
        write(folder / page["html"], html)
        lines.append(json.dumps(page, ensure_ascii=False) + "\n")
    write(folder / "pages.jsonl.gz", "".join(lines).encode())
    head = {"name": "trafilatura", "metric": "snippet", "decode": "mixed", "source": "adbar/trafilatura" + commit(clone), "pages": len(lines)}
    # A folder with corpus.json counts as a corpus, so this comes last.
    write(folder / "corpus.json", (json.dumps(head, indent=2) + "\n").encode())
    print(f"{len(lines)} pages packed into {folder}")
    for why, n in left.items():
        print(f"{n} left out: {why}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python3 pack.py CLONE FOLDER")
    try:
        pack(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
    except (OSError, SyntaxError, ValueError) as err:
        sys.exit(f"pack.py: {err}")
