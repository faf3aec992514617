package piece

import (
	_ "embed"
	"math/bits"
	"strings"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/chars"
	"github.com/winnowtext/winnow/clean/internal/words"
	"github.com/winnowtext/winnow/clean/internal/work"
)

// A word is a run of letters and digits, one character of a script without spaces, or
// a whole address.
type word struct {
	from, to int32
	hash     uint32 // of its letters in lower case, digits as 0
	stem     uint32 // the same of its first five letters, 0 where there are no more
	letters  uint8  // and digits, up to 255
	is       traits
	facts    facts
	about    concept
}

// traits of a word.
type traits uint8

const (
	opensSmall   traits = 1 << iota // it begins with a small letter
	opensCapital                    // it begins with a capital
	allCapitals                     // two letters or more, none of them small
	number                          // digits alone
	ideograph                       // a character of a script without spaces
	address                         // of a page or a mailbox
	glued                           // a seam parts it from the word before
)

// Letters of the beginnings of words that are hashed, too: those by which stems are
// found, and those by which longer words are taken for one.
const (
	headLetters = 4
	stemLetters = 5
)

// A spelling is a word in small letters, digits as 0.
type spelling struct {
	bytes      []byte
	head, stem int // bytes of its first letters, 0 where there are no more
	letters    int
}

// add adds a character of a class.
func (w *spelling) add(r rune, c class) {
	switch w.letters {
	case headLetters:
		w.head = len(w.bytes)
	case stemLetters:
		w.stem = len(w.bytes)
	}
	switch {
	case c&digit != 0:
		r = '0'
	case c&capital != 0:
		r = lower(r)
	}
	if r < utf8.RuneSelf {
		w.bytes = append(w.bytes, byte(r))
	} else {
		w.bytes = utf8.AppendRune(w.bytes, r)
	}
	w.letters++
}

// spell is the spelling of a word, in the memory of a buffer.
func spell(buffer []byte, s string) spelling {
	w := spelling{bytes: buffer[:0]}
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = decode(s, i)
		}
		w.add(r, classOf(r))
		i += size
	}
	return w
}

func hashOf(s string) uint32 { return hashBytes(spell(nil, s).bytes) }

func hashBytes(b []byte) uint32 { return uint32(words.Hash(b)) }

// scan appends the words of the text from byte from to byte to. again may be nil.
func (m *Memory) scan(from, to int, again *again) {
	t, first := m.text, len(m.words)
	for i := from; i < to; {
		if again != nil {
			if i = again.words(m, i, to, first); i >= to {
				break
			}
		}
		c, size := classAt(t[:to], i)
		switch {
		case c&ideo != 0:
			m.word(word{from: int32(i), to: int32(i + size), hash: uint32(words.Hash(t[i : i+size])), letters: 1, is: ideograph}, 0)
		case c&(letter|digit) != 0:
			size = m.run(i, to)
		case t[i] == '<':
			if end := tagEnd(t[:to], i); end > 0 {
				size = end - i
			}
		case t[i] == '@':
			size = m.mail(i, from, to, first)
		case t[i] == ']' && i+1 < to && t[i+1] == '(':
			if end := target(t[:to], i+1); end > 0 {
				m.word(word{from: int32(i + 1), to: int32(end), hash: urlHash, is: address}, 0)
				size = end - i
			}
		}
		i += size
	}
}

// Hashes of all addresses.
var urlHash, mailHash = hashOf("url"), hashOf("mail")

// word appends a word with all that is known of it; head is the hash of its first
// letters, 0 where there are no more.
func (m *Memory) word(w word, head uint32) {
	added := m.newWord()
	*added = w
	m.know(added, head)
}

// newWord appends a word that is to be filled.
func (m *Memory) newWord() *word {
	n := len(m.words)
	if n == cap(m.words) {
		m.words = work.Grow(m.Clock, m.words)
	}
	m.words = m.words[:n+1]
	return &m.words[n]
}

// know fills what is known of a word whatever stands around it; head as in word.
func (m *Memory) know(w *word, head uint32) {
	w.facts, w.about = lexicon.of(w, head, m.text)
	if w.hasMeaning() {
		w.facts |= meaning
	}
	m.seeSmall(w)
}

