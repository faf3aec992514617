package main

import (
	"bytes"
	"encoding/json"
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

// explain lists the pieces of an input in reading order, one line each. Where
// the model or a memory decided, the probability that the piece belongs to the article
// stands in place of a rule, and its reasons at the end:
//
//   - paywall  paywall.meter  line 3  You can read 5 more articles this month
//   - +        model 0.97     line 4  The council said on Tuesday ...  [among the paragraphs; ...]
func explain(decisions []clean.Decision, ink ink) []byte {
	var b bytes.Buffer
	for _, d := range decisions {
		sign, color := "-", inkRemoved
		if d.Kept {
			sign, color = "+", inkKept
		}
		why := escape(d.Rule)
		asked := d.Rule == clean.ByModel || d.Rule == clean.ByMemory
		if asked {
			why += " " + strconv.FormatFloat(d.P, 'f', 3, 64)
		}
		// Padding stands inside of the colours, which have no width.
		b.WriteString(ink.paint(color, fmt.Sprintf("%s %-11s", sign, escape(string(d.Kind)))))
		b.WriteString(ink.paint(inkWhy, fmt.Sprintf(" %-22s", why)))
		b.WriteString(ink.paint(inkPlace, fmt.Sprintf("  %-8s", escape(d.Where))))
		b.WriteString("  " + preview(d.Text))
		if asked && len(d.Reasons) > 0 {
			b.WriteString(ink.paint(inkReason, "  ["+reasons(d.Reasons)+"]"))
		}
		b.WriteByte('\n')
	}
	return b.Bytes()
}

// explainFields lists where metadata was found, a field a line, with what it says:
//
//	= authors     json-ld author            ["Ada Winter"]
func explainFields(res *clean.Result, ink ink) []byte {
	all, err := json.Marshal(res)
	if err != nil {
		return nil
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(all, &fields); err != nil {
		return nil
	}
	var b bytes.Buffer
	for _, o := range res.Origins {
		value := string(fields[o.Field])
		var text string
		if json.Unmarshal(fields[o.Field], &text) == nil {
			value = text
		}
		b.WriteString(ink.paint(inkKept, fmt.Sprintf("= %-11s", escape(o.Field))))
		b.WriteString(ink.paint(inkWhy, fmt.Sprintf(" %-32s", escape(strings.TrimSpace(o.Source+" "+o.Name)))))
		b.WriteString("  " + preview(value) + "\n")
	}
	return b.Bytes()
}

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
