package piece

import "strings"

// calls reports whether a piece of a paragraph opens as a promo does: "See also: Headline".
func (m *Memory) calls(p *paragraph, q *Piece) bool {
	head := m.text[q.Start:min(q.End, q.Start+earlyColon)]
	return strings.Contains(head, ": ") && (q.Left == Opener || opensNotice(m.words[m.wordAt(p, q.Start):m.wordAt(p, q.End)]))
}

// promoEnds reports whether word k opens the sentence behind a promo whose last headline,
// which begins with word from, has no full stop: it is the first with a capital in it, no
// name as in "in Rome", or stands behind a quotation. Where all nouns have capitals
// nothing can be told.
func (m *Memory) promoEnds(from, k int) bool {
	const least = 2 // words of a headline
	before, w, next := &m.words[k-1], &m.words[k], &m.words[k+1]
	if k-from < least || w.is&allCapitals != 0 || next.is&opensSmall == 0 && next.is&opensCapital == 0 {
		return false
	}
	gap := strings.TrimRight(m.text[before.to:w.from], " \u00a0\n")
	if gap == "\"" || gap == "”" || gap == "»" {
		return true
	}
	if gap != "" || before.is&opensSmall == 0 || before.facts&function != 0 {
		return false
	}
	for i := from + 1; i < k; i++ {
		if m.words[i].is&(opensCapital|allCapitals) == opensCapital {
			return false
		}
	}
	return !m.nounsCapital(k)
}

// nounsCapital reports whether words around word k that no sentence opens have capitals as
// often as in a language that writes nouns so.
func (m *Memory) nounsCapital(k int) bool {
	const reach, share = 150, 8 // one of so many words
	capitals, smalls := 0, 0
	for i := max(1, k-reach); i < min(len(m.words), k+reach); i++ {
		switch w := &m.words[i]; {
		case w.is&opensSmall != 0:
			smalls++
		case w.is&(opensCapital|allCapitals) == opensCapital && m.words[i-1].is&opensSmall != 0 && m.text[w.from-1] == ' ' && m.words[i-1].to == w.from-1:
			capitals++
		}
	}
	return capitals*share > smalls
}
