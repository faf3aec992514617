package block

import (
	"strings"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/chars"
	"github.com/winnowtext/winnow/clean/internal/words"
	"github.com/winnowtext/winnow/clean/internal/work"
)

// textStats is what one pass over a block's text tells.
type textStats struct {
	chars   int32 // letters and digits; an ideograph counts as one
	words   int32 // an ideograph counts as half a word
	letters int32
	upper   int32
	digits  int32
	punct   int32
	commas  int32
	ends    int32 // sentence ends: . ! ? … and their kin before a space or the end
	quotes  int32
	stop    int32 // function words
	title   int32 // words that open with a capital
	long    int32 // words of eight and more bytes
	ideo    int32
	years   int32
	numbers int32 // words made of digits
	symbols int32 // of code and file names: { } = < _ and their kin
	pipes   int32 // | · • / » › and other dividers
	inTitle int32 // words that the page's title holds, too
	known   int32 // word triples that the page's description holds, too
	inBody  int32 // word triples that the structured article body holds, too
	triples int32

	areas areaSet // of headingAreas that the first words name, see labelWords

	last byte // class of the last character
	hash uint64
}

// Classes of the last character.
const (
	lastOther byte = iota
	lastEnd        // . ! ? …
	lastColon
	lastComma
	lastQuote
	lastClose // ) ]
	lastArrow // » › → >
	lastDigit
)

// Character classes of ASCII; other bytes have none.
const (
	cLetter = 1 << iota
	cUpper
	cDigit
	cPunct
	cSpace
)

var class = func() (t [256]uint8) {
	for c := range utf8.RuneSelf {
		switch {
		case 'a' <= c && c <= 'z':
			t[c] = cLetter
		case 'A' <= c && c <= 'Z':
			t[c] = cLetter | cUpper
		case '0' <= c && c <= '9':
			t[c] = cDigit
		case c <= ' ':
			t[c] = cSpace
		default:
			t[c] = cPunct
		}
	}
	return t
}()

// labelWords is how many words of a block are looked at as a label, such as
// that of a box: "Related articles", "Comments".
const labelWords = 8

// Hints is what the page's metadata says about its text.
type Hints struct {
	Title, Description, Body string
	NewsType                 bool // JSON-LD or og:type says it is an article
	OtherType                bool // ... a product, a forum thread, a collection
	Other                    bool // the page looks like one of those
}

// A wordSet holds hashes of words or word triples.
type wordSet = work.Table[uint64, struct{}]

// hintSets are the words of the hints.
type hintSets struct {
	title, desc, body wordSet
	titleBits         hashFilter // sifts out most of the words that are not in the title
	descBits          hashFilter // and most triples
}

// A hashFilter has a bit for the hashes that were added, some for several.
type hashFilter [1 << 4]uint64

func (f *hashFilter) add(h uint64)      { f[h>>46&0xF] |= 1 << (h >> 40 & 0x3F) }
func (f *hashFilter) has(h uint64) bool { return f[h>>46&0xF]>>(h>>40&0x3F)&1 != 0 }

func (s *hintSets) init(h Hints) {
	s.title.Init(nil, len(h.Title)/4)
	s.desc.Init(nil, len(h.Description)/4)
	s.body.Init(nil, len(h.Body)/4)
	s.titleBits, s.descBits = hashFilter{}, hashFilter{}
	read := func(text string, each func(word, triple uint64)) {
		if text != "" {
			var ts textStats
			st := scanState{each: each}
			st.scan([]byte(text), &ts, &hintSets{})
		}
	}
	read(h.Title, func(word, _ uint64) {
		s.title.At(word)
		s.titleBits.add(word)
	})
	read(h.Description, func(_, triple uint64) {
		if triple != 0 {
			s.desc.At(triple)
			s.descBits.add(triple)
		}
	})
	read(h.Body, func(_, triple uint64) {
		if triple != 0 {
			s.body.At(triple)
		}
	})
}

// A scanState carries the running word hashes of one text.
type scanState struct {
	each   func(word, triple uint64) // may be nil
	w1, w2 uint64
	all    uint64 // hash of all words

	ngrams *ngramReader // may be nil
}

// A word is one being read.
type word struct {
	hash                    uint64
	start                   int // -1: there is none
	letters, uppers, digits int32
}

// end takes note of the word that ends before i, if there is one.
func (st *scanState) end(w *word, text []byte, i int, ts *textStats, hints *hintSets) {
	if w.start < 0 {
		return
	}
	h, n := w.hash, int32(i-w.start)
	ts.words++
	ts.letters += w.letters
	ts.upper += w.uppers
	st.all = words.HashText(st.all, h)
	if st.ngrams != nil {
		st.ngrams.word(h, w.letters == 0)
	}
	if w.letters == 0 {
		ts.numbers++
		if w.digits == 4 && n == 4 && (text[i-4] == '1' && text[i-3] == '9' || text[i-4] == '2' && text[i-3] == '0') {
			ts.years++
		}
	} else {
		if known := knownWords[h>>(64-knownBits)]; known != 0 {
			if known&knownStop != 0 && isStop(h) {
				ts.stop++
			}
			if known&knownLabel != 0 && ts.words <= labelWords {
				if label := labels.Find(h); label != nil {
					ts.areas |= *label
				}
			}
		}
		if n >= 8 {
			ts.long++
		}
	}
	triple := words.HashTriple(st.w1, st.w2, h)
	if st.w1 != 0 {
		ts.triples++
		if hints.descBits.has(triple) && hints.desc.Find(triple) != nil {
			ts.known++
		}
		if hints.body.Len() > 0 && hints.body.Find(triple) != nil {
			ts.inBody++
		}
	}
	if hints.titleBits.has(h) && hints.title.Find(h) != nil {
		ts.inTitle++
	}
	if st.each != nil {
		if st.w1 == 0 {
			triple = 0
		}
		st.each(h, triple)
	}
	st.w1, st.w2 = st.w2, h
	*w = word{hash: words.HashStart, start: -1}
}

