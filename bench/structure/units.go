// Package structure judges Markdown and HTML by what they say beyond words: headings,
// lists, links, code, tables, quotations, emphasis, footnotes, formulas. Gold and
// output are brought to one tree, Markdown by goldmark, and typed units are read off
// both by the same code.
//
//	units.go     units of a tree
//	score.go     units of gold and output paired, and counted
//	pages.go     invented pages: one article in the markup of many makers
//	policy.go    what HTML output may hold, as a policy of bluemonday
package structure

import (
	"bytes"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	gmhtml "github.com/yuin/goldmark/renderer/html"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Kind is what a unit is.
type Kind string

// Kinds of units.
const (
	Words    Kind = "words" // all text, as words
	Heading  Kind = "heading"
	Item     Kind = "item"
	Link     Kind = "link"
	Image    Kind = "image"
	Code     Kind = "code"
	Inline   Kind = "inline code"
	Row      Kind = "row"
	Quote    Kind = "quote"
	Callout  Kind = "callout"
	Strong   Kind = "strong"
	Em       Kind = "em"
	Del      Kind = "struck"
	Sub      Kind = "sub"
	Sup      Kind = "sup"
	Mark     Kind = "note mark"
	Footnote Kind = "footnote"
	Math     Kind = "math"
)

// Kinds are all kinds of units that are paired, in the order of tables.
var Kinds = []Kind{Heading, Item, Link, Image, Code, Inline, Row, Quote, Callout, Strong, Em, Del, Sub, Sup, Mark, Footnote, Math}

// A Unit is a typed piece of an article. Text is what makes it the same, Detail what
// else is to be right: the level of a heading, the depth and mark of an item, the
// address of a link, the language of code, the number of cells, the kind of a callout.
type Unit struct {
	Kind         Kind
	Text, Detail string
	At           int // how many words of the article stand before it
}

// same reports whether two units are the same, wherever they stand.
func (u Unit) same(v Unit) bool {
	return u.Kind == v.Kind && u.Text == v.Text && u.Detail == v.Detail
}

// reader is what knows the Markdown of this world: GitHub's, with footnotes.
var reader = goldmark.New(
	goldmark.WithExtensions(extension.GFM, extension.Footnote),
	goldmark.WithRendererOptions(gmhtml.WithUnsafe()))

// Rendered is Markdown as HTML, formulas between dollar signs as math elements.
func Rendered(md string) (string, error) {
	var b bytes.Buffer
	err := reader.Convert([]byte(formulas(md)), &b)
	return b.String(), err
}

// FromMarkdown reads the units of Markdown.
func FromMarkdown(md string, base *url.URL) ([]Unit, error) {
	page, err := Rendered(md)
	if err != nil {
		return nil, err
	}
	return FromHTML(page, base)
}

// FromHTML reads the units of HTML.
func FromHTML(page string, base *url.URL) ([]Unit, error) {
	doc, err := html.ParseWithOptions(strings.NewReader(page), html.ParseOptionEnableScripting(false))
	if err != nil {
		return nil, err
	}
	return Of(doc, base), nil
}

// Of reads the units of a tree.
func Of(root *html.Node, base *url.URL) []Unit {
	c := collector{base: base, at: map[*html.Node]int{}}
	t := texter{begins: c.at}
	t.collect(root, false)
	c.text = t.sb.String()
	c.walk(root, around{})
	c.units = append(c.units, Unit{Kind: Words, Text: strings.Join(words(c.text), " ")})
	c.place()
	return c.units
}

type collector struct {
	base  *url.URL
	units []Unit
	text  string             // of all
	at    map[*html.Node]int // where elements begin in it
}

// place makes words of the units' places in the text.
func (c *collector) place() {
	var begins []int // of words
	in := false
	for i, r := range c.text {
		if part := isWordRune(r); part != in {
			if in = part; in {
				begins = append(begins, i)
			}
		}
	}
	for i := range c.units {
		u := &c.units[i]
		u.At, _ = slices.BinarySearch(begins, u.At)
	}
}

// around is what a unit stands in.
type around struct {
	depth   int
	code    bool
	heading bool
	marked  map[atom.Atom]bool
}

func (c *collector) add(k Kind, n *html.Node, text, detail string) {
	if text != "" {
		c.units = append(c.units, Unit{k, text, detail, c.at[n]})
	}
}

func (c *collector) inside(n *html.Node, at around) {
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		c.walk(k, at)
	}
}

