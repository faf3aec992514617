package block

import (
	_ "embed"
	"encoding/binary"
	"slices"
	"strconv"
	"strings"
	"unsafe"

	"github.com/winnowtext/winnow/clean/internal/chars"
	"github.com/winnowtext/winnow/clean/internal/css"
	"github.com/winnowtext/winnow/clean/internal/words"
	"github.com/winnowtext/winnow/clean/internal/work"
)

//go:embed data/areas.txt
var areaData string

// An area is a part of a page that class and id tokens or tags point to.
type area uint8

// Areas, in the order of data/areas.txt.
const (
	aArticle area = iota
	aMain
	aBody
	aAside
	aNav
	aHeader
	aFooter
	aComment
	aRelated
	aShare
	aAd
	aNewsletter
	aMeta
	aCaption
	aOverlay
	aCard
	aForum
	aProduct
	aTags
	aWidget
	aFold
	aHidden
	aLead
	aTitle
	aLegal
	aConcealed // by the hidden attribute or an inline style: no words
	areaCount
)

// areaDist holds a distance for each area: 0 not inside, 1 the element
// itself, 2 its parent and so on.
type areaDist [areaCount]uint8

// age makes d what from is for the elements below: all distances but 0 and 255 are
// one more, eight at a time: the bytes of a word never carry into each other.
func (d *areaDist) age(from *areaDist) {
	const low, ones = ^uint64(chars.High), chars.Ones
	for i := 0; i < len(d); i += 8 {
		i = min(i, len(d)-8)
		v := binary.LittleEndian.Uint64(from[i:])
		some := ((v&low + low) | v) >> 7 & ones
		full := ((v&low + ones) & v) >> 7 & ones
		binary.LittleEndian.PutUint64(d[i:], v+some&^full)
	}
}

// areaSet is a set of areas.
type areaSet uint32

// A Vocabulary is what is known about the parts of class and id tokens: the
// areas they name and the weight they learned from pages with known text.
// Hashes lie together, for most parts that are looked up are not known; most of those
// are turned away by a filter that is smaller still.
type Vocabulary struct {
	filter [1 << filterBits / 64]uint64 // a bit for the first bits of every hash
	hashes [1 << vocabularyBits]uint32  // open addressing, 0 is free
	parts  [1 << vocabularyBits]partFacts
}

type partFacts struct {
	set    areaSet
	weight int8 // 16 x log-odds that text below it is content, against the average
}

const (
	vocabularyBits = 13
	filterBits     = 15
)

//go:embed data/weights.txt
var weightData string

// vocabulary is the built-in one, labels the words of headingAreas as they stand in the
// page's text.
var vocabulary, labels = NewVocabulary(weightData), loadLabels(areaData)

// NewVocabulary joins the words of the areas with learned weights, given as
// lines of a part and its weight.
func NewVocabulary(weights string) *Vocabulary {
	v := new(Vocabulary)
	eachArea(areaData, func(a area, word string) { v.facts(partHash(word)).set |= 1 << a })
	left := len(v.hashes) * 3 / 4
	for line := range strings.Lines(weights) {
		part, weight, ok := strings.Cut(strings.TrimSpace(line), " ")
		if w, err := strconv.ParseInt(weight, 10, 8); ok && err == nil && part != "#" && left > 0 {
			v.facts(partHash(part)).weight = int8(w)
			left--
		}
	}
	return v
}

func eachArea(data string, f func(a area, word string)) {
	n := area(0)
	for line := range strings.Lines(data) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		_, list, ok := strings.Cut(line, ":")
		if !ok || n == aConcealed {
			panic("areas.txt: " + line) // checked by a test; embedded data
		}
		for _, w := range strings.Fields(list) {
			f(n, w)
		}
		n++
	}
}

func partHash(part string) uint32 {
	h := words.FNVStart
	for i := range len(part) {
		h = words.FNV(h, uint32(part[i]))
	}
	return h
}

// mayKnow reports whether something may be known of the part of a hash.
func (v *Vocabulary) mayKnow(h uint32) bool {
	f := h >> (32 - filterBits)
	return v.filter[f/64]>>(f%64)&1 != 0
}

// place is where a hash is, or belongs.
func (v *Vocabulary) place(h uint32) uint32 {
	i := h >> (32 - vocabularyBits)
	for v.hashes[i] != h && v.hashes[i] != 0 {
		i = (i + 1) % (1 << vocabularyBits)
	}
	return i
}

// facts is what is known of the part of a hash, for more to be added.
func (v *Vocabulary) facts(h uint32) *partFacts {
	i := v.place(h)
	v.hashes[i] = h
	f := h >> (32 - filterBits)
	v.filter[f/64] |= 1 << (f % 64)
	return &v.parts[i]
}

// A tokenSum is what the parts of an element's tokens come to.
type tokenSum struct {
	set      areaSet
	min, max int8
	sum      int32
}

// look adds a part.
func (s *tokenSum) look(v *Vocabulary, h uint32) {
	i := v.place(h)
	if v.hashes[i] == 0 {
		return
	}
	e := &v.parts[i]
	s.set |= e.set
	s.min, s.max = min(s.min, e.weight), max(s.max, e.weight)
	s.sum += int32(e.weight)
}

// A labelTable maps the hash of a word to areas.
type labelTable = work.Table[uint64, areaSet]

func loadLabels(data string) (t labelTable) {
	eachArea(data, func(a area, word string) {
		if slices.Contains(headingAreas[:], a) {
			*t.At(words.HashAll(word)) |= 1 << a
		}
	})
	return t
}