// scan measures text in one pass.
func (st *scanState) scan(text []byte, ts *textStats, hints *hintSets) {
	w := word{hash: words.HashStart, start: -1}
	st.all = words.HashStart
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			k := class[c]
			switch {
			case k&cLetter != 0:
				if w.start < 0 {
					w.start = i
					if k&cUpper != 0 {
						ts.title++
					}
				}
				ts.last = lastOther
				// On to the end of the letters.
				for n := 8; n == 8 && i < len(text); i += n {
					var upper int
					var letters uint64
					eight := uint64(0)
					if i+8 <= len(text) {
						eight = chars.Load8(text[i:])
					} else {
						eight = chars.Tail8(text, i)
					}
					if n, upper, letters = words.HashLetters(eight); n == 0 {
						break
					}
					w.hash = words.HashOn(w.hash, letters)
					w.uppers += int32(upper)
					w.letters += int32(n)
				}
				if i < len(text) && text[i] == ' ' {
					st.end(&w, text, i, ts, hints)
					i++
				}
				continue
			case k&cDigit != 0:
				if w.start < 0 {
					w.start = i
				}
				w.digits++
				ts.digits++
				w.hash = words.HashOn(w.hash, uint64(c))
				ts.last = lastDigit
			case k&cSpace != 0:
				st.end(&w, text, i, ts, hints)
			default:
				st.end(&w, text, i, ts, hints)
				ts.punct++
				ts.last = lastOther
				switch c {
				case '.', '!', '?':
					ts.last = lastEnd
					if i+1 == len(text) || text[i+1] <= ' ' || text[i+1] == '"' || text[i+1] == ')' || text[i+1] >= 0x80 {
						ts.ends++
					}
				case ',', ';':
					ts.commas++
					ts.last = lastComma
				case ':':
					ts.last = lastColon
				case '"', '\'':
					ts.quotes++
					ts.last = lastQuote
				case ')', ']':
					ts.last = lastClose
				case '|', '/':
					ts.pipes++
				case '>':
					ts.last = lastArrow
				case '{', '}', '=', '<', '_', '[', '\\', '@':
					ts.symbols++
				}
			}
			i++
			continue
		}
		r, n := utf8.DecodeRune(text[i:])
		switch {
		case chars.SpacelessInBlocks(r):
			st.end(&w, text, i, ts, hints)
			ts.ideo++
			hr := words.HashOn(words.HashStart, uint64(r))
			st.all = words.HashText(st.all, hr)
			if st.ngrams != nil {
				st.ngrams.word(hr, false)
			}
			ts.last = lastOther
			i += n
			continue
		case r < 0x2000:
			switch r {
			case '«':
				ts.quotes++
				ts.punct++
				ts.last = lastOther
			case '»':
				ts.punct++
				ts.last = lastArrow
			case '©':
			case '·':
				ts.pipes++
			case '£':
			case '،', '؛':
				ts.commas++
			case '؟', '۔', '।':
				ts.ends++
				ts.last = lastEnd
			default:
				if w.start < 0 {
					w.start = i
				}
				w.letters++
				w.hash = words.HashOn(w.hash, uint64(r))
				ts.last = lastOther
				i += n
				continue
			}
		case r < 0x2070 || r >= 0x3000 && r < 0x3040 || r >= 0xFF00 && r < 0xFF66:
			ts.punct++
			ts.last = lastOther
			switch r {
			case '。', '！', '？', '…', '．', '｡':
				ts.ends++
				ts.last = lastEnd
			case '、', '，', '；':
				ts.commas++
				ts.last = lastComma
			case '“', '”', '„', '‘', '‟', '「', '」', '『', '』':
				ts.quotes++
				ts.last = lastQuote
			case '’':
				ts.last = lastQuote
			case '•', '‣':
				ts.pipes++
			case '›':
				ts.last = lastArrow
			case '：':
				ts.last = lastColon
			}
		case r == '€' || r == '₹' || r == '¥':
		case r >= 0x2190 && r < 0x2C00 || r >= 0x1F000:
			ts.pipes++ // arrows, symbols, emoji
			ts.last = lastArrow
		default:
			if w.start < 0 {
				w.start = i
			}
			w.letters++
			w.hash = words.HashOn(w.hash, uint64(r))
			ts.last = lastOther
			i += n
			continue
		}
		st.end(&w, text, i, ts, hints)
		i += n
	}
	st.end(&w, text, len(text), ts, hints)
	ts.words += (ts.ideo + 1) / 2
	ts.chars = ts.letters + ts.digits + ts.ideo
	ts.hash = st.all
}

// HintsOf makes hints of a page's metadata; kind is its schema.org or og type.
func HintsOf(title, description, body, kind string) Hints {
	h := Hints{Title: title, Description: description, Body: body}
	switch k := strings.ToLower(kind); {
	case strings.Contains(k, "article"), strings.Contains(k, "blogposting"), strings.Contains(k, "report"):
		h.NewsType = true
	case k == "" || k == "website" || k == "webpage":
	default:
		h.OtherType = true
	}
	return h
}
