package dom

import (
	"io"

	"github.com/winnowtext/winnow/clean/internal/work"
)

// seamMark parts a long text in two, which changes nothing else in the tree.
const seamMark = "<!---->"

// maxRead is how much of a page is read in one go, in bytes, before the
// clock is looked at again.
const maxRead = 64 << 10

// A parted reader hands out a page, long texts in parts, until the clock ends.
type parted struct {
	clock *work.Clock
	p     Page
	at    int    // bytes of the page handed out
	seam  string // what is left to be read of a seamMark
}

// over reports whether the clock has ended, and with it the page.
func (r *parted) over() bool {
	if r.clock.Err() == nil {
		func() {
			defer work.Catch(new(error))
			r.clock.Look()
		}()
	}
	return r.clock.Err() != nil
}

// next returns up to limit bytes, either a mark or bytes of the page, which
// move on by itself. It returns nothing at the end.
func (r *parted) next(limit int) (mark string, part []byte) {
	if r.over() {
		return "", nil
	}
	if r.seam != "" {
		mark = r.seam[:min(len(r.seam), limit)]
		r.seam = r.seam[len(mark):]
		return mark, nil
	}
	end := min(len(r.p.HTML), r.at+min(limit, maxRead))
	if s := r.p.seams; len(s) > 0 && s[0] <= end {
		end = s[0]
		r.p.seams, r.seam = s[1:], seamMark
	}
	part = r.p.HTML[r.at:end]
	r.at = end
	if len(part) == 0 && r.seam != "" {
		return r.next(limit)
	}
	return "", part
}

// Read implements io.Reader.
func (r *parted) Read(p []byte) (int, error) {
	mark, part := r.next(len(p))
	n := copy(p, mark) + copy(p, part)
	if n == 0 && len(p) > 0 {
		return 0, io.EOF
	}
	return n, nil
}
