package warc

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

const (
	gzipMagic = "\x1f\x8b\x08"
	zstdMagic = "\x28\xb5\x2f\xfd"
	// skipMagic is what frames begin with that hold no content, behind a byte from
	// 0x50 to 0x5f; dictionary is that byte of the one that may begin a file.
	skipMagic  = "\x2a\x4d\x18"
	dictionary = 0x5d
	// zstdDict begins a dictionary that is not packed itself.
	zstdDict = "\x37\xa4\x30\xec"

	readSize = 256 << 10
	// maxKeep is how many packed bytes of a member are kept, to look for the next
	// member among them when it turns out to be damaged.
	maxKeep = 64 << 20
	// maxWindow is the memory a zstd frame may ask for, in bytes.
	maxWindow = 128 << 20
	// maxDict is the size of a dictionary, in bytes.
	maxDict = 16 << 20
)

// A Damage is a place at which an archive is damaged. Reading goes on behind it.
type Damage struct {
	Offset int64 // in the file, packed as it is; of a record that is cut off where it ends
	What   string
}

func (d *Damage) Error() string { return fmt.Sprintf("at byte %d: %s", d.Offset, d.What) }

// An unpacker reads a file of gzip members, zstd frames, or neither. Where it is
// damaged, Read returns a *Damage once and goes on at the next member.
type unpacker struct {
	src    *keeper
	in     *bufio.Reader // of src
	began  bool
	plain  bool
	member io.Reader // nil between two
	gzip   *gzip.Reader
	zstd   *zstd.Decoder
	frame  *frame
	err    error // returned for ever
	wait   *Damage
	lost   bool // nothing was read since the last damage
}

func newUnpacker(r io.Reader) *unpacker {
	src := &keeper{in: r, keeps: true}
	return &unpacker{src: src, in: bufio.NewReaderSize(src, readSize)}
}

// offset is that of the next byte, in the file.
func (u *unpacker) offset() int64 { return u.src.next - int64(u.in.Buffered()) }

func (u *unpacker) Read(p []byte) (int, error) {
	for {
		if u.wait != nil {
			d := u.wait
			u.wait = nil
			return 0, d
		}
		if u.err != nil {
			return 0, u.err
		}
		if u.plain {
			return u.in.Read(p)
		}
		if u.member == nil {
			u.open()
			continue
		}
		n, err := u.member.Read(p)
		if err == io.EOF && u.frame != nil && !u.frame.ended {
			err = io.ErrUnexpectedEOF // that of an empty file, to the decoder
		}
		switch {
		case err == io.EOF:
			u.member, u.frame = nil, nil
		case err != nil:
			u.damaged(err)
		}
		if n > 0 {
			if err == nil || err == io.EOF {
				u.lost = false
			}
			return n, nil
		}
	}
}

// open begins the next member.
func (u *unpacker) open() {
	head, err := u.in.Peek(4)
	if len(head) == 0 {
		u.err = err
		return
	}
	first := !u.began
	u.began = true
	ahead, _ := u.in.Peek(u.in.Buffered()) // all there
	u.src.mark(u.offset(), ahead)
	switch {
	case bytes.HasPrefix(head, []byte(gzipMagic)):
		if u.gzip == nil {
			u.gzip = new(gzip.Reader)
		}
		if err := u.gzip.Reset(u.in); err != nil {
			u.damaged(err)
			return
		}
		u.gzip.Multistream(false)
		u.member = u.gzip
	case string(head) == zstdMagic:
		u.openFrame(nil)
	case len(head) == 4 && head[0]&0xf0 == 0x50 && string(head[1:]) == skipMagic:
		u.skipFrame(head[0] == dictionary && first)
	case first:
		u.plain = true
		u.src.stop()
	case head[0] == 0:
		u.padding()
	default:
		u.resync(0, "no member begins here")
	}
}

// padding passes over zeros at the end of a file, or between members.
func (u *unpacker) padding() {
	for {
		b, err := u.in.ReadByte()
		if err != nil {
			u.err = err
			return
		}
		if b != 0 {
			_ = u.in.UnreadByte() // follows a ReadByte
			return
		}
	}
}

// damaged goes on behind a member that cannot be unpacked to its end.
func (u *unpacker) damaged(err error) {
	u.member, u.frame = nil, nil
	if errors.Is(err, gzip.ErrChecksum) {
		// All of it was read, unless the damage hid its end and others were taken for
		// a part of it.
		if head, _ := u.in.Peek(len(gzipMagic)); !u.src.within(u.offset()) && (len(head) == 0 || string(head) == gzipMagic) {
			u.wait = &Damage{u.offset(), "the checksum of a member is false"}
			return
		}
	}
	if e := u.src.failed; e != nil && e != io.EOF {
		u.err = e
		return
	}
	what := "a member is damaged"
	if errors.Is(err, io.ErrUnexpectedEOF) || err == io.EOF {
		what = "a member is cut off"
	}
	if u.src.keeps {
		u.src.next = u.src.base
		u.in.Reset(u.src)
	}
	u.resync(1, what)
}

// resync goes on at the next member, at least so many bytes on.
func (u *unpacker) resync(least int, what string) {
	if !u.lost {
		u.wait = &Damage{u.offset(), what}
	}
	u.lost = true
	_, _ = u.in.Discard(least)
	for {
		b, err := u.in.Peek(min(u.in.Size(), 64<<10))
		at := bytes.Index(b, []byte(gzipMagic))
		if z := bytes.Index(b, []byte(zstdMagic)); z >= 0 && (at < 0 || z < at) {
			at = z
		}
		if at >= 0 {
			_, _ = u.in.Discard(at)
			return
		}
		if err != nil {
			u.err = err
			return
		}
		_, _ = u.in.Discard(len(b) - len(zstdMagic) + 1)
	}
}

