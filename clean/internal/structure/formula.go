package structure

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/winnowtext/winnow/clean/internal/block"
	"github.com/winnowtext/winnow/clean/internal/dom"
)

// formulaOf is the outermost formula that an element lies in, -1 for none.
func (b *Builder) formulaOf(elem int32) (found int32) {
	found = -1
	for e := b.around(elem); e > 0; e = b.around(b.doc.Elems[e].Parent) {
		if b.roles[e] == formulaRole {
			found = e
		}
	}
	return found
}

// formula adds a formula where want says, unless it is there.
func (b *Builder) formula(n *html.Node, blk int32) {
	if b.formulas[n] || b.want[b.flow-1].tag == atom.Pre { // code has lines alone
		return
	}
	if b.formulas == nil {
		b.formulas = map[*html.Node]bool{}
	}
	b.formulas[n] = true
	tex, display, script := texOf(n)
	tex = inLine(tex)
	if script != nil && script != n {
		if b.formulas[script] {
			return
		}
		b.formulas[script] = true
	}
	if tex == "" {
		return
	}
	b.enter(blk)
	b.append(b.math(tex, display))
	b.space = false
}

// math is a formula as an element of the tree.
func (b *Builder) math(tex string, display bool) *html.Node {
	tex = strings.Clone(tex)
	m := b.node(html.ElementNode, atom.Math)
	if display {
		set(m, "display", "block")
	}
	set(m, "alttext", tex)
	semantics, text, note := b.node(html.ElementNode, 0), b.node(html.ElementNode, 0), b.node(html.ElementNode, atom.Annotation)
	semantics.Data, text.Data = "semantics", "mtext"
	for _, n := range []*html.Node{m, semantics, text, note} {
		n.Namespace = "math"
	}
	set(note, "encoding", "application/x-tex")
	text.AppendChild(b.words(tex))
	note.AppendChild(b.words(tex))
	semantics.AppendChild(text)
	semantics.AppendChild(note)
	m.AppendChild(semantics)
	return m
}

// texOf is the source of a formula, whether it stands on a line of its own, and the
// script that holds it, if one does.
func texOf(n *html.Node) (tex string, display bool, script *html.Node) {
	kind := strings.TrimSpace(dom.Attr(n, "type"))
	class := " " + dom.Attr(n, "class") + " "
	display = dom.Attr(n, "display") == "block" || dom.Attr(n, "display") == "true" || dom.Attr(n, "mode") == "display" || strings.Contains(kind, "mode=display") ||
		strings.Contains(class, " katex-display ") || strings.Contains(class, " katex-block ") || strings.Contains(class, " MathJax_Display ")
	if n.DataAtom == atom.Script {
		if n.FirstChild == nil {
			return "", display, n
		}
		return tidy(n.FirstChild.Data), display, n
	}
	if tex = texAttr(n); tex != "" {
		return tex, display, nil
	}
	for c := range n.Descendants() {
		if c.Type != html.ElementNode {
			continue
		}
		if c.DataAtom == atom.Math && dom.Attr(c, "display") == "block" {
			display = true
		}
		if strings.EqualFold(c.Data, "annotation") && strings.Contains(dom.Attr(c, "encoding"), "tex") {
			if tex = tidy(rawText(c)); tex != "" {
				return tex, display, nil
			}
		}
	}
	for c := range n.Descendants() {
		if tex = texAttr(c); tex != "" {
			return tex, display, nil
		}
	}
	const near = 4 // siblings behind
	s := n
	for range near {
		if s = s.NextSibling; s == nil {
			break
		}
		if s.DataAtom == atom.Script && strings.HasPrefix(dom.Attr(s, "type"), "math/tex") && s.FirstChild != nil {
			return tidy(s.FirstChild.Data), display || strings.Contains(dom.Attr(s, "type"), "mode=display"), s
		}
	}
	if p := n.Parent; p != nil && p.LastChild != n && block.IsFormula(p) {
		return "", display, nil
	}
	return tidy(fromMathML(n)), display, nil
}

// texAttr is the source of a formula in an attribute.
func texAttr(n *html.Node) string {
	for _, key := range [...]string{"data-latex", "alttext", "data-tex", "data-math", "alt"} {
		if tex := tidy(dom.Attr(n, key)); tex != "" && (key != "alt" || isTeX(n)) {
			return tex
		}
	}
	if n.DataAtom != atom.Img {
		return ""
	}
	return toldTeX(dom.Attr(n, "src"))
}

