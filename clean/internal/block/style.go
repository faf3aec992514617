package block

import (
	"strconv"
	"strings"
)

// Bounds of what inline styles do to text. Nobody reads letters of a pixel, or
// what stands so far outside of the window; carousels park their slides nearer.
const (
	tinyPixels = 1.0
	farPixels  = 900.0
	// sameColor is how far each of red, green and blue may differ between a
	// text and its ground so that nobody can read it.
	sameColor = 10
)

// style reads the few inline styles that say whether text is shown, and notes
// colours.
func (b *builder) style(s string) flags {
	if len(s) < 7 {
		return 0
	}
	var f flags
	var wide, high, clipped, fill, moved bool
	for decl := range strings.SplitSeq(s, ";") {
		name, val, ok := strings.Cut(decl, ":")
		if !ok {
			continue
		}
		val = strings.TrimSpace(val)
		if val == "" || len(val) > 200 {
			continue // an address of a picture
		}
		switch name = strings.TrimSpace(name); strings.ToLower(name) {
		case "display":
			switch {
			case hasFoldPrefix(val, "none"):
				f |= fHidden
			case hasFoldPrefix(val, "block"), hasFoldPrefix(val, "flex"), hasFoldPrefix(val, "grid"):
				f |= fBlock
			}
		case "visibility":
			if hasFoldPrefix(val, "hidden") || hasFoldPrefix(val, "collapse") {
				f |= fHidden
			}
		case "color":
			b.color = colorOf(val)
		case "background", "background-color":
			b.ground = colorOf(val)
		case "-webkit-text-fill-color", "background-clip", "-webkit-background-clip", "text-shadow":
			fill = true // the letters show by other means
		case "font-size":
			if px, ok := pixels(val); ok && px >= 0 && px <= tinyPixels {
				f |= fInvisible
			}
		case "opacity", "max-height":
			if isZero(val) {
				f |= fHidden // animations and folded panels begin like this
			}
		case "height":
			if isZero(val) {
				f |= fHidden
			}
			px, ok := pixels(val)
			high = ok && px > 0 && px <= tinyPixels
		case "width":
			px, ok := pixels(val)
			wide = ok && px >= 0 && px <= tinyPixels
		case "overflow":
			clipped = hasFoldPrefix(val, "hidden") || hasFoldPrefix(val, "clip")
		case "clip":
			if strings.HasPrefix(strings.ReplaceAll(strings.ReplaceAll(strings.ToLower(val), "px", ""), " ", ""), "rect(0") ||
				hasFoldPrefix(val, "rect(1px") {
				f |= fInvisible
			}
		case "clip-path":
			if hasFoldPrefix(val, "inset(50%") || hasFoldPrefix(val, "inset(100%") || hasFoldPrefix(val, "circle(0") {
				f |= fInvisible
			}
		case "left", "top", "text-indent", "margin-left", "margin-top", "right", "bottom":
			if px, ok := pixels(val); ok && px <= -farPixels {
				moved = true
			}
		case "transform":
			if i := strings.IndexByte(val, '('); i > 0 && hasFoldPrefix(val, "translate") {
				for part := range strings.SplitSeq(strings.TrimRight(val[i+1:], ")"), ",") {
					if px, ok := pixels(strings.TrimSpace(part)); ok && (px <= -farPixels || px >= 4*farPixels) {
						moved = true
					}
				}
			} else if hasFoldPrefix(val, "scale(0)") {
				f |= fInvisible
			}
		}
	}
	if moved || wide && high && clipped {
		f |= fInvisible
	}
	if fill {
		b.color = noColor
	}
	return f
}

func hasFoldPrefix(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// pixels reads a CSS length. One em counts as 16 pixels.
func pixels(v string) (px float64, ok bool) {
	n := 0
	for n < len(v) && (v[n] >= '0' && v[n] <= '9' || v[n] == '.' || v[n] == '-' && n == 0) {
		n++
	}
	px, err := strconv.ParseFloat(v[:n], 64)
	if err != nil {
		return 0, false
	}
	unit := strings.ToLower(v[n:])
	switch {
	case strings.HasPrefix(unit, "em"), strings.HasPrefix(unit, "rem"):
		return px * 16, true
	case strings.HasPrefix(unit, "px"), strings.HasPrefix(unit, "pt"), px == 0:
		return px, true
	case unit == "", unit[0] == ' ', unit[0] == '!':
		return px, true // browsers ignore it, but for zero; some mails have it
	}
	return 0, false
}

// isZero reports whether a CSS length or number is zero.
func isZero(v string) bool {
	i := 0
	for i < len(v) && (v[i] == '0' || v[i] == '.') {
		i++
	}
	return i > 0 && (i == len(v) || v[i] < '1' || v[i] > '9')
}

// A color is that of a text or of what is behind it: red, green and blue, a byte
// each, below a bit that says that they are known.
type color uint32

const (
	noColor    color = 0       // none that is known
	clearColor color = 1 << 25 // nothing is painted
)

func rgb(r, g, b uint8) color { return 1<<24 | color(r)<<16 | color(g)<<8 | color(b) }

// colorOf reads the colours that hide text as a rule: by number, by the names
// of the lightest and the darkest, transparent ones.
func colorOf(v string) color {
	v = strings.ToLower(strings.TrimSpace(v))
	if i := strings.IndexByte(v, '!'); i > 0 {
		v = strings.TrimSpace(v[:i])
	}
	word, _, _ := strings.Cut(v, " ")
	switch word {
	case "white":
		return rgb(255, 255, 255)
	case "black":
		return rgb(0, 0, 0)
	case "transparent":
		return clearColor
	}
	if strings.HasPrefix(word, "#") {
		hex := word[1:]
		if len(hex) == 3 || len(hex) == 4 {
			hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
		}
		if len(hex) < 6 {
			return noColor
		}
		n, err := strconv.ParseUint(hex[:6], 16, 32)
		if err != nil {
			return noColor
		}
		return rgb(uint8(n>>16), uint8(n>>8), uint8(n))
	}
	name, args, ok := strings.Cut(v, "(")
	if !ok || name != "rgb" && name != "rgba" {
		return noColor
	}
	args, _, _ = strings.Cut(args, ")")
	var part [4]float64
	n := 0
	for _, f := range strings.FieldsFunc(args, func(r rune) bool { return r == ' ' || r == ',' || r == '/' }) {
		if n == len(part) {
			break
		}
		x, err := strconv.ParseFloat(strings.TrimSuffix(f, "%"), 64)
		if err != nil {
			return noColor
		}
		part[n] = min(max(x, 0), 255)
		n++
	}
	if n < 3 {
		return noColor
	}
	if n == 4 && part[3] == 0 {
		return clearColor
	}
	return rgb(uint8(part[0]), uint8(part[1]), uint8(part[2]))
}

// sees reports whether text of colour c can be told from its ground.
func (c color) sees(ground color) bool {
	switch {
	case c == clearColor:
		return false
	case c == noColor, ground == noColor, ground == clearColor:
		return true
	}
	near := func(a, b color) bool { return max(a, b)-min(a, b) <= sameColor }
	return !(near(c>>16, ground>>16) && near(c>>8&0xFF, ground>>8&0xFF) && near(c&0xFF, ground&0xFF))
}
