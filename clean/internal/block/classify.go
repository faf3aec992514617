package block

import (
	_ "embed"
	"errors"
	"slices"
	"sync"

	"github.com/winnowtext/winnow/clean/internal/model"
	"github.com/winnowtext/winnow/clean/internal/work"
)

//go:embed data/block.model
var modelData []byte

// A Classifier is the two models that decide about blocks.
type Classifier struct {
	First    *model.Ensemble // looks at a block on its page
	Sequence *model.Ensemble // looks at what the first says of all blocks
}

// LoadClassifier returns the embedded models. They are read once.
func LoadClassifier() (*Classifier, error) { return loadClassifier() }

var loadClassifier = sync.OnceValues(func() (*Classifier, error) {
	first, err := CheckModel(model.Load(modelData))
	if err != nil {
		return nil, err
	}
	second, err := CheckSequence(model.Load(sequenceData))
	return &Classifier{first, second}, err
})

// CheckModel refuses a first model that was trained on other features.
func CheckModel(e *model.Ensemble, err error) (*model.Ensemble, error) {
	return trainedOn(FeatureNames(), e, err)
}

func trainedOn(features []string, e *model.Ensemble, err error) (*model.Ensemble, error) {
	if err == nil && !slices.Equal(e.Info.Features, features) {
		return nil, errors.New("block: the model was trained on other features: train it again")
	}
	return e, err
}

// ruleModel is the rule id of decisions by the model.
const ruleModel = "model"

// Operating point of a page's threshold.
type Point struct {
	// Beta is the weight of recall against precision in the expected F-measure
	// that the threshold maximises.
	Beta float64
	// Pull draws the threshold towards one half: 0 takes it as it is, 1 is one
	// half on every page.
	Pull float64
	// Doubt draws it away from one half on pages of which the model does not
	// know what their text is: see doubtF.
	Doubt float64
}

// Operating points of the modes. They lie on one curve, measured out of fold:
// see the README beside the trainer.
var (
	Balanced  = Point{Beta: 1, Pull: .2, Doubt: .3}
	Precision = Point{Beta: .5, Pull: .2, Doubt: .3}
	Recall    = Point{Beta: 2, Pull: .2, Doubt: .3}
)

// The blocks of a page err together, all of them or none, which makes the
// threshold for independent blocks too high the less the model knows. The second
// model knows most of that by itself: out of fold, wcxb-dev has .8758 with neither
// Doubt nor Pull and .8765 with both, its articles .9593 and .9597.
const (
	doubtF   = .6 // expected F-measure
	certainF = .7
)

// pull is how far the threshold of a page with that expected F-measure is drawn
// towards one half.
func (pt Point) pull(expected float64) float64 {
	switch {
	case expected < doubtF:
		return -pt.Doubt
	case expected < certainF:
		return 0
	}
	return pt.Pull
}

// Classify gives every block, which were measured, its probability of being content and keeps those
// above the page's threshold. It returns the expected F1 of that choice.
func Classify(d *Doc, c *Classifier, pt Point) (expected float64) {
	s := newSequence(d, c.First)
	d.odds = work.Sized(d.odds, len(d.Blocks))
	if len(d.Blocks) > sequenceBlocks {
		copy(d.odds, s.odds)
	} else {
		predict(d, c.Sequence, s.fill, d.odds)
	}
	words := s.words
	doubtComments(d, words)
	smooth(d, words)
	t := threshold(d, words, pt)
	d.Threshold = t
	d.pass()
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if b.Step != "" {
			continue // pruned
		}
		b.Step, b.Rule, b.Keep = "classify", ruleModel, b.P >= t
	}
	return expectedF(d, words, t)
}

// wordsOf estimates a block's words from its bytes: exact counts do not move
// the threshold. Beyond longest bytes it counts no more: a megabyte of links that
// is hardly content must not outweigh the article.
func wordsOf(d *Doc, i int) float32 {
	const longest = 40_000
	b := &d.Blocks[i]
	return float32(min(b.End-b.Start, longest))/6 + 1
}

// threshold is the one that maximises the expected F-measure of the words
// kept, given the blocks' probabilities: one pass over the blocks sorted by
// probability.
func threshold(d *Doc, words []float64, pt Point) float32 {
	order := make([]int32, len(d.Blocks))
	total := 0.0
	d.pass()
	for i := range order {
		total += words[i] * float64(d.Blocks[i].P)
	}
	sortByP(d, order)
	t, best := bestThreshold(d, order, words, total, pt.Beta)
	return pull(d, words, t, pt.pull(best))
}

