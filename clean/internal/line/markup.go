package line

import (
	"context"
	"slices"
	"strings"

	"github.com/winnowtext/winnow/clean/internal/rules"
)

// Tags left in a text by tools that read markup as text. embedTags are never
// part of a text once they name a source; textTags go when the line around
// them is prose or nothing else. Code keeps its tags: see codeRun.
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
	// tagSteps is how many bytes could be read in the time of a tag.
	tagSteps = 1000
	// minPathParts is how many folders a real file lies in: /images/boat.png is an
	// example of a text about markup as often.
	minPathParts = 4
	// maxTagLines is how many lines with signs of markup may stand together;
	// more of them are a listing.
	maxTagLines = 3
)

var tagRule = &rules.LineRule{ID: "markup.tag", Kind: "hidden"}

// markup cuts left-over tags out of lines.
func markup(ctx context.Context, lines []Line) {
	about := false
	p := &pace{ctx: ctx}
	for i := range lines {
		if p.ended(len(lines[i].Text)) {
			return
		}
		about = about || tagged(&lines[i]) && aboutTags(p, lines[i].Text)
	}
	for i := 0; i < len(lines); {
		if p.ended(len(lines[i].Text)) {
			return
		}
		if !tagged(&lines[i]) {
			i++
			continue
		}
		end := i + 1
		for end < len(lines) && (tagged(&lines[end]) || lines[end].state == dropped && end+1 < len(lines) && tagged(&lines[end+1])) {
			end++
		}
		code := about || end-i > maxTagLines
		for ; i < end; i++ {
			if p.ended(len(lines[i].Text)) {
				return
			}
			if lines[i].state != dropped {
				lines[i].untag(p, code)
			}
		}
	}
}

func tagged(l *Line) bool {
	return l.traits&noTags == 0 && l.Role == Plain && l.state != kept && strings.IndexByte(l.Text, '<') >= 0
}

// aboutTags tells whether a line holds tags that no tool leaves behind: then the
// text is about markup.
func aboutTags(p *pace, text string) bool {
	for i := strings.IndexByte(text, '<'); i >= 0 && !p.ended(tagSteps); {
		if name, end, _ := tag(text[i:]); end > 0 && (name == "html" || name == "body" || !embedTags[name] && !textTags[name] && !tableTags[name]) {
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

// untag cuts the tags out of one line. In a listing only embeds go.
func (l *Line) untag(p *pace, code bool) {
	text := l.Text
	var cuts [][2]int
	var cutTags, leftTags []string // embeds that were opened
	closed := strings.Contains(text, "</") || strings.Contains(text, "/>")
	for i := strings.IndexByte(text, '<'); i >= 0 && i < len(text); {
		if p.ended(tagSteps) {
			return
		}
		name, end, embed := tag(text[i:])
		if end > 0 && embedTags[name] {
			switch closing := text[i+1] == '/'; {
			case closing:
				embed = embed && (slices.Contains(cutTags, name) || !slices.Contains(leftTags, name)) // goes with its opening tag
			case embed && !slices.Contains(cutTags, name):
				cutTags = append(cutTags, name)
			case !embed && !slices.Contains(leftTags, name):
				leftTags = append(leftTags, name)
			}
		}
		if end > 0 && (embed || !code && textTags[name] && (closed || l.prose || end == len(text))) {
			cuts = append(cuts, [2]int{i, i + end})
			i += end
		} else {
			i++
		}
		next := strings.IndexByte(text[i:], '<')
		if next < 0 {
			break
		}
		i += next
	}
	if len(cuts) == 0 {
		return
	}
	at, left := 0, 0
	for _, c := range cuts {
		if !isBlank(text[at:c[0]]) {
			left++
		}
		at = c[1]
	}
	if isBlank(text[at:]) && left == 0 {
		l.drop(tagRule.Kind, tagRule.ID, "classify")
		return
	}
	for _, c := range l.free(cuts) {
		l.cut(c[0], c[1], tagRule, "classify")
	}
}

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
