#!/usr/bin/env bash
# From the corpora to the embedded models, with fixed seeds; README.md says what
# the steps do.
#
#   WINNOW_CORPORA=.../corpora bash train/train.sh page FOLDER
#   WINNOW_CORPORA=.../corpora bash train/train.sh page --check
#   WINNOW_CORPORA=.../corpora WINNOW_WILD=.../texts WINNOW_RESIDUE=.../dev.jsonl.gz \
#       WINNOW_PEERS=.../peers bash train/train.sh pieces FOLDER|--check
#   WINNOW_CORPORA=.../corpora WINNOW_WILD=.../texts bash train/train.sh memory FOLDER|--check
#   WINNOW_CORPORA=.../corpora bash train/train.sh type FOLDER|--check
#
# FOLDER takes rows, models, the cleaned texts of the folds, and the Python packages
# of requirements.txt, some 600 MB. Only at the end are the models of the working
# copy replaced. TREES=8 makes small models, to see whether all steps run. --check
# makes no models: it says whether the code still makes the rows of the shipped ones.
set -euo pipefail
usage="usage: train.sh page|pieces|memory|type FOLDER|--check"
what=${1:?$usage} out=${2:?$usage}
: "${WINNOW_CORPORA:?names the folder of packed corpora}"
cd "$(dirname "$0")/.."
programs=./clean/internal/train

if [ "$out" = --check ]; then
	case $what in
	page) exec go run $programs check ;;
	pieces) exec go run $programs/pieces check ;;
	memory) exec go run $programs/pieces check -memory ;;
	type) exec go run $programs check-type ;;
	esac
	echo "$usage" >&2
	exit 2
fi
out=$(realpath -m "$out")
mkdir -p "$out"
[ -x "$out/venv/bin/python" ] || python3 -m venv "$out/venv"
"$out/venv/bin/python" -m pip install --quiet --disable-pip-version-check -r train/requirements.txt
train() { "$out/venv/bin/python" train/train.py "$@"; }
origin="{\"commit\":\"$(git describe --always --dirty)\",\"date\":\"$(git log -1 --format=%cs)\"}"

case $what in
page)
	data=clean/internal/block/data
	go run $programs first -out "$out"
	train "$out" "$out/block.model" --trees "${TREES:-250}" --eta .08 --child 30 --cap 110 --trust --folds --processes 4 --provenance "$origin"
	go run $programs second -first "$out/block.model" -out "$out/sequence"
	train "$out/sequence" "$out/sequence.model" --name sequence --trees "${TREES:-120}" --eta .08 --child 30 --cap 72 --trust --folds --processes 4 --provenance "$origin"
	WINNOW_FOLDS=$out WINNOW_OUT=$out go test -count=1 -run TestFolds ./clean
	cp "$out"/{block,sequence}.model{,.check} "$out"/{weights.txt,ngrams.odds,tables.check} $data/
	go run $programs check -update
	;;
pieces)
	: "${WINNOW_WILD:?names the folder of texts as they are found}" "${WINNOW_RESIDUE:?names the file of flattened texts}"
	data=clean/internal/piece/data
	go run $programs/pieces docs -out "$out"
	go run $programs/pieces tokens -out "$out"
	"$out/venv/bin/python" train/weights.py "$out/tokens" "$out/piece.weights" --folds
	go run $programs/pieces rows -out "$out"
	train "$out" "$out/piece.model" --name piece --trees "${TREES:-120}" --depth 6 --eta .1 --child 2 --bag 2 --folds --provenance "$origin"
	go run $programs/pieces screen -out "$out"
	train "$out/screen" "$out/screen.model" --name screen --trees "${TREES:-48}" --depth 4 --eta .15 --child 2 --folds --provenance "$origin"
	cp "$out"/{piece,screen}.model{,.check} "$out/piece.weights" $data/
	WINNOW_FOLDS=$out WINNOW_OUT=$out/runs go test -count=1 -run TestTextFolds ./clean
	go run $programs/pieces check -update
	;;
memory) # FOLDER is that of pieces: the models of its folds judge the texts
	: "${WINNOW_WILD:?names the folder of texts as they are found}"
	data=clean/internal/piece/data
	go run $programs/pieces memory -out "$out"
	train "$out/memory" "$out/memory.model" --name memory --trees "${TREES:-70}" --depth 3 --eta .1 --child 2 --bag 2 --folds --provenance "$origin"
	cp "$out"/memory.model{,.check} $data/
	go run $programs/pieces check -memory -update
	;;
type)
	data=clean/internal/pagetype/data
	go run $programs type -out "$out"
	"$out/venv/bin/python" train/pagetype.py "$out" "$out/type.model" --trees "${TREES:-60}" --provenance "$origin"
	cp "$out/type.model" $data/
	go run $programs check-type -update
	;;
*)
	echo "$usage" >&2
	exit 2
	;;
esac
