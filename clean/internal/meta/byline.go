package meta

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/chars"
	"github.com/winnowtext/winnow/clean/internal/meta/jsonld"
)

// byline finds the page's authors: the first source that names people wins.
// Names of organisations and log-in names are kept for when no other is
// found. site holds the glued names of the site.
func (f *facts) byline(ld *linked, near *surroundings, d *reader, site []string) string {
	var spare []string // names that are used when there is no better one, best first

	take := func(names []string, org bool) []string {
		var people, weak []string
		for _, n := range names {
			switch {
			case org || isSite(n, site) || organisation(n) || login(n):
				// Named by two sources, it is the byline.
				if slices.ContainsFunc(spare, func(s string) bool { return chars.Fold(s) == chars.Fold(n) }) && !isSite(n, site) && !login(n) {
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
	linkedPeople := func(n jsonld.Node) []string {
		for _, key := range [...]jsonld.Key{jsonld.KeyAuthor, jsonld.KeyCreator} {
			var names, orgs []string
			for _, p := range ld.Parties(n.Get(key)) {
				if p.Org {
					orgs = appendName(orgs, p.Name)
					continue
				}
				got, _ := d.people(p.Name, stated)
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
	for _, w := range strings.Fields(strings.ToLower(s)) {
		if bylines().organisation[strings.Trim(w, ".,")] {
			return true
		}
	}
	return false
}

// metaPeople reads the authors named in meta elements.
func (f *facts) metaPeople(d *reader) (names []string) {
	for _, v := range f.best(fieldByline) {
		s := f.line(v)
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

// bibliographic reports whether a byline value comes from citation_author or
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
