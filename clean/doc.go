// Package clean takes the article out of web pages, and the residue of web pages out of
// text that another scraper already flattened.
//
//	res, err := clean.HTML(resp.Body, pageURL) // a page; clean.Text(s) is for flattened text
//	if err != nil {
//		return err // it could not be worked on, or not in full: res holds what was found
//	}
//	switch res.Verdict {
//	case clean.Article, clean.Partial:
//		save(res.Title, res.Authors, res.Published, res.Text)
//	default: // Stub, Listing, Empty: no article, and no error
//		log.Print(pageURL, " is ", res.Verdict)
//	}
//
// For options, or many inputs, make a [Cleaner] with [New], keep it and share it between
// goroutines. [Cleaner.Clean] takes an [Input] of any kind with what is known about it;
// [Cleaner.HTML], [Cleaner.Text], [Cleaner.Document] for a goquery document and
// [Cleaner.Node] are short for it.
//
//	c, err := clean.New(clean.Options{
//		Mode:   clean.Precision,                                            // less residue, less text
//		Policy: map[clean.Kind]clean.Action{clean.KindCaption: clean.Keep}, // captions stay
//		Drop:   "div.partner",                                              // as a CSS selector
//	})
//	res, err := c.Clean(ctx, clean.Input{
//		Body: resp.Body, URL: resp.Request.URL, ContentType: resp.Header.Get("Content-Type"),
//	})
//
// The package fetches nothing, reads no files and writes no log. What it keeps is the input
// with pieces taken out, in order; cleaning a cleaned text changes nothing.
//
// # Verdicts and types
//
// [Verdict] says what was found: [Article], a text to read; [Partial], an article that a
// wall cuts off; [Stub], a wall, an error or a test for robots in place of a text; [Listing],
// links to articles; [Empty], no text at all. [Result.Score] is how much of it is expected
// to be right. [PageType] says what kind of page it is, whatever was found in it.
//
// # Kinds
//
// What is removed has a [Kind]: [KindAd], [KindPaywall], [KindNewsletter], [KindShare],
// [KindReadMore], [KindRelated], [KindComment], [KindByline], [KindCaption], [KindNavigation],
// [KindFooter] and others that [Kinds] lists with a sentence each; [KindBoilerplate] is what has
// no better word. [Options.Policy] says what becomes of a kind: [Drop], [Keep] or [Mark].
// [KindStandfirst], the lead, stays unless a policy drops it.
//
// # Why
//
// With [Options.Explain], [Result.Decisions] has a [Decision] for every piece of the input:
// whether it was kept, its kind, the rule that decided or the model's probability, and what
// spoke for it most; [Result.Origins] say where metadata was found. Where a site fares badly,
// a [RuleFile], or the selectors [Options.Keep], [Options.Drop] and [Options.Root], say so.
//
// # Structure
//
// With [Options.Structure], [Result.Markdown], [Result.HTML] and [Result.Node] give the
// article with its headings, lists, links, tables and code, and [Result.Blocks] a [Block] for
// each paragraph, heading, item and the like.
//
// # Errors
//
// Errors are for what could not be worked on, or not in full: [ErrNotText], [ErrContainer],
// [ErrBroken], [ErrTooLarge], [ErrTooMany], [ErrTimeout] and [ErrCanceled] work with
// errors.Is. A result is never nil. What was decided though the input or an option says
// otherwise is in [Result.Warnings].
//
// # Words used here
//
// A page is HTML, a fragment a part of one that is all article, such as a feed item; a text
// is what a scraper made of a page before. Boilerplate is what belongs to the page and not to
// the article; residue is boilerplate that is left in a text. A piece is a part of the input on
// which one decision fell. The model is the ensemble of decision trees that judges blocks of
// pages, or pieces of texts; a rule is data, words or names of elements, with examples.
//
// # Packages beside this one
//
//   - [github.com/winnowtext/winnow/clean/batch]: many inputs in order, from files, tables,
//     feeds and archives, and outputs that appear whole or not at all
//   - [github.com/winnowtext/winnow/clean/record]: results as JSON and back
//   - [github.com/winnowtext/winnow/clean/report]: a page that shows what stayed, what went
//     and why
//   - [github.com/winnowtext/winnow/clean/memory]: what the texts of a site repeat
//   - [github.com/winnowtext/winnow/clean/serve]: cleaning over HTTP, and a page to try it out
//   - [github.com/winnowtext/winnow/clean/engine/readability]: go-readability as an engine
package clean
