package line

import (
	"strings"

	"github.com/winnowtext/winnow/clean/internal/chars"
	"github.com/winnowtext/winnow/clean/internal/rules"
	"github.com/winnowtext/winnow/clean/internal/work"
)

// Tags left in a text by tools that read markup as text. embedTags are never
// part of a text once they name a source; textTags go when the line around them is
// prose, or when they stand alone beside it. Code keeps its tags: see inListing.
var (
	embedTags = tagSet("img iframe source picture svg path script style noscript ins embed object video audio amp-img")
	textTags  = tagSet("p br hr div span a strong em b i u ul ol li h1 h2 h3 h4 h5 h6 blockquote figure figcaption section article font center sup sub small")
)

// tableTags are left behind now and then, too, but say too much to be cut.
var tableTags = tagSet("table tr td th tbody thead dl dt dd nav main header footer form label button input hr s small time aside picture cite code pre")

func tagSet(names string) map[string]bool {
	set := make(map[string]bool)
	for _, n := range strings.Fields(names) {
		set[n] = true
	}
	return set
}

const (
	maxTagBytes = 4000
	// minPathParts is how many folders a real file lies in: /images/boat.png is an
	// example of a text about markup as often.
	minPathParts = 4
	// maxTagLines is how many lines with signs of markup may stand together;
	// more of them are a listing.
	maxTagLines = 3
)

var tagRule = &rules.LineRule{ID: "markup.tag", Kind: "hidden"}

// markup cuts left-over tags out of lines.
func (m *Memory) markup(lines []Line) {
	about := false
	for i := range lines {
		m.Clock.Step()
		m.Clock.Read(len(lines[i].Text))
		about = about || tagged(&lines[i]) && aboutTags(m.Clock, lines[i].Text)
	}
	var open map[string]int
	for i := 0; i < len(lines); {
		m.Clock.Step()
		if !tagged(&lines[i]) {
			i++
			continue
		}
		end := i + 1
		for end < len(lines) && (tagged(&lines[end]) || lines[end].state == dropped && end+1 < len(lines) && tagged(&lines[end+1])) {
			end++
		}
		if open == nil {
			open = map[string]int{}
		}
		listing := about || end-i > maxTagLines
		whole := i // the pieces up to there belong to a line of which closed is known
		closed := false
		for ; i < end; i++ {
			if i >= whole {
				closed, whole = closesTags(m.Clock, lines, i)
			}
			if lines[i].state != dropped {
				untag(m.Clock, lines, i, listing, closed, open)
			}
		}
	}
}

// closesTags reports whether a tag is closed on the line of piece i, or behind it, and
// where the next line begins.
func closesTags(c *work.Clock, lines []Line, i int) (closed bool, next int) {
	for next = i; next == i || next < len(lines) && lines[next].Glued; next++ {
		c.Step()
		text := lines[next].Text
		c.Read(len(text))
		closed = closed || strings.Contains(text, "</") || strings.Contains(text, "/>")
	}
	return closed, next
}

func tagged(l *Line) bool {
	return l.traits&noTags == 0 && l.Role == Plain && l.state != kept && strings.IndexByte(l.Text, '<') >= 0
}

// aboutTags reports whether a line shows that the text is about markup: it holds
// tags that no tool leaves behind, or calls one a tag.
func aboutTags(c *work.Clock, text string) bool {
	for i := strings.IndexByte(text, '<'); i >= 0; {
		c.Step()
		if name, end, _ := tag(text[i:]); end > 0 && (name == "html" || name == "body" || !embedTags[name] && !textTags[name] && !tableTags[name] || called(text[i+end:])) {
			return true
		}
		next := strings.IndexByte(text[i+1:], '<')
		if next < 0 {
			break
		}
		i += 1 + next
	}
	return false
}

// called reports whether the words behind a tag call it one: <br> tags.
func called(rest string) bool {
	rest = strings.TrimLeft(rest, "`\"'”’")
	if rest == "" || rest[0] != ' ' && rest[0] != '-' {
		return false
	}
	rest = strings.ToLower(rest[1:min(len(rest), 10)])
	return strings.HasPrefix(rest, "tag") || strings.HasPrefix(rest, "element") || strings.HasPrefix(rest, "attribut")
}

