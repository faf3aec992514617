package meta

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/chars"
	"github.com/winnowtext/winnow/clean/internal/meta/jsonld"
)

// byline finds the page's authors, and the line that names them: the first source
// that names people wins. Names of organisations and log-in names are kept for when
// no other is found. site holds the glued names of the site, which is no author.
func (f *facts) byline(ld *linked, near *surroundings, d *reader, site []string) (names []string, printed string) {
	a := &naming{facts: f, ld: ld, near: near, d: d, site: site}
	names, src := a.first(statedSources[:])
	if len(names) > 0 {
		// A byline on the page that says "By" and names others is right: the
		// machine-readable author is then who put the text into the system. So is one
		// that names others, too: systems have room for one.
		// The machines' one is also right where the line below the headline has it.
		if said := a.take(f.saidPeople(d, near), false); len(said) > 0 && (!overlap(said, names) && !near.names(names[0]) || len(names) == 1 && beginsWith(said, names[0])) {
			names, src = said, nameSource{"page", "byline", nil}
		} else if all := near.several(names); len(all) > 0 {
			names, src = all, nameSource{"page", "line beside the headline", nil}
		}
	} else {
		names, src = a.first(pageSources[:])
		for _, s := range a.spare {
			if len(names) > 0 && len(names[0]) > len(s[0]) && len(s[0]) >= minGlued && strings.HasPrefix(names[0], s[0]) {
				names = s // what is shown has more glued to it
				break
			}
		}
	}
	if len(names) == 0 && len(a.spare) > 0 {
		names, src = a.spare[0], nameSource{"page", "name of an organisation or for logging in", nil}
	}
	for i, n := range names {
		names[i] = withoutSite(n, site)
	}
	if len(names) == 0 {
		return nil, ""
	}
	if src.where == "meta" && src.what == "" {
		f.note("authors", src.where, a.element)
	} else {
		f.note("authors", src.where, src.what)
	}
	return names, f.printed(d, names, near)
}

// minGlued is how long a name is that can be told from what is glued to it, in bytes.
const minGlued = 4

// naming is what the authors of a page are looked for in.
type naming struct {
	*facts
	ld   *linked
	near *surroundings
	d    *reader
	site []string

	element string // the meta element that metaPeople found names in

	staff  bool       // a source names the staff of the site
	person bool       // the source says that its names are those of people
	spare  [][]string // names that are used when there are no better ones, best first
}

// A nameSource is a place where authors are named.
type nameSource struct {
	where, what string
	names       func(*naming) []string
}

// The sources of authors, in order of trust: what pages tell machines, and what they show.
var (
	statedSources = [...]nameSource{
		{"json-ld", "author", func(a *naming) []string { return a.linked(&a.ld.main) }},
		{"meta", "", func(a *naming) []string { return a.metaPeople() }},
		{"meta", "twitter:data1", func(a *naming) []string { return a.cardPeople(a.d) }},
	}
	pageSources = [...]nameSource{
		{"microdata", "author", func(a *naming) []string { return a.marked(signItemAuthor) }},
		{"page", "class byline", func(a *naming) []string { return a.marked(signByline) }},
		{"link", "rel=author", func(a *naming) []string { return a.marked(signRelAuthor) }},
		{"page", "class author", func(a *naming) []string { return a.marked(signAuthor) }},
		{"page", "link to the author", func(a *naming) []string { return a.near.people(a.d) }},
		{"page", "byline", func(a *naming) []string { return a.d.shownPeople(a.near) }},
		{"json-ld", "author", func(a *naming) []string { return a.linked(&a.ld.page) }},
		{"page", "link to the author", func(a *naming) []string { return a.farPeople(a.d, a.near) }},
		{"page", "name below the headline", func(a *naming) []string { return a.namesake() }},
		{"page", "credit", func(a *naming) []string { return a.credited() }},
		{"page", "column beside the text", func(a *naming) []string { return a.asidePeople() }},
	}
)

// first is the names of people that the first of the sources has.
func (a *naming) first(sources []nameSource) ([]string, nameSource) {
	for i := range sources {
		a.person = false
		if names := a.take(sources[i].names(a), false); len(names) > 0 {
			return names, sources[i]
		}
	}
	return nil, nameSource{}
}

// take is those of the names that are of people, and keeps others in spare.
func (a *naming) take(names []string, org bool) []string {
	var people, weak []string
	for _, n := range names {
		switch {
		case staffOf(n, a.site):
			a.staff = a.staff || hasRole(strings.Fields(n)) >= 0
		case agency(n) || isSite(n, a.site) && !(likePerson(n) && (a.person || wordsIn(n) == 2)):
		case org || isSite(n, a.site) || ofSite(n, a.site) || organisation(n) || login(n):
			// Named by two sources, it is the byline.
			if slices.ContainsFunc(a.spare, func(s []string) bool { return len(s) == 1 && chars.Fold(s[0]) == chars.Fold(n) }) && !login(n) {
				people = appendName(people, n)
			} else {
				weak = appendName(weak, n)
			}
		default:
			people = appendName(people, n)
		}
	}
	if len(people) == 0 && len(weak) > 0 {
		a.spare = append(a.spare, weak)
	}
	return people
}

