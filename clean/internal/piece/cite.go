package piece

import (
	"strings"

	"github.com/winnowtext/winnow/clean/internal/work"
)

// Works are cited in lists: of so many pieces on either side, so many cite one.
const (
	citedReach = 4
	citedLeast = 3
	citedWords = 40 // at either end of a piece
)

// cited reports whether piece i belongs to a list of works that are cited.
func (m *Memory) cited(i int) bool {
	before, after := 0, 0
	for j := max(0, i-citedReach); j <= min(len(m.pieces)-1, i+citedReach); j++ {
		switch {
		case !m.cites(j):
		case j < i:
			before++
		case j > i:
			after++
		default:
			before++
			after++
		}
	}
	if m.cites(i) {
		return before+after-1 >= citedLeast
	}
	return before > 0 && after > 0 && before+after >= citedLeast
}

// cites reports whether piece i says where to find a work: by a number that libraries and
// registers give, the day somebody read it, a volume and pages, or a sign before it.
func (m *Memory) cites(i int) bool {
	p := &m.pieces[i]
	text := m.text[p.Start:p.End]
	if text[0] == '^' || text[0] == '[' && item(text) {
		return true
	}
	words := m.wordsOf(i)
	for k := range words {
		if k >= citedWords && k < len(words)-citedWords {
			continue
		}
		w := &words[k]
		switch {
		case isCiting(w.hash):
			return true
		case k+1 < len(words) && (w.hash == etAl[0] && words[k+1].hash == etAl[1] || words[k+1].is&number != 0 && pageWords[w.hash]):
			return true
		case w.is&number != 0 && w.letters == 4 && k+1 < len(words) && words[k+1].is&number != 0 && m.text[w.to] == ';':
			return true // 2019;33
		}
	}
	return false
}

// citing are words that stand in citations: "retrieved" in several languages as they
// stand there.
var citing = hashes("doi isbn issn pmid pmc arxiv ssrn bibcode oclc jstor retrieved abgerufen consultado consultato consulté geraadpleegd hämtad hentet dostęp citováno проверено обращения")

var etAl = [2]uint32{hashOf("et"), hashOf("al")}

// pageWords stand before the numbers of pages and volumes.
var pageWords = hashes("pp p vol bd jg nr no iss")

func hashes(list string) map[uint32]bool {
	set := map[uint32]bool{}
	for _, w := range strings.Fields(list) {
		set[hashOf(w)] = true
	}
	return set
}

// works are the paragraphs of a text that belong to lists of cited works, and the pieces
// of those of which the line ends were lost.
type works struct {
	read   bool
	looks  []uint8 // by paragraph
	pieces []bool
}

// What a paragraph looks like where works are cited.
const (
	noWork   uint8 = iota
	longPara       // too long to be one work
	aWork
)

// Bounds of lists of works.
const (
	workWords = 90 // words of the longest work
	workReach = 3  // paragraphs on either side
	workLeast = 2  // works among them
	authors   = 14 // words in which a year follows the authors
	lostReach = 10 // pieces on either side, in a paragraph of many works
	lostLeast = 4  // of them that say where to find a work
)

// referred reports whether piece i belongs to a work in a list of them, whatever it says by
// itself. All paragraphs are read when the first one is asked for.
func (m *Memory) referred(i int) bool {
	if !m.works.read {
		m.works.read = true
		m.readWorks()
	}
	return m.works.pieces[i]
}

func (m *Memory) readWorks() {
	w := &m.works
	w.looks = work.Sized(w.looks, len(m.paras))
	w.pieces = work.Zeroed(w.pieces, len(m.pieces))
	for p := range m.paras {
		m.Clock.Step()
		w.looks[p] = m.lookOfWork(&m.paras[p])
	}
	for i := 0; i < len(m.pieces); i += int(m.pieces[i].Count) {
		m.Clock.Step()
		p, count := int(m.pieces[i].Para), int(m.pieces[i].Count)
		if w.looks[p] == longPara {
			m.readLostWorks(i, i+count)
			continue
		}
		before, after := w.near(p, -1), w.near(p, 1)
		if w.looks[p] == aWork && before+after >= workLeast || before > 0 && after > 0 && before+after > workLeast {
			for k := i; k < i+count; k++ {
				w.pieces[k] = true
			}
		}
	}
}

// near counts the works near paragraph p on one side, up to a long paragraph.
func (w *works) near(p, step int) (n int) {
	for k := 1; k <= workReach; k++ {
		q := p + k*step
		if q < 0 || q >= len(w.looks) || w.looks[q] == longPara {
			break
		}
		if w.looks[q] == aWork {
			n++
		}
	}
	return n
}

