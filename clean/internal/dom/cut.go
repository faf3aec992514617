package dom

import "github.com/winnowtext/winnow/clean/internal/chars"

// A Cutting says what Build leaves out of the tree besides what is in scripts and
// style sheets and most comments. Of all that is cut, the tags stay, so that all
// other elements and texts of the tree are where they were. Half of the bytes of a
// page on the web go.
type Cutting struct {
	SVG   bool // what is in svg elements
	Attrs bool // attributes that tell nothing about text, see dropped
}

// maxValue is the length of an attribute's value, in bytes: whatever is longer says
// nothing about text. Summaries and lists of keywords reach 20 KB.
const maxValue = 64 << 10

// dropped reports whether an attribute says nothing about text, structure or
// metadata: one in four on pages.
func dropped(key []byte) bool {
	if len(key) < 3 {
		return false
	}
	switch key[0] | 0x20 {
	case 'a':
		return chars.HasFold(key, "aria-") && !isFold(key, "aria-hidden") && !isFold(key, "aria-label")
	case 'd':
		return chars.HasFold(key, "data-") && !isFold(key, "data-testid") || isFold(key, "decoding")
	case 'f':
		return isFold(key, "for")
	case 'h':
		return isFold(key, "height")
	case 'l':
		return isFold(key, "loading")
	case 'o':
		return chars.HasFold(key, "on")
	case 's':
		return isFold(key, "src") || isFold(key, "srcset") || isFold(key, "sizes")
	case 't':
		return isFold(key, "target") || isFold(key, "tabindex")
	case 'w':
		return isFold(key, "width")
	}
	return false
}

func isFold(b []byte, s string) bool { return len(b) == len(s) && chars.HasFold(b, s) }
