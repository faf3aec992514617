package piece

import (
	"slices"
	"strings"
	"testing"

	"github.com/winnowtext/winnow/clean/memory"
)

// siteOf is a site of which each text is one of some stories, with what all of them end in.
func siteOf(t *testing.T, tail string) (*memory.Site, []string) {
	t.Helper()
	stories := strings.Fields("mill bridge harbour ferry school orchard chapel quarry")
	var texts []string
	var m memory.Memory
	for i, s := range stories {
		next := stories[(i+3)%len(stories)]
		text := ""
		for k := range 12 {
			text += "The " + strings.Repeat("very ", (i+k)%3) + s + strings.Repeat(" "+next, 1+(i*k)%4) + " stood at number " + strings.Repeat(s+" ", 1+k%5) + "for long. "
		}
		texts = append(texts, text+tail)
		m.Learn(memory.Text{Body: texts[i]})
	}
	s := m.Index().Site("")
	if s == nil {
		t.Fatal("nothing is known of the site")
	}
	return s, texts
}

const tail = "our readers get the evening letter of this house every day of the week"

// TestRecurBorders: what other texts hold is a piece of its own, though nothing else parts
// it from what stands before; without a memory it is not.
func TestRecurBorders(t *testing.T) {
	site, texts := siteOf(t, tail)
	cut := func(m *Memory) bool {
		return slices.ContainsFunc(m.Split(texts[0]), func(p Piece) bool { return texts[0][p.Start:p.End] == tail })
	}
	glued := "we saw " + tail // within one sentence
	texts[0] = strings.TrimSuffix(texts[0], tail) + glued
	var m Memory
	if cut(&m) {
		t.Error("it is a piece without a memory")
	}
	m.Recall(site)
	if !cut(&m) {
		t.Error("it is no piece")
	}
	m.Forget()
	if m.Recalls() || cut(&m) {
		t.Error("the site was not forgotten")
	}
}

// TestRecurRow: the rows say what of a piece others hold.
func TestRecurRow(t *testing.T) {
	site, texts := siteOf(t, tail)
	var m Memory
	m.Recall(site)
	pieces := m.Split(texts[2])
	m.Judge(embedded(t), nil)
	m.ReadRecurring()
	var row, first [RecurCount]uint8
	last := len(pieces) - 1
	m.RecurRow(&row, last)
	m.RecurRow(&first, 0)
	if row[recurMedianShare] != shareMax || row[recurLeastShare] != shareMax || row[recurInsideShare] != shareMax || row[recurAfter] != nothing {
		t.Errorf("the last piece: %v", row)
	}
	if in, of := m.Texts(last); in != of || in < memory.LeastTexts || !m.Recurs(last) {
		t.Errorf("in %d of %d", in, of)
	}
	if first[recurMedian] != 0 || m.Recurs(0) || first[recurBefore] != nothing {
		t.Errorf("the first piece: %v", first)
	}
	seen := map[string]bool{}
	for column, name := range RecurNames() {
		if name == "" || seen[name] {
			t.Errorf("column %d: the name %q is none or taken", column, name)
		}
		seen[name] = true
	}
}

// TestTorn: few words of a sentence are torn from it, a notice within one is not.
func TestTorn(t *testing.T) {
	for text, torn := range map[string]bool{
		"He came home // in the early hours of // Monday and slept.":                                                 true,
		"He came home // who had been to the far side of the old river for a week or two // and slept.":              true,
		"He came home. // In the early hours // Monday came.":                                                        true,
		"He came home // Sign up now for the letter that the house sends to all its readers every day // and slept.": false,
		"He came home // Sign up now // and slept.":                                                                  true,
		"He came home. // Sign up now for the letter of the house. // Then he slept.":                                false,
	} {
		var m Memory
		plain := strings.ReplaceAll(text, " // ", " ")
		m.Split(plain)
		a := strings.Index(text, " // ")
		b := strings.LastIndex(text, " // ") - len(" //")
		m.pieces = []Piece{{0, a, Edge, Repeat, 0, 0, 3}, {a + 1, b, Repeat, Repeat, 0, 1, 3}, {b + 1, len(plain), Repeat, Edge, 0, 2, 3}}
		m.Read(nil, nil)
		if m.Torn(1, 2) != torn {
			t.Errorf("%s: torn is %v", text, !torn)
		}
	}
}

// TestRecurModel: a model of other features is refused, the embedded one says more against
// what all other texts hold than against what none does.
func TestRecurModel(t *testing.T) {
	other := []byte(strings.Replace(string(memoryData), `"odds.before"`, `"odds.behind"`, 1))
	if _, err := NewRecurModel(other); err == nil || !strings.Contains(err.Error(), "other features") {
		t.Errorf("a model of other features: %v", err)
	}
	if _, err := NewRecurModel(memoryData[:50]); err == nil {
		t.Error("took a part of a model")
	}
	by, err := LoadRecurModel()
	if err != nil {
		t.Fatal(err)
	}
	site, texts := siteOf(t, "Get the evening letter. "+tail)
	var m Memory
	m.Recall(site)
	m.Split(texts[1])
	m.Judge(embedded(t), nil)
	odds := m.JudgeRecurring(by)
	if len(odds) != len(m.pieces) || odds[len(odds)-1] < odds[0]+2 {
		t.Errorf("odds of %v", odds)
	}
	m.Recall(nil)
	if m.Split(texts[1]); m.JudgeRecurring(by) != nil {
		t.Error("odds without a memory")
	}
}
