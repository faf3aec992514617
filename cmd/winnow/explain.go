package main

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean"
)

// previewLen is how many characters of a piece --explain shows: enough to know
// the piece, and with the columns before it about a wide terminal line.
const previewLen = 72

// explain lists the pieces of an input in reading order, one line each:
//
//   - paywall  paywall.meter  line 3  You can read 5 more articles this month
//   - +        model          line 4  The council said on Tuesday that ...
func explain(decisions []clean.Decision) []byte {
	var b bytes.Buffer
	for _, d := range decisions {
		sign := '-'
		if d.Kept {
			sign = '+'
		}
		fmt.Fprintf(&b, "%c %-11s %-22s  %-8s  %s\n",
			sign, escape(string(d.Kind)), escape(d.Rule), escape(d.Where), preview(d.Text))
	}
	return b.Bytes()
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
