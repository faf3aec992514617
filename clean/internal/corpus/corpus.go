// Package corpus reads pages with known article text for training and
// cross-validation. It is no part of the library.
package corpus

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// A Page is a record of a packed corpus.
type Page struct {
	ID       string   `json:"id"`
	URL      string   `json:"url"`
	HTML     string   `json:"html"`
	Gold     string   `json:"gold"`
	With     []string `json:"with"`
	Without  []string `json:"without"`
	PageType string   `json:"page_type"`
	Lang     string   `json:"lang"`
	Title    string   `json:"title"`    // of a few corpora
	Optional []string `json:"optional"` // lines of the gold that an output may have or not

	Corpus string `json:"-"`
	dir    string
	site   string // see Site
}

// Read reads the list of pages of the corpus of that name below dir.
func Read(dir, name string) ([]Page, error) {
	var pages []Page
	err := eachLine(filepath.Join(dir, name, "pages.jsonl.gz"), func(line []byte) error {
		p := Page{Corpus: name, dir: filepath.Join(dir, name)}
		if err := json.Unmarshal(line, &p); err != nil {
			return err
		}
		if p.site = Site(p.URL); !strings.Contains(p.URL, "://") {
			src, err := p.Bytes()
			if err != nil {
				return err
			}
			p.site = siteOf(src)
		}
		pages = append(pages, p)
		return nil
	})
	return pages, err
}

// eachLine calls f for every line of a file, unpacked when its name ends in .gz.
func eachLine(file string, f func(line []byte) error) error {
	in, err := os.Open(file)
	if err != nil {
		return err
	}
	defer in.Close()
	r := io.Reader(in)
	if strings.HasSuffix(file, ".gz") {
		if r, err = gzip.NewReader(in); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 64<<20)
	for sc.Scan() {
		if err := f(sc.Bytes()); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	return sc.Err()
}

// Bytes returns the page's HTML.
func (p *Page) Bytes() ([]byte, error) {
	f, err := os.Open(filepath.Join(p.dir, p.HTML))
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

// String names the page.
func (p Page) String() string { return p.Corpus + "/" + p.ID }

// Site is the registered domain of the page: that of its address or, where the corpus
// knows none, of the one that the page gives as its own, or links to most.
func (p *Page) Site() string { return p.site }

// Fold is the fold of the page's site.
func (p *Page) Fold() uint8 { return FoldOfSite(p.site) }

var (
	declared = regexp.MustCompile(`(?i)<link[^>]*\srel=["']?canonical[^>]*>|<meta[^>]*\sproperty=["']?og:url[^>]*>`)
	address  = regexp.MustCompile(`(?i)\s(?:href|content)=["']?(https?://[^"'\s>]+)`)
)

// siteOf is the site of a page that came without an address.
func siteOf(src []byte) string {
	for _, tag := range declared.FindAll(src, -1) {
		if a := address.FindSubmatch(tag); a != nil {
			return Site(string(a[1]))
		}
	}
	links, most := map[string]int{}, ""
	for _, a := range address.FindAllSubmatch(src, -1) {
		site := Site(string(a[1]))
		if links[site]++; links[site] > links[most] {
			most = site
		}
	}
	return most
}

// Folds is how many parts cross-validation splits the sites into.
const Folds = 4

// Fold puts all pages of a registered domain into one fold.
func Fold(rawURL string) uint8 { return FoldOfSite(Site(rawURL)) }

// FoldOfSite is the fold of a registered domain.
func FoldOfSite(site string) uint8 {
	h := fnv.New32a()
	h.Write([]byte(site))
	return uint8(h.Sum32() >> 8 % Folds)
}
