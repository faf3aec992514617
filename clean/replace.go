package clean

import (
	"context"
	"net/url"
	"strings"

	"github.com/winnowtext/winnow/clean/internal/block"
	"github.com/winnowtext/winnow/clean/internal/dom"
	"github.com/winnowtext/winnow/clean/internal/meta"
)

// Where text comes from that is not that of a page's blocks.
const (
	linkedScript = `script[type="application/ld+json"]`
	dataScript   = `script[type$="json"]`
)

// render turns the kept blocks into lines, or the article body in the page's
// data where the page itself does not show it.
func (c *Cleaner) render(ctx context.Context, d *block.Doc, m *meta.Meta, tree dom.Tree, page *url.URL) []block.Line {
	if block.LacksBody(d, m.Body) {
		block.Replace(d, block.Source{Rule: block.RuleBody, Where: linkedScript})
		return block.RenderBody(m.Body)
	}
	if block.LacksText(d) {
		scripts := append(tree.Data[:len(tree.Data):len(tree.Data)], tree.JSONLD...)
		if body := meta.ScriptBody(ctx, tree.Root, scripts, m.Headlines); body != nil {
			if lines := c.renderParts(ctx, body, m.Title, page); bytesOf(lines) > 3*d.Summary().Kept {
				block.Replace(d, block.Source{Rule: block.RuleScript, Where: dataScript + " " + body.Where})
				return lines
			}
		}
	}
	return block.Render(d)
}

// renderParts turns the parts of a body into lines.
func (c *Cleaner) renderParts(ctx context.Context, body *meta.Body, title string, page *url.URL) []block.Line {
	o := c.segmentOptions(page)
	o.Explain = false // of what the part leaves out the page shows nothing
	var lines []block.Line
	for _, part := range body.Parts {
		if ctx.Err() != nil {
			return nil
		}
		if o.MaxNodes > 0 && len(lines) > o.MaxNodes {
			break
		}
		at := len(lines)
		if isPlain(part) {
			lines = append(lines, block.RenderBody(part)...)
		} else {
			tree, _ := dom.Build(ctx, []byte(markup(part)), c.cutting())
			lines = append(lines, block.RenderPart(ctx, tree.Root, title, o)...)
			tree.Free()
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

// isPlain tells whether a part is plain text, or such with marks: tags between
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
