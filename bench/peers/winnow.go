package peers

import (
	"bytes"
	"context"
	"sync"

	"github.com/PuerkitoBio/goquery"

	"github.com/winnowtext/winnow/clean"
)

const winnowModule = "github.com/winnowtext/winnow"

var (
	winnow          = ours("winnow", "winnow", clean.Options{})
	winnowPrecision = ours("winnow-precision", "winnow, precision", clean.Options{Mode: clean.Precision})
	winnowRecall    = ours("winnow-recall", "winnow, recall", clean.Options{Mode: clean.Recall})
)

func ours(name, title string, opts clean.Options) Peer {
	cleaner := lazy(opts)
	return Peer{Name: name, Title: title, Module: winnowModule, About: "Result.Text", Ours: true,
		Run: func(in Input) (string, error) {
			c, err := cleaner()
			if err != nil {
				return "", err
			}
			r, err := c.HTML(context.Background(), bytes.NewReader(in.Bytes), in.URL)
			if err != nil {
				return "", err
			}
			return r.Text, nil
		}}
}

// winnowText cleans what a first scraper has that knows of scripts.
var winnowText = Peer{Name: "winnow-text", Title: "goquery Text without scripts, then winnow", Module: winnowModule,
	About: "Cleaner.Text of the text of body", Ours: true, Extra: true,
	Run: func(in Input) (string, error) {
		doc, err := in.Tree()
		if err != nil {
			return "", err
		}
		body := goquery.NewDocumentFromNode(doc).Find("body")
		body.Find("script, style, noscript, template").Remove()
		return Clean(body.Text())
	}}

// Clean cleans flattened text as the command does by default.
func Clean(text string) (string, error) {
	c, err := textCleaner()
	if err != nil {
		return "", err
	}
	r, err := c.Text(context.Background(), text)
	if err != nil {
		return "", err
	}
	return r.Text, nil
}

var textCleaner = lazy(clean.Options{})

// lazy builds a cleaner when it is first used, so that measuring another peer's
// memory does not count its rules.
func lazy(opts clean.Options) func() (*clean.Cleaner, error) {
	return sync.OnceValues(func() (*clean.Cleaner, error) { return clean.New(opts) })
}
