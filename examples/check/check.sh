#!/bin/sh
# A step of continuous integration: texts of a data set must hold no residue. It prints
# file:line: kind rule: text for each piece, and fails if there is any.
#
#     sh check.sh texts/
#
# As a step of a workflow:
#
#     - run: go install github.com/winnowtext/winnow/cmd/winnow@v0.2.0
#     - run: winnow --check texts/
set -eu
if winnow --check --stats "$@"; then
	echo "no residue"
else
	status=$?
	[ "$status" = 1 ] && echo "residue is left: winnow -o cleaned/ ... takes it out" >&2
	exit "$status"
fi
