package article

import (
	"slices"
	"sort"
	"strconv"
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/winnowtext/winnow/clean/internal/block"
)

// keepImages tells which images belong to the article: those within kept blocks,
// those between two of them, those in an element most of whose text is kept, those
// of a paragraph or figure beside a kept paragraph, and the one that the page names
// as its own.
func (e *elements) keepImages() {
	d := e.doc
	if e.kept = make([]bool, len(d.Images)); len(d.Images) == 0 {
		return
	}
	// By block, whether the nearest one from it on that counts is kept, and whether the
	// one before it is.
	behind, before := make([]bool, len(d.Blocks)+1), make([]bool, len(d.Blocks)+1)
	behind[len(d.Blocks)], before[0] = e.structure.Fragment, e.structure.Fragment
	for k := len(d.Blocks) - 1; k >= 0; k-- {
		if b := &d.Blocks[k]; besidePicture(b) || d.Blocks[min(k+1, len(d.Blocks)-1)].Keep && e.isLabel(k) {
			behind[k] = behind[k+1]
		} else {
			behind[k] = b.Keep
		}
	}
	first := 0 // that is kept
	for first < len(d.Blocks) && !d.Blocks[first].Keep {
		first++
	}
	for k := range d.Blocks {
		b := &d.Blocks[k]
		if besidePicture(b) || d.Blocks[max(k-1, 0)].Keep && e.isLabel(k) {
			before[k+1] = before[k]
		} else {
			before[k+1] = b.Keep || b.Role == block.Heading && k < first // the title, as likely
		}
	}
	k, lead := 0, fileName(e.structure.Lead)
	for i := range d.Images {
		image := &d.Images[i]
		for k < len(d.Blocks) && d.Blocks[k].End <= image.At {
			k++
		}
		switch {
		case image.Hidden && e.isHidden(image):
		case k < len(d.Blocks) && d.Blocks[k].Start < image.At && !e.isLabel(k): // within a block
			e.kept[i] = d.Blocks[k].Keep
		case before[k] && behind[k], image.Kind != block.Formula && e.amongKept(image):
			e.kept[i] = true
		case image.Kind == block.Picture && k <= first && first < len(d.Blocks) && len(lead) >= leastName && fileName(image.Source()) == lead:
			e.kept[i], lead = true, ""
		case image.Kind != block.Formula && slices.Contains(before[max(0, k-boxBlocks):k+1], true):
			box := e.box(i)
			b := &d.Elems[box]
			from, to := min(int(b.First), k), max(int(b.End), k)
			e.kept[i] = before[from] && behind[to] || from > 0 && e.follows(box, from-1)
		}
	}
	e.dropPreviews()
}

// Bounds of what may stand in the box of a picture beside it.
const (
	boxBlocks = 3   // captions, credits, labels
	boxText   = 400 // bytes
)

// box is the outermost element around an image in which nothing else stands but text
// that was left out and may be its caption.
func (e *elements) box(i int) int32 {
	d := e.doc
	at := d.Images[i].Elem
	for {
		p := d.Elems[at].Parent
		if p <= 0 || d.Node(p).DataAtom == atom.Body {
			return at
		}
		el := &d.Elems[p]
		if el.End-el.First > boxBlocks {
			return at
		}
		size := int32(0)
		for k := el.First; k < el.End; k++ {
			b := &d.Blocks[k]
			if size += b.End - b.Start; b.Keep || b.Role == block.Heading || size > boxText || 2*b.Link > b.End-b.Start || isPromotion(b) {
				return at
			}
		}
		for _, k := range [...]int{i - 1, i + 1} {
			if k >= 0 && k < len(d.Images) && e.isWithin(d.Images[k].Elem, p) && !sameFile(d.Images[k].Source(), d.Images[i].Source()) {
				return at
			}
		}
		at = p
	}
}

// isPromotion reports whether a block that was left out is of a kind whose pictures
// are no part of the article.
func isPromotion(b *block.Block) bool {
	switch b.Kind {
	case "ad", "bio", "share", "follow", "newsletter", "app", "comment", "rating", "donate", "affiliate", "paywall", "readmore", "popup", "cookie", "poll":
		return true
	}
	return false
}

// isWithin reports whether an element lies in another, or is it.
func (e *elements) isWithin(elem, outer int32) bool {
	for elem > outer {
		elem = e.doc.Elems[elem].Parent
	}
	return elem == outer
}

// follows reports whether the box of a picture is a paragraph or figure that stands
// right behind one whose text is kept, both in one element.
func (e *elements) follows(box int32, blk int) bool {
	d := e.doc
	b := &d.Blocks[blk]
	if a := d.Node(box).DataAtom; a != atom.P && a != atom.Figure || !b.Keep || b.Role == block.Heading {
		return false
	}
	return d.Elems[b.Elem].Parent == d.Elems[box].Parent
}