func (c *collector) walk(n *html.Node, at around) {
	if n.Type != html.ElementNode {
		c.inside(n, at)
		return
	}
	switch n.DataAtom {
	case atom.Head, atom.Script, atom.Style, atom.Template, atom.Noscript:
		return
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		c.add(Heading, n, norm(text(n)), n.Data[1:])
		at.heading = true
	case atom.Ul, atom.Ol:
		c.list(n, at)
		return
	case atom.A:
		switch href := attr(n, "href"); {
		case at.code, hasClass(n, "footnote-backref"):
		case at.heading && c.isPermalink(href):
		case hasClass(n, "footnote-ref"):
			c.add(Mark, n, norm(text(n)), "")
			return
		case href != "":
			c.add(Link, n, norm(text(n)), c.address(href))
		}
	case atom.Img:
		src := strings.TrimSpace(attr(n, "src"))
		switch {
		case isFormula(n):
			c.add(Math, n, tex(n), "")
		case strings.HasPrefix(src, "data:"):
		case src == "":
			c.add(Image, n, lostImage, "")
		default:
			c.add(Image, n, c.address(src), norm(attr(n, "alt")))
		}
	case atom.Pre:
		c.add(Code, n, codeLines(n), language(n))
		at.code = true
	case atom.Code, atom.Kbd, atom.Samp, atom.Tt:
		if !at.code {
			c.add(Inline, n, strings.Join(strings.Fields(raw(n)), " "), "")
		}
		at.code = true
	case atom.Math:
		c.add(Math, n, tex(n), "")
		return
	case atom.Tr:
		c.row(n)
	case atom.Blockquote:
		all := strings.TrimSpace(text(n))
		kind := ""
		if rest, ok := strings.CutPrefix(all, "[!"); ok {
			kind, all, _ = strings.Cut(rest, "]")
		}
		if kind != "" {
			c.add(Callout, n, norm(all), strings.ToLower(kind))
		} else {
			c.add(Quote, n, norm(all), "")
		}
	case atom.Strong, atom.B:
		at = c.emphasis(Strong, atom.Strong, n, at)
	case atom.Em, atom.I:
		at = c.emphasis(Em, atom.Em, n, at)
	case atom.Del, atom.S, atom.Strike:
		at = c.emphasis(Del, atom.Del, n, at)
	case atom.Sub:
		at = c.emphasis(Sub, atom.Sub, n, at)
	case atom.Sup:
		if !isNoteMark(n) {
			at = c.emphasis(Sup, atom.Sup, n, at)
		}
	}
	c.inside(n, at)
}

// emphasis adds a unit of marked text, unless one of the kind is around it, or it is
// bold and all of a heading is.
func (c *collector) emphasis(k Kind, tag atom.Atom, n *html.Node, at around) around {
	if at.code || at.marked[tag] || k == Strong && at.heading {
		return at
	}
	c.add(k, n, norm(text(n)), "")
	marked := map[atom.Atom]bool{tag: true}
	for t := range at.marked {
		marked[t] = true
	}
	at.marked = marked
	return at
}

func (c *collector) list(n *html.Node, at around) {
	notes := false
	for p := n; p != nil && p != n.Parent.Parent; p = p.Parent {
		notes = notes || hasClass(p, "footnotes") || attr(p, "role") == "doc-endnotes"
	}
	number := 1
	if k, err := strconv.Atoi(attr(n, "start")); err == nil {
		number = k
	}
	if !notes {
		at.depth++
	}
	for li := n.FirstChild; li != nil; li = li.NextSibling {
		if li.DataAtom == atom.Li {
			switch {
			case notes:
				c.add(Footnote, li, norm(text(li)), "")
			case n.DataAtom == atom.Ol:
				c.add(Item, li, norm(ownText(li)), strconv.Itoa(at.depth)+" "+strconv.Itoa(number))
			default:
				c.add(Item, li, norm(ownText(li)), strconv.Itoa(at.depth)+" -")
			}
			number++
		}
		c.walk(li, at)
	}
}

// row adds a row without the empty cells at its end: Markdown fills up short rows.
func (c *collector) row(n *html.Node) {
	var cells []string
	for td := n.FirstChild; td != nil; td = td.NextSibling {
		if td.DataAtom == atom.Td || td.DataAtom == atom.Th {
			cells = append(cells, norm(text(td)))
		}
	}
	for len(cells) > 0 && cells[len(cells)-1] == "" {
		cells = cells[:len(cells)-1]
	}
	if len(cells) > 0 {
		c.add(Row, n, strings.Join(cells, " | "), strconv.Itoa(len(cells)))
	}
}

// address is absolute.
func (c *collector) address(ref string) string {
	u, err := url.Parse(strings.TrimSpace(ref))
	if err != nil {
		return strings.TrimSpace(ref)
	}
	if c.base != nil {
		u = c.base.ResolveReference(u)
	}
	return strings.TrimSuffix(unescaped(u.String()), "/")
}

// unescaped is an address with its characters in place of their codes. What is no code
// means itself.
func unescaped(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	var sb strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if code, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				sb.WriteByte(byte(code))
				i += 2
				continue
			}
		}
		sb.WriteByte(s[i])
	}
	return sb.String()
}

