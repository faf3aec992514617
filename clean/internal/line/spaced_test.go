package line

import (
	"slices"
	"strings"
	"testing"
)

// joinedPage is a page whose blocks were joined by spaces; | stands where they met
// and it shows.
const joinedPage = "Valley Post| Local News| Business Sport| Contact Us| Sign In Subscribe| " +
	"The boat came early.| It smelled of diesel, as Dr. Maud Perrin says, and of wet paper from the 9. March.| Advertisement| " +
	"Nobody minds in a place where books are as rare as New York papers.| Advertisement| Advertisement| 12 May 2022| " +
	"She has 40 of them <b>and more</b> on board.| <img src=\"boat.png\">| The boat has two.| About Us| Terms of Use| Privacy Policy Cookie Policy"

func TestBreaks(t *testing.T) {
	set := builtin(t)
	text := strings.ReplaceAll(joinedPage, "|", "")
	at, items := breaks(text, nil, set)
	var got []string
	from := 0
	for _, to := range append(at, len(text)) {
		got = append(got, text[from:to])
		from = to
	}
	if g := strings.Join(got, "|"); g != joinedPage {
		t.Errorf("got  %s\nwant %s", g, joinedPage)
	}
	for _, i := range items {
		if _, ok := slices.BinarySearch(at, i); !ok {
			t.Errorf("item at %d is no break", i)
		}
	}
	if !slices.Contains(items, strings.Index(text, " Business")) || slices.Contains(items, strings.Index(text, " It smelled")) {
		t.Errorf("items at %d", items)
	}

	prose := strings.Repeat("The boat came early. It smelled of diesel, as Dr. Maud Perrin of the New York Times says. ", 20)
	if at, _ := breaks(prose, nil, set); at != nil {
		t.Errorf("prose is cut at %d", at)
	}
	if at, _ := breaks(text, make([]int, len(at)), set); at != nil {
		t.Errorf("a page that is glued together is cut at %d", at)
	}
}

// What of a menu the model calls content, or residue, goes the way of most of it.
func TestMenus(t *testing.T) {
	for _, c := range []struct{ states, want string }{
		{"x x o x", "xxxx"},
		{"o x o o", "oooo"},
		{"x o.o x", "xoxx"},    // two menus
		{"o x x o.", "xxxo"},   // a sentence follows the last item
		{"r x o o o", "roooo"}, // a rule knows better
		{"o r", "xr"},
	} {
		var lines []Line
		for i, f := range strings.Fields(strings.ReplaceAll(c.states, ".", ". ")) {
			l := Line{Text: "Local News", item: i > 0}
			l.words = 2
			l.ends = strings.HasSuffix(f, ".")
			l.item = l.item && !lines[len(lines)-1].ends
			switch f[0] {
			case 'x':
				l.dropAs("nav", 2)
			case 'r':
				l.drop("share", "share.button", "classify")
			}
			lines = append(lines, l)
		}
		n := len(lines)
		p := predictor{out: make([]float32, n), around: surroundings{lines: lines, prevH: make([]int32, n), named: make([]naming, n)}}
		p.menus()
		got := ""
		for i := range lines {
			switch {
			case !lines[i].Dropped():
				got += "o"
			case lines[i].Cuts[0].Rule == "model":
				got += "x"
			default:
				got += "r"
			}
		}
		if got != c.want {
			t.Errorf("%s: got %s, want %s", c.states, got, c.want)
		}
	}
}

// A page joined by spaces is cleaned, and its sentences stay on their lines.
func TestCleanSpaced(t *testing.T) {
	m, set := embedded(t), builtin(t)
	text := strings.ReplaceAll(joinedPage, "|", "")
	text = strings.Replace(text, "She has 40", strings.Repeat("The books that the boat brings are read by the lamps of the nine villages on the shore. ", 8)+"She has 40", 1)
	_, out := runWith(m, set, text)
	for _, gone := range []string{"Contact", "Advertisement", "12 May", "Terms", "Cookie"} {
		if strings.Contains(out, gone) {
			t.Errorf("%q is left of it:\n%s", gone, out)
		}
	}
	for _, stays := range []string{"The boat came early. It smelled", "on the shore. She has 40 of them"} {
		if !strings.Contains(out, stays) {
			t.Errorf("%q is not in\n%s", stays, out)
		}
	}
	if _, again := runWith(m, set, out); again != out {
		t.Errorf("twice:\n%s\nonce:\n%s", again, out)
	}
}

// Blank lines that do not come out change nothing else: what comes out would be read
// without them.
func TestSpacedShare(t *testing.T) {
	m, set := embedded(t), builtin(t)
	page := strings.NewReplacer("|", "", "<b>", "", "</b>", "", `<img src="boat.png">`, "").Replace(joinedPage)
	page += strings.Repeat(" The boat came early and left late.", 8)
	rest := ("He mends it" + strings.Repeat(" and mends it", len(page)/13))[:len(page)-10] + "."
	_, want := runWith(m, set, page+"\n\n"+rest+"\n")
	if _, got := runWith(m, set, page+strings.Repeat("\n", 20)+rest+"\n\n\n\n"); got != want {
		t.Errorf("blank lines: got\n%s\nwant\n%s", got, want)
	}
}
