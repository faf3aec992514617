package meta

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// maxTitle is the longest text, in bytes, taken for a headline; longer
	// h1 elements wrap whole teasers.
	maxTitle = 400

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
	}
	return strings.TrimSpace(h.text)
}

// headingKey returns the folded text of the i-th heading.
func (f *facts) headingKey(i int) string {
	h := &f.headings[i]
	if h.key == "" {
		h.key = fold(f.heading(i))
	}
	return h.key
}

// headlines returns the different headlines of the page, best first.
func (f *facts) headlines(ld *linked, site string) []string {
	var out []string
	seen := make(map[string]bool)
	add := func(s string) {
		key := fold(s)
		if key == "" || seen[key] || len(s) > maxTitle {
			return
		}
		seen[key] = true
		out = append(out, s)
	}
	names := f.siteNames(ld, site)
	var headline string
	if ld.main.class == classArticle {
		headline = clean(ld.main.title())
	}
	social := f.first(fieldTitle)
	tag := clean(f.title)

	var h1 []string
	for _, quiet := range [...]bool{false, true} {
		for i, h := range f.headings {
			if h.level == 1 && h.quiet == quiet && (!quiet || len(h1) == 0) {
				if t := f.heading(i); t != "" {
					h1 = append(h1, t)
				}
			}
		}
	}
	raw := []string{fold(headline), fold(social), fold(tag)}
	headline, social, tag = cutSite(headline, names, h1), cutSite(social, names, h1), cutSite(tag, names, h1)
	others := []string{headline, social, tag}
	title := tag // what the page is called where headings are not seen
	if social != "" && agrees(social, raw[2:]) {
		title = social
	}
	named := title != "" && !siteLike(title, names)

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
	// A heading with a kicker in front: another source has the headline alone.
	if len(out) == 0 && len(h1) > 0 {
		for _, o := range others[:2] {
			if key := fold(o); wordsIn(key) >= minLoneHeading && strings.HasSuffix(fold(h1[0]), " "+key) {
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
		add(cutSite(clean(v.text), names, h1))
	}
	if len(out) == 0 {
		for i, h := range f.headings {
			if h.level == 2 {
				add(f.heading(i))
				break
			}
		}
	}
	return out
}

// minLoneHeading is the length, in words, from which an h1 that no other
// source agrees with is taken for the headline.
const minLoneHeading = 3

// lower returns the spelling of another source for a headline in capitals.
func lower(t string, others []string) string {
	if t != strings.ToUpper(t) || t == strings.ToLower(t) {
		return t
	}
	for _, o := range others {
		if o != strings.ToUpper(o) && fold(o) == fold(t) {
			return o
		}
	}
	return t
}

// cutTail cuts a short part behind a bar off a heading: "| Opinion".
func cutTail(t string) string {
	parts := splitTitle(t)
	n := len(parts)
	if n < 2 || !parts[n-1].hard || wordsIn(parts[n-1].text) > maxSiteWords || wordsIn(t[:parts[n-2].end]) < minLoneHeading {
		return t
	}
	return strings.TrimSpace(t[:parts[n-2].end])
}

// related tells whether two headlines share words, short ones aside.
func related(a, b string) bool {
	long := func(s string) (out []string) {
		for _, w := range strings.Fields(fold(s)) {
			if utf8.RuneCountInString(w) > 3 || wide(w) {
				out = append(out, w)
			}
		}
		return out
	}
	x, y := long(a), long(b)
	if len(x) == 0 || len(y) == 0 {
		return true
	}
	shared := 0
	for _, w := range x {
		if slices.Contains(y, w) {
			shared++
		}
	}
	return shared*3 > min(len(x), len(y))
}

// agrees tells whether t is one of the others, which are folded, or the
// beginning or end of one.
func agrees(t string, others []string) bool {
	key := fold(t)
	if key == "" {
		return false
	}
	for _, o := range others {
		if o == key {
			return true
		}
		if len(key) >= 8 && (strings.HasPrefix(o, key+" ") || strings.HasSuffix(o, " "+key)) {
			return true
		}
	}
	return false
}

// siteNames returns the glued names by which the site may call itself.
func (f *facts) siteNames(ld *linked, site string) []string {
	var out []string
	add := func(s string) {
		if s = glue(s); s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	add(site)
	for _, v := range f.values[fieldSite] {
		if s := clean(v.text); f.namesSite(s) {
			add(s)
			add(f.cutTagline(s))
		}
	}
	for _, p := range ld.parties(ld.main.value.get(keyPublisher)) {
		add(p.name)
	}
	if f.host != "" {
		out = append(out, f.host)
	}
	return out
}

// isSite tells whether s names the site.
func isSite(s string, names []string) bool {
	key := glue(s)
	return key == "" || slices.Contains(names, key)
}

// glue makes names comparable: letters and digits in lower case, nothing
// between them.
func glue(s string) string {
	return strings.ReplaceAll(fold(s), " ", "")
}

// siteLike tells whether s is a variant of the site's name: it contains it, or
// is its beginning.
func siteLike(s string, names []string) bool {
	if isSite(s, names) {
		return true
	}
	key := glue(s)
	if len(key) < 3 {
		return false
	}
	for _, n := range names {
		if len(n) < 3 {
			continue
		}
		if strings.Contains(n, key) || len(n) >= 4 && strings.Contains(key, n) && len(key) <= 3*len(n)+8 {
			return true
		}
	}
	return false
}

// A titlePart is a piece of a title between separators.
type titlePart struct {
	text       string
	start, end int
	hard       bool // the separator before it is one that headlines do not use
}

// splitTitle splits a title at the separators that sites put between headline
// and name.
func splitTitle(s string) []titlePart {
	var out []titlePart
	start, hard := 0, false
	cut := func(from, to int, h bool) {
		if p := strings.TrimSpace(s[start:from]); p != "" {
			out = append(out, titlePart{p, start, from, hard})
		}
		start, hard = to, h
	}
	for i := 0; i < len(s); {
		r, w := utf8.DecodeRuneInString(s[i:])
		spaceBefore := i > 0 && s[i-1] == ' '
		spaceAfter := i+w < len(s) && s[i+w] == ' '
		switch r {
		case '|', '¦', '»', '«', '·', '•', '›', '‹', '｜', '∣', '►', '|' + 0x10000:
			if r == '«' && spaceBefore && !spaceAfter || r == '»' && spaceAfter && !spaceBefore {
				break // quotation marks
			}
			if spaceBefore || spaceAfter || r == '|' || r == '｜' {
				cut(i, i+w, true)
			}
		case '-', '–', '—', '~', '/', '−':
			if spaceBefore && spaceAfter {
				cut(i, i+w, false)
			}
		case ':':
			if i+1 < len(s) && s[i+1] == ':' && spaceBefore {
				w = 2
				cut(i, i+w, true)
			}
		case '@':
			if spaceBefore && spaceAfter {
				cut(i, i+w, true)
			}
		}
		i += w
	}
	cut(len(s), len(s), false)
	return out
}

// cutSite cuts the site's and sections' names off a title. headings are the
// page's own.
func cutSite(s string, names, headings []string) string {
	parts := splitTitle(s)
	if len(parts) < 2 {
		return cutColon(s, names)
	}
	// The longest stretch that is a heading of the page is the headline.
	for _, h := range headings {
		key := fold(h)
		if key == "" || isSite(h, names) {
			continue
		}
		for from := range parts {
			for to := len(parts); to > from; to-- {
				t := strings.TrimSpace(s[parts[from].start:parts[to-1].end])
				if fold(t) == key {
					return t
				}
			}
		}
	}
	from, to := 0, len(parts)
	for to-from > 1 && siteLike(parts[to-1].text, names) {
		to--
	}
	for to-from > 1 && siteLike(parts[from].text, names) {
		from++
	}
	if to-from == len(parts) {
		// No name is known: the short end behind a separator that headlines
		// do not use is one.
		last := parts[to-1]
		rest := s[parts[from].start:parts[to-2].end]
		if wordsIn(last.text) <= maxSiteWords && wordsIn(rest) > wordsIn(last.text) && (last.hard || wordsIn(rest) >= 4 && capital(last.text)) {
			to--
		}
	}
	for to-from > 1 && parts[to-1].hard && wordsIn(parts[to-1].text) <= maxSiteWords && wordsIn(s[parts[from].start:parts[to-2].end]) >= 3 {
		to--
	}
	return cutColon(strings.TrimSpace(s[parts[from].start:parts[to-1].end]), names)
}

// cutColon cuts "Site: " in front of a headline.
func cutColon(s string, names []string) string {
	if name, rest, ok := strings.Cut(s, ": "); ok && isSite(name, names) && strings.TrimSpace(rest) != "" {
		return strings.TrimSpace(rest)
	}
	return s
}

func capital(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r) || !unicode.IsLower(r)
}

func wordsIn(s string) int {
	return len(strings.Fields(s))
}

// fold makes texts comparable: letters and digits in lower case, one blank
// between words.
func fold(s string) string {
	b := make([]byte, 0, len(s))
	space := false
	for i := 0; i < len(s); {
		r, w := rune(s[i]), 1
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
		case r >= 'A' && r <= 'Z':
			r += 'a' - 'A'
		case r == '\'':
			i++ // Dont and Don't are the same word
			continue
		case r < utf8.RuneSelf:
			space = true
			i++
			continue
		default:
			r, w = utf8.DecodeRuneInString(s[i:])
			if r == '’' || invisible(r) {
				i += w
				continue
			}
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
				space = true
				i += w
				continue
			}
			r = unicode.ToLower(r)
		}
		i += w
		if space && len(b) > 0 {
			b = append(b, ' ')
		}
		space = false
		if r < utf8.RuneSelf {
			b = append(b, byte(r))
		} else {
			b = utf8.AppendRune(b, r)
		}
	}
	return string(b)
}

