package block

import "golang.org/x/net/html"

// RuleEngine is the rule id of decisions by another extractor.
const RuleEngine = "readability"

// followPercent is the share of a block's word triples that another extractor's
// article must hold for the block to be part of it.
const followPercent = 80

// Follow keeps the blocks that another extractor's article, a tree, holds, and
// no others; nil is an article of nothing. It returns the F1 that the model
// expects of that choice. What a rule settled stays settled.
func Follow(d *Doc, article *html.Node) (expected float64) {
	var triples, short wordSet
	if article != nil {
		a := d.memory.beside().segment(article, Options{})
		triples.Init(d.clock, len(a.Text)/4)
		short.Init(d.clock, len(a.Blocks))
		for i := range a.Blocks {
			hash, _ := eachTriple(a.Text[a.Blocks[i].Start:a.Blocks[i].End], func(h uint64) { triples.At(h) })
			short.At(hash)
		}
	}
	hit, kept, total := 0.0, 0.0, 0.0
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if b.Step != "classify" {
			continue
		}
		found := 0
		hash, n := eachTriple(d.Text[b.Start:b.End], func(h uint64) {
			if triples.Find(h) != nil {
				found++
			}
		})
		b.Keep, b.Rule = short.Find(hash) != nil || n > 0 && found*100 >= n*followPercent, RuleEngine
		words := float64(wordsOf(d, i))
		total += words * float64(b.P)
		if b.Keep {
			kept += words
			hit += words * float64(b.P)
		}
	}
	if kept+total == 0 {
		return 0
	}
	return 2 * hit / (kept + total)
}

// eachTriple calls f for every three words in a row, and returns a hash of all
// words and the number of calls.
func eachTriple(text []byte, f func(h uint64)) (hash uint64, n int) {
	var ts textStats
	st := scanState{each: func(_, triple uint64) {
		if triple != 0 {
			n++
			f(triple)
		}
	}}
	st.scan(text, &ts, &hintSets{})
	return ts.hash, n
}
