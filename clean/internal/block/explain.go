package block

import (
	"bytes"
	"math"
	"slices"
	"strings"

	"github.com/winnowtext/winnow/clean/internal/model"
	"github.com/winnowtext/winnow/clean/internal/rules"
	"github.com/winnowtext/winnow/clean/internal/work"
	"golang.org/x/net/html"
)

// An Explainer gives the model's reasons. It never changes after it was made.
type Explainer struct {
	c             *Classifier
	first, second *model.Explainer
	phrases       *model.Phrases // of the first's features, then of the second's
	rules         *rules.Set
}

// NewExplainer explains verdicts of c.
func NewExplainer(c *Classifier, set *rules.Set) (*Explainer, error) {
	said, err := phrases()
	if err != nil {
		return nil, err
	}
	return &Explainer{c: c, first: model.NewExplainer(c.First), second: model.NewExplainer(c.Sequence), phrases: model.NewPhrases(said), rules: set}, nil
}

// MaxReasons is how many reasons a verdict is given.
const MaxReasons = 3

// kinWords is the reason of blocks that others drew to their side, see smooth.
const kinWords = "decided together with blocks of its shape"

// settled is which blocks the models leave to their first trees, see ask.
var settled = model.Plain{First: settledTrees, Sure: settledOdds, Scale: 1}

// reasonUnits is what it takes to ask all trees about a block one by one, in
// units of work.Clock.
const reasonUnits = 50_000

// Reasons returns, for every block the model decided on, what moved its verdict
// most, the strongest reason first: towards content where it is kept, else
// towards residue. d needs Options.Explain.
func (x *Explainer) Reasons(d *Doc) [][]model.Reason {
	all := make([][]model.Reason, len(d.Blocks))
	said := sayings{x: x, d: d}
	said.first, said.second = d.explained()
	sides := model.NewSides(sayingWidth)
	for i := range d.Blocks {
		sides.Add(said.of(i), d.Blocks[i].stays())
	}
	row := make([]uint8, 0, sayingWidth)
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if b.Rule != ruleModel {
			continue
		}
		moved := said.of(i)
		row = append(row[:0], said.first[i*FeatureCount:][:FeatureCount]...)
		sides.Beside(moved, b.stays())
		if said.second != nil { // else the first decided alone
			row = append(row, said.second[i*SequenceCount:][:SequenceCount]...)
			fold(moved, b.stays())
		}
		all[i] = x.reasons(d, b, row, moved, d.odds[i])
	}
	return all
}

const (
	// sayingWidth is how many features the two models have.
	sayingWidth = FeatureCount + SequenceCount
	// sayingBlocks is of how many blocks it is kept what the trees say of each feature, a
	// kilobyte a block: most pages are asked about once, longer ones twice.
	sayingBlocks = 1000
)

// sayings are what the models say of each feature of blocks that are asked for in order.
type sayings struct {
	x             *Explainer
	d             *Doc
	first, second []uint8 // rows

	from, to int // blocks in the memory's moved
}

// of is what the features of block i added to its log-odds, the first model's and then
// the second's.
func (s *sayings) of(i int) []float32 {
	if i < s.from || i >= s.to {
		s.from, s.to = i, min(i+sayingBlocks, len(s.d.Blocks))
		s.ask()
	}
	return s.d.memory.moved[(i-s.from)*sayingWidth:][:sayingWidth]
}

func (s *sayings) ask() {
	m := s.d.memory
	all := work.Sized(m.moved, (s.to-s.from)*sayingWidth+model.Room)
	m.moved = all
	for i := s.from; i < s.to; i += model.Together {
		n := min(model.Together, s.to-i)
		s.d.clock.Spend(n * reasonUnits)
		moved := all[(i-s.from)*sayingWidth:]
		s.x.first.ExplainRows(&m.batch, rowsFrom(s.first, i*FeatureCount), n, moved, sayingWidth, settled)
		if s.second != nil {
			s.x.second.ExplainRows(&m.batch, rowsFrom(s.second, i*SequenceCount), n, moved[FeatureCount:], sayingWidth, settled)
		} else {
			for k := range n {
				clear(moved[k*sayingWidth+FeatureCount:][:SequenceCount])
			}
		}
	}
}

// rowsFrom are the rows from a byte on, with the room behind them.
func rowsFrom(rows []uint8, at int) []uint8 { return rows[at:cap(rows)] }

