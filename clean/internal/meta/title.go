package meta

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/winnowtext/winnow/clean/internal/chars"
	"github.com/winnowtext/winnow/clean/internal/meta/jsonld"
	"github.com/winnowtext/winnow/clean/internal/meta/plain"
)

const (
	// maxTitle is the longest text, in bytes, taken for a headline; longer
	// h1 elements wrap whole teasers.
	maxTitle = 400

	// maxDataTitle is how long search engines say that headlines in JSON-LD may be, in
	// characters.
	maxDataTitle = 110

	// foldRoom is room on the stack for a title that is folded to be compared.
	foldRoom = 256

	// maxSiteWords is the longest part of a title that is cut off as a site or
	// section name without further evidence, in words.
	maxSiteWords = 4
)

// heading returns the text of the i-th heading.
func (f *facts) heading(i int) string {
	h := &f.headings[i]
	if h.text == "" {
		h.text = textOf(h.node, maxTitle)
		if len(h.text) > maxTitle {
			h.text = " "
		}
		h.text = cutMark(h.node, h.text)
	}
	return strings.TrimSpace(h.text)
}

// cutMark cuts the mark off that links a heading to itself: any short one in a
// last link into the page, and those that are nothing else.
func cutMark(n *html.Node, s string) string {
	last := n.LastChild
	for last != nil && last.Type != html.ElementNode && chars.Squeeze(chars.Head(last.Data, maxTitle)) == "" {
		last = last.PrevSibling
	}
	if last != nil && last.DataAtom == atom.A && strings.Contains(attr(last, "href"), "#") {
		if mark := textOf(last, maxMark); mark != "" && len(mark) <= maxMark && letters(mark) == 0 {
			s = strings.TrimSuffix(s, mark)
		}
	}
	s = strings.TrimRight(s, " ¶🔗")
	s = strings.TrimSuffix(strings.TrimSuffix(s, " #"), " §")
	if s == "" {
		return " "
	}
	return s
}

// maxMark is the longest mark of a permanent link, in bytes.
const maxMark = 8

// headingKey returns the folded text of the i-th heading.
func (f *facts) headingKey(i int) string {
	h := &f.headings[i]
	if h.key == "" {
		h.key = chars.Fold(f.heading(i))
	}
	return h.key
}

// headlines returns the different headlines of the page, best first, and leaves them
// folded in headlineKeys. names are the glued ones of the site.
func (f *facts) headlines(ld *linked, names []string) []string {
	var out, seen []string // seen: folded
	add := func(s string) {
		if len(s) > maxTitle || slices.Contains(out, s) {
			return
		}
		key := chars.Fold(s)
		if key == "" || slices.Contains(seen, key) {
			return
		}
		seen = append(seen, key)
		out = append(out, s)
	}
	var headline string
	if ld.main.Class == jsonld.ClassArticle {
		headline = f.line(ld.main.Title())
	}
	social := f.first(fieldTitle)
	tag := plain.Line(f.title)
	if len(headline) >= maxDataTitle-maxDataTitle/8 && len(social) > len(headline) && strings.HasPrefix(social, headline) {
		headline = social // the other was cut off
	}

	var h1 []string
	for _, aside := range [...]bool{false, true} {
		for i, h := range f.headings {
			if h.level == 1 && h.aside == aside && (!aside || len(h1) == 0) {
				if t := f.heading(i); t != "" {
					h1 = append(h1, t)
				}
			}
		}
	}
	raw := []string{chars.Fold(headline), chars.Fold(social), chars.Fold(tag)}
	whole := [...]string{headline, social, tag}
	keys := headingKeys(h1, names)
	headline, social, tag = cutSite(headline, names, keys), cutSite(social, names, keys), cutSite(tag, names, keys)
	others := []string{headline, social, tag}
	f.sources = titleSources{headline: headline, social: social, tag: tag, h1: h1}
	title := tag // what the page is called where headings are not seen
	if social != "" && agrees(social, raw[2:]) {
		title = social
	}
	named := title != "" && !siteLike(title, names)

	if named && title != tag {
		// "Blog: Post" in the page title, and "Post" elsewhere.
		h1 = slices.DeleteFunc(h1, func(t string) bool { return raw[2] == chars.Fold(t)+" "+chars.Fold(title) })
		keys = headingKeys(h1, names)
	}

	// A heading that another source agrees with is the headline as the reader
	// sees it, unless it is what the page title has beside the headline: the
	// name of a blog.
	for _, t := range h1 {
		if isSite(t, names) || !agrees(t, raw) || named && !agrees(t, raw[:2]) && wordsIn(t) < wordsIn(title) && title == social {
			continue
		}
		add(lower(cutTail(t), others))
		break
	}
	// On a blog's page of one post, h1 is the name of the blog.
	if t := f.entryTitle(); t != "" && strings.HasSuffix(raw[2], " "+chars.Fold(t)) && (len(out) == 0 || raw[2] == chars.Fold(out[0])+" "+chars.Fold(t)) {
		out, seen = out[:0], seen[:0]
		add(t)
	}
	// A heading with a kicker in front: another source has the headline alone.
	if len(out) == 0 && len(h1) > 0 {
		for _, o := range others[:2] {
			if key := chars.Fold(o); wordsIn(key) >= minLoneHeading && strings.HasSuffix(chars.Fold(h1[0]), " "+key) {
				add(o)
				break
			}
		}
	}
	if len(out) == 0 && len(h1) == 1 && !isSite(h1[0], names) && wordsIn(h1[0]) >= minLoneHeading &&
		(!named || related(h1[0], title)) {
		add(lower(cutTail(h1[0]), others))
	}
	for _, t := range []string{headline, social, tag} {
		if !isSite(t, names) {
			add(t)
		}
	}
	for _, t := range h1 {
		add(t)
	}
	for _, v := range f.values[fieldTitle] {
		t := f.line(v.text)
		if i := slices.Index(whole[:], t); i >= 0 {
			t = others[i] // it was cut already
		} else {
			t = cutSite(t, names, keys)
		}
		add(t)
	}
	if len(out) == 0 {
		for i, h := range f.headings {
			if h.level == 2 {
				add(f.heading(i))
				break
			}
		}
	}
	f.headlineKeys = seen
	return out
}

