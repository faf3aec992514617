package main

import (
	"bytes"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"

	"github.com/winnowtext/winnow/clean/internal/corpus"
	"github.com/winnowtext/winnow/clean/internal/line"
	"github.com/winnowtext/winnow/clean/internal/piece"
	"github.com/winnowtext/winnow/clean/internal/rules"
	"github.com/winnowtext/winnow/clean/memory"
)

// memoryRows writes the rows of the pieces of texts that a reader labelled, with what
// other texts of their sites hold of them. The models of pieces are those that never saw
// the site.
func memoryRows(o *options, report io.Writer) error {
	found, err := corpus.ReadScraped(o.wild)
	if err != nil {
		return err
	}
	folds, err := corpus.ReadSiteFolds(filepath.Join(o.out, "folds.json"))
	if err != nil {
		return err
	}
	var models [corpus.Folds]*piece.Model
	for k := range models {
		if models[k], err = foldModel(o.out, k); err != nil {
			return err
		}
	}
	sites, err := o.inventSites(folds)
	if err != nil {
		return err
	}
	docs, samples, err := recurSamples(found, sites, func(d *Document) *piece.Model {
		if d.Corpus != "invented" {
			d.Fold = folds.Of(d.Site)
		}
		return models[d.Fold]
	})
	if err != nil {
		return err
	}
	return writeSamples(filepath.Join(o.out, "memory"), docs, samples, map[string]any{"features": piece.RecurNames()}, report)
}

// inventSites reads what invented sites are made of, and makes them.
func (o *options) inventSites(folds corpus.SiteFolds) ([]inventedSite, error) {
	t, err := parseTemplates(residueFile)
	if err != nil {
		return nil, fmt.Errorf("residue.txt: %w", err)
	}
	pages, err := readPages(o.corpora, fullGolds)
	if err != nil {
		return nil, err
	}
	return inventSites(pages, folds, t), nil
}

// foldModel reads the model of pieces of a fold, without a screen where none is trained yet.
func foldModel(dir string, k int) (*piece.Model, error) {
	trees, err := os.ReadFile(filepath.Join(dir, fmt.Sprintf("piece.model.fold%d", k)))
	if err != nil {
		return nil, err
	}
	weights, err := os.ReadFile(filepath.Join(dir, fmt.Sprintf("piece.weights.fold%d", k)))
	if err != nil {
		return nil, err
	}
	screen, err := os.ReadFile(filepath.Join(dir, fmt.Sprintf("screen.model.fold%d", k)))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	return piece.NewModel(trees, weights, screen)
}

// recurSamples makes samples of the labelled texts of which enough others of the site are
// known, and of texts of invented sites.
func recurSamples(found []corpus.Scraped, sites []inventedSite, modelOf func(*Document) *piece.Model) ([]Document, []sample, error) {
	set, err := rules.Builtin()
	if err != nil {
		return nil, nil, err
	}
	index := corpus.Remember(found).Index()
	var docs []Document
	var known []*memory.Site
	for i := range found {
		if s := index.Site(found[i].Origin()); found[i].Labels != nil && s != nil {
			docs, known = append(docs, foundDocuments(found[i:i+1])...), append(known, s)
		}
	}
	for _, s := range sites {
		for _, d := range s.docs {
			if s.known != nil {
				docs, known = append(docs, d), append(known, s.known)
			}
		}
	}
	samples := make([]sample, len(docs))
	err = parallel(len(docs), func(i int) error {
		var m line.Memory
		p := m.MeasureRecurring(docs[i].Text, set, known[i], modelOf(&docs[i]))
		samples[i] = recurSample(p, &docs[i])
		return nil
	})
	return docs, samples, err
}

// inventedWeight is what a text of an invented site weighs beside one that a reader
// labelled.
const inventedWeight = .1

// recurSample are the rows of the pieces of a document that have a label. A piece weighs
// the root of its words.
func recurSample(p *piece.Memory, d *Document) (s sample) {
	var row [piece.RecurCount]uint8
	weight := 1.
	if d.Corpus == "invented" {
		weight = inventedWeight
	}
	for i, label := range labelsOf(p, d) {
		if label == unscored {
			continue
		}
		p.RecurRow(&row, i)
		s.rows = append(s.rows, row[:]...)
		s.labels = append(s.labels, uint8(label))
		s.weights = append(s.weights, float32(weight*math.Sqrt(float64(max(1, p.Words(i))))))
	}
	return s
}

// memoryCheckFile holds hashes of what the model of memories was trained on.
const memoryCheckFile = "memory.check"

// checkMemory says what moved of the rows of the model of memories since it was trained.
// They are made with the shipped model of pieces, which saw all sites: the others are not
// in the repository.
func checkMemory(o *options, data string, update bool) error {
	found, err := corpus.ReadScraped(o.wild)
	if err != nil {
		return err
	}
	shipped, err := piece.Load()
	if err != nil {
		return err
	}
	sites, err := o.inventSites(foldsOf(found))
	if err != nil {
		return err
	}
	docs, samples, err := recurSamples(found, sites, func(*Document) *piece.Model { return shipped })
	if err != nil {
		return err
	}
	texts, labels := fnv.New64a(), fnv.New64a()
	columns := make([][]byte, piece.RecurCount)
	for i := range docs {
		fmt.Fprintln(texts, docs[i].ID, docs[i].Site, docs[i].Text)
		fmt.Fprintln(labels, samples[i].labels)
		for k, v := range samples[i].rows {
			columns[k%piece.RecurCount] = append(columns[k%piece.RecurCount], v)
		}
	}
	var now bytes.Buffer
	fmt.Fprintf(&now, "texts %016x\nlabels %016x\n", texts.Sum64(), labels.Sum64())
	for c, name := range piece.RecurNames() {
		h := fnv.New64a()
		_, _ = h.Write(columns[c]) // hashes never fail
		fmt.Fprintf(&now, "%s %016x\n", name, h.Sum64())
	}
	return compare(filepath.Join(data, memoryCheckFile), now.Bytes(), update)
}
