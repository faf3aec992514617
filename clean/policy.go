package clean

import (
	"github.com/winnowtext/winnow/clean/internal/block"
	"github.com/winnowtext/winnow/clean/internal/line"
	"github.com/winnowtext/winnow/clean/internal/rules"
)

// action is what happens to pieces of a kind.
func (c *Cleaner) action(k rules.Kind) Action {
	a, ok := c.opt.Policy[Kind(k)]
	if !ok && k == block.KindStandfirst {
		return Keep
	}
	return a
}

// nameStandfirst names the lead of the text, and drops it where that is wanted.
func (c *Cleaner) nameStandfirst(p *page) {
	if p.in.Fragment {
		return
	}
	block.NameStandfirst(p.doc, p.about.Description)
	if c.action(block.KindStandfirst) != Drop {
		return
	}
	for i := range p.doc.Blocks {
		if b := &p.doc.Blocks[i]; b.Kind == block.KindStandfirst {
			b.Keep, b.Rule, b.Step = false, "standfirst.lead", "context"
		}
	}
}

// pruneAround takes out what lies around Options.Root.
func (c *Cleaner) pruneAround(p *page) {
	p.apart = c.root != nil && !block.PruneAround(p.doc)
}

// knownTitle is the title of which a fragment needs no copy: one that is known from
// elsewhere, or the one that is put in front.
func (c *Cleaner) knownTitle(p *page) string {
	if p.in.Title == "" && c.opt.Title {
		return p.about.Heading()
	}
	return p.in.Title
}

// applyOptions drops tables when they are not wanted and lets the blocks stay
// that the policy for their kind keeps.
func (c *Cleaner) applyOptions(p *page) {
	if c.opt.NoTables {
		block.DropTables(p.doc)
	}
	if c.opt.Explain || len(c.opt.Policy) > 0 {
		c.nameBlocks(p)
		c.nameStandfirst(p)
	}
	if len(c.opt.Policy) == 0 {
		return
	}
	for i := range p.doc.Blocks {
		if b := &p.doc.Blocks[i]; !b.Keep && c.action(b.Kind) != Drop {
			b.Keep = true
		}
	}
}

// nameBlocks gives short blocks for which the model had no better word than
// boilerplate the kind that a rule about lines knows.
func (c *Cleaner) nameBlocks(p *page) {
	if p.named {
		return
	}
	p.named = true
	for i := range p.doc.Blocks {
		p.clock.Step()
		c.nameBlock(p, i)
	}
}

// nameBlock does so with one block.
func (c *Cleaner) nameBlock(p *page, i int) {
	const most = 120 // bytes
	b := &p.doc.Blocks[i]
	if b.Keep || b.Kind != "boilerplate" || b.End-b.Start > most {
		return
	}
	m := &p.single
	lines := m.Split(string(p.doc.Text[b.Start:b.End]), nil)
	if m.Classify(lines, c.rules, ""); len(lines) == 1 && lines[0].Dropped() {
		b.Kind = lines[0].Cuts[0].Kind
	}
}

// keepCuts lets the pieces of lines stay that the policy for their kind keeps.
func (c *Cleaner) keepCuts(lines []line.Line) {
	if len(c.opt.Policy) == 0 {
		return
	}
	for i := range lines {
		for j := range lines[i].Cuts {
			cut := &lines[i].Cuts[j]
			a := c.action(cut.Kind)
			cut.Keep, cut.Mark = a != Drop, a == Mark
		}
	}
}

// pageLines turns rendered blocks into lines for the line step.
func (c *Cleaner) pageLines(p *page, rendered []block.Line) []line.Line {
	lines := p.lines.Lines(len(rendered))
	for i := range rendered {
		p.clock.Step()
		r := &rendered[i]
		l := &lines[i]
		*l = lineOf(r)
		if len(r.Spans) == 0 {
			continue
		}
		b := &p.doc.Blocks[r.Spans[0].Block]
		if b.Kind == "" {
			if b.Step == "prune" {
				l.Stay(b.Rule) // a rule keeps it
			}
			continue
		}
		if _, asked := c.opt.Policy[Kind(b.Kind)]; b.Kind == block.KindStandfirst && !asked {
			continue // it stays in any case
		}
		// Left out by an earlier step, kept by policy: no step judges it again.
		l.Hold(line.Cut{Start: 0, End: len(l.Text), Kind: b.Kind, Rule: b.Rule, Step: b.Step, P: b.P})
	}
	return lines
}

// lineOf is a line of rendered blocks as the line step takes it.
func lineOf(r *block.Line) line.Line {
	l := line.Line{Text: r.Text, Role: lineRoles[r.Role], Blank: r.Blank, P: r.P}
	if r.Role == block.Item {
		l.Prefix = "- "
	}
	return l
}

var lineRoles = [...]line.Role{
	block.Para: line.Para, block.Heading: line.Heading, block.Item: line.Item, block.Row: line.Row,
	block.Code: line.Code, block.Quote: line.Quote, block.Caption: line.Para,
}
