package meta

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"github.com/winnowtext/winnow/clean/internal/chars"
)

// titleSources are the titles of a page by where they stand, the site's name cut off.
type titleSources struct {
	headline string // of JSON-LD
	social   string // of meta elements
	tag      string // of the title element
	h1       []string
}

// chooseTitle returns the headline: the first of the headlines, as another source
// spells it where markup glued something to it. site holds the glued names of the site.
func (f *facts) chooseTitle(headlines, site []string) string {
	if len(headlines) == 0 {
		return ""
	}
	src := &f.sources
	var few [8]string
	others := append(few[:0], src.headline, src.social, src.tag)
	title := headlines[0]
	title = mixed(f.below(f.instead(title)), others)
	if t, ok := f.withoutKicker(title); ok {
		title = t
	}
	title = cutKicker(title, append(others, src.h1...))
	title = tidier(title, others)
	var room [titleRoom]titlePart
	if parts := splitTitle(room[:0], title); len(parts) > 1 && isSite(parts[len(parts)-1].text, site) {
		title = strings.TrimSpace(title[:parts[len(parts)-2].end])
	}
	f.noteTitle(title)
	return title
}

// instead is the title in place of one that stands in no source for machines: the one
// of those that another heading repeats, or any where the heading is a paragraph.
func (f *facts) instead(title string) string {
	src := &f.sources
	if title == src.social || title == src.headline || title == src.tag {
		return title
	}
	all := []string{chars.Fold(src.social), chars.Fold(src.headline), chars.Fold(src.tag)}
	if agrees(title, all) {
		return title
	}
	for i := range f.headings {
		if h := &f.headings[i]; h.level == 2 && !h.aside && f.headingKey(i) != "" && slices.Contains(all, f.headingKey(i)) {
			return f.heading(i)
		}
	}
	if wordsIn(title) > maxTitleWords && src.social != "" {
		return src.social
	}
	return title
}

// below is the title in place of one whose h1 is for machines: the one that a heading of
// level 2 further up than the text repeats word for word. An h1 beside the article says
// less, so that there the heading may have a kicker in front.
func (f *facts) below(title string) string {
	key := chars.Fold(title)
	h1 := -1
	for i := range f.headings {
		if f.headings[i].level == 1 && f.headingKey(i) == key {
			h1 = i
			break
		}
	}
	if h1 < 0 {
		return title
	}
	seen := 0
	for i := range f.headings {
		if f.headings[i].level != 2 || f.headings[i].aside {
			continue
		}
		if seen++; seen > maxBelow {
			break
		}
		k := f.headingKey(i)
		if strings.HasSuffix(k, " "+key) {
			continue // the same headline with its kicker
		}
		for _, o := range [...]string{f.sources.social, f.sources.headline} {
			other := chars.Fold(o)
			if other == key || !hasWords(other, minBelow) {
				continue
			}
			if k == other || f.headings[h1].aside && strings.HasSuffix(k, " "+other) {
				return o
			}
		}
	}
	return title
}

const (
	maxBelow = 3 // headings of level 2 that may be the headline
	minBelow = 4 // words of such a headline
)

// maxTitleWords is how long a heading is that is a headline; longer ones are texts.
const maxTitleWords = 32

// noteTitle says where the headline was found.
func (f *facts) noteTitle(title string) {
	if f.origins == nil {
		return
	}
	switch key := chars.Fold(title); {
	case slices.ContainsFunc(f.sources.h1, func(h string) bool { return chars.FoldsTo(h, key) }):
		f.note("title", "heading", "h1")
	case chars.FoldsTo(f.sources.headline, key):
		f.note("title", "json-ld", "headline")
	case chars.FoldsTo(f.sources.social, key):
		f.noteMeta("title", fieldTitle, "")
	case strings.Contains(chars.Fold(f.sources.tag), key) || strings.Contains(chars.Fold(f.title), key):
		f.note("title", "title element", "")
	default:
		f.note("title", "heading", "")
	}
}

