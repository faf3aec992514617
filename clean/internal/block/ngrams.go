package block

import (
	_ "embed"

	"github.com/winnowtext/winnow/clean/internal/model"
	"github.com/winnowtext/winnow/clean/internal/words"
)

//go:embed data/ngrams.odds
var ngramData []byte

// Tables are what was counted on pages with known text. Nil parts stand for the
// built-in ones; others serve cross-validation.
type Tables struct {
	Vocabulary *Vocabulary // parts of class and id tokens
	NGrams     *model.Odds // words and pairs of words of short blocks
}

// builtin are the embedded tables.
var builtin = func() Tables {
	odds, err := model.LoadOdds(ngramData)
	if err != nil {
		panic("ngrams.odds: " + err.Error()) // embedded data, loaded by every test
	}
	return Tables{vocabulary, odds}
}()

// ngramBytes is the longest block whose words are looked up: longer ones are
// told by their shape and place.
const ngramBytes = 400

// A ngramSum is what the known words and pairs of words of a block come to, in
// steps of model.OddsStep to a factor of e; positive is content.
type ngramSum struct {
	n, known int32 // looked up, and found
	sum      int32
	min, max int32
}

// An ngramReader adds up a block's n-grams while its text is scanned.
type ngramReader struct {
	ngramSum
	odds    *model.Odds
	collect func(key uint32) // instead of looking up, for counting
	last    uint64           // hash of the word before

	keys [64]uint32 // those that wait to be looked up, together
	wait int
}

// reset makes it ready for another block.
func (p *ngramReader) reset(odds *model.Odds) {
	p.ngramSum, p.odds, p.last, p.wait = ngramSum{}, odds, 0, 0
}

// numberHash stands for any number.
const numberHash = 0x2545F4914F6CDD1D

// word takes in the next word of the block.
func (p *ngramReader) word(hash uint64, number bool) {
	if number {
		hash = numberHash
	}
	if p.collect != nil {
		p.collect(uint32(hash >> 32))
		if p.last != 0 {
			p.collect(uint32(words.HashPair(p.last, hash) >> 32))
		}
		p.last = hash
		return
	}
	if p.wait > len(p.keys)-2 {
		p.flush()
	}
	keys := (*[2]uint32)(p.keys[p.wait:])
	keys[0], keys[1] = uint32(hash>>32), uint32(words.HashPair(p.last, hash)>>32)
	if p.wait++; p.last != 0 {
		p.wait++
	}
	p.last = hash
}

// flush looks up what waits.
func (p *ngramReader) flush() {
	p.n += int32(p.wait)
	var room [len(p.keys)]int32
	for _, v := range p.odds.Weights(p.keys[:p.wait], room[:0]) {
		p.known++
		p.sum += v
		p.min, p.max = min(p.min, v), max(p.max, v)
	}
	p.wait = 0
}

// Features of odds, in a byte: 128 is as likely content as not, 0 that nothing is
// known.
func leanMean(sum, known int32) uint8 {
	if known == 0 {
		return 0
	}
	return lean(sum * 5 / 2 / known)
}

func lean(v int32) uint8 { return uint8(min(max(v+128, 1), 255)) }

// EachNGram calls f for the key of every part of a block's text that the table
// of n-grams may know, for counting. Keys may recur.
func EachNGram(text []byte, f func(key uint32)) {
	if len(text) > ngramBytes {
		return
	}
	var ts textStats
	st := scanState{ngrams: &ngramReader{collect: f}}
	st.scan(text, &ts, &hintSets{})
}
