package markdown

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/winnowtext/winnow/clean/internal/dom"
)

// place is where inline content stands.
type place uint8

const (
	plainPlace place = iota
	headingPlace
	cellPlace
)

// inline writes inline content as lines: first as tokens, then those, as what emphasis
// is written with depends on what stands around it.
type inline struct {
	tokens  []token
	place   place
	around  int // dollar signs of the row, in a cell
	dollars bool
	sb      bytes.Buffer
	out     []string
}

// A token is a piece of a line.
type token struct {
	kind  tokenKind
	text  string // of a text, and of what is written as it is
	tag   string // of emphasis; of code its text
	other int    // the token that ends emphasis
	delim string // that emphasis is written with
}

type tokenKind uint8

const (
	textToken tokenKind = iota
	rawToken
	breakToken
	openToken
	closeToken
)

// lines are the siblings from first up to last as lines.
func (w *inline) lines(first, last *html.Node, p place) []string {
	w.tokens, w.place = w.tokens[:0], p
	dollars := 0
	for c := first; c != last; c = c.NextSibling {
		dollars += w.collect(c)
	}
	if w.dollars = max(dollars, w.around) > 1; w.dollars {
		for i := range w.tokens { // addresses
			if t := &w.tokens[i]; t.kind == rawToken && (strings.HasPrefix(t.text, "](") || strings.HasPrefix(t.text, "![")) {
				t.text = strings.ReplaceAll(t.text, "$", `\$`)
			}
		}
	}
	return w.write()
}

func (w *inline) add(kind tokenKind, text string) {
	w.tokens = append(w.tokens, token{kind: kind, text: text})
}

// collect adds the tokens of a node and returns how many dollar signs it is written with.
// The depth of what is inline in the tree is bounded by the number of its elements.
func (w *inline) collect(n *html.Node) (dollars int) {
	if n.Type == html.TextNode {
		w.add(textToken, n.Data)
		return strings.Count(n.Data, "$")
	}
	inside := func() {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			dollars += w.collect(c)
		}
	}
	switch n.DataAtom {
	case atom.Br:
		w.add(breakToken, "")
	case atom.Strong, atom.Em, atom.Del:
		if n.FirstChild == nil {
			return 0
		}
		at := len(w.tokens)
		w.tokens = append(w.tokens, token{kind: openToken, tag: n.Data})
		inside()
		w.tokens = append(w.tokens, token{kind: closeToken, tag: n.Data, other: at})
		w.tokens[at].other = len(w.tokens) - 1
	case atom.Code:
		code := textOf(n)
		w.tokens = append(w.tokens, token{kind: rawToken, text: w.codeSpan(code), tag: code})
		return strings.Count(code, "$")
	case atom.A:
		if n.FirstChild == nil {
			return 0
		}
		href := dom.Attr(n, "href")
		if textOf(n) == href && isAutolink(href) && n.FirstChild == n.LastChild && n.FirstChild.Type == html.TextNode {
			w.add(rawToken, "<"+href+">")
			return 0
		}
		dollars += strings.Count(href, "$")
		w.add(rawToken, "[")
		inside()
		var sb bytes.Buffer
		sb.WriteString("](")
		address(&sb, href)
		sb.WriteString(")")
		w.add(rawToken, sb.String())
	case atom.Img:
		var sb bytes.Buffer
		sb.WriteString("![")
		escape(&sb, dom.Attr(n, "alt"), false, w.place == cellPlace, false, 0, 0)
		sb.WriteString("](")
		address(&sb, dom.Attr(n, "src"))
		sb.WriteString(")")
		w.add(rawToken, sb.String())
		return strings.Count(sb.String(), "$")
	case atom.Input:
		if dom.Has(n, "checked") {
			w.add(rawToken, "[x]")
		} else {
			w.add(rawToken, "[ ]")
		}
	case atom.Math:
		tex, sign := dom.Attr(n, "alttext"), "$"
		if dom.Attr(n, "display") == "block" {
			sign = "$$"
		}
		if w.place == cellPlace {
			tex = strings.ReplaceAll(tex, "|", `\|`)
		}
		w.add(rawToken, sign+tex+sign)
		return 2
	case atom.Sup:
		if id := dom.Attr(n, "id"); strings.HasPrefix(id, "fnref:") && n.FirstChild != nil {
			w.add(rawToken, "[^"+textOf(n)+"]")
			return 0
		}
		w.tagged(n, inside)
	case atom.Sub, atom.Q, atom.Mark:
		w.tagged(n, inside)
	default:
		inside()
	}
	return dollars
}

