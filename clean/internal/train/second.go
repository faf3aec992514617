package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/winnowtext/winnow/clean/internal/block"
	"github.com/winnowtext/winnow/clean/internal/corpus"
	"github.com/winnowtext/winnow/clean/internal/model"
	"github.com/winnowtext/winnow/clean/internal/rules"
)

// second writes the rows of the second model. What the first says of a page is
// that of the model and the tables that never saw the page's site: on its own
// pages it errs less than it will on others.
func second(pages []example, first, out string) error {
	set, err := rules.Builtin()
	if err != nil {
		return err
	}
	var models [corpus.Folds]*model.Ensemble
	var tables [corpus.Folds]block.Tables
	for k := range models {
		if models[k], tables[k], err = readFold(first, k); err != nil {
			return err
		}
	}
	samples := make([]sample, len(pages))
	err = eachPage(pages, func(i int, p *example) error {
		fold := p.Fold()
		l, err := read(p, block.Options{Rules: set, Tables: tables[fold]})
		if err != nil || l == nil {
			return err
		}
		samples[i] = l.sample(block.SequenceRows(l.doc, models[fold]), block.SequenceCount)
		return nil
	})
	if err != nil {
		return err
	}
	return write(out, pages, samples, block.SequenceNames())
}

// readFold reads the model and the tables that never saw a fold.
func readFold(first string, fold int) (*model.Ensemble, block.Tables, error) {
	var data [3][]byte
	dir := filepath.Dir(first)
	for i, name := range [3]string{first, filepath.Join(dir, "weights.txt"), filepath.Join(dir, "ngrams.odds")} {
		var err error
		if data[i], err = os.ReadFile(fmt.Sprintf("%s.fold%d", name, fold)); err != nil {
			return nil, block.Tables{}, err
		}
	}
	e, err := block.CheckModel(model.Load(data[0]))
	if err != nil {
		return nil, block.Tables{}, err
	}
	ngrams, err := model.LoadOdds(data[2])
	return e, block.Tables{Vocabulary: block.NewVocabulary(string(data[1])), NGrams: ngrams}, err
}
