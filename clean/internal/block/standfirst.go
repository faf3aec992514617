package block

import (
	"strings"

	"github.com/winnowtext/winnow/clean/internal/chars"
)

// KindStandfirst is the kind of a lead between headline and text. Unlike the blocks of
// all other kinds it stays.
const KindStandfirst = "standfirst"

// Bounds of a standfirst.
const (
	standfirstReach = 4   // kept blocks from the beginning of the text among which it is
	standfirstMax   = 700 // bytes
	standfirstLeast = 6   // words of a description that it may be known by
)

// NameStandfirst names the kept block that is the lead of the text, if there is one:
// named as such by its element or one around it, or, of another shape than the text
// below, what the page says of itself. descriptions are the latter, a line each.
func NameStandfirst(d *Doc, descriptions string) {
	seen := 0
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if !b.Keep {
			continue
		}
		if seen++; seen > standfirstReach {
			return
		}
		if b.Kind != "" || b.End-b.Start > standfirstMax || b.Flags&(fItem|fTable|fPre|fQuote) != 0 {
			continue
		}
		next := i + 1
		for next < len(d.Blocks) && !d.Blocks[next].Keep {
			next++
		}
		if next == len(d.Blocks) {
			return // the only text there is
		}
		// The text below may stand in an element of the same name: a body in a lead
		// names nothing.
		near, below := d.Elems[b.Elem].Near[aLead], d.Elems[d.Blocks[next].Elem].Near[aLead]
		named := near > 0 && near <= 2 && below == 0 && b.Flags&fHeading == 0
		if named || d.Elems[b.Elem].Path != d.Elems[d.Blocks[next].Elem].Path && describes(descriptions, string(d.Text[b.Start:b.End])) {
			b.Kind = KindStandfirst
			return
		}
	}
}

// describes reports whether a text is one of the page's descriptions.
func describes(descriptions, text string) bool {
	key := chars.Fold(text)
	if strings.Count(key, " ")+1 < standfirstLeast {
		return false
	}
	for line := range strings.Lines(descriptions) {
		if chars.FoldsTo(line, key) {
			return true
		}
	}
	return false
}
