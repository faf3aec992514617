package browser

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/chromedp/chromedp"
	"golang.org/x/net/html"

	"github.com/winnowtext/winnow/clean"
)

const (
	marked = "Messrs Quill and Sons build the best boats of all, and whoever reads this should order one of them today, it says."
	ferry  = "The ferry to the outer islands has not sailed since the storm on the ninth of March, the harbour master said. Two of the four boats lie in the dock with broken rudders."
)

// Ways to hide a paragraph, by its attributes ...
var hiding = []string{
	`hidden`, `hidden=false`, `style="display:none"`, `style="display:/**/none"`, `style="d\69splay:none"`, `style="display:none!important;display:block"`,
	`style="visibility:hidden"`, `style="visibility:collapse"`, `style="opacity:0"`, `style="opacity:1%"`, `style="opacity:calc(0)"`, `style="filter:opacity(0)"`,
	`style="content-visibility:hidden"`, `style="font-size:0"`, `style="font-size:1%"`, `style="font-size:.01vw"`, `style="font-size:calc(0px)"`, `style="font:0/0 a"`,
	`style="height:0;overflow:hidden"`, `style="height:1px;overflow:hidden"`, `style="max-height:1px;overflow:clip"`, `style="width:0;height:0;overflow:hidden"`,
	`style="color:#fff"`, `style="color:white"`, `style="color:snow;background:white"`, `style="color:#00000000"`, `style="color:hsla(0,0%,0%,0)"`,
	`style="color:lab(100% 0 0)"`, `style="color:oklch(1 0 0)"`, `style="color:rgb(100% 100% 100%)"`, `style="color:#123;background:#123"`, `style="color:transparent"`,
	`style="-webkit-text-fill-color:transparent"`, `style="color:#fff;background:linear-gradient(#fff,#fff)"`,
	`style="position:absolute;left:-9999px"`, `style="position:absolute;left:-300%"`, `style="position:fixed;left:9999px"`, `style="position:fixed;top:99999px"`,
	`style="position:absolute;left:calc(-9999px)"`, `style="position:absolute;inset-inline-start:-9999px"`, `style="position:relative;left:-5000px"`,
	`style="margin-left:-9999px"`, `style="margin:0 0 0 -9999px"`, `style="text-indent:-9999px"`, `style="letter-spacing:-9999px"`, `style="position:absolute;top:-9999px"`,
	`style="transform:translateX(-9999px)"`, `style="transform:translateX(-200vw)"`, `style="translate:-9999px"`, `style="transform:rotate(1deg) translateX(-9999px)"`,
	`style="transform:scale(0)"`, `style="transform:scale(.001)"`, `style="scale:0"`, `style="transform:matrix(0,0,0,0,0,0)"`, `style="transform:rotateX(90deg)"`, `style="zoom:.001"`,
	`style="position:absolute;clip:rect(0,0,0,0)"`, `style="clip-path:inset(50%)"`, `style="clip-path:inset(0 100% 0 0)"`, `style="clip-path:circle(0)"`,
	`style="clip-path:ellipse(0 0)"`, `style="clip-path:polygon(0 0,0 0,0 0)"`, `style="position:absolute;width:1px;height:1px;overflow:hidden"`,
}

// ... and by a style sheet, which is about the class x ...
var hidingSheets = []string{
	`.x{display:none}`, `.x{visibility:hidden}`, `.x{opacity:0}`, `.x{font-size:0}`, `.x{position:absolute;left:-9999px}`, `body{background:#fff}.x{color:#fff}`,
	`.x{height:0;overflow:hidden}`, `.x{text-indent:-9999px}`, `.x{color:transparent}`, `article .x{display:none}`, `.a,.x,.b{display:none}`, `[class=x]{display:none}`,
	`@media screen{.x{display:none}}`, `@media (min-width:600px){.x{display:none}}`, `@supports (display:block){.x{display:none}}`, `@layer a{.x{display:none}}`,
	`article{& .x{display:none}}`, `@import "data:text/css,.x{display:none}";`, `.x{display:block}.x.x{display:none}`, `p.x{display:none!important}#i{display:block}`,
	`.x:not(:hover){display:none}`,
}

