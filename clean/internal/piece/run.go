package piece

import (
	"math/bits"
	"strings"

	"github.com/winnowtext/winnow/clean/internal/work"
)

// capitals finds runs of words in capitals: headlines and labels that stand in a line.
func (m *Memory) capitals(p *paragraph) {
	const least = 4 // words of a run
	for k := p.firstWord; k < p.lastWord; {
		if m.words[k].is&(allCapitals|number) == 0 {
			k++
			continue
		}
		from, capital := k, 0
		for k < p.lastWord && m.inRun(k) && (k == from || m.joined(k)) {
			if m.words[k].is&allCapitals != 0 {
				capital++
			}
			k++
		}
		if k-from >= least && capital*2 >= k-from {
			start, end := int(m.words[from].from), int(m.words[k-1].to)
			for end < p.to && strings.IndexByte(".,!?:&'-", m.text[end]) >= 0 {
				end++
			}
			m.cut(start, start, Capitals)
			m.cut(end, end, Capitals)
		}
		k = max(k, from+1)
	}
}

// inRun reports whether word k may belong to a run of capitals: one letter may.
func (m *Memory) inRun(k int) bool {
	w := &m.words[k]
	return w.is&(allCapitals|number) != 0 || w.is&opensCapital != 0 && w.to-w.from == 1
}

// joined reports whether words k-1 and k stand on one line with little between them.
func (m *Memory) joined(k int) bool {
	gap := m.text[m.words[k-1].to:m.words[k].from]
	return len(gap) > 0 && len(gap) <= 4 && strings.Count(gap, " ") <= 1 && !strings.ContainsAny(gap, "\t\n|")
}

// Words of a run that is looked for a second time, twice as many in scripts without
// spaces, and how often it may stand in a text: what stands oftener is a pattern of its
// own.
const (
	repeatWords = 5
	maxRepeats  = 4
)

// findRepeats finds the runs of words that stand more than once in the text.
func (m *Memory) findRepeats() {
	m.repeats = m.repeats[:0]
	n := len(m.words) - repeatWords + 1
	if n < 2 {
		return
	}
	// Each slot holds how often the runs of one hash were seen, and bits of it: two
	// that share both are rare, and a border too many does no harm.
	size := 1 << bits.Len(uint(2*n))
	m.runs = work.Zeroed(m.runs, size)
	mask := uint32(size - 1)
	const countBits = 3
	slot := func(h uint32) *uint32 {
		for i := h & mask; ; i = (i + 1) & mask {
			if s := &m.runs[i]; *s == 0 || *s>>countBits == h>>countBits {
				return s
			}
		}
	}
	again := false
	var roll rolling
	for k := range n {
		m.Clock.Step()
		h := roll.next(m.words[k:])
		s := slot(h)
		if *s == 0 {
			*s = h &^ (1<<countBits - 1)
		} else {
			again = true
		}
		if *s&(1<<countBits-1) <= maxRepeats {
			*s++
		}
	}
	if !again {
		return
	}
	from, to := -1, 0
	flush := func() {
		if from >= 0 && m.halves(from, to) >= 2*repeatWords {
			m.repeats = append(m.repeats, span{m.words[from].from, m.words[to-1].to})
		}
		from = -1
	}
	roll = rolling{}
	for k := range n {
		m.Clock.Step()
		count := *slot(roll.next(m.words[k:])) & (1<<countBits - 1)
		if count < 2 || count > maxRepeats {
			continue
		}
		if from >= 0 && k > to {
			flush()
		}
		if from < 0 {
			from = k
		}
		to = k + repeatWords
	}
	flush()
}

// halves is how many words from..to-1 are, in halves: a character of a script without
// spaces is one.
func (m *Memory) halves(from, to int) (n int) {
	for k := from; k < to && n < 2*repeatWords; k++ {
		if n++; m.words[k].is&ideograph == 0 {
			n++
		}
	}
	return n
}

// rolling is the hash of a run of words, made from that of the run one word before.
type rolling struct {
	sum, first uint64 // first: what the first word adds to it
	begun      bool
}

// next is the hash of the words that w begins with, never 0 in the bits that a slot
// keeps.
func (r *rolling) next(w []word) uint32 {
	const base = 0x9E3779B97F4A7C15
	const power = base * base % (1 << 64) * base % (1 << 64) * base % (1 << 64)
	if !r.begun {
		r.begun = true
		for i := range repeatWords {
			r.sum = r.sum*base + uint64(w[i].hash)
		}
	} else {
		r.sum = (r.sum-r.first)*base + uint64(w[repeatWords-1].hash)
	}
	r.first = uint64(w[0].hash) * power
	h := r.sum ^ r.sum>>29
	return uint32(h*base>>32) | 1<<31
}

