package piece

import (
	_ "embed"
	"slices"
	"strings"
	"unicode/utf8"
)

// plainGap holds the ASCII characters that part words and never pieces, as far as they
// stand alone.
var plainGap = func() (t [utf8.RuneSelf]bool) {
	for _, c := range " \n-,;'/&%$+=" {
		t[c] = true
	}
	return t
}()

// borders looks at what stands between any two words of a paragraph.
func (m *Memory) borders(p *paragraph) {
	t := m.text
	at := p.from
	for k := p.firstWord; k <= p.lastWord; k++ {
		end := p.to
		if k < p.lastWord {
			w := &m.words[k]
			if w.is&number != 0 && k > p.firstWord {
				m.fileName(p, k-1)
			}
			end = int(w.from)
			if w.facts&agencyEnd != 0 {
				m.agency(p, k)
			}
			if end-at == 1 && t[at] < utf8.RuneSelf && plainGap[t[at]] {
				at = int(w.to)
				continue
			}
			if w.is&glued != 0 {
				m.cut(end, end, Seam)
			} else if w.is&address == 0 && k > p.firstWord && partsNothing(t[at:end]) {
				at = int(w.to)
				continue
			}
		}
		if end > at {
			m.gap(p, at, end, k)
		}
		if k < p.lastWord {
			at = int(m.words[k].to)
		}
	}
}

// partsNothing reports whether what stands between two words, of which the second one is no
// address, never parts pieces, as gap would find out: the most frequent gaps after those
// of plainGap.
func partsNothing(gap string) bool { return gap == ", " || gap == "’" }

// fileName looks for the name of a picture's file that ends in word k, before its number.
func (m *Memory) fileName(p *paragraph, k int) {
	for n := 1; n <= 2 && k+1-n >= p.firstWord; n++ {
		w := &m.words[k+1-n]
		h := w.hash
		if n > 1 {
			h = phraseHash(m.words[k+1-n : k+1])
		}
		if w.is&opensCapital != 0 && numbered[h] {
			m.cut(int(w.from), int(w.from), Opener)
			return
		}
	}
}

// gap looks at what stands before word k, or behind the last word.
func (m *Memory) gap(p *paragraph, from, to, k int) {
	t := m.text
	m.Clock.Spend(4 * (to - from))
	for i := from; i < to; {
		c, size := classAt(t, i)
		switch {
		case c&fullEnd != 0:
			i = m.closed(i+size, to)
			m.cut(i, i, Sentence)
			continue
		case c&stop != 0:
			i = m.sentence(p, i, to, k, from)
			continue
		case c&space != 0:
			end := skipSpace(t, i, to)
			if wide(t[i:end]) {
				m.cut(i, end, Hole)
			}
			if next, n := m.divided(p, i, end); n > 0 {
				m.cut(i, next, Hole)
			}
			i = end
			continue
		case t[i] == '<':
			if end := tagEnd(t[:to], i); end > 0 {
				i = end
				continue
			}
		case t[i] >= utf8.RuneSelf && c&opening != 0 && i == from && i+size == to:
			m.quoteGlued(p, i, k)
		case c&(closing|opening) == closing:
			m.glueBehind(i, i+size, to, k, from)
		case t[i] == '_' && strings.HasPrefix(t[i:to], "___"):
			end := i
			for end < to && t[end] == '_' {
				end++
			}
			m.cut(i, end, Hole)
			i = end
			continue
		}
		if c&label != 0 && k > p.firstWord && (i == from || i == from+1 && t[from] == ' ') {
			m.opener(p, k-1, t[i:i+size])
		}
		if c&divider != 0 && i == from && c&bullet != 0 && t[i] != '*' && k > p.firstWord && m.smallEnd(k-1, 3) {
			m.cut(i, i, Seam)
		}
		if r := t[i : i+size]; r == "©" || r == "(" && len(t) > i+2 && t[i+1]|0x20 == 'c' && t[i+2] == ')' {
			if i == p.from || i > from || m.smallEnd(k-1, 3) {
				m.cut(i, i, Opener)
			}
		}
		i += size
	}
	if strings.IndexByte(t[from:to], '(') >= 0 && k < p.lastWord && t[to]|0x20 == 'c' && to+1 < p.to && t[to+1] == ')' && t[to-1] == '(' {
		m.cut(to-1, to-1, Opener)
	}
}

