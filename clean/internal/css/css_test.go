package css

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestLengths(t *testing.T) {
	for v, want := range map[string]float32{
		"12px": 12, "-3.5px": -3.5, "0": 0, ".5em": 8, "10vw": 128, "50%": 640, "1in": 96, "1e2px": 100, "1e-1px": .1,
		"calc(1px + 2px)": 3, "calc(2 * (3px - 1px))": 4, "calc(-9999px)": -9999, "min(3px, 2px)": 2, "max(1px,4px,2px)": 4,
		"clamp(1px, 9px, 5px)": 5, "calc(100% - 280px)": 1000, "calc(6px / 2)": 3,
	} {
		if l, rest, ok := length(v); !ok || rest != "" || abs(l.pixels()-want) > .01 {
			t.Errorf("%s: %v %q %v, want %v", v, l, rest, ok, want)
		}
	}
	for _, v := range []string{"", "auto", "px", "calc(", "calc(1px +)", "calc(1px / 0)", "var(--a)", "5apples", strings.Repeat("(", 99)} {
		if l, rest, ok := length(v); ok && rest == "" {
			t.Errorf("%s: %v", v, l)
		}
	}
}

func TestColors(t *testing.T) {
	for v, want := range map[string]Color{
		"white": White, "#fff": White, "#FFFFFF": White, "rgb(255 255 255)": White, "rgb(100%,100%,100%)": White,
		"hsl(0, 0%, 100%)": White, "hsl(120deg 100% 50%)": {0, 255, 0, 255, true}, "hwb(0 100% 0%)": White,
		"lab(100% 0 0)": White, "lch(100% 0 20)": White, "oklab(1 0 0)": White, "oklch(100% 0 0)": White, "color(srgb 1 1 1)": White,
		"snow": {255, 250, 250, 255, true}, "#12345678": {0x12, 0x34, 0x56, 0x78, true}, "transparent": Clear,
		"rgba(0,0,0,0)": Clear, "rgb(0 0 0 / 0%)": Clear, "hsla(0,0%,0%,0)": Clear,
	} {
		if got := ColorOf(v); !got.Near(want) || got.A != want.A {
			t.Errorf("%s: %v, want %v", v, got, want)
		}
	}
	for _, v := range []string{"", "#12", "#ggg", "currentColor", "var(--ink)", "rgb(1,2)", "color(rec2020 1 1 1)", "inherit"} {
		if got := ColorOf(v); got.Known {
			t.Errorf("%s: %v", v, got)
		}
	}
}

func TestRead(t *testing.T) {
	for decls, ok := range map[string]func(s *Style) bool{
		"display:/**/none":                                      func(s *Style) bool { return s.Display == None },
		`d\69splay: none`:                                       func(s *Style) bool { return s.Display == None },
		"display:none!important;display:block":                  func(s *Style) bool { return s.Display == None },
		"background:url(data:image/png;base64,AA);display:none": func(s *Style) bool { return s.Display == None && s.Picture },
		"font:italic 700 0/1.5 Arial":                           func(s *Style) bool { return s.Set&FontSize != 0 && s.FontSize.N == 0 },
		"font:700 12px Arial":                                   func(s *Style) bool { return s.FontSize.N == 12 },
		"margin:0 0 0 -9999px":                                  func(s *Style) bool { return s.MarginLeft.N == -9999 && s.MarginTop.N == 0 },
		"inset:1px 2px":                                         func(s *Style) bool { return s.Left.N == 2 && s.Bottom.N == 1 },
		"inset-inline-start:-3px":                               func(s *Style) bool { return s.Left.N == -3 },
		"left:-9999":                                            func(s *Style) bool { return s.Set&Left == 0 },
		"left:-5px;left:auto":                                   func(s *Style) bool { return s.Set&Left == 0 },
		"transform:rotate(1deg) translateX(-9999px)":            func(s *Style) bool { return s.Transform.X == -9999 },
		"transform:matrix(0,0,0,0,0,0)":                         func(s *Style) bool { return s.Transform.Scale == 0 },
		"transform:rotateX(90deg)":                              func(s *Style) bool { return s.Transform.Scale == 0 },
		"scale:0":                                               func(s *Style) bool { return s.Scale == 0 },
		"clip-path:inset(0 100% 0 0)":                           func(s *Style) bool { return s.ClipPath },
		"clip-path:inset(10%)":                                  func(s *Style) bool { return s.Set&ClipPath != 0 && !s.ClipPath },
		"clip-path:polygon(0 0,0 0,0 0)":                        func(s *Style) bool { return s.ClipPath },
		"clip-path:polygon(0 0,100% 0,0 100%)":                  func(s *Style) bool { return !s.ClipPath },
		"clip-path:circle(0)":                                   func(s *Style) bool { return s.ClipPath },
		"clip:rect(1px, 1px, 1px, 1px)":                         func(s *Style) bool { return s.Clipped },
		"clip:rect(auto,auto,auto,auto)":                        func(s *Style) bool { return !s.Clipped },
		"filter:blur(2px) opacity(0)":                           func(s *Style) bool { return s.Filtered == 0 },
		"background:linear-gradient(#fff,#fff)":                 func(s *Style) bool { return s.Ground == White && !s.Picture },
		"background:linear-gradient(red,blue)":                  func(s *Style) bool { return s.Picture },
		"background:none":                                       func(s *Style) bool { return !s.Picture && !s.Ground.Seen() },
		"color:var(--ink)":                                      func(s *Style) bool { return s.Set&TextColor != 0 && !s.Color.Known },
	} {
		var s Style
		if s.Read(decls, All); !ok(&s) {
			t.Errorf("%s: %+v", decls, s)
		}
	}
}

func TestMedia(t *testing.T) {
	for _, q := range []string{"", "all", "screen", "only screen", "screen and (min-width: 600px)", "print, screen", "(max-width:2000px)", "not print", "(600px <= width)", "(width >= 40em)", "(hover: hover)"} {
		if !onScreen(q) {
			t.Errorf("%q is for screens", q)
		}
	}
	for _, q := range []string{"print", "screen and (max-width: 600px)", "not all", "speech", "(prefers-color-scheme: dark)", "(width < 600px)", "(unknown: 1)", "tv"} {
		if onScreen(q) {
			t.Errorf("%q is not for screens", q)
		}
	}
}

// A sheet, a page and the elements that it hides, by their texts.
func TestSheets(t *testing.T) {
	for _, c := range []struct{ sheet, page, want string }{
		{"p{display:none}", "<p>a</p><div>b</div>", "a"},
		{".x , .y{visibility:hidden}", "<p class='z y'>a</p><p class=yy>b</p>", "a"},
		{"#n.x{opacity:0}", "<p id=n class=x>a</p><p class=x>b</p>", "a"},
		{"article > .x{display:none}", "<article><p class=x>a</p><div><p class=x>b</p></div></article>", "a"},
		{"article .x{display:none}", "<article><div><p class=x>a</p></div></article><p class=x>b</p>", "a"},
		{"[data-k]{display:none}", "<p data-k=1>a</p><p>b</p>", "a"},
		{"p[lang|=en]{display:none}", "<p lang=en-GB>a</p><p lang=enx>b</p>", "a"},
		{"p[title^='on' ]{display:none}", "<p title=once>a</p><p title=no>b</p>", "a"},
		{".x:not(.y){display:none}", "<p class=x>a</p><p class='x y'>b</p>", "a"},
		{".x:not(:focus):not(:active){display:none}", "<p class=x>a</p>", "a"},
		{".x:hover{display:none} .x::before{display:none}", "<p class=x>a</p>", ""},
		{".x{display:none} .x{display:block}", "<p class=x>a</p>", ""},
		{".x.x{display:none} .x{display:block}", "<p class=x>a</p>", "a"},
		{".x{display:none!important} #i{display:block}", "<p id=i class=x>a</p>", "a"},
		{".x{display:none}", "<p class=x style='display:block'>a</p>", ""},
		{"@media print{.x{display:none}}", "<p class=x>a</p>", ""},
		{"@media screen{.x{display:none}}", "<p class=x>a</p>", "a"},
		{"@supports (display:grid){.x{display:none}}", "<p class=x>a</p>", "a"},
		{"@layer a{.x{display:none}} .x{color:red}", "<p class=x>a</p>", "a"},
		{"@layer a{#i{display:none}} p{display:block}", "<p id=i>a</p>", ""},
		{"@keyframes f{from{opacity:0}} .f{color:red}", "<p class=f>a</p>", ""},
		{"article{color:red; & .x{display:none}}", "<article><p class=x>a</p></article><p class=x>b</p>", "a"},
		{`@import "data:text/css,.x{display:none}";`, "<p class=x>a</p>", "a"},
		{"/* .y{ */ .x{/* } */display:/**/none}", "<p class=x>a</p>", "a"},
		{".i::before{content:'}'} .x{display:none}", "<p class=x>a</p>", "a"},
		{"x-y:not(:defined){display:none}", "<x-y>a</x-y><p>b</p>", "a"},
		{".x + .y, .x ~ .y {display:none}", "<p class=x>a</p><p class=y>b</p>", ""},
		{"} .x{display:none", "<p class=x>a</p>", ""},
	} {
		for how := Hiding; how <= Whole; how++ {
			testSheet(t, c.sheet, c.page, c.want, how)
		}
	}
}

func testSheet(t *testing.T, sheet, page, want string, how Rules) {
	var s Sheets
	s.Add(sheet, "")
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode || n.FirstChild == nil || n.FirstChild.Type != html.TextNode {
			continue
		}
		var st Style
		s.Style(n, attr(n, "style"), how, func() Names { return namesAround(n) }, &st)
		if st.Set&Display != 0 && st.Display == None || st.Set&Visibility != 0 && st.Hidden || st.Set&Opacity != 0 && st.Opacity == 0 {
			got += n.FirstChild.Data
		}
	}
	if got != want {
		t.Errorf("%s on %s hides %q, want %q", sheet, page, got, want)
	}
}

