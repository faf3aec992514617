package css

import "strings"

// A Move is what a transform does, turns aside: by how many pixels it moves, and how
// much is left of the smaller of width and height.
type Move struct {
	X, Y  float32
	Scale float32
}

// ownShare is the share of the window that a box is taken for where it moves by
// hundredths of its own size.
const ownShare = .3

// shift is a length by which a box is moved.
func shift(l Length, window float32) float32 { return l.Pixels(16, window/100*ownShare) }

// transform reads a list of functions.
func transform(v string) Move {
	m := Move{Scale: 1}
	for f, rest := word(v); f != ""; f, rest = word(rest) {
		i := strings.IndexByte(f, '(')
		if i < 0 {
			continue
		}
		// Functions may stand without a space between them.
		end := strings.IndexByte(f, ')')
		for end >= 0 && strings.Count(f[:end+1], "(") > strings.Count(f[:end+1], ")") {
			next := strings.IndexByte(f[end+1:], ')')
			if next < 0 {
				break
			}
			end += next + 1
		}
		if end < 0 {
			end = len(f)
		} else if end+1 < len(f) {
			rest = f[end+1:] + " " + rest
		}
		m.apply(strings.ToLower(f[:i]), f[i+1:end])
	}
	return m
}

func (m *Move) apply(name, args string) {
	var l [16]Length
	n := 0
	for w, rest := word(args); w != "" && n < len(l); w, rest = word(rest) {
		l[n], _, _ = length(w)
		n++
	}
	if n == 0 {
		return
	}
	scale := m.Scale
	switch name {
	case "translate", "translate3d":
		m.X += shift(l[0], Width) * scale
		if n > 1 {
			m.Y += shift(l[1], Height) * scale
		}
	case "translatex":
		m.X += shift(l[0], Width) * scale
	case "translatey":
		m.Y += shift(l[0], Height) * scale
	case "scale", "scalex", "scaley":
		for _, x := range l[:n] {
			m.Scale = min(m.Scale, scale*abs(part2(x, 1)))
		}
	case "scale3d":
		m.Scale = min(m.Scale, scale*min(abs(l[0].N), abs(l[1].N)))
	case "rotatex", "rotatey":
		if onEdge(trim(args)) {
			m.Scale = 0
		}
	case "matrix":
		if n == 6 {
			m.X, m.Y = m.X+l[4].N*scale, m.Y+l[5].N*scale
			m.Scale = scale * min(1, abs(l[0].N*l[3].N-l[1].N*l[2].N))
		}
	case "matrix3d":
		if n == 16 {
			m.X, m.Y = m.X+l[12].N*scale, m.Y+l[13].N*scale
			m.Scale = scale * min(1, abs(l[0].N*l[5].N-l[1].N*l[4].N))
		}
	}
}

// onEdge reports whether a turn by that angle shows the edge of a box.
func onEdge(v string) bool {
	n, i, ok := number(v)
	if !ok {
		return false
	}
	deg := int(abs(n*angle(v[i:]))+.5) % 180
	return deg >= 89 && deg <= 91
}

// clipsAll reports whether clip leaves no more than a pixel.
func clipsAll(v string) bool {
	if !hasFoldPrefix(v, "rect(") {
		return false
	}
	var l [4]float32
	n := 0
	for w, rest := word(strings.TrimSuffix(v[len("rect("):], ")")); w != "" && n < 4; w, rest = word(rest) {
		x, _, ok := length(w)
		if l[n] = x.pixels(); !ok {
			l[n] = [4]float32{0, Width, Height, 0}[n] // auto
		}
		n++
	}
	return n == 4 && (l[2]-l[0] <= 1 || l[1]-l[3] <= 1)
}

// cutsAll reports whether clip-path leaves nothing.
func cutsAll(v string) bool {
	i := strings.IndexByte(v, '(')
	if i < 0 {
		return false
	}
	args := v[i+1:]
	if j := strings.LastIndexByte(args, ')'); j >= 0 {
		args = args[:j]
	}
	switch strings.ToLower(v[:i]) {
	case "inset":
		if j := strings.Index(strings.ToLower(args), "round"); j >= 0 {
			args = args[:j]
		}
		var l [4]float32
		for k, s := range func() [4]string { a, b, c, d := sides(args); return [4]string{a, b, c, d} }() {
			x, _, _ := length(s)
			l[k] = x.Pixels(16, Width/100)
		}
		return l[0]+l[2] >= Width || l[1]+l[3] >= Width
	case "circle", "ellipse":
		for w, rest := word(args); w != "" && !strings.EqualFold(w, "at"); w, rest = word(rest) {
			if l, _, ok := length(w); ok && l.pixels() <= .5 {
				return true
			}
		}
	case "polygon", "rect", "xywh":
		return polygonArea(args) == 0 && strings.EqualFold(v[:i], "polygon")
	}
	return false
}

// polygonArea is twice the area between the points of a polygon, in hundredths and
// pixels alike.
func polygonArea(args string) (sum float32) {
	if rule, rest := word(args); strings.EqualFold(rule, "nonzero") || strings.EqualFold(rule, "evenodd") {
		args = rest
	}
	var first, last [2]float32
	n := 0
	for x, rest := word(args); x != ""; x, rest = word(rest) {
		var y string
		y, rest = word(rest)
		a, _, ok1 := length(x)
		b, _, ok2 := length(y)
		if !ok1 || !ok2 {
			return 1
		}
		p := [2]float32{a.N, b.N}
		if n == 0 {
			first = p
		} else {
			sum += last[0]*p[1] - last[1]*p[0]
		}
		last = p
		n++
	}
	return abs(sum + last[0]*first[1] - last[1]*first[0])
}
