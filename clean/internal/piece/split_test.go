package piece

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// Signs that stand for borders in the texts of these tests.
var borderSigns = map[rune]Border{'¦': LineEnd, '‖': Blank, '§': Sentence, '‡': Seam, '†': Opener, '◊': Hole, '↑': Capitals, '∞': Repeat, '∿': Silent}

// parted writes a text with the sign of each border in front of the piece behind it.
// What lies between pieces stands before the sign.
func parted(m *Memory, text string) string {
	var b strings.Builder
	at := 0
	for i, p := range m.Split(text) {
		b.WriteString(text[at:p.Start])
		if i > 0 {
			for sign, kind := range borderSigns {
				if kind == p.Left {
					b.WriteRune(sign)
				}
			}
		}
		b.WriteString(text[p.Start:p.End])
		at = p.End
	}
	return b.String() + text[at:]
}

// whole is a text of these tests without the signs of its borders.
func whole(text string) string {
	return strings.Map(func(r rune) rune {
		if _, ok := borderSigns[r]; ok {
			return -1
		}
		return r
	}, text)
}

// borderCases are texts with the signs of their borders, by what they show.
var borderCases = map[string][]string{
	"sentences": {
		"The ferry left at noon. §Nobody waved! §Would it come back? §It would…",
		"“We had planned for wind,” said the mate. §“Nobody plans for fog.” §Then he left.",
		"Die Fähre legte ab. §„Niemand winkt“, sagte sie. §Dann kam der Nebel.",
		"Le bac est parti à midi. §« Personne n’a salué », dit-elle. §Puis vint le brouillard.",
		"¿Quién saludó? §Nadie. §¡Qué niebla!",
		"Паром ушёл в полдень. §Никто не помахал. §Потом пришёл туман.",
		"Το πλοίο έφυγε. §Κανείς δεν χαιρέτησε.",
		"大臣は辞任した。§次の大臣は未定である。",
		"渡轮中午开走了。§没有人挥手！§后来起雾了。",
		"배가 떠났다. §아무도 손을 흔들지 않았다.",
		"غادرت العبارة ظهرا. §هل تعود؟ §لا أحد يعرف.",
		"नाव दोपहर में चली गई। §किसी ने हाथ नहीं हिलाया।",
	},
	"no sentences": {
		"Dr. Maud Perrin and Mr. Ade left with J. Winter at 10 a.m. for St. Gallen.",
		"Am 9. März kam Prof. Lind, ca. 40 Jahre alt.",
		"Version 2.5 costs 3.50 more, see No. 7 on p. 12 of it.",
		"He waved... and then he left.",
		"The U.S. and the E.U. met in June",
		"W 1984 r. statek odszedł.",
	},
	"seams": {
		"The ferry left‡Share‡Tweet",
		"The ferry left.‡Then the fog came.",
		"The ferry left at noon.‡“Nobody waved,” said the mate.",
		"Der Nebel kam.“ §Dann ging er",
		"Er sagte: „Es fällt.“‡Damit ist es gut.",
		"Sport‡“We cannot stay,” she said.",
		"left in 2024‡Table of boats",
		"HOME‡News of the day",
		"He left (as ever).‡Then it rained.",
		"The lighthouse moved inland‡By Wanda Olufsen",
		"March 3, 10:15 AM‡Share‡Tweet",
	},
	"names": {
		"Who posts on YouTube and GitHub with an iPhone or a MacBook",
		"Mrs McDonald met Mr MacArthur, Mr O'Hara and LeBlanc at FitzRoy",
		"We make WordPress run on macOS and iOS",
	},
	"openers": {
		"The ferry left at noon †Read more: The fog of June",
		"Die Fähre legte ab †Lesen Sie auch: Der Nebel",
		"Le bac est parti †Lire aussi : Le brouillard",
		"El barco zarpó †Lea también: La niebla",
		"Паром ушёл †Читайте также: Туман",
		"船が出た†関連記事：霧の話",
		"The quay at dawn †(Photo: Ada Winter) †The ferry left at noon.",
		"The quay at dawn. §(Photo: Ada Winter) †The ferry left at noon.",
		"The quay at dawn. †© 2024 The Harbour Post",
		"The ferry left †WATCH THIS: Fog over the bay",
		"Advertisement †The ferry left at noon. §Advertisement †Nobody waved. §Share Then it came.",
		"Share †The ferry left. §Publicité †Le bac est parti.",
		"It was late †Screen Shot 2015-09-18 at 8.56.14 AM‡Is it possible?",
	},
	"holes": {
		"Home    ◊News\t◊Sport",
		"Home | ◊News » ◊Sport",
		"The ferry left at noon ___ ◊and came back",
	},
	"capitals": {
		"It was late ↑THE FERRY LEFT AT NOON ↑and nobody waved to it",
	},
	"repeats": {
		"The boats lie in dock ∞Fog hangs over the whole bay. §Nobody minds ∞Fog hangs over the whole bay.",
		"Nobody on the quay waved: ∞Fog hangs over the whole bay ∞Later it left, and ∞Fog hangs over the whole bay ∞Once more",
		"Two of the nine boats lie in the dock and the others wait for a part from the north; later the others wait for a part from the south",
		"Two boats lie in the dock ∞Nine sailors wait for a part from the ∞North and later ∞Nine sailors wait for a part from the ∞South",
		"一日だけ無料で湯に入る。§人は一日だけ無料でも来る。",
	},
	"silent": {
		"The old quay at night ∿The ferry left the quay as the fog came in, and the mate slept in the cabin",
	},
	"lines": {
		"Home\n¦News\r\n¦Sport\r¦Weather\u2028¦Jobs\u2029¦Imprint",
		"Home\n\n‖News\n \t\n‖Sport\n\u200b\n‖Jobs",
	},
}