// toldTeX is the source of a formula in the address of its picture, "" for none: makers
// of such pictures are told it.
func toldTeX(src string) string {
	for _, maker := range [...]struct {
		address string
		plus    bool // stands for a space
	}{
		{"latex.codecogs.com/", false}, {"/latex.php?latex=", true}, {"/chart?cht=tx&chl=", true}, {"/formula/%5C", false}, {"/formula/\\", false},
	} {
		_, tex, ok := strings.Cut(src, maker.address)
		if !ok {
			continue
		}
		switch {
		case maker.address[0] != '/':
			_, tex, _ = strings.Cut(tex, "?")
		case maker.plus:
			tex, _, _ = strings.Cut(strings.ReplaceAll(tex, "+", " "), "&")
		default:
			tex, _, _ = strings.Cut(`\`+tex, "?")
		}
		if tex, err := url.PathUnescape(tex); err == nil {
			return tidy(tex)
		}
	}
	return ""
}

// tidy takes off what says that a formula is one.
func tidy(tex string) string {
	tex = strings.Join(strings.Fields(strings.TrimSpace(strings.Map(printable, tex))), " ")
	for _, p := range [...][2]string{{"$$", "$$"}, {"$", "$"}, {`\(`, `\)`}, {`\[`, `\]`}, {`{\displaystyle`, "}"}, {`{\textstyle`, "}"}} {
		if rest, ok := strings.CutPrefix(tex, p[0]); ok && len(rest) > len(p[1]) && strings.HasSuffix(rest, p[1]) {
			tex = strings.TrimSpace(strings.TrimSuffix(rest, p[1]))
		}
	}
	return tex
}

// inLine is the source of a formula so that it can stand between dollar signs in
// Markdown of any reader, also one who knows no formulas: without the signs that begin
// and end one, which nobody sees, and with spaces, which mean nothing in TeX, where
// something would be read as markup or a link.
func inLine(tex string) string {
	if !strings.ContainsAny(tex, "$<]") && !strings.HasSuffix(tex, `\`) {
		return tex
	}
	var sb strings.Builder
	escaped := false
	for i := range len(tex) {
		c := tex[i]
		if c == '$' && !escaped {
			continue
		}
		sb.WriteByte(c)
		escaped = c == '\\' && !escaped
		if next := i + 1; next < len(tex) && (c == '<' && tex[next] > ' ' || c == ']' && (tex[next] == '(' || tex[next] == '[')) {
			sb.WriteByte(' ')
			escaped = false
		}
	}
	tex = sb.String()
	if escaped { // it would escape the sign that ends the formula
		tex = tex[:len(tex)-1]
	}
	return strings.Join(strings.Fields(tex), " ")
}

func printable(r rune) rune {
	if r == 0xFFFD || r < ' ' && r != '\n' && r != '\t' && r != '\r' {
		return -1
	}
	return r
}

// fromMathML writes the elements of a formula as TeX, the few that most formulas are
// made of.
func fromMathML(n *html.Node) string {
	var sb strings.Builder
	const deep = 200
	mathML(&sb, n, deep)
	return strings.Join(strings.Fields(sb.String()), " ")
}

func mathML(sb *strings.Builder, n *html.Node, deep int) {
	if deep == 0 {
		return
	}
	if n.Type == html.TextNode {
		sb.WriteString(strings.TrimSpace(n.Data))
		return
	}
	var parts []*html.Node
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode || c.Type == html.TextNode && strings.TrimSpace(c.Data) != "" {
			parts = append(parts, c)
		}
	}
	group := func(i int) {
		if i >= len(parts) {
			return
		}
		var in strings.Builder
		mathML(&in, parts[i], deep-1)
		sb.WriteString("{" + in.String() + "}")
	}
	first := func() {
		if len(parts) > 0 {
			mathML(sb, parts[0], deep-1)
		}
	}
	switch n.Data {
	case "annotation", "annotation-xml", "script", "style":
		return
	case "mi":
		name := textOf(n)
		switch {
		case functions[name]:
			sb.WriteString(`\` + name + " ")
		case len(name) > 1 && name[0] < 0x80:
			sb.WriteString(`\mathrm{` + name + "}")
		default:
			sb.WriteString(name)
		}
		return
	case "mo":
		if name := textOf(n); name != "\u2061" && name != "\u2062" { // signs that nobody sees
			sb.WriteString(name)
		}
		return
	case "msup", "mover":
		first()
		sb.WriteString("^")
		group(1)
		return
	case "msub", "munder":
		first()
		sb.WriteString("_")
		group(1)
		return
	case "msubsup", "munderover":
		first()
		sb.WriteString("_")
		group(1)
		sb.WriteString("^")
		group(2)
		return
	case "mfrac":
		sb.WriteString(`\frac`)
		group(0)
		group(1)
		return
	case "msqrt":
		sb.WriteString(`\sqrt{`)
		for _, p := range parts {
			mathML(sb, p, deep-1)
		}
		sb.WriteString("}")
		return
	case "mtext":
		sb.WriteString(`\text{`)
		for _, p := range parts {
			mathML(sb, p, deep-1)
		}
		sb.WriteString("}")
		return
	}
	for _, p := range parts {
		mathML(sb, p, deep-1)
	}
}

// functions are those that TeX knows by name.
var functions = map[string]bool{
	"sin": true, "cos": true, "tan": true, "cot": true, "sec": true, "csc": true, "log": true, "ln": true, "exp": true, "lim": true,
	"max": true, "min": true, "det": true, "sup": true, "inf": true, "arg": true, "deg": true, "dim": true, "gcd": true, "ker": true,
}

// textOf is the text in an element of a formula.
func textOf(n *html.Node) string {
	var sb strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			sb.WriteString(strings.TrimSpace(c.Data))
		}
	}
	return sb.String()
}

// rawText is the text in an element as it stands.
func rawText(n *html.Node) string {
	var sb strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			sb.WriteString(c.Data)
		}
	}
	return sb.String()
}

// written are the signs around formulas that pages leave to a script.
var written = [...]struct {
	open, end string
	display   bool
}{{`\(`, `\)`, false}, {`\[`, `\]`, true}, {"$$", "$$", true}}

// finishFormulas makes formulas of what stands in a text between the signs of TeX.
func (b *Builder) finishFormulas() {
	var texts []*html.Node
	for n := range b.root.Descendants() {
		if n.Type == html.TextNode && n.Parent.DataAtom != atom.Code && n.Parent.Namespace == "" &&
			(strings.Contains(n.Data, `\(`) || strings.Contains(n.Data, `\[`) || strings.Contains(n.Data, "$$")) {
			texts = append(texts, n)
		}
	}
	for _, n := range texts {
		rest := n.Data
		for from := 0; ; {
			f, size := nextFormula(rest, from)
			if size == 0 {
				break
			}
			if f.tex == "" {
				from = f.at + size
				continue
			}
			if f.at > 0 {
				n.Parent.InsertBefore(b.words(rest[:f.at]), n)
			}
			n.Parent.InsertBefore(b.math(f.tex, f.display), n)
			rest, from = rest[f.at+size:], 0
		}
		if n.Data = rest; rest == "" {
			n.Parent.RemoveChild(n)
		}
	}
}

// A foundFormula stands between signs in a text; tex is empty when what stands there is
// none.
type foundFormula struct {
	at      int
	tex     string
	display bool
}

// nextFormula is what may be the first formula in a text from a place on, and its size
// with the signs, 0 where there are none any more.
func nextFormula(s string, from int) (f foundFormula, size int) {
	const most = 2000 // bytes of a formula
	for i := from; ; i++ {
		k := strings.IndexAny(s[i:], `\$`)
		if k < 0 {
			return f, 0
		}
		i += k
		for _, w := range written {
			if !strings.HasPrefix(s[i:], w.open) {
				continue
			}
			in := s[i+len(w.open):]
			in = in[:min(len(in), most)]
			k := strings.Index(in, w.end)
			if k <= 0 || strings.Contains(in[:k], w.open) {
				return foundFormula{at: i}, len(w.open)
			}
			if source := tidy(in[:k]); source != "" && !strings.Contains(source, "$") {
				return foundFormula{i, inLine(source), w.display}, len(w.open) + k + len(w.end)
			}
			return foundFormula{at: i}, len(w.open)
		}
	}
}