// wide reports whether white space is a hole: two characters of it or a tab, on one
// line.
func wide(s string) bool {
	if s == " " || s == "\n" {
		return false // as in most cases
	}
	if strings.ContainsAny(s, "\n\r\u2028\u2029") {
		return false
	}
	return strings.IndexByte(s, '\t') >= 0 || utf8.RuneCountInString(s) > 1
}

// Signs that divide where white space stands on both sides.
var dividers = []string{">>", "***", "---", "––"}

// dividerBytes are those with which these begin.
var dividerBytes = func() (first string) {
	for _, d := range dividers {
		first += d[:1]
	}
	return first
}()

// divided tells where a divider ends that follows the white space i..end-1, white
// space included, and how long it is; 0 where none does.
func (m *Memory) divided(p *paragraph, i, end int) (next, n int) {
	t := m.text[:p.to]
	if end == len(t) {
		return 0, 0
	}
	c, size := classAt(t, end)
	switch {
	case c&divider != 0 && t[end] != '*', t[end] == 0xC2 && strings.HasPrefix(t[end:], "»"):
	case strings.IndexByte(dividerBytes, t[end]) < 0:
		return 0, 0
	default:
		size = 0
		for _, d := range dividers {
			if strings.HasPrefix(t[end:], d) {
				for size = len(d); end+size < len(t) && t[end+size] == d[len(d)-1]; size++ {
				}
				break
			}
		}
	}
	if size == 0 {
		return 0, 0
	}
	after := end + size
	if after < len(t) {
		if k, _ := classAt(t, after); k&space == 0 && c&bullet == 0 {
			return 0, 0
		}
	}
	// Not within [brackets | of a link].
	if open := strings.LastIndexByte(t[max(p.from, end-40):end], '['); open >= 0 {
		head := t[max(p.from, end-40)+open : end]
		tail := t[end:min(len(t), end+40)]
		if strings.IndexByte(head, ']') < 0 && strings.IndexByte(tail, ']') >= 0 {
			return 0, 0
		}
	}
	return skipSpace(t, after, len(t)), size
}

// quoteGlued looks for a seam before the quotation mark at byte i that opens the word k:
// it follows two small letters, and a capital follows it.
func (m *Memory) quoteGlued(p *paragraph, i, k int) {
	if k <= p.firstWord || k >= p.lastWord || m.words[k].is&opensCapital == 0 || !m.smallEnd(k-1, 2) {
		return
	}
	if !m.closesLow(i) {
		m.cut(i, i, Seam)
	}
}

// closesLow reports whether the quotation mark at byte i closes what „ opened, as in
// German.
func (m *Memory) closesLow(i int) bool {
	const reach = 400
	head := m.text[max(0, i-reach):i]
	low := strings.LastIndex(head, "„")
	return low >= 0 && strings.HasPrefix(m.text[i:], "“") && strings.LastIndex(head, "“") < low
}

// closed is where the closing signs end that follow the end of a sentence.
func (m *Memory) closed(i, to int) int {
	t := m.text
	for i < to {
		c, size := classAt(t, i)
		if c&closing == 0 {
			break
		}
		if c&opening != 0 && i+size < len(t) { // “ and " may open what follows
			if k, _ := classAt(t, i+size); k&(space|closing) == 0 && t[i] != '"' && !m.closesLow(i) {
				break
			}
		}
		i += size
	}
	return i
}

// sentence looks at the end of a sentence at byte i, and returns where to go on.
func (m *Memory) sentence(p *paragraph, i, to, k, from int) int {
	t := m.text
	end, stops := i, 0
	for end < to {
		c, size := classAt(t, end)
		if c&stop == 0 {
			break
		}
		end, stops = end+size, stops+1
	}
	single := stops == 1 && t[i] == '.'
	end = m.closed(end, to)
	if end >= p.to {
		return end
	}
	c, _ := classAt(t, end)
	if c&space == 0 {
		// Glued: two small letters, the end, and a capital or an opening sign.
		behind := k > p.firstWord && m.closings(from, i)
		switch {
		case behind && stops == 1 && (c&capital != 0 || c&opening != 0) && m.smallEnd(k-1, 2):
			m.cut(end, end, Seam)
		case behind && t[i] == '.' && isDigit(t[i-1]) && c&capital != 0 && end == to && m.smallsAfterCapital(end, p.to) >= 2:
			m.cut(end, end, Seam)
		}
		return end
	}
	next := skipSpace(t, end, p.to)
	if next >= p.to {
		return end
	}
	if c, _ = classAt(t, next); c&begins == 0 {
		return end
	}
	if single && k > p.firstWord && i == from && m.abbreviates(k-1, p, c) {
		return end
	}
	m.cut(end, end, Sentence)
	return end
}

