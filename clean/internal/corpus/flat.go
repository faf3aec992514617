package corpus

import (
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"

	"github.com/winnowtext/winnow/clean/internal/words"
)

// A Flat is a flattened text whose lines are labelled.
type Flat struct {
	ID        string     `json:"id"`
	URL       string     `json:"url"`
	Lang      string     `json:"lang"`
	Flattener string     `json:"flattener"` // what made a text of the page
	Partial   bool       `json:"partial"`   // most of its labels are unknown
	Lines     []FlatLine `json:"lines"`
}

// A FlatLine is a line of a Flat. Its label is keep, drop, edit (a part of it
// goes) or one of those that are not judged; By says how a dropped one was
// found: by its text, its place in the page's tree, or its shape.
type FlatLine struct {
	Text  string `json:"text"`
	Label string `json:"label"`
	Cat   string `json:"cat"`
	By    string `json:"by"`
}

// Input is the text a tool gets.
func (f *Flat) Input() string {
	var b strings.Builder
	for i := range f.Lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(f.Lines[i].Text)
	}
	return b.String()
}

// Doubtful reports whether line i is called residue for no better reason than
// that a gold known for omissions leaves it out.
func (f *Flat) Doubtful(i int) bool {
	l := &f.Lines[i]
	return l.Label == "drop" && l.By == "s" && l.Cat != "linkline" && strings.HasPrefix(f.ID, "wcxb/")
}

// ReadFlat reads flattened texts from a file of JSON lines, or from dev.jsonl.gz of
// a folder.
func ReadFlat(file string) ([]Flat, error) {
	if s, err := os.Stat(file); err == nil && s.IsDir() {
		file = filepath.Join(file, "dev.jsonl.gz")
	}
	var texts []Flat
	err := eachLine(file, func(line []byte) error {
		var t Flat
		err := json.Unmarshal(line, &t)
		texts = append(texts, t)
		return err
	})
	return texts, err
}

// A Clean is the gold text of an article, which cleaning should not change.
type Clean struct{ ID, Corpus, URL, Text string }

// minCleanWords is the length below which a text tells little.
const minCleanWords = 80

// CleanTexts reads the gold texts of the articles in the packed corpora below
// dir that are long enough to tell something.
func CleanTexts(dir string) ([]Clean, error) {
	texts, err := Golds(dir, "wcxb-dev", "fundus-dev", "readability")
	return slices.DeleteFunc(texts, func(t Clean) bool { return Words(t.Text) < minCleanWords }), err
}

// Golds reads the gold texts of the articles in packed corpora of these names below
// dir.
func Golds(dir string, names ...string) ([]Clean, error) {
	var texts []Clean
	for _, name := range names {
		pages, err := Read(dir, name)
		if err != nil {
			return nil, err
		}
		for _, p := range pages {
			if p.PageType == "article" && p.Gold != "" {
				texts = append(texts, Clean{name + "/" + p.ID, name, p.URL, p.Gold})
			}
		}
	}
	return texts, nil
}

// Words counts words; a letter of a script without spaces is half of one.
func Words(s string) float64 {
	n, halves := words.CountHalves(s)
	return float64(n) + float64(halves)/2
}

// Site is the registered domain of an address.
func Site(rawURL string) string {
	host := rawURL
	if u, err := url.Parse(rawURL); err == nil && u.Hostname() != "" {
		host = strings.ToLower(u.Hostname())
	}
	if d, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
		host = d
	}
	return host
}
