package line

// The title of a text, which stays.

// title lets the line stay that heads the text: its words are those of the paragraphs.
func (s *certainty) title() {
	first := 0 // paragraph
	for first < len(s.lines) && (s.lines[first].Dropped() || !s.lines[first].prose) {
		first++
	}
	if first == 0 || first == len(s.lines) {
		return
	}
	read := false
	for i := first - 1; i >= 0 && i >= first-titleReach; i-- {
		l := &s.lines[i]
		if l.state != open || l.pending != nil || l.ends || l.colon() || int(l.words) > titleWords || !s.ownLine(i) {
			continue
		}
		if !read {
			read = true
			for j := range s.lines[i+1 : min(len(s.lines), i+1+titleRead)] {
				if l := &s.lines[i+1+j]; !l.Dropped() && l.ends {
					s.stems = s.by.Stems(s.stems, i+1+j)
				}
			}
		}
		var room [titleStems]uint32
		own := s.by.Stems(room[:0], i)
		shared := countShared(own, s.stems)
		least, share := titleLeast, titleShare
		if i == 0 && int(l.words) > titleLeast && s.pieces[i].Count == 1 {
			least, share = min(titleLeast-1, (len(own)+1)/2), titleFirst
		}
		if shared >= least && shared*10 >= len(own)*share {
			l.Stay(titleRule)
			return
		}
	}
}

const (
	titleReach = 12 // lines from the title to the first paragraph
	titleWords = 20 // of it
	titleLeast = 3  // of them in the paragraphs, too
	titleShare = 6  // tenths of them that are
	titleFirst = 4  // the same of the text's first line, where one word fewer will do
	titleRead  = 60 // lines of the text that are read for them
)

// titleStems is for how many words of a title there is room at first.
const titleStems = 32

// countShared counts the stems that are among others.
func countShared(own, others []uint32) (n int) {
	var seen uint64 // bits of own
	for _, h := range own {
		seen |= 1 << (h & 63)
	}
	var room [titleStems]bool
	found := append(room[:0], make([]bool, len(own))...)
	for _, h := range others {
		if seen>>(h&63)&1 == 0 {
			continue
		}
		for i := range own {
			if own[i] == h && !found[i] {
				found[i] = true
				n++
			}
		}
	}
	return n
}
