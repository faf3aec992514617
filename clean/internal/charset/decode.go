package charset

import (
	"bytes"
	"fmt"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/chars"
	"github.com/winnowtext/winnow/clean/internal/work"
	"golang.org/x/text/encoding"
	"golang.org/x/text/transform"
)

const (
	// maxBad is the share of bytes above 0x7f that may be damaged in a text
	// that still counts as written in the encoding under trial. Pages of other
	// encodings read as UTF-8 are damaged by 85 % and more, damaged UTF-8 pages
	// by a few bytes.
	maxBad = 0.10
	// maxControl is the share of control characters in a text. Random bytes
	// have .10, pages .0001.
	maxControl = 0.02
	// maxNUL is the share of NUL bytes in a text, those at its end aside.
	maxNUL = 0.20
	// probe is the number of bytes looked at where a sample will do.
	probe = 4096
	// maxTries is how many of the encodings that a page names are tried: each
	// try goes through the whole page.
	maxTries = 4
)

// Decode returns b as valid UTF-8 without byte order mark, and the name of the
// encoding it was in, as in the WHATWG Encoding Standard ("utf-8",
// "windows-1252", "shift_jis"). Damaged sequences become U+FFFD. When b is
// valid UTF-8 already, the result shares its memory; else it lives until the next
// Decode or Forget.
//
// In order, the first that fits is taken: a byte order mark; UTF-16 without
// one; valid UTF-8 (unless ISO-2022-JP, which is valid ASCII too, announces
// itself by its escape sequences); UTF-8 with a few damages; the encoding
// named in the page, wherever that stands; hint, an encoding name or a
// Content-Type; the encoding that reads best; windows-1252. An encoding that
// was named must fit the bytes.
//
// The error is [ErrNotText], wrapped, for binary data.
func (m *Memory) Decode(b []byte, hint string) (text []byte, charset string, err error) {
	m.plain = false
	m.Clock.Look()
	if err := refuseFile(b); err != nil {
		return nil, "", err
	}
	if text, charset, ok := m.decodeMarked(b); ok {
		return text, charset, nil
	}
	seen := inspect(m.Clock, b)
	if seen.nul {
		if little, ok := wide(b); ok {
			return trimBOM(m.fromUTF16(b, little)), utf16Name(little), nil
		}
	}
	if isBinary(b, seen.nul) {
		return nil, "", fmt.Errorf("%w: binary data", ErrNotText)
	}
	if seen.valid {
		if seen.escape && escaped(m.Clock, b) {
			if text, ok := m.decodeAs(b, iso2022JP); ok {
				return text, "iso-2022-jp", nil
			}
		}
		m.plain = !seen.nul && !seen.returns
		return b, "utf-8", nil
	}
	if share := damage(m.Clock, b); share < maxBad {
		return repair(m.Clock, b), "utf-8", nil
	}
	tried := make(map[string]bool, maxTries)
	for label := range declared(m.Clock, b) {
		label = strings.ToLower(label)
		if tried[label] {
			continue
		}
		if text, name, ok := m.decodeNamed(b, label); ok {
			return text, name, nil
		}
		if tried[label] = true; len(tried) == maxTries {
			break
		}
	}
	if text, name, ok := m.decodeNamed(b, hintLabel(hint)); ok {
		return text, name, nil
	}
	tries := 0
	for name := range detect(b) {
		if text, name, ok := m.decodeNamed(b, name); ok {
			return text, name, nil
		}
		if tries++; tries == maxTries {
			break
		}
	}
	e, _ := encodingOf("windows-1252")
	text, _ = m.decodeAs(b, e)
	return text, "windows-1252", nil
}

// Plain reports whether it is known of the text that was decoded last that it has
// neither NUL bytes nor carriage returns.
func (m *Memory) Plain() bool { return m.plain }

// Repaired returns b, which somebody decoded before, as valid UTF-8 without byte
// order mark. The error is [ErrNotText], wrapped, where what was decoded is a file of
// another kind.
func (m *Memory) Repaired(b []byte) ([]byte, error) {
	m.plain = false
	m.Clock.Look()
	if err := refuseFile(b); err != nil {
		return nil, err
	}
	if b = trimBOM(b); !valid(m.Clock, b) {
		b = repair(m.Clock, b)
	}
	return b, nil
}

// refuseFile returns an error for what begins as files of other kinds do.
func refuseFile(b []byte) error {
	for _, k := range magic {
		if bytes.HasPrefix(b, []byte(k.prefix)) {
			return fmt.Errorf("%w: %s", ErrNotText, k.name)
		}
	}
	return nil
}

var replacement = []byte("\uFFFD")

