package line

import (
	"math/bits"
	"slices"
	"unicode"

	"github.com/winnowtext/winnow/clean/internal/piece"
	"github.com/winnowtext/winnow/clean/internal/rules"
	"github.com/winnowtext/winnow/clean/internal/work"
)

// sampleBytes of a text are read to tell its language.
const sampleBytes = 600

// A sample is the part of a text by which its language was told.
type sample struct {
	texts, last []string // of these lines, and of those by which it was told
	stop        uint64
	counts      listCounts
	words       rules.Words
}

// language returns the bits of the stop-word lists that fit the text best: the
// best one, and any nearly as good (Danish and Norwegian share most).
func (m *sample) language(c *work.Clock, lines []Line, s *rules.Set) uint64 {
	m.texts = m.texts[:0]
	read := 0
	for pass := 0; pass < 2 && read < sampleBytes; pass++ {
		for i := range lines {
			c.Step()
			text := lines[i].Text
			if long := len(text) >= 100; long != (pass == 0) {
				continue
			}
			text = text[:min(len(text), sampleBytes-read)]
			m.texts = append(m.texts, text)
			if read += len(text); read >= sampleBytes {
				break
			}
		}
	}
	if len(m.texts) == 0 || slices.Equal(m.texts, m.last) {
		return m.stop
	}
	m.last = append(m.last[:0], m.texts...)
	m.counts = listCounts{}
	for _, text := range m.texts {
		s.Scan(&m.words, text)
		m.counts.add(s, &m.words)
	}
	m.stop = m.counts.most()
	return m.stop
}

// forget makes the sample ready for another text.
func (m *sample) forget() {
	clear(m.texts)
	clear(m.last)
	m.texts, m.last, m.words.Text = m.texts[:0], m.last[:0], ""
}

// listCounts counts function words, by the bit of their list.
type listCounts struct {
	words  int     // all
	count  [64]int // of each list
	weight [64]int // the same; a word that stands in several lists counts less
}

// wholeWord is the weight of a word that is in one list.
const wholeWord = 12

func (c *listCounts) add(s *rules.Set, w *rules.Words) {
	all := s.StopLists()
	c.words += len(w.Tokens)
	for t := range w.Tokens {
		m := s.ListsOf(&w.Tokens[t]) & all
		if m == 0 {
			continue
		}
		weight := wholeWord / bits.OnesCount64(m)
		for ; m != 0; m &= m - 1 {
			i := bits.TrailingZeros64(m)
			c.count[i]++
			c.weight[i] += weight
		}
	}
}

// most returns the bits of the list with the most words, and of any with nearly
// as many.
func (c *listCounts) most() uint64 {
	best := 0
	for _, n := range c.count {
		best = max(best, n)
	}
	var langs uint64
	for i, n := range c.count {
		if best > 0 && n*10 >= best*9 {
			langs |= 1 << i
		}
	}
	return langs
}

// Evidence of a language that is told by its function words.
const (
	leastFunction = 3  // words
	functionShare = 10 // of so many words one is a function word, at least
)

// Language is the language of the text, as far as its script or its function words tell
// it, else "". It is known from the sample by which Clean knew the function words, and
// costs next to nothing.
func (m *Memory) Language() string {
	if len(m.lang.last) == 0 {
		return ""
	}
	lang, words := byScript(m.lang.last)
	if !words {
		return lang
	}
	c, best := &m.lang.counts, 0
	for i, w := range c.weight {
		if w > c.weight[best] {
			best = i
		}
	}
	switch {
	case lang != "":
		return lang // its letters say more than its words
	case c.count[best] >= leastFunction && c.weight[best]*functionShare >= c.words*wholeWord:
		return m.set.StopLanguage(1 << best)
	}
	return piece.LanguageOf(m.lang.last)
}

// scripts are those that one language has for itself, or nearly so.
var scripts = [...]struct {
	table *unicode.RangeTable
	lang  string
}{
	{unicode.Hiragana, "ja"}, {unicode.Katakana, "ja"}, {unicode.Han, "zh"}, {unicode.Hangul, "ko"}, {unicode.Thai, "th"}, {unicode.Hebrew, "he"},
	{unicode.Devanagari, "hi"}, {unicode.Bengali, "bn"}, {unicode.Tamil, "ta"}, {unicode.Telugu, "te"}, {unicode.Gujarati, "gu"}, {unicode.Gurmukhi, "pa"},
	{unicode.Malayalam, "ml"}, {unicode.Kannada, "kn"}, {unicode.Sinhala, "si"}, {unicode.Georgian, "ka"}, {unicode.Armenian, "hy"}, {unicode.Greek, "el"},
	{unicode.Khmer, "km"}, {unicode.Lao, "lo"}, {unicode.Myanmar, "my"}, {unicode.Ethiopic, "am"},
}

// ownLetters are letters that one of the languages of a script has for itself.
var ownLetters = map[rune]string{
	'ў': "be", 'ђ': "sr", 'ћ': "sr", 'ґ': "uk", 'ї': "uk", 'є': "uk", 'پ': "fa", 'چ': "fa", 'گ': "fa", 'ٹ': "ur", 'ڈ': "ur", 'ے': "ur",
}

// byScript tells a language by the script of texts. words says that its words may tell
// more: then lang is what letters say of it, if they say anything.
func byScript(texts []string) (lang string, words bool) {
	counts := map[string]int{}
	own := map[string]int{}
	var inScript [len(scripts)]int
	letters := 0
	for _, text := range texts {
		for _, r := range text {
			if r < 0x370 { // Latin
				if r|0x20-'a' < 26 || r >= 0xC0 {
					letters++
				}
				continue
			}
			if !unicode.IsLetter(r) {
				continue
			}
			letters++
			if l, ok := ownLetters[r]; ok {
				own[l]++
			}
			if r >= 0x400 && r < 0x530 || r >= 0x600 && r < 0x700 {
				continue // Cyrillic and Arabic are the scripts of many
			}
			for i := range scripts {
				if unicode.Is(scripts[i].table, r) {
					inScript[i]++
					break
				}
			}
		}
	}
	for i, n := range inScript {
		if n > 0 {
			counts[scripts[i].lang] += n
		}
	}
	if counts["ja"]*kanaShare >= counts["zh"] {
		counts["ja"] += counts["zh"]
		delete(counts, "zh")
	}
	for l, n := range counts {
		if n*2 > letters {
			return l, false
		}
	}
	// Urdu has the letters of Persian, too.
	for _, l := range [...]string{"be", "ur", "uk", "sr", "fa"} {
		if own[l]*ownShare >= letters && own[l] > 0 {
			return l, true
		}
	}
	return "", true
}

const (
	kanaShare = 20  // of so many characters of Chinese one of Japanese, at least
	ownShare  = 150 // of so many letters one of its own, at least
)
