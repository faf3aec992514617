package line

import "hash/maphash"

// Dedupe marks later copies of long lines. Short lines recur in verse, lists
// and speech, so they stay.
func Dedupe(lines []Line) {
	seed := maphash.MakeSeed()
	first := make(map[uint64]int)
	for i := range lines {
		l := &lines[i]
		if l.state == dropped || l.state == kept || l.words < dupWords && l.cjk < dupWords || len(l.Text) < dupLetters {
			continue
		}
		key := maphash.String(seed, l.Text)
		if j, ok := first[key]; !ok {
			first[key] = i
		} else if lines[j].Text == l.Text {
			l.drop("duplicate", "duplicate.line", "dedupe")
		}
	}
}
