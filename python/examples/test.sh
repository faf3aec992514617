#!/usr/bin/env bash
# Runs an example on generated pages, and compares the texts with the bare command's:
#
#	bash python/examples/test.sh ray|datatrove|flink
#
# To be run by hand for a release. Needs Go, Python 3.10 or later, pip, and for Flink
# Java 17; each takes some hundred megabytes, in an environment that is removed again.
set -euo pipefail
cd "$(dirname "$0")/.."
export PYTHON=${PYTHON:-python3}
case ${1:-} in
ray) packages=('ray[data]==2.60.0' 'pandas<3') ;;
datatrove) packages=('datatrove[io]==0.10.1' orjson) ;;
flink) packages=(apache-flink==2.3.0) ;;
*) sed -n '2,4p' "$0" && exit 2 ;;
esac
[ -n "${WINNOW_WHEEL:-}" ] || bash build.sh
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
if [ -z "${ENGINE_VENV:-}" ]; then
	ENGINE_VENV=$scratch/venv
	"$PYTHON" -m venv "$ENGINE_VENV"
	"$ENGINE_VENV/bin/pip" --quiet --disable-pip-version-check install "${packages[@]}"
fi
"$ENGINE_VENV/bin/pip" --quiet --disable-pip-version-check install --force-reinstall --no-deps dist/*.whl
mkdir "$scratch/in"
"$PYTHON" - "$scratch/in/pages.jsonl" <<'PYTHON'
import sys, pathlib
sys.path.insert(0, "spark")
import generate
generate.write_jsonl(pathlib.Path(sys.argv[1]), generate.rows(400))
PYTHON
export PATH=$ENGINE_VENV/bin:$PATH
source=$scratch/in/pages.jsonl
[ "$1" != datatrove ] || source=$scratch/in
python "examples/$1_example.py" "$source" "$scratch/out"
python - "$scratch" <<'PYTHON'
import hashlib, json, pathlib, subprocess, sys

scratch = pathlib.Path(sys.argv[1])
files = [p for p in (scratch / "out").rglob("*") if p.is_file() and "logs" not in p.parts and not p.name.startswith((".", "_"))]
rows = []
for file in files:
    if file.suffix == ".parquet":
        import pyarrow.parquet
        rows += pyarrow.parquet.read_table(file).to_pylist()
    else:
        rows += map(json.loads, file.read_text().splitlines())
bare = subprocess.run(["winnow", "--from", "jsonl", scratch / "in/pages.jsonl"], capture_output=True).stdout
want = list(map(json.loads, bare.splitlines()))
def digest(rows):
    # datatrove leaves out an id of 0
    lines = sorted(json.dumps([int(r.get("id", 0)), r["text"], *((r.get("metadata") or r)[n] for n in ("title", "verdict"))]) for r in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest(), len(lines)
print("rows", len(rows), "bare", len(want))
if digest(rows) != digest(want):
    sys.exit("the rows are not those of the bare command")
print("the same as the bare command's")
PYTHON
