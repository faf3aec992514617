package meta

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

const (
	// maxByline is the longest text, in bytes, taken for a byline.
	maxByline = 300

	// maxNameWords is the longest name of a person, in words, titles and
	// particles included.
	maxNameWords = 6

	// maxAuthors bounds the names of one byline.
	maxAuthors = 24
)

//go:embed data/byline.txt
var bylineFile string

// bylineWords is data/byline.txt, ready to look up.
type bylineWords struct {
	before        map[string][]string // by language, "" for all, longest first
	bare          map[string]bool     // every word of before, without its colon
	and           map[string]bool
	role, letters map[string]bool
	nobody        map[string]bool
	organisation  map[string]bool
	particle      map[string]bool
	noName        map[string]bool
	others        []string // in front of names that are not the author's
	pages         map[string]bool
}

var bylines = sync.OnceValue(func() *bylineWords {
	file := sections(bylineFile)
	set := func(name string) map[string]bool {
		m := make(map[string]bool, len(file[name]))
		for _, w := range file[name] {
			m[w] = true
		}
		return m
	}
	b := &bylineWords{
		before: make(map[string][]string), bare: make(map[string]bool),
		and: set("and"), role: set("role"), letters: set("letters"),
		nobody: set("nobody"), organisation: set("organisation"),
		particle: set("particle"), noName: set("no name"),
		others: file["not the author"], pages: set("author page"),
	}
	for section, words := range file {
		lang, ok := strings.CutPrefix(section, "before")
		if !ok {
			continue
		}
		sortByLength(words)
		b.before[strings.TrimSpace(lang)] = words
		for _, w := range words {
			b.bare[strings.TrimRight(w, ":：/")] = true
		}
	}
	sortByLength(b.others)
	return b
})

func sortByLength(words []string) {
	// Insertion sort: stable, and the list is short.
	for i := 1; i < len(words); i++ {
		for j := i; j > 0 && len(words[j]) > len(words[j-1]); j-- {
			words[j], words[j-1] = words[j-1], words[j]
		}
	}
}

// trust says how much a source's word alone is worth.
type trust uint8

const (
	shown  trust = iota // visible text: must look like names after a "By"
	marked              // an element said to hold an author: must look like a name
	stated              // JSON-LD and meta elements: anything but nonsense
)

// people reads the names out of one byline. by says that a word such as "By"
// stood in front.
func (d *dateReader) people(s string, level trust) (names []string, by bool) {
	if level == stated {
		s = clean(s)
	}
	if s == "" || len(s) > maxByline || level != stated && strings.ContainsAny(s, "#?") {
		return nil, false
	}
	if level == stated && strings.Count(s, ": ") > 1 {
		return nil, false // a list of who did what
	}
	for range 3 {
		f, ok := d.find(s, minShown)
		if !ok {
			break
		}
		s = cutLabel(s[:f.start]) + " | " + s[f.end:]
	}
	for _, part := range hardParts(s) {
		if otherPerson(part) {
			if len(names) > 0 {
				break
			}
			continue
		}
		part, here := d.cutBefore(cutOther(part))
		if here && len(names) > 0 && !by {
			names = names[:0] // what stood before the "By" was something else
		}
		by = by || here
		if level == shown && !by {
			continue
		}
		for _, name := range splitNames(part) {
			name, end, ok := cleanName(name, level, here, len(names) > 0)
			if ok && len(names) < maxAuthors {
				names = appendName(names, name)
			}
			if end {
				break
			}
		}
		if len(names) > 0 && level != stated && by {
			break
		}
	}
	return names, by
}

// cutOther cuts off what tells of somebody else: "Jane Doe Reviewed by ...".
func cutOther(s string) string {
	if !strings.Contains(s, " by ") && !strings.Contains(s, " By ") {
		return s
	}
	low := strings.ToLower(s)
	if len(low) != len(s) {
		return s // rare scripts
	}
	for _, w := range bylines().others {
		if i := strings.Index(low, " "+w+" "); i > 0 {
			s, low = s[:i], low[:i]
		}
	}
	return s
}

// otherPerson tells whether a piece names somebody who is not the author.
func otherPerson(s string) bool {
	s = strings.TrimSpace(s)
	for _, w := range bylines().others {
		if prefixFold(s, w) {
			return true
		}
	}
	return false
}