// untag cuts the tags out of line i; closed says that one is closed on its line. In a
// listing only embeds go. Ends of embeds
// go with their beginnings, which may be lines before: open counts those that were
// cut, by name.
func untag(c *work.Clock, lines []Line, i int, listing, closed bool, open map[string]int) {
	l := &lines[i]
	text := l.Text
	listing = listing || strings.ContainsAny(text, "{}") || strings.Contains(text, "<?") || inListing(lines, i)
	var cuts [][2]int
	embeds := false // among them
	for at := strings.IndexByte(text, '<'); at >= 0 && at < len(text); {
		c.Step()
		name, size, embed := tag(text[at:])
		switch {
		case !embed:
		case text[at+1] != '/':
			open[name]++
		case open[name] > 0:
			open[name]--
		default:
			embed = false
		}
		if size > 0 && (embed || !listing && textTags[name] && (closed || l.prose || size == len(text))) {
			cuts = append(cuts, [2]int{at, at + size})
			embeds = embeds || embed
			at += size
		} else {
			at++
		}
		next := strings.IndexByte(text[at:], '<')
		if next < 0 {
			break
		}
		at += next
	}
	if len(cuts) == 0 {
		return
	}
	at, left := 0, false
	for _, c := range cuts {
		left = left || !chars.BlankLine(text[at:c[0]])
		at = c[1]
	}
	if !left && chars.BlankLine(text[at:]) {
		if embeds || beside(lines, i) {
			l.drop(tagRule.Kind, tagRule.ID, "classify")
		}
		return
	}
	for _, c := range l.free(cuts) {
		l.cut(c[0], c[1], tagRule, "classify")
	}
}

// beside reports whether a paragraph, a sentence or residue stands right before or
// after line i, with no blank line between: alone, tags are a piece of code as
// likely as left over.
func beside(lines []Line, i int) bool {
	tells := func(l *Line) bool { return l.state == dropped || l.prose || l.sentence() }
	k := i
	for k > 0 && lines[k].Blank == 0 && lines[k-1].droppedTag() {
		k--
	}
	if k > 0 && lines[k].Blank == 0 && tells(&lines[k-1]) {
		return true
	}
	for k = i + 1; k < len(lines) && lines[k].Blank == 0 && lines[k].droppedTag(); k++ {
	}
	return k < len(lines) && lines[k].Blank == 0 && tells(&lines[k])
}

// droppedTag reports whether the line was dropped as nothing but tags.
func (l *Line) droppedTag() bool { return l.state == dropped && l.Cuts[0].Rule == tagRule.ID }

// free returns the pieces that no cut touches. They are in order, as cuts are.
func (l *Line) free(pieces [][2]int) [][2]int {
	if len(l.Cuts) == 0 {
		return pieces
	}
	var out [][2]int
	k := 0
	for _, p := range pieces {
		for k < len(l.Cuts) && l.Cuts[k].End <= p[0] {
			k++
		}
		if k == len(l.Cuts) || l.Cuts[k].Start >= p[1] {
			out = append(out, p)
		}
	}
	return out
}

// tag reads a tag at the start of text: its name, where it ends (0 when it is
// none), and whether it embeds something.
func tag(text string) (name string, end int, embed bool) {
	i := 1
	if i < len(text) && text[i] == '/' {
		i++
	}
	start := i
	for i < len(text) && (text[i] >= 'a' && text[i] <= 'z' || text[i] >= '0' && text[i] <= '9' || text[i] == '-') {
		i++
	}
	name = text[start:i]
	if name == "" {
		return "", 0, false
	}
	quote := byte(0)
	for ; i < len(text) && i < maxTagBytes; i++ {
		switch c := text[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			if text[i-1] == '=' {
				quote = c
			}
		case c == '<':
			return name, 0, false
		case c == '>':
			body := text[start:i]
			embed = embedTags[name] && (text[1] == '/' || strings.Contains(body, "//") || strings.Contains(body, "data:") || strings.Contains(body, "class=") || strings.Contains(body, "loading=") ||
				strings.Count(strings.TrimSuffix(body, "/"), "/") >= minPathParts)
			return name, i + 1, embed
		}
	}
	return name, 0, false
}
