package css

import (
	_ "embed"
	"math"
	"strconv"
	"strings"
)

// A Color is one that is known, or the zero value.
type Color struct {
	R, G, B uint8
	A       uint8 // 0 is transparent
	Known   bool
}

// Colors that pages have where they say nothing.
var (
	White = Color{255, 255, 255, 255, true}
	Black = Color{0, 0, 0, 255, true}
	Clear = Color{Known: true}
)

// faint is how much of a colour, of 255, nobody sees.
const faint = 12

// Seen reports whether anything is painted.
func (c Color) Seen() bool { return !c.Known || c.A > faint }

// same is how far each of red, green and blue may differ between a text and its
// ground so that nobody can read it.
const same = 10

// Near reports whether two colours cannot be told from each other.
func (c Color) Near(d Color) bool {
	near := func(a, b uint8) bool { return max(a, b)-min(a, b) <= same }
	return c.Known && d.Known && near(c.R, d.R) && near(c.G, d.G) && near(c.B, d.B)
}

// On is the colour that is seen where c is painted on an opaque ground.
func (c Color) On(ground Color) Color {
	if !c.Known || c.A == 255 || !ground.Known {
		return c
	}
	mix := func(a, b uint8) uint8 { return uint8((int(a)*int(c.A) + int(b)*(255-int(c.A))) / 255) }
	return Color{mix(c.R, ground.R), mix(c.G, ground.G), mix(c.B, ground.B), 255, true}
}

//go:embed data/colors.txt
var colorData string

var colorNames = func() map[string]Color {
	names := map[string]Color{"transparent": Clear}
	for line := range strings.Lines(colorData) {
		if f := strings.Fields(line); len(f) == 2 {
			names[f[0]] = hexColor(f[1])
		}
	}
	return names
}()

// ColorOf reads a colour; what is none, or hangs on something else, is not known.
func ColorOf(v string) Color {
	v = trim(v)
	if v == "" {
		return Color{}
	}
	if v[0] == '#' {
		return hexColor(v[1:])
	}
	name, args, isCall := strings.Cut(v, "(")
	if len(name) > len("lightgoldenrodyellow") {
		return Color{}
	}
	name = strings.ToLower(name)
	if !isCall {
		return colorNames[name]
	}
	return callColor(name, args)
}

func hexColor(s string) Color {
	x, err := strconv.ParseUint(s, 16, 32)
	if err != nil {
		return Color{}
	}
	wide := func(n uint64) uint8 { return uint8(n&15) * 17 }
	switch len(s) {
	case 3:
		return Color{wide(x >> 8), wide(x >> 4), wide(x), 255, true}
	case 4:
		return Color{wide(x >> 12), wide(x >> 8), wide(x >> 4), wide(x), true}
	case 6:
		return Color{uint8(x >> 16), uint8(x >> 8), uint8(x), 255, true}
	case 8:
		return Color{uint8(x >> 24), uint8(x >> 16), uint8(x >> 8), uint8(x), true}
	}
	return Color{}
}

