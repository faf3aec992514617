package structure

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/winnowtext/winnow/clean/internal/dom"
)

// callout is calloutOf, which asks once for each class: pages have few of them.
func (b *Builder) callout(n *html.Node) string {
	if dom.Has(n, "data-callout") {
		return calloutOf(n)
	}
	if n.DataAtom == atom.Details || n.DataAtom == atom.Blockquote && len(n.Attr) == 0 {
		return ""
	}
	class := dom.Attr(n, "class")
	if class == "" {
		return ""
	}
	kind, known := b.boxes[class]
	if !known {
		kind = calloutOf(n)
		if b.boxes == nil {
			b.boxes = map[string]string{}
		}
		b.boxes[class] = kind
	}
	return kind
}

// calloutOf is the kind of a box with a note or warning, "" for other elements.
func calloutOf(n *html.Node) string {
	if n.DataAtom == atom.Details || n.DataAtom == atom.Blockquote && len(n.Attr) == 0 {
		return ""
	}
	if kind := strings.ToLower(dom.Attr(n, "data-callout")); kind != "" && isWord(kind) {
		return kind
	}
	box, kind := false, ""
	for class := range strings.FieldsSeq(dom.Attr(n, "class")) {
		class = strings.ToLower(class)
		switch class {
		case "admonition", "callout", "markdown-alert", "theme-admonition", "admonitionblock", "alert", "custom-block", "hint", "notice", "message":
			box = true
			continue
		}
		for _, prefix := range [...]string{"", "markdown-alert-", "callout-", "admonition-", "alert-", "theme-admonition-", "is-"} {
			if rest, ok := strings.CutPrefix(class, prefix); ok && callouts[rest] != "" {
				if kind == "" {
					kind = callouts[rest]
				}
				box = box || prefix != "" && prefix != "is-"
			}
		}
	}
	if !box {
		return ""
	}
	return kind
}

// callouts are the kinds of boxes, and the names that they go by.
var callouts = map[string]string{
	"note": "note", "info": "info", "tip": "tip", "hint": "tip", "success": "success", "important": "important", "warning": "warning", "warn": "warning",
	"caution": "caution", "danger": "danger", "error": "danger", "attention": "warning", "example": "example", "abstract": "abstract",
	"summary": "abstract", "todo": "todo", "question": "question", "faq": "question", "bug": "bug", "quote": "quote", "failure": "failure", "seealso": "info",
}

func isWord(s string) bool {
	const most = 20 // bytes
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && c != '-' {
			return false
		}
	}
	return len(s) <= most
}