// prefixFold tells whether s starts with w, which is in lower case.
func prefixFold(s, w string) bool {
	if len(s) < len(w) {
		return false
	}
	for i := 0; i < len(w); i++ {
		c := s[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != w[i] {
			return c >= 0x80 && w[i] >= 0x80 && strings.EqualFold(s[:len(w)], w)
		}
	}
	return true
}

// cutLabel cuts off "Updated on" and such at the end of s.
func cutLabel(s string) string {
	words := fieldsApart(s)
	n := len(words)
	for n > 0 {
		w := strings.Trim(strings.ToLower(words[n-1]), ":.,-–—·•|⋅")
		if w != "" && w != "on" && w != "last" && w != "at" && w != "am" && w != "le" && w != "el" && !dateLabels()[w] {
			break
		}
		n--
	}
	return strings.Join(words[:n], " ")
}

// fieldsApart splits s into words, also where markup without blanks ran one
// into a word that bylines are known by: "DoeUpdated", "DoeFounder".
func fieldsApart(s string) []string {
	words := strings.Fields(s)
	for i := 0; i < len(words); i++ {
		w := words[i]
		for k := len(w) - 1; k > 1; k-- {
			if w[k] < 'A' || w[k] > 'Z' || w[k-1] < 'a' || w[k-1] > 'z' {
				continue
			}
			low := strings.ToLower(w[k:])
			if dateLabels()[low] || bylines().role[low] || bylines().noName[low] {
				words = slices.Insert(words, i+1, w[k:])
				words[i] = w[:k]
			}
			break
		}
	}
	return words
}

func appendName(names []string, name string) []string {
	key := fold(name)
	for i, n := range names {
		if n := fold(n); n == key || strings.HasPrefix(n, key+" ") {
			return names
		} else if strings.HasPrefix(key, n+" ") {
			names[i] = name
			return names
		}
	}
	return append(names, name)
}

// cutBefore cuts "By", "Von" and such off, however many.
func (d *dateReader) cutBefore(s string) (string, bool) {
	cut := false
	for range 3 {
		s = strings.TrimLeft(s, " \t|·•⋅-–—:,/>✍")
		n := prefixOf(s, bylines().before[""])
		if d.lang == "" {
			for _, words := range bylines().before {
				n = max(n, prefixOf(s, words))
			}
		} else if d.lang != "en" {
			n = max(n, prefixOf(s, bylines().before[d.lang]))
		}
		if n == 0 {
			break
		}
		s, cut = s[n:], true
	}
	return s, cut
}

// prefixOf returns the length of the first of the words that s starts with.
func prefixOf(s string, words []string) int {
	for _, w := range words {
		if len(s) <= len(w) || !prefixFold(s, w) {
			continue
		}
		rest := s[len(w):]
		last := w[len(w)-1]
		if last == ':' || last == '/' || last >= 0x80 || boundary(rest) {
			return len(w)
		}
		// "ByJane Doe": markup without blanks.
		if strings.HasSuffix(w, "by") && s[len(w)-1] == 'y' && rest[0] >= 'A' && rest[0] <= 'Z' {
			return len(w)
		}
	}
	return 0
}

// bareLabel tells whether a line is nothing but "Written by" or such.
func bareLabel(s string) bool {
	return len(s) <= maxLabel && bylines().bare[strings.TrimRight(strings.ToLower(s), " :：")]
}

// boundary tells whether a word has ended in front of s.
func boundary(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' && r != '\'' && r != '’' && r != '.'
}

// hardParts splits at what never stands within a name.
func hardParts(s string) []string {
	var parts []string
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c < 0x80 && c != '|' && c != '\n' && c != '\t' && c != ' ' {
			i++
			continue
		}
		r, w := utf8.DecodeRuneInString(s[i:])
		switch r {
		case '|', '·', '•', '\n', '\t', '»', '«', '●', '⋅', '∙':
		case ' ':
			r, n := utf8.DecodeRuneInString(s[i+1:])
			if r != '-' && r != '–' && r != '—' && r != '/' || i+1+n >= len(s) || s[i+1+n] != ' ' {
				i++
				continue
			}
			w = 2 + n
		default:
			i += w
			continue
		}
		if i > start {
			parts = append(parts, s[start:i])
		}
		i += w
		start = i
	}
	if start < len(s) {
		parts = append(parts, s[start:])
	}
	return parts
}

