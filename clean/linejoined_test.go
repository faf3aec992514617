package clean

import (
	"strings"
	"testing"

	"github.com/winnowtext/winnow/clean/internal/corpus"
	"github.com/winnowtext/winnow/clean/internal/line"
)

// joinedFigures counts words of texts whose lines were joined to one.
type joinedFigures struct {
	texts                     int
	kept, lost, residue, gone float64 // words
	same                      int
}

// reportJoined tells what becomes of the labelled texts, and of clean ones, when
// all their lines are joined by sep: pages without line ends, as many tools leave
// them.
func reportJoined(t *testing.T, name, sep string, cleaners *[corpus.Folds]*Cleaner, texts []corpus.Flat, clean []corpus.Clean) {
	var f joinedFigures
	for i := range texts {
		f.add(t, &texts[i], sep, cleaners[corpus.Fold(texts[i].URL)])
	}
	for i := range clean {
		in := strings.Join(strings.Fields(clean[i].Text), " ")
		if sep == "" {
			in = strings.ReplaceAll(strings.TrimSpace(clean[i].Text), "\n", "")
		}
		out := textOf(t, cleaners[corpus.Fold(clean[i].URL)], in)
		if strings.Join(strings.Fields(in), "") == strings.Join(strings.Fields(out), "") {
			f.same++
		}
	}
	p, r := f.gone/(f.gone+f.lost), f.gone/f.residue
	t.Logf("lines joined by %s: %d texts with residue, P %.3f, R %.3f, F1 %.3f, %.2f %% of words lost; %d of %d clean texts unchanged",
		name, f.texts, p, r, 2*p*r/(p+r), 100*f.lost/f.kept, f.same, len(clean))
}

// add joins the lines whose labels are known and cleans what comes out.
func (f *joinedFigures) add(t *testing.T, text *corpus.Flat, sep string, c *Cleaner) {
	var in strings.Builder
	type piece struct {
		end     int
		residue bool
	}
	var pieces []piece
	labels := map[string]int{}
	for i := range text.Lines {
		l := &text.Lines[i]
		if l.Label != "keep" && l.Label != "drop" || text.Doubtful(i) || strings.TrimSpace(l.Text) == "" {
			continue
		}
		labels[l.Label]++
		if in.Len() > 0 {
			in.WriteString(sep)
		}
		in.WriteString(strings.TrimSpace(l.Text))
		pieces = append(pieces, piece{in.Len(), l.Label == "drop"})
	}
	if text.Partial || labels["keep"] == 0 || labels["drop"] == 0 || len(pieces) < 5 {
		return
	}
	f.texts++
	lines := line.Split(in.String(), c.rules)
	c.judge(take(t.Context()), lines, &Input{Format: FromText})
	gone := make([]bool, in.Len())
	at := 0
	for i := range lines {
		for _, cut := range lines[i].Cuts {
			for k := cut.Start; k < cut.End; k++ {
				gone[at+k] = true
			}
		}
		at += len(lines[i].Text)
	}
	if at != in.Len() {
		t.Fatalf("%s: pieces of %d bytes for %d", text.ID, at, in.Len())
	}
	from := 0
	for _, p := range pieces {
		n := 0
		for _, g := range gone[from:p.end] {
			if g {
				n++
			}
		}
		words := corpus.Words(in.String()[from:p.end])
		share := words * float64(n) / float64(p.end-from)
		if p.residue {
			f.residue, f.gone = f.residue+words, f.gone+share
		} else {
			f.kept, f.lost = f.kept+words, f.lost+share
		}
		from = p.end
	}
}
