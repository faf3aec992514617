package line

import (
	"context"
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/rules"
)

// Split cuts a text into lines. Line ends may be \n, \r\n, \r, U+2028 and
// U+2029; lines of nothing but white space are blank lines. Paragraphs that
// were wrapped at a fixed width become one Line each, a page on one line becomes
// several. Bytes that are not UTF-8 become U+FFFD. The rules tell where blocks
// met that were joined by spaces; they may be nil.
func Split(text string, set *rules.Set) []Line {
	return SplitUntil(context.Background(), text, set)
}

// SplitUntil is Split as far as it comes before ctx ends.
func SplitUntil(ctx context.Context, text string, set *rules.Set) []Line {
	seen := glance(ctx, text)
	if seen.bad {
		text = valid(ctx, text)
		seen = glance(ctx, text)
	}
	if ctx.Err() != nil {
		return nil
	}
	simple := seen.others == 0 // most texts know no other line end than \n
	// Most line ends may be those of blank lines.
	lines := fresh(min(1+seen.newlines+seen.others, maxFirstLines))
	blank, glued := 0, false
	p := pace{ctx: ctx}
	for n := 1; len(text) > 0; n++ {
		if ended(ctx, n) {
			return lines
		}
		end, next := len(text), len(text)
		if !simple {
			end, next = lineEnd(ctx, text)
		} else if i := strings.IndexByte(text, '\n'); i >= 0 {
			end, next = i, i+1
		}
		l := trimEnd(text[:end]) // as it comes out: it shall read the same then
		text = text[next:]
		if isBlank(l) {
			blank++
			continue
		}
		t := seen.traits
		if t&calm == 0 && isCalm(l) {
			t |= calm
		}
		if mayBePage(l) && p.ended(len(l)) {
			return lines
		}
		lines = unglue(ctx, lines, &Line{Text: l, Blank: blank, P: -1, traits: t})
		glued = glued || len(lines) > 0 && lines[len(lines)-1].Glued
		blank = 0
	}
	if ctx.Err() != nil {
		return lines
	}
	if !glued { // else it is not wrapped, either
		lines = unwrap(ctx, lines)
	}
	if set != nil {
		lines = unspace(ctx, lines, set)
	}
	return lines
}

// valid is strings.ToValidUTF8, as far as it comes before ctx ends.
func valid(ctx context.Context, text string) string {
	var b strings.Builder
	read := 0
	for part := range parts(text) {
		if ctx.Err() != nil {
			break
		}
		ok := utf8.ValidString(part)
		if !ok && b.Len() == 0 {
			b.Grow(len(text) + len(text)/16)
			b.WriteString(text[:read])
		}
		if !ok || b.Len() > 0 {
			b.WriteString(strings.ToValidUTF8(part, "\uFFFD"))
		}
		read += len(part)
	}
	if b.Len() == 0 {
		return text
	}
	return b.String()
}

// parts parts a text where characters begin, every copyPiece bytes or so.
func parts(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for len(s) > copyPiece {
			at := copyPiece
			for at > copyPiece-utf8.UTFMax && !utf8.RuneStart(s[at]) {
				at--
			}
			if !yield(s[:at]) {
				return
			}
			s = s[at:]
		}
		yield(s)
	}
}

// maxFirstLines is for how many lines there is room at first.
const maxFirstLines = 1 << 17

// Head returns the beginning of a text, up to max lines, empty ones aside, or
// up to where ctx ends.
func Head(ctx context.Context, text string, max int) string {
	if len(text) <= max {
		return text
	}
	if count, others := lineEnds(ctx, text); count+others < max {
		return text
	}
	at := 0
	for i, n := 1, 0; n < max && at < len(text) && !ended(ctx, i); i++ {
		end, next := lineEnd(ctx, text[at:])
		if end > 0 {
			n++
		}
		at += next
	}
	return text[:at]
}

// lineEnds counts the line ends that are \n and all others, \r\n as one of each,
// until ctx ends.
func lineEnds(ctx context.Context, text string) (newlines, others int) {
	const piece = 128 << 10
	for len(text) > 0 && ctx.Err() == nil {
		part := text[:min(len(text), piece)]
		newlines += strings.Count(part, "\n")
		others += strings.Count(part, "\r")
		// A separator may lie across two pieces.
		more := text[:min(len(text), piece+2)]
		others += strings.Count(more, "\u2028") + strings.Count(more, "\u2029")
		text = text[len(part):]
	}
	return newlines, others
}