// decodeMarked decodes b by its byte order mark.
func (m *Memory) decodeMarked(b []byte) (text []byte, charset string, ok bool) {
	switch {
	case bytes.HasPrefix(b, []byte("\xEF\xBB\xBF")):
		if b = trimBOM(b); !valid(m.Clock, b) {
			if damage(m.Clock, b) >= maxBad {
				return nil, "", false // a mark that some tool put before another encoding
			}
			b = repair(m.Clock, b)
		}
		return b, "utf-8", true
	case bytes.HasPrefix(b, []byte("\xFF\xFE\x00\x00")) && len(b)%4 == 0:
		return trimBOM(m.fromUTF32(b[4:], true)), "utf-32le", true
	case bytes.HasPrefix(b, []byte("\x00\x00\xFE\xFF")):
		return trimBOM(m.fromUTF32(b[4:], false)), "utf-32be", true
	case bytes.HasPrefix(b, []byte("\xFF\xFE")):
		return trimBOM(m.fromUTF16(b[2:], true)), "utf-16le", true
	case bytes.HasPrefix(b, []byte("\xFE\xFF")):
		return trimBOM(m.fromUTF16(b[2:], false)), "utf-16be", true
	}
	return nil, "", false
}

// decodeNamed decodes b by the name of an encoding and reports whether the name
// is known and the bytes fit.
func (m *Memory) decodeNamed(b []byte, label string) (text []byte, charset string, ok bool) {
	label = strings.ToLower(strings.TrimSpace(label))
	switch label {
	case "":
		return nil, "", false
	case "hz-gb-2312", "hz": // the index refuses it, since it is unsafe in browsers
		text, ok = m.decodeAs(b, hz)
		return text, "hz-gb-2312", ok
	}
	e, err := encodingOf(label)
	if err != nil {
		return nil, "", false
	}
	charset, err = nameOf(e)
	if err != nil {
		return nil, "", false
	}
	switch charset {
	case "utf-8", "utf-16le", "utf-16be", "replacement": // all ruled out by now
		return nil, "", false
	case "x-user-defined":
		e, _ = encodingOf("windows-1252")
		charset = "windows-1252"
	case "gbk":
		e = gb18030 // a superset, as the standard wants
	}
	text, ok = m.decodeAs(b, e)
	return text, charset, ok
}

// decodeAs decodes b and reports whether it fits e. The text is valid UTF-8 in
// any case.
func (m *Memory) decodeAs(b []byte, e encoding.Encoding) (text []byte, ok bool) {
	text, err := m.convert(b, e)
	if err != nil {
		return nil, false
	}
	if !valid(m.Clock, text) {
		text = repair(m.Clock, text)
	}
	bad := bytes.Count(text, replacement)
	if bad == 0 {
		return trimBOM(text), true
	}
	foreign := 0 // characters, so that two-byte encodings are judged alike
	for piece := range pieces(text) {
		m.Clock.Spend(len(piece))
		for _, c := range piece {
			if c >= 0xC0 {
				foreign++
			}
		}
	}
	return trimBOM(text), float64(bad) < maxBad*float64(foreign)
}

// convert is e.NewDecoder().Bytes(b).
func (m *Memory) convert(b []byte, e encoding.Encoding) ([]byte, error) {
	d := e.NewDecoder()
	out := empty(m.decoded, len(b)+len(b)/4+64)
	for {
		piece := b[:min(len(b), maxPiece)]
		last := len(piece) == len(b)
		m.Clock.Read(len(piece))
		n, read, err := d.Transform(out[len(out):cap(out)], piece, last)
		out, b = out[:len(out)+n], b[read:]
		m.decoded = out
		switch {
		case err == transform.ErrShortDst:
			out = slices.Grow(out, cap(out)/2+64)
		case err == transform.ErrShortSrc && !last:
		case err != nil:
			return nil, err
		case last && len(b) == 0:
			return out, nil
		}
	}
}

// seen is what all bytes of an input tell.
type seen struct {
	valid                bool // it is UTF-8
	nul, escape, returns bool // it has NUL bytes, escape characters, carriage returns
}

// inspectPiece is how much of an input is looked at in one way after the other, in
// bytes: it stays in the nearest cache.
const inspectPiece = 16 << 10

// inspect looks at all bytes.
func inspect(c *work.Clock, b []byte) seen {
	s := seen{valid: true}
	for piece := range piecesOf(b, inspectPiece) {
		c.Spend(len(piece))
		s.nul = s.nul || bytes.IndexByte(piece, 0) >= 0
		s.escape = s.escape || bytes.IndexByte(piece, 0x1b) >= 0
		s.returns = s.returns || bytes.IndexByte(piece, '\r') >= 0
		s.valid = s.valid && utf8.Valid(piece)
	}
	return s
}

// valid is utf8.Valid.
func valid(c *work.Clock, b []byte) bool {
	for piece := range pieces(b) {
		c.Spend(len(piece))
		if !utf8.Valid(piece) {
			return false
		}
	}
	return true
}

// repair puts U+FFFD for what is no UTF-8.
func repair(c *work.Clock, b []byte) []byte {
	if len(b) <= maxPiece {
		return bytes.ToValidUTF8(b, replacement)
	}
	out := make([]byte, 0, len(b)+len(b)/16)
	for piece := range pieces(b) {
		c.Read(len(piece))
		out = append(out, bytes.ToValidUTF8(piece, replacement)...)
	}
	return out
}

