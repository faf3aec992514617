package structure

import (
	"cmp"
	"slices"
	"strings"
)

// A Tally counts units of a kind over pages.
type Tally struct {
	Want, Got     int // in the gold, in the output
	Hit           int // found in both by their text
	Full          int // and right in detail
	Near, NearHit int // in the gold where the output has its text, too; right in full of those
	Told, TellHit int // pairs whose gold has a detail, and that have it right
}

// F1 is that of the units' texts, FullF1 of texts and details.
func (t Tally) F1() float64     { return f1(t.Hit, t.Want, t.Got) }
func (t Tally) FullF1() float64 { return f1(t.Full, t.Want, t.Got) }

// GivenText is the share of units that the output has the text of, where they stand,
// that are right in full.
func (t Tally) GivenText() float64 {
	if t.Near == 0 {
		return 1
	}
	return float64(t.NearHit) / float64(t.Near)
}

func f1(hit, want, got int) float64 {
	if want+got == 0 {
		return 1
	}
	return 2 * float64(hit) / float64(want+got)
}

// A Score is the tallies of all kinds.
type Score struct {
	Kinds map[Kind]*Tally
	Pages int
	words float64

	// Missed, when set, is told the units whose text is in the output that are not right
	// in full, with the unit of the output that is the same but for its detail, nil for
	// none.
	Missed func(k Kind, want Unit, got *Unit)
}

// NewScore is a score of no pages.
func NewScore() *Score {
	s := &Score{Kinds: map[Kind]*Tally{}}
	for _, k := range Kinds {
		s.Kinds[k] = &Tally{}
	}
	return s
}

// Words is the mean F1 of the pages' words.
func (s *Score) Words() float64 { return s.words / float64(max(s.Pages, 1)) }

// Mean is the mean of FullF1 over the kinds that the gold has twenty units of, or
// more: of fewer, one decides too much.
func (s *Score) Mean() float64 {
	sum, n := 0.0, 0
	for _, k := range Kinds {
		const least = 20
		if t := s.Kinds[k]; t.Want >= least {
			sum += t.FullF1()
			n++
		}
	}
	return sum / float64(max(n, 1))
}

// Add counts a page. Where the gold has notes as items and links, as readers without
// footnotes have them, those of the output are the same; a gold that never names the
// language of code says nothing about it.
func (s *Score) Add(gold, out []Unit) {
	s.Pages++
	if !slices.ContainsFunc(gold, func(u Unit) bool { return u.Kind == Footnote || u.Kind == Mark }) {
		var plain []Unit
		for _, u := range out {
			switch u.Kind {
			case Footnote:
				plain = append(plain, Unit{Item, u.Text, "", u.At})
			case Mark:
				plain = append(plain, Unit{Link, u.Text, "", u.At}, Unit{Sup, u.Text, "", u.At})
			default:
				plain = append(plain, u)
			}
		}
		out = plain
		gold = slices.DeleteFunc(slices.Clone(gold), func(u Unit) bool { return u.Text == "^" }) // it leads back from a note
	}
	output, source := newWording(out), newWording(gold)
	article := strings.Fields(wordsOf(gold))
	told := map[Kind]bool{}
	for _, u := range gold {
		told[u.Kind] = told[u.Kind] || u.Detail != ""
		if u.Kind == Words {
			s.words += wordF1(u.Text, wordsOf(out))
		}
	}
	for _, k := range Kinds {
		a, b := of(gold, k), of(out, k)
		t := s.Kinds[k]
		if k == Image {
			a, b = withoutLost(a, b)
		}
		t.Want, t.Got = t.Want+len(a), t.Got+len(b)
		full, same := make([]bool, len(a)), make([]*Unit, len(a))
		for _, p := range pair(a, b) {
			t.Hit++
			same[p[0]] = &b[p[1]]
			detail := a[p[0]].Detail
			switch {
			case k == Image: // what it shows is right when the address is
				full[p[0]] = true
			case k == Code && !told[Code]:
				full[p[0]] = true
			case (k == Item || k == Link) && b[p[1]].Detail == "":
				full[p[0]] = true
			default:
				full[p[0]] = detail == b[p[1]].Detail
			}
			if detail != "" {
				t.Told++
				if full[p[0]] {
					t.TellHit++
				}
			}
			if full[p[0]] {
				t.Full++
			}
		}
		for i, u := range a {
			if full[i] || output.has(u, article, source) {
				t.Near++
				if full[i] {
					t.NearHit++
				} else if s.Missed != nil {
					s.Missed(k, u, same[i])
				}
			}
		}
	}
}

// withoutLost leaves out the pictures whose address the gold has lost, and as many of
// the output's that the gold lacks: nobody knows which those are.
func withoutLost(want, got []Unit) (a, b []Unit) {
	for _, u := range want {
		if u.Text != lostImage {
			a = append(a, u)
		}
	}
	lost := len(want) - len(a)
	if lost == 0 {
		return want, got
	}
	known := make([]bool, len(got))
	for _, p := range pair(a, got) {
		known[p[1]] = true
	}
	for j, u := range got {
		if known[j] || lost == 0 {
			b = append(b, u)
		} else {
			lost--
		}
	}
	return a, b
}

