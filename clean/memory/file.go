package memory

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/bits"
	"slices"
)

// A file is magic, version, sites in the order of their hashes, and the SHA-256 of all
// that. A site is its hash, how many texts were learned and the texts in the order of
// their keys; a text the number of its runs and their differences, Rice coded (R. Rice,
// "Some practical universal noiseless coding techniques", 1979), which takes some 18 bits
// a run. There is one way to write a memory.
const (
	magic   = "WNMEMORY"
	version = 1 // of the file, of what a word is, and of its hash
)

// mostLearned bounds what a file says it learned of a site, so that no sum overflows.
const mostLearned = 1 << 48

// Errors of Load. Test with errors.Is.
var (
	// ErrVersion: the file is of another version, whose words are other ones. Learn the
	// texts again.
	ErrVersion = errors.New("memory of another version")
	// ErrDamaged: the file is damaged or cut off, or no memory.
	ErrDamaged = errors.New("damaged memory")
)

// Save writes the memory. The bytes depend on the texts alone.
func (m *Memory) Save(w io.Writer) error {
	sum := sha256.New()
	out := bufio.NewWriter(io.MultiWriter(w, sum))
	b := binary.LittleEndian.AppendUint32([]byte(magic), version)
	b = binary.AppendUvarint(b, uint64(len(m.sites)))
	for _, name := range slices.Sorted(maps.Keys(m.sites)) {
		k := m.sites[name]
		b = binary.LittleEndian.AppendUint64(b, name)
		b = binary.AppendUvarint(b, k.learned)
		b = binary.AppendUvarint(b, uint64(len(k.texts)))
		for _, t := range k.texts {
			b = appendRuns(b, t.runs)
			if _, err := out.Write(b); err != nil {
				return err
			}
			b = b[:0]
		}
	}
	if _, err := out.Write(b); err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return err
	}
	_, err := w.Write(sum.Sum(nil))
	return err
}

// Load reads what Save wrote.
func Load(r io.Reader) (*Memory, error) {
	b, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	const head = len(magic) + 4
	switch {
	case len(b) < head || string(b[:len(magic)]) != magic:
		return nil, fmt.Errorf("%w: no memory at all", ErrDamaged)
	case binary.LittleEndian.Uint32(b[len(magic):]) != version:
		return nil, fmt.Errorf("%w: it is of version %d, this program reads version %d: learn the texts again", ErrVersion, binary.LittleEndian.Uint32(b[len(magic):]), version)
	case len(b) < head+sha256.Size:
		return nil, fmt.Errorf("%w: it is cut off", ErrDamaged)
	}
	body, sum := b[:len(b)-sha256.Size], b[len(b)-sha256.Size:]
	if got := sha256.Sum256(body); !bytes.Equal(got[:], sum) {
		return nil, fmt.Errorf("%w: its checksum is not that of its content", ErrDamaged)
	}
	d := decoder{b: body[head:]}
	m := &Memory{sites: map[uint64]*known{}}
	last := uint64(0)
	for i := range d.count(len(d.b)) {
		name := d.uint64()
		if i > 0 && name <= last {
			d.fail()
		}
		last = name
		k := &known{learned: d.uvarint()}
		for range d.count(MaxTexts) {
			runs := d.runs()
			t := text{keyOf(runs), runs}
			if n := len(k.texts); n > 0 && k.texts[n-1].key >= t.key {
				d.fail()
			}
			if d.failed {
				break
			}
			k.texts = append(k.texts, t)
		}
		if len(k.texts) == 0 || k.learned < uint64(len(k.texts)) || k.learned > mostLearned {
			d.fail()
		}
		if d.failed {
			break
		}
		m.sites[name] = k
	}
	if d.failed || len(d.b) > 0 {
		return nil, fmt.Errorf("%w: it was not written by Save", ErrDamaged)
	}
	return m, nil
}

// riceBits is how many bits of a difference are written as they are, where n runs are
// spread over all hashes.
func riceBits(n int) int { return max(0, hashBits-bits.Len(uint(n))) }

// appendRuns appends the number of runs, and of each how much it is above the one before.
func appendRuns(b []byte, runs []uint32) []byte {
	b = binary.AppendUvarint(b, uint64(len(runs)))
	k := riceBits(len(runs))
	var word uint64
	filled := 0
	put := func(v uint64, n int) {
		word |= v << filled
		for filled += n; filled >= 8; filled -= 8 {
			b = append(b, byte(word))
			word >>= 8
		}
	}
	next := uint32(0)
	for _, r := range runs {
		d := r - next
		next = r + 1
		for q := d >> k; q > 0; q-- {
			put(1, 1)
		}
		put(0, 1)
		put(uint64(d&(1<<k-1)), k)
	}
	if filled > 0 {
		b = append(b, byte(word))
	}
	return b
}

// A decoder reads a file. What it reads once it failed means nothing.
type decoder struct {
	b      []byte
	failed bool
}

func (d *decoder) fail() { d.b, d.failed = nil, true }

func (d *decoder) uint64() uint64 {
	if len(d.b) < 8 {
		d.fail()
		return 0
	}
	v := binary.LittleEndian.Uint64(d.b)
	d.b = d.b[8:]
	return v
}

func (d *decoder) uvarint() uint64 {
	v, n := binary.Uvarint(d.b)
	if n <= 0 || n > 1 && d.b[n-1] == 0 { // in more bytes than it takes
		d.fail()
		return 0
	}
	d.b = d.b[n:]
	return v
}

// count is a number of things, most at most, each of a byte at least.
func (d *decoder) count(most int) int {
	v := d.uvarint()
	if v > uint64(min(most, len(d.b))) {
		d.fail()
		return 0
	}
	return int(v)
}

// runs reads what appendRuns wrote.
func (d *decoder) runs() []uint32 {
	v := d.uvarint()
	n := int(min(v, 2*maxWords+1))
	k := riceBits(n)
	if n == 0 || n > 2*maxWords || n*(k+1) > 8*len(d.b) {
		d.fail()
		return nil
	}
	runs := make([]uint32, 0, n)
	at := 0 // bit
	bit := func() uint32 {
		if at>>3 >= len(d.b) {
			d.fail()
			return 0
		}
		v := d.b[at>>3] >> (at & 7) & 1
		at++
		return uint32(v)
	}
	next := uint64(0)
	for range n {
		q, r := uint64(0), uint64(0)
		for bit() == 1 {
			q++
		}
		for i := range k {
			r |= uint64(bit()) << i
		}
		next += q<<k | r
		if d.failed || next >= 1<<hashBits {
			d.fail()
			return nil
		}
		runs = append(runs, uint32(next))
		next++
	}
	for at&7 != 0 {
		if bit() != 0 {
			d.fail()
			return nil
		}
	}
	d.b = d.b[at>>3:]
	return runs
}
