#!/usr/bin/env bash
# From the corpora to the embedded models, with fixed seeds; README.md says what
# the steps do.
#
#   WINNOW_CORPORA=.../corpora bash train.sh page FOLDER
#   WINNOW_CORPORA=.../corpora WINNOW_RESIDUE=.../dev.jsonl.gz bash train.sh lines FOLDER
#
# FOLDER takes rows, models and the cleaned texts of the folds, some 150 MB. Only at
# the end are the models of the working copy replaced. TREES=8 makes small models, to
# see whether all steps run.
set -euo pipefail
usage="usage: train.sh page|lines FOLDER"
what=${1:?$usage} out=$(realpath -m "${2:?$usage}")
: "${WINNOW_CORPORA:?names the folder of packed corpora}"
cd "$(dirname "$0")/../../.."
train=clean/internal/train

case $what in
page)
	go run ./$train -out "$out"
	python3 $train/train.py "$out" "$out/block.model" --trees "${TREES:-250}" --eta .08 --child 30 --cap 220 --trust --folds
	go run ./$train -first "$out/block.model" -out "$out/sequence"
	python3 $train/train.py "$out/sequence" "$out/sequence.model" --name sequence --trees "${TREES:-120}" --eta .08 --child 30 --trust --folds
	WINNOW_FOLDS=$out WINNOW_OUT=$out go test -count=1 -run TestFolds ./clean
	cp "$out"/{block,sequence}.model{,.check} "$out"/{weights.txt,ngrams.odds} clean/internal/block/data/
	;;
lines)
	: "${WINNOW_RESIDUE:?names the file of flattened texts}"
	go run ./$train/lines -out "$out"
	python3 $train/train.py "$out" "$out/line.model" --name line --trees "${TREES:-64}" --depth 4 --eta .25 --bag 3 --folds
	WINNOW_LINE_FOLDS=$out WINNOW_OUT=$out go test -count=1 -run LineFolds -v ./clean
	cp "$out"/line.{model,model.check,odds} clean/internal/line/data/
	;;
*)
	echo "$usage" >&2
	exit 2
	;;
esac