// callColor reads a colour that is written as a call, by CSS Color 4.
func callColor(name, args string) Color {
	if i := strings.LastIndexByte(args, ')'); i >= 0 {
		args = args[:i]
	}
	if name == "color" {
		space, rest := word(args)
		if !strings.EqualFold(space, "srgb") {
			return Color{}
		}
		args = rest
	}
	var l [4]Length
	n, alpha := 0, false
	for w, rest := word(args); w != ""; w, rest = word(rest) {
		if w == "/" {
			alpha = true
			continue
		}
		if n == len(l) {
			return Color{}
		}
		if alpha && n < 3 {
			return Color{}
		}
		if w != "none" {
			v, _, ok := length(w)
			if !ok && !isAngle(w) {
				return Color{}
			}
			l[n] = v
			if !ok {
				f, _, _ := number(w)
				l[n] = Length{N: f * angle(w)}
			}
		}
		n++
	}
	if n < 3 {
		return Color{}
	}
	a := float32(1)
	if n == 4 {
		a = part(l[3], 1)
	}
	var r, g, b float32 // of 1
	switch name {
	case "rgb", "rgba":
		r, g, b = part(l[0], 255)/255, part(l[1], 255)/255, part(l[2], 255)/255
	case "color":
		r, g, b = part(l[0], 1), part(l[1], 1), part(l[2], 1)
	case "hsl", "hsla":
		r, g, b = hsl(l[0].N, part(l[1], 100)/100, part(l[2], 100)/100)
		if l[1].Unit != Percent {
			r, g, b = hsl(l[0].N, l[1].N/100, l[2].N/100)
		}
	case "hwb":
		white, black := l[1].N/100, l[2].N/100
		r, g, b = hsl(l[0].N, 1, .5)
		mix := func(x float32) float32 { return x*(1-white-black) + white }
		r, g, b = mix(r), mix(g), mix(b)
	case "lab":
		r, g, b = lab(l[0].N, part2(l[1], 125), part2(l[2], 125))
	case "lch":
		c := part2(l[1], 150)
		sin, cos := math.Sincos(float64(l[2].N) * math.Pi / 180)
		r, g, b = lab(l[0].N, c*float32(cos), c*float32(sin))
	case "oklab":
		r, g, b = oklab(part2(l[0], 1), part2(l[1], .4), part2(l[2], .4))
	case "oklch":
		c := part2(l[1], .4)
		sin, cos := math.Sincos(float64(l[2].N) * math.Pi / 180)
		r, g, b = oklab(part2(l[0], 1), c*float32(cos), c*float32(sin))
	default:
		return Color{}
	}
	return Color{eight(r), eight(g), eight(b), eight(a), true}
}

func isAngle(s string) bool { return angle(s) != 0 }

// angle is how many degrees the unit at the end of a value has, 0 for others.
func angle(s string) float32 {
	switch s = strings.ToLower(strings.TrimLeft(s, "+-.0123456789")); s {
	case "deg":
		return 1
	case "grad":
		return .9
	case "rad":
		return 180 / math.Pi
	case "turn":
		return 360
	}
	return 0
}

// part is a part of a whole, given as such or in percent.
func part(l Length, whole float32) float32 {
	return min(max(part2(l, whole), 0), whole)
}

// part2 is part of what may be beyond.
func part2(l Length, whole float32) float32 {
	if l.Unit == Percent {
		return l.N / 100 * whole
	}
	return l.N
}

func eight(x float32) uint8 { return uint8(min(max(x, 0), 1)*255 + .5) }

func hsl(h, s, l float32) (r, g, b float32) {
	f := func(n float32) float32 {
		k := float32(math.Mod(float64(n+h/30), 12))
		if k < 0 {
			k += 12
		}
		return l - s*min(l, 1-l)*max(-1, min(k-3, 9-k, 1))
	}
	return f(0), f(8), f(4)
}

// lab is CIELAB, white point D50, to sRGB.
func lab(l, a, b float32) (r, g, bl float32) {
	fy := (l + 16) / 116
	f := func(t float32) float32 {
		if t > 6./29 {
			return t * t * t
		}
		return 3 * 36. / 841 * (t - 4./29)
	}
	x, y, z := .9643*f(fy+a/500), f(fy), .8251*f(fy-b/200)
	return gamma(3.1341*x - 1.6174*y - .4907*z), gamma(-.9788*x + 1.9161*y + .0334*z), gamma(.0719*x - .2290*y + 1.4054*z)
}

// oklab is Björn Ottosson's space to sRGB.
func oklab(l, a, b float32) (r, g, bl float32) {
	x, y, z := l+.3963378*a+.2158038*b, l-.1055613*a-.0638542*b, l-.0894842*a-1.2914855*b
	x, y, z = x*x*x, y*y*y, z*z*z
	return gamma(4.0767417*x - 3.3077116*y + .2309699*z), gamma(-1.2684380*x + 2.6097574*y - .3413194*z), gamma(-.0041961*x - .7034186*y + 1.7076147*z)
}

func gamma(x float32) float32 {
	if x <= .0031308 {
		return 12.92 * x
	}
	return float32(1.055*math.Pow(float64(x), 1/2.4) - .055)
}
