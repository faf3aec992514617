#!/usr/bin/env bash
# Builds the wheel of this machine, or of the platforms that are named:
#
#	bash python/build.sh [linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64]
#
# Needs Go and Python; the wheels in python/dist need neither compiler nor Go.
set -euo pipefail
cd "$(dirname "$0")"
rm -rf dist
for target in "${@:-}"; do
	WINNOW_TARGET=$target "${PYTHON:-python3}" -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir dist .
done
ls -l dist
