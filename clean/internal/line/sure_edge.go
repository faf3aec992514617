package line

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/piece"
)

// What stands at the beginning and the end of a text: dates, rights, names, key words.

// lone reports whether piece i is the label of a button or a player on a line of its
// own between two paragraphs, where no author writes a word or two.
func (s *certainty) lone(i int) bool {
	l := &s.lines[i]
	if l.state != open || l.pending == nil || l.words > loneWords || l.ends || s.pieces[i].Count > 1 || i == 0 || i+1 == len(s.lines) || bullet(l.Text) {
		return false
	}
	switch l.pending.Kind {
	case "tools", "share", "player":
		return s.lines[i-1].sentence() && s.lines[i+1].sentence()
	}
	return false
}

// loneWords is how many words such a label has at most.
const loneWords = 3

// date reports whether piece i is a date on a line of its own below the title, or between
// what goes, for which the first piece of the text counts.
func (s *certainty) date(i int) bool {
	l := &s.lines[i]
	if l.pending == nil || l.pending.Kind != "date" || l.ends || l.words > dateWords || s.pieces[i].Count > 1 || i == 0 || strings.ContainsAny(l.Text, "|│") {
		return false
	}
	before := &s.lines[i-1]
	return before.Rule == titleRule || (before.Dropped() || i == 1) && i+1 < len(s.lines) && s.lines[i+1].Dropped()
}

const (
	dateWords = 10
	titleRule = "title.head"
)

// mailWords is how many words the address of a mailbox has at most.
const mailWords = 8

// mailAlone reports whether a text is the address of a mailbox.
func mailAlone(text string) bool {
	text = strings.TrimSpace(text)
	name, host, ok := strings.Cut(text, "@")
	return ok && name != "" && strings.Contains(host, ".") && !strings.ContainsAny(text, " \n\t/:,")
}

// times reports whether a text is the times of a player, of where it is and how long it
// is.
func times(text string) bool {
	at, of, ok := strings.Cut(strings.TrimSpace(text), "/")
	clock := func(s string) bool {
		s = strings.TrimSpace(s)
		return len(s) >= 4 && len(s) <= 8 && strings.Contains(s, ":") && strings.Trim(s, "0123456789:") == ""
	}
	return ok && clock(at) && clock(of)
}

// rightsLine reports whether a text is a sign of rights with a year and a name behind
// it, and no more.
func rightsLine(text string) bool {
	text = strings.TrimSpace(text)
	if strings.HasPrefix(text, "(c)") || strings.HasPrefix(text, "(C)") {
		text = "©" + text[len("(c)"):]
	}
	rest, ok := strings.CutPrefix(text, "©")
	if !ok || len(rest) > maxRights {
		return false
	}
	rest = strings.TrimLeft(rest, " \u00a0")
	if len(rest) < 4 || rest[:2] != "19" && rest[:2] != "20" || !digits(rest[2:4]) {
		return false
	}
	name := strings.TrimLeft(rest[4:], "0123456789–—-/,. ")
	return name == "" || nameLike(strings.NewReplacer(".", " ", ",", " ", "|", " ").Replace(name))
}

// maxRights is the longest such text, in bytes.
const maxRights = 90

// headLabel drops a label at the beginning of the text that stands at its end, too:
// both are captions, or titles.
func (s *certainty) headLabel() {
	n := len(s.lines)
	if n <= 5 || s.lines[0].Dropped() || s.lines[0].state == kept || s.pieces[0].Right != piece.Repeat && s.pieces[0].Right != piece.Silent {
		return
	}
	first := int(s.lines[0].words)
	if first < captionLeast || first > headLabelWords || s.lines[0].ends {
		return
	}
	label := folded(s.lines[0].Text)
	for i := max(1, n-headLabelReach); i < n; i++ {
		if l := &s.lines[i]; int(l.words) <= first+headLabelMore && !l.ends && !(s.same(i, i+1) && unended(s.pieces[i].Right) && !opensCapital(s.lines[i+1].Text)) && strings.Contains(folded(l.Text), label) {
			s.take(0, "caption", "caption.again")
			s.take(i, "caption", "caption.again")
		}
	}
}

// folded is a text in small letters, with one space between its words.
func folded(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), " ")
}

