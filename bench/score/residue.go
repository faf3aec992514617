package score

import (
	"strings"
)

// A Line is one line of flattened text with what is known about it.
type Line struct {
	Text  string `json:"text"`
	Label Label  `json:"label"`
	Cat   string `json:"cat,omitempty"` // what a dropped line is, such as "nav"
	By    string `json:"by,omitempty"`  // what the category was seen by: t text, d markup, s shape
	Runs  []Run  `json:"segs,omitempty"`
}

// A Run is a part of a line that has to be cut.
type Run struct {
	Text string `json:"t"`
	Keep bool   `json:"k"`
}

// Label says what has to become of a line. Lines with another label (title,
// dup, unk) are not scored: either choice is fine.
type Label string

const (
	Keep Label = "keep" // belongs to the article
	Drop Label = "drop" // residue
	Edit Label = "edit" // holds both; see Line.Runs
)

// Flat is a document of flattened text. Its input is the lines joined by line
// breaks.
type Flat struct {
	ID        string `json:"id"`
	Page      string `json:"page"` // source and page, such as "wcxb/0379"
	URL       string `json:"url"`
	Flattener string `json:"flattener"`
	Lang      string `json:"lang"`
	Partial   bool   `json:"partial,omitempty"` // only some lines have a label
	Lines     []Line `json:"lines"`
}

// Input returns the text to clean.
func (d *Flat) Input() string {
	var b strings.Builder
	for i, l := range d.Lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(l.Text)
	}
	return b.String()
}

// Source is the corpus a document comes from.
func (d *Flat) Source() string {
	s, _, _ := strings.Cut(d.Page, "/")
	return s
}

// doubtful reports whether a label may be an omission of the gold text instead of
// residue: WCXB's gold leaves out tables, quotations, sources and whole
// paragraphs, so there a line that nothing but its shape marks as foreign
// proves little.
func (d *Flat) doubtful(l *Line) bool {
	return d.Source() == "wcxb" && (l.Label == Edit || l.By == "s" && l.Cat != "linkline")
}

// Residue counts words, in fractions where a line was cut.
type Residue struct {
	Docs, Clean, Damaged                       int     // see Cleanness
	Kept, Lost, Left, Removed                  float64 // words: gold kept and lost, residue left and removed
	LinesKept, LinesLost, LinesLeft, LinesGone int     // whole lines, by what became of most of each
	Edits, EditsExact                          int     // lines to be cut, and those cut exactly
	sumLost, sumLeft                           float64 // over documents, for the means
}

// A document is clean when no residue is left and at most cleanLost of its
// gold words are lost; it is damaged when more than damagedLost are.
const (
	cleanLost   = 0.005
	damagedLost = 0.01
)

// Cleanness is the score of a set of documents.
type Cleanness struct {
	Docs      int     `json:"docs"`
	P         float64 `json:"p"` // share of the dropped words that were residue
	R         float64 `json:"r"` // share of the residue words that were dropped
	F1        float64 `json:"f1"`
	LineP     float64 `json:"line_p"`
	LineR     float64 `json:"line_r"`
	LineF1    float64 `json:"line_f1"`
	Lost      float64 `json:"lost"`      // share of the gold words dropped
	Left      float64 `json:"left"`      // residue words per 1,000 words of output
	LostMean  float64 `json:"lost_mean"` // the same as means over documents
	LeftMean  float64 `json:"left_mean"`
	Clean     float64 `json:"clean"`   // share of documents without residue and, nearly, without loss
	Damaged   float64 `json:"damaged"` // share of documents that lost more than 1 % of their gold words
	Edits     int     `json:"edits"`
	EditsGood int     `json:"edits_good"`
}

// Add adds the counts of o.
func (t *Residue) Add(o Residue) {
	t.Docs += o.Docs
	t.Clean += o.Clean
	t.Damaged += o.Damaged
	t.Kept += o.Kept
	t.Lost += o.Lost
	t.Left += o.Left
	t.Removed += o.Removed
	t.LinesKept += o.LinesKept
	t.LinesLost += o.LinesLost
	t.LinesLeft += o.LinesLeft
	t.LinesGone += o.LinesGone
	t.Edits += o.Edits
	t.EditsExact += o.EditsExact
	t.sumLost += o.sumLost
	t.sumLeft += o.sumLeft
}

