package css

import "strings"

// onScreen reports whether a list of media queries is true of the window.
func onScreen(list string) bool {
	list = trim(plain(list))
	if list == "" {
		return true
	}
	for q := range strings.SplitSeq(strings.ToLower(list), ",") {
		if query(trim(q)) {
			return true
		}
	}
	return false
}

// query reports whether a media query is true; of what it does not know it takes none
// to be.
func query(q string) bool {
	not := false
	for q != "" {
		var w string
		if q[0] == '(' {
			depth, i := 0, 0
			for ; i < len(q); i++ {
				if q[i] == '(' {
					depth++
				} else if q[i] == ')' {
					if depth--; depth == 0 {
						break
					}
				}
			}
			w, q = q[1:min(i, len(q))], trimLeft(q[min(i+1, len(q)):])
			if feature(trim(w)) == not {
				return false
			}
			continue
		}
		w, q = word(q)
		if i := strings.IndexByte(w, '('); i > 0 {
			w, q = w[:i], w[i:]+q
		}
		q = trimLeft(q)
		switch w {
		case "and", "only":
		case "not":
			not = true
			if strings.HasPrefix(q, "print") || strings.HasPrefix(q, "speech") {
				return true
			}
		case "screen", "all":
			if not && (q == "" || !strings.HasPrefix(q, "and")) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// feature reports whether what stands in brackets is true of the window.
func feature(f string) bool {
	if strings.HasPrefix(f, "(") {
		return false
	}
	name, val, ok := strings.Cut(f, ":")
	name, val = trim(name), trim(val)
	if !ok {
		return between(f)
	}
	l, _, isLength := length(val)
	px := l.pixels()
	switch name {
	case "min-width", "min-device-width":
		return isLength && px <= Width
	case "max-width", "max-device-width":
		return isLength && px >= Width
	case "min-height", "min-device-height":
		return isLength && px <= Height
	case "max-height", "max-device-height":
		return isLength && px >= Height
	case "orientation":
		return val == "landscape"
	case "hover", "any-hover":
		return val == "hover"
	case "pointer", "any-pointer":
		return val == "fine"
	case "prefers-color-scheme":
		return val == "light"
	case "prefers-reduced-motion":
		return val == "no-preference"
	case "scripting":
		return val == "enabled"
	}
	return false
}

// between reads a range of width or height, such as 600px <= width < 1200px.
func between(f string) bool {
	f = strings.NewReplacer("<=", " <= ", ">=", " >= ", "<", " < ", ">", " > ").Replace(f)
	f = strings.NewReplacer("<  =", "<=", ">  =", ">=", "< =", "<=", "> =", ">=").Replace(strings.Join(strings.Fields(f), " "))
	w := strings.Fields(f)
	if len(w) == 1 {
		return w[0] == "width" || w[0] == "height" || w[0] == "color" || w[0] == "hover" || w[0] == "scripting"
	}
	if len(w) < 3 || len(w)%2 == 0 {
		return false
	}
	at := func(s string) (float32, bool) {
		switch s {
		case "width":
			return Width, true
		case "height":
			return Height, true
		}
		l, _, ok := length(s)
		return l.pixels(), ok
	}
	for i := 0; i+2 < len(w); i += 2 {
		a, ok1 := at(w[i])
		b, ok2 := at(w[i+2])
		if !ok1 || !ok2 {
			return false
		}
		switch w[i+1] {
		case "<", "<=":
			ok1 = a <= b
		case ">", ">=":
			ok1 = a >= b
		default:
			return false
		}
		if !ok1 {
			return false
		}
	}
	return true
}
