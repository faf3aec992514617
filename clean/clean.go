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
	"github.com/winnowtext/winnow/clean/internal/model"
	"github.com/winnowtext/winnow/clean/internal/rules"
	"golang.org/x/net/html"
)

// A Cleaner turns pages and texts into clean text. It never changes after New
// and may be used by many goroutines at once.
type Cleaner struct {
	opt   Options
	rules *rules.Set
	model *model.Ensemble
	point block.Point
	lines *line.Model
	// vocabulary is nil but in cross-validation.
	vocabulary *block.Vocabulary
	// blocksOnly leaves out the line step, to measure what it does.
	blocksOnly bool
}

// New checks the options and compiles the rules. The Cleaner is meant to be
// kept and used for many inputs.
func New(o Options) (*Cleaner, error) {
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
	trees, err := block.LoadModel()
	if err != nil {
		return nil, fmt.Errorf("built-in model: %w", err)
	}
	lines, err := line.LoadModel()
	if err != nil {
		return nil, fmt.Errorf("built-in line model: %w", err)
	}
	return &Cleaner{opt: o, rules: set, model: trees, point: o.Mode.point(), lines: lines}, nil
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
	res, err := standard().Text(context.Background(), s)
	if err != nil {
		return s // a fault in this library: better dirty than lost
	}
	return res.Text
}

// HTML cleans a page with the default options. page is its address, if known.
func HTML(r io.Reader, page *url.URL) (*Result, error) {
	return standard().HTML(context.Background(), r, page)
}

// HTML cleans a page, or a fragment such as the content of a feed item. The
// encoding is found out from the bytes; gzip is unpacked. page is the address
// of the page, to make others absolute; it may be nil. When ctx ends while the
// page is read into blocks, what was found so far is returned with ErrTimeout.
func (c *Cleaner) HTML(ctx context.Context, r io.Reader, page *url.URL) (*Result, error) {
	return c.Read(ctx, r, FromHTML, page)
}

// Read cleans an input whose format is told by from, or with Auto by its
// content.
func (c *Cleaner) Read(ctx context.Context, r io.Reader, from Format, page *url.URL) (res *Result, err error) {
	defer noPanic(&err)
	raw, err := dom.Read(contextReader{ctx, r}, c.opt.maxBytes())
	if err != nil {
		return nil, timeError(err)
	}
	defer dom.Free(raw)
	src, _, err := dom.Decode(raw, c.opt.Charset)
	if err != nil {
		return nil, timeError(err)
	}
	if from == FromText || from == Auto && !dom.IsHTML(src) {
		return c.Text(ctx, string(src))
	}
	if c.opt.Mojibake {
		src = []byte(dom.Repair(string(src)))
	}
	src, jsonld := dom.Cut(src[:0], src, dom.Cutting{SVG: !c.opt.Explain, Attrs: len(c.opt.Rules) == 0})
	root, err := dom.Parse(src)
	if err != nil {
		return nil, timeError(err)
	}
	return c.page(ctx, root, jsonld, page)
}

// Document cleans a page that was parsed before. The document is not changed.
func (c *Cleaner) Document(ctx context.Context, doc *goquery.Document, page *url.URL) (res *Result, err error) {
	defer noPanic(&err)
	if doc == nil || len(doc.Nodes) == 0 {
		return &Result{Verdict: Empty}, nil
	}
	return c.page(ctx, doc.Nodes[0], nil, page)
}

// page is the way of a page: metadata and blocks of the tree, verdicts on
// blocks, lines of the kept ones, verdicts on lines, text.
func (c *Cleaner) page(ctx context.Context, root *html.Node, jsonld []string, page *url.URL) (*Result, error) {
	m := meta.Extract(root, page, jsonld)
	d, err := block.Segment(ctx, root, c.segmentOptions(page))
	block.Prune(d, c.rules)
	hints := block.HintsOf(m.Title, m.Description, m.Body, m.Type)
	rows := block.Measure(d, hints)
	score := block.Classify(d, rows, c.model, c.point)
	block.Context(d, c.rules, hints)
	block.Name(d, c.rules)
	c.applyOptions(d)

	var rendered []block.Line
	if block.LacksBody(d, m.Body) {
		rendered = block.RenderBody(d, m.Body)
	} else {
		rendered = block.Render(d)
	}
	lines := c.pageLines(d, rendered)
	c.judge(lines, host(page))
	res := &Result{Text: line.Join(lines)}
	c.finishPage(res, d, m, lines, score)
	if c.opt.Explain {
		res.Decisions = pageDecisions(d, rendered, lines)
	}
	d.Release()
	return res, timeError(err)
}

// Text cleans text that was flattened by another scraper.
func (c *Cleaner) Text(ctx context.Context, s string) (res *Result, err error) {
	defer noPanic(&err)
	if err := ctx.Err(); err != nil {
		return nil, timeError(err)
	}
	return c.text(s), nil
}

// text is the way of flattened text: lines, verdicts on them, text.
func (c *Cleaner) text(s string) *Result {
	if c.opt.Mojibake {
		s = dom.Repair(s)
	}
	lines := line.Split(s)
	c.judge(lines, "")
	res := &Result{Text: line.Join(lines)}
	c.finishText(res, lines)
	if c.opt.Explain {
		res.Decisions = textDecisions(lines)
	}
	return res
}

// judge is the part that pages and texts share.
func (c *Cleaner) judge(lines []line.Line, host string) {
	if !c.blocksOnly {
		c.lines.Clean(lines, c.rules, host)
	}
	c.keepCuts(lines)
}
