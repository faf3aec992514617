package peers

import (
	"github.com/PuerkitoBio/goquery"

	"github.com/winnowtext/winnow/bench/corpora"
)

// goqueryText is what a first scraper does.
var goqueryText = Peer{Name: "goquery", Title: "goquery Text", Module: "github.com/PuerkitoBio/goquery",
	About: "all text of body",
	Run: func(in Input) (string, error) {
		doc, err := in.Tree()
		if err != nil {
			return "", err
		}
		return goquery.NewDocumentFromNode(doc).Find("body").Text(), nil
	}}

// allText is the naive baseline with decent rendering.
var allText = Peer{Name: "alltext", Title: "all visible text", Module: "golang.org/x/net", Extra: true,
	About: "no scripts, line breaks around blocks",
	Run: func(in Input) (string, error) {
		doc, err := in.Tree()
		if err != nil {
			return "", err
		}
		return corpora.VisibleText(doc), nil
	}}
