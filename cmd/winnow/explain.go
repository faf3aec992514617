package main

import (
	"os"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean"
)

// previewLen is how many characters of a piece --explain shows: enough to know
// the piece, and with the columns before it about a wide terminal line.
const previewLen = 72

// closeBy is how near to the threshold a probability is that might as well lie on its
// other side.
const closeBy = .1

// explain lists the pieces of an input in reading order, one line each. Where
// the model or a memory decided, the probability that the piece belongs to the article
// stands in place of a rule, and its reasons at the end:
//
//   - paywall  paywall.meter  line 3  You can read 5 more articles this month
//   - +        model 0.97     line 4  The council said on Tuesday ...  [among the paragraphs; ...]
//
// Lines about the input as a whole follow.
func explain(res *clean.Result, removed bool, ink ink) []byte {
	const line = 256 // bytes about a decision, for the most part
	p := printer{ink: ink, out: make([]byte, 0, line*len(res.Decisions))}
	for i := range res.Decisions {
		d := &res.Decisions[i]
		if removed && d.Kept {
			continue
		}
		p.piece(d)
		// Padding stands inside of the colours, which have no width.
		p.column(inkPlace, 8, "  ", d.Where)
		p.out = appendPreview(append(p.out, "  "...), d.Text)
		p.reasons(d)
		p.out = append(p.out, '\n')
	}
	if !removed {
		p.whole(res)
		p.fields(res)
	}
	return p.out
}

// listRemoved lists what went, and by what.
func listRemoved(decisions []clean.Decision, ink ink) []byte {
	p := printer{ink: ink}
	for i := range decisions {
		if d := &decisions[i]; !d.Kept {
			p.piece(d)
			p.out = append(appendPreview(append(p.out, "  "...), d.Text), '\n')
		}
	}
	return p.out
}

// A printer makes lines about decisions.
type printer struct {
	out []byte
	ink ink
}

// column writes texts, made safe for a terminal, in a color and at least so many
// characters wide, the lead before them not counted.
func (p *printer) column(color string, width int, lead string, texts ...string) {
	p.begin(color)
	p.out = append(p.out, lead...)
	from := len(p.out)
	for _, s := range texts {
		p.out = append(p.out, escape(s)...)
	}
	p.end(from, width)
}

// begin begins a column.
func (p *printer) begin(color string) {
	if p.ink {
		p.out = append(append(append(p.out, "\x1b["...), color...), 'm')
	}
}

// end ends a column whose text begins at from.
func (p *printer) end(from, width int) {
	if n := width - utf8.RuneCount(p.out[from:]); n > 0 {
		p.out = append(p.out, spaces[:min(n, len(spaces))]...)
	}
	if p.ink {
		p.out = append(p.out, "\x1b[0m"...)
	}
}

const spaces = "                                "

// piece writes whether a piece stayed, its kind, and what decided.
func (p *printer) piece(d *clean.Decision) {
	lead, color := "- ", inkRemoved
	if d.Kept {
		lead, color = "+ ", inkKept
	}
	p.column(color, 11, lead, string(d.Kind))
	p.begin(inkWhy)
	p.out = append(p.out, ' ')
	from := len(p.out)
	p.out = append(p.out, escape(d.Rule)...)
	if (d.Rule == clean.ByModel || d.Rule == clean.ByMemory) && d.P > 0 {
		p.out = strconv.AppendFloat(append(p.out, ' '), d.P, 'f', 3, 64)
	}
	p.end(from, 22)
}

// reasons writes why the model or a memory decided.
func (p *printer) reasons(d *clean.Decision) {
	if d.Rule != clean.ByModel && d.Rule != clean.ByMemory {
		return
	}
	begun := false
	next := func() {
		if begun {
			p.out = append(p.out, "; "...)
			return
		}
		begun = true
		p.begin(inkReason)
		p.out = append(p.out, "  ["...)
	}
	if d.Rule == clean.ByModel && d.Threshold > 0 && max(d.P-d.Threshold, d.Threshold-d.P) < closeBy {
		next()
		p.out = strconv.AppendFloat(append(p.out, "close to the threshold "...), d.Threshold, 'f', 3, 64)
	}
	for i := range d.Reasons {
		next()
		p.out = append(p.out, escape(d.Reasons[i].Text)...)
	}
	if begun {
		p.out = append(p.out, ']')
		p.end(len(p.out), 0)
	}
}