// isPermalink reports whether a link of a heading does no more than lead to it.
func (c *collector) isPermalink(href string) bool {
	address, part, ok := strings.Cut(c.address(href), "#")
	return ok && part != "" && (address == "" || c.base != nil && address == strings.TrimSuffix(c.base.String(), "/"))
}

func isNoteMark(sup *html.Node) bool {
	return sup.FirstChild != nil && sup.FirstChild.DataAtom == atom.A && hasClass(sup.FirstChild, "footnote-ref")
}

// text is what a tree says, blocks parted by line ends, marks and back links of
// footnotes left out, formulas as their source.
func text(n *html.Node) string {
	var t texter
	t.collect(n, false)
	return t.sb.String()
}

// ownText is the text of an item without the lists in it.
func ownText(n *html.Node) string {
	var t texter
	t.collect(n, true)
	return t.sb.String()
}

// A texter collects the text of a tree.
type texter struct {
	sb     strings.Builder
	begins map[*html.Node]int // where elements begin in it, when it is not nil
}

var inlineTags = map[atom.Atom]bool{
	atom.A: true, atom.B: true, atom.Strong: true, atom.Em: true, atom.I: true, atom.Code: true, atom.Kbd: true, atom.Samp: true, atom.Tt: true,
	atom.Sub: true, atom.Sup: true, atom.Del: true, atom.S: true, atom.Strike: true, atom.Span: true, atom.Q: true, atom.Mark: true, atom.Ruby: true,
	atom.Rt: true, atom.Rp: true, atom.Small: true, atom.U: true, atom.Cite: true, atom.Abbr: true, atom.Time: true, atom.Font: true, atom.Wbr: true, atom.Img: true, atom.Input: true,
}

func (t *texter) collect(n *html.Node, noLists bool) {
	sb := &t.sb
	if n.Type == html.TextNode {
		sb.WriteString(n.Data)
		return
	}
	if n.Type == html.ElementNode {
		if t.begins != nil {
			t.begins[n] = sb.Len()
		}
		switch n.DataAtom {
		case atom.Head, atom.Script, atom.Style, atom.Template, atom.Noscript:
			return
		case atom.Math, atom.Img:
			if n.DataAtom == atom.Math || isFormula(n) {
				sb.WriteString(" " + tex(n) + " ")
			}
			return
		case atom.Blockquote: // as Markdown has it
			if kind := attr(n, "data-callout"); kind != "" {
				sb.WriteString("\n[!" + kind + "]\n")
			}
		case atom.Sup:
			if isNoteMark(n) {
				return
			}
		case atom.A:
			if hasClass(n, "footnote-backref") {
				return
			}
		}
	}
	block := n.Type == html.ElementNode && !inlineTags[n.DataAtom]
	if block {
		sb.WriteByte('\n')
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if noLists && (c.DataAtom == atom.Ul || c.DataAtom == atom.Ol) {
			continue
		}
		t.collect(c, noLists)
	}
	if block {
		sb.WriteByte('\n')
	}
}

// raw is text as it stands, br as line ends. Paragraphs within it, which some make of
// blank lines, begin and end lines.
func raw(n *html.Node) string {
	var sb strings.Builder
	var write func(n *html.Node)
	write = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch {
			case c.Type == html.TextNode:
				sb.WriteString(c.Data)
			case c.DataAtom == atom.Br:
				sb.WriteByte('\n')
			case c.DataAtom == atom.P:
				sb.WriteByte('\n')
				write(c)
				sb.WriteByte('\n')
			default:
				write(c)
			}
		}
	}
	write(n)
	return sb.String()
}

// codeLines are the lines of code that are not blank, without white space at their
// ends.
func codeLines(n *html.Node) string {
	var lines []string
	for line := range strings.SplitSeq(strings.ReplaceAll(raw(n), "\u00a0", " "), "\n") {
		if line = strings.TrimRightFunc(line, unicode.IsSpace); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

func language(pre *html.Node) string {
	for c := range pre.Descendants() {
		if c.DataAtom == atom.Code {
			for class := range strings.FieldsSeq(attr(c, "class")) {
				if name, ok := strings.CutPrefix(class, "language-"); ok {
					return name
				}
			}
		}
	}
	for class := range strings.FieldsSeq(attr(pre, "class")) {
		if name, ok := strings.CutPrefix(class, "language-"); ok {
			return name
		}
	}
	return ""
}

// lostImage is the text of a picture without an address.
const lostImage = "?"

// isFormula reports whether a picture shows a formula, whose source is its alternative
// text.
func isFormula(img *html.Node) bool {
	return strings.Contains(attr(img, "class"), "mwe-math") || strings.Contains(attr(img, "src"), "/media/math/render/")
}

// tex is the source of a formula without white space.
func tex(n *html.Node) string {
	source := attr(n, "alttext")
	if n.DataAtom == atom.Img {
		source = attr(n, "alt")
	}
	if source == "" {
		source = attr(n, "data-latex")
	}
	if source == "" {
		source = raw(n)
	}
	source = strings.Join(strings.Fields(source), "")
	if inner, ok := strings.CutPrefix(source, `{\displaystyle`); ok { // as MediaWiki writes all
		source = strings.TrimSuffix(inner, "}")
	}
	return source
}

// words are those of a text in lower case; signs part them.
func words(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !isWordRune(r) })
}

