package pagetype

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed data/words.txt
var wordsFile string

// A place is where words stand that say what kind of page a page is.
type place uint8

const (
	inPath place = iota
	inHost
	inClass
	inData
	inMaker
	places
)

var placeNames = [places]string{"path", "host", "class", "data", "maker"}

// A typeSet is a set of types.
type typeSet uint8

// A lexis is what is known of the words of a place. Nearly all others are turned away
// by their first letter and length before the map is asked.
type lexis struct {
	may   [32]uint32 // by the first letter, a bit per length
	words map[string]typeSet
}

// known are the types that a word speaks for, by place.
var known = sync.OnceValue(func() *[places]lexis {
	var p place
	var t Type
	all := new([places]lexis)
	for i := range all {
		all[i].words = make(map[string]typeSet)
	}
	for line := range strings.Lines(wordsFile) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			where, what, _ := strings.Cut(strings.Trim(line, "[]"), " ")
			for p = 0; placeNames[p] != where; p++ {
			}
			for t = 0; Names[t] != what; t++ {
			}
		default:
			all[p].words[line] |= 1 << t
			all[p].may[line[0]%32] |= 1 << len(line)
		}
	}
	return all
})

// maxWord is longer than any word in data/words.txt.
const maxWord = 32

// maxWords bounds the words that are looked up in one place: class names and types can
// be many.
const maxWords = 64

// count adds up the words of s that speak for each type, separators being everything
// that is no ASCII letter or digit, and returns how many words the place has, of which
// n stood before s.
func (p place) count(s string, n int, votes *[Count]uint8) int {
	l := &known()[p]
	var buf [maxWord]byte
	for i := 0; i < len(s) && n < maxWords; {
		k := 0
		for i < len(s) && isWord(s[i]) {
			if k < len(buf) {
				c := s[i]
				if c >= 'A' && c <= 'Z' {
					c |= 0x20
				}
				buf[k] = c
			}
			k++
			i++
		}
		if k == 0 {
			i++
			continue
		}
		n++
		if k >= maxWord || l.may[buf[0]%32]>>k&1 == 0 {
			continue
		}
		set := l.words[string(buf[:k])]
		for t := Type(0); set != 0; t, set = t+1, set>>1 {
			if set&1 != 0 && votes[t] < 255 {
				votes[t]++
			}
		}
	}
	return n
}

func isWord(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' }