// splitNames splits a list of names.
func splitNames(s string) []string {
	var out []string
	if _, second, ok := strings.Cut(s, " & "); ok && !capital(second) {
		return []string{s} // the name of something
	}
	for _, piece := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' || r == '&' || r == '、' || r == '，' || r == '+' }) {
		words := strings.Fields(piece)
		start := 0
		for i, w := range words {
			if bylines().and[strings.ToLower(w)] && i > start && i+1 < len(words) && (len(w) > 1 || capital(words[i+1])) && w == strings.ToLower(w) {
				out = append(out, strings.Join(words[start:i], " "))
				start = i + 1
			} else if i == 0 && len(words) > 1 && (w == "and" || w == "und" || w == "et") {
				start = 1
			}
		}
		out = append(out, strings.Join(words[start:], " "))
	}
	return out
}

// cleanName judges one piece of a byline. by says that a "By" stands before
// it, more that a name does. end says that no name follows.
func cleanName(s string, level trust, by, more bool) (name string, end, ok bool) {
	if i := strings.IndexAny(s, "(["); i > 0 {
		s = s[:i]
	}
	s = strings.Trim(s, " .:;!?*\"“”|-–—_<>()[]…@")
	low := strings.ToLower(s)
	b := bylines()
	words := fieldsApart(s)
	if len(words) == 0 || len(words) > 12 || letters(s) < 2 || isAddress(low) && level != stated ||
		b.letters[low] || b.letters[strings.Trim(low, "®™.")] || b.nobody[low] || b.bare[low] || dateLabels()[low] {
		return "", false, false
	}
	if level == stated {
		if hasRole(words) >= 0 && more || strings.Contains(s, "://") || strings.Contains(s, "www.") || strings.Contains(s, ": ") || strings.Contains(s, "{{") {
			return "", false, false
		}
		return s, false, true
	}
	for _, r := range s {
		if unicode.IsDigit(r) && !(by && len(words) == 1) || strings.ContainsRune("?=%$:!#©", r) {
			return "", false, false
		}
	}
	if i := hasRole(words); i >= 0 {
		switch {
		case i >= 2:
			words, end = words[:i], true
		case !by || more || len(words) < 2:
			return "", true, false
		}
	}
	// Names are written with capitals; a small word that is no particle ends
	// the name.
	for i, w := range words {
		lw := strings.ToLower(w)
		if b.noName[lw] {
			if i >= 2 {
				words, end = words[:i], true
				break
			}
			return "", true, false
		}
		if !capital(w) && !b.particle[lw] {
			if i < 2 && !(by && len(words) == 1) {
				return "", true, false
			}
			words, end = words[:max(i, 1)], true
			break
		}
	}
	if !slices.ContainsFunc(words, func(w string) bool { return !b.particle[strings.ToLower(w)] }) {
		return "", true, false
	}
	if len(words) > maxNameWords || more && len(words) == 1 && !wide(s) {
		return "", true, false
	}
	return strings.Trim(strings.Join(words, " "), ",-–—"), end, true
}

// hasRole returns the place of the first word that names a role, else -1.
func hasRole(words []string) int {
	for i, w := range words {
		for _, p := range strings.Split(strings.ToLower(strings.Trim(w, ".:’'")), "-") {
			if bylines().role[p] {
				return i
			}
		}
	}
	return -1
}

