package dom

import (
	"strings"

	"golang.org/x/net/html"
)

var all = Cutting{SVG: true, Attrs: true}

// saidBy prints the elements and texts of a tree, less what is in scripts,
// style sheets and svg elements.
func saidBy(root *html.Node) string {
	var sb strings.Builder
	var print func(n *html.Node)
	print = func(n *html.Node) {
		if n.Type == html.TextNode {
			sb.WriteString(n.Data)
		}
		if n.Type == html.ElementNode {
			sb.WriteString("<" + n.Namespace + ":" + n.Data + ">")
			if n.Data == "script" || n.Data == "style" || n.Data == "svg" {
				return
			}
			defer sb.WriteString("</>")
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			print(c)
		}
	}
	print(root)
	return sb.String()
}
