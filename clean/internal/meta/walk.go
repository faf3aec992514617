package meta

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/winnowtext/winnow/clean/internal/chars"
	"github.com/winnowtext/winnow/clean/internal/meta/plain"
	"github.com/winnowtext/winnow/clean/internal/work"
)

// Limits on what one walk keeps. Pages name an author or a date a few times
// above the text and then once per comment or teaser; what comes later than
// these is never the article's own.
const (
	maxHeadings = 24
	maxHits     = 64
	maxMeta     = 24 // values kept per field
	maxAnchors  = 1 << 14

	maxTextNodes = 4096 // of a headline, a byline or such
)

// facts is what the walk over the tree found, unjudged.
type facts struct {
	*Memory
	page *url.URL
	host string // the host's own letters and digits, without "www" and suffix

	lang  string
	title string
	base  string
	body  string    // classes of the body element
	link  string    // link rel=canonical
	dir   string    // direction of the text, as html or body say
	icons [2]string // link rel=icon, and of other names

	sources      titleSources // filled by headlines
	headlineKeys []string     // the headlines, folded
	origins      *[]Origin    // what is noted of the fields; nil notes nothing

	password bool // a field for one

	aside       *html.Node // an element being walked whose names and dates do not count
	class, item *signTable
	words       *bylineWords
}

// A metaValue is the content of a meta element and the rank of its name in
// data/metanames.txt; a lower rank is trusted more.
type metaValue struct {
	text string
	rank int
}

type heading struct {
	node  *html.Node
	level int
	pos   int
	aside bool   // it lies in navigation and such
	text  string // filled on demand, as is key
	key   string // text, folded
}

// A hit is an element whose markup says it holds a name or a date.
type hit struct {
	node *html.Node
	pos  int
	sign sign

	// Filled on demand.
	read  bool     // the rest is filled
	by    bool     // a "By" stands in front of the names
	names []string // the names in it
}

// walk goes over the tree once, in document order, without recursion. When the
// clock ends, that was all.
func (f *facts) walk(root *html.Node) {
	var ended error
	defer work.Catch(&ended)
	pos := 0
	n := root
	for {
		f.Clock.Step()
		down := true
		if n.Type == html.ElementNode {
			pos++
			down = f.element(n, pos)
		}
		if down && n.FirstChild != nil {
			n = n.FirstChild
			continue
		}
		for n != root && n.NextSibling == nil {
			if n == f.aside {
				f.aside = nil
			}
			n = n.Parent
		}
		if n == root {
			return
		}
		if n == f.aside {
			f.aside = nil
		}
		n = n.NextSibling
	}
}

// element takes note of one element and reports whether to walk into it.
func (f *facts) element(n *html.Node, pos int) bool {
	switch n.DataAtom {
	case atom.Div, atom.A, atom.Span, atom.Li, atom.P: // most elements
		switch {
		case f.aside != nil:
			f.inColumn(n)
		case len(n.Attr) != 0:
			f.signs(n, pos)
			if n.DataAtom == atom.A && len(f.anchors) < maxAnchors {
				f.anchors = append(f.anchors, n) // where it leads to is seldom asked
			}
		}
		if n.DataAtom == atom.P {
			f.credit(n)
		}
		return true
	}
	switch n.DataAtom {
	case atom.Html:
		if f.lang == "" {
			f.lang = attr(n, "lang")
			if f.lang == "" {
				f.lang = attr(n, "xml:lang")
			}
		}
		if f.dir == "" {
			f.dir = attr(n, "dir")
		}
		return true
	case atom.Title:
		if f.title == "" {
			f.title = textOf(n, 1024)
		}
		return false
	case atom.Meta:
		f.meta(n, pos)
		return false
	case atom.Link:
		f.linked(n)
		return false
	case atom.Base:
		if f.base == "" {
			f.base = attr(n, "href")
		}
		return false
	case atom.Script, atom.Style, atom.Svg, atom.Template, atom.Select, atom.Textarea, atom.Iframe, atom.Math:
		return false
	case atom.Aside, atom.Nav, atom.Footer:
		if f.aside == nil {
			f.signs(n, pos)
			if isAside(n) {
				f.aside = n
			}
		}
		return true
	case atom.Img:
		if f.aside == nil && len(f.pictures) < maxImages {
			f.pictures = append(f.pictures, hit{node: n, pos: pos})
		}
		return true
	case atom.Body:
		if f.body == "" {
			f.body = attr(n, "class")
		}
		if f.dir == "" {
			f.dir = attr(n, "dir")
		}
	case atom.Input:
		f.password = f.password || strings.EqualFold(attr(n, "type"), "password")
		return true
	case atom.Br, atom.Hr, atom.Button, atom.Picture, atom.Source, atom.Form, atom.Label, atom.Ul, atom.Ol:
		return true
	case atom.H4, atom.H5, atom.H6, atom.Strong, atom.Dt:
		f.credit(n)
	case atom.H1, atom.H2, atom.H3:
		f.credit(n)
		if n.DataAtom == atom.H3 && !titleClass(attr(n, "class")) {
			break
		}
		if len(f.headings) < maxHeadings && (f.aside == nil || n.DataAtom == atom.H1) {
			f.headings = append(f.headings, heading{node: n, level: int(n.Data[1] - '0'), pos: pos, aside: f.aside != nil})
		}
		if n.DataAtom == atom.H1 {
			f.aside = nil // it may hold the article, where an end tag is missing
		}
	case atom.Time:
		if f.aside == nil && len(f.moments) < maxHits {
			f.moments = append(f.moments, hit{node: n, pos: pos, sign: signTime | f.attrs(n)})
		} else if f.aside != nil && f.aside.DataAtom == atom.Aside && len(f.asideTimes) < maxMeta {
			f.asideTimes = append(f.asideTimes, n)
		}
		return true
	}
	if len(n.Attr) != 0 && f.aside == nil {
		f.signs(n, pos)
	}
	return true
}