// readLostWorks marks the pieces from..to-1 of one paragraph that lie between pieces which
// say where to find a work.
func (m *Memory) readLostWorks(from, to int) {
	last, count, first := -1, 0, -1
	for i := from; i < to; i++ {
		m.Clock.Step()
		if !m.finds(m.wordsOf(i)) {
			continue
		}
		if last < 0 || i-last > lostReach {
			count, first = 0, m.workStart(from, i)
		}
		last = i
		if count++; count >= lostLeast {
			for k := i; k >= first; k-- {
				m.works.pieces[k] = true
			}
			first = i
		}
	}
}

// workStart is the piece of one paragraph with which the work may begin that piece i says
// where to find.
func (m *Memory) workStart(from, i int) int {
	const most = 3 // pieces: authors, title, place
	first := i
	for first > from && i-first < most && !m.owns[first-1].prose && m.pieces[first].Left != Seam {
		first--
	}
	return first
}

// lookOfWork is what a paragraph looks like: a work has a sign before it, is found by a
// number or the day somebody read it, or names authors and a year.
func (m *Memory) lookOfWork(p *paragraph) uint8 {
	words := m.words[p.firstWord:p.lastWord]
	if len(words) > workWords {
		return longPara
	}
	if len(words) < 2 {
		return noWork
	}
	text := m.text[p.from:p.to]
	for _, bullet := range [...]string{"- ", "* ", "• ", "– "} {
		text = strings.TrimPrefix(text, bullet)
	}
	switch {
	case strings.HasPrefix(text, "^"), strings.HasPrefix(text, "↑"):
		return aWork
	case m.finds(words):
		return aWork
	case noteNumber(text) && (m.placed(words) || m.dated(words)):
		return aWork
	case m.authored(words) && (m.placed(words) || m.dated(words)):
		return aWork
	}
	return noWork
}

// finds reports whether words say where a work is found.
func (m *Memory) finds(words []word) bool {
	for k := range words {
		if isCiting(words[k].hash) {
			return true
		}
	}
	return false
}

// isCiting reports whether a hash is that of a word of citing.
func isCiting(h uint32) bool { return citingBits[h>>6&7]>>(h&63)&1 != 0 && citing[h] }

// citingBits has a bit for each word of citing; few others share one.
var citingBits = func() (bits [8]uint64) {
	for h := range citing {
		bits[h>>6&7] |= 1 << (h & 63)
	}
	return bits
}()

// noteNumber reports whether a text opens like a note: [1], (1) or 1.
func noteNumber(text string) bool {
	n := 0
	if text != "" && (text[0] == '[' || text[0] == '(') {
		n++
	}
	first := n
	for n < len(text) && n-first < 4 && text[n] >= '0' && text[n] <= '9' {
		n++
	}
	return n > first && n < len(text) && strings.IndexByte("]).", text[n]) >= 0
}

// placed reports whether words name a volume, an issue or pages.
func (m *Memory) placed(words []word) bool {
	for k := range words {
		w := &words[k]
		if k+1 == len(words) {
			break
		}
		next := &words[k+1]
		if next.is&number != 0 && pageWords[w.hash] || w.hash == etAl[0] && next.hash == etAl[1] {
			return true
		}
		if w.is&number != 0 && next.is&number != 0 && strings.IndexByte(";:(", m.text[w.to]) >= 0 && (isYear(m.text[w.from:w.to]) || m.text[w.to] == '(') {
			return true // 2019;33 or 33(4)
		}
	}
	return false
}

// dated reports whether a year stands in brackets within the first words.
func (m *Memory) dated(words []word) bool {
	for k := range words[:min(len(words), authors)] {
		w := &words[k]
		if w.is&number != 0 && w.letters == 4 && int(w.to) < len(m.text) && m.text[w.to] == ')' && isYear(m.text[w.from:w.to]) {
			return true
		}
	}
	return false
}

// authored reports whether words open with a surname, and with initials or a comma and a
// name behind it: Orr K, or Orr, Kate.
func (m *Memory) authored(words []word) bool {
	if len(words) < 3 || words[0].is&opensCapital == 0 {
		return false
	}
	gap := m.text[words[0].to:words[1].from]
	second := &words[1]
	if second.is&opensCapital == 0 {
		return false
	}
	return gap == ", " || gap == " " && second.letters <= 3 && second.is&opensSmall == 0 && (second.letters == 1 || second.is&allCapitals != 0) && strings.IndexByte(",.", m.text[second.to]) >= 0
}
