package meta

import (
	"slices"
	"strings"

	"github.com/winnowtext/winnow/clean/internal/meta/jsonld"
)

const (
	// maxTags bounds the tags of a page; lists for search engines go into hundreds.
	maxTags = 32

	// maxTag is the longest tag, in bytes; longer ones are sentences.
	maxTag = 80
)

// section returns the part of the site that the page says it stands in.
func (f *facts) section(ld *linked) string {
	if s := f.first(fieldSection); named(s) {
		f.noteMeta("section", fieldSection, s)
		return s
	}
	if ld.main.Class != jsonld.ClassOther {
		if s := f.line(ld.main.Get(jsonld.KeySection).Str(jsonld.KeyName)); named(s) {
			f.note("section", "json-ld", "articleSection")
			return s
		}
	}
	return ""
}

// named reports whether s can be the name of a section or tag: short, no address,
// no blank of a template.
func named(s string) bool {
	return s != "" && len(s) <= maxTag && !strings.Contains(s, "://") && !strings.Contains(s, "{{") && letters(s) > 0
}

// tags returns what the page says it is about: of the first source that has any.
// site holds the glued names of the site, which are no tags.
func (f *facts) tags(ld *linked, site []string) []string {
	var tags []string
	add := func(s string) {
		for _, t := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' || r == '、' || r == '，' }) {
			t = strings.TrimSpace(t)
			if len(tags) < maxTags && named(t) && !isSite(t, site) && !slices.ContainsFunc(tags, func(have string) bool { return strings.EqualFold(have, t) }) {
				tags = append(tags, t)
			}
		}
	}
	if best := f.best(fieldTags); len(best) > 0 && f.nameOf(fieldTags, best[0]) != "keywords" {
		for _, s := range best {
			add(f.line(s))
		}
		if len(tags) > 0 {
			f.noteMeta("tags", fieldTags, best[0])
			return tags
		}
	}
	if ld.main.Class != jsonld.ClassOther {
		for _, s := range ld.main.Get(jsonld.KeyKeywords).Strs(jsonld.KeyName) {
			add(f.line(s))
		}
		if len(tags) > 0 {
			f.note("tags", "json-ld", "keywords")
			return tags
		}
	}
	for _, n := range f.tagged {
		add(strings.TrimPrefix(textOf(n, maxTag), "#"))
	}
	if len(tags) > 0 {
		f.note("tags", "link", "rel=tag")
		return tags
	}
	for _, s := range f.best(fieldTags) {
		add(f.line(s))
	}
	if len(tags) > 0 {
		f.note("tags", "meta", "keywords")
	}
	return tags
}

// free returns whether the page says that all may read it, nil when it says nothing.
func (f *facts) free(ld *linked) *bool {
	if ld.free != nil {
		f.note("free", "json-ld", "isAccessibleForFree")
		return ld.free
	}
	var free bool
	switch tier := strings.ToLower(f.first(fieldTier)); tier {
	case "free", "unlocked", "false":
		free = true
	case "locked", "premium", "paid", "subscriber", "subscription", "true":
	default:
		return nil
	}
	f.noteMeta("free", fieldTier, "")
	return &free
}

// rightToLeft are the languages that are written from right to left.
var rightToLeft = map[string]bool{
	"ar": true, "arc": true, "ckb": true, "dv": true, "fa": true, "he": true, "iw": true, "ks": true, "ku": true,
	"nqo": true, "ps": true, "sd": true, "syr": true, "ug": true, "ur": true, "yi": true,
}

// direction returns the direction of the page's text: as its elements say, else that
// of its language.
func (f *facts) direction(lang string) string {
	switch d := strings.ToLower(strings.TrimSpace(f.dir)); d {
	case "ltr", "rtl":
		f.note("direction", "html element", "dir")
		return strings.Clone(d)
	}
	if lang == "" {
		return ""
	}
	f.note("direction", "language", "")
	if strings.Contains(lang, "-latn") || strings.Contains(lang, "-cyrl") {
		return "ltr"
	}
	primary, _, _ := strings.Cut(lang, "-")
	if rightToLeft[primary] || strings.Contains(lang, "-arab") || strings.Contains(lang, "-hebr") {
		return "rtl"
	}
	return "ltr"
}
