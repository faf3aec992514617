package structure

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/winnowtext/winnow/clean/internal/dom"
)

// code is the code that is being read.
type code struct {
	text  []byte
	block int32 // that its last text is of, plus one
}

func (c *code) begin() { c.text, c.block = c.text[:0], 0 }

func (c *code) write(b *Builder, blk int32, s string) {
	if len(c.text) > 0 && (b.line || c.block != blk+1) {
		c.text = append(c.text, '\n')
	} else if b.space && len(c.text) > 0 {
		c.text = append(c.text, ' ')
	}
	b.line, b.space = false, false
	c.text, c.block = append(c.text, s...), blk+1
}

// finish makes the element of code when its text is there.
func (c *code) finish(b *Builder, l level) {
	text, language := string(c.text), ""
	if l.elem >= 0 {
		n := b.doc.Node(l.elem)
		language = b.language(n)
		if all := lines(n); isWithin(all, text) {
			// All of it stays, so that it can be as the page has it, with blank
			// lines and without what is no code.
			text = all
		}
	}
	text = strings.Trim(text, "\n")
	if strings.TrimSpace(text) == "" {
		l.node.Parent.RemoveChild(l.node)
		return
	}
	in := b.node(html.ElementNode, atom.Code)
	if language != "" {
		set(in, "class", "language-"+language)
	}
	in.AppendChild(b.words(text + "\n"))
	l.node.AppendChild(in)
}

// isWithin reports whether the characters of s that are no white space, one at least,
// are among those of all, in their order.
func isWithin(s, all string) bool {
	k, some := 0, false
	for i := range len(s) {
		if s[i] <= ' ' {
			continue
		}
		for k < len(all) && all[k] != s[i] {
			k++
		}
		if k == len(all) {
			return false
		}
		k, some = k+1, true
	}
	return some
}

// standsAlone reports whether an element of code is a block of its own without being
// preformatted: it stands between blocks, in no paragraph, and has more than one line, or
// one that the page writes on a line of its own.
func standsAlone(n *html.Node) bool {
	if n.Parent == nil {
		return false
	}
	switch n.Parent.DataAtom {
	case atom.Div, atom.Section, atom.Article, atom.Main, atom.Figure, atom.Body:
	default:
		return false
	}
	before, after := n.PrevSibling, n.NextSibling
	for isBlank(before) {
		before = before.PrevSibling
	}
	for isBlank(after) {
		after = after.NextSibling
	}
	if before != nil && !isBox(before) || after != nil && !isBox(after) {
		return false
	}
	return strings.Contains(strings.Trim(lines(n), "\n"), "\n") || (before != nil || after != nil) && isSpread(n)
}

// isBlank reports whether a node shows nothing.
func isBlank(n *html.Node) bool {
	return n != nil && (n.Type == html.CommentNode || n.Type == html.TextNode && strings.TrimSpace(n.Data) == "")
}

// isBox reports whether an element begins and ends a block, of those that stand beside
// code.
func isBox(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Div, atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Ul, atom.Ol, atom.Dl, atom.Pre, atom.Table, atom.Blockquote, atom.Figure, atom.Section, atom.Aside, atom.Hr, atom.Details, atom.Header, atom.Footer:
		return true
	}
	return false
}

// isSpread reports whether code begins and ends with line ends in the page, as code on
// lines of its own does.
func isSpread(n *html.Node) bool {
	first, last := n.FirstChild, n.LastChild
	return first != nil && first.Type == html.TextNode && strings.HasPrefix(strings.TrimLeft(first.Data, " \t"), "\n") &&
		last.Type == html.TextNode && strings.Contains(last.Data, "\n")
}