// Score turns counts into shares.
func (t *Residue) Score() Cleanness {
	c := Cleanness{Docs: t.Docs, Edits: t.Edits, EditsGood: t.EditsExact}
	c.P, c.R = drops(t.Removed, t.Lost, t.Left)
	c.F1 = harmonic(c.P, c.R)
	c.LineP, c.LineR = drops(float64(t.LinesGone), float64(t.LinesLost), float64(t.LinesLeft))
	c.LineF1 = harmonic(c.LineP, c.LineR)
	c.Lost = share(t.Lost, t.Kept)
	c.Left = 1000 * share(t.Left, t.Kept)
	if t.Docs > 0 {
		n := float64(t.Docs)
		c.LostMean, c.LeftMean = t.sumLost/n, t.sumLeft/n
		c.Clean, c.Damaged = float64(t.Clean)/n, float64(t.Damaged)/n
	}
	return c
}

// drops returns precision and recall of dropping. Dropping nothing is precise,
// and where there is nothing to drop recall is full.
func drops(removed, lost, left float64) (p, r float64) {
	p, r = 1, 1
	if removed+lost > 0 {
		p = removed / (removed + lost)
	}
	if removed+left > 0 {
		r = removed / (removed + left)
	}
	return p, r
}

// share is a's part of a+b.
func share(a, b float64) float64 {
	if a+b == 0 {
		return 0
	}
	return a / (a + b)
}

// FlatPage is the score of one document's output.
type FlatPage struct {
	Full Residue            // every label
	Core Residue            // without the doubtful ones: the headline figure
	Cats map[string]Residue // words and lines left and removed by category, from Full
}

// Score compares a cleaned text with the document's labels.
func (d *Flat) Score(text string) FlatPage {
	kept := d.kept(text)
	p := FlatPage{Cats: map[string]Residue{}}
	p.Full = d.count(kept, false, p.Cats)
	p.Core = d.count(kept, true, nil)
	return p
}

// count adds up the lines; kept holds for every line the share of it in the
// output, by runs for lines to be cut.
func (d *Flat) count(kept [][]float64, core bool, cats map[string]Residue) Residue {
	var t Residue
	for i := range d.Lines {
		l := &d.Lines[i]
		skip := core && d.doubtful(l)
		switch {
		case l.Label == Keep:
			t.gold(l.Text, kept[i][0])
			if kept[i][0] >= .5 {
				t.LinesKept++
			} else {
				t.LinesLost++
			}
		case l.Label == Drop && !skip:
			var one Residue
			one.residue(l.Text, kept[i][0])
			if kept[i][0] >= .5 {
				one.LinesLeft++
			} else {
				one.LinesGone++
			}
			t.Add(one)
			if cats != nil {
				c := cats[l.Cat]
				c.Add(one)
				cats[l.Cat] = c
			}
		case l.Label == Edit:
			exact := true
			for k, run := range l.Runs {
				if run.Keep {
					t.gold(run.Text, kept[i][k])
					exact = exact && kept[i][k] > .99
				} else if !skip {
					t.residue(run.Text, kept[i][k])
					exact = exact && kept[i][k] < .01
				}
			}
			if !skip {
				t.Edits++
				if exact {
					t.EditsExact++
				}
			}
		}
	}
	t.Docs = 1
	t.sumLost, t.sumLeft = share(t.Lost, t.Kept), 1000*share(t.Left, t.Kept)
	if t.Left == 0 && t.sumLost <= cleanLost {
		t.Clean = 1
	}
	if t.sumLost > damagedLost {
		t.Damaged = 1
	}
	return t
}

func (t *Residue) gold(text string, kept float64) {
	w := weight(text)
	t.Kept += kept * w
	t.Lost += (1 - kept) * w
}

func (t *Residue) residue(text string, kept float64) {
	w := weight(text)
	t.Left += kept * w
	t.Removed += (1 - kept) * w
}

// A Fate is what became of a line, or of a run of a line to be cut.
type Fate struct {
	Mark string // LOST, LEFT, "+" gold kept, "-" residue removed, "~" not scored
	Cat  string // kind of residue, else the label
	Text string
}

// Fates returns, line by line, what became of the document.
func (d *Flat) Fates(text string) []Fate {
	kept := d.kept(text)
	mark := func(wanted bool, share float64) string {
		switch {
		case wanted && share >= .5:
			return "+"
		case wanted:
			return "LOST"
		case share >= .5:
			return "LEFT"
		}
		return "-"
	}
	var out []Fate
	for i, l := range d.Lines {
		switch l.Label {
		case Keep, Drop:
			out = append(out, Fate{mark(l.Label == Keep, kept[i][0]), l.Cat, l.Text})
		case Edit:
			for k, r := range l.Runs {
				out = append(out, Fate{mark(r.Keep, kept[i][k]), string(Edit), r.Text})
			}
		default:
			out = append(out, Fate{"~", string(l.Label), l.Text})
		}
	}
	return out
}