// withoutKicker returns the headline without what its markup calls a kicker.
func (f *facts) withoutKicker(title string) (string, bool) {
	for i := range f.headings {
		if f.headings[i].level > 1 || f.heading(i) != title {
			continue
		}
		first := firstElement(f.headings[i].node)
		for depth := 0; first != nil && depth < maxWrap && f.class.scan(attr(first, "class"))&signKicker == 0; depth++ {
			if !lone(first.Parent) {
				first = nil
				break
			}
			first = firstElement(first) // of what is wrapped as a whole
		}
		if first == nil || f.class.scan(attr(first, "class"))&signKicker == 0 {
			continue
		}
		kicker := textOf(first, maxTitle)
		// Behind a colon or a dash the two are one headline.
		if rest, ok := strings.CutPrefix(title, kicker); ok && kicker != "" && !strings.HasSuffix(kicker, ":") {
			if rest = strings.TrimLeft(rest, " "); wordsIn(rest) > 0 && !strings.ContainsAny(rest[:1], ":|-") && !strings.HasPrefix(rest, "–") {
				return rest, true
			}
		}
	}
	return title, false
}

// firstElement returns the first child of n when that is an element, blanks aside.
func firstElement(n *html.Node) *html.Node {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.ElementNode:
			return c
		case c.Type == html.TextNode && !chars.Blank(c.Data):
			return nil
		}
	}
	return nil
}

// kickerWords is how long what stands in front of a headline may be, in words.
const kickerWords = 6

// kickerEnds are what stands between a kicker and the headline.
var kickerEnds = [...]string{": ", " - ", " – ", " — ", " | "}

// cutKicker cuts a kicker off a headline, "Storm in the north - Ferries stay in port",
// where another source has the same headline behind another kicker. Where all have
// the same one, it is part of the headline.
func cutKicker(title string, others []string) string {
	for _, sep := range kickerEnds[1:] { // a colon makes one headline of the two
		kicker, rest, ok := strings.Cut(title, sep)
		if !ok || wordsIn(kicker) > kickerWords || wordsIn(rest) < minLoneHeading {
			continue
		}
		key, cut := chars.Fold(rest), false
		for _, o := range others {
			for _, sep := range kickerEnds {
				if k, r, ok := strings.Cut(o, sep); ok && chars.FoldsTo(r, key) && wordsIn(k) <= kickerWords && apart(k, kicker) {
					cut = true
				}
			}
		}
		if cut {
			return strings.TrimSpace(rest)
		}
	}
	return title
}

// apart reports whether two texts share no word of more than three letters.
func apart(a, b string) bool {
	b = " " + chars.Fold(b) + " "
	for _, w := range strings.Fields(chars.Fold(a)) {
		if len(w) > 3 && strings.Contains(b, " "+w+" ") {
			return false
		}
	}
	return true
}

// tidier returns the spelling of another source for a headline that markup put blanks
// into or took out behind a colon, or that was escaped twice.
func tidier(title string, others []string) string {
	if strings.Contains(title, `\"`) {
		title = strings.ReplaceAll(title, `\"`, `"`)
	}
	apart := strings.Contains(title, " :") || strings.Contains(title, " ,") || strings.Contains(title, " .")
	together := gluedColon(title)
	if !apart && !together {
		return title
	}
	key := chars.Fold(title)
	for _, o := range others {
		if (apart && len(o) < len(title) || together && !gluedColon(o)) && chars.FoldsTo(o, key) {
			return o
		}
	}
	return title
}

// gluedColon reports whether a colon stands between two letters, without a blank.
func gluedColon(s string) bool {
	for i := 1; i+1 < len(s); i++ {
		if s[i] != ':' {
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(s[:i])
		after, _ := utf8.DecodeRuneInString(s[i+1:])
		if !unicode.IsDigit(before) && unicode.IsLetter(after) && before != ' ' {
			return true
		}
	}
	return false
}
