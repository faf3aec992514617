package piece

import (
	"math"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/chars"
	"github.com/winnowtext/winnow/clean/internal/model"
	"github.com/winnowtext/winnow/clean/internal/work"
)

// An own is what is known of a piece by itself.
type own struct {
	from, to     int32 // of Memory.words
	halves       int32 // words, in halves: a character of a script without spaces is one
	capitals     int32 // words that open with a capital
	uppers       int32 // words all in capitals
	functions    int32 // function words
	content      int32 // where its entries of text.content begin
	capital      int32 // the same of text.capitals
	same         int32 // place in text.keys of the pieces like it
	concepts     int32 // words of page furniture
	cover        int32 // its words that stand in the text more than once
	copies       int32 // of it before it in the text
	sharedBefore int32 // words with a meaning that stand in the piece before, too
	sharedAfter  int32
	key          uint32
	ends, prose  bool
	year, short  bool  // it names a year; it may belong to a run of short pieces
	names        uint8 // words of two letters and more
	digits       int32
	chars        int32
	opener       bool
	weighed      bool    // what its words say is known: worded, log-odds, and columns of row
	worded       float32 // kept while it is cleared
	pipes        uint8
	lean, chance float32 // log-odds and probability of being residue, by its words or the screen
	row          [ownColumns]uint8
}

// Prose is a piece that reads like a sentence of an article: so many words, the end of
// a sentence, so large a share of function words.
const (
	proseWords    = 14
	proseFunction = .2
)

// wordsOf are the words of piece i.
func (m *Memory) wordsOf(i int) []word { return m.words[m.owns[i].from:m.owns[i].to] }

// locate finds the words of every piece.
func (m *Memory) locate() {
	m.owns = work.Sized(m.owns, len(m.pieces))
	at := 0
	for i := range m.pieces {
		p := &m.pieces[i]
		for at < len(m.words) && int(m.words[at].from) < p.Start {
			at++
		}
		from := at
		for at < len(m.words) && int(m.words[at].from) < p.End {
			at++
		}
		m.owns[i] = own{from: int32(from), to: int32(at)}
	}
}

