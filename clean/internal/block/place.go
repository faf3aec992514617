package block

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// placeDepth is how many elements a place names at most, from the inside.
const placeDepth = 4

// Place is a CSS path that leads to an element, shortened at an id.
func (d *Doc) Place(e int32) string {
	if int(e) >= len(d.nodes) || d.nodes[e] == nil {
		return ""
	}
	var steps [placeDepth]string // from the inside
	k, size := 0, 0
	for n := d.nodes[e]; n != nil && n.Type == html.ElementNode && k < placeDepth; n = n.Parent {
		step, id := placeStep(n)
		steps[k] = step
		k, size = k+1, size+len(step)+len(" > ")
		if id {
			break
		}
	}
	var sb strings.Builder
	sb.Grow(size)
	for k--; k >= 0; k-- {
		sb.WriteString(steps[k])
		if k > 0 {
			sb.WriteString(" > ")
		}
	}
	return sb.String()
}

// EachPart calls f for the parts of the class and id tokens, roles and item
// properties of a block's elements, from the inside; it is there for training
// and needs Options.Explain.
func (d *Doc) EachPart(block int, f func(part string)) {
	for e := d.Blocks[block].Elem; e > 0; e = d.Elems[e].Parent {
		for _, a := range d.nodes[e].Attr {
			switch a.Key {
			case "class", "id", "role", "itemprop":
				eachPart(a.Val, func(_ uint32, start, end int) { f(strings.ToLower(a.Val[start:end])) })
			}
		}
	}
}

// placeStep names one element: by its id, else by its first classes, else by
// its number among its kin.
func placeStep(n *html.Node) (step string, id bool) {
	var class []byte
	for _, a := range n.Attr {
		switch a.Key {
		case "id":
			if cssName(a.Val) {
				return n.Data + "#" + a.Val, true
			}
		case "class":
			count := 0
			for c := range strings.FieldsSeq(a.Val) {
				if count++; count > 2 {
					break
				}
				if cssName(c) {
					class = append(append(class, '.'), c...)
				}
			}
		}
	}
	if class != nil {
		return n.Data + string(class), false
	}
	k, alone := 1, true
	for s, seen := n.PrevSibling, 0; s != nil && seen < 1000; s, seen = s.PrevSibling, seen+1 {
		if s.Type == html.ElementNode && s.Data == n.Data {
			k++
			alone = false
		}
	}
	for s, seen := n.NextSibling, 0; alone && s != nil && seen < 50; s, seen = s.NextSibling, seen+1 {
		alone = s.Type != html.ElementNode || s.Data != n.Data
	}
	if alone {
		return n.Data, false
	}
	return n.Data + ":nth-of-type(" + strconv.Itoa(k) + ")", false
}

// cssName reports whether s can stand in a selector as it is.
func cssName(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', c == '_', c == '-' && i+1 < len(s), '0' <= c && c <= '9' && i > 0:
		default:
			return false
		}
	}
	return s != ""
}
