// Package report writes results of package clean as a page that people look
// at: the article as cleaned beside the page's text in reading order, what was
// removed coloured by kind, with the reason for every piece.
//
//	c, err := clean.New(clean.Options{Explain: true, Structure: true})
//	res, err := c.HTML(ctx, body, page)
//	r := report.New(w, report.Options{})
//	r.Add("page.html", res, nil)
//	err = r.Close()
//
// The page is one file. It fetches nothing and runs no script but its own:
// text of the inputs is data in it, never markup. It needs a browser of 2024 or
// newer, with scripts on.
//
//	report.go   Writer: head, inputs, foot
//	data.go     a result as the page's script reads it
//	sum.go      what is said of a result where many are listed
//	article.go  which pieces the lines of the clean text are made of
//	compare.go  the pieces of two runs side by side
//	page/       the page: page.html, page.css, and its scripts, beside those that it
//	            shares with other pages, clean/internal/view
package report

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"math"
	"sync"
	"time"

	"github.com/winnowtext/winnow/clean"
	"github.com/winnowtext/winnow/clean/internal/view"
)

//go:embed page
var page embed.FS

// Options of a report. The zero value is fine.
type Options struct {
	// Title heads the page; empty means "Winnow report".
	Title string
	// Before and After name the two runs of a report of differences.
	Before, After string
}

// A Writer writes a report input by input, so that not all results need to be
// in memory. Close makes it whole.
type Writer struct {
	w      io.Writer
	o      Options
	n      int // inputs so far
	err    error
	headed bool
}

// New returns a Writer to w. Nothing is written before the first input.
func New(w io.Writer, o Options) *Writer {
	if o.Title == "" {
		o.Title = "Winnow report"
	}
	if o.Before == "" {
		o.Before = "before"
	}
	if o.After == "" {
		o.After = "after"
	}
	return &Writer{w: w, o: o}
}

// Add writes an input: the result, made with clean.Options.Explain and Structure,
// and the error that came instead of it or cut it short: then it may be nil, or have no
// Verdict. Without Structure the
// lines of the article do not lead to their pieces. It returns the first error of
// writing.
func (r *Writer) Add(name string, res *clean.Result, err error) error {
	return r.AddTimed(name, res, err, 0)
}

// AddTimed is Add with the time that the work on the input took: the picture of all
// inputs lists the slowest.
func (r *Writer) AddTimed(name string, res *clean.Result, err error, took time.Duration) error {
	f := file{Name: name, Changes: -1}
	if res != nil && (err == nil || res.Verdict != "") {
		f.fill(res)
		f.Sum.Millis = math.Round(took.Seconds()*1e5) / 100
	} else if err == nil {
		err = errNone
	}
	if err != nil {
		f.Error = err.Error()
	}
	return r.put(&f)
}

// AddDiff writes an input with the results of two runs over it, both made with
// clean.Options.Explain. A nil result is a run that does not have the input.
func (r *Writer) AddDiff(name string, before, after *clean.Result) error {
	f := file{Name: name}
	f.compare(before, after)
	return r.put(&f)
}

// Close ends the report. It does not close the writer below.
func (r *Writer) Close() error {
	r.head()
	r.execute("foot", nil)
	if r.err == nil {
		r.err = errClosed
		return nil
	}
	return r.err
}

var (
	errClosed = errors.New("report: it is closed")
	errNone   = errors.New("no result")
)

func (r *Writer) put(f *file) error {
	r.head()
	r.n++
	r.execute("file", f)
	return r.err
}

func (r *Writer) head() {
	if r.headed {
		return
	}
	r.headed = true
	a, err := loadAssets()
	if err != nil {
		r.err = err
		return
	}
	r.execute("head", map[string]any{
		"Title": r.o.Title, "CSS": template.CSS(a.css), "Policy": a.policy,
		"Setup": map[string]any{"before": r.o.Before, "after": r.o.After, "kinds": view.Kinds()},
	})
}

// execute writes a part of the page in one call, unless writing failed before.
func (r *Writer) execute(part string, data any) {
	if r.err != nil {
		return
	}
	a, err := loadAssets()
	if err != nil {
		r.err = err
		return
	}
	if part == "foot" {
		data = template.JS(a.js)
	}
	var b bytes.Buffer
	if r.err = a.tmpl.ExecuteTemplate(&b, part, data); r.err == nil {
		_, r.err = r.w.Write(b.Bytes())
	}
}

// assets are the parts of the page that are the same in every report.
type assets struct {
	tmpl    *template.Template
	css, js string
	policy  string
}

var loadAssets = sync.OnceValues(func() (*assets, error) {
	own, err := fs.Sub(page, "page")
	if err != nil {
		return nil, err
	}
	shared, err := view.Load(own)
	if err != nil {
		return nil, err
	}
	a := &assets{css: shared.CSS, js: shared.JS}
	// Even if text of an input became markup, no script in it would run.
	a.policy = fmt.Sprintf("default-src 'none'; img-src data:; script-src %s; style-src %s; base-uri 'none'; form-action 'none'",
		view.Digest(a.js), view.Digest(a.css))
	a.tmpl, err = template.New("").Funcs(template.FuncMap{"json": func(v any) (string, error) {
		b, err := json.Marshal(v)
		return string(b), err
	}}).ParseFS(page, "page/page.html")
	return a, err
})
