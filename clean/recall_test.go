package clean

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/winnowtext/winnow/clean/memory"
)

// A writer invents sentences. No five words in a row come twice but by chance.
type writer struct{ r *rand.Rand }

func newWriter(seed uint64) writer { return writer{rand.New(rand.NewPCG(seed, 3))} }

func (w writer) one(of ...string) string { return of[w.r.IntN(len(of))] }

func (w writer) thing() string {
	return w.one("old", "narrow", "wooden", "crowded", "new", "northern", "painted", "muddy", "stone", "famous", "quiet", "flooded") + " " +
		w.one("bridge", "market", "harbour", "mill", "school", "ferry", "theatre", "orchard", "station", "chapel", "quarry", "library", "garden", "warehouse")
}

func (w writer) who() string {
	return w.one("Marta", "Ilse", "Pavel", "Greta", "Tomas", "Edda", "Ruben", "Livia", "Anton", "Karin") + " " +
		w.one("Hollander", "Brisk", "Veldman", "Osterby", "Marsh", "Tarn", "Quill", "Sorrel", "Penrose", "Lindqvist", "Abbot")
}

func (w writer) sentence() string {
	verb := func() string {
		return w.one("repaired", "measured", "sold", "visited", "described", "bought", "closed", "reopened", "photographed", "defended", "painted", "inspected")
	}
	when := w.one("on Monday", "in spring", "before noon", "after storms", "last winter", "once more", "in June", "at dusk", "unasked", "meanwhile")
	things := w.one("letters", "barrels", "nets", "lamps", "coins", "maps", "horses", "ropes", "tiles", "songs")
	switch w.r.IntN(4) {
	case 0:
		return fmt.Sprintf("%s %s the %s beside a %s %s, and %s %s it.", w.who(), verb(), w.thing(), w.thing(), when, w.who(), verb())
	case 1:
		return fmt.Sprintf("The %s had been %s %s, when %s %s %d %s near that %s.", w.thing(), verb(), when, w.who(), verb(), 2+w.r.IntN(80), things, w.thing())
	case 2:
		return fmt.Sprintf("“We %s the %s %s,” said %s, who %s the %s for %d %s.", verb(), w.thing(), when, w.who(), verb(), w.thing(), 3+w.r.IntN(40), things)
	}
	return fmt.Sprintf("Only one %s was %s %s; the %s, which %s %s, went to the %s.", w.thing(), verb(), when, w.thing(), w.who(), verb(), w.thing())
}

// body is an article of so many paragraphs.
func (w writer) body(paragraphs int) string {
	var out []string
	for range paragraphs {
		var p []string
		for range 2 + w.r.IntN(3) {
			p = append(p, w.sentence())
		}
		out = append(out, strings.Join(p, " "))
	}
	return strings.Join(out, "\n")
}

// A remembered set cleans its texts with what was learned from all of them.
type remembered struct {
	*Cleaner
	texts []memory.Text
}

func remember(t *testing.T, texts []memory.Text) *remembered {
	t.Helper()
	c, err := New(Options{Memory: memory.Learn(slices.Values(texts)), Explain: true})
	if err != nil {
		t.Fatal(err)
	}
	return &remembered{c, texts}
}

func (r *remembered) clean(t *testing.T, i int) *Result {
	t.Helper()
	return r.cleanText(t, r.texts[i])
}

func (r *remembered) cleanText(t *testing.T, text memory.Text) *Result {
	t.Helper()
	res, err := r.Clean(t.Context(), Input{Body: strings.NewReader(text.Body), Format: FromText, Site: text.Site})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range res.Decisions {
		if asked := d.Rule == ByModel || d.Rule == ByMemory; asked && (d.P >= d.Threshold) != d.Kept {
			t.Errorf("its P says otherwise: %+v", d)
		}
	}
	again, err := r.Clean(t.Context(), Input{Body: strings.NewReader(res.Text), Format: FromText, Site: text.Site})
	if err != nil {
		t.Fatal(err)
	}
	if again.Text != res.Text {
		t.Errorf("cleaned twice, %q is %q", res.Text, again.Text)
	}
	return res
}

// foot is a notice that does not go without a memory, with a name that is another one in each text.
func foot(w writer) string {
	return "Our letter from the harbour, written by " + w.who() + ", is sent to 41,000 readers every Friday morning. Sign up here."
}