// whole writes what is decided for all of a page: where the model draws the line, and
// what the page is.
func (p *printer) whole(res *clean.Result) {
	line := func(name, by, value string) {
		p.column(inkKept, 11, "= ", name)
		p.column(inkWhy, 32, " ", by)
		p.out = append(append(append(p.out, "  "...), value...), '\n')
	}
	number := func(v float64, digits int) string { return strconv.FormatFloat(v, 'f', digits, 64) }
	for i := range res.Decisions {
		if d := &res.Decisions[i]; res.Format == clean.FromHTML && d.Rule == clean.ByModel && d.Threshold > 0 {
			line("threshold", "model", number(d.Threshold, 3)+": what is more probable stays")
			break
		}
	}
	line("verdict", "score "+number(res.Score, 2), string(res.Verdict))
	if res.Type != "" {
		line("type", "model "+number(res.TypeP, 2), string(res.Type))
	}
}

// fields lists where metadata was found, a field a line, with what it says:
//
//	= authors     json-ld author            Ada Winter
func (p *printer) fields(res *clean.Result) {
	for _, o := range res.Origins {
		p.column(inkKept, 11, "= ", o.Field)
		p.column(inkWhy, 32, " ", strings.TrimSpace(o.Source+" "+o.Name))
		p.out = append(appendPreview(append(p.out, "  "...), fieldOf(res, o.Field)), '\n')
	}
}

// fieldOf is a field of the metadata by its name in JSON.
func fieldOf(res *clean.Result, name string) string {
	switch name {
	case "title":
		return res.Title
	case "authors":
		return strings.Join(res.Authors, ", ")
	case "byline":
		return res.Byline
	case "published":
		return day(res.Published)
	case "modified":
		return day(res.Modified)
	case "site_name":
		return res.SiteName
	case "source_name":
		return res.Source
	case "language":
		return res.Language
	case "direction":
		return res.Direction
	case "excerpt":
		return res.Excerpt
	case "section":
		return res.Section
	case "tags":
		return strings.Join(res.Tags, ", ")
	case "image":
		return res.Image
	case "images":
		var urls []string
		for _, m := range res.Images {
			urls = append(urls, m.URL)
		}
		return strings.Join(urls, ", ")
	case "favicon":
		return res.Favicon
	case "url":
		return res.URL
	case "canonical":
		return res.Canonical
	case "data_type":
		return res.DataType
	case "free":
		if res.Free != nil {
			return strconv.FormatBool(*res.Free)
		}
	}
	return ""
}

// ink says whether output is coloured: only what goes to a terminal is.
type ink bool

// Colours of a line, as the numbers of escape sequences.
const (
	inkRemoved = "31" // red
	inkKept    = "32" // green
	inkWhy     = "36" // cyan
	inkPlace   = "2"  // faint
	inkReason  = "2"
)

// wantsInk reports whether a stream is a terminal that shows colours, and its
// user has not asked for none (no-color.org).
func wantsInk(stream any) ink {
	return ink(isTerminal(stream) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb")
}

// preview is the beginning of a piece, white space squeezed, in one safe line.
func preview(s string) string { return string(appendPreview(nil, s)) }

// appendPreview appends it.
func appendPreview(out []byte, s string) []byte {
	// Of a huge piece only the part that can matter is looked at. A character
	// has at most utf8.UTFMax bytes; white space is given some room.
	const enough = 4 * previewLen * utf8.UTFMax
	cut := len(s) > enough
	if cut {
		s = strings.ToValidUTF8(s[:enough], "")
	}
	from, count := len(out), 0
	word := -1 // where it begins
	for i, r := range s {
		if unicode.IsSpace(r) {
			if word >= 0 {
				out, word = append(out, s[word:i]...), -1
			}
			continue
		}
		if r == utf8.RuneError || !unicode.IsPrint(r) {
			return appendUnsafe(out[:from], s, cut)
		}
		if word < 0 && count > 0 {
			count++ // a space
		}
		if count >= previewLen {
			if word >= 0 {
				out = append(out, s[word:i]...)
			}
			return append(out, " ..."...)
		}
		if word < 0 {
			if word = i; count > 0 {
				out = append(out, ' ')
			}
		}
		count++
	}
	if word >= 0 {
		out = append(out, s[word:]...)
	}
	if cut {
		out = append(out, " ..."...)
	}
	return out
}

// appendUnsafe is appendPreview for what holds characters that must be shown in another
// way.
func appendUnsafe(out []byte, s string, cut bool) []byte {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) > previewLen {
		cut = true
		s = string([]rune(s)[:previewLen])
	}
	s = escape(s)
	if cut {
		s = strings.TrimRight(s, " ") + " ..."
	}
	return append(out, s...)
}
