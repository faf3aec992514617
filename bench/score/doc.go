// Package score compares extracted text with what a corpus says a page's
// article is.
//
// Three page metrics are those of the benchmarks the corpora come from: [Word]
// of WCXB, [Snippet] of trafilatura's tests and [Shingle] of
// article-extraction-benchmark. Each is written from its published definition,
// down to what Python's \w and lower() do, so that figures can be put beside
// published ones. [Token] is Word for corpora of many scripts. [Residue]
// measures the cleaning of flattened text.
//
// The package shares no code with the library: what measures must not change
// with what is measured.
package score
