package block

// Bounds of captions.
const (
	captionMost  = 400 // bytes, of all blocks of the picture's box
	captionShare = 4   // all of them together are at most so small a part of the paragraphs
	pictureItem  = .6  // the same in a list, as of slides
	captionMax   = .97 // the probability up to which the block under a picture is one
)

// dropCaptions leaves out what stands alone with a picture in a box of its own among the
// kept paragraphs of an article.
func dropCaptions(d *Doc) {
	var found []int32
	size := int32(0)
	d.passElems()
	for i := range d.Elems {
		if d.Elems[i].Tag != tImg {
			continue
		}
		e := int32(i)
		for e > 0 && d.Elems[e].First == d.Elems[e].End {
			e = d.Elems[e].Parent
		}
		box := &d.Elems[e]
		if box.Tag == tTr && box.End-box.First == 1 {
			e = box.Parent
			box = &d.Elems[e]
		}
		if e == 0 || box.End-box.First > 2 || box.Flags&(fLink|fHeading) != 0 || box.Flags&fItem != 0 && d.Blocks[box.First].P > pictureItem || !pictured(d, e) {
			continue
		}
		for j := box.First; j < box.End; j++ {
			if b := &d.Blocks[j]; b.Keep && !b.fixed() && b.P <= captionMax {
				found = append(found, j)
				if n := b.End - b.Start; box.Flags&fItem != 0 {
					size += n / 2 // of slides there may be more
				} else {
					size += n
				}
			}
		}
	}
	if size*captionShare > keptProse(d) {
		return // they are the text
	}
	for _, j := range found {
		d.Blocks[j].leave("caption.picture").Kind = "caption"
	}
}

// pictured reports whether the blocks of a box are short and stand between kept
// paragraphs that have the box, or one around it that holds no more, as their sibling.
func pictured(d *Doc, e int32) bool {
	box := &d.Elems[e]
	size := int32(0)
	for j := box.First; j < box.End; j++ {
		b := &d.Blocks[j]
		if b.Elem == e && d.Elems[e].Tag == tP || b.Flags&fHeading != 0 || b.Role == Code || b.Link*2 > b.End-b.Start {
			return false
		}
		size += b.End - b.Start
	}
	if size == 0 || size > captionMost {
		return false
	}
	for d.Elems[d.Elems[e].Parent].End-d.Elems[d.Elems[e].Parent].First == box.End-box.First {
		if e = d.Elems[e].Parent; e == 0 {
			return false
		}
	}
	parent := d.Elems[e].Parent
	for _, at := range [2]int32{box.First - 1, box.End} {
		if at < 0 || int(at) >= len(d.Blocks) {
			continue
		}
		if b := &d.Blocks[at]; b.Keep && b.prose() && inside(d, b.Elem, parent) && d.Elems[b.Elem].Path != d.Elems[d.Blocks[box.First].Elem].Path {
			return true
		}
	}
	return false
}
