package structure

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
)

// A Case is a page whose structure is known.
type Case struct {
	ID   string
	HTML []byte
	URL  *url.URL
	Set  string // "markdown" or "html", the form of its gold; the name of a theme
	Gold []Unit
}

// Corpus reads a folder with a folder for each page: page.html.gz, expected.md or
// expected.html, and meta.json with the address as url.
func Corpus(dir string) ([]Case, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var cases []Case
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		c, err := readCase(filepath.Join(dir, e.Name()))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.Name(), err)
		}
		c.ID = e.Name()
		cases = append(cases, c)
	}
	if len(cases) == 0 {
		return nil, fmt.Errorf("%s: no pages", dir)
	}
	return cases, nil
}

func readCase(dir string) (c Case, err error) {
	if c.HTML, err = readPacked(filepath.Join(dir, "page.html.gz")); err != nil {
		return c, err
	}
	meta := struct{ URL string }{}
	raw, err := os.ReadFile(filepath.Join(dir, "meta.json"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return c, err
	}
	if err == nil {
		if err := json.Unmarshal(raw, &meta); err != nil {
			return c, fmt.Errorf("meta.json: %w", err)
		}
	}
	if meta.URL == "" {
		meta.URL = "http://fakehost/test/page.html" // that of Readability's own tests
	}
	if c.URL, err = url.Parse(meta.URL); err != nil {
		return c, err
	}
	raw, err = os.ReadFile(filepath.Join(dir, "expected.md"))
	if err == nil {
		c.Set = "markdown"
		c.Gold, err = FromMarkdown(string(raw), c.URL)
		return c, err
	}
	if raw, err = os.ReadFile(filepath.Join(dir, "expected.html")); err != nil {
		return c, err
	}
	c.Set = "html"
	c.Gold, err = FromHTML(string(raw), c.URL)
	return c, err
}

func readPacked(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}

// Invented are invented pages as cases, n of each theme.
func Invented(n int) ([]Case, error) {
	u, err := url.Parse(Address)
	if err != nil {
		return nil, err
	}
	var cases []Case
	for _, p := range Pages(n) {
		gold, err := FromMarkdown(p.Markdown, u)
		if err != nil {
			return nil, err
		}
		cases = append(cases, Case{ID: p.Name, HTML: []byte(p.HTML), URL: u, Set: "invented", Gold: gold})
	}
	return cases, nil
}
