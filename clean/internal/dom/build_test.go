package dom

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/winnowtext/winnow/clean/internal/charset"
	"github.com/winnowtext/winnow/clean/internal/corpus"
	"github.com/winnowtext/winnow/clean/internal/work"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// full prints everything of a tree that anyone may ask for. Names in foreign
// content are in lower case, and attributes left out there; comments have no
// text.
func full(root *html.Node) string {
	var sb strings.Builder
	depth := 0
	for n := root; ; {
		switch n.Type {
		case html.TextNode:
			fmt.Fprintf(&sb, "%*s%q\n", depth, "", n.Data)
		case html.ElementNode:
			if n.Namespace != "" {
				fmt.Fprintf(&sb, "%*s<%s:%s>\n", depth, "", n.Namespace, strings.ToLower(n.Data))
			} else {
				fmt.Fprintf(&sb, "%*s<%s %v %q>\n", depth, "", n.Data, n.DataAtom, n.Attr)
			}
		case html.CommentNode:
			fmt.Fprintf(&sb, "%*s<!>\n", depth, "")
		case html.DoctypeNode:
			fmt.Fprintf(&sb, "%*s<!%s %q>\n", depth, "", n.Data, n.Attr)
		}
		if n.FirstChild != nil {
			if n.FirstChild.Parent != n || n.FirstChild.PrevSibling != nil || n.LastChild == nil {
				return "broken links"
			}
			n = n.FirstChild
			depth++
			continue
		}
		for n != root && n.NextSibling == nil {
			if n.Parent.LastChild != n {
				return "broken links"
			}
			n = n.Parent
			depth--
		}
		if n == root {
			return sb.String()
		}
		if n.NextSibling.PrevSibling != n || n.NextSibling.Parent != n.Parent {
			return "broken links"
		}
		n = n.NextSibling
	}
}

// parse is the oracle: the tree of html.Parse, with scripting off.
func parse(page []byte) (*html.Node, error) {
	return html.ParseWithOptions(bytes.NewReader(page), html.ParseOptionEnableScripting(false))
}

// whole returns the tree of a page of which nothing is cut.
func whole(page []byte) *html.Node { return building(page, nil).doc }

func building(page []byte, what *Cutting) *parser {
	p := shared.newParser(newlines(nil, bytes.Clone(page)), what)
	p.run()
	return p
}

// compare compares the tree of a page with that of html.Parse. It reports whether it
// could: html.Parse refuses some pages, and the rest of others (embedsTemplate).
func compare(t *testing.T, page []byte) (compared bool) {
	t.Helper()
	defer shared.Forget()
	p := building(page, nil)
	want, err := parse(page)
	if err != nil || p.plain || embedsTemplate(p.doc) {
		if b := full(p.doc); b == "broken links" {
			t.Errorf("%.200q: %s", page, b)
		}
		return false
	}
	a, b := full(p.doc), full(want)
	if a != b {
		i := 0
		for i < len(a) && i < len(b) && a[i] == b[i] {
			i++
		}
		i = strings.LastIndexByte(a[:i], '\n') + 1
		from := max(i-600, 0)
		t.Errorf("%.300q\n got ...%s\nwant ...%s", page, a[from:min(i+200, len(a))], b[i:min(i+200, len(b))])
	}
	return true
}

// embedsTemplate reports whether there is a template in svg or math: html.Parse
// leaves out the rest of the page then.
func embedsTemplate(root *html.Node) bool {
	for n := range root.Descendants() {
		if n.DataAtom == atom.Template && n.Namespace == "" {
			for a := range n.Ancestors() {
				if a.Namespace != "" {
					return true
				}
			}
		}
	}
	return false
}

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

// compareCut compares what is said by the trees when Build cuts and when it does
// not, and what is in the scripts.
func compareCut(t *testing.T, page []byte, what Cutting) {
	t.Helper()
	defer shared.Forget()
	want := whole(page)
	p := building(page, &what)
	if a, b := saidBy(p.doc), saidBy(want); a != b {
		i := 0
		for i < len(a) && i < len(b) && a[i] == b[i] {
			i++
		}
		from := max(i-100, 0)
		t.Errorf("%.300q\n got ...%q\nwant ...%q", page, a[from:min(i+200, len(a))], b[from:min(i+200, len(b))])
	}
	jsonld, data := shared.scripts(want)
	if !slices.Equal(p.jsonld(), jsonld) || !slices.Equal(p.data(), data) {
		t.Errorf("%.300q\n got %.300q %.300q\nwant %.300q %.300q", page, p.jsonld(), p.data(), jsonld, data)
	}
}

