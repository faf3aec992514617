package clean

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"github.com/winnowtext/winnow/clean/internal/charset"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// What must hold for every input; see docs/limits.md, section
// "Promises". The same checks serve the fuzz targets.

var explaining = func() *Cleaner {
	c, err := New(Options{Explain: true})
	if err != nil {
		panic(err)
	}
	return c
}()

// checkPage checks the promises for a page.
func checkPage(t *testing.T, src []byte) {
	t.Helper()
	src, _, err := new(charset.Memory).Decode(src, "")
	if err != nil {
		return
	}
	root, err := html.ParseWithOptions(strings.NewReader(string(src)), html.ParseOptionEnableScripting(false))
	if err != nil {
		return // deeper than this parser goes
	}
	before := render(root)
	res, err := explaining.Document(context.Background(), goquery.NewDocumentFromNode(root), nil)
	if err != nil {
		t.Fatal(err)
	}
	if render(root) != before {
		t.Error("the document was changed")
	}
	again, _ := explaining.Document(context.Background(), goquery.NewDocumentFromNode(root), nil)
	if again.Text != res.Text || len(again.Decisions) != len(res.Decisions) {
		t.Error("a second run gave another result")
	}
	plain, _ := standard().Document(context.Background(), goquery.NewDocumentFromNode(root), nil)
	if plain.Text != res.Text {
		t.Errorf("Explain changes the text: %s", firstDifference(res.Text, plain.Text))
	}
	checkOutput(t, res)
	blocks, _ := structured.Document(context.Background(), goquery.NewDocumentFromNode(root), nil)
	if blocks.Text != res.Text {
		t.Errorf("Structure changes the text: %s", firstDifference(res.Text, blocks.Text))
	}
	checkBlocks(t, "page", blocks)
	var got, kept strings.Builder
	for _, d := range res.Decisions {
		if strings.HasPrefix(d.Where, "script[") {
			continue // comes from structured data, not from what is visible
		}
		got.WriteString(d.Text)
		if d.Kept {
			kept.WriteString(d.Text)
		}
	}
	if g, w := letters(got.String()), letters(visibleText(root)); g != w {
		t.Errorf("the report is not the page's visible text: %s", around(g, w))
	}
	if !strings.Contains(res.Text, "\n- ") && !strings.HasPrefix(res.Text, "- ") && kept.Len() > 0 {
		if g, w := letters(kept.String()), letters(res.Text); g != w {
			t.Errorf("the kept pieces are not the text: %s", around(g, w))
		}
	}
}

// checkPlain checks the promises for a text.
func checkPlain(t *testing.T, src string) {
	t.Helper()
	res, err := explaining.Text(context.Background(), src)
	if err != nil {
		t.Fatal(err)
	}
	checkOutput(t, res)
	if again := Text(src); again != res.Text {
		t.Errorf("a second run gave another result: %s", firstDifference(again, res.Text))
	}
	blocks, err := structured.Text(context.Background(), src)
	if err != nil || blocks.Text != res.Text {
		t.Errorf("Structure changes the text: %s", firstDifference(res.Text, blocks.Text))
	}
	checkBlocks(t, "text", blocks)
	if twice := Text(res.Text); twice != res.Text {
		t.Errorf("cleaning twice is not cleaning once: %s", firstDifference(twice, res.Text))
	}
	var got, kept strings.Builder
	for _, d := range res.Decisions {
		got.WriteString(d.Text)
		if d.Kept {
			kept.WriteString(d.Text)
		}
	}
	if g, w := letters(got.String()), letters(src); g != w {
		t.Errorf("the report is not the text: %s", around(g, w))
	}
	if g, w := letters(kept.String()), letters(res.Text); g != w {
		t.Errorf("the kept pieces are not the output: %s", around(g, w))
	}
}

func checkOutput(t *testing.T, res *Result) {
	t.Helper()
	if !utf8.ValidString(res.Text) {
		t.Error("the output is not UTF-8")
	}
	if res.Text != "" && (!strings.HasSuffix(res.Text, "\n") || strings.HasSuffix(res.Text, "\n\n")) {
		t.Errorf("the output does not end with one newline: %q", res.Text[max(0, len(res.Text)-20):])
	}
	if res.Text == "" && res.Verdict != Empty && res.Verdict != Stub || res.Text != "" && res.Verdict == Empty {
		t.Errorf("verdict %s for %d bytes of text", res.Verdict, len(res.Text))
	}
}

func render(n *html.Node) string {
	var sb strings.Builder
	_ = html.Render(&sb, n)
	return sb.String()
}

// visibleText is all text of a page that is not script, style or the like.
func visibleText(root *html.Node) string {
	var sb strings.Builder
	var walk func(n *html.Node, svg bool)
	walk = func(n *html.Node, svg bool) {
		switch n.Type {
		case html.TextNode:
			sb.WriteString(n.Data)
		case html.ElementNode:
			switch n.DataAtom {
			case atom.Script, atom.Style, atom.Template, atom.Iframe, atom.Video, atom.Audio, atom.Canvas,
				atom.Object, atom.Embed, atom.Head, atom.Noframes, atom.Noembed, atom.Applet, atom.Map,
				atom.AnnotationXml, atom.Annotation, atom.Meta, atom.Link:
				return
			case atom.Title:
				if !svg {
					return
				}
			case atom.Svg:
				svg = true
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, svg)
		}
	}
	walk(root, false)
	return sb.String()
}