// openFrame begins a zstd frame, with a dictionary if there is one.
func (u *unpacker) openFrame(dict []byte) {
	var err error
	if u.zstd == nil || dict != nil {
		options := []zstd.DOption{zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow), zstd.WithDecoderLowmem(true)}
		if dict != nil {
			options = append(options, zstd.WithDecoderDicts(dict))
		}
		if u.zstd, err = zstd.NewReader(nil, options...); err != nil {
			u.damaged(err)
			return
		}
		if dict != nil {
			return
		}
	}
	u.frame = &frame{in: u.in}
	if err := u.zstd.Reset(u.frame); err != nil {
		u.damaged(err)
		return
	}
	u.member = u.zstd
}

// skipFrame passes over a frame without content, or takes the dictionary it is.
func (u *unpacker) skipFrame(isDict bool) {
	head := make([]byte, 8)
	if _, err := io.ReadFull(u.in, head); err != nil {
		u.damaged(err)
		return
	}
	size := int64(binary.LittleEndian.Uint32(head[4:]))
	if !isDict || size > maxDict {
		if n, err := io.CopyN(io.Discard, u.in, size); n < size {
			u.damaged(err)
		}
		return
	}
	dict := make([]byte, size)
	if _, err := io.ReadFull(u.in, dict); err != nil {
		u.damaged(err)
		return
	}
	if bytes.HasPrefix(dict, []byte(zstdMagic)) {
		z, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxDict))
		if err == nil {
			dict, err = z.DecodeAll(dict, nil)
			z.Close()
		}
		if err != nil {
			u.damaged(err)
			return
		}
	}
	if bytes.HasPrefix(dict, []byte(zstdDict)) {
		u.openFrame(dict)
	}
}

func (u *unpacker) close() {
	if u.zstd != nil {
		u.zstd.Close()
	}
}

// A keeper is a reader that can go back to a mark.
type keeper struct {
	in     io.Reader
	kept   []byte // from base on
	base   int64
	next   int64 // offset of what Read returns
	keeps  bool  // everything since the mark is kept
	off    bool
	failed error
}

func (k *keeper) Read(p []byte) (int, error) {
	if at := k.next - k.base; k.keeps && at < int64(len(k.kept)) {
		n := copy(p, k.kept[at:])
		k.next += int64(n)
		return n, nil
	}
	if k.failed != nil {
		return 0, k.failed
	}
	n, err := k.in.Read(p)
	k.failed = err
	k.next += int64(n)
	if k.keeps && !k.off {
		if len(k.kept)+n > maxKeep {
			k.keeps, k.kept = false, nil
		} else {
			k.kept = append(k.kept, p[:n]...)
		}
	}
	return n, err
}

// mark lets go of what is in front of an offset, behind which ahead was read already.
func (k *keeper) mark(offset int64, ahead []byte) {
	if k.off {
		return
	}
	if k.keeps {
		n := copy(k.kept, k.kept[offset-k.base:])
		k.kept, k.base = k.kept[:n], offset
		return
	}
	k.keeps, k.kept, k.base = true, append(k.kept[:0], ahead...), offset
}

// within reports whether a member seems to begin behind the mark and in front of an
// offset.
func (k *keeper) within(offset int64) bool {
	return k.keeps && offset > k.base && bytes.Contains(k.kept[1:offset-k.base], []byte(gzipMagic))
}

func (k *keeper) stop() { k.keeps, k.off, k.kept = false, true, nil }

// A frame reads a zstd frame and ends with it.
type frame struct {
	in    *bufio.Reader
	left  int // bytes of the part that is read
	began bool
	last  bool // that is the last block
	sum   bool // a checksum follows the last block
	ended bool
}

func (f *frame) Read(p []byte) (int, error) {
	for f.left == 0 {
		if f.ended {
			return 0, io.EOF
		}
		if err := f.part(); err != nil {
			return 0, err
		}
	}
	n, err := f.in.Read(p[:min(len(p), f.left)])
	f.left -= n
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// part finds out how long the next part is: the header of the frame, a block with
// its header, the checksum.
func (f *frame) part() error {
	switch {
	case !f.began:
		head, err := f.in.Peek(5)
		if err != nil {
			return io.ErrUnexpectedEOF
		}
		f.began = true
		d := head[4] // the descriptor
		single := d>>5&1 == 1
		f.left = 5 + [4]int{0, 1, 2, 4}[d&3] + [4]int{0, 2, 4, 8}[d>>6]
		if !single {
			f.left++ // the window
		} else if d>>6 == 0 {
			f.left++ // the size
		}
		f.sum = d>>2&1 == 1
	case !f.last:
		head, err := f.in.Peek(3)
		if err != nil {
			return io.ErrUnexpectedEOF
		}
		n := int(head[0]) | int(head[1])<<8 | int(head[2])<<16
		f.last = n&1 == 1
		size := n >> 3
		if n>>1&3 == 1 { // one byte, repeated
			size = 1
		}
		f.left = 3 + size
	case f.sum:
		f.left, f.sum = 4, false
	default:
		f.ended = true
	}
	return nil
}