func (a *naming) marked(want sign) []string { return a.markedPeople(a.d, a.near, want) }

// linked is the people that a node of JSON-LD names.
func (a *naming) linked(n *jsonld.Node) []string {
	for _, key := range [...]jsonld.Key{jsonld.KeyAuthor, jsonld.KeyCreator} {
		var names, orgs []string
		for _, p := range a.ld.Parties(n.Get(key)) {
			a.person = !p.Org
			if p.Org {
				orgs = appendName(orgs, p.Name)
				continue
			}
			got, _ := a.d.people(p.Name, stated)
			for _, n := range got {
				names = appendName(names, n)
			}
		}
		if people := a.take(names, false); len(people) > 0 {
			return people
		}
		a.take(orgs, true)
	}
	return nil
}

// printed returns the line of the page that names the authors, as far as it does: no
// dates, nor what stands behind those. It is their names where there is no such line.
func (f *facts) printed(d *reader, names []string, near *surroundings) string {
	for _, text := range near.lines {
		if s := d.namedIn(text, names); s != "" {
			f.note("byline", "page", "line beside the headline")
			return s
		}
	}
	for i := range f.people {
		if h := &f.people[i]; h.read && len(h.names) > 0 {
			if s := d.namedIn(textOf(h.node, maxByline), names); s != "" {
				f.note("byline", "page", "element of the author")
				return s
			}
		}
	}
	f.note("byline", "authors", "")
	return strings.Join(names, ", ")
}

// namedIn returns the part of a line that names the authors, "" where there is none.
func (d *reader) namedIn(text string, names []string) string {
	first, last := names[0], names[len(names)-1]
	if len(text) > maxByline || !strings.Contains(text, first) {
		return ""
	}
	for range 3 {
		found, ok := d.Find(text)
		if !ok {
			break
		}
		if before := text[:found.Start]; strings.Contains(before, first) {
			text = before
		} else {
			text = text[found.End:]
		}
	}
	from := strings.Index(text, first)
	if from < 0 {
		return ""
	}
	to := from + len(first)
	if i := strings.LastIndex(text, last); i > from {
		to = i + len(last)
	}
	end := to
	var room [partsRoom]string
	if parts := hardParts(room[:0], text[to:]+" "); len(parts) > 0 && strings.HasPrefix(text[to:], strings.TrimRight(parts[0], " ")) {
		end += len(strings.TrimRight(parts[0], " "))
	}
	for at := to; at < end; { // words that never stand in a byline end it
		word := strings.TrimLeft(text[at:end], " ")
		start := end - len(word)
		word, _, _ = strings.Cut(word, " ")
		if w := strings.Trim(word, ":,."); bylines().noName.has(w) || dateLabels().has(w) || w != "" && w[0] <= '9' && w[0] >= '0' {
			end = at
			break
		}
		at = start + len(word)
		if word == "" {
			break
		}
	}
	head := hardParts(room[:0], text[:from])
	start := from
	if len(head) > 0 {
		start = max(0, strings.LastIndex(text[:from], head[len(head)-1]))
	}
	return strings.Trim(text[start:end], " ,;:|·•–—-(/")
}

// beginsWith reports whether the first of several names is the given one, be it with a
// title in front.
func beginsWith(names []string, first string) bool {
	if len(names) < 2 {
		return false
	}
	have, want := chars.Fold(names[0]), chars.Fold(first)
	return have == want || strings.HasSuffix(have, " "+want)
}

// names reports whether one of the lines below the headline begins with a name.
func (near *surroundings) names(name string) bool {
	return slices.ContainsFunc(near.lines[:near.after], func(line string) bool { return strings.HasPrefix(line, name) })
}

// several is all names of a line below the headline that begins with the one that is
// known, and has nothing but names; nil where there is none.
func (near *surroundings) several(known []string) []string {
	if len(known) != 1 {
		return nil
	}
	for _, line := range near.lines[:near.after] {
		if len(line) <= len(known[0]) || !strings.HasPrefix(line, known[0]) {
			continue
		}
		all := splitNames(line)
		for i := range all {
			all[i] = strings.TrimSpace(all[i])
		}
		if len(all) > 1 && all[0] == known[0] && !slices.ContainsFunc(all, func(n string) bool { return !fullName(n) }) {
			return all
		}
	}
	return nil
}

// ofSite reports whether a name is that of the site with more behind it, such as a desk
// or a staff.
func ofSite(name string, site []string) bool {
	words := strings.Fields(name)
	return len(words) > 1 && len(words[0]) > 2 && isSite(words[0], site) && (!likePerson(name) || len(words) > 2)
}

