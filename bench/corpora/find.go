package corpora

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/winnowtext/winnow/bench/score"
)

// A Set is a corpus that was found and is not read yet.
type Set struct {
	Name string
	Dir  string

	// Unfit says why the benchmark has no use for the set; empty when it has.
	Unfit string

	load func() (*Corpus, error)
}

// Open reads what the set says about its pages.
func (s Set) Open() (*Corpus, error) {
	if s.Unfit != "" {
		return nil, fmt.Errorf("%s: %s", s.Dir, s.Unfit)
	}
	c, err := s.load()
	if err == nil && len(c.Pages) == 0 {
		err = fmt.Errorf("no usable page (%v)", c.Skipped)
	}
	if err != nil {
		return nil, fmt.Errorf("%s, read as %s: %w", s.Dir, s.Name, err)
	}
	return c, nil
}

// A layout is the form in which a repository keeps its pages.
type layout struct {
	marker string // pattern of a file that only this layout has
	sets   func(dir string) []Set
}

// The packed form comes first: its marker is the surest.
var layouts = []layout{
	{"corpus.json", packedSets},
	{"ground-truth.json", only("article-extraction-benchmark", loadScrapinghub)},
	{"*/ground-truth", wcxbSets},
	{"tests/evaldata.py", unfit("its pages are listed in Python: pack it with pack.py")},
	{"test/test-pages", only("readability", loadReadability)},
	{"tests/resources/parser/test_data", only("fundus", loadFundus)},
	{"*/page.html.gz", unfit(structureUnfit)},
}

// structureMetric is that of sets whose gold is Markdown or HTML, with a folder
// a page or packed.
const structureMetric score.Metric = "structure"

const structureUnfit = "its metric, structure, compares markup and not text"

// only is a layout that holds one corpus, always of the same name.
func only(name string, load func(dir string) (*Corpus, error)) func(string) []Set {
	return func(dir string) []Set {
		return []Set{{Name: name, Dir: dir, load: func() (*Corpus, error) { return load(dir) }}}
	}
}

// unfit is a layout that is known and not read.
func unfit(why string) func(string) []Set {
	return func(dir string) []Set {
		return []Set{{Name: filepath.Base(dir), Dir: dir, Unfit: why}}
	}
}

// ErrNone says that a path holds no corpus.
var ErrNone = errors.New("no corpus found")

// Find lists the corpora at the given paths without reading their pages: each
// path is a clone of one of the known repositories, a packed corpus, or a
// folder that holds such folders. Several paths may be given in one string as in
// PATH.
func Find(paths string) ([]Set, error) {
	var all []Set
	for _, dir := range filepath.SplitList(paths) {
		found := at(dir)
		if found == nil {
			entries, err := os.ReadDir(dir)
			if err != nil {
				return nil, err
			}
			for _, e := range entries {
				found = append(found, at(filepath.Join(dir, e.Name()))...)
			}
		}
		all = append(all, found...)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%s: %w", paths, ErrNone)
	}
	return all, nil
}

// at lists the corpora of one folder, none when its layout is not known.
func at(dir string) []Set {
	for _, l := range layouts {
		if m, _ := filepath.Glob(filepath.Join(dir, l.marker)); len(m) > 0 {
			return l.sets(dir)
		}
	}
	return nil
}
