package clean

import (
	"math/bits"
	"net/url"
	"unicode"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/article"
	"github.com/winnowtext/winnow/clean/internal/block"
	"github.com/winnowtext/winnow/clean/internal/eight"
	"github.com/winnowtext/winnow/clean/internal/line"
	"github.com/winnowtext/winnow/clean/internal/meta"
	"github.com/winnowtext/winnow/clean/internal/rules"
)

// finishPage makes the result of a page.
func (c *Cleaner) finishPage(p *page, a *article.Article, lines []line.Line, score float64) *Result {
	res := &Result{Text: a.Text(), Format: FromHTML, Score: score}
	p.about.AddLines(&p.clock, append(removedLines(lines), c.behind(p.doc)...))
	res.setMeta(p.about, p.in)
	c.explain(res, a, p.about.Base)
	res.Verdict = c.pageVerdict(res, p)
	if res.Text == "" {
		res.Score = 0
	}
	if c.opt.Title && res.Title != "" && res.Text != "" {
		res.addTitle()
	}
	return res
}

// finishText makes the result of a flattened text.
func (c *Cleaner) finishText(w *workspace, in *Input, a *article.Article, lines []line.Line) *Result {
	res := &Result{Text: a.Text(), Format: FromText}
	var kept []string
	words, all := 0, 0
	for i := range lines {
		w.clock.Step()
		w.clock.Read(len(lines[i].Text))
		n := wordsOf(lines[i].Text)
		all += n
		if !lines[i].Dropped() {
			words += n
			if len(kept) < titleLines {
				kept = append(kept, lines[i].Text)
			}
		}
	}
	m := &meta.Meta{Title: meta.TitleOf(kept)}
	m.AddLines(&w.clock, removedLines(lines))
	res.setMeta(m, in)
	c.explain(res, a, nil)
	switch {
	case res.Text == "":
		res.Verdict = Empty
	case words < stubWords && words*2 < all:
		res.Verdict = Stub
	default:
		res.Verdict = Article
	}
	if all > 0 {
		res.Score = float64(words) / float64(all)
	}
	return res
}

// titleLines is how many lines of a text's beginning may be its title.
const titleLines = 4

// explain fills what options ask for beside the text.
func (c *Cleaner) explain(res *Result, a *article.Article, base *url.URL) {
	var pieces []article.Piece
	if c.opt.Explain {
		pieces = a.Pieces(c.why)
		res.Decisions = decisions(pieces)
	}
	if c.opt.Structure {
		res.Blocks = blocks(a.Blocks(pieces, base))
	}
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
func (c *Cleaner) behind(d *block.Doc) (ps []meta.Piece) {
	const near, longest = 3, 200 // blocks, bytes
	last := len(d.Blocks) - 1
	for last >= 0 && !d.Blocks[last].Keep {
		last--
	}
	if last < 0 {
		return nil
	}
	var w rules.Words
	for _, b := range d.Blocks[last+1 : min(last+1+near, len(d.Blocks))] {
		if b.End-b.Start > longest || b.Kind == "hidden" {
			continue
		}
		text := string(d.Text[b.Start:b.End])
		c.rules.Scan(&w, text)
		if hit, ok := c.rules.Match(&w, ""); ok && hit.Rule.Kind == "readmore" {
			ps = append(ps, meta.Piece{Kind: string(hit.Rule.Kind), Rule: hit.Rule.ID, Text: text})
		}
	}
	return ps
}

func (res *Result) setMeta(m *meta.Meta, in *Input) {
	res.Title, res.Byline = m.Title, m.Byline
	if in.Title != "" {
		res.Title = in.Title
	}
	res.SiteName, res.Source = m.SiteName, m.Source
	res.Published, res.Modified = m.Published, m.Modified
	res.Language, res.Excerpt = m.Language, m.Excerpt
	res.Image, res.URL = m.Image, m.URL
}

// Bounds of verdicts, in words.
const (
	// stubWords is how short a text is that may be no more than a notice.
	stubWords = 60
	// partialWords is how short the open part of a walled article is.
	partialWords = 250
	// partialBytes is more than those words take.
	partialBytes = 64 << 10
)

// pageVerdict says what kind of page it was.
func (c *Cleaner) pageVerdict(res *Result, p *page) Verdict {
	s := p.doc.Summary()
	if p.in.Fragment {
		if res.Text == "" {
			return Empty
		}
		return Article
	}
	if res.Text == "" {
		if s.Notice {
			return Stub
		}
		return Empty
	}
	words := countWords(res.Text[:min(len(res.Text), partialBytes)])
	walled := p.about.Free != nil && !*p.about.Free
	if short := words < stubWords; short || walled && words < partialWords {
		c.nameBlocks(p) // unless that was done: what is called a wall may not depend on who asks
		if p.doc.Summary().Wall {
			if walled {
				return Partial
			}
			return Stub
		}
	}
	if s.Links*2 > s.Kept || s.Good == 0 && s.Heads > 8 {
		return Listing
	}
	return Article
}

// wordsOf is countWords of a line, estimated by its beginning if it is very long.
func wordsOf(s string) int {
	const enough = 256 << 10
	if len(s) <= enough {
		return countWords(s)
	}
	return int(int64(countWords(s[:enough])) * int64(len(s)) / enough)
}

// countWords counts words; two letters of a script without spaces are one.
func countWords(s string) int {
	n, ideographs := 0, 0
	in := false
	for i := 0; i < len(s); {
		for ; i+8 <= len(s); i += 8 {
			begins, ends, ascii := wordsOf8(s[i:i+8], in)
			if !ascii {
				break
			}
			n, in = n+begins, ends
		}
		if i == len(s) {
			break
		}
		if c := s[i]; c < utf8.RuneSelf {
			i++
			if c == ' ' || c-'\t' < 5 {
				in = false
			} else if !in {
				n++
				in = true
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		switch {
		case r >= 0x3040 && r < 0xA000 || r >= 0x0E00 && r < 0x0E80 || r >= 0x20000 && r < 0x30000:
			ideographs++
			in = false
		case unicode.IsSpace(r):
			in = false
		default:
			if !in {
				n++
			}
			in = true
		}
	}
	return n + ideographs/2
}

// wordsOf8 counts the words that begin in eight bytes, after a word if in, and
// tells whether they end in one. ascii is false when there are others than
// ASCII characters among them.
func wordsOf8(s string, in bool) (begins int, ends, ascii bool) {
	const ones, high = eight.Ones, eight.High
	x := eight.Load(s)
	if x&high != 0 {
		return 0, false, false
	}
	blank := x ^ ' '*ones // zero where there is a space
	// high bits: a space, or a sign from \t to \r
	space := (^(blank + 0x7F*ones) | (x+(0x80-'\t')*ones)&^(x+(0x80-'\r'-1)*ones)) & high
	before := space << 8
	if !in {
		before |= 0x80
	}
	return bits.OnesCount64(before &^ space), space>>63 == 0, true
}
