package rules

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/winnowtext/winnow/clean/internal/words"
)

//go:embed data
var data embed.FS

// A Set holds rules ready for use. It never changes after it was made and may
// be used by many goroutines.
type Set struct {
	files []File // what users added, in order

	vocabulary words.Vocabulary
	listBits   map[string]uint64 // by name of the list

	// bits of lists the matcher itself needs
	month, weekday, dateWord, particle, joiner         uint64
	starts, ends, insides, labels, needs, stop, speech uint64
	opens                                              uint64 // lists of words with which placeholders begin that open a form
	opensAny                                           bool   // a form opens with a condition, not a word

	ids     map[string]bool
	off     map[string]bool
	rules   []*LineRule
	forms   []form
	regexps []*LineRule
	prefix  trie
	suffix  trie

	dom       []*DOMRule
	tokens    table
	attrs     map[[2]string]uint16
	attrNames table
	selects   []*DOMRule
}

// Builtin returns the rules that come with the library. They are read once.
func Builtin() (*Set, error) { return builtin() }

var builtin = sync.OnceValues(func() (*Set, error) { return build(nil) })

// Extended reports whether users added rules to the set, or turned some off.
func (s *Set) Extended() bool { return len(s.files) > 0 }

// Extend returns a set that holds the rules of s and those of the files. It copies
// s, which takes a sixth of the time of reading all rules; where a file turns
// rules off, they are read anew without those.
func (s *Set) Extend(files ...File) (*Set, error) {
	if len(files) == 0 {
		return s, nil
	}
	all := append(slices.Clone(s.files), files...)
	if off := turnedOff(files); len(off) > 0 {
		for id := range off {
			if !s.knows(id) && !slices.ContainsFunc(files, func(f File) bool { return strings.Contains(f.Data, "rule "+id) }) {
				return nil, noSuchRule(id)
			}
		}
		return build(all)
	}
	more := s.clone()
	more.files = all
	return more, more.addUser(files)
}

func build(user []File) (*Set, error) { return buildOn([]string{"data/line", "data/dom"}, user) }