// entryTitle returns the one h3 that is named as a post's title, "" when there
// is none or several.
func (f *facts) entryTitle() (t string) {
	for i, h := range f.headings {
		if h.level == 3 {
			if t != "" {
				return ""
			}
			t = f.heading(i)
		}
	}
	return t
}

// minLoneHeading is the length, in words, from which an h1 that no other
// source agrees with is taken for the headline.
const minLoneHeading = 3

// agrees reports whether t is one of the others, which are folded, or the
// beginning or end of one.
func agrees(t string, others []string) bool {
	var buf [foldRoom]byte
	key := chars.AppendFold(buf[:0], t, true)
	n := len(key)
	if n == 0 {
		return false
	}
	for _, o := range others {
		if o == string(key) {
			return true
		}
		if rest := len(o) - n; n >= 8 && rest > 0 &&
			(o[n] == ' ' && o[:n] == string(key) || o[rest-1] == ' ' && o[rest:] == string(key)) {
			return true
		}
	}
	return false
}

// lower returns the spelling of another source for a headline in capitals, or without
// one at its beginning.
func lower(t string, others []string) string {
	upper := t == strings.ToUpper(t) && t != strings.ToLower(t)
	if r, _ := utf8.DecodeRuneInString(t); !upper && !unicode.IsLower(r) {
		return t
	}
	key := chars.Fold(t)
	for _, o := range others {
		if r, _ := utf8.DecodeRuneInString(o); chars.FoldsTo(o, key) && (upper && o != strings.ToUpper(o) || !upper && unicode.IsUpper(r)) {
			return o
		}
	}
	return t
}

// mixed returns, for a headline in capitals, that of another source about the same,
// which has its words as they are written.
func mixed(t string, others []string) string {
	if t != strings.ToUpper(t) || t == strings.ToLower(t) || wordsIn(t) < minLoneHeading {
		return t
	}
	for _, o := range others {
		if shared, least := sharedWords(t, o); o != strings.ToUpper(o) && wordsIn(o) >= minLoneHeading && shared*2 > least {
			return o
		}
	}
	return t
}

// cutTail cuts short parts behind bars off a heading: "| Opinion".
func cutTail(t string) string {
	var room [titleRoom]titlePart
	parts := splitTitle(room[:0], t)
	for n := len(parts); n >= 2 && parts[n-1].hard && wordsIn(parts[n-1].text) <= maxSiteWords && wordsIn(t[:parts[n-2].end]) >= minLoneHeading; n-- {
		t = strings.TrimSpace(t[:parts[n-2].end])
	}
	return t
}

// related reports whether two headlines share words, short ones aside.
func related(a, b string) bool {
	shared, least := sharedWords(a, b)
	return least == 0 || shared*3 > least
}

// sharedWords counts the words that two headlines share, and those of the one that has
// fewer, short ones aside.
func sharedWords(a, b string) (shared, least int) {
	long := func(s string) (out []string) {
		for _, w := range strings.Fields(chars.Fold(s)) {
			if utf8.RuneCountInString(w) > 3 || wide(w) {
				out = append(out, w)
			}
		}
		return out
	}
	x, y := long(a), long(b)
	for _, w := range x {
		if slices.Contains(y, w) {
			shared++
		}
	}
	return shared, min(len(x), len(y))
}

func capital(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r) || !unicode.IsLower(r)
}

func wordsIn(s string) (n int) {
	in := false
	for _, r := range s {
		space := unicode.IsSpace(r)
		if !space && !in {
			n++
		}
		in = !space
	}
	return n
}

// hasWords reports whether s has that many words.
func hasWords(s string, least int) bool {
	for range strings.FieldsSeq(s) {
		if least--; least == 0 {
			return true
		}
	}
	return false
}