// ... and what hides nothing, though it looks like it.
var showing = []string{
	`style="display:block"`, `hidden style="display:block"`, `style="display:none;display:block"`, `style="visibility:visible"`, `style="opacity:.5"`, `style="filter:blur(0)"`,
	`style="font-size:9px"`, `style="font-size:60%"`, `style="font:italic 12px/1.5 serif"`, `style="height:0"`, `style="max-height:0"`, `style="width:300px;overflow:hidden"`,
	`style="color:#fff;background:#000"`, `style="color:#eee;background:#111"`, `style="color:transparent;text-shadow:0 0 1px red"`, `style="left:-9999px"`, `style="position:relative;left:-20px"`,
	`style="margin-left:-20px"`, `style="text-indent:-1em"`, `style="letter-spacing:-.5px"`, `style="transform:translateX(-20px)"`, `style="transform:scale(.9)"`,
	`style="transform:rotate(3deg)"`, `style="zoom:.9"`, `style="clip:rect(0,0,0,0)"`, `style="clip-path:inset(1%)"`, `style="clip-path:circle(90%)"`, `style="background:white"`,
	`style="position:relative;left:-1200px;transform:translateX(1200px)"`,
}

var showingSheets = []string{
	`.x{display:none}.x{display:block}`, `#i{display:block}.x{display:none}`, `.x{display:none}article .x{display:block}`, `@media print{.x{display:none}}`,
	`@media (max-width:600px){.x{display:none}}`, `.x:hover{display:none}`, `.x::before{display:none;content:"}"}`, `.y{display:none}`, `.x .x{display:none}`, `div.x{display:none}`,
	`@layer a{#i{display:none}}p{display:block}`, `@supports not (display:block){.x{display:none}}`, `.x+.x{display:none}`,
}

func hiddenPage(head, attr string) string {
	return "<!DOCTYPE html><html><head><title>No ferry</title>" + head + "</head><body><article><h1>No ferry to the islands</h1><p>" + ferry + "</p><p id=i " + attr + ">" + marked +
		"</p><p>Until they are mended, the baker divides the flour among the households by the number of heads, and writes each pound down.</p></article></body></html>"
}

// whatIsSeen tells, of pages, whether the text of the element with the id i is seen: in
// a box that is painted, within the window or where it is scrolled to, of letters that
// differ from what is behind them.
const whatIsSeen = `(async (pages) => {
	const seen = [];
	for (const page of pages) {
		const frame = document.createElement('iframe');
		frame.style.cssText = 'width:1280px;height:800px;border:0';
		const loaded = new Promise((done) => { frame.onload = done; });
		frame.srcdoc = page;
		document.body.append(frame);
		await loaded;
		const doc = frame.contentDocument, win = frame.contentWindow, el = doc.getElementById('i');
		const rgba = (c) => { const ctx = new OffscreenCanvas(1, 1).getContext('2d'); ctx.fillStyle = c; ctx.fillRect(0, 0, 1, 1); return [...ctx.getImageData(0, 0, 1, 1).data]; };
		const look = () => {
			if (!el.checkVisibility({visibilityProperty: true, opacityProperty: true, contentVisibilityAuto: true})) return false;
			let opacity = 1, ground = [255, 255, 255, 255];
			for (let e = el; e; e = e.parentElement) {
				const s = win.getComputedStyle(e);
				if (s.contentVisibility === 'hidden') return false;
				opacity *= s.opacity * (/opacity\(([\d.]+)\)/.exec(s.filter) || [0, 1])[1];
			}
			for (let e = el; e; e = e.parentElement) {
				const s = win.getComputedStyle(e), g = rgba(s.backgroundColor), stop = /gradient\((rgb\([^)]*\))/.exec(s.backgroundImage);
				if (stop || g[3] > 0) { ground = stop ? rgba(stop[1]) : g; break; }
			}
			if (opacity < .05) return false;
			const s = win.getComputedStyle(el), ink = rgba(s.webkitTextFillColor);
			if (s.textShadow === 'none' && (ink[3] < 13 || [0, 1, 2].every((k) => Math.abs(ink[k] - ground[k]) <= 10))) return false;
			const range = doc.createRange();
			range.selectNodeContents(el);
			for (const r of range.getClientRects()) {
				if (r.width < 2 || r.height < 8) continue; // letters of 6 pixels are the least it paints
				const x = (Math.max(r.left, 0) + Math.min(r.right, 1280)) / 2, y = r.top + r.height / 2;
				if (r.right <= 0 || r.bottom <= 0 || x < 0 || x > 1280) continue;
				if (y > 800) { if (s.position === 'fixed') continue; return true; }
				if (s.clip === 'auto' && s.clipPath === 'none' && s.overflow === 'visible' || doc.elementsFromPoint(x, y).includes(el)) return true;
			}
			return false;
		};
		seen.push(look());
		frame.remove();
	}
	return seen;
})`

