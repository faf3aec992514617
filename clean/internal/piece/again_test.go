package piece

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestSplitAgain: what is left of a text is split and measured as if it was never seen
// before, wherever pieces of any size were taken out.
func TestSplitAgain(t *testing.T) {
	model := embedded(t)
	texts := append(tableTexts(), strings.Join(tableTexts(), " "),
		"Write to jane.doe@example.org or @jane, see http://example.org/a/b?c=d(e) and www.example.org.It is <b>bold</b> or <a href=x>not</a> FacebookTwitter SHAREThe ferry ",
		"[a](http://b.c/d) e](f) g@h.i j<k l>m n_@o.p q.@r s...t@u.v WHOThe 10:15 AMShare inlandBy 2021The x-y 3-4Ab McDonald iPhone YouTube ")
	r := rand.New(rand.NewPCG(3, 4))
	rounds := 300
	if testing.Short() {
		rounds = 30
	}
	var old, again, afresh Memory
	for _, text := range texts {
		if len(text) > 20_000 {
			text = strings.ToValidUTF8(text[:20_000], "")
		}
		for range rounds {
			var left strings.Builder
			var copies []Copy
			for at := 0; at < len(text); {
				n := boundary(text, at+1+r.IntN(1+len(text)/3))
				if r.IntN(3) > 0 {
					copies = append(copies, Copy{Out: left.Len(), Len: n - at, Src: at})
					left.WriteString(text[at:n])
				} else {
					n = boundary(text, at+1+r.IntN(20))
					left.WriteString([...]string{"", " ", "\n", "\n\n"}[r.IntN(4)])
				}
				at = n
			}
			old.Read(model.weights, make([]Signal, len(old.Split(text))))
			pieces := again.SplitAgain(left.String(), &old, copies)
			if want := afresh.Split(left.String()); !slices.Equal(pieces, want) {
				t.Fatalf("%q\nbecomes %v\nand afresh %v", left.String(), pieces, want)
			}
			if !slices.Equal(again.words, afresh.words) || again.lower != afresh.lower {
				t.Fatalf("other words in %q", left.String())
			}
			signals := make([]Signal, len(pieces))
			again.Read(model.weights, signals)
			afresh.Read(model.weights, signals)
			var a, b [FeatureCount]uint8
			for i := range pieces {
				if again.Row(&a, i); !reflect.DeepEqual(again.owns[i], afresh.owns[i]) {
					t.Fatalf("piece %d of %q\nis %+v\nand afresh %+v", i, left.String(), again.owns[i], afresh.owns[i])
				}
				if afresh.Row(&b, i); a != b {
					t.Fatalf("piece %d of %q has another row", i, left.String())
				}
			}
		}
	}
}

// boundary is where the character begins that holds byte i.
func boundary(s string, i int) int {
	for i < len(s) && !utf8.RuneStart(s[i]) {
		i++
	}
	return min(i, len(s))
}
