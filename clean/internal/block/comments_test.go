package block

import (
	"strings"
	"testing"
)

// Comments lose odds where an article stands beside them, and only there.
func TestDoubtComments(t *testing.T) {
	const reply = "<li class=comment><p>I waved, in fact, and so did my sister, but the fog came in too fast for anybody to see it.</p></li>"
	article := "<article>" + strings.Repeat(ferry, 25) + "</article>"
	thread := "<ol class=comments>" + strings.Repeat(reply, 3) + "</ol>"
	for _, test := range []struct {
		name, page string
		hints      Hints
		want       bool
	}{
		{"article", article + thread, Hints{}, true},
		{"declared thread", article + thread, Hints{OtherType: true}, false},
		{"question and answers", ferry + thread, Hints{}, false},
		{"comments around all", "<div class=comments>" + article + "</div>", Hints{}, false},
	} {
		d := segment(t, test.page)
		Measure(d, test.hints)
		d.odds = make([]float32, len(d.Blocks))
		words := make([]float64, len(d.Blocks))
		for i := range d.Blocks {
			d.Blocks[i].P, words[i] = .5, 30
		}
		if doubtComments(d, words); d.doubted != test.want {
			t.Errorf("%s: doubted %v", test.name, d.doubted)
		}
		for i := range d.Blocks {
			want := float32(0)
			if test.want && d.isComment(&d.Blocks[i]) {
				want = -commentOdds
			}
			if d.odds[i] != want || (d.Blocks[i].P < .5) != (want < 0) {
				t.Errorf("%s: block %d has odds %v and probability %v", test.name, i, d.odds[i], d.Blocks[i].P)
			}
		}
	}
}
