package line

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/piece"
	"github.com/winnowtext/winnow/clean/internal/rules"
)

// Rules that are sure act in flattened text whatever the model says of their line. What
// they find takes along what belongs to it: the sentence before a credit is the
// picture's, the rest of a promo is no text of the article, a form goes from its
// question to its last field.
const (
	sureHead       = 3  // pieces at the beginning of a text, for rules with a zone
	sureTail       = 5  // pieces that are left at its end
	promoWords     = 32 // of a paragraph that a promo opens
	promoMore      = 14 // of a promo's second sentence
	captionLine    = 6  // pieces on a line that is no caption with its credit
	captionWords   = 45 // of the sentence before a credit
	captionLeast   = 4
	promoEnded     = 16 // of a promo on a line with other text that ends in a full stop
	captionFront   = 30 // of what stands before a caption on its line
	creditWords    = 14 // of a credit
	headLabelWords = 30 // of a caption or title that stands at the beginning, too
	headLabelMore  = 25 // what its second copy may have besides
	headLabelReach = 4  // pieces at the end in which that is looked for
	pollReach      = 12 // pieces from the question to the form
	pollWords      = 16 // of a question
	leastKeywords  = 6
	keywordWords   = 4
)

// certain marks what is certain of the pieces of flattened text, whatever the rest of
// the text is like.
func (m *Memory) certain(by *piece.Memory, lines []Line) {
	if len(by.Pieces()) != len(lines) {
		return // lines of somebody else
	}
	s := certainty{by, lines, by.Pieces(), m.stems[:0]}
	m.sureByPlace(lines)
	s.title()
	m.stems = s.stems
	for i := range lines {
		m.Clock.Step()
		switch l := &lines[i]; {
		case l.state == kept || l.state == trimmed && len(l.Cuts) == 0 || l.clear && l.state == open:
		case l.isSure("readmore"):
			s.promo(i)
		case l.isSure("poll"):
			s.poll(i)
		case l.state == open && s.date(i):
			l.dropBy(l.pending, "classify", noConsent)
		case l.state == open && l.words <= 8 && times(l.Text):
			l.drop("player", "player.time", "classify")
		case l.state == open && rightsLine(l.Text) && !inListing(lines, i):
			l.drop("copyright", "copyright.sign", "classify")
		case l.state == open && i >= len(lines)-sureTail && l.words <= mailWords && s.pieces[i].Count == 1 && mailAlone(l.Text):
			l.drop("byline", "byline.mail", "classify")
		case s.lone(i):
			l.dropBy(l.pending, "classify", noConsent)
		case s.credit(i):
			s.caption(i)
		case s.captioned(i):
			l.drop("caption", "caption.credit", "classify")
			s.front(i)
		}
	}
	signature(lines)
	s.trailing()
	s.headLabel()
	s.keywords()
	s.footer()
	s.shouted()
	s.island()
	s.arrows()
	s.ranks()
	s.signature()
}

// certainty knows the pieces of a text while certain looks at them.
type certainty struct {
	by     *piece.Memory
	lines  []Line
	pieces []piece.Piece
	stems  []uint32 // beginnings of words of the sentences, see title
}

// isSure reports whether a line goes by a rule of a kind that needs no consent.
func (l *Line) isSure(k rules.Kind) bool {
	return l.state == dropped && l.consent == noConsent && l.Cuts[0].Kind == k
}

// sureByPlace lets rules act that are sure in their zone, or beside what goes.
func (m *Memory) sureByPlace(lines []Line) {
	act := func(i int, where rules.Zone) {
		if l := &lines[i]; l.state == open && l.pending != nil && l.pending.Sure && l.pending.Zone&where != 0 {
			l.dropBy(l.pending, "classify", noConsent)
		}
	}
	for i := range min(sureHead, len(lines)) {
		act(i, rules.Head)
	}
	left := 0
	for i := len(lines) - 1; i >= 0 && left < sureTail; i-- {
		m.Clock.Step()
		if act(i, rules.Tail); !lines[i].Dropped() {
			left++
		}
	}
	beside := func(i, d int) {
		l := &lines[i]
		if l.state == open && l.pending != nil && l.pending.Sure && l.pending.Beside && i+d >= 0 && i+d < len(lines) && lines[i+d].Dropped() {
			l.dropBy(l.pending, "classify", noConsent)
		}
	}
	for i := range lines {
		m.Clock.Step()
		beside(i, -1)
	}
	for i := len(lines) - 1; i >= 0; i-- {
		m.Clock.Step()
		beside(i, +1)
	}
}

// take drops a piece for what stands beside it.
func (s *certainty) take(i int, kind rules.Kind, rule string) {
	if l := &s.lines[i]; l.state != kept && !l.Dropped() {
		l.drop(kind, rule, "classify")
	}
}

// same reports whether pieces i and j stand in one paragraph.
func (s *certainty) same(i, j int) bool {
	return j >= 0 && j < len(s.pieces) && s.pieces[i].Para == s.pieces[j].Para
}

// lineEnd is the first piece behind the line of piece i.
func (s *certainty) lineEnd(i int) int {
	if i >= len(s.lines) {
		return i
	}
	return i - int(s.pieces[i].Index) + int(s.pieces[i].Count)
}

// line is the first piece of the line of piece i.
func (s *certainty) line(i int) int { return i - int(s.pieces[i].Index) }

// ownLine reports whether piece i is a line, or was one before it was glued to the next.
func (s *certainty) ownLine(i int) bool {
	return s.pieces[i].Count == 1 || s.pieces[i].Right == piece.Seam || s.pieces[i].Right == piece.Hole
}

// titled reports whether most words of a line have a capital, as in headlines.
func (l *Line) titled() bool { return l.caps*4 >= l.words*3 }

// opensCapital reports whether a text opens with a capital or a sign.
func opensCapital(text string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimSpace(text))
	return unicode.IsUpper(r) || !unicode.IsLetter(r)
}

// colon reports whether a line ends with a colon.
func (l *Line) colon() bool {
	text := strings.TrimSpace(l.Text)
	return strings.HasSuffix(text, ":") || strings.HasSuffix(text, "：")
}

// opensSmall reports whether a text opens with a small letter.
func opensSmall(text string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimSpace(text))
	return unicode.IsLower(r)
}