// TitleOf returns the first of the lines when it looks like a headline: short,
// not ended like a sentence, and followed by text. It is what flattened text
// has for a title.
func TitleOf(lines []string) string {
	i := 0
	for i < len(lines) && squeeze(lines[i]) == "" {
		i++
	}
	if i == len(lines) {
		return ""
	}
	t := squeeze(lines[i])
	if !titleLine(t) {
		return ""
	}
	for _, next := range lines[i+1:] {
		next = squeeze(next)
		if next == "" {
			continue
		}
		if utf8.RuneCountInString(next) > utf8.RuneCountInString(t) || sentenceEnd(next) {
			return t
		}
	}
	return ""
}

// Bounds of a headline, in characters and, where words are separated, words.
const (
	minHeadline      = 8
	minWideHeadline  = 4 // where words are not separated
	maxHeadline      = 180
	minHeadlineWords = 2
	maxHeadlineWords = 28
)

func titleLine(t string) bool {
	n := utf8.RuneCountInString(t)
	words := wordsIn(t)
	if n > maxHeadline || words > maxHeadlineWords {
		return false
	}
	if wide(t) {
		if n < minWideHeadline {
			return false
		}
	} else if words < minHeadlineWords || n < minHeadline {
		return false
	}
	if strings.HasSuffix(t, ".") && !strings.HasSuffix(t, "..") || strings.HasSuffix(t, ":") || strings.HasSuffix(t, ",") || strings.HasSuffix(t, "。") {
		return false
	}
	if strings.Contains(t, "://") || strings.HasPrefix(t, "- ") {
		return false
	}
	letters := 0
	for _, r := range t {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(t, "\"'“„«‘¿¡([#$€£"))
	if unicode.IsLower(r) {
		return false
	}
	return letters*2 > n
}

func sentenceEnd(s string) bool {
	s = strings.TrimRight(s, "\"'”’»)]")
	if s == "" {
		return false
	}
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?…。！？؟।", r)
}

// wide tells whether the text is written without blanks between words.
func wide(s string) bool {
	for _, r := range s {
		if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Hangul) {
			return true
		}
	}
	return false
}
