package corpora

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"path/filepath"

	"github.com/winnowtext/winnow/bench/score"
)

// Flat reads documents of flattened text, an object a line, packed or not, and
// returns a fingerprint of the file's content beside them. In a folder it takes
// dev.jsonl.gz or dev.jsonl.
func Flat(path string) (docs []score.Flat, fingerprint string, err error) {
	if file := existing(filepath.Join(path, "dev.jsonl.gz"), filepath.Join(path, "dev.jsonl")); file != "" {
		path = file
	}
	b, err := readFile(path)
	if err != nil {
		return nil, "", err
	}
	for dec := json.NewDecoder(bytes.NewReader(b)); dec.More(); {
		var d score.Flat
		if err := dec.Decode(&d); err != nil {
			return nil, "", fmt.Errorf("%s: document %d: %w", path, len(docs)+1, err)
		}
		docs = append(docs, d)
	}
	if len(docs) == 0 {
		return nil, "", fmt.Errorf("%s: %w", path, ErrNone)
	}
	sum := sha256.Sum256(b)
	return docs, hex.EncodeToString(sum[:])[:32], nil
}