// seeSmall notes a word that begins with a small letter.
func (m *Memory) seeSmall(w *word) {
	if w.is&opensSmall != 0 {
		m.lower[w.hash>>6&63] |= 1 << (w.hash & 63)
	}
}

// inSmall reports whether a word of that hash was most likely seen to begin with a
// small letter.
func (m *Memory) inSmall(hash uint32) bool { return m.lower[hash>>6&63]>>(hash&63)&1 != 0 }

// run reads the letters and digits from byte i on, and returns how many bytes they are.
func (m *Memory) run(i, to int) int {
	if n := m.asciiWord(i, to); n > 0 {
		return n
	}
	t := m.text[:to]
	end := i
	var all, first, before class
	mixed := false // something in it may be a seam
	letters := 0
	w := spelling{bytes: m.buffer[:0]}
	for end < to {
		r, size := rune(t[end]), 1
		if r >= utf8.RuneSelf {
			r, size = decode(t, end)
		}
		c := classOf(r)
		if c&(letter|digit|mark) == 0 {
			break
		}
		if first == 0 {
			first = c
		}
		if c&capital != 0 && before&(small|digit) != 0 || c&small != 0 && before&capital != 0 && letters > 1 {
			mixed = true
		}
		if c&letter != 0 {
			letters++
		}
		w.add(r, c)
		all |= c
		before = c
		end += size
	}
	m.buffer = w.bytes
	if n := addressEnd(t, i, end); n > 0 {
		m.word(word{from: int32(i), to: int32(n), hash: urlHash, is: address}, 0)
		return n - i
	}
	if mixed && !isCamel(t[i:end]) && m.parts(i, end) {
		return end - i
	}
	var is traits
	switch {
	case first&small != 0:
		is = opensSmall
	case first&capital != 0:
		is = opensCapital
		if letters > 1 && all&small == 0 {
			is |= allCapitals
		}
	case all&letter == 0:
		is = number
	}
	m.spelled(i, end, is, &w)
	return end - i
}

// spelled adds the word from..to-1, which is spelled like that.
func (m *Memory) spelled(from, to int, is traits, s *spelling) {
	w := word{from: int32(from), to: int32(to), hash: hashBytes(s.bytes), letters: uint8(min(s.letters, 255)), is: is}
	head := uint32(0)
	if s.head > 0 {
		head = hashBytes(s.bytes[:s.head])
	}
	if s.stem > 0 {
		w.stem = hashBytes(s.bytes[:s.stem])
	}
	m.word(w, head)
}

// asciiWord reads a word of ASCII letters at byte i, eight of them at a time, and
// returns how many they are; 0 where the word is of other letters, too, may be an
// address or holds capitals behind small letters.
func (m *Memory) asciiWord(i, to int) int {
	t := m.text
	if i+8 > len(t) {
		return 0
	}
	x := chars.Load8(t[i:])
	n := chars.Letters8(x)
	upper := bits.OnesCount64(^x & chars.CaseBits & (1<<(8*uint(n)) - 1))
	for n&7 == 0 && n > 0 {
		if i+n+8 > len(t) {
			return 0
		}
		y := chars.Load8(t[i+n:])
		k := chars.Letters8(y)
		if k == 0 {
			break
		}
		upper += bits.OnesCount64(^y & chars.CaseBits & (1<<(8*uint(k)) - 1))
		n += k
	}
	if n == 0 || i+n >= to {
		return 0
	}
	switch c := t[i+n]; {
	case c >= utf8.RuneSelf:
		if k, _ := classAt(t, i+n); k&(letter|digit|mark) != 0 {
			return 0
		}
	case isDigit(c), n <= 5 && (c == '.' || c == ':'):
		return 0
	}
	is := opensSmall
	switch first := t[i]&0x20 == 0; {
	case upper == n && n > 1:
		is = opensCapital | allCapitals
	case upper == 1 && first:
		is = opensCapital
	case upper > 0:
		return 0
	}
	w := m.newWord() // filled in place: most words are read here
	w.from, w.to, w.letters, w.is, w.stem = int32(i), int32(i+n), uint8(min(n, 255)), is, 0
	if n <= 8 {
		w.hash = uint32(words.HashFew(x, n))
	} else {
		w.hash = uint32(words.HashASCII(t, i, n))
	}
	head := uint32(0)
	if n > headLetters {
		head = uint32(words.HashFew(x, headLetters))
	}
	if n > stemLetters {
		w.stem = uint32(words.HashFew(x, stemLetters))
	}
	m.know(w, head)
	return n
}

