package dom

import (
	"strings"

	"github.com/winnowtext/winnow/clean/internal/chars"
)

// A Cutting says what Build leaves out of the tree besides what is in scripts and
// style sheets and most comments. Of all that is cut, the tags stay, so that all
// other elements and texts of the tree are where they were. Half of the bytes of a
// page on the web go.
type Cutting struct {
	SVG   bool // what is in svg elements
	Attrs bool // attributes that tell nothing about text, see dropped
	// Structure keeps what tells more than text: attributes of images, code, boxes and
	// comments, and formulas that stand in scripts.
	Structure bool
}

// maxValue is the length of an attribute's value, in bytes: whatever is longer says
// nothing about text. Summaries and lists of keywords reach 20 KB.
const maxValue = 64 << 10

// dropped reports whether an attribute, in lower case, says nothing about text,
// structure or metadata: one in four on pages.
func dropped(key string) bool {
	if len(key) < 3 {
		return false
	}
	switch key[0] {
	case 'a':
		return strings.HasPrefix(key, "aria-") && key != "aria-hidden" && key != "aria-label"
	case 'd':
		return strings.HasPrefix(key, "data-") && key != "data-testid" && !animates(key) || key == "decoding"
	case 'f':
		return key == "for"
	case 'h':
		return key == "height"
	case 'l':
		return key == "loading"
	case 'o':
		return key[1] == 'n'
	case 's':
		return key == "src" || key == "srcset" || key == "sizes"
	case 't':
		return key == "target" || key == "tabindex"
	case 'w':
		return key == "width"
	}
	return false
}

// animates reports whether an attribute is one by which a library of animations knows
// what it shows when.
func animates(key string) bool {
	switch key {
	case "data-aos", "data-w-id", "data-framer-appear-id", "data-sal":
		return true
	}
	return false
}

// ofPicture reports whether one of the dropped attributes says, of an img element, where
// the picture is or how large: some wait for a script under names of their own.
func ofPicture(key string) bool {
	switch key {
	case "src", "srcset", "width", "height", "data-src", "data-original", "data-lazy-src", "data-srcset":
		return true
	}
	return false
}

// structural reports whether one of the dropped attributes says what an element is.
func structural(key string) bool {
	switch key {
	case "aria-level", "data-lang", "data-language", "data-code-lang", "data-code-language", "data-line", "data-callout",
		"data-latex", "data-tex", "data-math", "data-author", "data-comment-id", "data-depth", "data-level", "data-time", "data-timestamp":
		return true
	}
	return false
}

// showsMore reports whether all attributes of an element are of use to structure: one
// that is to be seen without being text.
func showsMore(name string) bool {
	switch name {
	case "img", "source", "picture", "iframe", "video", "audio", "embed", "object":
		return true
	}
	return false
}

func isFold(b []byte, s string) bool { return len(b) == len(s) && chars.HasFold(b, s) }
