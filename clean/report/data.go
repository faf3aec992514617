package report

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/winnowtext/winnow/clean"
)

// A file is an input as the page's script reads it. Texts that recur, such as
// reasons, stand once in a table of their own: a page of 5 MB has 20,000 pieces
// and more.
type file struct {
	Name  string      `json:"name"`
	Error string      `json:"error,omitempty"`
	Run   *run        `json:"run,omitempty"`
	Diff  *difference `json:"diff,omitempty"`

	// What a list of inputs says of it.
	Verdict clean.Verdict `json:"-"`
	About   string        `json:"-"`
	Changes int           `json:"-"` // of a difference; -1 for others
	Sum     *sum          `json:"-"` // nil where there is no result
}

// A run is a result.
type run struct {
	Verdict clean.Verdict `json:"verdict"`
	Format  string        `json:"format,omitempty"`
	Score   float64       `json:"score"`
	Meta    [][2]string   `json:"meta"` // name and value
	URL     string        `json:"url,omitempty"`
	Table   []string      `json:"table"` // kinds, rules, steps, places and reasons
	// Pieces are rows of flags, kind, rule, step, P, threshold, place, text,
	// reasons and the rule that gave the kind; P and threshold are in millionths, of
	// reasons each is followed by its weight in hundredths, words are places in
	// Table.
	Pieces []piece `json:"pieces"`
	// Article is the clean text by lines: the number of the piece that is the
	// line, or a list of the line, its first piece, the one after its last, its role
	// and the level of a heading.
	Article []any `json:"article"`

	words map[string]int
}

type piece [10]any

// A difference is two runs. Pairs are rows of the text, or null where it is
// that of the piece, and the numbers of the pieces before and after, -1 for
// none.
type difference struct {
	Before *run     `json:"before"`
	After  *run     `json:"after"`
	Pairs  [][3]any `json:"pairs"`
}

const keptFlag = 1

func (f *file) fill(res *clean.Result) {
	r := newRun(res)
	r.add(res.Decisions)
	for _, l := range article(res) {
		plain := l.role == "" || l.role == clean.RoleParagraph
		switch {
		case !plain:
			r.Article = append(r.Article, []any{l.text, l.first, l.end, l.role, l.level})
		case l.end == l.first+1 && l.first >= 0 && l.text == res.Decisions[l.first].Text:
			r.Article = append(r.Article, l.first)
		default:
			r.Article = append(r.Article, []any{l.text, l.first, l.end})
		}
	}
	f.Run = r
	f.Verdict = res.Verdict
	f.Sum = sumOf(res)
	f.About = f.Sum.String()
}

func (f *file) compare(before, after *clean.Result) {
	d := &difference{}
	var a, b []clean.Decision
	if before != nil {
		a, d.Before = before.Decisions, newRun(before)
		d.Before.add(a)
	}
	if after != nil {
		b, d.After = after.Decisions, newRun(after)
		d.After.add(b)
	}
	place := func(ds []clean.Decision, last *int, d *clean.Decision) int {
		if d == nil {
			return -1
		}
		for *last < len(ds) && &ds[*last] != d { // pairs are in the order of pieces
			*last++
		}
		return *last
	}
	i, j, changes := 0, 0, 0
	for _, p := range Compare(a, b) {
		if p.Changed() {
			changes++
		}
		m, n := place(a, &i, p.Before), place(b, &j, p.After)
		var text any = p.Text
		if p.Before != nil && p.Before.Text == p.Text || p.Before == nil && p.After.Text == p.Text {
			text = nil
		}
		d.Pairs = append(d.Pairs, [3]any{text, m, n})
	}
	f.Diff = d
	f.Changes = changes
	f.About = fmt.Sprintf("%d changes", changes)
	if changes == 1 {
		f.About = "1 change"
	}
}

func newRun(res *clean.Result) *run {
	r := &run{
		Verdict: res.Verdict, Score: res.Score, URL: res.URL, Format: formatOf(res),
		words: map[string]int{"": 0}, Table: []string{""}, Article: []any{}, Meta: [][2]string{},
	}
	add := func(name, value string) {
		if value != "" {
			r.Meta = append(r.Meta, [2]string{name, value})
		}
	}
	add("Title", res.Title)
	add("Type", string(res.Type))
	add("Authors", strings.Join(res.Authors, ", "))
	add("Byline", res.Byline)
	add("Published", stamp(res.Published))
	add("Modified", stamp(res.Modified))
	add("Site", res.SiteName)
	add("Source", res.Source)
	add("Language", res.Language)
	add("Section", res.Section)
	add("Tags", strings.Join(res.Tags, ", "))
	add("Excerpt", res.Excerpt)
	add("Image", res.Image)
	add("Address", res.URL)
	add("Canonical address", res.Canonical)
	return r
}

func (r *run) add(ds []clean.Decision) {
	r.Pieces = make([]piece, 0, len(ds))
	for i := range ds {
		d := &ds[i]
		flags := 0
		if d.Kept {
			flags = keptFlag
		}
		why := make([]int, 0, 2*len(d.Reasons))
		for _, reason := range d.Reasons {
			why = append(why, r.word(reason.Text), int(math.Round(reason.Weight*100)))
		}
		r.Pieces = append(r.Pieces, piece{
			flags, r.word(string(d.Kind)), r.word(d.Rule), r.word(d.Step), millionths(d.P), millionths(d.Threshold),
			r.word(d.Where), d.Text, why, r.word(d.Named),
		})
	}
}

// word is the place of a text in the table.
func (r *run) word(s string) int {
	n, ok := r.words[s]
	if !ok {
		n = len(r.Table)
		r.words[s] = n
		r.Table = append(r.Table, s)
	}
	return n
}

func millionths(p float64) int { return int(math.Round(p * 1e6)) }

// stamp writes a time, or a date where no time of day is known.
func stamp(t time.Time) string {
	switch {
	case t.IsZero():
		return ""
	case t.Location() == time.UTC && t.Equal(t.Truncate(24*time.Hour)):
		return t.Format(time.DateOnly)
	}
	return t.Format("2006-01-02 15:04 MST")
}

func formatOf(res *clean.Result) string {
	if res.Format == clean.Auto {
		return ""
	}
	return res.Format.String()
}