// The tree of pages of the web is that of html.Parse.
func TestBuildCorpora(t *testing.T) {
	if testing.Short() {
		t.Skip("not with -short: all pages of the corpora")
	}
	dir := os.Getenv("WINNOW_CORPORA")
	if dir == "" {
		t.Skip("WINNOW_CORPORA is not set: set it to the folder of packed corpora")
	}
	for _, name := range []string{"wcxb-dev", "traf-dev", "fundus-dev", "readability"} {
		pages, err := corpus.Read(dir, name)
		if err != nil {
			t.Fatal(err)
		}
		for i := range pages {
			raw, err := pages[i].Bytes()
			if err != nil {
				t.Fatal(err)
			}
			src, _, err := new(charset.Memory).Decode(raw, "")
			if err != nil {
				t.Fatal(err)
			}
			if !compare(t, src) {
				t.Logf("%s/%s: not compared", name, pages[i].ID)
			}
			compareCut(t, src, all)
			compareCut(t, src, Cutting{})
			if t.Failed() {
				t.Fatalf("%s/%s", name, pages[i].ID)
			}
		}
	}
}

// Markup that html.Parse would make far more of than it is long.
func TestBuildHostile(t *testing.T) {
	for _, h := range hostile {
		page := []byte(h.make(3000))
		tree := shared.Build(bytes.Clone(page), all)
		nodes := 0
		for range tree.Root.Descendants() {
			nodes++
		}
		if limit := (maxCopies+2)*bytes.Count(page, []byte("<")) + baseCopies + 1000; nodes > limit {
			t.Errorf("%s: %d nodes of %d bytes, limit %d", h.name, nodes, len(page), limit)
		}
		if d := depth(tree.Root); d > 3*maxOpen {
			t.Errorf("%s: depth %d", h.name, d)
		}
		shared.Forget()
	}
}

func TestBuildCuts(t *testing.T) {
	tree := shared.Build([]byte("<p data-x=1 class=a>b<script type=application/ld+json>{\r}</script><script type='application/json'>[]</script><!-- c --> d<svg class=e><g><foreignObject><p>f</p>"+
		"</foreignObject></g></svg><b data-x=1>g<style>h</style>"), all)
	want := "<html  []>\n <head  []>\n <body  []>\n  <p  [{\"\" \"class\" \"a\"}]>\n   \"b\"\n   <script  []>\n   <script  []>\n   \" d\"\n   <svg:svg>\n" +
		"   <b  [{\"\" \"data-x\" \"1\"}]>\n    \"g\"\n    <style  []>\n"
	got := full(tree.Root)
	for _, name := range []string{"html", "head", "body", "p", "script", "b", "style"} {
		got = strings.ReplaceAll(got, "<"+name+" "+name+" ", "<"+name+"  ")
	}
	got = strings.TrimPrefix(strings.ReplaceAll(got, "\n ", "\n"), " ")
	if got != want || !slices.Equal(tree.JSONLD, []string{"{\n}"}) || !slices.Equal(tree.Data, []string{"[]"}) {
		t.Errorf("got %q, %q\nwant %q", got, tree.JSONLD, want)
	}
	shared.Forget()
}

// A tree whose time is over is a beginning.
func TestBuildStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, page := range []string{"<p>x", strings.Repeat("<p>x", 5000), "<frameset>"} {
		m := newMemory(ctx)
		if got := outline(m.Build([]byte(page), all).Root); got != "html(head() body())" || m.Clock.Err() == nil {
			t.Errorf("%.20s: %s, %v", page, got, m.Clock.Err())
		}
	}
	// Here the time is over in the middle.
	for _, page := range []string{strings.Repeat("<p>x</p>\r\n", 1e5), "<table>" + strings.Repeat("<td>x", 1e5), "<p>" + strings.Repeat("\r", 2e6)} {
		ctx := &limited{Context: t.Context(), looks: 4}
		m := newMemory(ctx)
		tree := m.Build([]byte(page), all)
		if m.Clock.Err() == nil {
			t.Fatalf("%.20q: was not ended", page)
		}
		want, err := html.ParseWithOptions(strings.NewReader(page), html.ParseOptionEnableScripting(false))
		if err != nil {
			t.Fatal(err)
		}
		if got, want := textOf(tree.Root), textOf(want); len(got) >= len(want) && want != "" || !strings.HasPrefix(want, got) || got == "" && want != "" {
			t.Errorf("%.20q: %d bytes of text of %d", page, len(got), len(want))
		}
	}
}

