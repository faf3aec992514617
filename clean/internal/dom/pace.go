package dom

import (
	"bytes"
	"context"
)

// A pace looks at a context once in a while from loops that may be anywhere in
// a page, in the middle of a tag of 50 MB, say. When the context has ended it
// leaves them all at once, by a panic that [stopped] takes.
type pace struct {
	ctx  context.Context
	left int // units of work up to the next look
}

// paceUnits is how much is done between two looks; a unit takes about a
// nanosecond.
const paceUnits = 1 << 20

// Units of work.
const (
	byteUnits      = 4   // a byte that is looked at
	referenceUnits = 500 // a character reference
)

// spend takes note of work. A nil pace never ends it.
func (p *pace) spend(units int) {
	if p == nil {
		return
	}
	if p.left -= units; p.left < 0 {
		p.look()
	}
}

// index is bytes.Index of a short mark.
func (p *pace) index(b []byte, mark string) int {
	for from := 0; ; from += indexPiece {
		to := min(len(b), from+indexPiece+len(mark)-1)
		if i := bytes.Index(b[from:to], []byte(mark)); i >= 0 {
			return from + i
		}
		if to == len(b) {
			return -1
		}
		p.spend(indexPiece)
	}
}

// indexPiece is how much is searched in one go, in bytes.
const indexPiece = 512 << 10

type ended struct{ error }

func (p *pace) look() {
	p.left = paceUnits
	if p.ctx == nil {
		return
	}
	if err := p.ctx.Err(); err != nil {
		panic(ended{err})
	}
}

// stopped is deferred where work may be left in the middle; do, called then with
// the context's error, may be nil.
func stopped(do func(err error)) {
	switch fault := recover().(type) {
	case nil:
	case ended:
		if do != nil {
			do(fault.error)
		}
	default:
		panic(fault)
	}
}
