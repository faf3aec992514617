package verdict

import (
	"bytes"
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/chars"
)

//go:embed data/walls.txt
var file string

// A kind is a kind of wall.
type kind uint8

const (
	challenge kind = iota
	denied
	failed
	login
	age
	geo
	maintenance
	consent
	search
	thanks
	script
	adblock
	paywall
	kinds
)

var kindNames = [kinds]string{"challenge", "denied", "error", "login", "age", "geo", "maintenance", "consent", "search", "thanks", "script", "adblock", "paywall"}

// A phrase is words of which "*" stands for up to maxGap others.
type phrase struct {
	words []string
	kind  kind
}

const maxGap = 3

// phrases are those of data/walls.txt.
type phrases struct {
	first map[string][]phrase // by their first word
	may   [1024]uint32        // by first and last byte of those words, a bit per length
	wide  map[rune][]phrase   // of scripts without blanks: one "word", by their first character
	lead  [1024]bool          // by the end of those characters' codes
}

// slot places a word in phrases.may.
func slot[T string | []byte](w T) int { return int(w[0]&31)<<5 | int(w[len(w)-1]&31) }

var known = sync.OnceValue(func() *phrases {
	ps := &phrases{first: make(map[string][]phrase), wide: make(map[rune][]phrase)}
	var k kind
	for line := range strings.Lines(file) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			for k = 0; kindNames[k] != strings.Trim(line, "[]"); k++ {
			}
		case isWide(line):
			r, _ := utf8.DecodeRuneInString(line)
			ps.wide[r] = append(ps.wide[r], phrase{[]string{line}, k})
			ps.lead[r%1024] = true
		default:
			p := phrase{strings.Fields(line), k}
			for i, w := range p.words {
				if w != "*" {
					p.words[i] = chars.Fold(w)
				}
			}
			w := p.words[0]
			ps.first[w] = append(ps.first[w], p)
			ps.may[slot(w)] |= 1 << (len(w) % 32)
		}
	}
	return ps
})

// isWide reports whether a text has characters of a script without blanks.
func isWide(s string) bool {
	for _, r := range s {
		if r >= 0x3040 && r < 0xA000 {
			return true
		}
	}
	return false
}

// find counts the phrases of each kind in a text.
func find(text string) (hits [kinds]uint8) {
	add := func(k kind) {
		if hits[k] < 255 {
			hits[k]++
		}
	}
	ps := known()
	var room [512]byte
	key := chars.AppendFold(room[:0], text, true)
	var list []string // the words, made when there is something to compare
	skip := 0
	for i, at := 0, 0; at < len(key); i++ {
		word := key[at:]
		if end := bytes.IndexByte(word, ' '); end >= 0 {
			word = word[:end]
		}
		at += len(word) + 1
		if skip > 0 {
			skip-- // a phrase within another one says the same
			continue
		}
		if ps.may[slot(word)]>>(len(word)%32)&1 == 0 {
			continue
		}
		begun := ps.first[string(word)]
		if len(begun) == 0 {
			continue
		}
		if list == nil {
			list = strings.Fields(string(key))
		}
		longest := 1
		for _, p := range begun {
			if n := p.at(list[i:]); n > 0 {
				add(p.kind)
				longest = max(longest, n)
			}
		}
		skip = longest - 1
	}
	if isWide(text) {
		low := lower(text)
		var found []*phrase // each counts once
		for i, r := range low {
			if !ps.lead[r%1024] {
				continue
			}
			begun := ps.wide[r]
			for k := range begun {
				if p := &begun[k]; strings.HasPrefix(low[i:], p.words[0]) && !slices.Contains(found, p) {
					add(p.kind)
					found = append(found, p)
				}
			}
		}
	}
	return hits
}

// lower is a text in small letters; most characters of scripts without blanks have none.
func lower(s string) string {
	b := make([]byte, 0, len(s))
	for i, r := range s {
		if r >= 0x3000 && r < 0xA000 {
			b = append(b, s[i:i+3]...)
		} else {
			b = utf8.AppendRune(b, unicode.ToLower(r))
		}
	}
	return string(b)
}

// at is how many words of a text its beginning, which has the phrase's first word, takes
// of the phrase; 0 when it is another one.
func (p *phrase) at(text []string) int {
	n := 1
	for k := 1; k < len(p.words); k++ {
		w := p.words[k]
		if w == "*" {
			k++
			w = p.words[k]
			for gap := 0; gap < maxGap && n < len(text) && text[n] != w; gap++ {
				n++
			}
		}
		if n >= len(text) || text[n] != w {
			return 0
		}
		n++
	}
	return n
}

// firstWord is the first word of a text, folded.
func firstWord(text string) string {
	word, _, _ := strings.Cut(chars.Fold(text), " ")
	return word
}