func letters(s string) (n int) {
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// isAddress tells whether s is an e-mail or web address or an account.
func isAddress(s string) bool {
	return strings.Contains(s, "://") || strings.HasPrefix(s, "www.") || strings.ContainsRune(s, '@') ||
		strings.Contains(s, "facebook.com") || strings.Contains(s, "twitter.com")
}

// byline finds the page's authors: the first source that names people wins.
// Names of organisations and log-in names are kept for when no other is
// found.
func (f *facts) byline(ld *linked, near *surroundings, m *Meta) string {
	d := f.reader(m.Language)
	site := f.siteNames(ld, m.SiteName)
	var spare []string // names that are used when there is no better one, best first

	take := func(names []string, org bool) []string {
		var people, weak []string
		for _, n := range names {
			switch {
			case org || isSite(n, site) || organisation(n) || login(n):
				// Named by two sources, it is the byline.
				if slices.ContainsFunc(spare, func(s string) bool { return fold(s) == fold(n) }) && !isSite(n, site) && !login(n) {
					people = appendName(people, n)
				} else {
					weak = appendName(weak, n)
				}
			default:
				people = appendName(people, n)
			}
		}
		if len(people) == 0 && len(weak) > 0 {
			spare = append(spare, strings.Join(weak, ", "))
		}
		return people
	}
	linkedPeople := func(n linkedNode) []string {
		for _, key := range [...]linkedKey{keyAuthor, keyCreator} {
			var names, orgs []string
			for _, p := range ld.parties(n.value.get(key)) {
				if p.org {
					orgs = appendName(orgs, p.name)
					continue
				}
				got, _ := d.people(p.name, stated)
				for _, n := range got {
					names = appendName(names, n)
				}
			}
			if people := take(names, false); len(people) > 0 {
				return people
			}
			take(orgs, true)
		}
		return nil
	}
	first := func(sources ...func() []string) []string {
		for _, source := range sources {
			if names := source(); len(names) > 0 {
				return names
			}
		}
		return nil
	}
	named := first(
		func() []string { return linkedPeople(ld.main) },
		func() []string { return take(f.metaPeople(d), false) },
	)
	if len(named) > 0 {
		// A byline on the page that says "By" and names others is right: the
		// machine-readable author is then who put the text into the system.
		if said := take(f.saidPeople(d, near), false); len(said) > 0 && !overlap(said, named) {
			named = said
		}
		return strings.Join(named, ", ")
	}
	named = first(
		func() []string { return take(f.markedPeople(d, near, signItemAuthor), false) },
		func() []string { return take(f.markedPeople(d, near, signByline), false) },
		func() []string { return take(f.markedPeople(d, near, signRelAuthor), false) },
		func() []string { return take(f.markedPeople(d, near, signAuthor), false) },
		func() []string { return take(near.people(d), false) },
		func() []string { return take(d.shownPeople(near), false) },
		func() []string { return linkedPeople(ld.page) },
	)
	if len(named) > 0 {
		for _, s := range spare {
			if strings.HasPrefix(named[0], s) {
				return s // what is shown has more glued to it
			}
		}
		return strings.Join(named, ", ")
	}
	if len(spare) > 0 {
		return spare[0]
	}
	return ""
}

// login tells whether a name is one that people log in with: a single word
// with digits, dots or underscores, in small letters, or with a capital inside.
func login(s string) bool {
	if strings.Contains(s, " ") || wide(s) {
		return false
	}
	if strings.ContainsAny(s, "0123456789._@") {
		return true
	}
	r, w := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r) || strings.ToLower(s[w:]) != s[w:]
}

// organisation tells whether a name is that of an organisation.
func organisation(s string) bool {
	for _, w := range strings.Fields(strings.ToLower(s)) {
		if bylines().organisation[strings.Trim(w, ".,")] {
			return true
		}
	}
	return false
}

// metaPeople reads the authors named in meta elements.
func (f *facts) metaPeople(d *dateReader) (names []string) {
	for _, v := range f.best(fieldByline) {
		s := clean(v)
		// "Last, First", as bibliographic names are given.
		if last, first, ok := strings.Cut(s, ", "); ok && len(f.values[fieldByline]) > 0 &&
			!strings.Contains(last, " ") && strings.Count(s, ",") == 1 && wordsIn(first) <= 2 && !bylines().letters[strings.ToLower(first)] && f.bibliographic(v) {
			s = first + " " + last
		}
		got, _ := d.people(s, stated)
		for _, n := range got {
			names = appendName(names, n)
		}
	}
	return names
}

// bibliographic tells whether a byline value comes from citation_author or
// Dublin Core.
func (f *facts) bibliographic(v string) bool {
	for _, name := range []string{"citation_author", "dc.creator", "dcterms.creator"} {
		id, ok := metaName(name)
		if !ok {
			continue
		}
		for _, mv := range f.values[fieldByline] {
			if mv.rank == id.rank && mv.text == v {
				return true
			}
		}
	}
	return false
}

// Bounds of where an author of the article is named, in elements around the
// headline. Further down stand boxes about the author, but also other pieces.
const (
	peopleBefore = 40
	peopleAfter  = 80
)