// tagged adds an element as HTML.
func (w *inline) tagged(n *html.Node, inside func()) {
	w.add(rawToken, "<"+n.Data+">")
	inside()
	w.add(rawToken, "</"+n.Data+">")
}

// isAutolink reports whether an address can stand between angle brackets.
func isAutolink(s string) bool {
	return (strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")) && !strings.ContainsAny(s, " <>\\|\"`&$") && strings.IndexFunc(s, func(r rune) bool { return r <= ' ' || r >= 0x7F }) < 0
}

// codeSpan is code within a line.
func (w *inline) codeSpan(s string) string {
	s = strings.ReplaceAll(s, "\n", " ")
	if w.place == cellPlace {
		s = strings.ReplaceAll(s, "|", `\|`)
	}
	if s == "" {
		return ""
	}
	fence := strings.Repeat("`", freeRun(s))
	if s[0] == '`' || s[len(s)-1] == '`' || s[0] == ' ' && s[len(s)-1] == ' ' && strings.Trim(s, " ") != "" {
		s = " " + s + " "
	}
	return fence + s + fence
}

// freeRun is the shortest length of a run of backticks that s has none of.
func freeRun(s string) int {
	lengths := map[int]bool{}
	n := 0
	for i := 0; i <= len(s); i++ {
		if i < len(s) && s[i] == '`' {
			n++
		} else if n > 0 {
			lengths[n] = true
			n = 0
		}
	}
	k := 1
	for lengths[k] {
		k++
	}
	return k
}

