package main

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"math"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/winnowtext/winnow/clean/internal/block"
	"github.com/winnowtext/winnow/clean/internal/charset"
	"github.com/winnowtext/winnow/clean/internal/corpus"
	"github.com/winnowtext/winnow/clean/internal/dom"
	"github.com/winnowtext/winnow/clean/internal/meta"
	"github.com/winnowtext/winnow/clean/internal/pagetype"
	"github.com/winnowtext/winnow/clean/internal/rules"
)

// annotatedTypes are the types that corpora give their pages, as ours. Others, such as
// "mixed", teach nothing.
var annotatedTypes = map[string]pagetype.Type{
	"article": pagetype.Article, "listing": pagetype.Listing, "collection": pagetype.Listing, "forum": pagetype.Forum,
	"product": pagetype.Product, "documentation": pagetype.Documentation, "service": pagetype.Other,
}

// A typeRow is a page as the model of page types sees it.
type typeRow struct {
	page      *corpus.Page
	row       []uint8
	words     []uint16
	addressed bool // its address was known
}

// weight is what a row weighs. Of corpora of nothing but articles there are more pages
// than of all others, and they are much alike. Every page is seen a second time without
// its address, which not everybody has.
func (r *typeRow) weight() float32 {
	w := float32(1)
	if r.page.Corpus != "wcxb-dev" {
		w = .25
	}
	if !r.addressed {
		w *= .5
	}
	return w
}

// pageTypes writes the rows of the model of page types: two for each page whose type is
// annotated.
func pageTypes(pages []corpus.Page, out string) error {
	rows, err := typeRows(pages)
	if err != nil {
		return err
	}
	var x, y, w, fold, page, tokens, lengths []byte
	var list strings.Builder
	for i, r := range rows {
		x, y, fold = append(x, r.row...), append(y, uint8(annotatedTypes[r.page.PageType])), append(fold, corpus.Fold(r.page.URL))
		w = binary.LittleEndian.AppendUint32(w, math.Float32bits(r.weight()))
		for _, k := range r.words {
			tokens = binary.LittleEndian.AppendUint16(tokens, k)
		}
		lengths = binary.LittleEndian.AppendUint32(lengths, uint32(len(r.words)))
		page = binary.LittleEndian.AppendUint32(page, uint32(i/2))
		fmt.Fprintf(&list, "%s\t%s\t%s\t%t\n", r.page.Corpus, r.page.ID, r.page.PageType, r.addressed)
	}
	info, err := json.Marshal(map[string]any{"rows": len(rows), "features": pagetype.FeatureNames(), "columns": len(pagetype.RowNames()), "bits": pagetype.LexiconBits, "step": pagetype.LexiconStep, "folds": corpus.Folds, "types": pagetype.Names})
	if err != nil {
		return err
	}
	for name, data := range map[string][]byte{"x.u8": x, "y.u8": y, "w.f32": w, "fold.u8": fold, "page.i32": page, "tokens.u16": tokens, "lengths.i32": lengths, "info.json": info, "pages.tsv": []byte(list.String())} {
		if err := os.WriteFile(filepath.Join(out, name), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// typeRows are the rows of the pages whose type is annotated.
func typeRows(pages []corpus.Page) ([]typeRow, error) {
	var used []corpus.Page
	for _, p := range pages {
		if _, ok := annotatedTypes[p.PageType]; ok {
			used = append(used, p)
		}
	}
	set, err := rules.Builtin()
	if err != nil {
		return nil, err
	}
	rows := make([]typeRow, 2*len(used))
	err = eachPage(used, func(i int, p *corpus.Page) error {
		raw, err := p.Bytes()
		if err != nil {
			return err
		}
		src, _, err := new(charset.Memory).Decode(raw, "")
		if err != nil {
			return err
		}
		u, err := url.Parse(p.URL)
		if err != nil || u.Host == "" {
			u = nil
		}
		for k, u := range []*url.URL{u, nil} {
			rows[2*i+k] = rowOf(p, src, u, k == 0, set)
		}
		return nil
	})
	return rows, err
}

func rowOf(p *corpus.Page, src []byte, u *url.URL, addressed bool, set *rules.Set) typeRow {
	tree := new(dom.Memory).Build(src, dom.Cutting{SVG: true, Attrs: true})
	m := new(meta.Memory).Extract(tree.Root, u, tree.JSONLD)
	d := new(block.Memory).Segment(tree.Root, block.Options{Rules: set, Sheets: tree.Sheets})
	block.Prune(d, set)
	block.Measure(d, block.HintsOf(m.Heading(), m.Description, m.Body, m.Type))
	var words pagetype.Tokens
	page := pagetype.PageOf(d, m, u, &words)
	return typeRow{p, pagetype.Row(&page), words.List, addressed}
}

// typeFile holds, beside the model of page types, hashes of each corpus' rows and of each
// column, as the code made them when the model was trained.
const typeFile = "type.check"

// checkTypes compares what the code makes of the pages with typeFile in dir, or writes it.
func checkTypes(pages []corpus.Page, dir string, update bool) error {
	rows, err := typeRows(pages)
	if err != nil {
		return err
	}
	got := print{}
	for k, name := range pagetype.RowNames() {
		h := fnv.New64a()
		for _, r := range rows {
			_, _ = h.Write(r.row[k : k+1])
		}
		got["feature "+name] = h.Sum(nil)
	}
	var used []corpus.Page
	for i := 0; i < len(rows); i += 2 {
		h := fnv.New32a()
		_, _ = h.Write(rows[i].row)
		_, _ = h.Write(rows[i+1].row)
		for _, k := range append(rows[i].words, rows[i+1].words...) {
			_, _ = h.Write([]byte{byte(k), byte(k >> 8)})
		}
		p := rows[i].page
		_, _ = h.Write([]byte(p.PageType))
		got["pages "+p.Corpus] = append(got["pages "+p.Corpus], h.Sum(nil)[0])
		used = append(used, *p)
	}
	path := filepath.Join(dir, typeFile)
	if update {
		return os.WriteFile(path, []byte(got.String()), 0o644)
	}
	want, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if parted := got.differences(string(want), found(used)); len(parted) > 0 {
		return fmt.Errorf("%s\nare not what the model of page types was trained on: train it anew, see train/README.md", strings.Join(parted, "\n"))
	}
	fmt.Println("the code makes the rows that the model of page types was trained on")
	return nil
}
