package clean

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/winnowtext/winnow/clean/internal/article"
	"github.com/winnowtext/winnow/clean/internal/block"
	"github.com/winnowtext/winnow/clean/internal/line"
	"github.com/winnowtext/winnow/clean/internal/meta"
	"github.com/winnowtext/winnow/clean/internal/words"
	"github.com/winnowtext/winnow/clean/internal/work"
)

// finishPage makes the result of a page.
func (c *Cleaner) finishPage(p *page, a *article.Article, lines []line.Line, score float64) *Result {
	res := &Result{Format: FromHTML, Score: score, Warnings: c.warnings(p)}
	c.print(res, a, article.Structure{Base: p.about.Base, Lead: p.about.Image, Fragment: p.in.Fragment, Name: func(i int) { c.nameBlock(p, i) }})
	res.Comments = c.comments(p)
	p.about.AddLines(&p.clock, append(removedLines(lines), c.behind(p)...))
	res.setMeta(p.about, p.in)
	res.Origins = c.origins(p.about, p.in)
	res.Verdict = c.pageVerdict(res, p)
	if !p.in.Fragment {
		res.Type, res.TypeP = PageType(p.kind.String()), round2(p.kindPs[p.kind])
	}
	switch {
	case res.Text == "":
		res.Score = 0
	case res.Verdict == Stub:
		res.Score = min(res.Score, stubScore)
	}
	if c.opt.Title && res.Title != "" && res.Text != "" {
		res.addTitle()
	}
	return res
}

// finishText makes the result of a flattened text.
func (c *Cleaner) finishText(w *workspace, in *Input, a *article.Article, lines []line.Line) *Result {
	res := &Result{Format: FromText, Warnings: w.warnings()}
	if c.opt.Original {
		res.Original = a.Input()
	}
	c.print(res, a, article.Structure{})
	var kept []string
	left, all := 0, 0
	for i := range lines {
		w.clock.Step()
		w.clock.Read(len(lines[i].Text))
		n := words.Estimate(lines[i].Text)
		all += n
		if !lines[i].Dropped() {
			left += n
			if len(kept) < titleLines {
				kept = append(kept, lines[i].Text)
			}
		}
	}
	m := &meta.Meta{Title: meta.TitleOf(kept)}
	m.AddLines(&w.clock, removedLines(lines))
	m.Language = w.lines.Language()
	res.setMeta(m, in)
	if in.URL != nil {
		res.URL = in.URL.String()
	}
	res.Origins = c.origins(m, in)
	switch {
	case res.Text == "":
		res.Verdict = Empty
	case left < stubWords && left*2 < all:
		res.Verdict = Stub
	default:
		res.Verdict = Article
	}
	if all > 0 {
		res.Score = float64(left) / float64(all)
	}
	return res
}

// addOriginal adds the text of a page with all its blocks, of which nothing is of use
// after that. Where the time is over, there is none.
func (c *Cleaner) addOriginal(p *page, res *Result) (same *Result) {
	if same = res; !c.opt.Original {
		return same
	}
	var ended error // limitError tells it
	defer work.Catch(&ended)
	for i := range p.doc.Blocks {
		p.doc.Blocks[i].Keep = true
	}
	rendered := block.Render(p.doc)
	lines := p.lines.Lines(len(rendered))
	for i := range rendered {
		lines[i] = lineOf(&rendered[i])
	}
	res.Original = article.OfPage(p.doc, rendered, &p.lines, lines).Text()
	return same
}

// warnings are those about a page.
func (c *Cleaner) warnings(p *page) []string {
	list := p.workspace.warnings()
	if p.apart {
		list = append(list, fmt.Sprintf("no text of the page lies in its root %q: all of it was read", c.opt.Root))
	}
	return list
}

// titleLines is how many lines of a text's beginning may be its title.
const titleLines = 4