// closings reports whether nothing but signs that close stands from byte i to byte to.
func (m *Memory) closings(i, to int) bool {
	for i < to {
		c, size := classAt(m.text, i)
		if c&closing == 0 {
			return false
		}
		i += size
	}
	return true
}

// abbreviates reports whether the full stop behind word k belongs to it: an initial,
// an abbreviation, or an ordinal number before a word.
func (m *Memory) abbreviates(k int, p *paragraph, next class) bool {
	w := &m.words[k]
	s := m.text[w.from:w.to]
	switch {
	case w.is&number != 0:
		return len(s) <= 2 && next&letter != 0
	case w.is&(ideograph|address) != 0:
		return false
	case utf8.RuneCountInString(s) == 1:
		return true
	case len(s) > maxAbbreviation:
		return false
	}
	return abbreviations[w.hash] && (len(s) <= 3 || w.is&opensCapital != 0)
}

// smallEnd reports whether a word ends in so many small letters.
func (m *Memory) smallEnd(k, n int) bool {
	if k < 0 || k >= len(m.words) {
		return false
	}
	w := &m.words[k]
	r := runBefore(m.text[w.from:w.to], int(w.to-w.from))
	return r.class == small && r.n >= n
}

func (m *Memory) smallsAfterCapital(i, to int) int {
	_, size := classAt(m.text, i)
	return countClass(m.text[i+size:to], small)
}

// glueBehind looks for a seam behind a closing bracket or quotation mark.
func (m *Memory) glueBehind(i, end, to, k, from int) {
	t := m.text
	if end != to || k == 0 || k >= len(m.words) || strings.IndexByte(")]", t[i]) < 0 {
		return
	}
	c, _ := classAt(t, end)
	if c&capital == 0 {
		return
	}
	b := from
	for b < i {
		if x, size := classAt(t, b); x&stop != 0 {
			b += size
			continue
		}
		return
	}
	if m.smallEnd(k-1, 2) || t[i] == ')' && isDigit(t[max(0, from-1)]) && m.smallsAfterCapital(end, len(t)) >= 2 {
		m.cut(end, end, Seam)
	}
}

//go:embed data/openers.txt
var openerData string

// phrases are words that open a notice, by their hashes; the value tells whether they
// do so before a colon alone; phraseStarts are the first words of them. labels are words
// that a notice consists of; the value tells whether they do so anywhere.
var phrases, labels, numbered, abbreviations, phraseStarts = readOpeners(openerData)

// maxOpener is how many words a phrase has that opens a notice; of a script without
// spaces each character is one.
const maxOpener = 6

// maxAbbreviation is the longest abbreviation, in bytes.
const maxAbbreviation = 12

// readOpeners reads lines of phrases: "open:" for those before a colon or any other
// sign, "label:" before a colon alone, "alone:" and "first:" labels before a sentence,
// anywhere and at the text's beginning, "numbered:" names of files before a number,
// "short:" abbreviations.
func readOpeners(data string) (phrases, labels, numbered, short map[uint32]bool, starts table) {
	phrases, labels, numbered, short = map[uint32]bool{}, map[uint32]bool{}, map[uint32]bool{}, map[uint32]bool{}
	starts = newTable(1 << 8)
	kind := ""
	var m Memory
	for line := range strings.Lines(data) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if strings.HasSuffix(line, ":") {
			kind = line
			continue
		}
		for phrase := range strings.SplitSeq(line, ",") {
			m.text, m.words = strings.TrimSpace(phrase), m.words[:0]
			m.scan(0, len(m.text), nil)
			h := phraseHash(m.words)
			if kind != "short:" {
				starts.put(m.words[0].hash, 0, noConcept)
			}
			switch kind {
			case "open:":
				phrases[h] = false
			case "label:":
				if _, ok := phrases[h]; !ok {
					phrases[h] = true
				}
			case "alone:", "first:":
				if len(m.words) == 1 {
					h = m.words[0].hash
				}
				labels[h] = kind == "alone:"
			case "numbered:":
				if len(m.words) == 1 {
					h = m.words[0].hash
				}
				numbered[h] = true
			case "short:":
				short[m.words[0].hash] = true
			}
		}
	}
	return phrases, labels, numbered, short, starts
}

