package structure

import (
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/winnowtext/winnow/clean/internal/block"
	"github.com/winnowtext/winnow/clean/internal/dom"
)

// Image adds what is to be seen without being text, which stands within block blk, or
// between two where within is false.
func (b *Builder) Image(i block.Image, blk int32, within bool) {
	elem := i.Elem
	if i.Kind == block.Formula {
		if i.End > i.At {
			return // its text brings it
		}
		b.path(elem, blk)
		b.space = b.space || i.Space && !b.joined
		if f := b.formulaOf(elem); f >= 0 {
			b.formula(b.doc.Node(f), blk)
		} else {
			b.formula(i.Node, blk)
		}
		b.joined = i.Space && isJoined(i.Node)
		return
	}
	if b.formulaOf(elem) >= 0 {
		return
	}
	if i.Kind == block.Picture && isTeX(i.Node) {
		b.path(elem, blk)
		b.space = b.space || i.Space && !b.joined
		b.formula(i.Node, blk)
		b.joined = i.Space && isJoined(i.Node)
		return
	}
	if b.o.NoImages {
		return
	}
	var n *html.Node
	switch i.Kind {
	case block.Picture:
		n = b.picture(&i)
	case block.Embed:
		n = b.embedded(i.Node)
	}
	if n == nil {
		return
	}
	const apart = 1 << 29 // no block
	if !within {
		blk = apart + i.At
	}
	b.path(elem, blk)
	if b.topInline(atom.A) {
		b.want = b.want[:b.flow] // the picture is what counts, not where it leads
	}
	if b.want[b.flow-1].tag == atom.Pre {
		return
	}
	b.space = b.space || i.Space && !b.joined
	b.enter(blk)
	b.append(n)
	b.joined = i.Space && isJoined(i.Node)
}

// isJoined reports whether a text or picture follows a node right away, without white
// space. The page's text has one space for what is before and behind a picture.
func isJoined(n *html.Node) bool {
	const near = 8 // nodes further on
	for range near {
		s := n.NextSibling
		switch {
		case s == nil:
			if n = n.Parent; n == nil || n.DataAtom != atom.Span && n.DataAtom != atom.Picture && inlineTag(n.DataAtom) == 0 {
				return false
			}
		case s.Type == html.TextNode && s.Data != "":
			return !strings.ContainsRune(" \t\n\r\f", rune(s.Data[0]))
		case s.DataAtom == atom.Img:
			return true
		case s.Type == html.CommentNode, s.Type == html.TextNode, s.DataAtom == atom.Script, s.DataAtom == atom.Noscript:
			n = s
		default:
			return false
		}
	}
	return false
}

// topInline reports whether one of the inline elements that are wanted has that tag.
func (b *Builder) topInline(tag atom.Atom) bool {
	for _, s := range b.want[b.flow:] {
		if s.tag == tag {
			return true
		}
	}
	return false
}

// picture is the image that a picture of the page is in the tree, nil for none.
func (b *Builder) picture(i *block.Image) *html.Node {
	n := i.Node
	alt := strings.Join(strings.Fields(dom.Attr(n, "alt")), " ")
	src := b.o.Address(i.Source())
	if src == "" || strings.HasPrefix(src, "mailto:") || isIcon(n) && !b.isCellOfTable(n, i.Elem) || isForeign(src) {
		return nil
	}
	img := b.node(html.ElementNode, atom.Img)
	set(img, "src", strings.Clone(src))
	set(img, "alt", strings.Clone(alt))
	return img
}

// isTeX reports whether a picture is that of a formula.
func isTeX(n *html.Node) bool {
	for class := range strings.FieldsSeq(dom.Attr(n, "class")) {
		if class == "latex" || class == "tex" || class == "math" || strings.HasPrefix(class, "mwe-math-fallback-image") {
			return true
		}
	}
	src := dom.Attr(n, "src")
	return strings.Contains(src, "/math/render/") || toldTeX(src) != ""
}

// isCellOfTable reports whether a picture is all that a cell of a table of data holds: a
// tick or a cross says what others say in words.
func (b *Builder) isCellOfTable(n *html.Node, elem int32) bool {
	const least = 8 // pixels; what is smaller keeps a cell from being empty
	for _, key := range [...]string{"width", "height"} {
		if k, ok := pixels(n, key); ok && k < least {
			return false
		}
	}
	const near = 4 // elements further out
	at := n
	for range near {
		if !isAlone(at) || at.Parent == nil {
			return false
		}
		if at = at.Parent; at.DataAtom == atom.Td || at.DataAtom == atom.Th {
			break
		}
	}
	if at.DataAtom != atom.Td && at.DataAtom != atom.Th {
		return false
	}
	cell := false
	for e := b.around(elem); e > 0; e = b.around(b.doc.Elems[e].Parent) {
		switch b.roles[e] {
		case inlineRole, rowRole, partRole:
		case cellRole:
			if cell {
				return false
			}
			cell = true
		default:
			return cell && b.roles[e] == tableRole
		}
	}
	return false
}

