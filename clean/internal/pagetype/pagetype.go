// Package pagetype tells what kind of page a page is: an article, a list of other
// pages, a thread, a product, documentation or something else.
//
// A small model of its own, six ensembles of trees that each know one type from the
// others, looks at a row of bytes about the page as a whole: the shape of its blocks
// (block.Shape), its address, the classes of its body element, and what its data says
// of it. It asks nothing about the text but lengths and shares, and needs no verdict on
// any block.
//
//	pagetype.go  types, the model
//	features.go  a page as a row
//	lexicon.go   what the words of titles, headings, labels and addresses say
//	words.go     data/words.txt: words of addresses, classes and data
//	data         the words, and the model (train/README.md says how it is made)
package pagetype

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/winnowtext/winnow/clean/internal/model"
)

// A Type is a kind of page; the order is that of the model's ensembles.
type Type uint8

// Types.
const (
	Article Type = iota
	Listing
	Forum
	Product
	Documentation
	Other
	Count // of types
)

// Names are the names of the types, in their order.
var Names = [Count]string{"article", "listing", "forum", "product", "documentation", "other"}

func (t Type) String() string { return Names[t] }

// A Model tells types of pages. It is immutable and safe for concurrent use.
type Model struct {
	words *lexicon
	of    [Count]*model.Ensemble
}

//go:embed data/type.model
var builtin []byte

// Load returns the model that is part of the library.
var Load = sync.OnceValues(func() (*Model, error) { return Read(builtin) })

// Read reads a model file: a lexicon, then an ensemble for each type, each behind its length as a
// little-endian uint32.
func Read(b []byte) (*Model, error) {
	m := new(Model)
	var err error
	if m.words, b, err = readLexicon(b); err != nil {
		return nil, err
	}
	for t := range m.of {
		if len(b) < 4 {
			return nil, errors.New("model of page types: cut off")
		}
		n := int(binary.LittleEndian.Uint32(b))
		if b = b[4:]; n > len(b) {
			return nil, errors.New("model of page types: cut off")
		}
		e, err := model.Load(b[:n])
		if err != nil {
			return nil, err
		}
		if !slices.Equal(e.Info.Features, FeatureNames()) {
			return nil, fmt.Errorf("model of page types: %s was made for other features", e.Info.Name)
		}
		m.of[t], b = e, b[n:]
	}
	if len(b) != 0 {
		return nil, errors.New("model of page types: something follows its end")
	}
	return m, nil
}

// Of returns the most probable type of a page, and the probabilities of all.
func (m *Model) Of(p *Page) (best Type, ps [Count]float32) {
	var row [256]uint8
	c := columns{row: &row}
	p.fill(&c)
	for _, v := range m.words.votes(p.Words) {
		c.add("", v)
	}
	var sum float32
	for t, e := range m.of {
		ps[t] = model.Sigmoid(e.One(&row))
		if Type(t) == Listing && p.Shape.Links == 0 && p.Shape.Blocks > 0 {
			ps[t] = 0 // a list of pages has links to them
		}
		sum += ps[t]
	}
	for t := range ps {
		ps[t] /= sum
	}
	return choose(&ps), ps
}

// listingOdds is by how much another type than article has to be more probable than
// listing: products, services and manuals that are lists of pages are lists first.
// Out of fold by site on wcxb-dev (recall of listings, articles called listings of 793,
// macro F1): 1 gives .829, 5, .875; 1.6 .843, 7, .865; 2 .852, 7, .863; 2.5 .852, 7, .855.
const listingOdds = 2

// choose is the type of a page with those probabilities.
func choose(ps *[Count]float32) (best Type) {
	rest := *ps
	rest[Listing] = 0
	for t := range rest {
		if rest[t] > rest[best] {
			best = Type(t)
		}
	}
	l := ps[Listing]
	rest[Article] = 0
	for _, p := range rest {
		if p >= l*listingOdds {
			return best
		}
	}
	if l >= ps[Article] {
		return Listing
	}
	return best
}
