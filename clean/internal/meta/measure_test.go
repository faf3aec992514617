package meta

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"github.com/winnowtext/winnow/clean/internal/chars"
)

// A corpusPage is one page of a corpus with its metadata as annotated.
type corpusPage struct {
	ID     string `json:"id"`
	URL    string `json:"url"`
	HTML   string `json:"html"`
	Type   string `json:"page_type"`
	Title  string `json:"title"`
	Author string `json:"author"`
	Date   string `json:"date"`

	raw []byte
}

// corpus reads a corpus below the folder that WINNOW_CORPORA names.
func corpus(tb testing.TB, name string) []corpusPage {
	tb.Helper()
	root := os.Getenv("WINNOW_CORPORA")
	if root == "" {
		tb.Skip("WINNOW_CORPORA names no folder of corpora (NAME/pages.jsonl.gz and NAME/html/*.gz)")
	}
	dir := filepath.Join(root, name)
	list, err := unpack(filepath.Join(dir, "pages.jsonl.gz"))
	if err != nil {
		tb.Skip(err)
	}
	var pages []corpusPage
	lines := bufio.NewScanner(bytes.NewReader(list))
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		var p corpusPage
		if err := json.Unmarshal(lines.Bytes(), &p); err != nil {
			tb.Fatal(err)
		}
		if p.raw, err = unpack(filepath.Join(dir, p.HTML)); err != nil {
			tb.Fatal(err)
		}
		pages = append(pages, p)
	}
	if err := lines.Err(); err != nil {
		tb.Fatal(err)
	}
	return pages
}

