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
// paragraph, heading, item and the like of the text, [Result.Markdown] and
// [Result.HTML].
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
//     one decision fell; those of a flattened text are found before it is judged:
//     sentences, labels, notices, and what else stands for itself. What parts two of
//     them is a border; where texts were glued together it is a seam.
//   - A kind says what a piece of boilerplate is: "ad", "share" ([Kinds] lists
//     them); a policy says what happens to a kind.
//   - A rule is data: words or names of elements, with examples. The model is the
//     ensemble of decision trees that judges blocks of a page, or pieces of a text. A
//     rule may need its consent; one that is sure needs none.
//   - A form is what an input is at a time: tree, blocks, lines, article; the lines
//     of a flattened text are its pieces. A step takes a form on; it marks what goes,
//     and why, and only the article leaves it out.
//   - A cut is the piece of a line that goes. What is kept by policy is cut, too, and
//     put back with its mark.
//   - Hints are what the page's data says that its blocks may repeat: title, summary,
//     body. Context, as a step, is what the blocks or lines around say of one; in a
//     flattened text the model weighs that.
//   - A point is an operating point of the model, between precision and recall; the
//     expected F1 of a choice follows from the model's probabilities.
//   - A memory is what the texts of sites repeat; a run is five words in a row. What other
//     texts of its site hold of a text recurs; texts that differ in a few words are copies,
//     and count as one.
//   - A mark, in an article, is emphasis, a link or the like.
//
// # Where things belong
//
//   - A new rule: a file of internal/rules/data, line/*.rules where words tell and
//     dom/*.rules where names of elements do, with examples; no Go file.
//   - A new feature of a model: a row of internal/block/table.go or
//     internal/piece/table.go, then training.
//   - A new output format: a package beside internal/markdown, which writes the tree
//     that internal/structure builds, and a method of Result.
//   - A new limit: a field of Options, kept by the step that meets it first; limit.go
//     has the error that says what was cut.
//
// CONTRIBUTING.md says more.
//
// # Files, in the order of the flow
//
//	clean.go      New, Cleaner.Clean: the whole flow
//	short.go      the short forms of it; goquery.go the one for its documents
//	options.go    Options, modes, actions, errors
//	input.go      Input: a body and what is known about it
//	workspace.go  memory and clock of one input, used again for the next
//	limit.go      limits of time and size
//	recall.go     texts beside others of their site: Options.Memory
//	replace.go    text from a page's data, where the page shows none
//	policy.go     what the options keep of what the steps left out
//	finish.go     metadata
//	verdict.go    what kind of page it is, and what was found
//	result.go     Result
//	decision.go   Decision
//	blocks.go     Block
//	structure.go  the text as Markdown, HTML and a tree
//	json.go       Result as JSON
//	kind.go       kinds of residue
//	rules.go      what rules there are, and whether their examples hold
//
//	batch             many inputs in order: sources, workers, sinks
//	memory            what the texts of sites repeat: learn, merge, save, load
//	record            results as JSON and back
//	report            results as a page to look at
//	internal/work     the clock that ends the work on an input, memory that is used again, a hash table
//	internal/chars    what is known about characters
//	internal/words    what is known about words: tokens, hashes, counts
//	internal/charset  from bytes to text: read, unpack, decode
//	internal/dom      form 1, the tree: cut, build
//	internal/meta     tree to title, author, dates
//	internal/block    form 2, blocks: segment, prune, measure, classify, context, name, render
//	internal/piece    pieces of flattened text: borders, features, model
//	internal/line     form 3, lines: split, classify, sure, context, dedupe, judge, recur
//	internal/jsonline JSON that is one line for every reader; members of objects
//	internal/table    tables of text in which a cell can be replaced
//	internal/warc     web archives
//	internal/article  form 4, the article: text, pieces, blocks
//	internal/rules    what all forms know: kinds, rules as data
//	internal/model    tree ensembles
//	internal/train    from corpora to the rows of the models; no part of the library, see train/
package clean
