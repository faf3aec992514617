package block

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/winnowtext/winnow/clean/internal/css"
)

// An Image is a picture of the page, or what else is to be seen without being text.
type Image struct {
	At   int32 // place in Doc.Text
	End  int32 // of its text, At where it has none
	Elem int32 // innermost element around, or its own if it is among the elements
	Node *html.Node
	Kind ImageKind
	// Space: white space parts it from the text before.
	Space bool
	// Hidden: an element around it hides it, as far as styles tell; see Doc.Hides.
	Hidden bool

	source  string // see Source
	sourced bool
}

// Source is the address of a picture as the page writes it, see ImageSource.
func (i *Image) Source() string {
	if !i.sourced {
		i.source, i.sourced = ImageSource(i.Node), true
	}
	return i.source
}

// ImageKind is what is to be seen.
type ImageKind uint8

// Kinds of images.
const (
	Picture ImageKind = iota
	Embed             // a frame, video or recording
	Formula           // of mathematics
)

// fallback notes the image that a noscript element holds, where scripts show one that
// no element of the page stands for.
func (b *builder) fallback(n *html.Node) {
	hidden := b.d.Elems[b.top()].Flags&(fHidden|fInvisible) != 0
	if n.FirstChild == nil {
		return
	}
	const most = 50 // nodes to look at
	for s := n.PrevSibling; s != nil; s = s.PrevSibling {
		seen := 0
		if s.DataAtom == atom.Img {
			return
		}
		for c := range s.Descendants() {
			if seen++; c.DataAtom == atom.Img || seen > most {
				return
			}
		}
	}
	if img := onlyImage(n); img != nil && !isPixel(img) {
		at := int32(len(b.d.Text))
		b.d.Images = append(b.d.Images, Image{At: at, End: at, Elem: b.top(), Node: img, Space: b.space, Hidden: hidden})
	}
}

// isPixel reports whether an image is there to count readers, not to be seen.
func isPixel(n *html.Node) bool {
	for _, key := range [...]string{"width", "height"} {
		if v := strings.TrimSuffix(strings.TrimSpace(attrOf(n, key)), "px"); v == "0" || v == "1" {
			return true
		}
	}
	return false
}

// Hides reports whether an element hides a picture in it for good, by itself: what has
// no height or cannot be seen through waits for it to be loaded.
func (d *Doc) Hides(elem int32) bool {
	e := &d.Elems[elem]
	if e.Flags&(fHidden|fInvisible) == 0 {
		return false
	}
	n := d.nodes[elem]
	for i := range n.Attr {
		switch a := &n.Attr[i]; a.Key {
		case "hidden":
			if !strings.EqualFold(a.Val, "false") {
				return true
			}
		case "style":
			var st css.Style
			if st.Read(a.Val, css.All); st.Set&css.Display != 0 && st.Display == css.None || st.Set&css.Visibility != 0 && st.Hidden {
				return true
			}
		}
	}
	return false
}

// ImageSource is the address of an image as the page writes it: that which lazy
// images wait for, if they have a placeholder.
func ImageSource(n *html.Node) string {
	if behind := behindScript(n); behind != nil {
		n = behind
	}
	for _, key := range imageAttrs {
		if src := firstAddress(key, attrOf(n, key)); src != "" {
			return src
		}
	}
	// Whatever else makers of scripts call it.
	for i := range n.Attr {
		if a := &n.Attr[i]; strings.HasPrefix(a.Key, "data-") && namesImage(a.Val) {
			return firstAddress(a.Key, a.Val)
		}
	}
	if n.Parent == nil || n.Parent.DataAtom != atom.Picture && n.Parent.DataAtom != atom.Figure {
		return ""
	}
	near := 32 // siblings; each image among them asks all
	for s := n.Parent.FirstChild; s != nil && near > 0; s, near = s.NextSibling, near-1 {
		for _, key := range imageAttrs {
			if src := firstAddress(key, attrOf(s, key)); src != "" {
				return src
			}
		}
	}
	return ""
}