// What the library calls hidden, Chromium does not show, and the other way round.
func TestHiddenAsSeen(t *testing.T) {
	b := openTab(t)
	b.do(chromedp.Navigate(file(t, []byte("<!DOCTYPE html><title>frames</title><body>"))))
	type way struct {
		how, page string
	}
	var ways []way
	for _, list := range [][]string{hiding, showing} {
		for _, attr := range list {
			ways = append(ways, way{attr, hiddenPage("", attr)})
		}
	}
	for _, list := range [][]string{hidingSheets, showingSheets} {
		for _, sheet := range list {
			ways = append(ways, way{sheet, hiddenPage("<style>"+sheet+"</style>", "class=x")})
		}
	}
	pages := make([]string, len(ways))
	for i, w := range ways {
		pages[i] = w.page
	}
	list, err := json.Marshal(pages)
	if err != nil {
		t.Fatal(err)
	}
	seen := eval[[]bool](b, whatIsSeen+"("+string(list)+")")
	hidden := 0
	for i, w := range ways {
		res, err := clean.HTML(strings.NewReader(w.page), nil)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(res.Text, ferry) {
			t.Errorf("%s: the text around it is lost", w.how)
		}
		if !seen[i] {
			hidden++
		}
		if kept := strings.Contains(res.Text, "Quill"); kept != seen[i] {
			t.Errorf("%s: in the text %v, seen in Chromium %v", w.how, kept, seen[i])
		}
	}
	t.Logf("%d ways, %d hide in Chromium", len(ways), hidden)
}

// numbered puts a number in front of each text of a page, so that Winnow and Chromium can
// speak of the same ones, and returns how many words each has. Scripts do not run, so what
// is for those without them is part of the page. What would have to be fetched is left out;
// links to sheets lead nowhere but stay, since a page with sheets that nobody sees is judged
// with more care. CDATA marks around a sheet, which hide its first rule where XHTML is read
// as HTML, go.
func numbered(t *testing.T, page []byte) (out string, words []int) {
	t.Helper()
	root, err := html.ParseWithOptions(bytes.NewReader(page), html.ParseOptionEnableScripting(false))
	if err != nil {
		t.Fatal(err)
	}
	var gone []*html.Node
	for n := range root.Descendants() {
		switch {
		case n.Type == html.ElementNode && n.Data == "link" && slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "rel" && strings.EqualFold(a.Val, "stylesheet") }):
			n.Attr = []html.Attribute{{Key: "rel", Val: "stylesheet"}, {Key: "href", Val: "missing.css"}}
		case n.Type == html.ElementNode && (n.Data == "script" || n.Data == "link" || n.Data == "iframe" || n.Data == "base"):
			gone = append(gone, n)
		case n.Type == html.TextNode && n.Parent.Data == "style":
			n.Data = strings.NewReplacer("<![CDATA[", "", "]]>", "").Replace(n.Data)
		case n.Type == html.ElementNode:
			n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "src" || a.Key == "srcset" })
		case n.Type == html.TextNode && !silent[n.Parent.Data] && n.Parent.Namespace == "" && hasLetter(n.Data):
			words = append(words, len(strings.Fields(n.Data)))
			n.Data = fmt.Sprintf(" zq%dqz ", len(words)-1) + n.Data
		}
	}
	for _, n := range gone {
		n.Parent.RemoveChild(n)
	}
	var b strings.Builder
	if err := html.Render(&b, root); err != nil {
		t.Fatal(err)
	}
	return b.String(), words
}

// silent are elements whose text is not shown as such.
var silent = map[string]bool{"script": true, "style": true, "title": true, "textarea": true, "option": true, "select": true, "template": true, "head": true, "noframes": true, "xmp": true}

func hasLetter(s string) bool { return strings.ContainsFunc(s, unicode.IsLetter) }

var numberOf = regexp.MustCompile(`zq(\d+)qz`)

