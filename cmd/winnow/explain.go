package main

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
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
	var b bytes.Buffer
	for i := range res.Decisions {
		d := &res.Decisions[i]
		if removed && d.Kept {
			continue
		}
		explainPiece(&b, d, ink)
		// Padding stands inside of the colours, which have no width.
		b.WriteString(ink.paint(inkPlace, "  "+padded(escape(d.Where), 8)))
		b.WriteString("  " + preview(d.Text))
		why := reasons(d.Reasons)
		if d.Rule != clean.ByModel && d.Rule != clean.ByMemory {
			why = ""
		}
		if d.Rule == clean.ByModel && d.Threshold > 0 && max(d.P-d.Threshold, d.Threshold-d.P) < closeBy {
			why = strings.TrimSuffix(fmt.Sprintf("close to the threshold %.3f; %s", d.Threshold, why), "; ")
		}
		if why != "" {
			b.WriteString(ink.paint(inkReason, "  ["+why+"]"))
		}
		b.WriteByte('\n')
	}
	if !removed {
		explainWhole(&b, res, ink)
		explainFields(&b, res, ink)
	}
	return b.Bytes()
}

// listRemoved lists what went, and by what.
func listRemoved(decisions []clean.Decision, ink ink) []byte {
	var b bytes.Buffer
	for i := range decisions {
		if d := &decisions[i]; !d.Kept {
			explainPiece(&b, d, ink)
			b.WriteString("  " + preview(d.Text) + "\n")
		}
	}
	return b.Bytes()
}

// explainPiece writes whether a piece stayed, its kind, and what decided.
func explainPiece(b *bytes.Buffer, d *clean.Decision, ink ink) {
	sign, color := "-", inkRemoved
	if d.Kept {
		sign, color = "+", inkKept
	}
	why := escape(d.Rule)
	if (d.Rule == clean.ByModel || d.Rule == clean.ByMemory) && d.P > 0 {
		why += " " + strconv.FormatFloat(d.P, 'f', 3, 64)
	}
	b.WriteString(ink.paint(color, sign+" "+padded(escape(string(d.Kind)), 11)))
	b.WriteString(ink.paint(inkWhy, " "+padded(why, 22)))
}

// explainWhole writes what is decided for all of a page: where the model draws the line,
// and what the page is.
func explainWhole(b *bytes.Buffer, res *clean.Result, ink ink) {
	line := func(name, by, value string) {
		b.WriteString(ink.paint(inkKept, "= "+padded(name, 11)))
		b.WriteString(ink.paint(inkWhy, " "+padded(by, 32)))
		b.WriteString("  " + value + "\n")
	}
	for i := range res.Decisions {
		if d := &res.Decisions[i]; res.Format == clean.FromHTML && d.Rule == clean.ByModel && d.Threshold > 0 {
			line("threshold", "model", fmt.Sprintf("%.3f: what is more probable stays", d.Threshold))
			break
		}
	}
	line("verdict", fmt.Sprintf("score %.2f", res.Score), string(res.Verdict))
	if res.Type != "" {
		line("type", fmt.Sprintf("model %.2f", res.TypeP), string(res.Type))
	}
}

// explainFields lists where metadata was found, a field a line, with what it says:
//
//	= authors     json-ld author            Ada Winter
func explainFields(b *bytes.Buffer, res *clean.Result, ink ink) {
	for _, o := range res.Origins {
		b.WriteString(ink.paint(inkKept, "= "+padded(escape(o.Field), 11)))
		b.WriteString(ink.paint(inkWhy, " "+padded(escape(strings.TrimSpace(o.Source+" "+o.Name)), 32)))
		b.WriteString("  " + preview(fieldOf(res, o.Field)) + "\n")
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

// padded is s with spaces behind it, as many as make it n characters wide.
func padded(s string, n int) string {
	if n -= utf8.RuneCountInString(s); n > 0 {
		return s + spaces[:min(n, len(spaces))]
	}
	return s
}

const spaces = "                                "

// reasons are several in one line.
func reasons(rs []clean.Reason) string {
	texts := make([]string, len(rs))
	for i, r := range rs {
		texts[i] = escape(r.Text)
	}
	return strings.Join(texts, "; ")
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

func (i ink) paint(color, s string) string {
	if !i {
		return s
	}
	return "\x1b[" + color + "m" + s + "\x1b[0m"
}

// wantsInk reports whether a stream is a terminal that shows colours, and its
// user has not asked for none (no-color.org).
func wantsInk(stream any) ink {
	return ink(isTerminal(stream) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb")
}

// preview is the beginning of a piece, white space squeezed, in one safe line.
func preview(s string) string {
	// Of a huge piece only the part that can matter is looked at. A character
	// has at most utf8.UTFMax bytes; white space is given some room.
	const enough = 4 * previewLen * utf8.UTFMax
	cut := len(s) > enough
	if cut {
		s = strings.ToValidUTF8(s[:enough], "")
	}
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) > previewLen {
		cut = true
		s = string([]rune(s)[:previewLen])
	}
	s = escape(s)
	if cut {
		s = strings.TrimRight(s, " ") + " ..."
	}
	return s
}
