package block

import (
	_ "embed"
	"strings"
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

// areaSet is a set of areas.
type areaSet uint32

// A partTable maps the hash of a token's part to areas: open addressing, so
// that a look-up costs one memory access.
type partTable [1 << partBits]struct {
	hash uint32
	set  areaSet
}

const partBits = 11

// parts are the words of the areas as they stand in tokens, labels as they
// stand in the page's text.
var parts, labels = loadParts(areaData)

func loadParts(data string) (*partTable, labelTable) {
	t, ls := new(partTable), labelTable{}
	n := area(0)
	for line := range strings.Lines(data) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		_, words, ok := strings.Cut(line, ":")
		if !ok || n == aConcealed {
			panic("areas.txt: " + line) // checked by a test; embedded data
		}
		for _, w := range strings.Fields(words) {
			h := hashStart
			for i := range len(w) {
				h = hashByte(h, w[i])
			}
			t.add(h, 1<<n)
			ls[wordHash(w)] |= 1 << n
		}
		n++
	}
	return t, ls
}

// A labelTable maps the hash of a word to areas.
type labelTable map[uint64]areaSet

func (t labelTable) find(h uint64) areaSet { return t[h] }

// labelAreas are the areas that words of a label tell something about.
var labelAreas = [...]area{aComment, aRelated, aShare, aAd, aNewsletter, aMeta, aCaption, aOverlay, aForum, aProduct,
	aTags, aWidget, aLegal, aLead}

func (t *partTable) add(h uint32, s areaSet) {
	for i := h >> (32 - partBits); ; i = (i + 1) % (1 << partBits) {
		if t[i].hash == h || t[i].set == 0 {
			t[i].hash = h
			t[i].set |= s
			return
		}
	}
}

func (t *partTable) find(h uint32) areaSet {
	for i := h >> (32 - partBits); ; i = (i + 1) % (1 << partBits) {
		if e := &t[i]; e.hash == h || e.set == 0 {
			if e.hash != h {
				return 0
			}
			return e.set
		}
	}
}

// FNV-1a, with a last multiplication folded into the table index.
const (
	hashStart uint32 = 2166136261
	hashPrime uint32 = 16777619
)

func hashByte(h uint32, c byte) uint32 { return (h ^ uint32(c)) * hashPrime }

// tokenAreas returns the areas the parts of all tokens in an attribute value
// point to, and a hash of the whole value without digits, so that numbered
// siblings have the same.
func tokenAreas(value string) (set areaSet, hash uint32) {
	hash = hashStart
	h, n := hashStart, 0
	lower := false
	for i := range len(value) {
		c := value[i]
		switch {
		case 'a' <= c && c <= 'z':
			h = hashByte(h, c)
			n++
			lower = true
			continue
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
			if !lower {
				h = hashByte(h, c)
				n++
				continue
			}
			// A camel hump opens a new part.
			set |= parts.find(h)
			hash = hashByte(hash^h, '-')
			h, n, lower = hashByte(hashStart, c), 1, false
			continue
		}
		if n > 0 {
			set |= parts.find(h)
			hash = hashByte(hash^h, '-')
			h, n = hashStart, 0
		}
		lower = false
	}
	if n > 0 {
		set |= parts.find(h)
		hash = hashByte(hash^h, '-')
	}
	return set, hash
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