// letters is s without white space and characters nobody sees.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.IsControl(r) {
			return -1
		}
		return r
	}, s)
}

// around shows where two texts part.
func around(got, want string) string {
	i := 0
	for i < len(got) && i < len(want) && got[i] == want[i] {
		i++
	}
	part := func(s string) string { return strings.ToValidUTF8(s[max(0, i-30):min(len(s), i+60)], "?") }
	if i > len(got) || i > len(want) {
		return "?"
	}
	return "\ngot  …" + part(got) + "\nwant …" + part(want)
}

func TestPromises(t *testing.T) {
	for _, file := range folders(t, "../testdata/html/*/page.html") {
		t.Run(filepath.Base(filepath.Dir(file)), func(t *testing.T) { checkPage(t, []byte(readFile(t, file))) })
	}
	for _, pattern := range []string{"../testdata/text/*/dirty.txt", "../testdata/keep/*.txt"} {
		for _, file := range folders(t, pattern) {
			t.Run(filepath.Base(filepath.Dir(file))+"/"+filepath.Base(file), func(t *testing.T) { checkPlain(t, readFile(t, file)) })
		}
	}
}

// Pieces taken out of a block, in it or of one that goes whole, stand in the
// report where they stand on the page.
func TestReadingOrder(t *testing.T) {
	const paragraph = "<p>The tide table hangs in the winch house, where the pilots read it every morning before the first boat leaves."
	for _, page := range []string{
		paragraph + `<button>Share <span class="u-visually-hidden">this page</span> now</button></p>`,
		"<nav><a href=/a>Home <svg><title>house</title></svg>page</a></nav>" + paragraph,
		"<form>State <select><option>Alabama</select> and ZIP code</form>" + paragraph,
		paragraph + "</p><button>1<span hidden>of</span>3</button>",
	} {
		checkPage(t, []byte(page))
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		checkPage(t, []byte(cutPage(random)))
	}
}

// cutPage is a page of words in elements that are taken out of text, one in the
// other, and around them.
func cutPage(random *rand.Rand) string {
	wraps := [][2]string{
		{"<span hidden>", "</span>"}, {`<span class="sr-only">`, "</span>"}, {`<b style="display:none">`, "</b>"},
		{"<button>", "</button>"}, {"<svg><title>", "</title></svg>"}, {"<select><option>", "</select>"},
		{"<a href=/x>", "</a>"}, {"<em>", "</em>"}, {"<div>", "</div>"}, {`<div class="share">`, "</div>"}, {"<li>", "</li>"},
		{"<p>", "</p>"}, {"<nav>", "</nav>"}, {`<p style="display:none">`, "</p>"}, {"<table><tr><td>", "</table>"}, {"<pre>", "</pre>"},
		{"<noscript>", "</noscript>"},
	}
	var sb strings.Builder
	word := 0
	var fill func(depth int)
	fill = func(depth int) {
		for range 1 + random.IntN(4) {
			switch k := random.IntN(len(wraps) + 6); {
			case k < len(wraps) && depth > 0:
				sb.WriteString(wraps[k][0])
				fill(depth - 1)
				sb.WriteString(wraps[k][1])
			case k == len(wraps):
				sb.WriteString("<br>")
			case k == len(wraps)+1:
				sb.WriteString("The boat came in at noon with flour and lamps, and it left again before it was dark. ")
			default:
				word++
				fmt.Fprintf(&sb, "%s%d ", []string{"tide", "Share ", "quay, ", " lamp\n"}[k%4], word)
			}
		}
	}
	for range 3 {
		fill(4)
	}
	return "<body>" + sb.String()
}

func FuzzHTML(f *testing.F) {
	for _, s := range []string{"", "<p>a<b>b</b>", "<p>The tide table hangs in the winch house.<button>Share <span class=\"u-visually-hidden\">this page</span> now</button></p>", "<div hidden>x</div><svg><title>t</title></svg>", "<table><tr><td>1<td>2", "<ul><li>a<p>b"} {
		f.Add([]byte(s))
	}
	if files, _ := filepath.Glob("../testdata/html/*/page.html"); len(files) > 0 {
		for _, file := range files[:6] {
			b, _ := os.ReadFile(file)
			f.Add(b)
		}
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		if len(src) > 16<<10 {
			return // too slow to be of use; TestPromises takes whole pages
		}
		if utf8.Valid(src) {
			checkPage(t, src)
		}
		checkWork(t, src, FromHTML)
		res, err := explaining.HTML(context.Background(), bytes.NewReader(src), nil)
		if checkError(t, err); err != nil {
			return
		}
		checkOutput(t, res)
		checkStrings(t, res)
	})
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"", "Advertisement", "a\n\n\nb\r\n", "icon closeicon searchicon menu", "Share\nTweet\n"} {
		f.Add(s)
	}
	files, _ := filepath.Glob("../testdata/text/*/dirty.txt")
	for _, file := range files {
		b, _ := os.ReadFile(file)
		f.Add(string(b))
	}
	f.Fuzz(func(t *testing.T, src string) {
		if utf8.ValidString(src) {
			checkPlain(t, src)
			checkWork(t, []byte(src), FromText)
		}
	})
}