// language is the language of code, which an element of it, or one around, names.
func (b *Builder) language(n *html.Node) string {
	for c := range n.Descendants() {
		if c.DataAtom == atom.Code || c.DataAtom == atom.Pre {
			if name := ownLanguage(c); name != "" {
				return name
			}
		}
	}
	if name := ownLanguage(n); name != "" {
		return name
	}
	near := 5 // elements further out
	for p := n.Parent; p != nil && p.Type == html.ElementNode && p.DataAtom != atom.Body; p = p.Parent {
		if name := boxLanguage(p); name != "" {
			return name
		}
		if near--; near == 0 {
			break
		}
	}
	return ""
}

// lines is code as the lines that the page shows, without their numbers and without
// what can be pressed. It does not recurse: a tree may be deep.
func lines(root *html.Node) string {
	var sb strings.Builder
	fresh := true // nothing stands on the line yet
	newline := func() {
		if !fresh {
			sb.WriteByte('\n')
			fresh = true
		}
	}
	for n := root.FirstChild; n != nil; {
		enter := false
		switch n.Type {
		case html.TextNode:
			text := strings.ReplaceAll(n.Data, "\r\n", "\n")
			if n.Parent.DataAtom != atom.Tr && n.Parent.DataAtom != atom.Tbody && n.Parent.DataAtom != atom.Table && text != "" {
				sb.WriteString(text)
				fresh = text[len(text)-1] == '\n'
			}
		case html.ElementNode:
			switch {
			case n.DataAtom == atom.Br:
				sb.WriteByte('\n')
				fresh = true
			case !isLines(n):
				enter = true
				if startsLine(n) {
					newline()
				}
			}
		}
		if enter && n.FirstChild != nil {
			n = n.FirstChild
			continue
		}
		for {
			if enter && endsLine(n) {
				if n.FirstChild == nil || !fresh {
					sb.WriteByte('\n')
					fresh = true
				}
			}
			if n == root || n.NextSibling != nil {
				break
			}
			n, enter = n.Parent, true
			if n == root {
				break
			}
		}
		if n == root {
			break
		}
		n = n.NextSibling
	}
	all := strings.Split(sb.String(), "\n")
	for i, l := range all {
		all[i] = strings.TrimRightFunc(strings.ReplaceAll(l, "\u00a0", " "), unicode.IsSpace)
	}
	return strings.Join(all, "\n")
}

// isLines reports whether an element in code is no code: numbers of lines, buttons.
func isLines(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Button, atom.Script, atom.Style, atom.Template, atom.Svg, atom.Textarea, atom.Select:
		return true
	}
	return isGutter(n)
}

// isGutter reports whether an element holds numbers of lines.
func isGutter(n *html.Node) bool {
	if style := dom.Attr(n, "style"); strings.Contains(style, "user-select") && strings.Contains(style, "none") {
		return numeric(n, "")
	}
	for class := range strings.FieldsSeq(dom.Attr(n, "class")) {
		switch strings.ToLower(class) {
		case "lineno", "linenos", "linenumber", "line-number", "line-numbers-rows", "linenumbers", "line-numbers-wrapper", "linenodiv", "ln", "lnt",
			"rouge-gutter", "gutter", "gl", "hljs-ln-numbers", "hljs-ln-n", "blob-num", "crayon-nums", "copy", "copy-button", "copybutton", "copy-btn",
			"code-copy", "btn-copy", "copy-code-button", "clipboard", "react-syntax-highlighter-line-number":
			return numeric(n, class)
		}
	}
	return false
}

// numeric reports whether an element of such a class holds no more than numbers, or
// is there to be pressed: "ln" may be a line as well.
func numeric(n *html.Node, class string) bool {
	if strings.Contains(class, "copy") || strings.Contains(class, "clip") {
		return true
	}
	for c := range n.Descendants() {
		if c.Type != html.TextNode {
			continue
		}
		for i := range len(c.Data) {
			if k := c.Data[i]; (k < '0' || k > '9') && k > ' ' && k != '.' && k != ':' && k != '|' {
				if k == 0xC2 && i+1 < len(c.Data) && c.Data[i+1] == 0xA0 || k == 0xA0 {
					continue
				}
				return false
			}
		}
	}
	return true
}