// parts adds what a run of letters and digits is made of where texts were glued
// together in it, and reports whether they were.
func (m *Memory) parts(from, to int) bool {
	t := m.text
	found := false
	start := from
	n := len(m.words)
	shouted := n > 0 && m.words[n-1].is&allCapitals != 0 && from-int(m.words[n-1].to) == 1
	for i := from; i < to; {
		c, size := classAt(t[:to], i)
		if i > start && c&capital != 0 && isSeam(t[from:to], i-from, shouted) && !(i > 1 && isDigit(t[i-1]) && start > 0 && (t[start-1] == '-' || t[start-1] == '/')) {
			m.part(start, i, found)
			start, found = i, true
		}
		i += size
	}
	if found {
		m.part(start, to, true)
	}
	return found
}

func (m *Memory) part(from, to int, behind bool) {
	s := m.text[from:to]
	first, size := classAt(s, 0)
	var is traits
	switch {
	case first&small != 0:
		is = opensSmall
	case first&capital != 0:
		is = opensCapital
		if len(s) > size && strings.ToUpper(s) == s {
			is |= allCapitals
		}
	case first&digit != 0:
		is = number
	}
	if behind {
		is |= glued
	}
	w := spell(m.buffer, s)
	m.buffer = w.bytes
	m.spelled(from, to, is, &w)
}

// isSeam reports whether the capital at byte i of a run begins a text that was glued
// to another one. shouted says that the word before the run is all in capitals.
func isSeam(s string, i int, shouted bool) bool {
	before, after := runBefore(s, i), i
	_, size := classAt(s, i)
	smalls := countClass(s[i+size:], small)
	switch before.class {
	case small:
		if before.n < 2 {
			return false
		}
		if smalls == 1 && before.n >= 3 && i+size+1 == len(s) && lexicon.isFunction(hashOf(s[i:])) {
			return true // inlandBy
		}
		capitals := countClass(s[after:], capital)
		return smalls >= 2 || capitals >= 3 && allClass(s[i:], capital)
	case digit:
		return smalls >= 3 || before.n == 4 && smalls >= 2 // a year
	case capital:
		if i == 2 && smalls >= 1 && (s[:i] == "AM" || s[:i] == "PM") {
			return true // 10:15 AMShare
		}
		return (before.n >= 4 || before.n == 3 && shouted) && smalls >= 3
	}
	return false
}

type classRun struct {
	class class
	n     int
}

// runBefore is the class of the character before byte i, and how many of it there are
// in a row, up to four.
func runBefore(s string, i int) (r classRun) {
	for i > 0 && r.n < 4 {
		c, size := classBefore(s, i)
		c &= small | capital | digit
		if r.n == 0 {
			r.class = c
		}
		if c == 0 || c != r.class {
			break
		}
		r.n++
		i -= size
	}
	return r
}

// countClass is how many characters of a class s begins with, up to four.
func countClass(s string, c class) (n int) {
	for i := 0; i < len(s) && n < 4; n++ {
		k, size := classAt(s, i)
		if k&c == 0 {
			break
		}
		i += size
	}
	return n
}

func allClass(s string, c class) bool {
	for i := 0; i < len(s); {
		k, size := classAt(s, i)
		if k&c == 0 {
			return false
		}
		i += size
	}
	return true
}

//go:embed data/camel.txt
var camelData string

// camel holds names that are written with capitals within, in small letters.
var camel = func() map[string]bool {
	m := map[string]bool{}
	for name := range strings.FieldsSeq(camelData) {
		m[strings.ToLower(name)] = true
	}
	return m
}()

// camelStarts are beginnings of family names that a capital follows.
var camelStarts = []string{"Mc", "Mac", "De", "Di", "Du", "Le", "La", "Van", "Von", "Fitz", "O", "St"}

