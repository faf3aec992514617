package line

import "github.com/winnowtext/winnow/clean/internal/piece"

// between drops a piece between two that go, of which the model is less sure: a notice is
// seldom broken by one sentence of the article, unless that is a paragraph.
func (m *Memory) between(by *piece.Memory, lines []Line, odds []float32) {
	limit := min(m.model.limit, betweenOdds)
	for i := 1; i+1 < len(lines); i++ {
		m.Clock.Step()
		l := &lines[i]
		if l.state != open && l.state != trimmed || odds[i] <= limit || !lines[i-1].says() || !lines[i+1].says() {
			continue
		}
		if d := by.Doubt(i); d != piece.None && d != piece.Among || by.InTable(i) || l.reports() || m.listed(by, lines, i) {
			continue
		}
		l.dropAs(m.guess(by, lines, i), odds[i])
		l.between = true
		i++ // one piece, not the one behind it
	}
}

// says reports whether a line goes that says something of what stands beside it: markup
// does not, and advertisements stand within any article.
func (l *Line) says() bool {
	return l.Dropped() && l.Cuts[0].Kind != "hidden" && l.Cuts[0].Kind != "ad"
}

var betweenOdds = logit(betweenDoubt)