// write writes the tokens. The lines are of use until the next call.
func (w *inline) write() []string {
	w.sb.Reset()
	lines := w.out[:0]
	end := func() {
		lines = append(lines, string(bytes.TrimRight(w.sb.Bytes(), " ")))
		w.sb.Reset()
	}
	for i := range w.tokens {
		t := &w.tokens[i]
		switch t.kind {
		case textToken:
			before := byte(0)
			if s := w.sb.Bytes(); len(s) > 0 {
				before = s[len(s)-1]
			}
			escape(&w.sb, t.text, w.sb.Len() == 0 && w.place != headingPlace, w.place == cellPlace, w.dollars, before, w.nextByte(i+1))
		case rawToken:
			if t.tag != "" && (i > 0 && w.tokens[i-1].kind == rawToken && strings.HasSuffix(w.tokens[i-1].text, "`") || w.readsAsMail(t.tag)) {
				// Its signs would be taken for those before, or it for an address with
				// what is before.
				w.sb.WriteString("<code>")
				escape(&w.sb, t.tag, false, w.place == cellPlace, true, '>', '<')
				w.sb.WriteString("</code>")
				continue
			}
			w.sb.WriteString(t.text)
		case breakToken:
			end()
		case openToken:
			t.delim = w.delimiter(i)
			w.tokens[t.other].delim = t.delim
			if t.delim == "" {
				w.sb.WriteString("<" + t.tag + ">")
			} else {
				w.sb.WriteString(t.delim)
			}
		case closeToken:
			if t.delim == "" {
				w.sb.WriteString("</" + t.tag + ">")
			} else {
				w.sb.WriteString(t.delim)
			}
		}
	}
	end()
	w.out = lines
	// What breaks at the ends breaks nothing.
	for len(lines) > 0 && lines[0] == "" {
		lines = lines[1:]
	}
	for len(lines) > 0 && lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	if w.place == plainPlace {
		for i := range lines[:max(len(lines)-1, 0)] {
			if lines[i] == "" {
				lines[i] = "<br>"
			} else {
				lines[i] += `\`
			}
		}
	}
	return lines
}

// readsAsMail reports whether readers would make an address of mail of the end of what is
// written and the beginning of code: they look for those before they look for code.
func (w *inline) readsAsMail(code string) bool {
	k := strings.IndexByte(code, '@')
	if k < 0 || strings.IndexByte(code[:k], ' ') >= 0 || w.sb.Len() == 0 {
		return false
	}
	last := w.sb.Bytes()[w.sb.Len()-1]
	return isWordByte(last) || isMailByte(last)
}

// nextByte is the first byte of what follows, from token i on.
func (w *inline) nextByte(i int) byte {
	for ; i < len(w.tokens); i++ {
		switch t := &w.tokens[i]; t.kind {
		case textToken, rawToken:
			if t.text != "" {
				return t.text[0]
			}
		case breakToken:
			return 0
		default:
			return '*'
		}
	}
	return 0
}

// firstRune is the first character of what follows, from token i on, 0 for none.
func (w *inline) firstRune(i int) rune { return w.nextRune(i, 1, utf8.DecodeRuneInString) }

// lastRune is the last character of what is before token i.
func (w *inline) lastRune(i int) rune { return w.nextRune(i-1, -1, utf8.DecodeLastRuneInString) }

// nextRune is the character that decode finds in the first token with text, from token
// i on by steps: that of a delimiter for other tokens, 0 for none.
func (w *inline) nextRune(i, step int, decode func(string) (rune, int)) rune {
	for ; i >= 0 && i < len(w.tokens); i += step {
		switch t := &w.tokens[i]; t.kind {
		case textToken, rawToken:
			if t.text != "" {
				r, _ := decode(t.text)
				return r
			}
		case breakToken:
			return 0
		default:
			return '*'
		}
	}
	return 0
}

// delimiter is what emphasis that token i begins is written with, "" where only HTML
// can say it.
func (w *inline) delimiter(i int) string {
	t := &w.tokens[i]
	before, first := classOf(w.lastRune(i)), classOf(w.firstRune(i+1))
	last, after := classOf(w.lastRune(t.other)), classOf(w.firstRune(t.other+1))
	if t.other == i+1 {
		return ""
	}
	for k := i; k < t.other; k++ {
		if w.tokens[k].kind == breakToken && w.place != headingPlace {
			return "" // nothing says that it may go on
		}
	}
	opens := first == other || first == punct && before != other
	closes := last == other || last == punct && after != other
	if !opens || !closes {
		return ""
	}
	out := w.sb.Bytes()
	ends := byte(0)
	if len(out) > 0 {
		ends = out[len(out)-1]
	}
	// What stands beside it must not be taken for a part of it.
	beside := func(c byte) bool {
		return ends == c || w.runeBeside(i, c) || w.runeBeside(t.other, c)
	}
	switch t.tag {
	case "strong":
		if !beside('*') {
			return "**"
		}
	case "del":
		if !beside('~') && w.firstRune(i+1) != '~' && w.lastRune(t.other) != '~' && w.lastRune(i) != '~' && w.firstRune(t.other+1) != '~' {
			return "~~"
		}
	case "em":
		if before != other && after != other && !beside('_') {
			return "_"
		}
		if !beside('*') {
			return "*"
		}
	}
	return ""
}

// runeBeside reports whether token i stands beside one that is written with c.
func (w *inline) runeBeside(i int, c byte) bool {
	for _, k := range [...]int{i - 1, i + 1} {
		if k < 0 || k >= len(w.tokens) {
			continue
		}
		switch t := &w.tokens[k]; t.kind {
		case openToken, closeToken:
			if t.delim != "" && t.delim[0] == c {
				return true
			}
			if t.delim == "" && (k > i) && t.tag != "em" && (c == '*') == (t.tag == "strong") {
				return true
			}
		}
	}
	return false
}
