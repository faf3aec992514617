// Package clean turns dirty article pages, and text that another scraper
// already flattened, into clean article text.
//
// Use [HTML] for a page and [Text] for flattened text. For options, or many
// inputs, make a [Cleaner] with [New] and share it: [Cleaner.HTML],
// [Cleaner.Text], [Cleaner.Document] for a goquery document, [Cleaner.Clean] for
// input of any kind. A [Result] holds the text, what is known about the page,
// a [Verdict] on what it turned out to be and, with Options.Explain, a
// [Decision] for every piece of the input.
//
// The package fetches nothing, reads no files and writes no log.
//
// # Files, in the order of the flow
//
//	clean.go     New, Cleaner and its calls: the whole flow
//	options.go   Options, modes, actions, errors
//	input.go     Input: a body and what is known about it
//	limit.go     limits of time and size
//	replace.go   text from a page's data, where the page shows none
//	policy.go    what the options keep of what the steps left out
//	finish.go    metadata and verdict
//	explain.go   marks to Decisions
//	result.go    Result
//	report.go    Decision
//	kind.go      kinds of residue
//	rules.go     what rules there are, and whether their examples hold
//
//	report          results as a page to look at
//	internal/dom    bytes to tree: read, decode, build
//	internal/meta   tree to title, author, dates
//	internal/block  tree to blocks: segment, prune, measure, classify, context, render
//	internal/line   text or blocks to lines: split, classify, context, dedupe, join
//	internal/rules  what all forms know: kinds, rules as data
//	internal/room   memory for large pages
//	internal/eight  bytes eight at a time
//	internal/model  tree ensembles
//	internal/train  from corpora to the model files; no part of the library
package clean
