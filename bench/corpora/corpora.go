// Package corpora reads pages with known article text from the places where
// they are published. Each file knows one layout; nothing is downloaded.
//
// [Find] recognises a layout by its files, so a corpus is named by a path and
// nothing else, and says what there is; [Set.Open] reads one. README.md of the
// benchmark lists the repositories to clone.
package corpora

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/winnowtext/winnow/bench/score"
)

// Encoding says what is known about the bytes of a corpus's pages.
type Encoding string

const (
	UTF8  Encoding = "utf8"  // every page is UTF-8
	Mixed Encoding = "mixed" // bytes as fetched, in whatever encoding
)

// A Corpus is a set of pages with what is known about them.
type Corpus struct {
	Name   string
	Metric score.Metric
	Decode Encoding
	Source string // repository, with the commit where it is known
	Pages  []Page

	// Skipped counts what the source lists but this package could not use,
	// such as pages whose file is absent, by reason.
	Skipped map[string]int
}

// A Page is a page and what its article is.
type Page struct {
	ID   string
	URL  string
	Type string // article, forum, product ...; empty when the corpus does not say
	Lang string // of <html lang>, without region; empty when the page does not say
	score.Gold

	// Gold metadata, where the corpus has it. Date is ISO 8601.
	Title, Author, Date string

	file string
}

// Bytes reads the page, unpacked.
func (p *Page) Bytes() ([]byte, error) { return readFile(p.file) }

// Address is the page's URL; a page without a usable one gets a reserved
// address, since some extractors refuse to work without.
func (p *Page) Address() *url.URL {
	if u, err := url.Parse(p.URL); err == nil && u.IsAbs() {
		return u
	}
	return &url.URL{Scheme: "https", Host: "example.org", Path: "/"}
}

// Page returns the page of that id, nil when there is none.
func (c *Corpus) Page(id string) *Page {
	i := slices.IndexFunc(c.Pages, func(p Page) bool { return p.ID == id })
	if i < 0 {
		return nil
	}
	return &c.Pages[i]
}

// Sample returns about n pages, evenly spread; n <= 0 means all.
func (c *Corpus) Sample(n int) []Page {
	if n <= 0 || n >= len(c.Pages) {
		return c.Pages
	}
	out := make([]Page, n)
	for i := range out {
		out[i] = c.Pages[i*len(c.Pages)/n]
	}
	return out
}

// Fingerprint is a hash over every page's id, bytes, gold text and snippets:
// two corpora with the same fingerprint give the same score to the same tool.
func (c *Corpus) Fingerprint() (string, error) {
	h := sha256.New()
	put := func(s string) {
		fmt.Fprintf(h, "%d:", len(s)) // the length keeps neighbours apart
		io.WriteString(h, s)
	}
	put(string(c.Metric))
	for i := range c.Pages {
		p := &c.Pages[i]
		b, err := p.Bytes()
		if err != nil {
			return "", err
		}
		put(p.ID)
		put(p.Gold.Text)
		put(strings.Join(p.With, "\x00"))
		put(strings.Join(p.Without, "\x00"))
		if c.Metric == score.Token {
			put(strings.Join(p.Optional, "\x00"))
		}
		fmt.Fprintf(h, "%d:", len(b))
		h.Write(b)
	}
	return hex.EncodeToString(h.Sum(nil))[:32], nil
}

func (c *Corpus) skip(why string) {
	if c.Skipped == nil {
		c.Skipped = map[string]int{}
	}
	c.Skipped[why]++
}

// readFile reads a file, unpacked when its name says that it is packed.
func readFile(path string) ([]byte, error) {
	b, err := os.ReadFile(path)
	if err != nil || !strings.HasSuffix(path, ".gz") {
		return b, err
	}
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	out, err := io.ReadAll(z)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return out, nil
}

// existing returns the first of the paths that is a file, else "".
func existing(paths ...string) string {
	for _, p := range paths {
		if st, err := os.Stat(p); err == nil && st.Mode().IsRegular() {
			return p
		}
	}
	return ""
}

var htmlLang = regexp.MustCompile(`(?i)<html\b[^>]*?\slang\s*=\s*["']?([a-z]{2,3})\b`)

// pageLang reads the language a page names for itself.
func pageLang(b []byte) string {
	if m := htmlLang.FindSubmatch(b[:min(len(b), 1<<16)]); m != nil {
		return strings.ToLower(string(m[1]))
	}
	return ""
}

// setLang fills in the language of every page.
func (c *Corpus) setLang() error {
	for i := range c.Pages {
		b, err := c.Pages[i].Bytes()
		if err != nil {
			return err
		}
		c.Pages[i].Lang = pageLang(b)
	}
	return nil
}
