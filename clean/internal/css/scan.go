package css

import (
	"math/bits"
	"strings"

	"github.com/winnowtext/winnow/clean/internal/chars"
)

// What the first byte of a value may be where it hides, and what the last of a name.
const (
	vNone   = 1 << iota // none, hidden, collapse
	vLittle             // a number that is small, or one that is worked out
	vMinus
	vColor
	vCall // a function
	vMuch
)

var valueStarts = func() (t [256]uint8) {
	t['n'], t['N'] = vNone, vNone
	for _, c := range "hHcC" {
		t[c] = vNone | vCall | vColor
	}
	t['0'], t['1'], t['.'] = vLittle|vMuch, vLittle|vMuch, vLittle
	for c := '2'; c <= '9'; c++ {
		t[c] = vMuch
	}
	t['-'] = vMinus
	t['#'] = vColor
	t['/'] = 0xFF // a comment
	for _, c := range "wWtTrRsSiIfFgGaAlLoOmM" {
		t[c] |= vColor | vCall
	}
	for _, c := range "epP" {
		t[c] |= vCall
	}
	return t
}()

var nameEnds = func() (t [256]uint8) {
	for c, v := range map[byte]uint8{
		'y': vNone | vLittle | vCall,          // display, visibility, opacity
		'e': vLittle | vCall | vMinus,         // font-size, translate, scale, rotate, inline-size
		't': vLittle | vCall | vMinus | vMuch, // left, right, height, font, text-indent, inset, inset-inline-start
		'h': vLittle | vCall,                  // width, clip-path
		'p': vMinus | vMuch | vCall,           // top, clip
		'm': vCall | vLittle | vMinus,         // transform, zoom, bottom
		'r': vColor | vCall,                   // color, filter
		'n': vMinus | vMuch | vLittle,         // margin
		'g': vMinus,                           // letter-spacing
		'd': vMinus,                           // inset-inline-end
		'k': vMinus,                           // inset-block
	} {
		t[c], t[c-32] = v, v
	}
	t['/'] = 0xFF // a comment
	t[' '] = 0xFF
	return t
}()

// A candidate is a declaration that may hide text, with others or by itself, or show
// again what others hide.
type candidate struct {
	at    int // of its colon
	p     Props
	hides bool
}

// candidates are those in a text.
type candidates struct{ text string }

// all calls f for every candidate until it returns false. All pages' sheets are looked
// through, so it looks at little: the last letter of a name, the first of a value.
func (c candidates) all(f func(candidate) bool) {
	s := c.text
	colons, base := uint64(0), 0 // those of the eight bytes before base that were not looked at
	for {
		for colons == 0 {
			if base >= len(s) {
				return
			}
			x := uint64(0)
			if base+8 <= len(s) {
				x = chars.Load8(s[base:])
			} else {
				x = chars.Tail8(s, base)
			}
			colons = chars.Are8(x&^chars.High, ':') &^ x
			base += 8
		}
		i := base - 8 + bits.TrailingZeros64(colons)/8
		if colons &= colons - 1; i == 0 {
			continue
		}
		end := nameEnds[s[i-1]]
		if end == 0 {
			continue
		}
		v := i + 1
		if v < len(s) && s[v] == ' ' {
			v++
		}
		if v == len(s) {
			return
		}
		if s[i-1]|0x20 == 'y' {
			if i > 1 && s[i-2]|0x20 != 'a' && s[i-2]|0x20 != 't' && s[i-2] != '/' {
				continue // font-family, not display, visibility or opacity
			}
		} else if end&valueStarts[s[v]] == 0 || fewPixels(s[v:]) || harmless(s, i, v) {
			continue
		}
		p, hides := mayHideBy(s, i, v)
		if (hides || p&(Display|Visibility|Opacity|ContentVisibility) != 0 && p <= Opacity) && !f(candidate{i, p, hides}) {
			return
		}
	}
}

// harmless reports whether the declaration with its colon at i and its value at v is one of
// the frequent ones that hide nothing, though their names end as those of others do.
func harmless(s string, i, v int) bool {
	if i < 8 || s[v] == '/' || strings.IndexByte(s[max(0, i-16):i], '\\') >= 0 {
		return false
	}
	at := func(k int) byte { return s[i-k] | 0x20 } // the letter k before the colon
	switch at(1) {
	case 'r':
		if at(2) != 'o' {
			return false
		}
		return at(3) != 'l' || s[i-6] == '-' && (at(7) == 'd' || at(7) == 'r') || dark(s[v:]) // cursor, background-color
	case 'e':
		return isLetter(s[i-2]) && at(2) != 'z' && at(2) != 't' && at(2) != 'n' && (at(2) != 'l' || at(3) == 'y') || // white-space, list-style
			at(2) == 'z' && tens(s[v:])
	case 't':
		switch at(2) {
		case 'h': // height, right, font-weight
			return at(5) == 'e' && (at(6) == 'w' || s[i-7] == '-' && at(8) == 'e' || tens(s[v:]) || isWhole(s, v, "auto")) || isWhole(s, v, "0") && at(5) == 'r'
		case 'n':
			return at(4) == 't' // justify-content
		case 'a':
			return at(3) == 'o' // float
		}
		return at(2) == 'f' && isWhole(s, v, "0") // left
	case 'm':
		return at(3) == 't' && (s[i-7] == '-' || isWhole(s, v, "0")) // bottom, margin-bottom
	case 'n':
		end := v
		for end < len(s) && s[end] != ';' && s[end] != '}' && s[end] != '-' {
			end++
		}
		return end == len(s) || s[end] != '-' // margin
	case 'p':
		return at(2) == 'o' && isWhole(s, v, "0") // top
	case 'h':
		return at(3) == 'd' && (tens(s[v:]) || isWhole(s, v, "auto")) // width
	}
	return false
}

