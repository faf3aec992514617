package meta

import (
	_ "embed"
	"math/bits"
	"strings"
	"sync"

	"golang.org/x/net/html"

	"github.com/winnowtext/winnow/clean/internal/chars"
	"github.com/winnowtext/winnow/clean/internal/meta/plain"
)

// A sign is a set of hints, taken from an element's markup, that it holds a
// name or a date.
type sign uint16

const (
	signByline     sign = 1 << iota // class or id says byline
	signAuthor                      // class or id says author
	signRelAuthor                   // rel=author
	signItemAuthor                  // itemprop=author
	signName                        // itemprop=name
	signTime                        // a time element
	signItemDate                    // itemprop=datePublished
	signItemMod                     // itemprop=dateModified
	signDate                        // class or id says date
	signPublished                   // class or id says published
	signModified                    // class or id says updated
	signForeign                     // class or id of a part about other things
	signTag                         // rel=tag
	signKicker                      // class of what stands above a headline
	signColumn                      // class or id of a column or of the page's foot
	signAbout                       // class of what tells of a person beside the name

	signPerson = signByline | signAuthor | signRelAuthor | signItemAuthor
	signMoment = signTime | signItemDate | signItemMod | signDate | signPublished | signModified
)

var signNames = map[string]sign{
	"byline": signByline, "author": signAuthor, "rel-author": signRelAuthor, "item-author": signItemAuthor, "item-name": signName,
	"item-published": signItemDate, "item-modified": signItemMod,
	"date": signDate, "published": signPublished, "modified": signModified,
	"foreign": signForeign, "rel-tag": signTag, "kicker": signKicker, "column": signColumn, "about": signAbout,
}

//go:embed data/signs.txt
var signsFile string

// maxSignWord is longer than any word in data/signs.txt.
const maxSignWord = 32

// signTable finds signs by word. Nearly all other words are turned away by
// their length, first and last letter before the map is asked.
type signTable struct {
	may   [1024]uint32 // by first and last letter, a bit per length
	words map[string]sign
}

// slot places a word in signTable.may, whatever its case.
func slot(first, last byte) uint16 {
	return uint16(first&0x1f)<<5 | uint16(last&0x1f)
}

func readSigns(want func(section string) bool) *signTable {
	t := &signTable{words: make(map[string]sign)}
	for section, words := range plain.Lists(signsFile) {
		if !want(section) {
			continue
		}
		for _, w := range words {
			t.words[w] |= signNames[section]
			t.may[slot(w[0], w[len(w)-1])] |= 1 << len(w)
		}
	}
	return t
}

var (
	classSigns = sync.OnceValue(func() *signTable {
		return readSigns(func(s string) bool { return !strings.Contains(s, "-") })
	})
	itemSigns = sync.OnceValue(func() *signTable {
		return readSigns(func(s string) bool { return strings.Contains(s, "-") })
	})
	foreign = sync.OnceValue(func() *signTable {
		return readSigns(func(s string) bool { return s == "foreign" || s == "column" })
	})
)

// A signCache remembers what class values meant: pages repeat a few hundred of
// them thousands of times.
type signCache [256]struct {
	value string
	sign  sign
}

func (c *signCache) scan(t *signTable, s string) sign {
	if len(s) < 4 {
		return 0
	}
	h := uint32(len(s)) | uint32(s[len(s)-1])<<8 | uint32(s[len(s)/2])<<16 | uint32(s[len(s)/4])<<24
	e := &c[h*2654435761>>24] // multiplicative hashing, Knuth
	if e.value != s {
		e.value, e.sign = s, t.scan(s)
	}
	return e.sign
}

// attrs reads the signs off an element's class, id, itemprop and rel.
func (f *facts) attrs(n *html.Node) (s sign) {
	for i := range n.Attr {
		a := &n.Attr[i]
		switch len(a.Key) {
		case 5:
			if a.Key == "class" {
				s |= f.cache.scan(f.class, a.Val)
			}
		case 2:
			if a.Key == "id" {
				s |= f.class.scan(a.Val)
			}
		case 11:
			if a.Key == "data-testid" {
				s |= f.class.scan(a.Val)
			}
		case 8:
			if a.Key == "itemprop" || a.Key == "property" { // microdata, RDFa
				s |= f.item.scan(a.Val) & (signItemAuthor | signItemDate | signItemMod | signName)
			}
		case 3:
			if a.Key == "rel" {
				s |= f.item.scan(a.Val) & (signRelAuthor | signTag)
			}
		}
	}
	return s
}

// maxSignText bounds how much of an attribute is read; utility classes and
// encoded state can be very long.
const maxSignText = 512

// scan looks up the words of s. Words end at whatever is no ASCII letter and
// where a capital follows a small letter.
func (t *signTable) scan(s string) (found sign) {
	if len(s) > maxSignText {
		s = s[:maxSignText]
	}
	const window = 64
	for s != "" {
		read := min(len(s), window)
		letters, starts := wordsIn64(s[:read])
		for starts != 0 {
			i := bits.TrailingZeros64(starts)
			starts &= starts - 1
			n := min(bits.TrailingZeros64(^(letters >> i)), bits.TrailingZeros64(starts>>i))
			if i+n == window && len(s) > window { // it may go on
				if read = i; i == 0 {
					read = longWord(s)
				}
				break
			}
			if n < maxSignWord && t.may[slot(s[i], s[i+n-1])]>>n&1 != 0 {
				found |= t.sign(s[i : i+n])
			}
		}
		s = s[read:]
	}
	return found
}

// sign is what a word says, in whatever case.
func (t *signTable) sign(word string) sign {
	var buf [maxSignWord]byte
	for i := range len(word) {
		buf[i] = word[i] | 0x20
	}
	return t.words[string(buf[:len(word)])]
}

// wordsIn64 tells of up to 64 bytes which of them are letters, and begin words.
func wordsIn64(s string) (letters, starts uint64) {
	var capitals uint64
	for i := 0; i < len(s); i += 8 {
		var x uint64
		if i+8 <= len(s) {
			x = chars.Load8(s[i:])
		} else {
			x = chars.Tail8(s, i)
		}
		l := chars.LettersOf8(x)
		letters |= chars.Bits8(l) << i
		capitals |= chars.Bits8(l&^(x<<2)) << i // bit 5 is that of small letters
	}
	small := letters &^ capitals
	return letters, letters&^(letters<<1) | // behind what is no letter
		capitals&(small<<1) |
		small&(capitals<<1)&(capitals<<2) // behind capitals; a single one belongs to the word
}

// longWord is the length of the word that s begins with, letter by letter.
func longWord(s string) int {
	first := byte('A')
	if s[0] >= 'a' || len(s) > 1 && s[1]-'a' <= 'z'-'a' {
		first = 'a'
	}
	n := 1
	for n < len(s) && s[n]-first <= 'z'-'a' {
		n++
	}
	return n
}
