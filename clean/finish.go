package clean

import (
	"context"
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/block"
	"github.com/winnowtext/winnow/clean/internal/eight"
	"github.com/winnowtext/winnow/clean/internal/line"
	"github.com/winnowtext/winnow/clean/internal/meta"
	"github.com/winnowtext/winnow/clean/internal/rules"
)

// finishPage fills everything but the text, until ctx ends.
func (c *Cleaner) finishPage(ctx context.Context, res *Result, d *block.Doc, m *meta.Meta, lines []line.Line, score float64) {
	m.AddLines(ctx, append(removedLines(ctx, lines), c.behind(d)...))
	res.setMeta(m)
	if c.opt.Title && m.Title != "" && res.Text != "" {
		res.Text = m.Title + "\n\n" + res.Text
	}
	res.Score, res.Format = score, FromHTML
	res.Verdict = pageVerdict(res, d, m)
	if res.Text == "" {
		res.Score = 0
	}
}

// finishText does the same for flattened text, until ctx ends.
func (c *Cleaner) finishText(ctx context.Context, res *Result, lines []line.Line) {
	var kept []string
	words, all, read := 0, 0, 0
	for i := range lines {
		if read += len(lines[i].Text) + 256; read > 1<<16 {
			if read = 0; ctx.Err() != nil {
				return
			}
		}
		n := wordsOf(lines[i].Text)
		all += n
		if !lines[i].Dropped() {
			words += n
			if len(kept) < 4 {
				kept = append(kept, lines[i].Text)
			}
		}
	}
	res.Format = FromText
	m := &meta.Meta{Title: meta.TitleOf(kept)}
	m.AddLines(ctx, removedLines(ctx, lines))
	res.setMeta(m)
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
}

// removedLines are the pieces that may hold metadata.
func removedLines(ctx context.Context, lines []line.Line) []meta.Piece {
	var ps []meta.Piece
	for i := range lines {
		if i&0xff == 0 && ctx.Err() != nil {
			break
		}
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

// setMeta copies the texts: they may be parts of the page, whose memory is used
// again.
func (res *Result) setMeta(m *meta.Meta) {
	res.Title, res.Byline = strings.Clone(m.Title), strings.Clone(m.Byline)
	res.SiteName, res.Source = strings.Clone(m.SiteName), strings.Clone(m.Source)
	res.Published, res.Modified = m.Published, m.Modified
	res.Language, res.Excerpt = strings.Clone(m.Language), strings.Clone(m.Excerpt)
	res.Image, res.URL = strings.Clone(m.Image), strings.Clone(m.URL)
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
func pageVerdict(res *Result, d *block.Doc, m *meta.Meta) Verdict {
	s := d.Summary()
	if res.Text == "" {
		if s.Notice {
			return Stub
		}
		return Empty
	}
	if s.Wall {
		words := countWords(res.Text[:min(len(res.Text), partialBytes)])
		switch walled := m.Free != nil && !*m.Free; {
		case walled && words < partialWords:
			return Partial
		case words < stubWords:
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
