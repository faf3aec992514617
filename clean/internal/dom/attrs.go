package dom

import (
	"bytes"

	"github.com/winnowtext/winnow/clean/internal/chars"
	"github.com/winnowtext/winnow/clean/internal/work"
	"golang.org/x/net/html"
)

// tooManyAttrs reports whether a tag of the page has more than maxAttrs
// attributes.
func tooManyAttrs(c *work.Clock, page []byte) bool {
	defer work.Catch(new(error)) // who reads on sees the end
	for i := 0; ; {
		_, cut, end := nextTag(c, page, i)
		if end < 0 {
			return false
		}
		if cut > 0 {
			return true
		}
		i = end
	}
}

// trimAttrs returns the page without those attributes that a tag has beyond
// the first maxAttrs. A page without such tags is returned as it is,
// and so is any when the clock ends.
func trimAttrs(c *work.Clock, page []byte) (trimmed []byte) {
	trimmed = page
	defer work.Catch(new(error))
	var out []byte
	done := 0
	for i := 0; ; {
		_, cut, end := nextTag(c, page, i)
		if end < 0 {
			break
		}
		if cut > 0 {
			out = append(out, page[done:cut]...)
			done = end - 1 // the ">"
		}
		i = end
	}
	if done == 0 {
		return page
	}
	return append(out, page[done:]...)
}

// nextTag returns where the next start tag from i on begins and ends, and where
// its attribute number maxAttrs+1 begins, 0 if there is none; end is -1 when
// there is no complete tag. Comments, scripts and style sheets are passed over.
func nextTag(c *work.Clock, page []byte, i int) (start, cut, end int) {
	for {
		c.Read(8)
		j := bytes.IndexByte(page[i:], '<')
		if j < 0 || i+j+1 >= len(page) {
			return 0, 0, -1
		}
		i += j
		switch tag := page[i:]; {
		case hasFold(tag, "<!--"):
			i += skipTo(tag, "-->")
		case !isLetter(tag[1]):
			i++
		default:
			cut, end = attributes(c, page, i+1)
			if end > 0 && hasFold(tag, "<script") {
				end += toEnd(page[end:], "</script")
			} else if end > 0 && hasFold(tag, "<style") {
				end += toEnd(page[end:], "</style")
			}
			return i, cut, end
		}
	}
}

// toEnd is skipTo without the mark itself.
func toEnd(b []byte, mark string) int {
	if n := skipTo(b, mark); n < len(b) {
		return n - len(mark)
	}
	return len(b)
}

// attributes walks over a tag whose name begins at i, by the tokenizer's
// rules.
func attributes(c *work.Clock, page []byte, i int) (cut, end int) {
	for i < len(page) && !chars.IsHTMLSpace(page[i]) && page[i] != '/' && page[i] != '>' {
		i++
	}
	for n := 0; ; n++ {
		c.Read(16)
		for i < len(page) && (chars.IsHTMLSpace(page[i]) || page[i] == '/') {
			i++
		}
		if i == len(page) {
			return 0, -1
		}
		if page[i] == '>' {
			return cut, i + 1
		}
		if n == maxAttrs {
			cut = i
		}
		i++ // a "=" in front belongs to the name
		for i < len(page) && !chars.IsHTMLSpace(page[i]) && page[i] != '/' && page[i] != '>' && page[i] != '=' {
			i++
		}
		for i < len(page) && chars.IsHTMLSpace(page[i]) {
			i++
		}
		if i == len(page) || page[i] != '=' {
			continue
		}
		for i++; i < len(page) && chars.IsHTMLSpace(page[i]); i++ {
		}
		if i < len(page) && (page[i] == '"' || page[i] == '\'') {
			j := bytes.IndexByte(page[i+1:], page[i])
			if j < 0 {
				return 0, -1
			}
			i += j + 2
			continue
		}
		for i < len(page) && !chars.IsHTMLSpace(page[i]) && page[i] != '>' {
			i++
		}
	}
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// mergeAttrs adds the attributes that dst lacks.
func mergeAttrs(dst *html.Node, attrs []html.Attribute) {
	for _, a := range attrs {
		if len(dst.Attr) >= maxAttrs {
			return
		}
		if !hasAttr(dst, a.Key) {
			dst.Attr = append(dst.Attr, a)
		}
	}
}

func hasAttr(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}
