// Package clean turns dirty article pages, and text that another scraper
// already flattened, into clean article text.
//
// Use [HTML] for a page and [Text] for flattened text. For options, or many
// inputs, make a [Cleaner] with [New] and share it: [Cleaner.Clean] takes an
// [Input] of any kind together with what is known about it; [Cleaner.HTML],
// [Cleaner.Text], [Cleaner.Document] for a goquery document and [Cleaner.Node] are
// short for it. A [Result] holds the text, what is known about the page, a
// [Verdict] on what it turned out to be, with Options.Explain a [Decision] for
// every piece of the input and with Options.Structure a [Block] for every
// paragraph, heading, item and the like of the text.
//
// The package fetches nothing, reads no files and writes no log.
//
// # Words used here
//
//   - A page is HTML, a fragment a part of one that stands for itself, such as
//     a feed item; a text is what a scraper made of a page before.
//   - Boilerplate is what belongs to the page and not to the article. Residue is
//     boilerplate that is left in a text.
//   - A block is the longest run of text between two borders that markup draws, a
//     line what will be one line of output. A piece is the part of either on which
//     one decision fell.
//   - A kind says what a piece of boilerplate is: "ad", "share" ([Kinds] lists
//     them); a policy says what happens to a kind.
//   - A rule is data: words or names of elements, with examples. The model is the
//     ensemble of decision trees that judges what no rule names.
//   - A mark, in a step, is a verdict that has not been carried out yet; in an
//     article it is emphasis, a link or the like.
//
// # Files, in the order of the flow
//
//	clean.go      New, Cleaner.Clean: the whole flow
//	short.go      the short forms of it
//	options.go    Options, modes, actions, errors
//	input.go      Input: a body and what is known about it
//	workspace.go  memory and clock of one input, used again for the next
//	limit.go      limits of time and size
//	replace.go    text from a page's data, where the page shows none
//	policy.go     what the options keep of what the steps left out
//	finish.go     metadata and verdict
//	result.go     Result
//	decision.go   Decision
//	blocks.go     Block
//	json.go       Result as JSON
//	kind.go       kinds of residue
//	rules.go      what rules there are, and whether their examples hold
//
//	batch             many inputs in order: sources, workers, sinks
//	record            results as JSON and back
//	report            results as a page to look at
//	internal/work     one way to end work
//	internal/chars    what is known about characters
//	internal/words    what is known about words: tokens, hashes, counts
//	internal/charset  from bytes to text: read, unpack, decode
//	internal/dom      form 1, the tree: cut, build
//	internal/meta     tree to title, author, dates
//	internal/block    form 2, blocks: segment, prune, measure, classify, context, name, render
//	internal/line     form 3, lines: split, classify, context, dedupe, predict
//	internal/jsonline JSON that is one line for every reader
//	internal/article  form 4, the article: text, pieces, blocks
//	internal/rules    what all forms know: kinds, rules as data
//	internal/model    tree ensembles
//	internal/train    from corpora to the model files; no part of the library
package clean
