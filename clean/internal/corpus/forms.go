package corpus

import (
	"strings"
	"unicode/utf8"
)

// Forms are the ways in which a text with a paragraph a line is set. The first
// leaves it as it is.
var Forms = []string{"lines", "spaced", "glued", "wrapped", "indented"}

// wrapColumns is the width of wrapped texts with their indent.
const wrapColumns = 72

// Set sets a text with a paragraph a line in one of the Forms: spaced and glued join
// all lines to one, wrapped and indented break them and put blank lines between
// them. Only white space changes.
func Set(text, form string) string {
	var paras []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			paras = append(paras, line)
		}
	}
	switch form {
	case "lines":
		return text
	case "spaced":
		return strings.Join(paras, " ")
	case "glued":
		return strings.Join(paras, "")
	case "wrapped", "indented":
		indent := ""
		if form == "indented" {
			indent = "   "
		}
		for i := range paras {
			paras[i] = wrap(paras[i], indent)
		}
		return strings.Join(paras, "\n\n")
	}
	panic("corpus: no form is called " + form)
}

// wrap breaks a paragraph at white space; a longer word stands on a line of its own.
func wrap(para, indent string) string {
	var b strings.Builder
	b.WriteString(indent)
	column := len(indent)
	for word := range strings.FieldsSeq(para) {
		n := utf8.RuneCountInString(word)
		switch {
		case column == len(indent):
		case column+1+n > wrapColumns:
			b.WriteString("\n" + indent)
			column = len(indent)
		default:
			b.WriteByte(' ')
			column++
		}
		b.WriteString(word)
		column += n
	}
	return b.String()
}