// A limited context ends after so many looks at it.
type limited struct {
	context.Context
	looks int
}

func (l *limited) Err() error {
	if l.looks--; l.looks < 0 {
		return context.Canceled
	}
	return nil
}

// newMemory returns a memory whose clock ends with ctx.
func newMemory(ctx context.Context) *Memory {
	m := &Memory{Clock: new(work.Clock)}
	m.Clock.Start(ctx)
	return m
}

// shared is a memory for tests that have no need of their own.
var shared Memory

// Trees of one memory leave each other alone, and nothing of them is left for
// those that are built after them.
func TestForget(t *testing.T) {
	page := func(i int) []byte {
		return fmt.Appendf(nil, "<!doctype html><title>%d</title><p CLASS=a%d>%d &amp; <b>x</x>y</b><table>z<td>%[1]d"+
			"<script type=LD+JSON>[%[1]d]</script><script type=application/json>{%[1]d}</script>"+
			strings.Repeat("<frameset>", i/7%2)+strings.Repeat("<p>&eacute;", i%5*600), i, i, i)
	}
	var m Memory
	for i := range 30 {
		var trees []Tree
		for k := range 3 {
			trees = append(trees, m.Build(page(i+1000*k), Cutting{}))
		}
		for k, tree := range trees {
			i := i + 1000*k
			want, err := html.ParseWithOptions(bytes.NewReader(page(i)), html.ParseOptionEnableScripting(false))
			if err != nil {
				t.Fatal(err)
			}
			for n := range want.Descendants() {
				if n.DataAtom == atom.Script {
					n.Attr = nil
					n.RemoveChild(n.FirstChild)
				}
			}
			if full(tree.Root) != full(want) {
				t.Fatalf("page %d is\n%.400s", i, full(tree.Root))
			}
			if got := fmt.Sprint(tree.JSONLD, tree.Data); got != fmt.Sprintf("[[%d]] [{%[1]d}]", i) {
				t.Fatalf("page %d has %s", i, got)
			}
		}
		texts := m.tree.texts
		m.Poison()
		for _, text := range texts {
			if c := bytes.Trim(text[:cap(text)], "\xDB"); len(c) > 0 {
				t.Fatalf("not poisoned: %.20q", c)
			}
		}
		m.Forget()
	}
	m.Build(bytes.Repeat([]byte("<p>x&amp;"), maxKept/8), Cutting{})
	if m.Forget(); m.tree.nodes != nil || m.tree.texts != nil || m.tree.free != nil {
		t.Error("the memory of a large page was kept")
	}
}

// fragments are what random pages are made of: whatever has rules of its own.
var fragments = func() []string {
	var out []string
	for i := range elementTable {
		e := elementTable[i].el
		if e == nil || e.does == doPlaintext {
			continue // ends the page
		}
		out = append(out, "<"+e.name+">", "</"+e.name+">")
		switch e.does {
		case doBlock, doVoid, doMeta, doOther, doLone, doPre:
		default:
			out = append(out, "<"+e.name+">", "</"+e.name+">", "<"+strings.ToUpper(e.name)+" class=a id='b'>", "<"+e.name+"/>")
		}
		if e.does == doFormat || e.does == doA || e.does == doCell || e.does == doTr || e.does == doTable {
			out = append(out, "<"+e.name+" href=x>", "</"+e.name+">", "<"+e.name+">", "</"+e.name+">")
		}
	}
	for range 8 {
		out = append(out, "x", " ", "\n", "y &amp; z", "<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<a>", "</a>")
	}
	return append(out, "<g>", "</g>", "<title/>", "<mi>", "</mi>", "<desc>", "</desc>", "<x-y>", "</x-y>", "<!-- c -->", "<!doctype html>",
		"<!doctype html public '-//W3C//DTD HTML 4.01 Transitional//EN'>", "<?php ?>", "</ x>", "</>", "<input type=hidden>", "<input type=text>",
		"<a b=1 A=2 =c d='&copy=&copy;&notit;'e>", "<font color=red size=1>", "<font size=1 color=red>", "&notit; &#8217;&#x26 &fjlig;&lt", "\r\n", "<annotation-xml>",
		"<svg>", "</svg>", "<svg>", "</svg>", "a\x00b", "\x00", "<a\x00 b\x00='\x00'>", "<plaintext>", "<mglyph>", "<annotation-xml encoding=text/html>", "<font color>", "<!doctype", "<foreignObject>", "</foreignObject>", "<![CDATA[", "]]>", "<path/>")
}()

