package clean

import (
	"strings"

	"github.com/winnowtext/winnow/clean/internal/block"
	"github.com/winnowtext/winnow/clean/internal/meta"
)

// Where text comes from that is not that of a page's blocks.
const (
	linkedScript = `script[type="application/ld+json"]`
	dataScript   = `script[type$="json"]`
)

// render turns the kept blocks into lines, or the article body in the page's
// data where the page itself does not show it.
func (c *Cleaner) render(p *page) []block.Line {
	d, m := p.doc, p.about
	if p.in.Fragment {
		return block.Render(d)
	}
	if block.LacksBody(d, m.Body) {
		block.Replace(d, block.Source{Rule: block.RuleBody, Where: linkedScript})
		return block.RenderBody(m.Body)
	}
	if block.LacksText(d) {
		scripts := append(p.tree.Data[:len(p.tree.Data):len(p.tree.Data)], p.tree.JSONLD...)
		if body := p.meta.ScriptBody(scripts, m.Headlines); body != nil {
			if lines := c.renderParts(p, body); bytesOf(lines) > 3*d.Summary().Kept {
				block.Replace(d, block.Source{Rule: block.RuleScript, Where: dataScript + " " + body.Where})
				return lines
			}
		}
	}
	return block.Render(d)
}

// renderParts turns the parts of a body into lines.
func (c *Cleaner) renderParts(p *page, body *meta.Body) []block.Line {
	o := c.segmentOptions(p.in, nil)
	o.Explain, o.Structure = false, false // of what the part leaves out the page shows nothing
	w := p.within()
	var lines []block.Line
	for _, part := range body.Parts {
		p.clock.Look()
		if o.MaxNodes > 0 && len(lines) > o.MaxNodes {
			break
		}
		at := len(lines)
		if isPlain(part) {
			lines = append(lines, block.RenderBody(part)...)
		} else {
			tree := w.dom.Build([]byte(markup(part)), c.cutting())
			lines = append(lines, block.RenderPart(&w.blocks, tree.Root, p.about.Heading(), o)...)
		}
		if at > 0 && at < len(lines) {
			lines[at].Blank = 1
		}
	}
	return lines
}

// markup is a part of a body as markup: one without paragraphs of its own has
// line breaks or empty lines between them.
func markup(part string) string {
	if strings.Contains(part, "<p") || strings.Contains(part, "<br") || strings.Contains(part, "<div") {
		return part
	}
	between := "\n\n"
	if !strings.Contains(part, between) && !strings.Contains(part, "</") {
		between = "\n"
	}
	return "<p>" + strings.ReplaceAll(part, between, "</p><p>")
}

// isPlain reports whether a part is plain text, or such with marks: tags between
// fences of code are examples.
func isPlain(part string) bool {
	return strings.IndexByte(part, '<') < 0 && strings.IndexByte(part, '&') < 0 || strings.Contains(part, "```")
}

func bytesOf(lines []block.Line) (n int) {
	for i := range lines {
		n += len(lines[i].Text)
	}
	return n
}