// bestThreshold is the threshold with the best expected F-measure, and that,
// of blocks in the order of their probability with so much content in all.
func bestThreshold(d *Doc, order []int32, words []float64, total, beta float64) (t float32, best float64) {
	b2 := beta * beta
	t = .5
	hit, kept := 0.0, 0.0
	d.pass()
	for k, i := range order {
		p := d.Blocks[i].P
		hit += words[i] * float64(p)
		kept += words[i]
		if k+1 < len(order) && d.Blocks[order[k+1]].P == p {
			continue
		}
		if f := (1 + b2) * hit / (kept + b2*total); f > best {
			best, t = f, p
		}
	}
	return t, best
}

// pullLoss is the most of the expected content that pulling the threshold may
// cost: where much of a page lies just above the threshold, it stays.
const pullLoss = .15

// pull draws the threshold towards one half.
func pull(d *Doc, words []float64, t float32, share float64) float32 {
	pulled := t + (.5-t)*float32(share)
	before, after := 0.0, 0.0
	d.pass()
	for i := range d.Blocks {
		if p := d.Blocks[i].P; p >= t {
			before += words[i] * float64(p)
			if p >= pulled {
				after += words[i] * float64(p)
			}
		}
	}
	if after < (1-pullLoss)*before {
		return t
	}
	return pulled
}

// expectedF is the expected F1 of keeping the blocks above t.
func expectedF(d *Doc, words []float64, t float32) float64 {
	hit, kept, total := 0.0, 0.0, 0.0
	d.pass()
	for i := range d.Blocks {
		p := float64(d.Blocks[i].P)
		total += words[i] * p
		if d.Blocks[i].P >= t {
			hit += words[i] * p
			kept += words[i]
		}
	}
	if kept+total == 0 {
		return 0
	}
	return 2 * hit / (kept + total)
}

// Blocks with the same path of elements and classes are mostly of one sort:
// each draws the others' probability towards its own. Lost words of WCXB
// articles fall from 2.6 to 2.0 % by it, out of fold, before the steps that
// follow, with the second model, too. Paragraphs of one path, where there are many,
// are decided together, whatever containers they are parted into: far down a long
// page, a chapter of a book say, the model takes each for a comment.
const (
	smoothShare     = .4
	smoothMin       = 3 // blocks a path needs
	paragraphsShare = 1
	paragraphsMin   = 12
)

func smooth(d *Doc, words []float64) {
	r, s := &d.memory.reading, &d.memory.smoother
	s.smooth(d, words, r.kin, len(r.kins), smoothMin, smoothShare)
	s.smooth(d, words, s.paragraphs(d), len(r.kins), paragraphsMin, paragraphsShare)
}

// A smoother draws the probabilities of blocks together.
type smoother struct {
	sums  []smoothSum
	group []int32 // of paragraphs, by block, -1 for none
}

type smoothSum struct {
	mass
	count int32
}

// smooth draws the probabilities of the blocks of every group of least blocks and
// more towards their mean by words. group is the group's number, by block, -1 for
// none.
func (s *smoother) smooth(d *Doc, words []float64, group []int32, groups int, least int32, share float32) {
	s.sums = work.Zeroed(s.sums, groups)
	d.pass()
	for i, k := range group {
		if k >= 0 {
			g := &s.sums[k]
			g.count++
			g.add(mass{words[i], float64(d.Blocks[i].P) * words[i]})
		}
	}
	d.pass()
	for i, k := range group {
		if k < 0 {
			continue
		}
		if g := &s.sums[k]; g.count >= least {
			b := &d.Blocks[i]
			b.P += share * (float32(g.content/g.words) - b.P)
		}
	}
}

// paragraphs is the kin of every paragraph, -1 of what is none.
func (s *smoother) paragraphs(d *Doc) []int32 {
	s.group = work.Sized(s.group, len(d.Blocks))
	d.pass()
	for i := range d.Blocks {
		s.group[i] = -1
		if d.Blocks[i].prose() {
			s.group[i] = d.memory.reading.kin[i]
		}
	}
	return s.group
}
