package main

import (
	"math/rand/v2"
	"strings"
	"unicode/utf8"
)

// Forms that a text comes in. Each stands as often as it is met.
var forms = []string{
	"lines", "lines", "lines", // a paragraph a line
	"blank", "blank", // blank lines between
	"spaced", "spaced", "spaced", "spaced", "spaced", // one line, joined by spaces
	"glued",    // one line, joined by nothing
	"wrapped",  // hard-wrapped
	"indented", // hard-wrapped and indented, as text browsers print
	"markdown", // blank lines between, with links
}

// Hard-wrapped texts.
var widths = []int{70, 72, 76, 80}

const (
	indent     = "   "
	blankShare = .8 // of the borders of hard-wrapped paragraphs: the rest has no blank line
)

// flatten turns lines into a text of that form. Marks go along.
func flatten(lines []lined, form string, rnd *rand.Rand) (string, []Mark) {
	f := flattener{width: pick(rnd, widths)}
	if form == "markdown" {
		lines = markdown(lines, rnd)
	}
	if form == "indented" {
		f.indent = indent
	}
	for i := range lines {
		if i > 0 {
			f.text.WriteString(separator(form, rnd))
		}
		if form == "wrapped" || form == "indented" {
			f.wrap(&lines[i])
		} else {
			f.put(&lines[i])
		}
	}
	return f.text.String(), f.marks
}

// separator is what stands between two lines.
func separator(form string, rnd *rand.Rand) string {
	switch form {
	case "lines":
		return "\n"
	case "blank", "markdown":
		return "\n\n"
	case "spaced":
		return " "
	case "glued":
		return ""
	}
	if rnd.Float64() < blankShare {
		return "\n\n"
	}
	return "\n"
}

type flattener struct {
	width  int
	indent string
	text   strings.Builder
	marks  []Mark
}

// put adds a line as it is.
func (f *flattener) put(l *lined) {
	at := f.text.Len()
	f.text.WriteString(l.text)
	for _, m := range l.marks {
		s, e := trimmed(l.text, m)
		f.mark(at+s, at+e, m[2])
	}
}

// wrap adds a line in rows of the width.
func (f *flattener) wrap(l *lined) {
	at := make([]int, len(l.text)) // of every byte of a word, its place in the text
	column := 0
	for i := 0; i < len(l.text); {
		if isBlank(l.text[i]) {
			i++
			continue
		}
		j := i
		for j < len(l.text) && !isBlank(l.text[j]) {
			j++
		}
		n := utf8.RuneCountInString(l.text[i:j])
		switch {
		case column == 0:
			f.text.WriteString(f.indent)
			column = len(f.indent)
		case column+1+n > f.width:
			f.text.WriteString("\n" + f.indent)
			column = len(f.indent)
		default:
			f.text.WriteByte(' ')
			column++
		}
		for k := i; k < j; k++ {
			at[k] = f.text.Len() + k - i
		}
		f.text.WriteString(l.text[i:j])
		column += n
		i = j
	}
	for _, m := range l.marks {
		if s, e := trimmed(l.text, m); s < e {
			f.mark(at[s], at[e-1]+1, m[2])
		}
	}
}

// trimmed is where the words of a mark begin and end.
func trimmed(text string, m Mark) (start, end int) {
	start, end = m[0], m[1]
	for start < end && isBlank(text[start]) {
		start++
	}
	for start < end && isBlank(text[end-1]) {
		end--
	}
	return start, end
}

// mark adds a mark, but for those that say nothing.
func (f *flattener) mark(start, end, label int) {
	if label != unscored && start < end {
		f.marks = append(f.marks, Mark{start, end, label})
	}
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }
