package dom

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

var all = Cutting{SVG: true, Attrs: true}

func TestCut(t *testing.T) {
	for _, tt := range []struct {
		in, want     string
		jsonld, data []string
	}{
		{in: "", want: ""},
		{in: "a < b <", want: "a < b <"},
		{in: "<p>a<script>x</script>b", want: "<p>a<script></script>b"},
		{in: "<SCRIPT src='>'>x</p></SCRIPT >b", want: "<SCRIPT></SCRIPT >b"},
		{in: "<script>x</scripty></script>b", want: "<script></script>b"},
		{in: "<script><!--<script></script>--></script>b", want: "<script></script>b"},
		{in: "<script><!-- x </script>b", want: "<script></script>b"},
		{in: "<script><!--<script>-->x</script>b</script>", want: "<script></script>b</script>"},
		{in: "<script>open <p>b", want: "<script>open <p>b"},
		{in: "<script/>x</script>b", want: "<script></script>b"},
		{in: "<style media=a>x<p></style/>b", want: "<style></style/>b"},
		{in: "<title><script>x</script></title>b", want: "<title><script>x</script></title>b"},
		{in: "<textarea><!--</textarea><style>x</style>-->", want: "<textarea><!--</textarea><style></style>-->"},
		{in: "<noscript><style>x</style>a</noscript>", want: "<noscript><style></style>a</noscript>"},
		{in: "<plaintext><script>x</script>", want: "<plaintext><script>x</script>"},
		{in: "<p title='<script>'>a</p><p title=\"</script>\">", want: "<p title='<script>'>a</p><p title=\"</script>\">"},
		{in: "<p>a</p ><!-- x --> <!--><p>b<!--->c", want: "<p>a</p > <p>b<!--->c"},
		{in: "<p>&am<!-- -->p;<!-- --!>", want: "<p>&am<!-- -->p;<!-- --!>"},
		{in: "<p><!-- open <p>", want: "<p><!-- open <p>"},
		{in: "<!doctype html><?xml a?></ b></><style>x</style>", want: "<!doctype html><?xml a?></ b></><style></style>"},
		{in: "<svg class=a><title>x</title><g><path/></g></svg>b", want: "<svg></svg>b"},
		{in: "<svg><svg/><svg>a</svg><style>p{}</style></svg>b", want: "<svg></svg>b"},
		{in: "<svg/><p data-a=b>b", want: "<svg/><p >b"},
		{in: "<svg><![CDATA[</svg>]]></svg>b", want: "<svg></svg>b"},
		{in: "<svg><g></svg>b", want: "<svg></svg>b"},
		{in: "<svg><g><p>b</p></svg><style>x</style>", want: "<svg><g><p>b</p></svg><style></style>"},
		{in: "<div><svg></div>b", want: "<div><svg></div>b"},
		{in: "<svg><title><b>x</b></title></svg>b", want: "<svg><title><b>x</b></title></svg>b"},
		{in: "<svg><a b=/></svg>b", want: "<svg><a b=/></svg>b"},
		{in: "<math><mi>x</mi><style></style></math><style>x</style>", want: "<math><mi>x</mi><style></style></math><style></style>"},
		{in: "<div data-x=1 class=a onclick='a>b'>", want: "<div  class=a >"},
		{in: "<div DATA-X class=a aria-label=l data-testid=t>", want: "<div  class=a aria-label=l data-testid=t>"},
		{in: "<div class data-x = '1' =y>", want: "<div class data-x = '1' =y>"},
		{in: "<b data-x=1>", want: "<b data-x=1>"},
		{in: "<img src=a/>", want: "<img >"},
		{in: "<script type=application/ld+json>{\r\n}</script>", want: "<script></script>", jsonld: []string{"{\n}"}},
		{in: "<script TYPE=' Application/LD+JSON; x'>{}</script><script type='application/ld+json'></script>",
			want: "<script></script><script></script>", jsonld: []string{"{}"}},
		{in: "<script id=a type='application/json; x'>{\r}</script><script type=text/json>{}</script>", want: "<script></script><script></script>", data: []string{"{\n}"}},
		{in: "<script type=application/ld&#43;json>{}</script>", want: "<script type=application/ld&#43;json>{}</script>"},
	} {
		src := []byte(tt.in)
		p := Cut(nil, nil, src, all)
		got, jsonld := p.HTML, p.JSONLD
		if string(got) != tt.want || !slices.Equal(jsonld, tt.jsonld) || !slices.Equal(p.Data, tt.data) {
			t.Errorf("%q:\n got %q %q\nwant %q %q", tt.in, got, jsonld, tt.want, tt.jsonld)
		}
		if string(src) != tt.in {
			t.Errorf("%q was changed", tt.in)
		}
		if got := Cut(nil, src[:0], src, all).HTML; string(got) != tt.want {
			t.Errorf("in place: %q", got)
		}
	}
	got := Cut(nil, nil, []byte("<svg class=a><title>x</title></svg><p data-a=b><style>x</style>"), Cutting{}).HTML
	if want := "<svg class=a><title>x</title></svg><p data-a=b><style></style>"; string(got) != want {
		t.Errorf("got %q", got)
	}
}

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

// FuzzCut: a page says the same after cutting.
func FuzzCut(f *testing.F) {
	for _, h := range hostile {
		f.Add([]byte(h.make(20)))
	}
	for _, s := range []string{
		"<p>a<script>x</script>b<style>c</style><svg><title/><g>d</g></svg>e<!-- f -->g",
		"<script><!-- <script> </script> --> </script>b<svg><p>a</svg><table><svg><td>x</svg>y",
		"<template><col><svg><title></svg></title></template>x", "<math><mi><b>x</mi><annotation-xml><svg>y",
		"<b data-x=1>a<p><b data-x=2>b</p>c<select><noscript><title></noscript>d", "<svg></p>a</svg>b<svg><font color=x>c",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		b = bytes.ToValidUTF8(b, nil)
		low := bytes.ToLower(b)
		if bytes.Contains(low, []byte("frameset")) {
			return // takes the place of a body without text, be that in an svg
		}
		src := bytes.Clone(b)
		cut := Cut(nil, nil, b, all).HTML
		if !bytes.Equal(src, b) {
			t.Fatal("input changed")
		}
		if len(cut) > len(b) {
			t.Fatal("grown")
		}
		opt := html.ParseOptionEnableScripting(false)
		want, err1 := html.ParseWithOptions(bytes.NewReader(b), opt)
		got, err2 := html.ParseWithOptions(bytes.NewReader(cut), opt)
		if err1 != nil || err2 != nil {
			return // too deep
		}
		if saidBy(got) != saidBy(want) {
			t.Fatalf("%.500q\ncut to %.500q\n got %.900q\nwant %.900q", b, cut, saidBy(got), saidBy(want))
		}
	})
}