// lineEnd returns where the first line of text ends and the next one begins; at
// the end of ctx that is the end of the text.
func lineEnd(ctx context.Context, text string) (end, next int) {
	// A piece at a time: what is found of one kind may lie far behind what is
	// found of another.
	const piece = 512
	for from := 0; from < len(text); from += piece {
		if from%(piece<<9) == piece && ctx.Err() != nil {
			break
		}
		part := text[from:min(len(text), from+piece)]
		end := len(part)
		if i := strings.IndexByte(part, '\n'); i >= 0 {
			end = i
		}
		if i := strings.IndexByte(part[:end], '\r'); i >= 0 {
			end = i
		}
		for i := 0; i < end; i++ {
			k := strings.IndexByte(part[i:end], 0xE2)
			if k < 0 {
				break
			}
			i += k
			if at := text[from+i:]; len(at) >= 3 && at[1] == 0x80 && (at[2] == 0xA8 || at[2] == 0xA9) {
				return from + i, from + i + 3
			}
		}
		if end == len(part) {
			continue
		}
		end += from
		if text[end] == '\r' && end+1 < len(text) && text[end+1] == '\n' {
			return end, end + 2
		}
		return end, end + 1
	}
	return len(text), len(text)
}

func isBlank(s string) bool {
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if c > ' ' {
				return false
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsSpace(r) && !invisible(r) {
			return false
		}
		i += size
	}
	return true
}

// hardWrapped tells whether the text as a whole was wrapped at a fixed width:
// nearly every line that is followed by another one breaks where the next word
// would not have fitted.
func hardWrapped(ctx context.Context, lines []Line) bool {
	for i := range lines {
		if len(lines[i].Text) > utf8.UTFMax*maxWrapWidth || ended(ctx, i) {
			return false
		}
	}
	width, pairs := wrapWidth(ctx, lines)
	if width < minWrapWidth || width > maxWrapWidth || pairs < minWrapPairs {
		return false
	}
	full := 0
	for i := 1; i < len(lines); i++ {
		if ended(ctx, i) {
			return false
		}
		if wrapped(&lines[i-1], &lines[i], width) {
			full++
		}
	}
	return float64(full) >= minWrapShare*float64(pairs)
}

// wrapWidth returns the columns of the longest line, and how many lines follow
// another one with no blank line between.
func wrapWidth(ctx context.Context, lines []Line) (width, pairs int) {
	for i := range lines {
		if ended(ctx, i) {
			break
		}
		width = max(width, utf8.RuneCountInString(lines[i].Text))
		if width > maxWrapWidth {
			break
		}
		if i > 0 && lines[i].Blank == 0 {
			pairs++
		}
	}
	return width, pairs
}

// unwrap joins the lines of hard-wrapped paragraphs, breaks included.
func unwrap(ctx context.Context, lines []Line) []Line {
	if !hardWrapped(ctx, lines) {
		return lines
	}
	width, _ := wrapWidth(ctx, lines)
	out := lines[:1]
	var b strings.Builder
	flush := func(to *Line) {
		if b.Len() > 0 {
			to.Text = b.String()
			to.traits = 0 // line breaks; what stood apart may stand together
			b.Reset()
		}
	}
	last := lines[0]
	for i := 1; i < len(lines); i++ {
		if ended(ctx, i) {
			break
		}
		cur := lines[i]
		if wrapped(&last, &cur, width) {
			if b.Len() == 0 {
				b.WriteString(out[len(out)-1].Text)
			}
			b.WriteByte('\n')
			b.WriteString(cur.Text)
		} else {
			flush(&out[len(out)-1])
			out = append(out, cur)
		}
		last = cur
	}
	flush(&out[len(out)-1])
	clear(lines[len(out):]) // Free sees only what is returned
	return out
}

// wrapped tells whether b goes on where a was broken to fit the width.
func wrapped(a, b *Line, width int) bool {
	if b.Blank > 0 || b.Text[0] == ' ' || b.Text[0] == '\t' {
		return false
	}
	word := b.Text
	if i := strings.IndexAny(word, " \t"); i >= 0 {
		word = word[:i]
	}
	n := utf8.RuneCountInString(strings.TrimRight(a.Text, " \t"))
	return n+1+utf8.RuneCountInString(word) > width && n*2 > width
}