func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r) || r == '_'
}

// norm is a text as words, or its signs where it has none.
func norm(s string) string {
	if w := words(s); len(w) > 0 {
		return strings.Join(w, " ")
	}
	return strings.Join(strings.Fields(s), " ")
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func hasClass(n *html.Node, class string) bool {
	for c := range strings.FieldsSeq(attr(n, "class")) {
		if c == class {
			return true
		}
	}
	return false
}

// formulas makes math elements of what stands between dollar signs, outside of code:
// goldmark does not know them.
func formulas(md string) string {
	var sb strings.Builder
	fence, row := "", false
	for i := 0; i < len(md); {
		start := i == 0 || md[i-1] == '\n'
		if start {
			line := md[i:]
			if k := strings.IndexByte(line, '\n'); k >= 0 {
				line = line[:k+1]
			}
			t := strings.TrimLeft(line, " >-*0123456789.)[]^:")
			run := ticks(t)
			row = strings.HasPrefix(t, "|")
			switch {
			case fence == "" && run >= 3:
				fence = t[:run]
				sb.WriteString(line)
				i += len(line)
				continue
			case fence != "":
				if run >= len(fence) && strings.TrimSpace(t[run:]) == "" {
					fence = ""
				}
				sb.WriteString(line)
				i += len(line)
				continue
			}
		}
		switch c := md[i]; {
		case c == '\\' && i+1 < len(md):
			sb.WriteString(md[i : i+2])
			i += 2
			continue
		case c == '`':
			n := ticks(md[i:])
			if k := closingTicks(md[i+n:], n); k >= 0 && !strings.Contains(md[i+n:i+n+k], "\n\n") {
				sb.WriteString(md[i : i+n+k+n])
				i += n + k + n
				continue
			}
			sb.WriteString(md[i : i+n])
			i += n
			continue
		case c == '$':
			if source, n := formulaAt(md[i:]); n > 0 && !(row && endsCell(source)) {
				if row {
					source = strings.ReplaceAll(source, `\|`, "|")
				}
				if strings.HasPrefix(md[i:], "$$\n") { // on lines of its own
					source = strings.Join(strings.Fields(strings.ReplaceAll(source, "\n>", "\n")), " ")
				}
				sb.WriteString(`<math alttext="` + strings.ReplaceAll(html.EscapeString(source), "|", "&#124;") + `"></math>`)
				i += n
				continue
			}
		}
		sb.WriteByte(md[i])
		i++
	}
	return sb.String()
}

// endsCell reports whether a piece of a row of a table has the end of a cell in it.
func endsCell(s string) bool {
	for i := range len(s) {
		if s[i] == '|' && (i == 0 || s[i-1] != '\\') {
			return true
		}
	}
	return false
}

// ticks is how many backticks s begins with.
func ticks(s string) int { return len(s) - len(strings.TrimLeft(s, "`")) }

// closingTicks is where the run of n backticks is that ends a span of code, -1 for
// nowhere: longer and shorter runs are part of it.
func closingTicks(s string, n int) int {
	for i := 0; i < len(s); {
		k := strings.IndexByte(s[i:], '`')
		if k < 0 {
			break
		}
		i += k
		run := ticks(s[i:])
		if run == n {
			return i
		}
		i += run
	}
	return -1
}

// formulaAt is the formula that s begins with, and the length of it with its signs.
func formulaAt(s string) (source string, n int) {
	sign := "$"
	if strings.HasPrefix(s, "$$") {
		sign = "$$"
	}
	k := 0
	for in := s[len(sign):]; !strings.HasPrefix(in[k:], sign); k++ {
		if in[k:] == "" {
			return "", 0
		}
		if in[k] == '\\' && k+1 < len(in) { // what is behind it is no sign: \$, \\
			k++
		}
	}
	if k == 0 {
		return "", 0
	}
	source = s[len(sign) : len(sign)+k]
	if strings.Contains(source, "\n\n") || sign == "$" && (strings.TrimSpace(source) != source || strings.Contains(source, "\n")) {
		return "", 0
	}
	return source, len(sign)*2 + k
}
