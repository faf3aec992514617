package main

import (
	"bufio"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"

	"github.com/spf13/pflag"

	"github.com/winnowtext/winnow/clean/batch"
)

// doneName is the file in an output folder that says what its files were made of.
const doneName = ".winnow-done"

// A journal remembers of which inputs, and with which flags, the files of an output
// folder were made: a line for each, once its file is in place. A line is a checksum over
// the flags, what rules and memory they name, the input's path, size and time, and which
// of its rows it is. So an input that changed, and all inputs once flags changed, have no
// line. A line that a process was killed over is one that is missing.
type journal struct {
	file  *os.File
	flags []byte

	mu     sync.Mutex
	stamps map[string]fs.FileInfo // by file: as it was before it was read
	lines  map[[lineBytes]byte]struct{}
}

// lineBytes is how much of a checksum a line has.
const lineBytes = 12

// openJournal opens the journal of a folder. Without resume what it held is forgotten,
// as all is made anew.
func openJournal(dir string, flags []byte, resume bool) (*journal, error) {
	j := &journal{flags: flags, stamps: map[string]fs.FileInfo{}, lines: map[[lineBytes]byte]struct{}{}}
	name := filepath.Join(dir, doneName)
	how := os.O_RDWR | os.O_CREATE | os.O_APPEND
	if !resume {
		how |= os.O_TRUNC
	}
	var err error
	if j.file, err = os.OpenFile(name, how, 0o666); err != nil {
		return nil, &batch.WriteError{Name: name, Err: errors.Unwrap(err), Fatal: true}
	}
	for in := bufio.NewScanner(j.file); in.Scan(); {
		var line [lineBytes]byte
		if n, err := hex.Decode(line[:], in.Bytes()[:min(len(in.Bytes()), 2*lineBytes)]); err == nil && n == lineBytes {
			j.lines[line] = struct{}{}
		}
	}
	return j, nil
}

// watch notes what a file is like before it is read.
func (j *journal) watch(item *batch.Item) {
	if info, err := os.Stat(item.File); err == nil {
		j.mu.Lock()
		j.stamps[item.File] = info
		j.mu.Unlock()
	}
}

// line is what the journal says of an item whose file was as info has it; rows that
// stand in one file have one line.
func (j *journal) line(item *batch.Item, info fs.FileInfo, together bool) (line [lineBytes]byte) {
	row := ""
	if item.Row != nil && !together {
		row = strconv.Itoa(item.Row.Number)
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%x %q %d %d %s", j.flags, item.File, info.Size(), info.ModTime().UnixNano(), row))
	return [lineBytes]byte(sum[:])
}

// has reports whether an item was done as it is now, with these flags.
func (j *journal) has(item *batch.Item, together bool) bool {
	info, err := os.Stat(item.File)
	if err != nil {
		return false
	}
	_, has := j.lines[j.line(item, info, together)]
	return has
}

// add notes that an item is done. What cannot be noted is done again by --resume.
func (j *journal) add(item *batch.Item, together bool) {
	j.mu.Lock()
	info := j.stamps[item.File]
	if item.Row == nil || together {
		delete(j.stamps, item.File)
	}
	j.mu.Unlock()
	if info != nil {
		line := j.line(item, info, together)
		// A line end in front: a line before may be torn.
		_, _ = fmt.Fprintf(j.file, "\n%x", line)
	}
}

// made is a checksum over what decides beside the inputs what outputs are like: this
// program, flags, and the files that they name.
func made(flags *pflag.FlagSet, set *settings) []byte {
	h := sha256.New()
	field(h, version())
	flags.Visit(func(f *pflag.Flag) {
		if !slices.Contains(elsewhere, f.Name) {
			field(h, f.Name)
			field(h, f.Value.String())
		}
	})
	for _, r := range set.options.Rules {
		field(h, r.Data)
	}
	if f := flags.Lookup("memory"); f != nil && f.Value.String() != "" {
		if info, err := os.Stat(f.Value.String()); err == nil {
			field(h, fmt.Sprint(info.Size(), info.ModTime().UnixNano()))
		}
	}
	return h.Sum(nil)
}

// field adds a text to a checksum, apart from those around it.
func field(h hash.Hash, s string) {
	h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(s))))
	h.Write([]byte(s))
}

// elsewhere are flags that say where and how inputs are read and outputs are written,
// and nothing about what is in them.
var elsewhere = []string{"output", "resume", "shard", "jobs", "stats", "progress", "ordered", "files-from", "null", "all"}
