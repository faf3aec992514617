// Command feedreader shows an RSS feed as one page:
//
//	curl -s https://example.org/feed.xml | go run . > feed.html
package main

import (
	"context"
	"encoding/xml"
	"fmt"
	"html"
	"io"
	"log"
	"net/url"
	"os"
	"strings"

	"github.com/winnowtext/winnow/clean"
)

func main() {
	if err := show(os.Stdin, os.Stdout); err != nil {
		log.Fatal(err)
	}
}

func show(feed io.Reader, to io.Writer) error {
	var rss struct {
		Items []struct {
			Title       string `xml:"title"`
			Link        string `xml:"link"`
			Content     string `xml:"encoded"` // content:encoded
			Description string `xml:"description"`
		} `xml:"channel>item"`
	}
	if err := xml.NewDecoder(feed).Decode(&rss); err != nil {
		return err
	}
	c, err := clean.New(clean.Options{Structure: true})
	if err != nil {
		return err
	}
	fmt.Fprintln(to, "<!doctype html><meta charset=utf-8><title>Feed</title>")
	for _, item := range rss.Items {
		body := item.Content
		if body == "" {
			body = item.Description
		}
		page, _ := url.Parse(item.Link) // without it, addresses stay relative
		res, err := c.Clean(context.Background(), clean.Input{
			Body: strings.NewReader(body), URL: page, Format: clean.FromHTML, Fragment: true, Title: item.Title,
		})
		if err != nil {
			log.Printf("%s: %v", item.Link, err) // the others are shown
			continue
		}
		// res.HTML is safe to stand in a page as it is.
		fmt.Fprintf(to, "<article><h1>%s</h1>\n%s</article>\n", html.EscapeString(item.Title), res.HTML())
	}
	return nil
}
