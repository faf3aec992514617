package clean_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/winnowtext/winnow/clean"
	_ "github.com/winnowtext/winnow/clean/engine/readability" // for clean.Readability
)

// A site that is known: where its article lies, and what of that is none.
func ExampleOptions() {
	page := `<body><div class="teaser"><p>Another paper says that the ferry will be sold in spring, and that nobody was asked about it.</p></div>
<div class="entry"><p>The ferry was late on Tuesday, as it is every week in autumn, because the pilot had overslept again.</p>
<div class="partner"><p>Our partner sells boats of all sizes, and for readers of this page there is a discount until Sunday.</p></div></div></body>`
	c, err := clean.New(clean.Options{Root: "div.entry", Drop: "div.partner", Keep: "p.note"})
	if err != nil {
		fmt.Println(err) // such as a selector that is none
		return
	}
	res, err := c.HTML(context.Background(), strings.NewReader(page), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(res.Text)
	for _, w := range res.Warnings {
		fmt.Println(w) // such as a Root that finds nothing
	}
	// Output:
	// The ferry was late on Tuesday, as it is every week in autumn, because the pilot had overslept again.
}

// Options from a file: modes, engines, formats and actions are read and written as text.
func ExampleMode() {
	var settings struct {
		Mode   clean.Mode
		Engine clean.Engine
		Format clean.Format
		Policy map[clean.Kind]clean.Action
	}
	file := `{"Mode": "recall", "Engine": "readability", "Format": "html", "Policy": {"caption": "keep", "ad": "mark"}}`
	if err := json.Unmarshal([]byte(file), &settings); err != nil {
		fmt.Println(err)
		return
	}
	c, err := clean.New(clean.Options{Mode: settings.Mode, Engine: settings.Engine, Policy: settings.Policy})
	fmt.Println(c != nil, err, settings.Mode == clean.Recall, settings.Engine == clean.Readability)
	fmt.Println(settings.Format, settings.Policy[clean.KindCaption], settings.Policy[clean.KindAd])
	// Output:
	// true <nil> true true
	// html keep mark
}

// Names of flags.
func ExampleParseMode() {
	mode, err := clean.ParseMode("precision")
	fmt.Println(mode, err)
	engine, err := clean.ParseEngine("trees")
	fmt.Println(engine, err)
	format, err := clean.ParseFormat("text")
	fmt.Println(format, err)
	_, err = clean.ParseAction("forget")
	fmt.Println(err)
	// Output:
	// precision <nil>
	// trees <nil>
	// text <nil>
	// unknown action "forget" (drop, keep or mark)
}

// Everything stays but for advertisements and what stands around any page.
func ExampleKinds() {
	policy := map[clean.Kind]clean.Action{}
	for _, k := range clean.Kinds() {
		policy[k.Kind] = clean.Keep
	}
	for _, kind := range []clean.Kind{clean.KindAd, clean.KindNavigation, clean.KindHeader, clean.KindFooter} {
		policy[kind] = clean.Drop
	}
	c, err := clean.New(clean.Options{Policy: policy})
	if err != nil {
		fmt.Println(err)
		return
	}
	res, err := c.Text(context.Background(), "Advertisement\nThe ferry was late, as it is every Tuesday in autumn.\nREAD MORE: Five ferries that never came back\n")
	fmt.Print(res.Text, err, "\n")
	for _, k := range clean.Kinds()[:1] {
		about := func(k clean.KindInfo) string { return string(k.Kind) + ": " + k.About }
		fmt.Println(about(k))
	}
	// Output:
	// The ferry was late, as it is every Tuesday in autumn.
	// READ MORE: Five ferries that never came back
	// <nil>
	// ad: advertisement labels and advertisements
}

// Why a piece stayed or went: a rule says what it is about, the model how sure it is and
// what spoke for it most.
func ExampleDecision() {
	c, err := clean.New(clean.Options{Explain: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	res, err := c.HTML(context.Background(), strings.NewReader(examplePage), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	why := func(r clean.Reason) string { return fmt.Sprintf("%s (%+.1f)", r.Text, r.Weight) }
	for _, d := range res.Decisions {
		if d.Rule == clean.ByModel && d.Kept {
			fmt.Println(d.P > d.Threshold, why(d.Reasons[0]) != "", d.Where)
		}
	}
	for _, o := range res.Origins {
		if from := (clean.Origin{Field: o.Field, Source: o.Source}); o.Field == "title" {
			fmt.Println(from.Field, from.Source)
		}
	}
	// Output:
	// true true html > body > article > p:nth-of-type(1)
	// true true html > body > article > p:nth-of-type(2)
	// title heading
}

// What went wrong, and what there is all the same: a result is never nil.
func ExampleCleaner() {
	c, err := clean.New(clean.Options{MaxNodes: 2, MaxBytes: clean.DefaultMaxBytes / 2})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, body := range []string{
		"The ferry was late.\nNobody complained.\nThen the fog came.\n", // more lines than MaxNodes
		"{\"text\": \"The ferry was late.\"}",
		"\x1f\x8b\x08\x00torn",
	} {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		res, err := c.Clean(ctx, clean.Input{Body: strings.NewReader(body)})
		cancel()
		switch {
		case errors.Is(err, clean.ErrTimeout), errors.Is(err, clean.ErrCanceled), errors.Is(err, clean.ErrTooMany):
			fmt.Printf("only its beginning: %q\n", res.Text)
		case errors.Is(err, clean.ErrContainer):
			fmt.Println("package batch reads those")
		case errors.Is(err, clean.ErrBroken):
			fmt.Println("damaged")
		default:
			fmt.Println(err)
		}
	}
	// Output:
	// only its beginning: "The ferry was late.\nNobody complained.\n"
	// package batch reads those
	// damaged
}

// What is known about a page beside its text.
func ExampleResult() {
	page := `<html lang="en"><head><title>Ferry late again</title><meta property="article:published_time" content="2021-11-04">
<meta property="og:image" content="https://lamp.example.org/quay.jpg"></head><body><article><h1>Ferry late again</h1>
<p>The morning ferry left the quay forty minutes late on Tuesday, the harbour office said, because the pilot had overslept.</p>
<p>Nobody complained. The passengers, most of them on the way to the market, had gone back to the café and ordered again.</p></article></body></html>`
	res, err := clean.HTML(strings.NewReader(page), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	layout := time.RFC3339
	if res.PublishedPrecision == clean.DayOnly { // a DatePrecision
		layout = time.DateOnly
	}
	lead := clean.Image{URL: res.Image}
	var known clean.DatePrecision = res.PublishedPrecision
	fmt.Println(res.Published.Format(layout), known, lead.URL, res.Language, res.Words)
	about := map[clean.PageType]string{clean.TypeListing: "links", clean.TypeForum: "a discussion", clean.TypeProduct: "something to buy"}
	if known := about[res.Type]; known != "" && res.TypeP > .5 {
		fmt.Println("more", known, "than an article")
	}
	// Output: 2021-11-04 day https://lamp.example.org/quay.jpg en 42
}

// The article's blocks as plain text of one's own.
func ExampleBlock() {
	cells := func(cs []clean.Cell) (texts []string) {
		for _, c := range cs {
			for _, r := range c.Runs {
				texts = append(texts, r.Text)
			}
		}
		return texts
	}
	show := func(b clean.Block) {
		switch b.Role {
		case clean.RoleHeading:
			fmt.Println(strings.Repeat("#", b.Level), b.Runs[0].Text)
		case clean.RoleRow:
			fmt.Println(strings.Join(cells(b.Cells), " | "))
		case clean.RoleParagraph:
			fmt.Println(b.Runs[0].Text)
		}
	}
	c, err := clean.New(clean.Options{Structure: true, Title: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	item := `<p>High water at the quay comes twice a day, and an hour later every day, whatever the office says.</p>
<p>The fishermen of the old harbour went by the moon, and so did the ferry, until the office printed a table and put it on the door.</p>
<table><tr><th>Boat<th>Seats<tr><td>The Heron<td>40<tr><td>The Gull<td>22</table>`
	res, err := c.Clean(context.Background(), clean.Input{Body: strings.NewReader(item), Fragment: true, Title: "Tides"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, b := range res.Blocks {
		show(b)
	}
	// Output:
	// # Tides
	// High water at the quay comes twice a day, and an hour later every day, whatever the office says.
	// The fishermen of the old harbour went by the moon, and so did the ferry, until the office printed a table and put it on the door.
	// Boat | Seats
	// The Heron | 40
	// The Gull | 22
}

// The rules of a file, before they are used.
func ExampleRules() {
	infos, err := clean.Rules(clean.RuleFile{Name: "mine.rules", Data: "rule nav.weather\n  line harbour weather: {any<=4}\n  yes Harbour weather: fog\n  yes Fog\n"})
	if err != nil {
		fmt.Println(err)
		return
	}
	faulty := func(i clean.RuleInfo) bool { return len(i.Faults) > 0 }
	for _, i := range infos {
		fmt.Println(i.ID, i.Kind, i.Examples, faulty(i), i.Faults)
	}
	// Output:
	// nav.weather nav 2 true [mine.rules:4: rule nav.weather: does not find "Fog"]
}

// JSON of a later version is refused where this one would misread it.
func ExampleResult_UnmarshalJSON() {
	var res clean.Result
	err := json.Unmarshal(fmt.Appendf(nil, `{"schema": %d, "text": "?"}`, clean.SchemaVersion+1), &res)
	fmt.Println(errors.Is(err, clean.ErrSchema))
	// Output: true
}

// What readers wrote below an article, beside its text.
func ExampleComment() {
	page := `<article><h1>Ferry late again</h1>
<p>The morning ferry left the quay forty minutes late on Tuesday, the harbour office said, because the pilot had overslept.</p>
<p>Nobody complained. The passengers, most of them on the way to the market, had gone back to the café and ordered again.</p></article>
<section id="comments" class="comments"><h2>2 comments</h2><ol class="comment-list">
<li class="comment"><div class="comment-author">Ada Winter</div><div class="comment-body"><p>I was on it, and I did complain.</p></div></li>
<li class="comment"><div class="comment-author">Bo Lind</div><div class="comment-body"><p>The coffee was good, though.</p></div></li></ol></section>`
	c, err := clean.New(clean.Options{Comments: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	res, err := c.HTML(context.Background(), strings.NewReader(page), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	show := func(c clean.Comment) { fmt.Println(c.Depth, c.Author, "wrote:", c.Text) }
	for _, c := range res.Comments {
		show(c)
	}
	// Output:
	// 0 Ada Winter wrote: I was on it, and I did complain.
	// 0 Bo Lind wrote: The coffee was good, though.
}
