package clean

import (
	"bytes"
	"context"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/winnowtext/winnow/clean/internal/corpus"
)

// maxLineStepLoss is how much of mean F1 the line step may cost a corpus. The
// golds of wcxb-dev keep promos such as "Read more: ..." within the text, and
// golds of readability are another extractor's output, promos between the
// paragraphs included, which Winnow leaves out.
var maxLineStepLoss = map[string]float64{"wcxb-dev": .0001, "traf-dev": 0, "fundus-dev": 0, "readability": .001}

// TestLineStep compares pages cleaned with and without the line step, against
// their gold texts or the snippets they must and must not hold, on every corpus
// in the folder WINNOW_CORPORA. It fails when the step makes a corpus worse.
func TestLineStep(t *testing.T) {
	if testing.Short() {
		t.Skip("not with -short: all pages of the corpora")
	}
	dir := os.Getenv("WINNOW_CORPORA")
	if dir == "" {
		t.Skip("set WINNOW_CORPORA to the folder of the packed corpora to run this test")
	}
	with, without := *standard(), *standard()
	without.blocksOnly = true
	for name, limit := range maxLineStepLoss {
		pages, err := corpus.Read(dir, name)
		if err != nil {
			t.Fatal(err)
		}
		changes := make([]lineStepChange, len(pages))
		var wg sync.WaitGroup
		slots := make(chan struct{}, 2)
		for i := range pages {
			slots <- struct{}{}
			wg.Go(func() {
				defer func() { <-slots }()
				changes[i] = compareLineStep(t, &with, &without, &pages[i])
			})
		}
		wg.Wait()
		var sum lineStepChange
		better, worse, scored := 0, 0, 0
		for _, c := range changes {
			if !c.scored {
				continue
			}
			scored++
			sum.f1 += c.f1
			sum.words += c.words
			sum.residue += c.residue
			sum.gold += c.gold
			switch {
			case c.f1 > 0:
				better++
			case c.f1 < 0:
				worse++
			}
		}
		if scored == 0 {
			t.Errorf("%s: no page with a gold text", name)
			continue
		}
		mean := sum.f1 / float64(scored)
		t.Logf("%s: mean F1 %+.5f over %d pages, %d better, %d worse; of %d gold words (or snippets) %d more lost, %d others removed",
			name, mean, scored, better, worse, sum.gold, sum.words, sum.residue)
		if mean < -limit {
			t.Errorf("%s: the line step makes pages worse by %.5f", name, -mean)
		}
	}
}

// lineStepChange is what the line step did to a page.
type lineStepChange struct {
	scored         bool
	f1             float64 // gain
	gold           int     // words
	words, residue int     // of the gold, and others, that it removed
}

func compareLineStep(t *testing.T, with, without *Cleaner, p *corpus.Page) lineStepChange {
	gold := wordCounts(p.Gold)
	if len(gold) == 0 && len(p.With) == 0 {
		return lineStepChange{}
	}
	src, err := p.Bytes()
	if err != nil {
		t.Error(err)
		return lineStepChange{}
	}
	u, _ := url.Parse(p.URL)
	var f1 [2]float64
	var found, all [2]int
	total := 0
	for _, n := range gold {
		total += n
	}
	for k, c := range []*Cleaner{without, with} {
		res, err := c.HTML(context.Background(), bytes.NewReader(src), u)
		if err != nil {
			t.Errorf("%s: %v", p.ID, err)
			return lineStepChange{}
		}
		if len(gold) == 0 {
			found[k], all[k], total = snippets(p, res.Text)
			f1[k] = 2 * float64(found[k]) / float64(all[k]+total)
			continue
		}
		for w, n := range wordCounts(res.Text) {
			all[k] += n
			found[k] += min(n, gold[w])
		}
		if found[k] > 0 {
			f1[k] = 2 * float64(found[k]) / float64(all[k]+total)
		}
	}
	lost := found[0] - found[1]
	return lineStepChange{true, f1[1] - f1[0], total, lost, all[0] - all[1] - lost}
}

// snippets counts the snippets a text must hold and does, those of both kinds
// that it holds, and those it must hold.
func snippets(p *corpus.Page, text string) (found, held, wanted int) {
	text = strings.Join(strings.Fields(text), " ")
	for _, s := range p.With {
		if strings.Contains(text, strings.Join(strings.Fields(s), " ")) {
			found++
		}
	}
	held = found
	for _, s := range p.Without {
		if strings.Contains(text, strings.Join(strings.Fields(s), " ")) {
			held++
		}
	}
	return found, held, len(p.With)
}

// wordCounts counts the words of a text, without regard to case.
func wordCounts(text string) map[string]int {
	counts := map[string]int{}
	for _, w := range strings.Fields(strings.ToLower(text)) {
		counts[w]++
	}
	return counts
}