// repeated adds the borders of repeats that lie in a paragraph, from number at on.
func (m *Memory) repeated(p *paragraph, at int) int {
	for at < len(m.repeats) && int(m.repeats[at].from) < p.to {
		r := m.repeats[at]
		k, last := m.wordAt(p, int(r.from)), m.wordAt(p, int(r.to))
		for k < last && k > p.firstWord && m.words[k].is&opensSmall != 0 && m.words[k-1].is&opensSmall != 0 {
			k++ // what was copied begins with a capital
		}
		if k < last {
			if start := int(m.words[k].from); start > p.from {
				m.cut(start, start, Repeat)
			}
		}
		end := int(r.to)
		if end >= p.to {
			return at + 1
		}
		if last < p.lastWord && m.words[last].is&opensSmall != 0 && strings.TrimSpace(m.text[end:m.words[last].from]) == "" {
			at++
			continue // and goes no further than a sentence does
		}
		for end < p.to {
			c, size := classAt(m.text, end)
			if c&(stop|closing) == 0 && m.text[end] != '/' {
				break
			}
			end += size
		}
		m.cut(end, end, Repeat)
		at++
	}
	return at
}

// Where a seam that nothing marks may lie: in a piece of so many words that follows an
// opener, opens the text, or is long.
const (
	silentAfterOpener = 4  // words
	silentFirst       = 8  // of the text's first piece
	silentLong        = 45 // of any piece
	silentClosed      = 30 // of a piece that an opener ends
	silentReach       = 3  // pieces behind an opener
	silentNotice      = 24 // of a notice that a text ran into for certain
	silentBytes       = 12 // from one such seam to the next
)

// leads parts the label of an advertisement from the sentence behind it in the pieces of
// a paragraph, and that of a button at the text's beginning.
func (m *Memory) leads(p *paragraph, first int) {
	m.whole = append(m.whole[:0], m.pieces[first:]...)
	m.pieces = m.pieces[:first]
	k := p.firstWord
	for _, q := range m.whole {
		k = m.wordFrom(p, k, q.Start)
		if n := m.label(p, &q, k); n > 0 {
			head := q
			head.End = int(m.words[k+n-1].to)
			m.pieces = append(m.pieces, head)
			q.Start, q.Left = skipSpace(m.text, head.End, q.End), Opener
		}
		m.pieces = append(m.pieces, q)
	}
}

// label is of how many words the label is that opens piece q before a sentence. k is the
// first word of the piece.
func (m *Memory) label(p *paragraph, q *Piece, k int) int {
	if k >= p.lastWord || m.words[k].is&opensSmall != 0 || phraseStarts.find(m.words[k].hash) == nil {
		return 0
	}
	n := 1
	anywhere, ok := labels[m.words[k].hash]
	if !ok && k+1 < p.lastWord {
		n = 2
		anywhere, ok = labels[phraseHash(m.words[k:k+2])]
	}
	if !ok || k+n >= p.lastWord || int(m.words[k].from) != q.Start || !anywhere && q.Start > m.paras[0].from {
		return 0
	}
	next := &m.words[k+n]
	gap := m.text[m.words[k+n-1].to:next.from]
	if int(next.to) > q.End || next.is&(opensCapital|ideograph) == 0 || polite[next.hash] || gap == "" || strings.Trim(gap, " \u00a0“\"„«") != "" {
		return 0
	}
	return n
}

// silent parts the pieces of a paragraph where a function word begins with a capital
// though no sentence ended: a headline or caption ran into the text.
func (m *Memory) silent(p *paragraph, first int) {
	m.whole = append(m.whole[:0], m.pieces[first:]...)
	m.pieces = m.pieces[:first]
	since := 9
	to := p.firstWord
	for i, q := range m.whole {
		m.Clock.Step()
		notice := false // it opens like one
		if since++; q.Left == Opener || q.Left == Repeat {
			since = 0
		}
		right := Border(Edge)
		if i+1 < len(m.whole) {
			right = m.whole[i+1].Left
		}
		from := m.wordFrom(p, to, q.Start)
		to = m.wordFrom(p, from, q.End)
		n := to - from
		if q.Left == Opener || opensNotice(m.words[from:to]) || m.slashed(from, to) {
			since, notice = 0, true
		}
		promo := since > 0 && since < silentReach && q.Left == Sentence && m.calls(p, &m.whole[i-since])
		if since < silentReach && n > silentAfterOpener || n > silentLong || i == 0 && first == 0 && n > silentFirst || right == Opener && n > silentClosed {
			for k := from + 1; k < to-1; k++ {
				w := &m.words[k]
				at := int(w.from)
				if w.is&opensCapital == 0 || at-q.Start <= silentBytes || !m.silentSeam(k, since, notice) && !(promo && m.promoEnds(from, k)) && !(notice && n > silentNotice && k-from >= repeatWords && m.sentenceOpens(k, to)) {
					continue
				}
				head := q
				head.End = trimSpace(m.text, q.Start, at)
				m.pieces = append(m.pieces, head)
				q.Start, q.Left = at, Silent
			}
		}
		m.pieces = append(m.pieces, q)
	}
}

