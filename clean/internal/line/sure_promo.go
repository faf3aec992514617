package line

import (
	"strconv"
	"strings"

	"github.com/winnowtext/winnow/clean/internal/piece"
)

// Promos of other pieces, lists of them, polls.

// promo takes the rest of a promo: its paragraph, where that is short and no sentence,
// the headline behind a label that stands alone, and a second sentence that runs into
// the text behind it.
func (s *certainty) promo(i int) {
	n, end := 0, i
	for j := i; s.same(i, j); j++ {
		n += s.by.Words(j)
		end = j
	}
	if s.lines[i].stopsFull() && s.pieces[i].Count > 1 && s.by.Words(i) > promoEnded {
		s.lines[i].restore() // the text may have run into the headline
		return
	}
	alone := s.pieces[i].Index == 0
	if alone && s.pieces[i].Count == 1 && s.lines[i].colon() {
		if j := i + 1; j < len(s.lines) && s.lines[j].Blank == 0 && !s.lines[j].stopsFull() {
			s.promoLine(j)
		}
		return
	}
	if alone && n <= promoWords && !s.lines[end].stopsFull() {
		for j := i + 1; j <= end; j++ {
			s.take(j, "readmore", "readmore.rest")
		}
		return
	}
	for j := i + 1; s.same(i, j); j++ {
		p := &s.pieces[j]
		bare := j == i+1 && s.lines[i].colon()
		more := p.Right == piece.Silent && (p.Left == piece.Sentence || p.Left == piece.Silent)
		if s.same(i, j+1) && s.lines[j+1].isSure("readmore") {
			more = true // between two of them
		}
		if !bare && !more || s.by.Words(j) > promoMore && !bare || s.by.Words(j) > promoWords || s.lines[j].stopsFull() {
			return
		}
		s.take(j, "readmore", "readmore.rest")
	}
}

// promoLine takes the line that begins with piece i, the headline below a label.
func (s *certainty) promoLine(i int) {
	n, end := 0, i
	for j := i; s.same(i, j); j++ {
		n += s.by.Words(j)
		end = j
	}
	if n > promoWords || s.lines[end].stopsFull() {
		return
	}
	for j := i; j <= end; j++ {
		s.take(j, "readmore", "readmore.rest")
	}
}

// stopsFull reports whether the line ends in a full stop, as headlines do not.
func (l *Line) stopsFull() bool {
	text := strings.TrimRightFunc(l.Text, closes)
	return strings.HasSuffix(text, ".") || strings.HasSuffix(text, "。")
}

// poll takes what stands between the call to a poll and the last field of its form.
func (s *certainty) poll(i int) {
	last, sentences := -1, 0
	for j := i + 1; j < len(s.lines) && j <= i+pollReach; j++ {
		l := &s.lines[j]
		if l.Dropped() {
			switch l.Cuts[0].Kind {
			case "poll", "newsletter", "cookie", "legal":
				last = j
			}
			continue
		}
		if l.stopsFull() || l.state == kept {
			if sentences++; sentences > 1 {
				break
			}
		}
	}
	for j := i + 1; j < last; j++ {
		if l := &s.lines[j]; !l.stopsFull() && int(l.words) <= pollWords {
			s.take(j, "poll", "poll.field")
		}
	}
}

// shouted drops the headlines in capitals that stand between the sentences of a line
// where a notice does so, too: the page sets its links like that.
func (s *certainty) shouted() {
	for i := range s.lines {
		l := &s.lines[i]
		if l.state != dropped || l.consent != noConsent || l.words < shoutedWords || l.uppers*2 <= l.words || s.pieces[i].Count < 3 {
			continue
		}
		switch l.Cuts[0].Kind {
		case "app", "follow", "newsletter":
		default:
			continue
		}
		for j := range s.lines {
			m := &s.lines[j]
			if s.same(i, j) && m.state == open && m.words >= shoutedWords && int(m.words) <= promoWords && m.uppers*10 >= m.words*9 && !m.stopsFull() {
				s.take(j, "readmore", "readmore.shouted")
			}
		}
		return
	}
}

// shoutedWords is how many words a headline in capitals has at least.
const shoutedWords = 4

// arrows drops the lines at the end of a text that open with an arrow, where there are
// some: links to other pieces.
func (s *certainty) arrows() {
	n := 0
	first := len(s.lines)
	for i := len(s.lines) - 1; i > 0; i-- {
		if l := &s.lines[i]; l.Dropped() {
			continue
		} else if l.state != open || s.pieces[i].Count > arrowPieces {
			break
		}
		start := s.line(i)
		if text := strings.TrimSpace(s.lines[start].Text); !strings.HasPrefix(text, "→") && !strings.HasPrefix(text, "▶") && !strings.HasPrefix(text, "☞") {
			break
		}
		n++
		first, i = start, start
	}
	for i := first; i < len(s.lines) && n >= arrowLines; i++ {
		s.take(i, "related", "related.arrows")
	}
}

const (
	arrowLines  = 3
	arrowPieces = 6 // of such a line
)

// ranks drops lists of what is read most: below a heading of such lists a number on each
// line, and a headline below it.
func (s *certainty) ranks() {
	for i := 1; i < len(s.lines); i++ {
		if strings.TrimSpace(s.lines[i].Text) != "1" || s.pieces[i].Count > 1 {
			continue
		}
		head := &s.lines[i-1]
		if !(head.Dropped() && head.Cuts[0].Kind == "related" || head.pending != nil && head.pending.Kind == "related") {
			continue
		}
		n, at := 0, i
		for at+1 < len(s.lines) && strings.TrimSpace(s.lines[at].Text) == strconv.Itoa(n+1) && s.lines[at+1].words >= rankLeast && int(s.lines[at+1].words) <= trailingMost && s.pieces[at+1].Index == 0 {
			n++
			at = s.lineEnd(at + 1)
		}
		if n < rankLines {
			continue
		}
		for k := i - 1; k < at; k++ {
			s.take(k, "related", "related.ranks")
		}
		i = at
	}
}

const (
	rankLines = 3
	rankLeast = 3 // words of a headline
)
