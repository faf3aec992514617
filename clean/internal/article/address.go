package article

import (
	"net/url"
	"strings"
)

// address makes an address absolute. Those that run something are none.
func (e *elements) address(ref string) string {
	ref = strings.TrimSpace(ref)
	if s, ok := e.plain(ref); ok {
		return s
	}
	return e.parsed(ref)
}

// parsed is what address makes of addresses by their parts.
func (e *elements) parsed(ref string) string {
	u, err := url.Parse(ref)
	if err != nil {
		u, err = url.Parse(wellWritten(ref))
	}
	if err != nil {
		return ""
	}
	if ref == "" {
		return ""
	}
	if e.structure.Base != nil {
		u = e.structure.Base.ResolveReference(u)
	}
	if u.Path == "" && u.Host != "" && u.RawQuery != "" {
		u.Path = "/" // as browsers have it
	}
	if strings.ContainsAny(u.Host, "\"<>\\^`{|} ") || strings.ContainsAny(u.Host, "[]") && u.Host[0] != '[' {
		return "" // no host has these
	}
	u.Host = strings.ToLower(u.Host)
	u.Opaque = strings.Join(strings.Fields(u.Opaque), "%20")
	switch u.Scheme {
	case "http", "https":
		if u.Host == "" {
			return "" // it leads nowhere
		}
		return u.String()
	case "mailto", "":
		return u.String()
	}
	return ""
}

// wellWritten is an address as browsers understand one that does not keep to the form of
// addresses: a percent sign that begins no code means itself, line ends mean nothing.
func wellWritten(ref string) string {
	isHex := func(i int) bool {
		return i < len(ref) && (isDigit(ref[i]) || 'a' <= ref[i]|0x20 && ref[i]|0x20 <= 'f')
	}
	var sb strings.Builder
	for i := range len(ref) {
		switch c := ref[i]; {
		case c < ' ' || c == 0x7F:
		case c == '%' && !(isHex(i+1) && isHex(i+2)):
			sb.WriteString("%25")
		default:
			sb.WriteByte(c)
		}
	}
	return sb.String()
}

// siteOf is what addresses of the site of a page begin with, "" when that is not known.
func siteOf(page *url.URL) string {
	if page == nil || page.User != nil || page.Opaque != "" || page.Scheme != "http" && page.Scheme != "https" || !isPlainHost(page.Host) {
		return ""
	}
	return page.Scheme + "://" + page.Host
}

// plain is what address makes of the addresses that most pages have, which need no
// parsing: whole ones and those from the root of the site on, of plain characters.
func (e *elements) plain(ref string) (address string, ok bool) {
	path := ref
	if len(ref) > 0 && ref[0] == '/' {
		if e.site == "" {
			return "", false
		}
	} else {
		rest, ok := strings.CutPrefix(ref, "https://")
		if !ok {
			rest, ok = strings.CutPrefix(ref, "http://")
		}
		k := strings.IndexByte(rest, '/')
		if !ok || k < 0 || !isPlainHost(rest[:k]) {
			return "", false
		}
		path = rest[k:]
	}
	for i := 1; i < len(path); i++ {
		switch c := path[i]; {
		case c == '?' && isPlainQuery(path[i+1:]):
			i = len(path)
		case (c == '/' || c == '.') && path[i-1] == '/': // it may lead up or to another host
			return "", false
		case c != '/' && c != ':' && !isPlain(c):
			return "", false
		}
	}
	if ref[0] == '/' {
		return e.site + ref, true
	}
	return ref, true
}

// isPlain reports whether a character means itself in every part of an address.
func isPlain(c byte) bool {
	return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'z' || c == '-' || c == '.' || c == '_' || c == '~' || c == ',' || c == '=' || c == '+'
}

// isPlainQuery reports whether a query has plain characters alone.
func isPlainQuery(s string) bool {
	for i := range len(s) {
		if c := s[i]; !isPlain(c) && c != '/' && c != '&' && c != ':' && c != '?' {
			return false
		}
	}
	return true
}

// isPlainHost reports whether a host is one as it is written in lower case, without a
// port.
func isPlainHost(s string) bool {
	for i := range len(s) {
		if c := s[i]; !isDigit(c) && (c < 'a' || c > 'z') && c != '-' && c != '.' {
			return false
		}
	}
	return s != ""
}