// isCamel reports whether a word is a name that is written with a capital within.
func isCamel(s string) bool {
	for _, start := range camelStarts {
		if rest, ok := strings.CutPrefix(s, start); ok && rest != "" {
			if c, size := classAt(rest, 0); c&capital != 0 && len(rest) > size && allClass(rest[size:], small|mark) {
				return true
			}
		}
	}
	return len(s) < 32 && camel[strings.ToLower(s)]
}

// addressEnd is where the address ends that begins with the word from..to-1, 0 when
// none does.
func addressEnd(t string, from, to int) int {
	switch to - from {
	case 3:
		if !strings.EqualFold(t[from:to], "www") || !strings.HasPrefix(t[to:], ".") {
			return 0
		}
	case 4, 5:
		if t[from]|0x20 != 'h' || !strings.HasPrefix(t[to:], "://") {
			return 0
		}
	default:
		return 0
	}
	end := to
	for end < len(t) {
		c, size := classAt(t, end)
		if c&(space|ideo) != 0 || strings.IndexByte("<>[]\"", t[end]) >= 0 || c&fullEnd != 0 {
			break
		}
		end += size
	}
	for end > to {
		c, size := classBefore(t, end)
		if c&(stop|closing|label) == 0 && t[end-1] != ',' && t[end-1] != ';' {
			break
		}
		end -= size
	}
	return end
}

// maxTarget bounds the address of a Markdown link, in bytes.
const maxTarget = 2000

// target is where the address of a Markdown link ends that begins at byte i, 0 when
// none does.
func target(t string, i int) int {
	depth := 0
	for k := i; k < len(t) && k-i < maxTarget; k++ {
		switch c := t[k]; {
		case c == '(':
			depth++
		case c == ')':
			if depth--; depth == 0 {
				return k + 1
			}
		case c <= ' ':
			return 0
		}
	}
	return 0
}

// maxTag bounds a tag, in bytes.
const maxTag = 2000

// tagEnd is where the tag ends that begins with the < at byte i, 0 when none does:
// a name, and attributes, of which one has a value.
func tagEnd(t string, i int) int {
	k := i + 1
	if k < len(t) && t[k] == '/' {
		k++
	}
	name := k
	for k < len(t) && t[k] < utf8.RuneSelf && ascii[t[k]]&(letter|digit) != 0 {
		k++
	}
	if k == name || k == len(t) || ascii[t[name]&0x7F]&letter == 0 || strings.IndexByte("> /", t[k]) < 0 {
		return 0
	}
	end := strings.IndexAny(t[k:min(len(t), k+maxTag)], "<>")
	if end < 0 || t[k+end] == '<' {
		return 0
	}
	if inner := strings.Trim(t[k:k+end], " /"); inner != "" && strings.IndexByte(inner, '=') < 0 {
		return 0
	}
	return k + end + 1
}

// mail joins what stands around the @ at byte i to one address, where it is one, and
// returns how many bytes are done.
func (m *Memory) mail(i, from, to, first int) int {
	t := m.text[:to]
	end := i + 1
	for end < to && (ascii[t[end]&0x7F]&(letter|digit) != 0 && t[end] < utf8.RuneSelf || t[end] == '.' || t[end] == '-') {
		if t[end] == '.' && end+2 < to && ascii[t[end-1]&0x7F]&small != 0 && ascii[t[end+1]&0x7F]&capital != 0 && ascii[t[end+2]&0x7F]&small != 0 {
			break // a sentence glued to it
		}
		end++
	}
	for end > i && !(t[end-1] < utf8.RuneSelf && ascii[t[end-1]]&(letter|digit) != 0) {
		end--
	}
	start := i
	for start > from && t[start-1] < utf8.RuneSelf && (ascii[t[start-1]]&(letter|digit) != 0 || strings.IndexByte(".+-_", t[start-1]) >= 0) {
		start--
	}
	if end <= i+1 || start == i || strings.IndexByte(t[i:end], '.') < 0 {
		return 1
	}
	for len(m.words) > first && int(m.words[len(m.words)-1].from) >= start {
		m.words = m.words[:len(m.words)-1]
	}
	if n := len(m.words); n > first && int(m.words[n-1].to) > start {
		start = int(m.words[n-1].to) // what lies before it was glued to it
	}
	m.word(word{from: int32(start), to: int32(end), hash: mailHash, is: address}, 0)
	return end - i
}
