#!/usr/bin/env bash
# Builds the wheel, installs it into a new environment and runs its tests. Needs Go,
# Python 3.10 or later, and a network for pip.
set -euo pipefail
cd "$(dirname "$0")"
export PYTHON=${PYTHON:-python3}
"$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 10) and "Python 3.10 or later is needed, this is " + sys.version)'

bash build.sh
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$PYTHON" -m venv "$scratch/venv"
python=$scratch/venv/bin/python
pip() { "$python" -m pip --quiet --disable-pip-version-check "$@"; }
pip install dist/*.whl

# With nothing else installed, no compiler in reach and an empty environment.
env -i "$python" -I - <<'PYTHON'
import sys
import winnowtext
assert winnowtext.clean(text="Advertisement\nThe ferry left at noon.").text == "The ferry left at noon.\n"
assert "pandas" not in sys.modules
try:
    import winnowtext.pandas
except ModuleNotFoundError as e:
    assert e.name == "pandas"
else:
    sys.exit("winnowtext.pandas needs no pandas")
PYTHON

# Those that find fault with the code in fixed versions: they find more in each.
pip install pytest pandas mypy==2.4.1 ruff==0.17.6
"$scratch/venv/bin/ruff" check --quiet .
"$scratch/venv/bin/ruff" format --quiet --check .
"$python" -m mypy src
PATH=$scratch/venv/bin:$PATH "$python" -m pytest -q -p no:cacheprovider "$@" tests