// Names that begin like those of elements are others.
func TestBuildNames(t *testing.T) {
	for _, name := range []string{"blockquo", "plaintex", "figcapti", "noscripts", "p\x00", "\x00", "ap", "tex", "textareas", "h1a"} {
		compare(t, []byte("<p>a<"+name+">b<p>c</"+name+">d"))
	}
}

// TestBuildRandom: the tree is that of html.Parse, whatever the tags are.
func TestBuildRandom(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	compared, n := 0, *rounds
	for i := range n {
		some := fragments
		if i%2 == 1 { // few that meet often
			some = nil
			for range 3 + rnd.IntN(20) {
				some = append(some, fragments[rnd.IntN(len(fragments))])
			}
		}
		var sb strings.Builder
		for range 1 + rnd.IntN(40) {
			sb.WriteString(some[rnd.IntN(len(some))])
		}
		if compare(t, []byte(sb.String())) {
			compared++
		}
		compareCut(t, []byte(sb.String()), all)
		if i%8 == 0 {
			checkDeep(t, sb.String())
		}
		if t.Failed() {
			return
		}
	}
	if compared < n*9/10 {
		t.Errorf("%d of %d pages compared", compared, n)
	}
	t.Logf("%d of %d pages compared", compared, n)
}

var rounds = flag.Int("rounds", 5000, "random pages to compare with html.Parse")

func FuzzBuild(f *testing.F) {
	for _, h := range hostile {
		f.Add([]byte(h.make(5)))
	}
	f.Add([]byte("<svg a=b c a=d/><x>"))
	f.Add([]byte("<math data-a=b c data-a=d/><x>"))
	for i := range fragments {
		f.Add([]byte(fragments[i] + fragments[(i*7+3)%len(fragments)] + fragments[(i*5+1)%len(fragments)]))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		b = bytes.ToValidUTF8(b, nil)
		compare(t, b)
		compareCut(t, b, all)
		compareCut(t, b, Cutting{})
		checkDeep(t, string(b))
	})
}

// checkDeep checks the tree of a page that stands deeper than trees may be: it is
// linked, no deeper than they are, and no text is lost or moved.
func checkDeep(t *testing.T, page string) {
	t.Helper()
	defer shared.Forget()
	page = strings.Repeat("<div>x", maxOpen) + page
	root := whole([]byte(page))
	for n := range root.Descendants() {
		if n.Parent == nil || n.NextSibling == nil && n.Parent.LastChild != n || n.NextSibling != nil && n.NextSibling.PrevSibling != n {
			t.Fatalf("%.900q: broken links", page)
		}
	}
	if d := depth(root); d > 3*maxOpen {
		t.Fatalf("%.900q: depth %d", page, d)
	}
	// Text that the tokenizer sees is in the tree, but where it means something
	// else: raw text, foreign content, and what only some tags may stand in.
	z := html.NewTokenizer(strings.NewReader(page))
	var want strings.Builder
	for z.Next() != html.ErrorToken {
		t := z.Token()
		switch t.DataAtom {
		case atom.Svg, atom.Math, atom.Noscript, atom.Template, atom.Frameset:
			return
		}
		if t.Type == html.TextToken {
			want.WriteString(t.Data)
		}
	}
	got, text := textOf(root), squeeze(want.String())
	if strings.ReplaceAll(got, "\ufffd", "") != strings.ReplaceAll(text, "\ufffd", "") {
		t.Fatalf("%.900q: text %.900q\nwant %.900q", page, got, text)
	}
}