// pieces parts b where a character begins, every maxPiece bytes or so.
func pieces(b []byte) iter.Seq[[]byte] { return piecesOf(b, maxPiece) }

// piecesOf is pieces of another size.
func piecesOf(b []byte, size int) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for len(b) > size {
			n := size
			for n > size-utf8.UTFMax && !utf8.RuneStart(b[n]) {
				n--
			}
			if !yield(b[:n]) {
				return
			}
			b = b[n:]
		}
		yield(b)
	}
}

// trimBOM takes off the mark; files that were put together may have several.
func trimBOM(text []byte) []byte {
	const mark = "\uFEFF"
	for bytes.HasPrefix(text, []byte(mark)) {
		text = text[len(mark):]
	}
	return text
}

// damage returns which share of the bytes above 0x7f are no UTF-8. A sequence
// cut off by the end of the text is no damage.
func damage(c *work.Clock, b []byte) float64 {
	high, bad, next := 0, 0, maxPiece
	for i := 0; i < len(b); {
		if i >= next {
			c.Read(maxPiece)
			next += maxPiece
		}
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		high += n
		if r == utf8.RuneError && n == 1 {
			if high > n && !utf8.FullRune(b[i:]) {
				high -= n
				break
			}
			bad++
		}
		i += n
	}
	return float64(bad) / float64(max(high, 1))
}

// escaped reports whether b is ISO-2022-JP: pure ASCII that switches to a
// Japanese character set and back.
func escaped(c *work.Clock, b []byte) bool {
	i := bytes.IndexByte(b, 0x1b)
	if i < 0 {
		return false
	}
	in := bytes.Contains(b[i:], []byte("\x1b$B")) || bytes.Contains(b[i:], []byte("\x1b$@"))
	out := bytes.Contains(b[i:], []byte("\x1b(B")) || bytes.Contains(b[i:], []byte("\x1b(J"))
	if !in || !out {
		return false
	}
	for piece := range pieces(b) {
		c.Read(len(piece))
		if bytes.ContainsFunc(piece, func(r rune) bool { return r >= utf8.RuneSelf }) {
			return false
		}
	}
	return true
}

// isBinary tells by its control characters whether b is binary data. nul says
// that there are NUL bytes.
func isBinary(b []byte, nul bool) bool {
	head := b[:min(len(b), probe)]
	if !nul && utf8.Valid(head) && controls(head) == 0 {
		return false
	}
	text := bytes.TrimRight(b, "\x00") // a torn file is often filled up with NULs
	if len(text) == 0 {
		return len(b) > 0
	}
	for _, part := range [][]byte{text[:min(len(text), probe)], middle(text)} {
		zeros := bytes.Count(part, []byte{0})
		if float64(zeros) > maxNUL*float64(len(part)) ||
			float64(controls(part)) > maxControl*float64(len(part)-zeros) {
			return true
		}
	}
	return false
}

// magic holds what binary formats begin with that could pass as text. The
// others show by their control characters.
var magic = []struct{ prefix, name string }{
	{"%PDF-", "a PDF file"},
	{"%!PS-Adobe-", "a PostScript file"},
	{"{\\rtf", "an RTF file"},
	{"\x89PNG\r\n", "a PNG image"},
	{"GIF87a", "a GIF image"},
	{"GIF89a", "a GIF image"},
	{"\xff\xd8\xff", "a JPEG image"},
	{"PK\x03\x04", "a ZIP archive"},
	{"\x7fELF", "an executable"},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Office document"},
	{"7z\xbc\xaf\x27\x1c", "a 7z archive"},
	{"Rar!\x1a\x07", "a RAR archive"},
	{"\xfd7zXZ\x00", "an xz file"},
	{"\x28\xb5\x2f\xfd", "a zstd file"},
	{"BZh91AY&SY", "a bzip2 file"},
	{"wOFF", "a font"},
	{"wOF2", "a font"},
}

func middle(b []byte) []byte {
	if len(b) <= 2*probe {
		return nil
	}
	return b[len(b)/2:][:probe]
}

// controls counts control characters other than NUL, white space and those
// that old text files hold (backspace, form feed, end of file, escape).
func controls(b []byte) int {
	const ones, high = chars.Ones, chars.High
	n := 0
	for i := 0; i < len(b); {
		if i+8 <= len(b) {
			x := chars.Load8(b[i:])
			if del := x ^ 0x7f*ones; ((x-' '*ones)&^x|(del-ones)&^del)&high == 0 {
				i += 8
				continue
			}
		}
		for end := min(i+8, len(b)); i < end; i++ {
			if c := b[i]; c < ' ' && isControl[c] || c == 0x7f {
				n++
			}
		}
	}
	return n
}

var isControl = [' ']bool{
	0x01: true, 0x02: true, 0x03: true, 0x04: true, 0x05: true, 0x06: true, 0x07: true,
	0x0e: true, 0x0f: true, 0x10: true, 0x11: true, 0x12: true, 0x13: true, 0x14: true,
	0x15: true, 0x16: true, 0x17: true, 0x18: true, 0x19: true, 0x1c: true, 0x1d: true,
	0x1e: true, 0x1f: true,
}