// footer drops what stands behind the line of rights at the end of a text: slogans,
// owners, notes.
func (s *certainty) footer() {
	for i := len(s.lines) - 1; i > 0 && i >= len(s.lines)-footerReach; i-- {
		l := &s.lines[i]
		if l.isRights() {
			before := 0
			for j := range i {
				before += int(s.lines[j].words)
			}
			if before < footerBefore {
				return
			}
			for j := i + 1; j < len(s.lines); j++ {
				s.take(j, "footer", "footer.rest")
			}
			// What stands between two lines of rights goes, too.
			for j, last := i-1, i; j > 0 && j >= i-footerReach && int(s.lines[j].words) <= footerWords; j-- {
				if s.lines[j].isRights() {
					for k := j + 1; k < last; k++ {
						s.take(k, "footer", "footer.rest")
					}
					last = j
				}
			}
			return
		}
		if int(l.words) > footerWords || quoted(l.Text) || l.state == kept {
			return
		}
	}
}

const (
	footerReach  = 8  // pieces behind the line of rights
	footerWords  = 14 // of each of them
	footerBefore = 60 // of the text before it
)

// isRights reports whether a line goes as one of rights.
func (l *Line) isRights() bool {
	return l.state == dropped && l.Cuts[0].Kind == "copyright"
}

// signature drops the name of the author on a line of its own at the end of the text,
// where nothing but sources follow.
func (s *certainty) signature() {
	last := lastLine(s.lines, len(s.lines))
	if last < 1 || last+1 >= len(s.lines) || s.pieces[last].Count > 1 || !s.lines[last-1].ends {
		return
	}
	switch s.lines[last+1].Cuts[0].Kind {
	case "credit", "contributor", "bio":
	default:
		return
	}
	l := &s.lines[last]
	if l.state == open && !l.ends && l.words >= 2 && l.words <= maxTagWords && l.caps == l.words {
		l.drop("byline", "byline.last", "classify")
	}
}

// island drops a short sentence behind the last words of a text about its author or its
// sources, where notices follow and nothing else.
func (s *certainty) island() {
	n := len(s.lines)
	after := 0
	for i := n - 1; i > 0 && i >= n-footerReach; i-- {
		if s.lines[i].Dropped() {
			after++
			continue
		}
		before := s.lines[i-1]
		if after > 0 && before.Dropped() && int(s.lines[i].words) <= footerWords && !quoted(s.lines[i].Text) {
			switch before.Cuts[0].Kind {
			case "bio", "contributor", "copyright", "newsletter", "follow", "app":
				s.take(i, before.Cuts[0].Kind, "footer.island")
			}
		}
		return
	}
}

// trailing drops the headline of another piece behind the last paragraph: title case, no
// end of a sentence, nothing behind it, in a text without headings like that.
func (s *certainty) trailing() {
	last := lastLine(s.lines, len(s.lines))
	before := lastLine(s.lines, last)
	if before < 0 || !s.lines[before].prose {
		return
	}
	l := &s.lines[last]
	text := strings.TrimSpace(l.Text)
	if s.pieces[last].Left == piece.Silent || s.pieces[last].Left == piece.Repeat {
		return // part of a sentence
	}
	if l.state != open || l.ends || l.colon() || int(l.words) < trailingLeast || int(l.words) > trailingMost || !l.titled() {
		return
	}
	if end, _ := utf8.DecodeLastRuneInString(text); !unicode.IsLetter(end) || strings.Count(text, ",") > 1 || strings.ContainsAny(text, "0123456789") {
		return
	}
	prose, seen := 0, 0
	for i := range last {
		m := &s.lines[i]
		if m.Dropped() {
			continue
		}
		if m.prose && i >= last-trailingSpan {
			prose++
		}
		if seen++; seen > 1 && m.titled() && int(m.words) >= titleLeast+1 && int(m.words) <= trailingMost {
			return
		}
	}
	if prose >= trailingProse {
		l.drop("related", "related.trailing", "classify")
	}
}

const (
	trailingLeast = 5
	trailingMost  = 16
	trailingSpan  = 8 // pieces before it that are looked at for paragraphs
	trailingProse = 3
)

// keywords drops a list of key words on the last line: names and things of which the
// text speaks, with commas between them.
func (s *certainty) keywords() {
	last := lastLine(s.lines, len(s.lines))
	if last < 1 || s.pieces[last].Count != 1 || s.lines[last].state != open || s.lines[last].ends {
		return
	}
	text := strings.Trim(s.lines[last].Text, " ,\n")
	items := strings.Split(text, ",")
	if len(items) < leastKeywords {
		return
	}
	known := 0
	var body strings.Builder
	for i := range last {
		body.WriteString(" " + folded(s.lines[i].Text))
	}
	all := body.String() + " "
	for _, item := range items {
		item = folded(item)
		if n := len(strings.Fields(item)); n == 0 || n > keywordWords {
			return
		}
		if strings.Contains(all, " "+item+" ") {
			known++
		}
	}
	if known*2 >= len(items) {
		s.lines[last].drop("tags", "tags.keywords", "classify")
	}
}
