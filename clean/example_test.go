package clean_test

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"github.com/winnowtext/winnow/clean"
	"golang.org/x/net/html"
)

const examplePage = `<html lang="en"><head><title>Ferry late again | The Lamp</title>
<meta property="og:title" content="Ferry late again"></head><body>
<nav><a href="/">Home</a><a href="/sport">Sport</a></nav>
<article><h1>Ferry late again</h1><div class="byline">By Ann Poe</div>
<p>The morning ferry left the quay forty minutes late on Tuesday, the harbour office said, because the pilot had overslept.</p>
<div class="ad-slot">Advertisement</div>
<p>Nobody complained. The passengers, most of them on the way to the market, had gone back to the café and ordered again.</p>
</article><div class="share-bar">Share Tweet</div>
<footer>© The Lamp</footer></body></html>`

func ExampleHTML() {
	page, _ := url.Parse("https://lamp.example.org/ferry")
	res, err := clean.HTML(strings.NewReader(examplePage), page)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(res.Title, "/", res.Authors, "/", res.Verdict)
	fmt.Print(res.Text)
	// Output:
	// Ferry late again / [Ann Poe] / article
	// The morning ferry left the quay forty minutes late on Tuesday, the harbour office said, because the pilot had overslept.
	//
	// Nobody complained. The passengers, most of them on the way to the market, had gone back to the café and ordered again.
}

// Text that an earlier scrape stored with the residue in it.
func ExampleText() {
	scraped := `You can read 3 more articles this month
The morning ferry left the quay forty minutes late on Tuesday, the harbour office said.
Advertisement
Nobody complained. The passengers had gone back to the café and ordered again.
READ MORE: Five ferries that never came back`
	fmt.Print(clean.Text(scraped))
	// Output:
	// The morning ferry left the quay forty minutes late on Tuesday, the harbour office said.
	// Nobody complained. The passengers had gone back to the café and ordered again.
}

// The content of a feed item is a fragment: all of it is article but for what is
// surely residue.
func ExampleCleaner_Clean_feedItem() {
	c, err := clean.New(clean.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	item := `<p>The quay will be rebuilt this winter, the council decided on Monday, and the market will move to the old ropewalk until spring.</p>
<p>Stallholders were told to bring their own lamps, because the ropewalk has had no light of its own since the works closed.</p>
<p>The post <a href="#">A new quay</a> appeared first on <a href="#">The Lamp</a>.</p>`
	res, err := c.Clean(context.Background(), clean.Input{
		Body: strings.NewReader(item), Format: clean.FromHTML, Fragment: true, Title: "A new quay",
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(res.Text)
	// Output:
	// The quay will be rebuilt this winter, the council decided on Monday, and the market will move to the old ropewalk until spring.
	//
	// Stallholders were told to bring their own lamps, because the ropewalk has had no light of its own since the works closed.
}

// A document that goquery parsed already.
func ExampleCleaner_Document() {
	c, err := clean.New(clean.Options{Title: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(examplePage))
	if err != nil {
		fmt.Println(err)
		return
	}
	res, err := c.Document(context.Background(), doc, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(strings.SplitN(res.Text, "\n", 2)[0])
	// Output: Ferry late again
}

// The text as blocks, with what the page's elements make of them.
func ExampleCleaner_Node() {
	c, err := clean.New(clean.Options{Structure: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	root, err := html.Parse(strings.NewReader(`<h1>Tea for two</h1><p>Boil water in the <a href="/kettle">big kettle</a>, not in the <em>small</em> one, and warm the pot with some of it.</p>
<ol><li>Put a spoon of leaves for each guest into the pot, and one for the pot.</li><li>Pour the water over them and wait for four minutes.</li></ol>`))
	if err != nil {
		fmt.Println(err)
		return
	}
	page, _ := url.Parse("https://tea.example.org/two")
	res, err := c.Node(context.Background(), root, page)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, b := range res.Blocks {
		fmt.Println(b.Role, b.Number)
		for _, r := range b.Runs {
			fmt.Printf("  %q %t %q\n", r.Text, r.Em, r.Link)
		}
	}
	// Output:
	// paragraph 0
	//   "Boil water in the " false ""
	//   "big kettle" false "https://tea.example.org/kettle"
	//   ", not in the " false ""
	//   "small" true ""
	//   " one, and warm the pot with some of it." false ""
	// item 1
	//   "Put a spoon of leaves for each guest into the pot, and one for the pot." false ""
	// item 2
	//   "Pour the water over them and wait for four minutes." false ""
}

// Why did each piece stay or go?
func ExampleCleaner_Text() {
	c, err := clean.New(clean.Options{Explain: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	res, err := c.Text(context.Background(), "Advertisement\nThe ferry was late.\n")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range res.Decisions {
		fmt.Println(d.Kept, d.Kind, d.Where, d.Text)
	}
	// Output:
	// false ad line 1 Advertisement
	// true  line 2 The ferry was late.
}

// Input of any kind: a page or a text, in any encoding, perhaps gzip-ed.
func ExampleCleaner_Clean() {
	c, err := clean.New(clean.Options{MaxBytes: 1000})
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = c.Clean(context.Background(), clean.Input{Body: strings.NewReader(strings.Repeat("long ", 1000))})
	fmt.Println(errors.Is(err, clean.ErrTooLarge))
	_, err = c.Clean(context.Background(), clean.Input{Body: strings.NewReader("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")})
	fmt.Println(errors.Is(err, clean.ErrNotText))
	// Output:
	// true
	// true
}

// Rules of your own, in the format of the built-in ones.
func ExampleNew() {
	c, err := clean.New(clean.Options{
		Policy: map[clean.Kind]clean.Action{"ad": clean.Keep},
		Rules: []clean.RuleFile{{Name: "mine.rules", Data: `
rule mine.weather
  kind  nav
  why   the weather line above every article of one paper
  line  harbour weather: {any<=4}
  yes   Harbour weather: fog
  no    The harbour weather: nobody had expected so much fog in June.
`}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	res, err := c.Text(context.Background(), "Harbour weather: light fog\nAdvertisement\nThe ferry was late, as it is every Tuesday in autumn.\n")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(res.Text)
	// Output:
	// Advertisement
	// The ferry was late, as it is every Tuesday in autumn.
}