// fold puts the first model's reasons in the place of what its verdict on the
// block itself counted in the second.
func fold(moved []float32, stays bool) {
	first, own := moved[:FeatureCount], moved[FeatureCount:][:selfColumns]
	sign := direction(stays)
	counted, said := float32(0), float32(0)
	for _, m := range own {
		counted += m * sign
	}
	for _, m := range first {
		said += max(m*sign, 0)
	}
	clear(own)
	const least = .02 // where all else decided, they still come last
	scale := max(counted, least) / max(said, least)
	for f := range first {
		first[f] *= scale
	}
}

// direction is the sign of what speaks for a verdict.
func direction(stays bool) float32 {
	if stays {
		return 1
	}
	return -1
}

// stays reports whether the steps keep a block: a policy may keep one that has a
// kind.
func (b *Block) stays() bool { return b.Keep && (b.Kind == "" || b.Kind == KindStandfirst) }

func (x *Explainer) reasons(d *Doc, b *Block, row []uint8, moved []float32, odds float32) []model.Reason {
	sign := direction(b.stays())
	rs := x.phrases.Reasons(moved, sign, MaxReasons, func(f int) string {
		return x.phrases.Say(f, row[f], b.stays(), func(unit string, v uint8) (s string, always bool) {
			switch unit {
			case "gap":
				return gap(row[FeatureCount:], v), false
			case "tag", "last", "judged", "lean":
				return x.say(d, b, unit, v), true
			}
			return x.say(d, b, unit, v), false
		})
	})
	add := func(weight float32, text string) {
		if weight*sign <= .1 {
			return
		}
		at := slices.IndexFunc(rs, func(r model.Reason) bool { return r.Weight*sign < weight*sign })
		if at < 0 {
			at = len(rs)
		}
		rs = slices.Insert(rs, at, model.Reason{Weight: weight, Text: text})
	}
	if d.doubted && d.isComment(b) {
		add(-commentOdds, commentWords)
	}
	p := min(max(float64(b.P), 1e-6), 1-1e-6)
	add(float32(math.Log(p/(1-p)))-odds, kinWords)
	return rs[:min(len(rs), MaxReasons)]
}

// gap says how many words are between a block and content; nothing for what is
// content to the first model.
func gap(sequence []uint8, v uint8) string {
	if sequence[selfApart] >= 128 {
		return ""
	}
	words := model.Phrase{Unit: "log", Words: "{} word(s)", Zero: "right"}
	return words.Say(v, nil)
}

// say puts values of this step's own units in words. What names say is a reason
// only for a verdict in their direction.
func (x *Explainer) say(d *Doc, b *Block, unit string, v uint8) string {
	e := b.Elem
	switch unit {
	case "tag":
		if int(v) < len(tagNames) {
			return tagNames[v]
		}
	case "area":
		// The value is how many elements up it is, plus one.
		for ; v > 1 && e > 0; v-- {
			e = d.Elems[e].Parent
		}
		if v == 1 && e > 0 && int(e) < len(d.nodes) && d.nodes[e] != nil {
			step, _ := placeStep(d.nodes[e])
			return step
		}
	case "last":
		if int(v) < len(lastNames) {
			return lastNames[v]
		}
	case "own":
		if w := int8(int(v) - 128); w != 0 && w > 0 == b.stays() {
			return x.named(d, e, w)
		}
	case "chain":
		return x.around(d, e, int8(int(v)-128), b.stays())
	case "judged":
		if v != 0 && v >= 128 == b.stays() {
			return verdicts[b.stays()]
		}
	case "lean":
		if v != 0 && v > 128 == b.stays() {
			return leanings[b.stays()]
		}
	case "words":
		return telling(d, b, b.stays())
	case "above":
		for i := slices.IndexFunc(d.Blocks, func(o Block) bool { return o.Start == b.Start }) - 1; i >= 0; i-- {
			if above := &d.Blocks[i]; above.Flags&fHeading != 0 {
				return telling(d, above, b.stays())
			}
		}
	case "sum":
		// The strongest name in the verdict's direction stands for them all.
		if v == 128 || v > 128 != b.stays() {
			return ""
		}
		strongest, all := d.Elems[e].Chain[0], "class names around it mostly mark residue"
		if b.stays() {
			strongest, all = d.Elems[e].Chain[1], "class names around it mostly mark articles"
		}
		if name := x.around(d, e, strongest, b.stays()); name != "" {
			return "inside " + name
		}
		return all
	}
	return ""
}