// credit takes note of an element that may be the credit of a writer, or a heading of one.
func (f *facts) credit(n *html.Node) {
	c := n.FirstChild
	if c == nil || c.Type != html.TextNode || len(c.Data) > 2*maxNamed { // a longer one is text
		return
	}
	text := c.Data
	for len(text) > 0 && text[0] <= ' ' {
		text = text[1:]
	}
	if len(text) >= minCredit && f.words.credits(text) && len(f.credits) < maxMeta {
		f.credits = append(f.credits, n)
	}
}

// minCredit is the length of the shortest words that credits far from the headline are
// known by, in bytes: shorter ones, such as "by", are words of sentences, too.
const minCredit = 6

// inColumn takes note of an element of a column or of the foot of the page that holds a
// name: a link with rel=author, in a column a byline, too.
func (f *facts) inColumn(n *html.Node) {
	column := f.aside.DataAtom == atom.Aside
	if !column && f.aside.DataAtom != atom.Footer || len(f.asideBylines) >= maxMeta {
		return
	}
	for i := range n.Attr {
		switch a := &n.Attr[i]; {
		case a.Key == "rel" && n.DataAtom == atom.A && f.item.scan(a.Val)&signRelAuthor != 0,
			a.Key == "class" && column && f.cache.scan(f.class, a.Val)&(signAuthor|signByline) != 0:
			f.asideBylines = append(f.asideBylines, n)
			return
		}
	}
}

// signs takes note of an element that holds a name or a date.
func (f *facts) signs(n *html.Node, pos int) {
	if len(f.people) >= maxHits && len(f.moments) >= maxHits {
		return
	}
	s := f.attrs(n)
	if s&(signForeign|signColumn) != 0 && f.aside == nil && len(f.headings) > 0 && f.headings[0].level == 1 {
		f.aside = n
	}
	if s&signTag != 0 && len(f.tagged) < maxTags {
		f.tagged = append(f.tagged, n)
	}
	if s&signAbout != 0 {
		s &^= signAuthor
	}
	if s&(signPerson|signMoment) == 0 {
		return
	}
	if s&signPerson != 0 && len(f.people) < maxHits {
		f.people = append(f.people, hit{node: n, pos: pos, sign: s})
	}
	if s&signMoment != 0 && len(f.moments) < maxHits {
		f.moments = append(f.moments, hit{node: n, pos: pos, sign: s})
	}
}

// titleClass reports whether a class says title of the post, in the words of
// the hAtom microformat and of blog systems.
func titleClass(s string) bool {
	return strings.Contains(s, "entry-title") || strings.Contains(s, "post-title")
}

