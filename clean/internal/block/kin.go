package block

import "github.com/winnowtext/winnow/clean/internal/work"

// Where the posts of a blog or a forum, or the sections of a page, are of one shape, their
// headings and labels are decided by what became of their kin.

// Bounds of kin.
const (
	kinLeast   = 3  // blocks of a kin
	kinReach   = 8  // blocks between one text and the next
	kinHeading = .2 // the probability that a heading needs
	kinSurely  = .1 // where another of its kin is kept, and a text of the next one's kin above
	kinLabel   = .2 // the mean that labels need
)

// keepKin keeps headings directly above kept text, of a kin of which one is kept, or whose
// text has kin that is kept; and, where posts are the text, labels above kept paragraphs.
func keepKin(d *Doc, other bool) {
	r := &d.memory.reading
	if r.blocks.n != len(d.Blocks) || len(r.kin) != len(d.Blocks) {
		return // nothing was measured
	}
	kept := work.Zeroed(d.memory.smoother.sums, len(r.kins))
	d.memory.smoother.sums = kept
	d.pass()
	for i, k := range r.kin {
		kept[k].content += float64(d.Blocks[i].P)
		if d.Blocks[i].Keep {
			kept[k].count++
		}
	}
	d.pass()
	for i := 0; i+1 < len(d.Blocks); i++ {
		b, next := &d.Blocks[i], &d.Blocks[i+1]
		k := r.kin[i]
		if n := r.kins[k].count; !b.undecided() || !next.Keep || n < kinLeast {
			continue
		} else if b.Flags&fHeading != 0 {
			if b.P >= kinSurely && sharedNear(d, b.Elem, next.Elem, 3) && d.kinKept(i, kept[k].count > 0) {
				b.keep("heading.kin")
			}
		} else if other && b.Role == Para && !b.prose() && next.prose() && kept[k].content >= kinLabel*float64(n) && sharedNear(d, b.Elem, next.Elem, 2) {
			b.keep("label.kin")
		}
	}
}

// kinKept reports whether enough of the kin of heading i, or of the text below it, is kept;
// own says that another heading is.
func (d *Doc) kinKept(i int, own bool) bool {
	kin := d.memory.reading.kin
	up, down := false, false
	for j := i - 1; j >= max(0, i-kinReach) && !up; j-- {
		up = d.Blocks[j].Keep && kin[j] == kin[i+1]
	}
	if own && up {
		return true
	}
	for j := i + 2; j < min(len(kin), i+2+kinReach) && !down; j++ {
		down = d.Blocks[j].Keep && kin[j] == kin[i+1] && !sameShape(d, &d.Blocks[j], &d.Blocks[i+1])
	}
	return (own || up || down) && d.Blocks[i].P >= kinHeading
}
