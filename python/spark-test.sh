#!/usr/bin/env bash
# Tests winnowtext.spark on a little cluster with executor processes that are killed. Needs
# Go, Java 17 or 21, Python 3.10 or later, and pip; without them it says so and tests
# nothing. Spark (a download of some 460 MB) goes into an environment of its own, which is
# kept for the next time:
#
#	bash python/spark-test.sh [arguments of pytest, such as -k memory]
#	bash python/spark-test.sh -m cost    # prints what each engine costs; on a quiet machine
set -euo pipefail
cd "$(dirname "$0")"
export PYTHON=${PYTHON:-python3}
# Spark 4.3 takes pandas 2 alone.
packages=(pyspark==4.3.0 'pandas<3' pyarrow==26.0.1 duckdb==2.0.1 pytest==9.2.0)

skip() {
	echo "skipped: $*"
	exit 0
}
command -v go >/dev/null || skip "no Go, which builds the command"
"$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null || skip "no Python 3.10 or later"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
version=$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p') || true
case $version in
17 | 21) ;;
*) skip "Spark needs Java 17 or 21, and $java is ${version:-not there}; JAVA_HOME may name one" ;;
esac
[ -d /proc/self ] || skip "no /proc, which finds the processes to kill"

bash build.sh
cache=${XDG_CACHE_HOME:-$HOME/.cache}/winnow-spark-$("$PYTHON" -c 'import sys, zlib; print(sys.version_info[1], zlib.crc32(repr(sys.argv[1:]).encode()), sep="-")' "${packages[@]}")
if ! [ -e "$cache/complete" ]; then
	rm -rf "$cache"
	"$PYTHON" -m venv "$cache"
	"$cache/bin/pip" --quiet --disable-pip-version-check install "${packages[@]}" || {
		rm -rf "$cache"
		skip "pip does not get ${packages[*]}"
	}
	touch "$cache/complete"
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
# Not into the environment: executors get the package from the driver.
"$cache/bin/pip" --quiet --disable-pip-version-check install --no-deps --target "$scratch/package" dist/*.whl
unset WINNOW_COMMAND PYTHONPATH SPARK_HOME
# All of it talks over the loopback device.
export SPARK_LOCAL_IP=127.0.0.1 SPARK_LOCAL_HOSTNAME=localhost SPARK_LOCAL_DIRS=$scratch SPARK_WORKER_DIR=$scratch/work
export PYSPARK_PYTHON=$cache/bin/python WINNOWTEXT=$scratch/package PYTHONDONTWRITEBYTECODE=1
"$cache/bin/python" -m pytest -q --capture sys -p no:cacheprovider --rootdir spark --basetemp "$scratch/data" --durations 5 -m 'not cost' "$@" spark
