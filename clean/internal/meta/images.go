package meta

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/winnowtext/winnow/clean/internal/chars"
)

// An Image is a picture of a page.
type Image struct {
	URL     string // absolute
	Caption string // as printed below it
	Alt     string // what it shows, for those who cannot see it
}

const (
	// maxImages bounds the pictures of a page.
	maxImages = 24

	// maxCaption is the longest caption, in bytes.
	maxCaption = 600

	// leastSide is the least width and height, in pixels, of a picture that is more
	// than an icon or a portrait.
	leastSide = 90

	// imageClimb is how many elements up a figure or a link around a picture is looked for.
	imageClimb = 6
)

// images returns the pictures of the article, as far as markup tells them from those
// of teasers and ornaments: behind the headline or right above it, in no part about
// other things, and in no link to another page.
func (f *facts) images(near *surroundings) (out []Image) {
	// Below an h1 the walk leaves out parts about other things by itself.
	apart := len(f.headings) > 0 && f.headings[0].level == 1
	for _, h := range f.pictures {
		if near.node != nil && h.pos < near.pos-momentsBefore {
			continue
		}
		pic := pictureOf(h.node)
		ref := pic.source()
		if ref == "" || tiny(pic.width) || tiny(pic.height) {
			continue
		}
		figure, link := around(h.node)
		if link != nil && !picturePage(attr(link, "href")) || !apart && near.inAside(h.node) {
			continue
		}
		u := f.absolute(ref)
		if u == "" || slices.ContainsFunc(out, func(have Image) bool { return have.URL == u }) {
			continue
		}
		img := Image{URL: u, Alt: chars.Squeeze(chars.Head(pic.alt, maxCaption))}
		if figure != nil {
			if c := child(figure, atom.Figcaption); c != nil {
				if text := textOf(c, maxCaption); len(text) <= maxCaption {
					img.Caption = text
				}
			}
		}
		out = append(out, img)
	}
	if len(out) > 0 {
		f.note("images", "page", "img")
	}
	return out
}

// absolute makes the address of a picture absolute, "" where it is none.
func (f *facts) absolute(ref string) string {
	if isPlainAddress(ref) {
		return ref // as most are: parsing would give the same
	}
	if u := f.resolve(ref); u != nil {
		return u.String()
	}
	return ""
}

// isPlainAddress reports whether an address is absolute and holds nothing that has to
// be written in another way.
func isPlainAddress(ref string) bool {
	if !strings.HasPrefix(ref, "https://") || len(ref) > maxAddress {
		return false
	}
	before := byte(0)
	for i := len("https://"); i < len(ref); i++ {
		c := ref[i]
		if c <= ' ' || c >= 0x7f || c == '.' && before == '/' {
			return false
		}
		switch c {
		case '\\', '"', '<', '>', '{', '}', '|', '^', '`':
			return false
		}
		before = c
	}
	return len(ref) > len("https://") && ref[len("https://")] != '.'
}

// maxAddress is the longest address, in bytes.
const maxAddress = 2048

// around returns the figure and the link around a picture, nil where there is none.
func around(n *html.Node) (figure, link *html.Node) {
	for p, depth := n.Parent, 0; p != nil && depth < imageClimb; p, depth = p.Parent, depth+1 {
		switch p.DataAtom {
		case atom.Figure:
			return p, link
		case atom.A:
			link = p
		}
	}
	return nil, link
}

// picturePage reports whether a link leads to a picture, not to another page.
func picturePage(href string) bool {
	href, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(href)), "?")
	if href == "" || href[0] == '#' || strings.HasPrefix(href, "javascript:") {
		return true
	}
	for _, end := range [...]string{".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif"} {
		if strings.HasSuffix(href, end) {
			return true
		}
	}
	return false
}

// tiny reports whether a picture is an icon, a portrait or a counter, by the width or
// height that the page gives it.
func tiny(side string) bool {
	if side == "" {
		return false
	}
	v := strings.TrimSuffix(strings.TrimSpace(side), "px")
	size := 0
	for i := 0; i < len(v) && v[i]-'0' <= 9; i++ {
		size = min(size*10+int(v[i]-'0'), 1<<20)
	}
	return v != "" && v[0]-'0' <= 9 && !strings.HasSuffix(v, "%") && size < leastSide
}

// A picture is what the attributes of an img element say.
type picture struct {
	width, height, alt string
	refs               [len(pictureRefs)]string // as pictureRefs has them
}

// pictureRefs are the attributes with the address of a picture, those first for which
// lazy ones wait, which have a placeholder in the others.
var pictureRefs = [...]string{"data-src", "data-original", "data-lazy-src", "src", "data-srcset", "srcset"}

func pictureOf(n *html.Node) (p picture) {
	for i := range n.Attr {
		a := &n.Attr[i]
		switch a.Key {
		case "width":
			p.width = a.Val
		case "height":
			p.height = a.Val
		case "alt":
			p.alt = a.Val
		default:
			if k := slices.Index(pictureRefs[:], a.Key); k >= 0 {
				p.refs[k] = a.Val
			}
		}
	}
	return p
}

// source is the address of a picture.
func (p *picture) source() string {
	for k, v := range p.refs {
		if v = strings.TrimSpace(v); v == "" {
			continue
		}
		if strings.HasSuffix(pictureRefs[k], "srcset") { // a list of addresses, each followed by its size
			v, _, _ = strings.Cut(v, " ")
			v = strings.TrimSuffix(v, ",")
		}
		if v != "" && !(len(v) >= 5 && strings.EqualFold(v[:5], "data:")) {
			return v
		}
	}
	return ""
}

// child returns the first element of a tag below n.
func child(n *html.Node, a atom.Atom) *html.Node {
	steps := 0
	for c := n.FirstChild; c != nil && steps < maxNodes; steps++ {
		if c.DataAtom == a {
			return c
		}
		if c.FirstChild != nil {
			c = c.FirstChild
			continue
		}
		for c != n && c.NextSibling == nil {
			c = c.Parent
		}
		if c == n {
			return nil
		}
		c = c.NextSibling
	}
	return nil
}

// favicon returns the site's icon as the page names it.
func (f *facts) favicon() string {
	for _, ref := range f.icons {
		if u := f.resolve(ref); ref != "" && u != nil {
			f.note("favicon", "link", "rel=icon")
			return u.String()
		}
	}
	return ""
}
