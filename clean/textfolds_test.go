package clean

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/winnowtext/winnow/clean/internal/corpus"
	"github.com/winnowtext/winnow/clean/internal/line"
	"github.com/winnowtext/winnow/clean/internal/piece"
	"github.com/winnowtext/winnow/clean/memory"
)

// TestTextFolds writes what becomes of flattened texts: every text is cleaned with
// the models that never saw its site. bench text scores it.
//
// WINNOW_FOLDS names the folder of the models that end in .fold0 to .fold3 and of
// folds.json, which says the fold of sites that are not where their name puts them; where
// it has no screens, every piece is asked about.
// "shipped" stands for the embedded model, "rules" for none. WINNOW_MEMORY names the
// folder of the models of memories, which end in .fold0 to .fold3: then texts are compared
// with others, the found ones with all of their site, golds with all of their corpus;
// WINNOW_MEMORY_POINT is a probability for them in place of the mode's. WINNOW_POINTS lists
// operating points, modes or probabilities, by default balanced. The texts of a point go to
// WINNOW_OUT/POINT, a file a set:
//
//	scraped  labelled texts of WINNOW_WILD
//	residue  flattened pages of WINNOW_RESIDUE, also with their lines joined
//	golds    articles of WINNOW_CORPORA in all forms, which should not change
//	seeds    texts of WINNOW_SEEDS in all forms
//	cases    texts and golds of the folders in WINNOW_CASES, separated as in PATH;
//	         the last part of a path may be a pattern of names
//
// Sets whose variable is empty are left out. A record has the fields of the
// command's; its id is the text's, then # and the form where the text was set anew.
// A text that stays as it is, white space aside, is marked as the same; of golds that
// is all that is written.
func TestTextFolds(t *testing.T) {
	folds, out := os.Getenv("WINNOW_FOLDS"), os.Getenv("WINNOW_OUT")
	if folds == "" || out == "" {
		t.Skip("needs WINNOW_FOLDS and WINNOW_OUT")
	}
	sets := textSets(t)
	if len(sets) == 0 {
		t.Skip("needs texts: WINNOW_WILD, WINNOW_RESIDUE, WINNOW_CORPORA, WINNOW_SEEDS or WINNOW_CASES")
	}
	sites := readSites(t, folds)
	for point := range strings.SplitSeq(cmp.Or(os.Getenv("WINNOW_POINTS"), Balanced.String()), ",") {
		var cleaners [corpus.Folds]*Cleaner
		for k := range cleaners {
			c, err := foldCleaner(folds, os.Getenv("WINNOW_MEMORY"), k, point)
			if err != nil {
				t.Fatal(err)
			}
			cleaners[k] = c
		}
		if err := os.MkdirAll(filepath.Join(out, point), 0o755); err != nil {
			t.Fatal(err)
		}
		for _, s := range sets {
			records := s.clean(t, point, func(site string) *Cleaner {
				if k, ok := sites[site]; ok {
					return cleaners[k]
				}
				return cleaners[corpus.FoldOfSite(site)]
			})
			if err := os.WriteFile(filepath.Join(out, point, s.name+".jsonl"), records, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// foldCleaner is a Cleaner at an operating point, a mode or a probability, with the
// models of a fold.
func foldCleaner(folds, memories string, k int, point string) (*Cleaner, error) {
	limit, err := strconv.ParseFloat(point, 64)
	mode := Balanced
	if err != nil {
		if mode, err = ParseMode(point); err != nil {
			return nil, err
		}
		limit = mode.textPoint()
	}
	c, err := New(Options{Mode: mode, Explain: true})
	if err != nil {
		return nil, err
	}
	var m *piece.Model
	switch folds {
	case "rules":
		c.lines = nil
		return c, nil
	case "shipped":
		m, err = piece.Load()
	default:
		var trees, weights []byte
		if trees, err = os.ReadFile(filepath.Join(folds, fmt.Sprintf("piece.model.fold%d", k))); err != nil {
			return nil, err
		}
		if weights, err = os.ReadFile(filepath.Join(folds, fmt.Sprintf("piece.weights.fold%d", k))); err != nil {
			return nil, err
		}
		var screen []byte
		if screen, err = os.ReadFile(filepath.Join(folds, fmt.Sprintf("screen.model.fold%d", k))); err != nil && !os.IsNotExist(err) {
			return nil, err
		}
		m, err = piece.NewModel(trees, weights, screen)
	}
	if err != nil {
		return nil, err
	}
	c.lines = line.NewModel(m).At(limit) // the one of New gives reasons, which takes time
	if memories == "" {
		return c, nil
	}
	data, err := os.ReadFile(filepath.Join(memories, fmt.Sprintf("memory.model.fold%d", k)))
	if err != nil {
		return nil, err
	}
	recurs, err := piece.NewRecurModel(data)
	if err != nil {
		return nil, err
	}
	if limit, err = strconv.ParseFloat(os.Getenv("WINNOW_MEMORY_POINT"), 64); err != nil {
		limit = mode.memoryPoint()
	}
	c.lines = c.lines.Recalling(recurs, limit)
	return c, nil
}

// readSites reads folds.json, if there is one.
func readSites(t *testing.T, folds string) map[string]int {
	file := filepath.Join(folds, "folds.json")
	b, err := os.ReadFile(file)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	var sites map[string]int
	if err := json.Unmarshal(b, &sites); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	for site, k := range sites {
		if k < 0 || k >= corpus.Folds {
			t.Fatalf("%s: %s is in fold %d of %d", file, site, k, corpus.Folds)
		}
	}
	return sites
}

// A textSet is texts that are scored alike.
type textSet struct {
	name  string
	texts []foldText
	brief bool // nothing is written about what stays as it is
	// memory is of all texts of the sites, and those that are not cleaned.
	memory *memory.Memory
}

// A foldText is a text. What others there are of its origin is known to a memory.
type foldText struct{ id, site, text, origin string }

// add adds a text in a form, which its id tells unless it is the text's own.
func (s *textSet) add(id, site, text, form, origin string) {
	if form != corpus.Forms[0] {
		id += "#" + form
	}
	s.texts = append(s.texts, foldText{id, site, corpus.Set(text, form), origin})
}

// textSets reads the texts that the environment names.
func textSets(t *testing.T) (sets []*textSet) {
	read := func(variable, name string, f func(s *textSet, path string) error) {
		path := os.Getenv(variable)
		if path == "" {
			return
		}
		s := &textSet{name: name}
		if err := f(s, path); err != nil {
			t.Fatalf("%s: %v", variable, err)
		}
		sets = append(sets, s)
	}
	read("WINNOW_WILD", "scraped", func(s *textSet, path string) error {
		texts, err := corpus.ReadScraped(path)
		s.memory = corpus.Remember(texts)
		for i := range texts {
			if texts[i].Labels != nil {
				s.texts = append(s.texts, foldText{texts[i].ID, texts[i].Site(), texts[i].Text, texts[i].Origin()})
			}
		}
		return err
	})
	read("WINNOW_RESIDUE", "residue", func(s *textSet, path string) error {
		texts, err := corpus.ReadFlat(path)
		for i := range texts {
			for _, form := range []string{"lines", "spaced", "glued"} {
				s.add(texts[i].ID, corpus.Site(texts[i].URL), texts[i].Input(), form, "")
			}
		}
		return err
	})
	read("WINNOW_CORPORA", "golds", func(s *textSet, path string) error {
		s.brief = true
		texts, err := corpus.Golds(path, "andy-dev", "fundus-dev", "wcxb-dev", "readability", "dragnet-dev", "daniel-dev", "cleaneval-dev", "fixtures-dev")
		s.memory = new(memory.Memory)
		for i := range texts {
			s.memory.Learn(memory.Text{Site: texts[i].Corpus, Body: texts[i].Text})
			for _, form := range corpus.Forms {
				s.add(texts[i].ID, corpus.Site(texts[i].URL), texts[i].Text, form, texts[i].Corpus)
			}
		}
		return err
	})
	read("WINNOW_SEEDS", "seeds", func(s *textSet, path string) error {
		cases, err := corpus.ReadCases(path)
		for _, c := range cases {
			for _, form := range corpus.Forms {
				s.add(c.Name, "", c.Dirty, form, "")
			}
		}
		return err
	})
	read("WINNOW_CASES", "cases", func(s *textSet, path string) error {
		for _, dir := range filepath.SplitList(path) {
			cases, err := corpus.ReadCases(dir)
			if err != nil {
				return err
			}
			for _, c := range cases {
				s.texts = append(s.texts, foldText{id: c.Name, text: c.Dirty}, foldText{id: c.Name + "#gold", text: c.Gold})
			}
		}
		return nil
	})
	return sets
}

// A textRecord is what became of a text.
type textRecord struct {
	ID        string     `json:"id"`
	Source    string     `json:"source"`
	Text      string     `json:"text"`
	Decisions []Decision `json:"decisions,omitempty"`
	Same      bool       `json:"same,omitempty"`
}

// clean cleans all texts and returns their records, a line each.
func (s *textSet) clean(t *testing.T, point string, cleaner func(site string) *Cleaner) []byte {
	lines := make([][]byte, len(s.texts))
	var index *memory.Index
	if s.memory != nil && os.Getenv("WINNOW_MEMORY") != "" {
		index = s.memory.Index()
	}
	var same, moved atomic.Int32
	var wg sync.WaitGroup
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i := range s.texts {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			in := &s.texts[i]
			c := *cleaner(in.site)
			c.memory = index
			clean := func(text string) (*Result, error) {
				return c.Clean(t.Context(), Input{Body: strings.NewReader(text), Format: FromText, Site: in.origin})
			}
			res, err := clean(in.text)
			if err != nil {
				t.Errorf("%s: %v", in.id, err)
				return
			}
			r := textRecord{ID: in.id, Source: in.id, Text: res.Text, Decisions: res.Decisions}
			for k := range r.Decisions {
				r.Decisions[k].Reasons = nil
			}
			if r.Same = sameLetters(in.text, res.Text); r.Same {
				same.Add(1)
				if s.brief {
					r.Text, r.Decisions = "", nil
				}
			} else if again, err := clean(res.Text); err != nil {
				t.Errorf("%s, cleaned twice: %v", in.id, err)
			} else if again.Text != res.Text {
				moved.Add(1)
				t.Logf("%s: %s changes when cleaned twice", point, in.id)
			}
			if lines[i], err = json.Marshal(r); err != nil {
				t.Errorf("%s: %v", in.id, err)
			}
		})
	}
	wg.Wait()
	t.Logf("%s, %s: %d texts, %d stay as they are, %d change when cleaned twice", point, s.name, len(s.texts), same.Load(), moved.Load())
	return append(bytes.Join(lines, []byte("\n")), '\n')
}

// sameLetters reports whether two texts are the same, white space aside.
func sameLetters(a, b string) bool {
	return strings.Join(strings.Fields(a), "") == strings.Join(strings.Fields(b), "")
}
