package corpus

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// A Case is a text with what should be made of it. Its name begins with its folder's.
type Case struct{ Name, Dirty, Gold string }

// ReadCases reads the texts of a folder, or those whose names match the pattern at the
// end of the path: NAME.gold.txt is what should be made of NAME.dirty.txt or NAME.txt.
// Golds of other inputs are passed over.
func ReadCases(path string) ([]Case, error) {
	const end = ".gold.txt"
	if s, err := os.Stat(path); err == nil && s.IsDir() {
		path = filepath.Join(path, "*")
	}
	golds, err := filepath.Glob(path + end)
	if err != nil {
		return nil, err
	}
	var cases []Case
	for _, file := range golds {
		base := strings.TrimSuffix(file, end)
		dirty, err := os.ReadFile(base + ".dirty.txt")
		if os.IsNotExist(err) {
			dirty, err = os.ReadFile(base + ".txt")
		}
		if os.IsNotExist(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		gold, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		name := filepath.Join(filepath.Base(filepath.Dir(base)), filepath.Base(base))
		cases = append(cases, Case{filepath.ToSlash(name), string(dirty), string(gold)})
	}
	if len(cases) == 0 {
		return nil, fmt.Errorf("%s: no texts with golds (NAME.txt, NAME.gold.txt)", path)
	}
	return cases, nil
}