// Constants of the hashes of phrases and pieces (FNV-1a).
const (
	hashStart = 2166136261
	hashPrime = 16777619
)

func phraseHash(words []word) uint32 {
	h := uint32(hashStart)
	for i := range words {
		h = (h ^ words[i].hash) * hashPrime
	}
	return h
}

// opener looks for words that open a notice, of which word k is the last; sign is what
// follows them.
func (m *Memory) opener(p *paragraph, k int, sign string) {
	colon := sign == ":" || sign == "："
	first := max(p.firstWord, k+1-maxOpener)
	for from := first; from <= k; from++ {
		if phraseStarts.find(m.words[from].hash) == nil || from > first && m.words[from].is&(glued|ideograph) == 0 && !m.apart(from) {
			continue
		}
		if only, ok := phrases[phraseHash(m.words[from:k+1])]; ok && (colon || !only) {
			at := m.bracketed(p, int(m.words[from].from))
			m.cut(at, at, Opener)
			return
		}
	}
	if !colon {
		return
	}
	// Up to four words in capitals: "READ MORE:".
	from := k
	for from >= p.firstWord && k-from < 4 && m.words[from].is&allCapitals != 0 && (from == k || m.near(from)) {
		from--
	}
	if from++; from <= k && m.words[k].to-m.words[k].from >= 3 {
		at := int(m.words[from].from)
		m.cut(at, at, Opener)
	}
}

// bracketed is where the bracket opens that stands before byte i, i where none does.
func (m *Memory) bracketed(p *paragraph, i int) int {
	at := trimSpace(m.text, p.from, i)
	if at > p.from && (m.text[at-1] == '(' || m.text[at-1] == '[') {
		return at - 1
	}
	return i
}

// apart reports whether white space or a sign stands before word k.
func (m *Memory) apart(k int) bool { return k == 0 || m.words[k-1].to < m.words[k].from }

// near reports whether no more than a space or an apostrophe stands behind word k.
func (m *Memory) near(k int) bool {
	if k+1 >= len(m.words) {
		return false
	}
	gap := m.text[m.words[k].to:m.words[k+1].from]
	return gap == " " || gap == "’" || gap == "'"
}

// Names that close a caption, wherever they stand, and words that tell that brackets
// hold a credit.
var (
	agencies    = []string{"AFP via Getty Images", "Getty Images", "picture alliance", "picture-alliance", "Shutterstock", "iStockphoto", "iStock", "Reuters File Photo", "AP Photo"}
	creditWords = []string{"/", "via ", "photo", "foto", "image", "reuters", "afp", "dpa", "epa", "efe", "ansa", "getty", "courtesy", "file", "archiv", "screenshot", "bild:", "credit", "handout", "фото", "ảnh", "zdj"}
)

// Longest brackets that are looked at for a credit.
const maxCredit = 140

// closers finds where credits of pictures end.
func (m *Memory) closers(p *paragraph) {
	t := m.text[:p.to]
	for i := p.from; i < p.to; {
		k := strings.IndexByte(t[i:], ')')
		if k < 0 {
			break
		}
		m.Clock.Read(k)
		i += k + 1
		head := t[max(p.from, i-1-maxCredit) : i-1]
		open := strings.LastIndexByte(head, '(')
		if open < 0 || i == p.to || strings.IndexByte(head[open:], ')') >= 0 {
			continue
		}
		if c, _ := classAt(t, i); c&(space|capital) == 0 {
			continue
		}
		if at := i - 1 - (len(head) - open); at > 0 && t[at-1] == ']' || strings.Contains(head[open:], "://") {
			continue // the address of a link
		}
		if contains(strings.ToLower(head[open+1:]), creditWords) || strings.HasSuffix(head, "AP") {
			m.cut(i, i, Opener)
		}
	}
}

// agency finds where the name of an agency ends a caption, of which word k is the last.
func (m *Memory) agency(p *paragraph, k int) {
	i := int(m.words[k].to)
	if !slices.ContainsFunc(agencies, func(name string) bool { return strings.HasSuffix(m.text[p.from:i], name) }) {
		return
	}
	next := skipSpace(m.text, i, p.to)
	if next == i || next >= p.to {
		return
	}
	if c, _ := classAt(m.text, next); c&small == 0 {
		m.cut(i, i, Opener)
	}
}

// spread makes every bit of a hash hang on all others.
func spread(h uint32) uint32 {
	h ^= h >> 15
	h *= 0x2c1b3c6d
	return h ^ h>>12
}
