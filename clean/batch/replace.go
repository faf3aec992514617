package batch

import (
	"crypto/rand"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"strings"
)

// filePerm and dirPerm are what new files and folders get, less the umask.
const (
	filePerm = 0o666
	dirPerm  = 0o777
)

// A replacement is a file that is written under a hidden name beside its own
// and takes its own name when it is complete. (The renameio package does the
// same, but not on Windows.)
type replacement struct {
	*os.File
	root      *os.Root // the file stays inside, wherever links lead
	tmp, path string
}

// replace begins a replacement of the file at path, which need not exist.
func replace(root *os.Root, path string) (*replacement, error) {
	// A short name: one made from path might be too long.
	tmp := filepath.Join(filepath.Dir(path), temporary+rand.Text())
	f, err := root.OpenFile(tmp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, filePerm)
	if err != nil {
		return nil, err
	}
	r := &replacement{f, root, tmp, path}
	if old, err := root.Stat(path); err == nil && old.Mode().IsRegular() {
		if err := f.Chmod(old.Mode().Perm()); err != nil {
			r.abort()
			return nil, err
		}
	}
	return r, nil
}

// temporary is how the hidden names begin: with the machine and the process, by
// which files of a process that was killed are known.
var temporary = fmt.Sprintf(".winnow-%08x-%d-", machine(), os.Getpid())

func machine() uint32 {
	name, _ := os.Hostname() // without a name, all machines are taken for one
	return crc32.ChecksumIEEE([]byte(name))
}

// orphaned reports whether a file was left by a process of this machine that is
// no more.
func orphaned(name string) bool {
	var host uint32
	var pid int
	if n, _ := fmt.Sscanf(name, ".winnow-%08x-%d-", &host, &pid); n != 2 || strings.Count(name, "-") != 3 {
		return false
	}
	return host == machine() && pid > 0 && pid != os.Getpid() && !running(pid)
}

// commit puts the file in its place. Synced before it is renamed, it is
// complete even after a power cut. When commit fails, abort is still due.
func (r *replacement) commit() error {
	if err := r.Sync(); err != nil {
		return err
	}
	if err := r.Close(); err != nil {
		return err
	}
	return r.root.Rename(r.tmp, r.path)
}

// abort removes the file and leaves the old one as it was.
func (r *replacement) abort() {
	// The temporary file has a hidden name, and there is nothing more to do
	// about one that cannot be removed.
	_ = r.Close()
	_ = r.root.Remove(r.tmp)
}
