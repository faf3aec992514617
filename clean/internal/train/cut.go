package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"golang.org/x/net/html"

	"github.com/winnowtext/winnow/clean/internal/block"
	"github.com/winnowtext/winnow/clean/internal/corpus"
	"github.com/winnowtext/winnow/clean/internal/rules"
)

// cutPages writes the pages whose article is cut to its first 50 to 125 words, all else
// left, as corpora of the same names: what a model does on them out of fold says how it
// does where little is the article's. Pages are named and parted into folds as before.
func cutPages(pages []corpus.Page, dir string) error {
	set, err := rules.Builtin()
	if err != nil {
		return err
	}
	lists := map[string]*bytes.Buffer{}
	for i := range pages {
		p := &pages[i]
		if p.PageType != "article" || len(words(p.Gold)) < longWords {
			continue
		}
		t, err := open(p, block.Options{Rules: set, Structure: true})
		if err != nil {
			return fmt.Errorf("%s/%s: %w", p.Corpus, p.ID, err)
		}
		if t.labels == nil || !t.shorten(50, 125) {
			continue
		}
		var page bytes.Buffer
		if err := html.Render(&page, t.dom.Root); err != nil {
			return fmt.Errorf("%s/%s: %w", p.Corpus, p.ID, err)
		}
		q := corpus.Page{ID: p.ID, URL: p.URL, HTML: "html/" + p.ID + ".html.gz", Gold: t.gold, PageType: p.PageType, Lang: p.Lang}
		if err := writePacked(filepath.Join(dir, p.Corpus, q.HTML), page.Bytes()); err != nil {
			return err
		}
		if lists[p.Corpus] == nil {
			lists[p.Corpus] = new(bytes.Buffer)
		}
		if err := json.NewEncoder(lists[p.Corpus]).Encode(q); err != nil {
			return err
		}
	}
	for name, list := range lists {
		fmt.Printf("%s: %d pages\n", name, bytes.Count(list.Bytes(), []byte("\n")))
		if err := writePacked(filepath.Join(dir, name, "pages.jsonl.gz"), list.Bytes()); err != nil {
			return err
		}
		info, err := json.Marshal(map[string]any{"name": name, "metric": "word", "decode": "utf8", "pages": bytes.Count(list.Bytes(), []byte("\n"))})
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, name, "corpus.json"), info, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// writePacked writes a gzip file, with its folder.
func writePacked(file string, data []byte) error {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := io.Copy(z, bytes.NewReader(data)); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, b.Bytes(), 0o644)
}