// A wording is what an output says.
type wording struct {
	flat  string // its words, with a space around each
	tight string // its words without spaces
}

func newWording(units []Unit) wording {
	w := wording{flat: " " + wordsOf(units) + " "}
	w.tight = strings.ReplaceAll(w.flat, " ", "")
	return w
}

// Where units stand is known by the words beside them: those of short ones, such as
// "more" or the entries of a table of contents, stand elsewhere, too.
const (
	beside = 2 // words on one side
	long   = 8 // words that need none beside them
)

// has reports whether the output has the text of a unit of the gold, whose words are
// article, where the unit stands: after the words that stand before it, or before those
// that stand behind it. A picture stands between both. What the gold says more often
// than the output, such as a heading that a table of contents names, may be said at
// another place.
func (w wording) has(u Unit, article []string, gold wording) bool {
	switch u.Kind {
	case Mark, Math:
		return false
	}
	text := words(u.Text)
	if u.Kind == Image {
		text = nil
	}
	from, to := min(u.At, len(article)), min(u.At+len(text), len(article))
	before, after := article[max(0, from-beside):from], article[to:min(to+beside, len(article))]
	holds := func(parts ...[]string) bool {
		all := slices.Concat(parts...)
		if u.Kind == Code || u.Kind == Inline { // lines and spans of it may part words
			s := strings.Join(all, "")
			n := strings.Count(w.tight, s)
			return n > 0 && n >= strings.Count(gold.tight, s)
		}
		s := " " + strings.Join(all, " ") + " "
		n := strings.Count(w.flat, s)
		return n > 0 && n >= strings.Count(gold.flat, s)
	}
	switch {
	case u.Kind == Image:
		return len(before)+len(after) > 0 && (len(before) == 0 || holds(before)) && (len(after) == 0 || holds(after))
	case len(text) == 0:
		return false
	case len(text) >= long || len(before)+len(after) == 0:
		return holds(text)
	}
	return len(before) > 0 && holds(before, text) || len(after) > 0 && holds(text, after)
}

// wordsOf are the words of an article.
func wordsOf(units []Unit) string {
	for _, u := range units {
		if u.Kind == Words {
			return u.Text
		}
	}
	return ""
}

func of(units []Unit, k Kind) (some []Unit) {
	for _, u := range units {
		if u.Kind == k {
			some = append(some, u)
		}
	}
	return some
}

// alike is how much of their words two units share for them to be the same.
const alike = .9

// pair finds the units that are the same: first those equal in text and detail, then
// in text, then those nearly so.
func pair(want, got []Unit) (pairs [][2]int) {
	usedA, usedB := make([]bool, len(want)), make([]bool, len(got))
	for _, same := range []func(a, b Unit) bool{
		Unit.same,
		func(a, b Unit) bool { return a.Text == b.Text },
		func(a, b Unit) bool { return a.Kind == Image && sameFile(a.Text, b.Text) },
		func(a, b Unit) bool {
			return a.Kind != Image && a.Kind != Math && len(a.Text) > 20 && wordF1(a.Text, b.Text) >= alike
		},
	} {
		for i, a := range want {
			if usedA[i] {
				continue
			}
			for j, b := range got {
				if !usedB[j] && same(a, b) {
					usedA[i], usedB[j] = true, true
					pairs = append(pairs, [2]int{i, j})
					break
				}
			}
		}
	}
	slices.SortFunc(pairs, func(a, b [2]int) int { return cmp.Compare(a[0], b[0]) })
	return pairs
}

// sameFile reports whether two addresses of pictures name the same file, in another
// size or form: which of them a page shows is up to the reader's window.
func sameFile(a, b string) bool {
	const least = 8 // characters; shorter names say little
	name := fileName(a)
	return len(name) >= least && name == fileName(b)
}

func fileName(address string) string {
	address, _, _ = strings.Cut(address, "?")
	address = address[strings.LastIndexByte(address, '/')+1:]
	if k := strings.LastIndexByte(address, '.'); k > 0 {
		address = address[:k]
	}
	return address
}

// wordF1 is the F1 of the words of two texts, in any order.
func wordF1(a, b string) float64 {
	x, y := strings.Fields(a), strings.Fields(b)
	if len(x)+len(y) == 0 {
		return 1
	}
	if n, m := len(x), len(y); min(n, m)*10 < max(n, m)*4 {
		return 0 // whatever they are
	}
	count := map[string]int{}
	for _, w := range x {
		count[w]++
	}
	hit := 0
	for _, w := range y {
		if count[w] > 0 {
			count[w]--
			hit++
		}
	}
	return 2 * float64(hit) / float64(len(x)+len(y))
}