func TestBorders(t *testing.T) {
	var m Memory
	seen := map[Border]bool{}
	for name, texts := range borderCases {
		for _, want := range texts {
			if got := parted(&m, whole(want)); got != want {
				t.Errorf("%s: got  %s\nwant %s", name, got, want)
			}
			for _, p := range m.Pieces() {
				seen[p.Left], seen[p.Right] = true, true
			}
		}
	}
	for b := range Border(len(borderNames)) {
		if !seen[b] {
			t.Errorf("no text has the border %s", borderNames[b])
		}
	}
}

// Nothing is cut within what is one.
func TestUncut(t *testing.T) {
	var m Memory
	for _, one := range []string{
		"https://harbour.example/News/Fog.And.Wind?id=7&q=AbCd#TopStories", "www.harbour.example/ReadMore", "http://example.com/a_(b)",
		"ada.Winter+fog@harbour.example", "[the fog](https://harbour.example/TheFog.Of.June)", "![A boat](/img/TheBoat.Large.png)",
		"<img alt=\"TheBoat of the Quay. Then\" src=\"/a/TheBoat.png\">", "</p>", "3.50", "10:30", "YouTube", "don’t", "re-elected", "naïve", "e.g.", "2024-05-12", "out\u200b\u2060er", "har\u00adbour",
	} {
		for _, text := range []string{"The ferry left " + one + " at noon", one, "Fog over the bay: " + one + ". Then it left."} {
			at := strings.Index(text, one)
			for _, p := range m.Split(text) {
				if p.Start > at && p.Start < at+len(one) || p.End > at && p.End < at+len(one)-1 {
					t.Errorf("%q is cut in %q", one, parted(&m, text))
				}
			}
		}
	}
}

// checkPieces checks what is true of the pieces of every text.
func checkPieces(t *testing.T, m *Memory, text string) {
	t.Helper()
	pieces := m.Split(text)
	at, para := 0, int32(-1)
	for i, p := range pieces {
		if p.Start < at || p.End <= p.Start || p.End > len(text) || !utf8.ValidString(text[p.Start:p.End]) {
			t.Fatalf("piece %d is %d to %d behind %d in %q", i, p.Start, p.End, at, text)
		}
		start, blank := m.Lead(i)
		if start < at || start > p.Start || blank < 0 {
			t.Fatalf("piece %d has its lead at %d, the one before ends at %d: %q", i, start, at, text)
		}
		for k := start; k < p.Start; {
			c, size := classAt(text, k)
			if c&wordly != 0 {
				t.Fatalf("%q lies outside of all pieces of %q", text[start:p.Start], text)
			}
			k += size
		}
		if p.Index == 0 != (p.Para > para) || p.Index > 0 && p.Index != pieces[i-1].Index+1 || p.Index >= p.Count {
			t.Fatalf("piece %d is %d of %d in paragraph %d: %q", i, p.Index, p.Count, p.Para, text)
		}
		if i > 0 && pieces[i-1].Right != p.Left || (p.Left == Edge) != (i == 0) || (p.Right == Edge) != (i+1 == len(pieces)) {
			t.Fatalf("piece %d has borders %d and %d in %q", i, p.Left, p.Right, text)
		}
		at, para = p.End, p.Para
	}
}

// fuzzTexts are texts of all kinds.
func fuzzTexts() []string {
	list := []string{"", " ", "\n", "a", "|", "“", "...", "(", "<", "<b", "[x](", "@", "a@b", "\u200b", "©", "(c)", "__ ___", ") (", "„“ „", "AA BB CC DD EE", "A: B: C:", "1. 2. 3.", wrappable}
	for _, texts := range borderCases {
		for _, text := range texts {
			list = append(list, whole(text))
		}
	}
	slices.Sort(list)
	return list
}