// around is the name with a weight on an element or the nearest one around it.
func (x *Explainer) around(d *Doc, e int32, weight int8, stays bool) string {
	if weight == 0 || weight > 0 != stays {
		return ""
	}
	for n := 0; e > 0 && n < maxAround; e, n = d.Elems[e].Parent, n+1 {
		if own := &d.Elems[e].Own; own[0] == weight || own[1] == weight {
			return x.named(d, e, weight)
		}
	}
	return ""
}

// maxAround is how many elements up a name is looked for: pages may be deep.
const maxAround = 64

// named is the class or id of an element that has a part of this weight.
func (x *Explainer) named(d *Doc, e int32, weight int8) string {
	if int(e) >= len(d.nodes) || d.nodes[e] == nil {
		return ""
	}
	for _, a := range d.nodes[e].Attr {
		if name := weighing(a, weight); name != "" {
			return name
		}
	}
	return ""
}

// weighing is the token of an attribute with a part of this weight, as in CSS.
func weighing(a html.Attribute, weight int8) (name string) {
	sign, ok := map[string]string{"class": ".", "id": "#", "role": "role ", "itemprop": "itemprop "}[a.Key]
	if !ok {
		return ""
	}
	for _, tok := range strings.Fields(a.Val) {
		eachPart(tok, func(h uint32, _, _ int) {
			var s tokenSum
			s.look(vocabulary, h)
			if name == "" && weight != 0 && (s.min == weight || s.max == weight) {
				name = sign + tok
			}
		})
	}
	return name
}

// leanings are what words are typical of, by whether they speak for a block.
var leanings = map[bool]string{true: "articles", false: "residue"}

// verdicts are what blocks are taken for.
var verdicts = map[bool]string{true: "content", false: "residue"}

// telling is the word, or the two words, of a short block that speak most for
// or against it; empty when none does.
func telling(d *Doc, b *Block, content bool) (found string) {
	if b.End-b.Start > ngramBytes {
		return ""
	}
	most := int32(0)
	var room [ngramBytes + 1]byte
	look := func(text []byte) {
		EachNGram(text, func(key uint32) {
			if v, ok := d.ngrams.Find(key); ok && v > 0 == content && max(v, -v) > most {
				most, found = max(v, -v), string(text)
			}
		})
	}
	var last []byte
	for word := range bytes.FieldsSeq(d.Text[b.Start:b.End]) {
		look(word)
		if last != nil {
			look(append(append(append(room[:0], last...), ' '), word...))
		}
		last = word
	}
	if found = strings.Trim(found, ".,:;!?|·•()[]“”\"'"); found != "" {
		found = "“" + found + "”"
	}
	return found
}

// tagNames are the names of tags in words.
var tagNames = [tagCount]string{
	tOther: "", tA: "a", tP: "p", tDiv: "div", tSpan: "span", tLi: "li", tUl: "ul", tOl: "ol",
	tH1: "h1", tH2: "h2", tH3: "h3", tH4: "h4 to h6", tTd: "td", tTh: "th", tTr: "tr", tTable: "table",
	tArticle: "article", tMain: "main", tSection: "section", tAside: "aside", tNav: "nav", tHeader: "header",
	tFooter: "footer", tFigure: "figure", tFigcaption: "figcaption", tForm: "form", tButton: "button", tLabel: "label",
	tBlockquote: "blockquote", tPre: "pre", tDt: "dt", tDd: "dd", tDl: "dl", tBold: "b", tEm: "em", tTime: "time",
	tAddress: "address", tDetails: "details", tSummary: "summary", tDialog: "dialog", tBody: "body", tBr: "br",
	tCode: "code", tNoscript: "noscript", tHr: "hr", tFont: "font", tCaption: "caption", tImg: "img", tOption: "option",
	tCustom: "custom",
}

// lastNames are the classes of last characters in words.
var lastNames = [...]string{lastOther: "a word", lastEnd: "the end of a sentence", lastColon: "a colon", lastComma: "a comma",
	lastQuote: "a quotation mark", lastClose: "a closing bracket", lastArrow: "an arrow", lastDigit: "a digit"}
