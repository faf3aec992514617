package structure

import (
	"bytes"
	"context"
	"errors"
	"net/url"

	readeck "codeberg.org/readeck/go-readability/v2"
	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	mdbase "github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/strikethrough"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/table"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"

	"github.com/winnowtext/winnow/clean"
)

// A System makes Markdown or HTML of a page.
type System struct {
	Name string
	HTML bool // it makes HTML
	Run  func(page []byte, u *url.URL) (string, error)
}

// Units are those of what a system makes of a page; none when it fails.
func (s System) Units(c Case) []Unit {
	out, err := s.Run(c.HTML, c.URL)
	if err != nil {
		return nil
	}
	read := FromMarkdown
	if s.HTML {
		read = FromHTML
	}
	units, err := read(out, c.URL)
	if err != nil {
		return nil
	}
	return units
}

// Systems are winnow, and what a Go program puts together without it: an extractor
// and a converter of HTML.
func Systems() ([]System, error) {
	c, err := clean.New(clean.Options{Structure: true})
	if err != nil {
		return nil, err
	}
	winnow := func(page []byte, u *url.URL) (*clean.Result, error) {
		return c.Clean(context.Background(), clean.Input{Body: bytes.NewReader(page), URL: u, Format: clean.FromHTML})
	}
	return []System{
		{"winnow", false, func(page []byte, u *url.URL) (string, error) {
			res, err := winnow(page, u)
			if err != nil {
				return "", err
			}
			return res.Markdown(), nil
		}},
		{"winnow, HTML", true, func(page []byte, u *url.URL) (string, error) {
			res, err := winnow(page, u)
			if err != nil {
				return "", err
			}
			return res.HTML(), nil
		}},
		{"readeck v2, html-to-markdown", false, func(page []byte, u *url.URL) (string, error) {
			doc, err := html.Parse(bytes.NewReader(page))
			if err != nil {
				return "", err
			}
			p := readeck.NewParser()
			a, err := p.ParseAndMutate(doc, u)
			if err != nil {
				return "", err
			}
			return converted(a.Node)
		}},
		{"go-trafilatura, html-to-markdown", false, func(page []byte, u *url.URL) (string, error) {
			doc, err := html.Parse(bytes.NewReader(page))
			if err != nil {
				return "", err
			}
			r, err := trafilatura.ExtractDocument(doc, trafilatura.Options{
				OriginalURL: u, ExcludeComments: true, EnableFallback: true, IncludeLinks: true, IncludeImages: true,
			})
			if err != nil {
				return "", err
			}
			return converted(r.ContentNode)
		}},
	}, nil
}

var errNothing = errors.New("nothing found")

var toMarkdown = converter.NewConverter(converter.WithPlugins(
	mdbase.NewBasePlugin(), commonmark.NewCommonmarkPlugin(), table.NewTablePlugin(), strikethrough.NewStrikethroughPlugin()))

func converted(n *html.Node) (string, error) {
	if n == nil {
		return "", errNothing
	}
	md, err := toMarkdown.ConvertNode(n)
	return string(md), err
}
