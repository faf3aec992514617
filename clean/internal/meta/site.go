package meta

import (
	"net/url"
	"strings"

	"github.com/winnowtext/winnow/clean/internal/chars"
	"github.com/winnowtext/winnow/clean/internal/meta/jsonld"
	"github.com/winnowtext/winnow/clean/internal/meta/plain"
)

// hostWords returns the name in a host: "example" of www.example.co.uk.
func hostWords(page *url.URL) string {
	if page == nil {
		return ""
	}
	host := strings.ToLower(page.Hostname())
	name, _, _ := strings.Cut(registered(host), ".")
	return chars.Glue(name)
}

// language returns the page's language: html lang, JSON-LD, then meta.
func (f *facts) language(ld *linked) string {
	for i, s := range [...]string{f.lang, f.first(fieldLanguage)} {
		if l := languageTag(s); l != "" {
			if i == 0 {
				f.note("language", "html element", "lang")
			} else {
				f.noteMeta("language", fieldLanguage, "")
			}
			return l
		}
	}
	for i := range ld.Nodes {
		if ld.Nodes[i].Class >= jsonld.ClassPage {
			if l := languageTag(ld.Nodes[i].Get(jsonld.KeyLanguage).Str(jsonld.KeyName)); l != "" {
				f.note("language", "json-ld", "inLanguage")
				return l
			}
		}
	}
	return ""
}

// languageTag normalises a language tag: lower case, hyphens, at most
// language, script and region; "" when it is none.
func languageTag(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), ",")
	s, _, _ = strings.Cut(s, ".")
	s = strings.ToLower(strings.ReplaceAll(strings.TrimSpace(s), "_", "-"))
	parts := strings.Split(s, "-")
	if len(parts[0]) != 2 && len(parts[0]) != 3 {
		return ""
	}
	out := parts[:0]
	for i, p := range parts {
		if i == 3 || len(p) < 2 || len(p) > 4 {
			break
		}
		for k := 0; k < len(p); k++ {
			if c := p[k]; (c < 'a' || c > 'z') && (i == 0 || c < '0' || c > '9') {
				if i == 0 {
					return ""
				}
				return strings.Join(out, "-")
			}
		}
		out = append(out, p)
	}
	return strings.Join(out, "-")
}

// siteName returns the site's name: og:site_name, the application's name, the
// publisher.
func (f *facts) siteName(ld *linked) string {
	for _, s := range f.best(fieldSite) {
		if s = f.line(s); f.namesSite(s) {
			f.noteMeta("site_name", fieldSite, s)
			return f.cutTagline(s)
		}
	}
	for _, n := range append([]jsonld.Node{ld.main}, ld.Nodes...) {
		for _, p := range ld.Parties(n.Get(jsonld.KeyPublisher)) {
			if f.namesSite(p.Name) {
				f.note("site_name", "json-ld", "publisher")
				return p.Name
			}
		}
	}
	return ""
}

// namesSite reports whether s can be a site's name: some pages fill in their
// own title or address.
func (f *facts) namesSite(s string) bool {
	if s == "" || strings.Contains(s, "://") || len(s) > maxTitle {
		return false
	}
	key := chars.Glue(s)
	return key != "" && (wordsIn(s) <= maxSiteWords || key != chars.Glue(f.title) && key != chars.Glue(f.first(fieldTitle)))
}

// cutTagline cuts "Name | What we do" down to the name where a bar parts
// them or the host has the name.
func (f *facts) cutTagline(s string) string {
	var room [titleRoom]titlePart
	parts := splitTitle(room[:0], s)
	if len(parts) < 2 {
		return s
	}
	if first := chars.Glue(parts[0].text); parts[1].hard || first == f.host {
		return parts[0].text
	}
	return s
}

// resolve makes a reference absolute, by the page's base.
func (f *facts) resolve(ref string) *url.URL {
	ref = strings.TrimSpace(ref)
	if ref == "" || len(ref) > 2048 || strings.HasPrefix(ref, "data:") {
		return nil
	}
	u, err := url.Parse(ref)
	if err != nil {
		return nil
	}
	if !u.IsAbs() || strings.Contains(u.Path, "/.") {
		if base := f.baseURL(); base != nil {
			u = base.ResolveReference(u)
		}
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil
	}
	return u
}