// TestRecallFoot: a notice at the end of every text goes, whatever the form, though a word
// of it changes; the articles stay. What went says in how many texts it stands.
func TestRecallFoot(t *testing.T) {
	for _, join := range []string{"\n", "\n\n", " "} {
		var texts []memory.Text
		for i := range 40 {
			w := newWriter(uint64(i))
			texts = append(texts, memory.Text{Site: "example.com", Body: strings.ReplaceAll(w.body(4), "\n", join) + join + foot(w)})
		}
		set := remember(t, texts)
		for i := range 10 {
			res := set.clean(t, i)
			body, _, _ := strings.Cut(texts[i].Body, "Our letter")
			if strings.TrimSpace(res.Text) != strings.TrimSpace(body) {
				t.Errorf("joined by %q, text %d became %q", join, i, res.Text[max(0, len(res.Text)-300):])
			}
			found := false
			for _, d := range res.Decisions {
				if d.Rule == ByMemory {
					found = found || d.Reasons[0].Text == "in 39 of 39 other texts of example.com"
					if d.Kept || len(d.Reasons) != 1 || !strings.HasSuffix(d.Reasons[0].Text, " of 39 other texts of example.com") || !slices.Contains(kindNames(), d.Kind) {
						t.Errorf("%+v", d)
					}
				}
			}
			if !found {
				t.Errorf("text %d: the memory decided nothing", i)
			}
		}
	}
}

func kindNames() (names []Kind) {
	for _, k := range Kinds() {
		names = append(names, k.Kind)
	}
	return names
}

// TestRecallBackground: a paragraph of background that ends most texts of a site is prose
// of theirs and stays.
func TestRecallBackground(t *testing.T) {
	const background = "The council closed the river to all traffic in March 2019, after two barges had sunk within a week, and has since paid about 14,000 crowns a month to the families of the crews, according to the ministry's own report."
	var texts []memory.Text
	for i := range 40 {
		body := newWriter(uint64(i + 100)).body(5)
		if i%5 != 0 {
			body += "\n" + background
		}
		texts = append(texts, memory.Text{Site: "example.com", Body: body})
	}
	set := remember(t, texts)
	for i := range texts {
		if res := set.clean(t, i); !strings.Contains(texts[i].Body, background) != !strings.Contains(res.Text, background) {
			t.Errorf("text %d lost the background: %+v", i, res.Decisions[len(res.Decisions)-1])
		}
	}
}

// TestRecallCopies: the story of an agency that stands in many texts, a little other in
// each, is nobody's notice, and what a later story repeats of it is none.
func TestRecallCopies(t *testing.T) {
	story := newWriter(1).body(6)
	paragraphs := strings.Split(story, "\n")
	var texts []memory.Text
	for i := range 12 {
		w := newWriter(uint64(i + 200))
		copied := slices.Clone(paragraphs)
		copied[i%6] = w.sentence() + " " + copied[i%6]
		texts = append(texts, memory.Text{Site: "example.com", Body: strings.Join(copied, "\n")})
	}
	for i := range 30 {
		texts = append(texts, memory.Text{Site: "example.com", Body: newWriter(uint64(i + 300)).body(5)})
	}
	texts = append(texts, memory.Text{Site: "example.com", Body: newWriter(400).body(3) + "\n" + paragraphs[2] + "\n" + paragraphs[3] + "\n" + newWriter(401).body(1)})
	set := remember(t, texts)
	for i := range texts {
		if res := set.clean(t, i); res.Text != texts[i].Body+"\n" && res.Text != texts[i].Body {
			t.Errorf("text %d lost %+v", i, gone(res))
		}
	}
}

func gone(res *Result) (ds []Decision) {
	for _, d := range res.Decisions {
		if !d.Kept {
			ds = append(ds, d)
		}
	}
	return ds
}

// TestRecallSeries: the introduction that all parts of a series share goes from none of
// them, as far as it is prose, and the parts' own text stays whole.
func TestRecallSeries(t *testing.T) {
	const intro = "For a year our reporters walked along the river, from the spring to the sea, and wrote down what the people who live there told them about floods, fish and the price of land."
	var texts []memory.Text
	for i := range 8 {
		texts = append(texts, memory.Text{Site: "example.com", Body: intro + "\n" + newWriter(uint64(i+500)).body(5)})
	}
	for i := range 40 {
		texts = append(texts, memory.Text{Site: "example.com", Body: newWriter(uint64(i + 600)).body(5)})
	}
	set := remember(t, texts)
	for i := range texts {
		if res := set.clean(t, i); strings.TrimSpace(res.Text) != texts[i].Body {
			t.Errorf("part %d lost %+v", i, gone(res))
		}
	}
}