// join adds another sum.
func (s *tokenSum) join(t *tokenSum) {
	s.set |= t.set
	s.min, s.max = min(s.min, t.min), max(s.max, t.max)
	s.sum += t.sum
}

// A classCache remembers what class values come to: of the class attributes
// of a page nine in ten repeat an earlier one.
type classCache [1 << classBits]classFacts

const classBits = 9

type classFacts struct {
	value  string
	sum    tokenSum
	hash   uint32
	ruled  bool // a DOM rule names one of the tokens
	styled bool // a rule of a sheet that may hide names one
}

// class looks a class value up.
func (b *builder) class(value string) *classFacts {
	n := len(value)
	if n == 0 {
		return &classFacts{hash: words.FNVStart}
	}
	c := &b.classes[valueHash(value)>>(64-classBits)]
	if c.value != value {
		*c = classFacts{value: value}
		b.readClass(c, value)
	}
	return c
}

// readClass finds out about a class value: the sum of its parts as tokenSum.tokens does,
// and for every token whether rules know it.
func (b *builder) readClass(c *classFacts, value string) {
	v := b.o.Tables.Vocabulary
	c.hash = words.FNVStart
	from := 0
	for i := 0; i < len(value); {
		if k := byteKinds[value[i]]; k&(kindSmall|kindGreat) == 0 {
			if k == kindBlank {
				if i > from {
					b.readToken(c, value[from:i])
				}
				from = i + 1
			}
			i++
			continue
		}
		var h uint32
		h, i = partFrom(value, i)
		if v.mayKnow(h) {
			c.sum.look(v, h)
		}
		c.hash = words.FNV(c.hash^h, '-')
	}
	if from < len(value) {
		b.readToken(c, value[from:])
	}
}

// readToken finds out whether a DOM rule knows a token, or a rule of the page's sheets
// that may hide something.
func (b *builder) readToken(c *classFacts, tok string) {
	if r := b.o.Rules; r != nil && !c.ruled && r.MayBeToken(tok) {
		_, c.ruled = r.Token(tok)
	}
	c.styled = c.styled || b.byKey && b.sheets.May(css.ClassKey, tok)
}

// keyMix spreads what differs in a few bits over the high ones: the golden ratio, after
// Knuth.
const keyMix uint64 = 0x9e3779b97f4a7c15

// valueHash is a hash of the length and of the first, middle and last eight bytes
// of a value that is not empty.
func valueHash(value string) uint64 {
	n := len(value)
	h := uint64(n)
	if n < 8 {
		for i := range n {
			h = h<<8 | uint64(value[i])
		}
		return h * keyMix
	}
	b := unsafe.Slice(unsafe.StringData(value), n)
	h ^= binary.LittleEndian.Uint64(b)
	h = h*keyMix ^ binary.LittleEndian.Uint64(b[(n-8)/2:])
	h = h*keyMix ^ binary.LittleEndian.Uint64(b[n-8:])
	return h * keyMix
}

// headingAreas are the areas that a heading's words tell something about: what
// stands below it. Of others n-grams tell more.
var headingAreas = [...]area{aComment, aRelated}

// Kinds of bytes in tokens.
const (
	kindOther = 1 << iota
	kindBlank // it parts tokens
	kindSmall // a small letter
	kindGreat // a capital
)

var byteKinds = func() (t [256]uint8) {
	for c := range t {
		switch {
		case 'a' <= c && c <= 'z':
			t[c] = kindSmall
		case 'A' <= c && c <= 'Z':
			t[c] = kindGreat
		case c <= ' ':
			t[c] = kindBlank
		default:
			t[c] = kindOther
		}
	}
	return t
}()

// tokens adds the parts of all tokens in an attribute value to s and returns
// a hash of the whole value without digits, so that numbered siblings have the
// same.
func (s *tokenSum) tokens(v *Vocabulary, value string) (hash uint32) {
	hash = words.FNVStart
	for i := 0; i < len(value); {
		if byteKinds[value[i]]&(kindSmall|kindGreat) == 0 {
			i++
			continue
		}
		var h uint32
		h, i = partFrom(value, i)
		if v.mayKnow(h) {
			s.look(v, h)
		}
		hash = words.FNV(hash^h, '-')
	}
	return hash
}

// partFrom returns the hash and the end of the part of a token that begins at i with a
// letter: a run of letters up to the next camel hump.
func partFrom(value string, i int) (hash uint32, end int) {
	hash = words.FNVStart
	stop := uint8(kindOther | kindBlank)
	for ; i < len(value); i++ {
		c := value[i]
		k := byteKinds[c]
		if k&stop != 0 {
			break
		}
		hash = words.FNV(hash, uint32(c|0x20))
		stop |= k & kindSmall << 1 // then a capital is a hump
	}
	return hash, i
}

// eachPart calls f with the hash and the place of every part of the tokens in
// an attribute value.
func eachPart(value string, f func(hash uint32, start, end int)) {
	for i := 0; i < len(value); {
		if byteKinds[value[i]]&(kindSmall|kindGreat) == 0 {
			i++
			continue
		}
		h, end := partFrom(value, i)
		f(h, i, end)
		i = end
	}
}

// tagAreas returns the areas an element's name points to.
func tagAreas(t tag) areaSet {
	switch t {
	case tArticle:
		return 1 << aArticle
	case tMain:
		return 1 << aMain
	case tAside:
		return 1 << aAside
	case tNav:
		return 1 << aNav
	case tHeader:
		return 1 << aHeader
	case tFooter:
		return 1 << aFooter
	case tFigure, tFigcaption:
		return 1 << aCaption
	case tForm:
		return 1 << aWidget
	case tDialog:
		return 1 << aOverlay
	case tDetails:
		return 1 << aFold
	}
	return 0
}
