package block

import (
	"context"
	"slices"
	"strings"
)

// stopped tells, once in a while, whether the work on the page has to end; i
// counts the steps of a loop. What is left half done is of no use then: see
// Shorten.
func (d *Doc) stopped(i int) bool { return i&0xff == 0 && d.ctx != nil && d.ctx.Err() != nil }

// What is worked on when the time is over: some milliseconds' worth.
const (
	shortBlocks = 1000
	shortElems  = 20_000
	shortText   = 256 << 10 // bytes
)

// Shorten leaves the beginning of a page, not judged yet, for ctx's time.
func (d *Doc) Shorten(ctx context.Context) {
	d.ctx, d.short = ctx, true
	d.Elems = d.Elems[:min(len(d.Elems), shortElems)]
	n := int32(0)
	for ; int(n) < min(len(d.Blocks), shortBlocks); n++ {
		if b := &d.Blocks[n]; int(b.Elem) >= len(d.Elems) || b.End > shortText {
			break
		}
		b := &d.Blocks[n]
		b.Keep, b.P, b.Kind, b.Rule, b.Step = false, 0, "", "", ""
	}
	d.Blocks = d.Blocks[:n]
	for i := range d.Elems {
		e := &d.Elems[i]
		e.First, e.End = min(e.First, n), min(e.End, n)
	}
	text := int32(0)
	if n > 0 {
		text = d.Blocks[n-1].End
	}
	d.Text = d.Text[:text]
	d.Asides = slices.DeleteFunc(d.Asides, func(a Aside) bool {
		return int(a.Elem) >= len(d.Elems) || a.At > text
	})
}

// longText is text, with looks at ctx between the pieces of a long one. It is
// parted at blanks, where text goes on as it does from one node to the next.
func (b *builder) longText(ctx context.Context, s string) error {
	const piece = 1 << 20 // bytes
	for len(s) > piece && b.d.Elems[b.top()].Flags&fPre == 0 {
		k := strings.LastIndexByte(s[:piece], ' ')
		if k <= 0 {
			break
		}
		if b.text(s[:k]); ctx.Err() != nil {
			return ctx.Err()
		}
		s = s[k:]
	}
	b.text(s)
	return nil
}

// room makes room for the elements and blocks of one more step of the walk.
func (b *builder) room() (err error) {
	const least = 4
	if d := b.d; cap(d.Elems)-len(d.Elems) < least {
		d.Elems, err = roomier(d, d.Elems)
	} else if cap(d.Blocks)-len(d.Blocks) < least {
		d.Blocks, err = roomier(d, d.Blocks)
	}
	return err
}

// roomier is s in more memory, copied with looks at the context: a long slice
// takes more time than that of one look.
func roomier[T any](d *Doc, s []T) ([]T, error) {
	const piece = 1 << 12
	if len(s) < piece {
		return slices.Grow(s, len(s)+8), nil
	}
	more := make([]T, 0, len(s)*3/2)
	for rest := s; len(rest) > 0; {
		if d.ctx != nil && d.ctx.Err() != nil {
			return s, d.ctx.Err()
		}
		n := min(len(rest), piece)
		more, rest = append(more, rest[:n]...), rest[n:]
	}
	return more, nil
}