// TestRecallSites: what one site repeats goes from its own texts only, and whatever a site
// repeats of another one's, that one loses nothing.
func TestRecallSites(t *testing.T) {
	victim := newWriter(2).body(5)
	paragraph := strings.Split(victim, "\n")[1]
	var texts []memory.Text
	for i := range 30 {
		w := newWriter(uint64(i + 700))
		texts = append(texts,
			memory.Text{Site: "one.example", Body: w.body(4) + "\n" + foot(w)},
			memory.Text{Site: "two.example", Body: w.body(4)},
			memory.Text{Site: "poison.example", Body: w.body(2) + "\n" + paragraph})
	}
	texts = append(texts, memory.Text{Site: "two.example", Body: victim})
	set := remember(t, texts)
	if res := set.clean(t, len(texts)-1); strings.TrimSpace(res.Text) != victim {
		t.Errorf("another site took %+v", gone(res))
	}
	notice := memory.Text{Site: "one.example", Body: newWriter(800).body(4) + "\n" + foot(newWriter(801))}
	if res := set.cleanText(t, notice); len(gone(res)) == 0 {
		t.Error("a notice of the site stays")
	}
	// A site of which nothing is known: as without a memory.
	plain, err := New(Options{Explain: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, site := range []string{"two.example", "three.example", ""} {
		notice.Site = site
		want, err := plain.Text(t.Context(), notice.Body)
		if err != nil {
			t.Fatal(err)
		}
		if res := set.cleanText(t, notice); res.Text != want.Text {
			t.Errorf("of %q it went: %+v", site, gone(res))
		}
	}
}

// TestRecallFew: four texts of a site change nothing.
func TestRecallFew(t *testing.T) {
	var texts []memory.Text
	for i := range memory.LeastTexts - 1 {
		w := newWriter(uint64(i + 900))
		texts = append(texts, memory.Text{Site: "example.com", Body: w.body(4) + "\n" + foot(w)})
	}
	set, plain := remember(t, texts), remember(t, nil)
	for i := range texts {
		if a, b := set.clean(t, i), plain.cleanText(t, texts[i]); a.Text != b.Text {
			t.Errorf("text %d became %q, without a memory %q", i, a.Text, b.Text)
		}
	}
}

// TestRecallHalf: a text of which others hold more than half loses nothing by it.
func TestRecallHalf(t *testing.T) {
	wall := ""
	for i := range 12 {
		wall += fmt.Sprintf("Subscribe to plan %c of our newsletter and get offer %c of our partners every morning. ", 'A'+i, 'N'+i)
	}
	var texts []memory.Text
	for i := range 20 {
		texts = append(texts, memory.Text{Site: "example.com", Body: newWriter(uint64(i+1000)).sentence() + "\n" + wall})
	}
	set := remember(t, texts)
	plain, err := New(Options{Explain: true})
	if err != nil {
		t.Fatal(err)
	}
	for i := range texts {
		res := set.clean(t, i)
		taken := 0
		for _, d := range gone(res) {
			if d.Rule == ByMemory {
				taken += len(d.Text)
			}
		}
		if want, _ := plain.Text(t.Context(), texts[i].Body); taken > 0 && 2*taken > len(texts[i].Body) || taken == 0 && res.Text != want.Text {
			t.Errorf("text %d lost %d of %d bytes", i, taken, len(texts[i].Body))
		}
	}
}

// TestRecallPages: pages are not compared.
func TestRecallPages(t *testing.T) {
	w := newWriter(3)
	var texts []memory.Text
	for i := range 20 {
		texts = append(texts, memory.Text{Site: "example.com", Body: newWriter(uint64(i+1100)).body(3) + "\n" + foot(w)})
	}
	page := "<html><body><article><p>" + strings.ReplaceAll(texts[0].Body, "\n", "</p><p>") + "</p></article></body></html>"
	set := remember(t, texts)
	a, err := set.Clean(t.Context(), Input{Body: strings.NewReader(page), Site: "example.com"})
	if err != nil {
		t.Fatal(err)
	}
	b, err := standard().Clean(t.Context(), Input{Body: strings.NewReader(page), Site: "example.com"})
	if err != nil || a.Text != b.Text {
		t.Errorf("%v: the page became %q, without a memory %q", err, a.Text, b.Text)
	}
}