// markedPeople reads the names in elements that carry one of the signs: the
// first near the headline that hold any, and those right behind them. Far from
// the headline, names count only when all agree.
func (f *facts) markedPeople(d *dateReader, near *surroundings, want sign) (names []string) {
	var far []string
	last := 0
	single := ""
	for i, h := range f.people {
		if h.sign&want == 0 || len(names) > 0 && h.pos-last > maxApart {
			continue
		}
		if near.node != nil && h.pos < near.pos-peopleBefore {
			continue
		}
		got, by := f.person(i, d, near)
		if len(got) == 1 && !by && want == signAuthor && !strings.Contains(got[0], " ") && !wide(got[0]) {
			if single == "" {
				single = got[0] // a word in an element named author may be anything
			}
			continue
		}
		if len(got) == 0 || len(names) > 0 && contains(f.people[:i], h.node) {
			continue // nothing, or inside the element that was read already
		}
		if near.node != nil && h.pos > near.pos+peopleAfter && len(names) == 0 {
			for _, n := range got {
				far = appendName(far, n)
			}
			continue
		}
		for _, n := range got {
			names = appendName(names, n)
		}
		last = h.pos
	}
	switch {
	case len(names) > 0:
		return names
	case len(far) == 1:
		return far
	case len(far) == 0 && single != "":
		return []string{single}
	}
	return nil
}

// person reads the names in the i-th element that is said to hold one; those
// in parts about other things hold none.
func (f *facts) person(i int, d *dateReader, near *surroundings) (names []string, by bool) {
	h := &f.people[i]
	if h.read {
		return h.names, h.by
	}
	h.read = true
	text := textOf(h.node, maxByline)
	if text == "" && h.sign&signItemAuthor != 0 {
		text = attr(h.node, "content")
	}
	if text != "" && !near.fence(h.node) {
		h.names, h.by = d.elementPeople(h.node, text)
	}
	return h.names, h.by
}

// maxNamed is the longest text, in bytes, that is read as a byline as a whole
// where no "By" stands in front; longer ones are boxes about the author.
const maxNamed = 90

// elementPeople reads the names in one element.
func (d *dateReader) elementPeople(n *html.Node, text string) (names []string, by bool) {
	if len(text) <= maxNamed {
		return d.people(text, marked)
	}
	lines := linesIn(n, 2)
	if len(lines) > 1 && bareLabel(lines[0]) {
		names, _ = d.people(lines[1], marked)
		return names, true
	}
	if len(lines) > 0 && len(lines[0]) <= maxNamed {
		return d.people(lines[0], marked)
	}
	return nil, false
}

// saidPeople reads the bylines near the headline that say "By".
func (f *facts) saidPeople(d *dateReader, near *surroundings) []string {
	for i, h := range f.people {
		if near.node == nil || h.pos < near.pos-peopleBefore || h.pos > near.pos+peopleAfter {
			continue
		}
		if names, by := f.person(i, d, near); by && len(names) > 0 {
			return names
		}
	}
	below := *near
	below.lines = near.lines[:min(near.after, maxSaid)]
	return d.shownPeople(&below)
}

// maxSaid is how many lines below the headline may hold its byline.
const maxSaid = 8

// overlap tells whether two bylines have a name in common, be it in part.
func overlap(a, b []string) bool {
	for _, x := range a {
		for _, y := range b {
			x, y := fold(x), fold(y)
			if strings.Contains(x, y) || strings.Contains(y, x) {
				return true
			}
			for _, w := range strings.Fields(x) {
				if len(w) > 2 && strings.Contains(" "+y+" ", " "+w+" ") {
					return true
				}
			}
		}
	}
	return false
}

// maxApart is how many elements may lie between two authors of one byline.
const maxApart = 12

// contains tells whether n lies within one of the hits.
func contains(hits []hit, n *html.Node) bool {
	for _, h := range hits {
		for p, depth := n.Parent, 0; p != nil && depth < 8; p, depth = p.Parent, depth+1 {
			if p == h.node {
				return true
			}
		}
	}
	return false
}

// shownPeople reads the byline among the lines beside the headline.
func (d *dateReader) shownPeople(near *surroundings) []string {
	for i, line := range near.lines {
		if i > 0 && i != near.after && otherPerson(near.lines[i-1]) && len(near.lines[i-1]) < maxLabel && strings.HasSuffix(strings.ToLower(strings.TrimRight(near.lines[i-1], ": ")), "by") {
			continue
		}
		if bareLabel(line) {
			if i+1 < len(near.lines) && i+1 != near.after {
				if names, _ := d.people("By "+near.lines[i+1], shown); len(names) > 0 {
					return names
				}
			}
			continue
		}
		if names, by := d.people(line, shown); by && len(names) > 0 {
			return names
		}
	}
	return nil
}
