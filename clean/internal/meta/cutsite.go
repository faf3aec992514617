package meta

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/chars"
	"github.com/winnowtext/winnow/clean/internal/meta/jsonld"
)

// siteNames returns the glued names by which the site may call itself.
func (f *facts) siteNames(ld *linked, site string) []string {
	var out []string
	add := func(s string) {
		if s = chars.Glue(s); s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	add(site)
	for _, v := range f.values[fieldSite] {
		if s := f.line(v.text); f.namesSite(s) {
			add(s)
			add(f.cutTagline(s))
		}
	}
	for _, p := range ld.Parties(ld.main.Get(jsonld.KeyPublisher)) {
		add(p.Name)
	}
	if f.host != "" {
		out = append(out, f.host)
	}
	return out
}

// isSite reports whether s names the site; names are glued.
func isSite(s string, names []string) bool {
	var buf [foldRoom]byte
	key := chars.AppendFold(buf[:0], s, false)
	if len(key) == 0 {
		return true
	}
	for _, n := range names {
		if n == string(key) {
			return true
		}
	}
	return false
}

// siteLike reports whether s is a variant of the site's name: it contains it, or
// is its beginning.
func siteLike(s string, names []string) bool {
	if isSite(s, names) {
		return true
	}
	key := chars.Glue(s)
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

// titleRoom is room on the stack for the parts of a title.
const titleRoom = 6

// splitTitle splits a title at the separators that sites put between headline
// and name. The parts are appended to room, which is empty.
func splitTitle(room []titlePart, s string) []titlePart {
	out := room
	start, hard := 0, false
	cut := func(from, to int, h bool) {
		if p := strings.TrimSpace(s[start:from]); p != "" {
			out = append(out, titlePart{p, start, from, hard})
		}
		start, hard = to, h
	}
	for i := 0; i < len(s); {
		if c := s[i] | 0x20; c >= 'a' && c <= 'z' {
			i++
			continue
		}
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

// maxTitleParts is how many parts a title may have to be searched for headings:
// each stretch of them is compared with each heading.
const maxTitleParts = 24

// headingKeys returns the folded headings but for those that name the site.
func headingKeys(headings, names []string) []string {
	keys := make([]string, 0, len(headings))
	for _, h := range headings {
		if !isSite(h, names) {
			keys = append(keys, chars.Fold(h))
		}
	}
	return keys
}

// cutSite cuts the site's and sections' names off a title. headings are the
// headingKeys of the page.
func cutSite(s string, names, headings []string) string {
	var room [titleRoom]titlePart
	parts := splitTitle(room[:0], s)
	if len(parts) < 2 {
		return cutColon(s, names)
	}
	// The longest stretch that is a heading of the page is the headline.
	for _, key := range headings {
		if len(parts) > maxTitleParts {
			break
		}
		for from := range parts {
			for to := len(parts); to > from; to-- {
				t := strings.TrimSpace(s[parts[from].start:parts[to-1].end])
				if chars.FoldsTo(t, key) {
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
	for to-from > 1 && parts[to-1].hard && wordsIn(parts[to-1].text) <= maxSiteWords && hasWords(s[parts[from].start:parts[to-2].end], 3) {
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
