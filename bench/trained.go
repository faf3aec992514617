package main

import (
	_ "embed"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"

	"github.com/winnowtext/winnow/bench/corpora"
)

//go:embed trained.json
var trainedFile []byte

// trained reports whether the shipped models were trained on a corpus. There only
// out-of-fold texts, each made with models that never saw the page's site, can
// be set beside other extractors.
func trained(corpus string) bool {
	var t struct{ Corpora []string }
	if err := json.Unmarshal(trainedFile, &t); err != nil {
		panic("trained.json: " + err.Error()) // embedded, and read by a test
	}
	return slices.Contains(t.Corpora, corpus)
}

// foldsName is the row of the out-of-fold texts.
const foldsName = "winnow-folds"

// readFolds reads out-of-fold texts of a corpus from DIR/<corpus>.jsonl or, as
// a run keeps texts, DIR/<corpus>/winnow.jsonl; nil when there are none.
func readFolds(dir, corpus string) ([]prediction, error) {
	if dir == "" {
		return nil, nil
	}
	for _, path := range []string{filepath.Join(dir, corpus+".jsonl"), filepath.Join(dir, corpus, ourName+".jsonl")} {
		preds, err := readPredictions(path)
		if os.IsNotExist(err) {
			continue
		}
		return preds, err
	}
	return nil, nil
}

// ownRow is the row that may be set beside other extractors on a corpus: the
// out-of-fold one where the models were trained, if it is there.
func (r *corpusRun) ownRow() (name string, ok bool) {
	if !r.Trained {
		_, ok = r.Peers[ourName]
		return ourName, ok
	}
	_, ok = r.Peers[foldsName]
	return foldsName, ok
}

// rowOrder lists the rows of a corpus's table.
func (r *corpusRun) rowOrder(names []string) []string {
	var out []string
	for _, n := range names {
		if _, ok := r.Peers[n]; ok {
			out = append(out, n)
		}
	}
	if _, ok := r.Peers[foldsName]; ok {
		out = append(out, foldsName)
	}
	return out
}

// addFolds adds the out-of-fold texts of a corpus to the predictions.
func addFolds(preds map[string][]prediction, dir string, c *corpora.Corpus) error {
	p, err := readFolds(dir, c.Name)
	if p != nil {
		preds[foldsName] = p
	}
	return err
}
