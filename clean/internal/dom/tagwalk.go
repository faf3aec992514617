package dom

import (
	"bytes"

	"github.com/winnowtext/winnow/clean/internal/chars"
	"github.com/winnowtext/winnow/clean/internal/work"
)

// The functions here find the ends of things as html.Tokenizer does. Those that
// return a place return -1 when the page ends before.

// after returns the place behind the next mark from i on.
func after(b []byte, i int, mark byte) int {
	j := bytes.IndexByte(b[i:], mark)
	if j < 0 {
		return -1
	}
	return i + j + 1
}

// tagEnd returns where the tag ends whose attributes begin at i, or whose name
// goes on there.
func tagEnd(c *work.Clock, b []byte, i int) int {
	if i < len(b) && b[i] == '>' {
		return i + 1
	}
	for i < len(b) && b[i] != '>' && b[i] != '/' && !chars.IsHTMLSpace(b[i]) {
		c.Read(1)
		i++
	}
	return eachAttr(c, b, i, nil)
}

// eachAttr returns where the tag ends whose attributes begin at i. do, which
// may be nil, is called with each of them and the place it takes.
func eachAttr(c *work.Clock, b []byte, i int, do func(key, val []byte, from, to int)) int {
	for {
		for i < len(b) && tagChars[b[i]]&chGap != 0 {
			i++
		}
		if i == len(b) {
			return -1
		}
		if b[i] == '>' {
			return i + 1
		}
		from := i
		c.Read(16)
		i++ // an equals sign in front belongs to the name
		for i < len(b) && tagChars[b[i]]&chKey == 0 {
			i++
		}
		to, val := i, []byte(nil)
		k := i
		for k < len(b) && tagChars[b[k]]&chSpace != 0 {
			k++
		}
		if k == len(b) {
			return -1
		}
		if b[k] == '=' {
			for k++; k < len(b) && tagChars[b[k]]&chSpace != 0; k++ {
			}
			if k == len(b) {
				return -1
			}
			start := k
			switch q := b[k]; q {
			case '>':
				val = b[k:k]
			case '"', '\'':
				start = k + 1
				if k = after(b, start, q); k < 0 {
					return -1
				}
				val = b[start : k-1]
			default:
				for k < len(b) && b[k] != '>' && tagChars[b[k]]&chSpace == 0 {
					k++
				}
				if k == len(b) {
					return -1
				}
				val = b[start:k]
			}
			i = k
		}
		if do != nil {
			do(b[from:to], val, from, i)
		}
	}
}

// commentEnd returns the end of the comment whose text begins at i.
func commentEnd(c *work.Clock, b []byte, i int) int {
	if bytes.HasPrefix(b[i:], []byte(">")) {
		return i + 1
	}
	if bytes.HasPrefix(b[i:], []byte("->")) {
		return i + 2
	}
	for {
		j := index(c, b[i:], "--")
		if j < 0 {
			return -1
		}
		c.Read(8)
		for i += j + 2; i < len(b) && b[i] == '-'; i++ {
			c.Read(1)
		}
		switch {
		case i == len(b):
			return -1
		case b[i] == '>':
			return i + 1
		case b[i] == '!' && i+1 < len(b) && b[i+1] == '>':
			return i + 2
		}
		// "--!-" goes on counting dashes from one, which the next search does.
	}
}

// rawEnd returns the place of the end tag of an element that holds raw text
// from i on.
func rawEnd(c *work.Clock, b []byte, i int, name string) int {
	for {
		c.Read(8)
		j := index(c, b[i:], "</")
		if j < 0 {
			return -1
		}
		i += j
		if isRawEnd(b, i, name) {
			return i
		}
		i += 2
	}
}

// isRawEnd reports whether "</name" and a border stand at i.
func isRawEnd(b []byte, i int, name string) bool {
	k := i + 2 + len(name)
	return k < len(b) && b[i+1] == '/' && chars.HasFold(b[i+2:], name) && (b[k] == '>' || b[k] == '/' || chars.IsHTMLSpace(b[k]))
}

// scriptEnd is rawEnd for scripts, where a start tag of a script in a comment
// hides the next end tag: section 13.2.5.15 to 31 of the HTML standard, as
// html.Tokenizer reads it.
func scriptEnd(c *work.Clock, b []byte, i int) int {
	const (
		plain   = iota
		comment // in <!-- -->
		nested  // in <script> in it
	)
	end := rawEnd(c, b, i, "script")
	if end < 0 {
		return -1
	}
	j := index(c, b[i:end], "<!--")
	if j < 0 {
		return end
	}
	i += j
	state, dashes := plain, 0
	for i+1 < len(b) {
		c.Read(8)
		switch b[i] {
		case '-':
			dashes++
			i++
			continue
		case '>':
			if dashes >= 2 {
				state = plain
			}
			i++
		case '<':
			closing := isRawEnd(b, i, "script")
			switch {
			case closing && state != nested:
				return i
			case closing:
				state = comment
				i += len("</script>")
			case b[i+1] == '/':
				i += 2
			case state == plain:
				i++
				if bytes.HasPrefix(b[i:], []byte("!--")) {
					state, dashes = comment, 2
					i += 3
					continue
				}
			case state == comment && opensScript(b, i):
				state = nested
				i += len("<script>")
			case state == comment && !chars.IsLetter(b[i+1]):
				state = plain // so html.Tokenizer
				i++
			default:
				i++
			}
		default:
			i++
		}
		dashes = 0
	}
	return -1
}

// opensScript reports whether "<script" and a border stand at i.
func opensScript(b []byte, i int) bool {
	k := i + len("<script")
	return k < len(b) && chars.HasFold(b[i+1:], "script") && (b[k] == '>' || b[k] == '/' || chars.IsHTMLSpace(b[k]))
}

// index is bytes.Index of a short mark.
func index(c *work.Clock, b []byte, mark string) int {
	for from := 0; ; from += indexPiece {
		to := min(len(b), from+indexPiece+len(mark)-1)
		if i := bytes.Index(b[from:to], []byte(mark)); i >= 0 {
			return from + i
		}
		if to == len(b) {
			return -1
		}
		c.Spend(indexPiece)
	}
}

// indexPiece is how much is searched in one go, in bytes.
const indexPiece = 512 << 10