// isAlone reports whether a node has nothing but white space beside it.
func isAlone(n *html.Node) bool {
	for _, s := range [...]*html.Node{n.PrevSibling, n.NextSibling} {
		if s != nil && s.Type == html.TextNode && strings.TrimSpace(s.Data) == "" {
			if s == n.PrevSibling {
				s = s.PrevSibling
			} else {
				s = s.NextSibling
			}
		}
		if s != nil {
			return false
		}
	}
	return true
}

// pixels is a length that an attribute gives.
func pixels(n *html.Node, key string) (k int, ok bool) {
	k, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(dom.Attr(n, key)), "px"))
	return k, err == nil
}

// isIcon reports whether a picture is a sign in the text, or counts readers.
func isIcon(n *html.Node) bool {
	const least = 33 // pixels
	for _, key := range [...]string{"width", "height"} {
		if k, ok := pixels(n, key); ok && k > 0 && k < least {
			return true
		}
	}
	for class := range strings.FieldsSeq(dom.Attr(n, "class")) {
		switch strings.ToLower(class) {
		case "emoji", "wp-smiley", "icon", "smiley", "avatar":
			return true
		}
	}
	return false
}

// isForeign reports whether a picture is by its address none of the article's: an
// advertisement, the face of an author or commenter, the sign of a network.
func isForeign(src string) bool {
	u, err := url.Parse(src)
	if err != nil {
		return false
	}
	host := strings.ToLower(u.Hostname())
	if strings.HasPrefix(host, "ad.") || strings.HasPrefix(host, "ads.") {
		return true
	}
	for _, name := range [...]string{"adserver", "doubleclick.", "googlesyndication.", "adnxs.", "gravatar."} {
		if strings.Contains(host, name) {
			return true
		}
	}
	path := strings.ToLower(u.Path)
	if strings.Contains(path, "/avatar/") || strings.Contains(path, "/avatars/") {
		return true
	}
	name := path[strings.LastIndexByte(path, '/')+1:]
	if k := strings.LastIndexByte(name, '.'); k > 0 {
		name = name[:k]
	}
	known := false
	for word := range strings.FieldsFuncSeq(name, func(r rune) bool { return r == '-' || r == '_' || r == '.' || '0' <= r && r <= '9' }) {
		switch word {
		case "facebook", "twitter", "whatsapp", "linkedin", "pinterest", "telegram", "reddit", "instagram", "youtube", "email", "rss":
			known = true
		case "icon", "ico", "logo", "share", "button", "btn", "social", "small", "large", "white", "black", "grey", "gray", "x", "px", "on":
		default:
			return false
		}
	}
	return known
}

// embedded is a link to a video or recording that a page embeds, nil for none.
func (b *Builder) embedded(n *html.Node) *html.Node {
	src := strings.TrimSpace(dom.Attr(n, "src"))
	for _, key := range [...]string{"data-src", "data-lazy-src", "data"} {
		if src == "" || strings.HasPrefix(src, "about:") {
			src = strings.TrimSpace(dom.Attr(n, key))
		}
	}
	for c := n.FirstChild; c != nil && src == ""; c = c.NextSibling {
		if c.DataAtom == atom.Source {
			src = strings.TrimSpace(dom.Attr(c, "src"))
		}
	}
	address := b.o.Address(src)
	if address == "" {
		return nil
	}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return nil
	}
	if n.DataAtom != atom.Video && n.DataAtom != atom.Audio {
		if address = watched(u); address == "" {
			return nil
		}
	}
	a := b.node(html.ElementNode, atom.A)
	set(a, "class", "embed") // before the address: parsers sort the attributes of links
	set(a, "href", strings.Clone(address))
	a.AppendChild(b.words(strings.Clone(address)))
	return a
}

// watched is the address at which people see what a frame shows, "" where frames of
// the host show other things than videos and recordings.
func watched(u *url.URL) string {
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	id := u.Path[strings.LastIndexByte(u.Path, '/')+1:]
	switch host {
	case "youtube.com", "youtube-nocookie.com", "m.youtube.com":
		if strings.HasPrefix(u.Path, "/embed/") && id != "" && id != "videoseries" {
			return "https://www.youtube.com/watch?v=" + url.QueryEscape(id)
		}
		return u.String()
	case "player.vimeo.com":
		if id != "" {
			return "https://vimeo.com/" + url.PathEscape(id)
		}
	case "dailymotion.com", "geo.dailymotion.com", "player.twitch.tv", "clips.twitch.tv", "archive.org", "w.soundcloud.com", "open.spotify.com",
		"player.bilibili.com", "upload.wikimedia.org", "v.qq.com", "ted.com", "embed.ted.com", "player.youku.com":
		return u.String()
	}
	return ""
}