// isWhole reports whether the declaration's value at v is that.
func isWhole(s string, v int, value string) bool {
	end := v + len(value)
	return strings.HasPrefix(s[v:], value) && (end == len(s) || s[end] == ';' || s[end] == '}')
}

// tens reports whether a value is one of tens to thousands of pixels or percent that begins
// with 1.
func tens(v string) bool {
	n := 1
	for n < len(v) && n < 4 && isDigit(v[n]) {
		n++
	}
	return v[0] == '1' && n > 1 && n < len(v) && (v[n] == 'p' || v[n] == '%')
}

// dark reports whether a value is a colour in digits that is not nearly white, nor clear.
func dark(v string) bool {
	n := 1
	for n < len(v) && n < 9 && (isDigit(v[n]) || 'a' <= v[n]|0x20 && v[n]|0x20 <= 'f') {
		n++
	}
	return v[0] == '#' && (n == 4 || n == 7) && v[1]|0x20 != 'f'
}

// fewPixels reports whether a value begins with 2 to 89 pixels: the most frequent ones, and
// none of them hides.
func fewPixels(v string) bool {
	if v[0] < '2' || v[0] > '9' || len(v) < 3 {
		return false
	}
	return v[1] == 'p' || v[0] != '9' && isDigit(v[1]) && v[2] == 'p'
}

// scan notes the candidates of a sheet.
func (s *Sheets) scan(text string) {
	for c := range (candidates{text}).all {
		s.hits = append(s.hits, hit{int32(c.at), c.hides})
		s.hiding = s.hiding || c.hides
	}
}

// MayHide reports whether a style may hide text, and whether by more than display,
// visibility or opacity.
func MayHide(style string) (may, more bool) {
	if style == "" {
		return false, false
	}
	if marksOf(style)&hasEscape != 0 {
		style = plain(style)
	}
	for c := range (candidates{style}).all {
		may = may || c.hides
		more = more || c.hides && (c.p&(Display|Visibility|Opacity|ContentVisibility) == 0 || c.p > Opacity)
	}
	return may, more
}

// mayHideBy reports whether the declaration with its colon at i and its value at v may
// hide something, and what it sets.
func mayHideBy(s string, i, v int) (p Props, hides bool) {
	if s[i-1] == '/' {
		return 0, true // a comment
	}
	j := i - 1
	for j > 0 && isSpace(s[j]) {
		j--
	}
	i = j + 1
	for j >= 0 && (isLetter(s[j]) || s[j] == '-') {
		j--
	}
	if j >= 0 && (isDigit(s[j]) || s[j] == '\\') && strings.IndexByte(s[max(0, j-8):i], '\\') >= 0 {
		return 0, true // an escape
	}
	if p = property(s[j+1 : i]); p == 0 {
		return 0, false
	}
	for v < len(s) && isSpace(s[v]) {
		v++
	}
	if v < len(s) && s[v] == '/' {
		return p, true
	}
	end := v
	for end < len(s) && s[end] != ';' && s[end] != '}' {
		end++
	}
	if end == v {
		return p, false
	}
	return p, valueHides(p, s[v:end])
}

// valueHides reports whether a property of that value may hide something.
func valueHides(p Props, val string) bool {
	switch p {
	case Display:
		return hasFoldPrefix(val, "none")
	case Visibility, ContentVisibility:
		return hasFoldPrefix(val, "hidden") || hasFoldPrefix(val, "collapse")
	case Opacity, Zoom, Scale:
		l, _, ok := length(val)
		return ok && part2(l, 1) < .1
	case FontSize, Wide, High, MaxWide, MaxHigh:
		l, _, ok := length(val)
		return ok && l.pixels() <= 1
	case sFont:
		return val[0] == '0'
	case Left, Right, Top, Bottom, MarginLeft, MarginTop, Indent, LetterSpacing:
		l, _, ok := length(val)
		return ok && abs(l.pixels()) >= 90
	case sInset, sMargin, sInsetInline, sInsetBlock, sMarginInline, sMarginBlock:
		return strings.Contains(val, "-") && len(val) > 4
	case TextColor, Fill:
		if i := strings.IndexByte(val, '!'); i >= 0 {
			val = val[:i]
		}
		c := ColorOf(val)
		return c.Known && (!c.Seen() || c.R >= 240 && c.G >= 240 && c.B >= 240)
	case Filter:
		return strings.Contains(val, "opacity")
	case Transform, Translate, Rotate, Clip, ClipPath:
		return !hasFoldPrefix(val, "none") && !hasFoldPrefix(val, "rotate(")
	}
	return false
}