func (f *facts) linked(n *html.Node) {
	rel := attr(n, "rel")
	switch {
	case f.link == "" && strings.EqualFold(rel, "canonical"):
		f.link = strings.TrimSpace(attr(n, "href"))
	case f.icons[0] == "" && (strings.EqualFold(rel, "icon") || strings.EqualFold(rel, "shortcut icon")):
		f.icons[0] = strings.TrimSpace(attr(n, "href"))
	case f.icons[1] == "" && strings.EqualFold(rel, "apple-touch-icon"):
		f.icons[1] = strings.TrimSpace(attr(n, "href"))
	}
}

// meta takes note of a meta element: by property, name, itemprop or
// http-equiv, whichever is known. Names are lower-cased; several names in one
// attribute are each tried.
func (f *facts) meta(n *html.Node, pos int) {
	var content, keys [4]string
	k := 0
	for _, a := range n.Attr {
		switch a.Key {
		case "content":
			content[0] = a.Val
		case "property", "name", "itemprop", "http-equiv":
			if k < len(keys) {
				keys[k] = a.Val
				k++
			}
		}
	}
	if content[0] == "" {
		return
	}
	for _, key := range keys[:k] {
		for key != "" {
			word := key
			if i := strings.IndexByte(key, ' '); i >= 0 {
				word, key = key[:i], key[i+1:]
			} else {
				key = ""
			}
			id, ok := metaName(word)
			if !ok {
				continue
			}
			vs := &f.values[id.field]
			if len(*vs) < maxMeta {
				*vs = append(*vs, metaValue{content[0], id.rank})
			}
		}
	}
}

// best returns the values of a field, those of the most trusted name only.
func (f *facts) best(id field) []string {
	low := -1
	var out []string
	for _, v := range f.values[id] {
		if chars.Blank(v.text) {
			continue
		}
		if low < 0 || v.rank < low {
			low, out = v.rank, out[:0]
		}
		if v.rank == low {
			out = append(out, v.text)
		}
	}
	return out
}

// first returns the first value of the most trusted name of a field.
func (f *facts) first(id field) string {
	low, text := -1, ""
	for _, v := range f.values[id] {
		if (low < 0 || v.rank < low) && !chars.Blank(v.text) {
			low, text = v.rank, v.text
		}
	}
	return f.line(text)
}

// line is plain.Line, noted on the clock: a page may hold texts of any length.
func (f *facts) line(s string) string {
	f.Clock.Read(len(s))
	return plain.Line(s)
}

func attr(n *html.Node, key string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return n.Attr[i].Val
		}
	}
	return ""
}

// textOf returns the visible text under n, white space squeezed, words of
// different blocks apart, cut off soon after max bytes or maxTextNodes.
func textOf(n *html.Node, max int) string {
	if c := n.FirstChild; c != nil && c.Type == html.TextNode && c.NextSibling == nil {
		return chars.Squeeze(chars.Head(c.Data, 2*max))
	}
	var buf [2 * maxLine]byte
	b, space, size, nodes := buf[:0], false, 0, 0
	for c := n.FirstChild; c != nil; {
		down := true
		switch c.Type {
		case html.TextNode:
			text := chars.Head(c.Data, 2*max)
			b, space = chars.AppendSqueezed(b, text, space)
			size += len(text)
		case html.ElementNode:
			switch c.DataAtom {
			case atom.Script, atom.Style, atom.Svg, atom.Template, atom.Noscript, atom.Select, atom.Button:
				down = false
			}
			if !inline(c.DataAtom) {
				space = true
				size++
			}
		}
		if nodes++; size > max || nodes > maxTextNodes {
			break
		}
		if down && c.FirstChild != nil {
			c = c.FirstChild
			continue
		}
		for c != n && c.NextSibling == nil {
			c = c.Parent
			if c != n && !inline(c.DataAtom) {
				space = true
				size++
			}
		}
		if c == n {
			break
		}
		c = c.NextSibling
	}
	return string(b)
}

func inline(a atom.Atom) bool {
	switch a {
	case atom.A, atom.Abbr, atom.B, atom.Bdi, atom.Bdo, atom.Cite, atom.Code, atom.Em, atom.Font, atom.I,
		atom.Ins, atom.Kbd, atom.Mark, atom.Q, atom.S, atom.Small, atom.Span, atom.Strong, atom.Sub,
		atom.Sup, atom.Time, atom.U, atom.Var, atom.Wbr:
		return true
	}
	return false
}