// buildOn builds a set of the built-in rules in some folders and those of users.
func buildOn(dirs []string, user []File) (*Set, error) {
	s := &Set{
		files:      user,
		vocabulary: words.NewVocabulary(),
		listBits:   map[string]uint64{},
		ids:        map[string]bool{},
		forms:      make([]form, 0, 1<<15),
		prefix:     newTrie(),
		suffix:     newTrie(),
		attrs:      map[[2]string]uint16{},
	}
	for _, b := range []struct {
		name string
		bit  *uint64
	}{
		{"month", &s.month}, {"weekday", &s.weekday}, {"dateword", &s.dateWord}, {"particle", &s.particle}, {"joiner", &s.joiner}, {"speech", &s.speech},
		{"+start", &s.starts}, {"+end", &s.ends}, {"+inside", &s.insides}, {"+label", &s.labels}, {"+need", &s.needs},
	} {
		*b.bit = uint64(1) << len(s.listBits)
		s.listBits[b.name] = *b.bit
	}
	for _, dir := range []struct{ dir, prefix string }{{"data/words", ""}, {"data/stopwords", "stop."}} {
		err := eachFile(dir.dir, ".txt", func(name, text string) error {
			list := dir.prefix + strings.TrimSuffix(path.Base(name), ".txt")
			if err := s.addList(list, name, text); err != nil {
				return err
			}
			if dir.prefix != "" {
				s.stop |= s.listBits[list]
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	s.off = turnedOff(user) // must be known before the built-in rules are read
	for _, dir := range dirs {
		err := eachFile(dir, ".rules", func(name, text string) error {
			return s.load(File{path.Base(name), text}, false)
		})
		if err != nil {
			return nil, err
		}
	}
	return s, s.addUser(user)
}

// addUser adds the rules of users, which come last.
func (s *Set) addUser(files []File) error {
	for _, f := range files {
		if err := s.load(f, true); err != nil {
			return err
		}
	}
	for id := range s.off {
		if !s.knows(id) {
			return noSuchRule(id)
		}
	}
	s.tokens.pack()
	s.attrNames.pack()
	return nil
}

// clone returns a set like s that may be added to.
func (s *Set) clone() *Set {
	c := *s
	c.vocabulary, c.listBits = s.vocabulary.Clone(), maps.Clone(s.listBits)
	c.ids, c.off = maps.Clone(s.ids), maps.Clone(s.off)
	c.rules, c.forms, c.regexps = roomy(s.rules), roomy(s.forms), slices.Clone(s.regexps)
	c.prefix, c.suffix = s.prefix.clone(), s.suffix.clone()
	c.dom, c.selects = roomy(s.dom), slices.Clone(s.selects)
	c.tokens, c.attrs, c.attrNames = s.tokens.clone(), maps.Clone(s.attrs), s.attrNames.clone()
	return &c
}

// roomy is a copy of s with room for a few more elements.
func roomy[T any](s []T) []T {
	const room = 256
	return append(make([]T, 0, len(s)+room), s...)
}

// turnedOff lists the rules that files turn off.
func turnedOff(files []File) map[string]bool {
	off := map[string]bool{}
	for _, f := range files {
		for line := range strings.SplitSeq(f.Data, "\n") {
			if id, ok := strings.CutPrefix(strings.TrimRight(line, " \t\r"), "off "); ok {
				off[strings.TrimSpace(id)] = true
			}
		}
	}
	return off
}

// knows reports whether a rule of that id was read, turned off or not.
func (s *Set) knows(id string) bool { return s.ids["dom "+id] || s.ids["line "+id] }

func noSuchRule(id string) error { return fmt.Errorf("off %s: there is no such rule", id) }

func eachFile(dir, ext string, f func(name, text string) error) error {
	entries, err := fs.ReadDir(data, dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if path.Ext(e.Name()) != ext {
			continue
		}
		name := path.Join(dir, e.Name())
		text, err := fs.ReadFile(data, name)
		if err != nil {
			return err
		}
		if err := f(name, string(text)); err != nil {
			return err
		}
	}
	return nil
}

func (s *Set) turnOff(id string) error {
	if !s.off[id] {
		return fmt.Errorf("only rule files of users may turn rules off")
	}
	return nil
}

// LineRules returns the line rules in the order they were loaded.
func (s *Set) LineRules() []*LineRule { return slices.Clone(s.rules) }

func (s *Set) addLine(r *LineRule, forms []form) error {
	if s.off[r.ID] && !r.User {
		return nil
	}
	r.order, r.from = len(s.rules), len(s.forms)
	s.rules = append(s.rules, r)
	if len(r.patterns) > 0 {
		s.regexps = append(s.regexps, r)
	}
	for _, f := range forms {
		plain, err := s.parseForm(f.text)
		if err != nil {
			return fmt.Errorf("line %d: %w", f.line, err)
		}
		for _, syms := range plain {
			if err := s.addForm(f, syms); err != nil {
				return fmt.Errorf("line %d: %w", f.line, err)
			}
		}
	}
	r.to = len(s.forms)
	return nil
}

func (s *Set) addForm(f form, syms []uint32) error {
	for _, sym := range syms {
		if sym < symSpecial {
			f.weight++
		}
	}
	mark := func(sym uint32, bit uint64) error {
		switch {
		case sym < symSpecial:
			s.vocabulary.Mark(sym, bit)
		case sym&symKind == symList:
			s.vocabulary.MarkAll(1<<(sym&^symKind), bit)
		default:
			return fmt.Errorf("%q: a cut needs a word at its border", f.text)
		}
		return nil
	}
	if k := syms[0] & symKind; syms[0] >= symSpecial && (k == symAny || k == symName || k == symNames) {
		// Found from its end, so that not every line must be tried.
		if f.shape != Whole || len(syms) < 2 {
			return fmt.Errorf("%q: only whole lines may open with {any} or a name", f.text)
		}
		f.lead = syms[0]
		syms = syms[1:]
	}
	n := int32(len(s.forms))
	s.forms = append(s.forms, f)
	if f.lead != 0 {
		return s.addBackwards(f, n, syms, mark)
	}
	switch f.shape {
	case Start:
		if err := mark(syms[0], s.starts); err != nil {
			return err
		}
	case Inside:
		if err := mark(syms[0], s.insides); err != nil {
			return err
		}
	case End:
		return s.addBackwards(f, n, syms, mark)
	case Whole:
		if f.rule.run {
			_ = mark(syms[0], s.labels) // a label that opens with a number needs another beside it
		}
	}
	switch syms[0] & symKind {
	case symDate:
		s.opens |= s.month | s.weekday
	case symList:
		s.opens |= 1 << (syms[0] &^ symKind)
	case symColon, symUpper:
		s.opensAny = true
	}
	s.forms[n].next = s.prefix.add(syms, n)
	return nil
}

// addBackwards adds a form that is found from its end.
func (s *Set) addBackwards(f form, n int32, syms []uint32, mark func(sym uint32, bit uint64) error) error {
	if err := mark(syms[len(syms)-1], s.ends); err != nil {
		return err
	}
	back := slices.Clone(syms)
	slices.Reverse(back)
	for _, sym := range back {
		if k := sym & symKind; sym >= symSpecial && k != symNumber && k != symList {
			return fmt.Errorf("%q: only words, {n} and lists may stand here", f.text)
		}
	}
	s.forms[n].next = s.suffix.add(back, n)
	return nil
}

// FunctionWords calls f with each function word of the lists of all languages.
func FunctionWords(f func(word string)) {
	_ = eachFile("data/stopwords", ".txt", func(_, text string) error { // embedded
		for line := range strings.Lines(text) {
			line, _, _ = strings.Cut(line, "#")
			for word := range strings.FieldsSeq(line) {
				f(word)
			}
		}
		return nil
	})
}