// behindScript is the image for readers without scripts that stands behind one which
// waits for a script, nil for none.
func behindScript(n *html.Node) *html.Node {
	const near = 2 // elements further out, when there is nothing but the image in them
	at := n
	for range near {
		s := at.NextSibling
		for s != nil && s.Type == html.TextNode && strings.TrimSpace(s.Data) == "" {
			s = s.NextSibling
		}
		if s != nil && s.DataAtom == atom.Noscript && s.FirstChild != nil {
			if img := onlyImage(s); img != nil {
				return img
			}
			return nil
		}
		if s != nil || at.Parent == nil {
			return nil
		}
		at = at.Parent
	}
	return nil
}

// onlyImage is the image that a noscript element holds, nil if that holds none or
// anything else.
func onlyImage(noscript *html.Node) (img *html.Node) {
	const most = 8 << 10 // bytes
	if c := noscript.FirstChild; c.Type == html.TextNode && c.NextSibling == nil {
		if len(c.Data) > most || !strings.Contains(c.Data, "<img") {
			return nil
		}
		doc, err := html.ParseWithOptions(strings.NewReader(c.Data), html.ParseOptionEnableScripting(false))
		if err != nil {
			return nil
		}
		noscript = doc
	}
	for c := range noscript.Descendants() {
		switch {
		case c.Type == html.TextNode && strings.TrimSpace(c.Data) != "":
			return nil
		case c.DataAtom == atom.Img && img != nil:
			return nil
		case c.DataAtom == atom.Img:
			img = c
		}
	}
	return img
}

// imageAttrs hold addresses of an image, the most likely to be the real one first.
var imageAttrs = [...]string{
	"data-src", "data-original", "data-lazy-src", "data-lazy", "data-original-src", "data-actualsrc", "data-full-src", "data-echo",
	"src", "data-srcset", "data-lazy-srcset", "srcset",
}

// firstAddress is the first address in the value of an attribute that is no
// placeholder.
func firstAddress(key, value string) string {
	if strings.HasSuffix(key, "srcset") {
		value = largest(value)
	}
	value = strings.TrimSpace(value)
	if len(value) >= 5 && strings.EqualFold(value[:5], "data:") || strings.HasPrefix(value, "{") || isPlaceholder(value) {
		return ""
	}
	return value
}

// namesImage reports whether a value is the address of an image by its ending.
func namesImage(v string) bool {
	const most = 2000 // bytes
	if len(v) > most || strings.ContainsAny(v, " {}\"") || !strings.Contains(v, "/") {
		return false
	}
	v, _, _ = strings.Cut(v, "?")
	for _, ending := range [...]string{".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"} {
		if len(v) > len(ending) && strings.EqualFold(v[len(v)-len(ending):], ending) {
			return !isPlaceholder(v)
		}
	}
	return false
}

// isPlaceholder reports whether an address is by its name that of what is shown until
// the image is there.
func isPlaceholder(src string) bool {
	name := strings.ToLower(src[strings.LastIndexByte(src, '/')+1:])
	if len(name) == len("x.gif") && strings.HasSuffix(name, ".gif") {
		return true
	}
	for _, word := range [...]string{"placeholder", "blank.", "spacer", "transparent.", "1x1", "pixel.", "loading.", "lazyload", "grey.gif", "clear.gif", "empty."} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// largest is the address of the largest image in a list of addresses, each followed by
// its size.
func largest(list string) (found string) {
	most := -1.0
	fields := strings.Fields(list)
	for i := 0; i < len(fields); i++ {
		src, size := fields[i], 1.0
		if alone := strings.HasSuffix(src, ","); alone {
			src = strings.TrimRight(src, ",")
		} else if i+1 < len(fields) {
			i++
			if v, err := strconv.ParseFloat(strings.TrimRight(fields[i], "wxh,"), 64); err == nil {
				size = v
			}
		}
		if src != "" && size > most {
			most, found = size, src
		}
	}
	return found
}