// measure fills what is known of piece i by itself.
func (m *Memory) measure(i int) {
	p, o := &m.pieces[i], &m.owns[i]
	text := m.text[p.Start:p.End]
	words := m.wordsOf(i)
	m.Clock.Spend(8 * len(text))
	row := &o.row
	s := signCount{firstColon: math.MaxInt}
	at := 0 // byte of the piece behind the last word

	var inConcept [maxConcepts]uint8
	functions, capitals, all, numbers, addresses, mails, letters := 0, 0, 0, 0, 0, 0, 0
	names, year, smalls := 0, false, traits(0)
	key := uint32(hashStart)
	var seen [8]uint64 // bits of hashes; a few words may share one
	different := int32(0)
	for k := range words {
		w := &words[k]
		b := &seen[w.hash>>6&7]
		different += int32(^*b >> (w.hash & 63) & 1) // no branch, for nobody could foresee it
		*b |= 1 << (w.hash & 63)
		if from := int(w.from) - p.Start; from-at != 1 || text[at] != ' ' {
			s.count(text, at, from)
		}
		at = int(w.to) - p.Start
		if o.halves++; w.is&ideograph == 0 {
			o.halves++
		}
		letters += int(w.letters)
		key = (key ^ w.hash) * hashPrime
		// Few branches, for nobody could foresee them.
		long := few(int(w.letters)/2, 1)
		capital, upper := w.is/opensCapital&1, w.is/allCapitals&1
		capitals += int(capital)
		all += int(upper)
		smalls |= w.is&opensSmall | capital&^upper&traits(long)
		functions += int(w.facts / function & 1)
		if w.is&address != 0 && w.facts&function == 0 {
			if w.hash == mailHash {
				mails++
			} else {
				addresses++
			}
		}
		if w.is&number != 0 {
			numbers++
			s.digits += int(w.letters)
			year = year || isYear(m.text[w.from:w.to])
		} else {
			names += int(long | uint8(w.is/ideograph&1))
		}
		if k < maxConceptWords {
			if c := w.about; c != noConcept {
				inConcept[c] = min(inConcept[c]+1, 4)
				o.concepts++
			}
		}
	}
	s.count(text, at, len(text))
	inside := capitals
	if len(words) > 0 && words[0].is&opensCapital != 0 {
		inside--
	}
	o.key, o.capitals = spread(key), int32(capitals)
	o.pipes = uint8(min(s.pipes, math.MaxUint8))
	n := int32(len(words))
	characters := int32(countCharacters(text))
	last, class := lastSign(text)
	o.ends = class&(stop|fullEnd) != 0
	o.prose = o.halves >= 2*proseWords && o.ends && (float32(functions) >= proseFunction*float32(n) || n > 0 && words[0].is&ideograph != 0)
	first, _ := classAt(text, 0)

	o.digits, o.chars, o.year, o.names = int32(s.digits), characters, year, uint8(min(names, math.MaxUint8))
	o.short = o.halves <= 2*runWords && !o.prose

	row[shapeYear], row[shapeNames] = bit(year), few(names, 20)
	row[shapeWords] = model.Log(o.halves)
	row[shapeChars] = model.Log(characters)
	row[shapeWordLength] = uint8(min(2*letters/max(1, len(words)), 60))
	row[shapeCapitals] = model.Ratio(int32(capitals), n)
	row[shapeAllCapitals] = model.Ratio(int32(all), n)
	row[shapeDigits] = model.Ratio(int32(s.digits), characters)
	row[shapePunctuation] = model.Ratio(4*int32(s.signs), characters)
	row[shapeEnds] = bit(o.ends)
	row[shapeLast] = last
	row[shapeSmallFirst] = bit(first&small != 0)
	row[shapeSignFirst] = bit(first&wordly == 0)
	row[shapeDigitFirst] = bit(first&digit != 0)
	row[shapeColons] = few(s.colons, 5)
	row[shapeColonEarly] = bit(s.firstColon < earlyColon)
	row[shapeCommas] = model.Ratio(8*int32(s.commas), n)
	row[shapeFunction] = model.Ratio(int32(functions), n)
	row[shapeCapitalsInside] = model.Ratio(int32(inside), n-1)
	row[shapeQuotes] = few(s.quotes, 20)
	row[shapeBrackets] = few(s.brackets, 20)
	row[shapeSlashes] = few(s.slashes, 20)
	row[shapeDividers] = few(s.pipes, 20)
	row[shapeQuestion] = bit(strings.IndexByte(text[max(0, len(text)-3):], '?') >= 0)
	row[shapeExclamations] = few(s.exclamations, 5)
	row[shapeSentences] = few(s.sentences, 10)
	row[shapeDashes] = few(s.dashes, 10)
	row[shapeNoSmall] = bit(smalls == 0)
	row[shapeEllipsis] = bit(strings.HasSuffix(text, "...") || strings.HasSuffix(text, "…"))
	row[shapeUnique] = model.Ratio(different, n)
	row[shapeAddresses] = few(addresses, 5)
	row[shapeMails] = few(mails, 3)
	row[shapeNumbers] = model.Ratio(int32(numbers), n)
	if n > 0 {
		row[shapeFunctionFirst] = bit(words[0].facts&function != 0)
		row[shapeFunctionLast] = bit(words[n-1].facts&function != 0)
	}
	opens := opensNotice(words)
	o.opener = p.Left == Opener || opens
	row[shapeOpener] = bit(opens)
	row[shapeCreditEnd] = bit(creditEnd(text))
	row[shapeBracketed] = bit((text[0] == '(' || text[0] == '[') && (text[len(text)-1] == ')' || text[len(text)-1] == ']'))

	kinds, others := 0, 0
	for c, k := range inConcept {
		row[atConcepts+c] = k
		if k > 0 {
			if kinds++; concept(c) != youConcept && concept(c) != weConcept {
				others++
			}
		}
	}
	row[conceptAll] = few(int(o.concepts), 30)
	row[conceptShare] = model.Ratio(o.concepts, n)
	row[conceptKinds] = uint8(kinds)
	row[conceptOthers] = uint8(others)
	o.functions, o.uppers = int32(functions), int32(all)
}

// weigh fills what the weights of its words say of piece i.
func (m *Memory) weigh(i int, weights *Weights) {
	o := &m.owns[i]
	if o.weighed {
		o.lean, o.chance = o.worded, model.Sigmoid(o.worded)
		return
	}
	o.weighed = true
	m.Clock.Spend(4 * (m.pieces[i].End - m.pieces[i].Start))
	row, x := &o.row, m.wording(weights, m.wordsOf(i))
	o.worded, o.lean, o.chance = x.all, x.all, model.Sigmoid(x.all)
	row[wordingAll], row[wordingFirst], row[wordingLast] = lean(x.all), lean(x.first), lean(x.last)
	row[wordingMax], row[wordingMin] = lean(x.most), lean(x.least)
	row[wordingShare] = uint8(x.share * 63)
}

// countCharacters is utf8.RuneCountInString of UTF-8 without faults, eight bytes at a
// time.
func countCharacters(s string) int {
	n, i := len(s), 0
	for ; i+8 <= len(s); i += 8 {
		x := chars.Load8(s[i:])
		n -= bits.OnesCount64(x & (^x << 1) & chars.High) // bytes that go on: 10......
	}
	for ; i < len(s); i++ {
		if s[i]&0xC0 == 0x80 {
			n--
		}
	}
	return n
}

// isYear reports whether a number is a year of the last two centuries or so.
func isYear(s string) bool { return len(s) == 4 && (s[:2] == "19" || s[:2] == "20" || s[:2] == "18") }

