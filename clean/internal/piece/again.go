package piece

import "strings"

// A Copy is a stretch of a text that was copied from another one, in order.
type Copy struct {
	Out, Len int // bytes of the text
	Src      int // byte of the other one from which on they stood there
}

// again finds in the text of which another one is what is left what is known of that.
type again struct {
	old  *Memory
	next int // copy
	at   int // word or piece of old
	left int // the word that was last left to be read anew, and one more
}

// newAgain returns nil if there is no such text.
func (m *Memory) newAgain() *again {
	if m.old == nil {
		return nil
	}
	return &again{old: m.old}
}

// copied is the copy that holds byte i, nil if none does.
func (a *again) copied(m *Memory, i int) *Copy {
	for a.next < len(m.copies) && m.copies[a.next].Out+m.copies[a.next].Len <= i {
		a.next++
	}
	if a.next == len(m.copies) || m.copies[a.next].Out > i {
		return nil
	}
	return &m.copies[a.next]
}

// behindWord is how many bytes behind a word tell at most where it ends.
const behindWord = 8

// words appends the words from byte i on that stand in the old text as well, and returns
// how far it came. first is the first word of the paragraph, which ends at byte to.
//
// A word hangs on the one before it and on a few bytes behind it, so at the borders of
// what was copied words are read anew; and so are addresses, and words near signs with
// which one may begin or a tag.
func (a *again) words(m *Memory, i, to, first int) int {
	last := len(m.words) - 1
	if last < first {
		return i
	}
	c := a.copied(m, i)
	if c == nil || int(m.words[last].from) < c.Out {
		return i
	}
	old, from := a.old.words, int32(c.Src-c.Out)
	for at := int32(i) + from; a.at < len(old) && old[a.at].from < at; {
		a.at++
	}
	if a.at == 0 || a.at == len(old) || a.left == a.at+1 {
		return i
	}
	if b, o := &m.words[last], &old[a.at-1]; b.from+from != o.from || b.to+from != o.to || b.is != o.is {
		return i
	}
	k, end := a.at, int32(min(to, c.Out+c.Len-behindWord))+from
	for k < len(old) && old[k].to <= end && old[k].is&(address|glued) == 0 && !a.reaches(k) {
		k++
	}
	if k > a.at && k < len(old) && old[k].is&glued != 0 {
		k-- // what was glued together is read as one
	}
	if k == a.at {
		a.left = k + 1 // lest every sign before it asks again
		return i
	}
	n := len(m.words)
	m.words = append(m.words, old[a.at:k]...)
	taken := m.words[n:]
	for j := range taken {
		w := &taken[j]
		w.from, w.to = w.from-from, w.to-from
		m.seeSmall(w)
	}
	a.at = k
	return int(taken[len(taken)-1].to)
}

// reaches reports whether a sign stands before word k of the old text that may begin an
// address or a tag, which hangs on what stands far from it.
func (a *again) reaches(k int) bool {
	gap := a.old.text[a.old.words[k-1].to:a.old.words[k].from]
	return gap != " " && strings.ContainsAny(gap, "@<]")
}

// take takes over what is known of piece i by itself, if the old text holds it.
func (m *Memory) take(a *again, i int) bool {
	known := a.piece(m, i)
	if known == nil {
		return false
	}
	o := &m.owns[i]
	from, to := o.from, o.to
	*o = *known
	o.from, o.to = from, to
	o.content, o.capital, o.same, o.cover, o.copies, o.sharedBefore, o.sharedAfter = 0, 0, 0, 0, 0, 0, 0
	o.opener = m.pieces[i].Left == Opener || o.row[shapeOpener] != 0
	return true
}

// piece is what is known of piece i by itself, nil if the old text does not hold it. It
// is asked for piece after piece.
func (a *again) piece(m *Memory, i int) *own {
	p, o := &m.pieces[i], &m.owns[i]
	c := a.copied(m, p.Start)
	if c == nil || p.End > c.Out+c.Len {
		return nil
	}
	from := c.Src - c.Out
	for a.at < len(a.old.pieces) && a.old.pieces[a.at].Start < p.Start+from {
		a.at++
	}
	if a.at == len(a.old.pieces) || a.old.pieces[a.at].Start != p.Start+from || a.old.pieces[a.at].End != p.End+from {
		return nil
	}
	known := &a.old.owns[a.at]
	if known.to-known.from != o.to-o.from {
		return nil
	}
	old, now := a.old.words[known.from:known.to], m.wordsOf(i)
	for k := range old {
		if v, w := &old[k], &now[k]; v.hash != w.hash || v.is != w.is || int(v.from) != int(w.from)+from || int(v.to) != int(w.to)+from {
			return nil
		}
	}
	return known
}