func FuzzSplit(f *testing.F) {
	for _, text := range fuzzTexts() {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "?")
		checkPieces(t, new(Memory), text)
	})
}

// wrappable is an article of two paragraphs and a list, a line each.
const wrappable = "The council of the small town met on Monday evening to talk about the old bridge, which has been closed since the flood in spring, and to hear what the engineers had found. “It cannot stay as it is,” the mayor said. Dr. Lind of the state office agreed.\n\n" +
	"Nobody had expected good news, but the report was worse than feared: both piers stand on gravel that the river has been washing away for years. The county will have to pay. It has no money left, and no plan, as the clerk reminded all those who had come to listen on that night.\n"

// wrapAt breaks the lines of a text at a width.
func wrapAt(text string, width int, indent string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		n := 0
		for i, word := range strings.Fields(line) {
			if n > 0 && n+1+len([]rune(word)) > width {
				b.WriteByte('\n')
				n = 0
			} else if i > 0 {
				b.WriteByte(' ')
				n++
			}
			if n == 0 {
				b.WriteString(indent)
				n = len(indent)
			}
			b.WriteString(word)
			n += len([]rune(word))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// A text has the same pieces however it was wrapped.
func TestWrapped(t *testing.T) {
	words := func(m *Memory, text string) (all []string) {
		for _, p := range m.Split(text) {
			all = append(all, strings.Join(strings.Fields(text[p.Start:p.End]), " "))
		}
		return all
	}
	var m Memory
	want := words(&m, wrappable)
	if len(want) != 6 {
		t.Fatalf("%d pieces: %q", len(want), want)
	}
	for _, indent := range []string{"", "    ", "\t"} {
		for width := 50; width <= 100; width += 5 {
			for _, end := range []string{"\n", "\r\n", "\u2028"} {
				text := strings.ReplaceAll(wrapAt(wrappable, width, indent), "\n", end)
				if got := words(&m, text); !slices.Equal(got, want) {
					t.Errorf("at %d, indented by %q, ends %q:\n%q\nwant\n%q", width, indent, end, got, want)
				}
			}
		}
	}
	verse := "The river took the bridge away\nand left the road behind\nand no one came to mend it\nor seemed to mind\nthe rain\nthat fell\n"
	if got := words(&m, verse); len(got) != 6 {
		t.Errorf("verse has the pieces %q", got)
	}
}

// Paragraphs and their pieces are numbered, and know the blank lines before them.
func TestNumbers(t *testing.T) {
	var m Memory
	text := "Home\n\n\n  One left. Two came.\nEnd"
	var got [][4]int
	for i, p := range m.Split(text) {
		start, blank := m.Lead(i)
		got = append(got, [4]int{int(p.Para), int(p.Index), blank, p.Start - start})
	}
	if want := [][4]int{{0, 0, 0, 0}, {1, 0, 2, 2}, {1, 1, 0, 1}, {2, 0, 0, 0}}; !slices.Equal(got, want) {
		t.Errorf("paragraph, number, blank lines, white space: %v, want %v", got, want)
	}
}

// TestPartsNothing: gaps that are not looked into are such as would part nothing.
func TestPartsNothing(t *testing.T) {
	for _, gap := range []string{", ", "’", ". ", ",  "} {
		for _, pair := range [][2]string{{"rain", "Fell"}, {"RAIN", "fell"}, {"2019", "33"}, {"Reuters", "(c)"}} {
			var m Memory
			m.Split("Then " + pair[0] + gap + pair[1] + " again.")
			p := &m.paras[0]
			k := p.firstWord + 2
			from, to := int(m.words[k-1].to), int(m.words[k].from)
			m.cuts = m.cuts[:0]
			m.gap(p, from, to, k)
			if partsNothing(m.text[from:to]) && len(m.cuts) > 0 {
				t.Errorf("%q parts pieces, but is not looked into", m.text[from:to])
			}
		}
	}
}

// TestNewlines: lines are the same whether or not it is known that all end in \n.
func TestNewlines(t *testing.T) {
	for _, text := range []string{"", "\n", "one", "one\n", "\none\n\ntwo", strings.Repeat("long ", 300) + "\nend\n"} {
		lines := func(known bool) (at [][2]int) {
			m := Memory{text: text, Newlines: known}
			m.eachLine(func(from, to int) bool { at = append(at, [2]int{from, to}); return true })
			return at
		}
		if got, want := lines(true), lines(false); !slices.Equal(got, want) {
			t.Errorf("%.20q: lines %v, want %v", text, got, want)
		}
	}
}
