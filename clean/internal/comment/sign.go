package comment

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/winnowtext/winnow/clean/internal/dom"
)

// isItem reports whether an element holds one comment, by what its attributes say.
func isItem(n *html.Node) bool {
	switch n.DataAtom {
	case atom.A, atom.Span, atom.Button, atom.Form, atom.Input, atom.Textarea, atom.Body, atom.Html, atom.P, atom.Time, atom.Label, atom.Img, atom.I, atom.Svg, atom.H2, atom.H3, atom.H4:
		return false
	}
	if len(n.Attr) == 0 {
		return false
	}
	if prop := dom.Attr(n, "itemprop"); prop == "comment" || strings.HasSuffix(dom.Attr(n, "itemtype"), "/Comment") || strings.HasSuffix(dom.Attr(n, "itemtype"), "/UserComments") {
		return true
	}
	if dom.Has(n, "data-comment-id") {
		return true
	}
	for class := range strings.FieldsSeq(dom.Attr(n, "class")) {
		switch strings.ToLower(class) {
		case "comment", "comment-item", "comment_item", "commentitem", "comment__item", "comment-entry", "comment-node", "comment-container", "c-comment",
			"comtr", "user-comment", "single-comment", "comment-single", "comment-box", "commentbox", "comment-post", "u-comment":
			return true
		}
	}
	return isNumbered(dom.Attr(n, "id"))
}

// isNumbered reports whether an id is that of one comment: "comment-12", "li-comment-12".
func isNumbered(id string) bool {
	id = strings.ToLower(id)
	for _, front := range [...]string{"li-", "div-"} {
		id = strings.TrimPrefix(id, front)
	}
	rest, ok := strings.CutPrefix(id, "comment")
	if !ok {
		return false
	}
	rest = strings.TrimLeft(rest, "-_")
	if rest == "" {
		return false
	}
	for i := range len(rest) {
		if rest[i] < '0' || rest[i] > '9' {
			return false
		}
	}
	return true
}

// A sign says which part of a comment an element may be, the higher the surer.
type sign struct {
	author, date, body int
	control            bool // it is there to be pressed, or shows no part
}

// bare leaves of the name of a class what it says about a part.
var bare = strings.NewReplacer("comments", "", "comment", "", "_", "", "-", "")

// sureBody is a body that is named as that of a comment.
const sureBody = 4

// signOf reads the attributes of an element in a comment.
func signOf(n *html.Node) (s sign) {
	switch n.DataAtom {
	case atom.Button, atom.Nav, atom.Script, atom.Style, atom.Template, atom.Svg, atom.Select, atom.Textarea, atom.Noscript:
		s.control = true
		return s
	case atom.Time:
		s.date = 3
		if dom.Has(n, "datetime") {
			s.date = 5
		}
	case atom.Abbr:
		if dom.Has(n, "title") {
			s.date = 1
		}
	}
	if len(n.Attr) == 0 {
		return s
	}
	switch dom.Attr(n, "itemprop") {
	case "author", "creator":
		s.author = 4
	case "name":
		s.author = 5
	case "dateCreated", "datePublished", "commentTime":
		s.date = 4
	case "text", "commentText", "description":
		s.body = 5
	}
	if dom.Attr(n, "rel") == "author" {
		s.author = max(s.author, 3)
	}
	for class := range strings.FieldsSeq(dom.Attr(n, "class")) {
		class = strings.ToLower(class)
		name := bare.Replace(class)
		own := strings.Contains(class, "comment") || strings.HasPrefix(class, "comm") // it says whose part it is
		switch name {
		case "fn", "hnuser", "pauthor":
			s.author = max(s.author, 5)
		case "author", "authorname", "username", "user", "username2", "displayname", "commenter", "nickname", "poster", "postername", "profilename":
			s.author = max(s.author, 3)
		case "name", "byline", "by", "userlink":
			s.author = max(s.author, 2)
		case "date", "time", "timestamp", "datetime", "age", "published", "dtpublished", "postdate", "ago", "created", "posted":
			s.date = max(s.date, 2)
		case "content", "text", "message", "commtext", "bodytext", "usertextbody":
			if s.body = max(s.body, 3); own || name == "usertextbody" {
				s.body = sureBody
			}
		case "copy":
			if own {
				s.body = 5
			}
		case "body", "econtent", "pcontent", "description":
			s.body = max(s.body, 2)
		case "reply", "replies", "replylink", "actions", "action", "vote", "votes", "voting", "share", "report", "editlink", "buttons", "flatlist", "tools", "controls", "says",
			"awaitingmoderation", "likes", "like", "rating", "score", "avatar", "navs", "expand", "togg", "flag":
			s.control = true
		}
	}
	return s
}

// isName reports whether what an element shows may be the name of a person.
func isName(n *html.Node) bool {
	const most, mostNodes = 200, 50 // bytes, with what stands around it
	seen, nodes := 0, 0
	for c := range n.Descendants() {
		if nodes++; nodes > mostNodes {
			return false
		}
		if c.Type == html.TextNode {
			if seen += len(strings.TrimSpace(c.Data)); seen > most {
				return false
			}
		}
	}
	return seen > 0
}

// author is the name in what a page shows of an author, without what it says of them.
func author(s string) string {
	s = strings.TrimSpace(s)
	lower := strings.ToLower(s)
	for _, front := range [...]string{"by ", "posted by ", "written by ", "von ", "par ", "por "} {
		if strings.HasPrefix(lower, front) {
			s = s[len(front):]
			break
		}
	}
	s = strings.TrimRight(s, " :,|·-–—")
	for _, end := range [...]string{" says", " wrote", " sagt", " schrieb", " dit", " a écrit", " dice", " dijo", " disse", " said"} {
		s = strings.TrimSuffix(s, end)
	}
	if s = strings.TrimSpace(s); len(s) > mostName {
		return ""
	}
	return s
}

// mostName is how long a name may be, in bytes.
const mostName = 80

// name is what an element shows as a name: where that is more than one, such as how
// often its bearer has written, the link in it.
func name(n *html.Node) string {
	const plain = 25 // bytes that a name has alone
	all := line(n)
	if len(all) <= plain {
		return all
	}
	if a := firstLink(n); a != nil {
		if s := line(a); s != "" {
			return s
		}
	}
	return all
}

// firstLink is the link that the first text in an element stands in, nil for none.
func firstLink(root *html.Node) *html.Node {
	const most = 100 // nodes
	seen := 0
	for n := range root.Descendants() {
		if seen++; seen > most {
			return nil
		}
		if n.Type != html.TextNode || strings.TrimSpace(n.Data) == "" {
			continue
		}
		near := 4
		for p := n.Parent; p != nil && p != root && near > 0; p, near = p.Parent, near-1 {
			if p.DataAtom == atom.A {
				return p
			}
		}
		return nil
	}
	return nil
}
