package block

import (
	"strings"
	"testing"

	"github.com/winnowtext/winnow/clean/internal/rules"
	"golang.org/x/net/html"
)

// The text and what was taken out of it, put back in its place, are the page in
// reading order.
func TestAsidesInOrder(t *testing.T) {
	set, err := rules.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("long words ", 30)
	for _, page := range []string{
		`<p>a<button>b <span class="u-visually-hidden">c</span> d</button></p>`,
		`<p>a <span hidden>b <i hidden>c</i> d <svg><title>e</title></svg>f</span> g</p>`,
		`<p><span hidden><i hidden>a</i> b</span> c</p>`,
		`<p><span hidden>a <i hidden>b</i></span><span hidden>c</span></p><p>d</p>`,
		`<p>a<span hidden>b</span><svg><title>c</title></svg><select><option>d</select> e<span hidden>f</span></p>`,
		`<p>a<br><span hidden>b</span><br><br>c<span hidden>d</span></p>`,
		`<p>a <span class="sr-only">b <span style="display:none">c <b hidden>d</b> e</span> f<svg><title>g</title></svg></span></p>h`,
		`<p>a <span hidden>b<div>c <i hidden>d</i> e</div>f</span> g</p>`,
		`<p>a <span hidden>b ` + long + `<i hidden>c</i> d</span> e</p>`,
		`<p>a ` + strings.Repeat("\u200b\u2060", 8) + `<span hidden>b` + strings.Repeat("\u200b\u2060", 8) + `c</span> d</p>`,
		`<noscript>a</noscript><p>b <noscript>c</noscript><span hidden>d<noscript>e</noscript></span></p>`,
		`<pre>a <span hidden>b <i hidden>c</i> d</span> e</pre><textarea>f</textarea>`,
		`<table><tr><td>a<span hidden>b</span><td><span hidden>c</span>d</table>`,
	} {
		root, err := html.ParseWithOptions(strings.NewReader(page), html.ParseOptionEnableScripting(false))
		if err != nil {
			t.Fatal(err)
		}
		d := new(Memory).Segment(root, Options{Rules: set, Explain: true})
		var got, want strings.Builder
		at := int32(0)
		for _, a := range d.Asides {
			if a.At < at {
				t.Errorf("%s: %q stands at %d, behind one at %d", page, a.Text, a.At, at)
				continue
			}
			got.Write(d.Text[at:a.At])
			got.WriteString(a.Text)
			at = a.At
		}
		got.Write(d.Text[at:])
		for n := range root.Descendants() {
			if n.Type == html.TextNode {
				want.WriteString(n.Data)
			}
		}
		if g, w := strings.Join(strings.Fields(got.String()), ""), strings.Join(strings.Fields(want.String()), ""); g != w {
			t.Errorf("%s: %s", page, g)
		}
	}
}