// staffOf reports whether a name is nothing but the site's with words of roles and
// organisations around it, "Tide Staff Writer": it is nobody's.
func staffOf(name string, site []string) bool {
	words := strings.Fields(name)
	other := func(w string) bool {
		b := bylines()
		w = strings.Trim(w, ".,")
		return b.role.has(w) || b.organisation.has(w) || b.nobody.has(w)
	}
	from, to := 0, len(words)
	for from < to && other(words[from]) {
		from++
	}
	for to > from && other(words[to-1]) {
		to--
	}
	return from < to && to-from < len(words) && isSite(strings.Join(words[from:to], " "), site)
}

// withoutSite cuts the site's name off a name that it stands behind.
func withoutSite(name string, site []string) string {
	words := strings.Fields(name)
	for i := 2; i < len(words); i++ {
		if isSite(strings.Join(words[i:], " "), site) {
			return strings.Join(words[:i], " ")
		}
	}
	return name
}

// agency reports whether a name is that of a news agency, or of several.
func agency(s string) bool {
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == '/' || r == ',' || r == '&' }) {
		if !bylines().agency.has(strings.TrimSpace(part)) {
			return false
		}
	}
	return true
}

// likePerson reports whether a name can be a person's whose site is called after them:
// two or three words with capitals, none of them a word of roles or organisations.
func likePerson(s string) bool {
	var room [3]string
	words := room[:0]
	for w := range strings.FieldsSeq(s) {
		if len(words) == len(room) {
			return false
		}
		words = append(words, w)
	}
	if len(words) < 2 || hasRole(words) >= 0 || organisation(s) {
		return false
	}
	for i, w := range words {
		if r, size := utf8.DecodeRuneInString(w); !unicode.IsUpper(r) || i == 0 && bylines().article.has(w) || strings.ToLower(w[size:]) != w[size:] || bylines().noName.has(w) {
			return false
		}
	}
	return true
}

// fullName reports whether a name is one of a person as bylines have them in full: two
// words or more with capitals, particles aside, none of roles or organisations.
func fullName(s string) bool {
	words := strings.Fields(s)
	return len(words) > 1 && likeName(words) && hasRole(words) < 0 && !organisation(s) && !bylines().article.has(words[0]) &&
		!strings.ContainsAny(s, "0123456789") && !slices.ContainsFunc(words, bylines().noName.has)
}

// login reports whether a name is one that people log in with: a single word
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

// organisation reports whether a name is that of an organisation.
func organisation(s string) bool {
	for w := range strings.FieldsSeq(s) {
		if bylines().organisation.has(strings.Trim(w, ".,")) {
			return true
		}
	}
	return false
}

// metaPeople reads the authors named in meta elements: those of the most trusted name
// that has people.
func (a *naming) metaPeople() []string {
	f := a.facts
	last := -1
	for {
		rank := -1
		for _, v := range f.values[fieldByline] {
			if v.rank > last && (rank < 0 || v.rank < rank) {
				rank = v.rank
			}
		}
		if rank < 0 {
			return nil
		}
		var names []string
		for _, v := range f.values[fieldByline] {
			if v.rank != rank || chars.Blank(v.text) {
				continue
			}
			s := f.line(v.text)
			// "Last, First", as bibliographic names are given.
			if last, first, ok := strings.Cut(s, ", "); ok && !strings.Contains(last, " ") && strings.Count(s, ",") == 1 &&
				wordsIn(first) <= 2 && !bylines().letters.has(first) && bibliographic(rank) {
				s = first + " " + last
			}
			got, _ := a.d.people(s, stated)
			if strings.Contains(s, "(www.") {
				a.take(got, true) // the name of a site
				continue
			}
			for _, n := range got {
				names = appendName(names, n)
			}
		}
		spare := a.spare
		if last >= 0 {
			a.spare = nil // other elements repeat what is in the first
		}
		people := a.take(names, false)
		if last >= 0 {
			a.spare = spare
		}
		if len(people) > 0 {
			a.element = metaLists()[fieldByline][rank]
			return people
		}
		last = rank
	}
}

// cardPeople reads the author in the lines of the page's card for other sites.
func (f *facts) cardPeople(d *reader) (names []string) {
	for _, l := range f.values[fieldLabel] {
		for _, v := range f.values[fieldData] {
			if l.rank == v.rank && bareLabel(f.line(l.text)) {
				names, _ = d.people(f.line(v.text), stated)
				return names
			}
		}
	}
	return nil
}

// bibliographic reports whether a byline's meta element is citation_author or of
// Dublin Core.
func bibliographic(rank int) bool {
	switch metaLists()[fieldByline][rank] {
	case "citation_author", "dc.creator", "dcterms.creator":
		return true
	}
	return false
}
