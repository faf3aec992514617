package clean

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/winnowtext/winnow/clean/internal/block"
	"github.com/winnowtext/winnow/clean/internal/corpus"
	"github.com/winnowtext/winnow/clean/internal/model"
)

// TestFolds writes out-of-fold predictions: every page is cleaned with the
// model that never saw its site. WINNOW_CORPORA names the packed corpora,
// WINNOW_FOLDS the folder of the models and tables that end in .fold0 to .fold3
// (see train/README.md), WINNOW_OUT the folder to write to. WINNOW_BETA, a
// number, moves the operating point; without it the point is that of Balanced.
func TestFolds(t *testing.T) {
	dir, base, out := os.Getenv("WINNOW_CORPORA"), os.Getenv("WINNOW_FOLDS"), os.Getenv("WINNOW_OUT")
	if dir == "" || base == "" || out == "" {
		t.Skip("needs WINNOW_CORPORA, WINNOW_FOLDS and WINNOW_OUT")
	}
	var cleaners [corpus.Folds]*Cleaner
	for k := range cleaners {
		c, err := New(Options{})
		if err != nil {
			t.Fatal(err)
		}
		read := func(name string) []byte {
			b, err := os.ReadFile(filepath.Join(base, fmt.Sprintf("%s.fold%d", name, k)))
			if err != nil {
				t.Fatal(err)
			}
			return b
		}
		c.model = new(block.Classifier)
		if c.model.First, err = block.CheckModel(model.Load(read("block.model"))); err != nil {
			t.Fatal(err)
		}
		if c.model.Sequence, err = block.CheckSequence(model.Load(read("sequence.model"))); err != nil {
			t.Fatal(err)
		}
		if s := os.Getenv("WINNOW_BETA"); s != "" {
			if c.point.Beta, err = strconv.ParseFloat(s, 64); err != nil {
				t.Fatal(err)
			}
		}
		c.tables.Vocabulary = block.NewVocabulary(string(read("weights.txt")))
		if c.tables.NGrams, err = model.LoadOdds(read("ngrams.odds")); err != nil {
			t.Fatal(err)
		}
		cleaners[k] = c
	}
	const names = "wcxb-dev,traf-dev,fundus-dev,andy-dev,dragnet-dev,daniel-dev,cleaneval-dev,fixtures-dev,readability"
	for name := range strings.SplitSeq(names, ",") {
		pages, err := corpus.Read(dir, name)
		if errors.Is(err, fs.ErrNotExist) {
			t.Log(err)
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		lines := make([][]byte, len(pages))
		var wg sync.WaitGroup
		slots := make(chan struct{}, 2)
		for i := range pages {
			slots <- struct{}{}
			wg.Go(func() {
				defer func() { <-slots }()
				p := &pages[i]
				src, err := p.Bytes()
				if err != nil {
					t.Error(err)
					return
				}
				u, _ := url.Parse(p.URL)
				r, err := cleaners[p.Fold()].HTML(context.Background(), bytes.NewReader(src), u)
				if err != nil {
					t.Errorf("%s/%s: %v", name, p.ID, err)
					return
				}
				lines[i], _ = json.Marshal(map[string]any{"id": p.ID, "text": r.Text, "score": r.Score, "verdict": r.Verdict})
			})
		}
		wg.Wait()
		if err := os.WriteFile(filepath.Join(out, name+".jsonl"), append(bytes.Join(lines, []byte("\n")), '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