// isHidden reports whether an image in an element whose style hides it stays so. What
// fades in, or has the height of its picture by other means, does not, and an element
// that hides kept text is shown by a script.
func (e *elements) isHidden(image *block.Image) bool {
	d := e.doc
	for at := image.Elem; at > 0; at = d.Elems[at].Parent {
		if !d.Hides(at) {
			continue
		}
		shown := false
		for k := d.Elems[at].First; k < d.Elems[at].End && !shown; k++ {
			shown = d.Blocks[k].Keep
		}
		if !shown {
			return true
		}
	}
	return false
}

// amongKept reports whether an image stands in an element most of whose text is kept.
func (e *elements) amongKept(image *block.Image) bool {
	d := e.doc
	for at := image.Elem; at > 0; at = d.Elems[at].Parent {
		if a := d.Node(at).DataAtom; a == atom.Body || a == atom.Html {
			break
		}
		kept, left := int32(0), int32(0)
		const most = 200 // blocks to look at
		for i := d.Elems[at].First; i < min(d.Elems[at].End, d.Elems[at].First+most); i++ {
			b := &d.Blocks[i]
			switch {
			case b.Keep:
				kept += b.End - b.Start
			case !besidePicture(b):
				left += b.End - b.Start
			}
		}
		if kept+left > 0 {
			return kept > 4*left
		}
	}
	return false
}

// besidePicture reports whether a block that was left out may stand between a picture
// of the article and its text.
func besidePicture(b *block.Block) bool {
	if b.Keep {
		return false
	}
	switch b.Kind {
	case "caption", "credit", "byline", "date":
		return true
	}
	return b.Role == block.Caption
}

// isLabel reports whether a block that was left out is no more than a name of what
// follows, or a mark: it says nothing about the picture beside it.
func (e *elements) isLabel(i int) bool {
	const most = 24 // bytes
	b := &e.doc.Blocks[i]
	if b.Keep || b.End-b.Start > most || b.Link > 0 || !e.besideImage(i) {
		return false
	}
	if e.structure.Name != nil {
		e.structure.Name(i)
	}
	return !isPromotion(b)
}

// besideImage reports whether an image stands in a block or near it.
func (e *elements) besideImage(i int) bool {
	d := e.doc
	from, to := int32(0), int32(len(d.Text))
	if i >= boxBlocks {
		from = d.Blocks[i-boxBlocks].End
	}
	if i+boxBlocks < len(d.Blocks) {
		to = d.Blocks[i+boxBlocks].Start
	}
	k := sort.Search(len(d.Images), func(k int) bool { return d.Images[k].At >= from })
	return k < len(d.Images) && d.Images[k].At <= to
}

// dropPreviews drops the smaller one of two pictures in a row that show the same: a
// preview, and what takes its place when it is loaded.
func (e *elements) dropPreviews() {
	d := e.doc
	last, source := -1, ""
	for i := range d.Images {
		image := &d.Images[i]
		if !e.kept[i] || image.Kind != block.Picture {
			continue
		}
		src := image.Source()
		if last >= 0 && d.Images[last].At == image.At && src != source && sameFile(source, src) {
			if !isLarger(src, source) {
				e.kept[i] = false
				continue
			}
			e.kept[last] = false
		}
		last, source = i, src
	}
}

// sameFile reports whether two addresses name the same file, which may be in another
// size.
func sameFile(a, b string) bool {
	name := fileName(a)
	return len(name) >= leastName && name == fileName(b)
}

// leastName is the length of the shortest name of a file that says something.
const leastName = 6

// fileName is the name of the file at an address without its ending.
func fileName(address string) string {
	address, _, _ = strings.Cut(address, "?")
	address, _, _ = strings.Cut(address, "#")
	address = address[strings.LastIndexByte(address, '/')+1:]
	if k := strings.LastIndexByte(address, '.'); k > 0 {
		address = address[:k]
	}
	return address
}

// isLarger reports whether the first number in which two addresses differ is larger in
// a: servers of pictures are told the size like that.
func isLarger(a, b string) bool {
	k := 0
	for k < len(a) && k < len(b) && a[k] == b[k] {
		k++
	}
	for k > 0 && isDigit(a[k-1]) {
		k--
	}
	x, errX := strconv.Atoi(digits(a[k:]))
	y, errY := strconv.Atoi(digits(b[k:]))
	return errX == nil && errY == nil && x > y
}

func digits(s string) string {
	k := 0
	for k < len(s) && isDigit(s[k]) {
		k++
	}
	return s[:k]
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
