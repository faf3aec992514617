package block

// repeatWords is how many words a block needs to count as a second copy of an
// earlier one; shorter ones repeat by chance.
const repeatWords = 6

// Context revises the verdicts by what lies around: second copies of text that
// is already kept go.
func Context(d *Doc) {
	dropRepeats(d)
}

// dropRepeats drops kept blocks whose text an earlier kept block holds, and
// short repeats next to one.
func dropRepeats(d *Doc) {
	seen := make(map[string]struct{}, 64)
	last := false // the block before was dropped as a copy
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if !b.Keep {
			continue
		}
		text := d.Text[b.Start:b.End]
		if _, ok := seen[string(text)]; ok && (last || enoughWords(text)) {
			b.Keep, b.Kind, b.Rule, b.Step = false, "duplicate", "duplicate.block", "dedupe"
			last = true
			continue
		}
		last = false
		seen[string(text)] = struct{}{}
	}
}

// enoughWords tells whether text has repeatWords words, or as many bytes of a
// script without spaces.
func enoughWords(text []byte) bool {
	n, high := 1, 0
	for _, c := range text {
		if c == ' ' || c == '\n' {
			n++
		} else if c >= 0xE0 {
			high++
		}
	}
	return n >= repeatWords || high >= 2*repeatWords
}

// A Summary is what a page's kept blocks are, in bytes but for Heads.
type Summary struct {
	Kept, Links, Good int
	Heads             int
	Wall              bool // blocks around or in the text speak of a wall
}

// Summary sums up the kept blocks.
func (d *Doc) Summary() Summary {
	var s Summary
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if b.Kind == "paywall" || b.Kind == "cookie" || b.Kind == "login" {
			s.Wall = true
		}
		if !b.Keep {
			continue
		}
		size := int(b.End - b.Start)
		s.Kept += size
		s.Links += int(b.Link)
		if b.Flags&fHeading != 0 {
			s.Heads++
		}
		if size >= proseBytes && int(b.Link)*2 < size {
			s.Good += size
		}
	}
	return s
}