// startsLine reports whether an element in code begins a line.
func startsLine(n *html.Node) bool { return endsLine(n) || isLineSpan(n) }

// endsLine reports whether an element in code is a whole line.
func endsLine(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Div, atom.P, atom.Li, atom.Tr:
		return true
	}
	return false
}

// isLineSpan reports whether a span is a line by its class.
func isLineSpan(n *html.Node) bool {
	if n.DataAtom != atom.Span && n.DataAtom != atom.Code {
		return false
	}
	if dom.Has(n, "data-line") {
		return true
	}
	for class := range strings.FieldsSeq(dom.Attr(n, "class")) {
		switch class {
		case "line", "code-line", "token-line", "codeline", "code__line", "view-line":
			return true
		}
	}
	return false
}

// ownLanguage is the language that an element of code names itself.
func ownLanguage(n *html.Node) string {
	for _, key := range [...]string{"data-lang", "data-language", "data-code-lang", "data-code-language", "lang", "syntax"} {
		if key == "lang" && n.DataAtom != atom.Pre {
			continue
		}
		if name := strings.ToLower(strings.TrimSpace(dom.Attr(n, key))); languages[name] {
			return name
		}
	}
	if name := boxLanguage(n); name != "" {
		return name
	}
	// "sourceCode python", "hljs javascript": a name by itself.
	for c := range strings.FieldsSeq(dom.Attr(n, "class")) {
		if c = strings.ToLower(c); languages[c] && c != "text" && c != "d" {
			return c
		}
	}
	return ""
}

// boxLanguage is the language that an element around code names, in ways that mean
// no other language.
func boxLanguage(n *html.Node) string {
	class := dom.Attr(n, "class")
	if _, brush, ok := strings.Cut(class, "brush:"); ok {
		name, _, _ := strings.Cut(strings.TrimLeft(brush, " "), ";")
		if name = strings.ToLower(strings.TrimSpace(name)); languages[name] {
			return name
		}
	}
	for c := range strings.FieldsSeq(class) {
		c = strings.ToLower(c)
		for _, prefix := range [...]string{"language-", "lang-", "highlight-source-", "highlight-", "syntax-", "brush-", "code-"} {
			if name, ok := strings.CutPrefix(c, prefix); ok && languages[name] {
				return name
			}
		}
	}
	if name := strings.ToLower(dom.Attr(n, "data-lang")); languages[name] {
		return name
	}
	return ""
}

// languages are the names that pages have for languages of code.
var languages = func() map[string]bool {
	names := map[string]bool{}
	for name := range strings.FieldsSeq(`
		abap actionscript ada agda apache applescript arduino asm assembly astro awk bash basic bat batch bibtex c c# c++ cfg clj
		clojure cmake cobol coffee coffeescript conf console coq cpp crystal cs csharp css csv cuda cypher cython d dart delphi
		diff django docker dockerfile dotenv elisp elixir elm erb erlang ex f# fish fortran fsharp gherkin git glsl go golang
		gradle graphql groovy haml handlebars haskell hcl hlsl hs html http ini io java javascript jinja jl js json json5 jsonc
		jsonnet jsx julia kotlin kt latex lean lean4 less lisp liquid llvm log lua make makefile markdown matlab md mdx mermaid mips mysql
		nasm nginx nim nix nginxconf objc objective-c objectivec ocaml octave pascal patch perl pgsql php pl plaintext plsql
		postgres postgresql powershell prisma prolog properties proto protobuf ps1 pug puppet purescript py python q qml r
		racket rails rb react regex rescript rst ruby rs rust sas sass scala scheme scss sh shell shell-session sml solidity
		sparql sql stan svelte svg swift systemverilog tcl terraform tex text toml ts tsql tsx twig txt typescript v vala vb
		vbnet verilog vhdl vim viml vue wasm wat wgsl xml xquery yaml yml zig zsh`) {
		names[name] = true
	}
	return names
}()