// baseURL is what references of the page start from; nil when it is not known.
func (f *facts) baseURL() *url.URL {
	if f.base == "" {
		return f.page
	}
	base, err := url.Parse(strings.TrimSpace(f.base))
	switch {
	case err != nil:
		return f.page
	case f.page != nil:
		return f.page.ResolveReference(base)
	}
	return base
}

// canonicalURL returns the address the page gives itself, and the one to use: the
// same when it is on the same site, else the one the page was fetched from.
func (f *facts) canonicalURL() (use, canonical string) {
	for i := range 2 {
		ref := f.link
		if i > 0 {
			if use != "" && canonical != "" {
				break
			}
			ref = f.first(fieldURL)
		}
		u := f.resolve(ref)
		if u == nil {
			continue
		}
		note := func(field string) {
			if i == 0 {
				f.note(field, "link", "rel=canonical")
			} else {
				f.noteMeta(field, fieldURL, "")
			}
		}
		if canonical == "" && (f.page == nil || !isRoot(u) || isRoot(f.page)) {
			canonical = u.String()
			note("canonical")
		}
		if use == "" && (f.page == nil || sameSite(u, f.page) && !(isRoot(u) && !isRoot(f.page))) {
			use = u.String()
			note("url")
		}
	}
	if use == "" && f.page != nil {
		use = f.page.String()
		f.note("url", "input", "")
	}
	return use, canonical
}

func isRoot(u *url.URL) bool { return strings.Trim(u.Path, "/") == "" && u.RawQuery == "" }

// sameSite reports whether two addresses belong to one registered domain.
func sameSite(a, b *url.URL) bool {
	if strings.EqualFold(a.Hostname(), b.Hostname()) {
		return true
	}
	domain := registered(strings.ToLower(a.Hostname()))
	return domain != "" && domain == registered(strings.ToLower(b.Hostname()))
}

// samePage reports whether a reference leads to this page.
func (f *facts) samePage(ref, canonical string) bool {
	u := f.resolve(plain.Line(ref))
	if u == nil {
		return false
	}
	key := func(u *url.URL) string {
		return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.") + strings.TrimSuffix(u.Path, "/")
	}
	k := key(u)
	if f.page != nil && key(f.page) == k {
		return true
	}
	c, err := url.Parse(canonical)
	return err == nil && canonical != "" && key(c) == k
}

// summary returns the page's summary, and all that it gives, a line each.
func (f *facts) summary(ld *linked, headlines []string) (excerpt, every string) {
	title, own := "", ""
	if len(headlines) > 0 {
		title, own = headlines[0], f.headlineKeys[0]
	}
	var room [2 + maxMeta]string
	all := room[:0]
	all = append(all, f.first(fieldSummary))
	if ld.main.Class >= jsonld.ClassPage {
		all = append(all, f.line(ld.main.Get(jsonld.KeyDescription).Str()))
	}
	for _, v := range f.values[fieldSummary] {
		all = append(all, f.line(v.text))
	}
	for _, s := range all {
		if s == "" || len(s) < 2*len(title) && (chars.FoldsTo(s, own) || chars.FoldsTo(s, "")) {
			continue
		}
		if excerpt == "" {
			excerpt = s
			if f.origins != nil {
				if name := f.nameOf(fieldSummary, s); name != "" {
					f.note("excerpt", "meta", name)
				} else {
					f.note("excerpt", "json-ld", "description")
				}
			}
		}
		if !strings.Contains(every, s) {
			every += s + "\n"
		}
	}
	return excerpt, every
}

// image returns the lead picture.
func (f *facts) image(ld *linked) string {
	refs := []string{f.first(fieldImage)}
	if ld.main.Class != jsonld.ClassOther {
		if v := ld.Resolve(ld.main.Get(jsonld.KeyImage)); v != nil {
			refs = append(refs, v.Str(jsonld.KeyURL, jsonld.KeyContentURL))
		}
	}
	for i, ref := range refs {
		if u := f.resolve(plain.Line(ref)); u != nil {
			if i == 0 {
				f.noteMeta("image", fieldImage, "")
			} else {
				f.note("image", "json-ld", "image")
			}
			return u.String()
		}
	}
	return ""
}