func unpack(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

func (p *corpusPage) parse(tb testing.TB) (*html.Node, *url.URL) {
	root, err := html.ParseWithOptions(bytes.NewReader(p.raw), html.ParseOptionEnableScripting(false))
	if err != nil {
		tb.Log(p.ID, err)
		root = &html.Node{Type: html.DocumentNode}
	}
	page, err := url.Parse(p.URL)
	if err != nil || page.Host == "" {
		page = nil
	}
	return root, page
}

// A tally counts the outcomes of one field over a corpus.
type tally struct {
	gold, right, wrong, missing int // pages with a gold value
	none, extra                 int // pages without one
	bad                         []string
}

func (t *tally) add(id, gold, got string, right bool) {
	switch {
	case gold == "" && got == "":
		t.none++
	case gold == "":
		t.none++
		t.extra++
	case right:
		t.gold++
		t.right++
	case got == "":
		t.gold++
		t.missing++
		t.bad = append(t.bad, fmt.Sprintf("%s missing %q", id, gold))
	default:
		t.gold++
		t.wrong++
		t.bad = append(t.bad, fmt.Sprintf("%s wrong   %q gold %q", id, got, gold))
	}
}

func (t *tally) String() string {
	g := float64(max(t.gold, 1)) / 100
	return fmt.Sprintf("of %4d: right %5.1f%%  wrong %5.1f%%  missing %5.1f%%   without gold %4d, of which printed %d",
		t.gold, float64(t.right)/g, float64(t.wrong)/g, float64(t.missing)/g, t.none, t.extra)
}

// authorsRight reports whether two bylines name the same people, in whatever
// order. Case, punctuation, titles, letters and roles behind a name, and what joins
// names do not count.
func authorsRight(gold string, got []string) bool {
	a, b := people(gold), people(strings.Join(got, "; "))
	return len(b) > 0 && slices.Equal(a, b)
}

func people(s string) (out []string) {
	for _, name := range joints.Split(brackets.ReplaceAllString(s, ""), -1) {
		if len(out) > 0 && (isLetters(strings.TrimSpace(name)) || hasRole(strings.Fields(name)) >= 0) {
			continue
		}
		words := slices.DeleteFunc(strings.Fields(chars.Fold(name)), func(w string) bool { return honorific[w] })
		if name := strings.Join(words, " "); name != "" && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// noPerson reports whether an annotated author is none: an agency, a team or the
// site itself, as some annotations have them.
func noPerson(gold, site string, names []string) bool {
	for _, name := range people(gold) {
		if agency(name) || organisation(name) || name == chars.Fold(site) || slices.Contains(names, chars.Glue(name)) {
			return true
		}
	}
	return false
}

var (
	// joints are what stands between the names of a byline.
	joints   = regexp.MustCompile(`\s*[;,|&/]\s*(?:and\s)?|\s+(?:and|und|with|y|et|og|och|en)\s+`)
	brackets = regexp.MustCompile(`\([^)]*\)`)
)

// honorific are words beside a name that are no part of it, folded.
var honorific = map[string]bool{
	"dr": true, "prof": true, "professor": true, "mr": true, "mrs": true, "ms": true, "sir": true, "by": true, "phd": true, "ph": true, "d": true, "md": true, "dvm": true, "rn": true, "cpp": true, "rd": true,
}

// plainTitle is a title with the signs of typewriters: annotations have them where
// pages have others, and the other way round.
func plainTitle(s string) string {
	return strings.TrimRight(chars.Squeeze(typography.Replace(s)), " .")
}

var typography = strings.NewReplacer("’", "'", "‘", "'", "“", `"`, "”", `"`, "„", `"`, "–", "-", "—", "-", "…", "...", "\u00ad", "", "\u00a0", " ")

// goldDay returns the day of an ISO 8601 date, "" when it has none.
func goldDay(s string) string {
	if len(s) < len("2006-01-02") {
		return ""
	}
	return s[:len("2006-01-02")]
}

func isoDay(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// TestMeasure logs how often title, author and date are right. With
// WINNOW_META_ERRORS=title, author or date it lists the errors, too.
func TestMeasure(t *testing.T) {
	if testing.Short() {
		t.Skip("not with -short: all pages of two corpora")
	}
	for _, name := range []string{"wcxb-dev", "fundus-dev"} {
		t.Run(name, func(t *testing.T) {
			if only := os.Getenv("WINNOW_META_CORPUS"); only != "" && only != name {
				t.Skip("not asked for")
			}
			var title, author, date tally
			var faults []string // annotated authors that are none
			changed := 0
			for _, p := range corpus(t, name) {
				if p.Type != "" && p.Type != "article" {
					continue
				}
				root, page := p.parse(t)
				m := extractTree(root, page)
				title.add(p.ID, chars.Squeeze(p.Title), m.Title, plainTitle(p.Title) == plainTitle(m.Title))
				if right := authorsRight(p.Author, m.Authors); !right && noPerson(p.Author, m.SiteName, []string{hostWords(page)}) {
					faults = append(faults, fmt.Sprintf("%s %q, not %q", p.ID, p.Author, m.Authors))
				} else {
					author.add(p.ID, p.Author, strings.Join(m.Authors, "; "), right)
				}
				day := isoDay(m.Published)
				if gold := goldDay(p.Date); gold != "" && day != gold && isoDay(m.Modified) == gold {
					changed++ // the annotation is of the last change
					continue
				}
				date.add(p.ID, goldDay(p.Date), day, day == goldDay(p.Date))
			}
			t.Logf("annotated authors that are none: %d; dates that are of the last change: %d", len(faults), changed)
			if os.Getenv("WINNOW_META_ERRORS") == "author" {
				t.Log("\n" + strings.Join(faults, "\n"))
			}
			for _, x := range []struct {
				name string
				t    *tally
			}{{"title", &title}, {"author", &author}, {"date", &date}} {
				t.Logf("%-6s %v", x.name, x.t)
				if os.Getenv("WINNOW_META_ERRORS") == x.name {
					t.Log("\n" + strings.Join(x.t.bad, "\n"))
				}
			}
		})
	}
}

// BenchmarkCost gives the cost of Extract as a share of html.Parse of the same
// pages: for every page the fastest of several runs of each, in turn.
func BenchmarkCost(b *testing.B) {
	const runs = 5
	pages := corpus(b, "wcxb-dev")
	step := max(len(pages)/120, 1)
	var sample []corpusPage
	for i := 0; i < len(pages); i += step {
		sample = append(sample, pages[i])
	}
	var parse, extract time.Duration
	rounds := 0
	for b.Loop() {
		rounds++
		for i := range sample {
			fastest := [2]time.Duration{time.Hour, time.Hour}
			for range runs {
				t0 := time.Now()
				root, page := sample[i].parse(b)
				t1 := time.Now()
				extractTree(root, page)
				t2 := time.Now()
				fastest[0] = min(fastest[0], t1.Sub(t0))
				fastest[1] = min(fastest[1], t2.Sub(t1))
			}
			parse += fastest[0]
			extract += fastest[1]
		}
	}
	b.ReportMetric(100*float64(extract)/float64(parse), "%ofparse")
	b.ReportMetric(float64(extract.Microseconds())/float64(rounds*len(sample)), "µs/page")
}