// FuzzSheet: no sheet does harm.
// What is passed over at a glance is nothing that a closer look would note.
func TestHarmless(t *testing.T) {
	names := strings.Fields(`display visibility content-visibility opacity filter font-size font letter-spacing text-indent position float width
		height max-width max-height min-height left right top bottom inset inset-inline inset-inline-end margin margin-left margin-top margin-inline margin-block
		color -webkit-text-fill-color -webkit-color background-color background border-color transform translate scale rotate zoom clip clip-path inline-size
		cursor font-weight line-height white-space list-style margin-bottom padding-top padding-left justify-content content text-align border-style Color HEIGHT
		siz\65 \66ont-size http`)
	values := strings.Split("0|1|0px|1px|2px|10px|10e-9px|100e-9px|100%|1000px|1.5em|auto|autox|#fff|#ffffff|#eee|#123|#12345600|#fffa|#1230|white|transparent|none|hidden|"+
		"0/0 a|-9999px|0 0 0 -9999px|0 auto|calc(1px - 2px)|rotate(90deg)|inset(50%)|/**/none|scale(0)|left|pointer|center|solid|pre|normal|0 |00|'a'", "|")
	passed := 0
	for _, name := range names {
		for _, value := range values {
			for _, end := range []string{"", ";", "}", "!important}", " ;"} {
				passed += passedOver(t, "p{x:y;"+name+":"+value+end)
			}
		}
	}
	if passed < len(names)*len(values)/2 {
		t.Errorf("only %d are passed over", passed)
	}
}

// passedOver counts the declarations of a sheet that are passed over at a glance.
func passedOver(t *testing.T, sheet string) (n int) {
	t.Helper()
	for i := range len(sheet) - 1 {
		if sheet[i] != ':' || !harmless(sheet, i, i+1) {
			continue
		}
		n++
		if p, hides := mayHideBy(sheet, i, i+1); hides || p != 0 && p <= Opacity {
			t.Errorf("%q is passed over", sheet)
		}
	}
	return n
}

func FuzzSheet(f *testing.F) {
	for _, s := range []string{".x{display:none}", "@media screen{a b>c[d]{color:#fff}}", "a{b{c{d:e}}}", `\69{}`, "/*", "@import 'x';", "calc(((("} {
		f.Add(s)
	}
	doc, _ := html.Parse(strings.NewReader("<article class='x y'><p id=z style='left:-1px'>a</p></article>"))
	f.Fuzz(func(t *testing.T, sheet string) {
		var s Sheets
		s.Add(sheet, "")
		passedOver(t, sheet)
		for n := range doc.Descendants() {
			var st Style
			if n.Type == html.ElementNode {
				s.Style(n, sheet, Whole, func() Names { return namesAround(n) }, &st)
			}
		}
	})
}

func namesAround(n *html.Node) (a Names) {
	for up := n.Parent; up != nil; up = up.Parent {
		a = a.With(up)
	}
	return a
}

// TestLarge: of sheets that are long the first part is read, and the rest is not known.
func TestLarge(t *testing.T) {
	const hides, other = ".a{display:none}", "@media screen{.wide{margin:1px}}.b,.c{padding:2px}"
	fill := func(size int) string { return strings.Repeat(other, size/len(other)+1) }
	for _, c := range []struct {
		name                  string
		texts                 []string
		large, linked, hidden bool
	}{
		{"small", []string{other + hides}, false, false, true},
		{"large", []string{fill(maxWhole) + hides}, true, false, true},
		{"large of several", []string{fill(maxWhole / 2), fill(maxWhole / 2), hides}, true, false, true},
		{"first of too many", []string{hides + fill(MaxSize)}, true, true, true},
		{"last of too many", []string{fill(MaxSize) + hides}, true, true, false},
		{"sheet behind too many", []string{fill(MaxSize), hides}, true, true, false},
	} {
		var s Sheets
		for _, text := range c.texts {
			s.Add(text, "")
		}
		if s.Large() != c.large || s.Linked != c.linked || s.May(ClassKey, "a") != c.hidden {
			t.Errorf("%s: large %v, linked %v, hides %v", c.name, s.Large(), s.Linked, s.May(ClassKey, "a"))
		}
	}
}

// TestPlainRules: rules are passed over only as long as none of them holds another.
func TestPlainRules(t *testing.T) {
	for s, want := range map[string]string{
		"":                            "",
		".a{b:c":                      "",
		".a{b:c}.d{e:f}.g{h":          ".a{b:c}.d{e:f}",
		".a{.b{c:d}.e{f":              "",
		".a{b:c;.d{e:f}}.g{h":         ".a{b:c;.d{e:f}}",
		".a{b:c}}.d{e":                "",
		".a{b:c} .d > .e, .f{g:h;i:j": ".a{b:c}",
	} {
		if got := s[:plainRules(s)]; got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}