// whichAreSeen gives the numbers of the texts of a page that are seen: of each, by its own
// boxes, in a window of 1280 pixels that is as high as the page. What lies in a box that
// clips is seen as far as it lies within, what can be scrolled to or opened is seen, letters
// of the colour that is painted behind them are not.
const whichAreSeen = `(async (page) => {
	const f = document.createElement('iframe');
	f.style.cssText = 'width:1280px;height:800px;border:0';
	f.sandbox = 'allow-same-origin';
	const loaded = new Promise((done) => { f.onload = done; setTimeout(done, 4000); });
	f.srcdoc = page;
	document.body.append(f);
	await loaded;
	const doc = f.contentDocument, win = f.contentWindow, out = [];
	const boxes = new Map();
	// What an element does to all that is in it: null hides, else the box that clips.
	const around = (e) => {
		if (!e) return [-1e5, -1e5, 1e5, 1e5];
		if (boxes.has(e)) return boxes.get(e);
		const s = win.getComputedStyle(e), r = e.getBoundingClientRect();
		let box = around(s.position === 'fixed' ? null : e.parentElement);
		if (+s.opacity < .05 || s.contentVisibility === 'hidden' || (/^rect\((0|1)px[, ]+(0|1)px[, ]+(0|1)px[, ]+(0|1)px/.test(s.clip) && /absolute|fixed/.test(s.position)) || /^inset\((50|100)%/.test(s.clipPath)) box = null;
		if (box && e !== doc.body && e !== doc.documentElement) {
			const [l, t, b, d] = box;
			const x = /hidden|clip/.test(s.overflowX), y = /hidden|clip/.test(s.overflowY);
			if (x || y) box = [x ? Math.max(l, r.left) : l, y ? Math.max(t, r.top) : t, x ? Math.min(b, r.right) : b, y ? Math.min(d, r.bottom) : d];
		}
		boxes.set(e, box);
		return box;
	};
	const rgba = (c) => (c.match(/[\d.]+/g) || []).map(Number);
	// The colour that is painted behind an element, null where a picture may be.
	const ground = (e) => {
		for (; e; e = e.parentElement) {
			const s = win.getComputedStyle(e), c = rgba(s.backgroundColor);
			if (s.backgroundImage !== 'none') return null;
			if (c.length === 3 || c[3] > 0) return c;
		}
		return [255, 255, 255];
	};
	const blends = (s, e) => {
		const ink = rgba(s.webkitTextFillColor), g = ground(e);
		return ink[3] === 0 || g && s.textShadow === 'none' && [0, 1, 2].every((k) => Math.abs(ink[k] - g[k]) <= 10);
	};
	const walk = doc.createTreeWalker(doc.body, NodeFilter.SHOW_TEXT);
	for (let n; n = walk.nextNode();) {
		const m = /zq(\d+)qz/.exec(n.data), e = n.parentElement;
		if (!m || !e.checkVisibility({visibilityProperty: true}) && !e.closest('details:not([open])')) continue;
		if (e.closest('details:not([open])')) { out.push(+m[1]); continue; }
		const box = around(e), s = win.getComputedStyle(e), r = doc.createRange();
		if (!box || blends(s, e)) continue;
		r.selectNodeContents(n);
		if ([...r.getClientRects()].some((c) => Math.min(c.right, box[2]) - Math.max(c.left, box[0], 0) > 1.5 && Math.min(c.bottom, box[3]) - Math.max(c.top, box[1], 0) > 1.5)) out.push(+m[1]);
	}
	f.remove();
	return out;
})`

// WINNOW_PAGES names a folder of pages that are set against what Chromium shows of
// them, their scripts not run: what share of the words that were taken out as hidden
// is seen.
func TestHiddenOfPages(t *testing.T) {
	dir := os.Getenv("WINNOW_PAGES")
	if dir == "" {
		t.Skip("a check of pages that are not in the repository: WINNOW_PAGES names no folder of pages")
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.html"))
	if err != nil || len(files) == 0 {
		t.Fatal("no pages in it", err)
	}
	c, err := clean.New(clean.Options{Explain: true, NoReasons: true})
	if err != nil {
		t.Fatal(err)
	}
	parent, err := chrome()
	if err != nil {
		missing(t, err.Error())
	}
	ctx, stop := chromedp.NewContext(parent) // what the pages miss, which is all but themselves, is no fault
	defer stop()
	b := &tab{t: t, ctx: ctx}
	b.do(chromedp.Navigate(file(t, []byte("<!DOCTYPE html><title>frame</title><body>"))))
	all, wrong, count := 0, 0, 0
	for _, name := range files {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		page, words := numbered(t, src)
		res, err := c.HTML(context.Background(), strings.NewReader(page), nil)
		if err != nil {
			continue
		}
		hidden := map[int]string{} // by number, the decision's rule and place
		for _, d := range res.Decisions {
			if d.Kept || d.Rule != "hidden.style" && d.Rule != "hidden.inline" && d.Rule != "hidden.element" {
				continue
			}
			for _, m := range numberOf.FindAllStringSubmatch(d.Text, -1) {
				n, _ := strconv.Atoi(m[1])
				hidden[n] = d.Rule + " " + d.Where + ": " + d.Text
			}
		}
		if len(hidden) == 0 {
			continue
		}
		list, err := json.Marshal(page)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[int]bool{}
		for _, n := range eval[[]int](b, whichAreSeen+"("+string(list)+")") {
			seen[n] = true
		}
		taken, shown := 0, 0
		for n, what := range hidden {
			if taken += words[n]; seen[n] {
				shown += words[n]
				t.Logf("%s: seen: %.200q", filepath.Base(name), what)
			}
		}
		all, wrong, count = all+taken, wrong+shown, count+1
		t.Logf("%s: %d words taken as hidden, %d of them seen", filepath.Base(name), taken, shown)
	}
	t.Logf("%d pages, %d words taken as hidden, %d of them seen", count, all, wrong)
	if all == 0 || wrong*50 > all {
		t.Errorf("more than 2 %% of what was taken as hidden is seen")
	}
}
