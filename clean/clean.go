package clean

import (
	"context"
	"fmt"

	"github.com/winnowtext/winnow/clean/internal/article"
	"github.com/winnowtext/winnow/clean/internal/block"
	"github.com/winnowtext/winnow/clean/internal/charset"
	"github.com/winnowtext/winnow/clean/internal/dom"
	"github.com/winnowtext/winnow/clean/internal/engine"
	"github.com/winnowtext/winnow/clean/internal/line"
	"github.com/winnowtext/winnow/clean/internal/meta"
	"github.com/winnowtext/winnow/clean/internal/pagetype"
	"github.com/winnowtext/winnow/clean/internal/rules"
	"github.com/winnowtext/winnow/clean/internal/work"
	"github.com/winnowtext/winnow/clean/memory"
)

// A Cleaner turns pages and texts into clean text. It never changes after New
// and may be used by many goroutines at once. The zero value cleans with the
// default options.
type Cleaner struct {
	opt    Options
	rules  *rules.Set
	model  *block.Classifier
	point  block.Point
	lines  *line.Model
	types  *pagetype.Model
	engine engine.Find // nil is the model
	root   block.Root
	memory *memory.Index      // nil unless texts are compared with others of their site
	why    *article.Explainer // nil unless decisions are asked for
	tables block.Tables       // empty but in cross-validation
	// blocksOnly leaves out the line step, to measure what it does.
	blocksOnly bool
}

// New checks the options and compiles the rules. The Cleaner is meant to be
// kept and used for many inputs; it copies what it is given.
func New(o Options) (c *Cleaner, err error) {
	defer noPanic(&err)
	o = o.clone()
	if err := o.check(); err != nil {
		return nil, err
	}
	set, err := rules.Builtin()
	if err != nil {
		return nil, fmt.Errorf("built-in rules: %w", err)
	}
	if set, err = o.extend(set); err != nil {
		return nil, err
	}
	c = &Cleaner{opt: o, rules: set, point: o.Mode.point()}
	if err := c.load(); err != nil {
		return nil, err
	}
	if o.Explain {
		if err := c.explain(); err != nil {
			return nil, err
		}
	}
	return c, c.remember()
}

// Clean cleans an input: a page, a fragment or a text, as in.Format or else the
// content tells. Encodings are found out; gzip and zlib are unpacked.
//
// The result is never nil. When ctx ends before the work does, or the input goes beyond
// a limit of Options other than MaxBytes, it holds what was found up to there; see
// [ErrTimeout], [ErrCanceled] and [ErrTooMany]. Beside other errors it is empty, with
// no Verdict. A Read of in.Body that blocks is waited for, whatever becomes of ctx: the
// body of a response ends with the context that its request was made with.
func (c *Cleaner) Clean(ctx context.Context, in Input) (res *Result, err error) {
	w := take(ctx)
	defer w.end(&res, &err)
	c = c.orStandard()
	src, err := w.read(&in, c)
	if err != nil {
		return nil, err
	}
	if in.Format == FromText {
		return c.text(w, string(src), &in)
	}
	return c.page(w, w.dom.Build(src, c.cutting()), &in)
}

// page is the way of a page. What the context ends is made of its beginning
// alone.
func (c *Cleaner) page(w *workspace, tree dom.Tree, in *Input) (*Result, error) {
	p := page{workspace: w, in: in, tree: tree}
	w.meta.Explain = c.opt.Explain
	p.about = w.meta.Extract(tree.Root, in.URL, tree.JSONLD)
	p.doc = w.blocks.Segment(tree.Root, c.segmentOptions(in, tree.Sheets))
	res, err := c.blocks(&p)
	if err != nil {
		w.clock.Stop()
		p.doc.Shorten()
		res, _ = c.blocks(&p)
	}
	return c.addOriginal(&p, res.own()), c.limitError(w.clock.Err(), p.doc.Cut)
}

// A page is what the steps before the blocks' verdicts found in one.
type page struct {
	*workspace
	in    *Input
	tree  dom.Tree
	about *meta.Meta
	doc   *block.Doc
	named bool // see nameBlocks
	apart bool // Options.Root has no text on the page

	kind   pagetype.Type
	kindPs [pagetype.Count]float32 // how probable each is
}

// blocks is the way from blocks to text: verdicts on blocks, lines of the kept
// ones, verdicts on lines, article.
func (c *Cleaner) blocks(p *page) (res *Result, err error) {
	defer work.Catch(&err)
	p.named = false
	c.pruneAround(p)
	block.Prune(p.doc, c.rules)
	score := c.find(p)
	block.Name(p.doc, c.rules, p.about.Heading())
	c.applyOptions(p)
	source := c.render(p)
	lines := c.pageLines(p, source)
	c.judge(p.workspace, lines, p.in)
	return c.finishPage(p, article.OfPage(p.doc, source, &p.lines, lines), lines, score), nil
}

// find tells the article's blocks from the others, and the F1 that is expected.
func (c *Cleaner) find(p *page) (score float64) {
	if p.in.Fragment {
		score = block.KeepAll(p.doc)
		block.DropTitleAbove(p.doc, c.knownTitle(p))
		return score
	}
	hints := block.HintsOf(p.about.Heading(), p.about.Description, p.about.Body, p.about.Type)
	block.Measure(p.doc, hints)
	c.tellType(p)
	hints.Other = p.kind != pagetype.Article
	score = block.Classify(p.doc, c.model, c.point)
	if c.engine != nil {
		found, _ := c.engine(p.tree.Root, p.in.URL) // none when it gave up
		score = block.Follow(p.doc, found)
	}
	block.Context(p.doc, c.rules, hints)
	block.DropTitle(p.doc, p.in.Title)
	return score
}

// text is the way of flattened text. What the context ends is made of its
// beginning alone.
func (c *Cleaner) text(w *workspace, s string, in *Input) (*Result, error) {
	res, cut, err := c.wholeText(w, s, in)
	if err != nil {
		w.clock.Stop()
		res, _, _ = c.wholeText(w, beginning(s), in)
	}
	return res.own(), c.limitError(w.clock.Err(), cut)
}

// wholeText is the way from lines to text. cut says that there were more of
// them than the limit.
func (c *Cleaner) wholeText(w *workspace, s string, in *Input) (res *Result, cut bool, err error) {
	defer work.Catch(&err)
	w.clock.Look()
	lines, head := c.textLines(w, s, in)
	return c.finishText(w, in, article.OfText(head, &w.lines, lines), lines), len(head) < len(s), nil
}

// textLines are the lines of a text, up to the limit, with verdicts on them.
func (c *Cleaner) textLines(w *workspace, s string, in *Input) (lines []line.Line, head string) {
	head = s
	if n := c.opt.maxNodes(); n > 0 {
		head = w.lines.Head(s, n)
	}
	split := head
	if c.opt.Mojibake {
		split = charset.Repair(head)
	}
	return c.judgedLines(w, split, in), head
}

// judge is the part that pages and texts share.
func (c *Cleaner) judge(w *workspace, lines []line.Line, in *Input) {
	if !c.blocksOnly {
		w.lines.Clean(c.lines, lines, c.rules, in.host())
	}
	if in.Format == FromText && !c.opt.Title {
		in.dropTitle(lines)
	}
	c.keepCuts(lines)
}
