package clean

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"sync"

	"github.com/PuerkitoBio/goquery"
	"github.com/winnowtext/winnow/clean/internal/block"
	"github.com/winnowtext/winnow/clean/internal/dom"
	"github.com/winnowtext/winnow/clean/internal/line"
	"github.com/winnowtext/winnow/clean/internal/meta"
	"github.com/winnowtext/winnow/clean/internal/rules"
)

// A Cleaner turns pages and texts into clean text. It never changes after New
// and may be used by many goroutines at once.
type Cleaner struct {
	opt    Options
	rules  *rules.Set
	model  *block.Classifier
	point  block.Point
	lines  *line.Model
	why    *explainer   // nil unless decisions are asked for
	tables block.Tables // empty but in cross-validation
	// blocksOnly leaves out the line step, to measure what it does.
	blocksOnly bool
}

// New checks the options and compiles the rules. The Cleaner is meant to be
// kept and used for many inputs.
func New(o Options) (c *Cleaner, err error) {
	defer noPanic(&err)
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
	trees, err := block.LoadClassifier()
	if err != nil {
		return nil, fmt.Errorf("built-in model: %w", err)
	}
	lines, err := line.LoadModel()
	if err != nil {
		return nil, fmt.Errorf("built-in line model: %w", err)
	}
	c = &Cleaner{opt: o, rules: set, model: trees, point: o.Mode.point(), lines: lines}
	if o.Explain {
		if c.why, err = newExplainer(set, trees); err != nil {
			return nil, err
		}
		if c.lines, err = lines.Explaining(); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// standard is the Cleaner of the zero Options.
var standard = sync.OnceValue(func() *Cleaner {
	c, err := New(Options{})
	if err != nil {
		panic("clean: " + err.Error()) // embedded data, loaded by every test
	}
	return c
})

// Text cleans flattened text with the default options.
func Text(s string) string {
	text, err := standard().onlyText(s)
	if err != nil {
		return s // a fault in this library: better dirty than lost
	}
	return text
}

// HTML cleans a page with the default options. page is its address, if known.
func HTML(r io.Reader, page *url.URL) (*Result, error) {
	return standard().HTML(context.Background(), r, page)
}

// HTML cleans a page. The encoding is found out from the bytes; gzip is
// unpacked. page is the address of the page, to make others absolute; it may be
// nil. It is short for [Cleaner.Clean].
func (c *Cleaner) HTML(ctx context.Context, r io.Reader, page *url.URL) (*Result, error) {
	return c.Clean(ctx, Input{Body: r, URL: page, Format: FromHTML})
}

// Clean cleans an input: a page, a fragment or a text, which in.Format tells or
// else the content.
//
// When ctx ends before the work does, or the input goes beyond a limit of
// Options other than MaxBytes, the result holds what was found up to there, and
// the error tells why it is not all; see [ErrTimeout] and [ErrTooMany].
func (c *Cleaner) Clean(ctx context.Context, in Input) (res *Result, err error) {
	defer noPanic(&err)
	raw, err := dom.Read(ctx, in.Body, c.opt.maxBytes())
	if err != nil {
		return nil, timeError(err)
	}
	defer dom.Free(raw)
	src, _, err := dom.Decode(ctx, raw, in.ContentType)
	if err != nil {
		return nil, timeError(err)
	}
	if from := in.format(); from == FromText || from == Auto && !dom.IsHTML(src) {
		return c.Text(ctx, string(src))
	}
	if c.opt.Mojibake {
		src = []byte(dom.Repair(string(src)))
	}
	// When ctx has ended, the tree is a beginning; page says so.
	tree, _ := dom.Build(ctx, src, c.cutting())
	defer tree.Free()
	return c.page(ctx, tree, in.URL)
}

// Document cleans a page that was parsed before. The document is not changed.
func (c *Cleaner) Document(ctx context.Context, doc *goquery.Document, page *url.URL) (res *Result, err error) {
	defer noPanic(&err)
	if doc == nil || len(doc.Nodes) == 0 {
		return &Result{Verdict: Empty}, nil
	}
	return c.page(ctx, dom.Tree{Root: doc.Nodes[0]}, page)
}

// page is the way of a page to blocks and metadata. When ctx ends anywhere on
// the way, the first blocks alone go through the rest of it.
func (c *Cleaner) page(ctx context.Context, tree dom.Tree, page *url.URL) (*Result, error) {
	m := meta.Extract(ctx, tree.Root, page, tree.JSONLD)
	d, _ := block.Segment(ctx, tree.Root, c.segmentOptions(page))
	var res *Result
	if ctx.Err() == nil {
		res = c.blocks(ctx, d, m, tree, page)
	}
	short := res == nil
	if short {
		rest := context.WithoutCancel(ctx)
		d.Shorten(rest)
		res = c.blocks(rest, d, m, tree, page)
	}
	err := c.limitError(ctx, short, d.Cut)
	d.Release()
	return res, err
}

// blocks is the way from blocks to text: verdicts on blocks, lines of the kept
// ones, verdicts on lines, text. The result is nil when ctx ended.
func (c *Cleaner) blocks(ctx context.Context, d *block.Doc, m *meta.Meta, tree dom.Tree, page *url.URL) *Result {
	block.Prune(d, c.rules)
	hints := block.HintsOf(m.Title, m.Description, m.Body, m.Type)
	block.Measure(d, hints)
	if ctx.Err() != nil {
		return nil
	}
	score := block.Classify(d, c.model, c.point)
	if c.opt.Engine == Readability {
		article, _ := dom.Readability(tree.Root, page) // none when it gave up
		score = block.Follow(d, article)
	}
	block.Context(d, c.rules, hints)
	if ctx.Err() != nil {
		return nil
	}
	block.Name(d, c.rules)
	if ctx.Err() != nil {
		return nil
	}
	c.applyOptions(d)

	rendered := c.render(ctx, d, m, tree, page)
	if ctx.Err() != nil {
		return nil
	}
	lines := c.pageLines(ctx, d, rendered)
	c.judge(ctx, lines, host(page))
	if ctx.Err() != nil {
		return nil
	}
	res := &Result{Text: line.JoinUntil(ctx, lines)}
	if ctx.Err() != nil {
		return nil
	}
	if c.finishPage(ctx, res, d, m, lines, score); ctx.Err() != nil {
		return nil
	}
	if c.opt.Explain {
		if res.Decisions = c.why.page(ctx, d, rendered, lines); ctx.Err() != nil {
			return nil
		}
	}
	line.Free(lines)
	return res
}

// Text cleans text that was flattened by another scraper.
func (c *Cleaner) Text(ctx context.Context, s string) (res *Result, err error) {
	defer noPanic(&err)
	if err := ctx.Err(); err != nil {
		return nil, timeError(err)
	}
	all := len(s)
	if n := c.opt.maxNodes(); n > 0 {
		s = line.Head(ctx, s, n)
	}
	cut := len(s) < all
	res = c.text(ctx, s)
	short := res == nil
	if short {
		res = c.text(context.WithoutCancel(ctx), beginning(s))
	}
	return res, c.limitError(ctx, short, cut)
}

// text is the way of flattened text: lines, verdicts on them, text. The result
// is nil when ctx ended.
func (c *Cleaner) text(ctx context.Context, s string) *Result {
	lines := c.textLines(ctx, s)
	if ctx.Err() != nil {
		return nil
	}
	res := &Result{Text: line.JoinText(ctx, lines, s)}
	if c.finishText(ctx, res, lines); ctx.Err() != nil {
		return nil
	}
	if c.opt.Explain {
		if res.Decisions = c.why.text(ctx, lines); ctx.Err() != nil {
			return nil
		}
	}
	line.Free(lines)
	return res
}

// textLines are the lines of a flattened text and the verdicts on them.
func (c *Cleaner) textLines(ctx context.Context, s string) []line.Line {
	if c.opt.Mojibake {
		s = dom.Repair(s)
	}
	lines := line.SplitUntil(ctx, s, c.rules)
	c.judge(ctx, lines, "")
	return lines
}

// onlyText is Text for those who need nothing of the result but its text.
func (c *Cleaner) onlyText(s string) (text string, err error) {
	defer noPanic(&err)
	ctx := context.Background()
	if n := c.opt.maxNodes(); n > 0 && len(line.Head(ctx, s, n)) < len(s) {
		return "", c.limitError(ctx, false, true)
	}
	lines := c.textLines(ctx, s)
	text = line.JoinText(ctx, lines, s)
	line.Free(lines)
	return text, nil
}

// judge is the part that pages and texts share.
func (c *Cleaner) judge(ctx context.Context, lines []line.Line, host string) {
	if !c.blocksOnly {
		c.lines.Clean(ctx, lines, c.rules, host)
	}
	c.keepCuts(lines)
}
