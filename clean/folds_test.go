package clean

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
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
// WINNOW_FOLDS the model file whose .fold0 to .fold3 lie beside it (see
// internal/train/README.md), WINNOW_OUT the folder to write to. WINNOW_BETA, a
// number, moves the operating point; without it the point is that of Balanced.
func TestFolds(t *testing.T) {
	dir, base, out := os.Getenv("WINNOW_CORPORA"), os.Getenv("WINNOW_FOLDS"), os.Getenv("WINNOW_OUT")
	if dir == "" || base == "" || out == "" {
		t.Skip("needs WINNOW_CORPORA, WINNOW_FOLDS and WINNOW_OUT")
	}
	var cleaners [corpus.Folds]*Cleaner
	for k := range cleaners {
		b, err := os.ReadFile(fmt.Sprintf("%s.fold%d", base, k))
		if err != nil {
			t.Fatal(err)
		}
		c, err := New(Options{})
		if err != nil {
			t.Fatal(err)
		}
		if c.model, err = block.CheckModel(model.Load(b)); err != nil {
			t.Fatal(err)
		}
		weights, err := os.ReadFile(filepath.Join(filepath.Dir(base), fmt.Sprintf("weights.txt.fold%d", k)))
		if err != nil {
			t.Fatal(err)
		}
		if s := os.Getenv("WINNOW_BETA"); s != "" {
			if c.point.Beta, err = strconv.ParseFloat(s, 64); err != nil {
				t.Fatal(err)
			}
		}
		c.tables.Vocabulary = block.NewVocabulary(string(weights))
		ngrams, err := os.ReadFile(filepath.Join(filepath.Dir(base), fmt.Sprintf("ngrams.odds.fold%d", k)))
		if err != nil {
			t.Fatal(err)
		}
		if c.tables.NGrams, err = model.LoadOdds(ngrams); err != nil {
			t.Fatal(err)
		}
		cleaners[k] = c
	}
	names := "wcxb-dev,traf-dev,fundus-dev,readability"
	for name := range strings.SplitSeq(names, ",") {
		pages, err := corpus.Read(dir, name)
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
				r, err := cleaners[corpus.Fold(p.URL)].HTML(context.Background(), bytes.NewReader(src), u)
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