// print fills the text, and what options ask for beside it.
func (c *Cleaner) print(res *Result, a *article.Article, s article.Structure) {
	var pieces []article.Piece
	if c.opt.Explain {
		pieces = a.Pieces(c.why)
		res.Decisions = decisions(pieces)
	}
	if !c.opt.Structure {
		res.Text = a.Text()
		return
	}
	s.NoLinks, s.NoImages = c.opt.NoLinks, c.opt.NoImages
	text, bs, tree := a.Blocks(pieces, s)
	res.Text, res.Blocks, res.tree = text, blocks(bs), tree
}

// removedLines are the pieces that may hold metadata.
func removedLines(lines []line.Line) []meta.Piece {
	var ps []meta.Piece
	for i := range lines {
		for _, c := range lines[i].Cuts {
			switch c.Kind {
			case "byline", "date", "credit", "readmore":
				ps = append(ps, meta.Piece{Kind: string(c.Kind), Rule: c.Rule, Text: lines[i].Text[c.Start:c.End]})
			}
		}
	}
	return ps
}

// behind reads the blocks right behind the text, which the model may have taken
// out before a rule about lines saw them: "Read more: NAME" stands there.
func (c *Cleaner) behind(p *page) (ps []meta.Piece) {
	const near, longest = 3, 200 // blocks, bytes
	d := p.doc
	last := len(d.Blocks) - 1
	for last >= 0 && !d.Blocks[last].Keep {
		last--
	}
	if last < 0 {
		return nil
	}
	w := &p.behind
	for _, b := range d.Blocks[last+1 : min(last+1+near, len(d.Blocks))] {
		if b.End-b.Start > longest || b.Kind == "hidden" {
			continue
		}
		text := string(d.Text[b.Start:b.End])
		c.rules.Scan(w, text)
		if hit, ok := c.rules.Match(w, ""); ok && (hit.Rule.Kind == "readmore" || hit.Rule.Kind == "byline") {
			ps = append(ps, meta.Piece{Kind: string(hit.Rule.Kind), Rule: hit.Rule.ID, Text: text})
		}
	}
	return ps
}

func (res *Result) setMeta(m *meta.Meta, in *Input) {
	res.Title, res.Authors, res.Byline = m.Title, m.Authors, m.Byline
	if in.Title != "" {
		res.Title = in.Title
	}
	res.SiteName, res.Source = m.SiteName, m.Source
	res.Published, res.PublishedPrecision = m.Published, precision(m.Published)
	res.Modified, res.ModifiedPrecision = m.Modified, precision(m.Modified)
	res.Language, res.Direction, res.Excerpt = languageTag(m.Language), m.Direction, m.Excerpt
	res.Section, res.Tags = m.Section, m.Tags
	res.Image, res.Favicon, res.URL, res.Canonical = m.Image, m.Favicon, m.URL, m.Canonical
	if len(m.Images) > 0 {
		res.Images = make([]Image, len(m.Images))
	}
	for i := range m.Images {
		res.Images[i] = Image(m.Images[i])
	}
	res.DataType, res.Free = m.Type, m.Free
	res.Words = words.Count(res.Text)
}

// precision is how much of a time is known.
func precision(t time.Time) DatePrecision {
	switch {
	case t.IsZero():
		return ""
	case dateOnly(t):
		return DayOnly
	}
	return DayAndTime
}

// languageTag is a language tag in lower case as BCP 47 recommends to write it:
// "zh-Hant-TW".
func languageTag(s string) string {
	parts := strings.Split(s, "-")
	for i, p := range parts {
		switch {
		case i > 0 && len(p) == 2:
			parts[i] = strings.ToUpper(p)
		case i > 0 && len(p) == 4 && p[0] >= 'a':
			parts[i] = strings.ToUpper(p[:1]) + p[1:]
		}
	}
	return strings.Join(parts, "-")
}

// origins are where metadata was found, for those who asked.
func (c *Cleaner) origins(m *meta.Meta, in *Input) (list []Origin) {
	if !c.opt.Explain {
		return nil
	}
	for _, o := range m.Origins {
		if o.Field == "title" && in.Title != "" {
			o.Source, o.Name = "input", ""
		}
		list = append(list, Origin(o))
	}
	return list
}

// round2 is a probability in hundredths.
func round2(p float32) float64 { return math.Round(float64(p)*100) / 100 }