// runWords is how many words a piece of a run has at most: cells, items, menus.
const runWords = 12

// maxConceptWords is how many words of a piece are looked up.
const maxConceptWords = 80

var youConcept, weConcept = conceptNamed("you"), conceptNamed("we")

// earlyColon is where a colon still belongs to the words that open a piece, in bytes.
const earlyColon = 28

func bit(b bool) uint8 {
	if b {
		return 1
	}
	return 0
}

// few is a small number, up to most.
func few(n, most int) uint8 { return uint8(min(n, most)) }

// Log-odds of 1 take leanStep steps of a byte, beginning at leanZero; a probability
// of 1 is shareMax.
const (
	leanStep = 16
	leanZero = 128
	shareMax = 254
)

// lean puts log-odds into a byte.
func lean(x float32) uint8 { return uint8(min(max(x*leanStep+leanZero, 0), 254)) }

// share puts a probability into a byte.
func share(p float32) uint8 { return uint8(min(max(p, 0), 1)*shareMax + .5) }

// nothing says that there is nothing to measure.
const nothing = math.MaxUint8

// A signCount counts the signs of a piece.
type signCount struct {
	digits, signs, colons, commas, quotes, brackets, slashes, pipes int
	exclamations, sentences, dashes                                 int
	firstColon                                                      int // byte
}

// count counts the signs from from to to-1, where no word stands.
func (s *signCount) count(text string, from, to int) {
	for i := from; i < to; {
		c, size := classAt(text, i)
		if c&(space|mark) != 0 {
			i += size
			continue
		}
		s.signs++
		switch r, _ := utf8.DecodeRuneInString(text[i:]); r {
		case ':', '：':
			if s.colons++; s.firstColon == math.MaxInt {
				s.firstColon = i
			}
		case ',', '，', '、', '،':
			s.commas++
		case '"', '“', '”', '«', '»', '„', '「', '」':
			s.quotes++
		case '(', '（', '[':
			s.brackets++
		case '/':
			s.slashes++
		case '|', '›', '•', '·', '→', '►':
			s.pipes++
		case '!', '！':
			s.exclamations++
			s.sentence(text[i+size:])
		case '.', '?', '…', '。', '？':
			s.sentence(text[i+size:])
		case '-', '–', '—':
			if i > 0 && text[i-1] == ' ' && i+size < len(text) && text[i+size] == ' ' {
				s.dashes++
			}
		}
		i += size
	}
}

func (s *signCount) sentence(rest string) {
	if rest != "" && rest[0] == ' ' {
		s.sentences++
	}
}

// lastSign says what a piece ends with, signs that close others aside, and the class
// of what stands there.
func lastSign(text string) (sign uint8, c class) {
	i := len(text)
	closed := uint8(0)
	for i > 0 {
		k, size := classBefore(text, i)
		if k&(closing|space) == 0 && text[i-1] != '*' && text[i-1] != '_' {
			c = k
			break
		}
		if closed == 0 && k&closing != 0 {
			closed = signQuote
			if b := text[i-1]; b == ')' || b == ']' {
				closed = signBracket
			}
		}
		i -= size
	}
	switch {
	case closed != 0:
		return closed, c
	case c&(stop|fullEnd) != 0:
		return signEnd, c
	case c&label != 0 && c&bullet == 0:
		return signColon, c
	case i > 0 && (text[i-1] == ',' || text[i-1] == ';'):
		return signComma, c
	case c&wordly == 0:
		return signOther, c
	}
	return 0, c
}

// Signs at the end of a piece.
const (
	signEnd = iota + 1
	signColon
	signComma
	signBracket
	signQuote
	signOther
)

// opensNotice reports whether the words open like a notice of another piece.
func opensNotice(words []word) bool {
	if len(words) == 0 || phraseStarts.find(words[0].hash) == nil {
		return false
	}
	for n := min(len(words), maxOpener); n > 0; n-- {
		if only, ok := phrases[phraseHash(words[:n])]; ok && (!only || n > 1) {
			return n > 1 || len(words) > 1
		}
	}
	return false
}

// creditEnd reports whether a piece ends with the credit of a picture.
func creditEnd(text string) bool {
	tail := text[max(0, len(text)-maxCredit):]
	tail = strings.TrimRight(tail, " .")
	if strings.HasSuffix(tail, ")") {
		open := strings.LastIndexByte(tail, '(')
		return open >= 0 && contains(strings.ToLower(tail[open+1:]), creditWords)
	}
	if tail == "" || strings.IndexByte(agencyLetters, tail[len(tail)-1]) < 0 {
		return false
	}
	return slices.ContainsFunc(agencies, func(name string) bool { return strings.HasSuffix(tail, name) })
}

// agencyLetters are the last letters of names of agencies.
var agencyLetters = func() (letters string) {
	for _, name := range agencies {
		letters += name[len(name)-1:]
	}
	return letters
}()