// wordAt is the first word of a paragraph that begins at byte i or behind it.
func (m *Memory) wordAt(p *paragraph, i int) int {
	from, to := p.firstWord, p.lastWord
	for from < to {
		mid := int(uint(from+to) >> 1)
		if int(m.words[mid].from) < i {
			from = mid + 1
		} else {
			to = mid
		}
	}
	return from
}

// wordFrom is wordAt for a word that is not far behind word k.
func (m *Memory) wordFrom(p *paragraph, k, i int) int {
	for k < p.lastWord && int(m.words[k].from) < i {
		k++
	}
	return k
}

// articles begin names as well as sentences.
var articles = map[uint32]bool{}

// sentenceOpens reports whether word k opens a sentence behind a headline that has a
// capital in every word: it is a function word or stands in small letters elsewhere, and
// so do two words that follow it.
func (m *Memory) sentenceOpens(k, to int) bool {
	w := &m.words[k]
	if k+2 >= to || !(w.letters >= 6 && m.inSmall(w.hash) || w.letters > 3 && (w.facts&function != 0 || participles[w.hash])) {
		return false
	}
	a, b := &m.words[k+1], &m.words[k+2]
	return a.is&opensSmall != 0 && b.is&opensSmall != 0 && (a.facts&function == 0) != (b.facts&function == 0) && strings.TrimSpace(m.text[m.words[k-1].to:m.words[k].from]) == ""
}

// participles open sentences as function words do.
var participles = map[uint32]bool{hashOf("following"): true, hashOf("despite"): true, hashOf("according"): true, hashOf("nevertheless"): true, hashOf("meanwhile"): true}

// polite are function words that German writes with a capital in any place.
var polite = map[uint32]bool{}

// slashed reports whether the words from from on are names with a slash between them, as
// of who took a picture and for whom.
func (m *Memory) slashed(from, to int) bool {
	for k := from; k+2 < to && k-from < 4 && m.words[k].is&opensCapital != 0; k++ {
		if m.text[m.words[k].to:m.words[k+1].from] == "/" && m.words[k+1].is&opensCapital != 0 {
			return k > from
		}
	}
	return false
}

func init() {
	for _, w := range strings.Fields("sie ihr ihre ihren ihrem ihrer ihnen") {
		polite[hashOf(w)] = true
	}
	for _, w := range strings.Fields("the le la el los las il die der das les de van a o al du di da do dos von") {
		articles[hashOf(w)] = true
	}
}

// silentSeam reports whether word k may open a text that ran into the one before.
// notice says that it stands in a piece that opens like a notice: there what was seen
// in small letters begins no name, and a function word needs no such proof.
func (m *Memory) silentSeam(k, since int, notice bool) bool {
	w, before := &m.words[k], &m.words[k-1]
	gap := m.text[before.to:w.from]
	if c, _ := classBefore(m.text, int(w.from)); c&space == 0 {
		return false
	}
	head := strings.TrimRight(gap, " \u00a0\n")
	quoted := head != "" && strings.ContainsAny(head, "”\"»")
	if head != "" && !quoted && head != ")" && head != "]" {
		return false
	}
	if head == "" && before.is&(opensSmall|number) == 0 && !m.smallEnd(k-1, 1) {
		return false
	}
	if notice && before.is&opensSmall != 0 && before.facts&function == 0 && !polite[w.hash] && (w.letters > 3 && (w.facts&function != 0 || m.inSmall(w.hash)) || articles[w.hash] && m.words[k+1].is&opensSmall != 0) {
		return true
	}
	if !m.inSmall(w.hash) || head == "" && before.is&opensSmall != 0 && before.facts&function != 0 {
		return false // no sentence ends in a function word
	}
	if !(quoted && since < silentReach) && w.facts&function == 0 {
		return false
	}
	if next := &m.words[k+1]; articles[w.hash] && next.is&opensCapital != 0 && before.is&opensSmall == 0 {
		return false
	}
	return true
}
