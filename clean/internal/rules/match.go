package rules

import (
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/words"
)

// Match returns what the rules say of the whole line: the most telling rule
// that finds it. Conflicts are settled in this order: a rule that keeps wins
// over one that drops, a user's over a built-in one, a sure one over others, whole
// lines over openings over regular expressions, rules without conditions over those with a zone, the
// form with more words of its own, and then the rule that was loaded first.
func (s *Set) Match(w *Words, host string) (Hit, bool) {
	if len(w.Tokens) == 0 {
		return Hit{}, false
	}
	var best Hit
	weight := -1
	speech := w.Lists&s.speech != 0
	consider := func(r *LineRule, shape Shape, n int) {
		if speech && shape < Run && !r.User && !r.Keep && !r.title {
			return
		}
		if !r.onHost(host) || !s.fits(r, w, shape, n) {
			return
		}
		if best.Rule != nil {
			b := best.Rule
			switch {
			case r.Keep != b.Keep:
				if b.Keep {
					return
				}
			case r.User != b.User:
				if b.User {
					return
				}
			case r.Sure != b.Sure:
				if b.Sure {
					return
				}
			case shape != best.Shape:
				if shape < best.Shape {
					return
				}
			case r.Anywhere() != b.Anywhere():
				if b.Anywhere() {
					return
				}
			case n < weight || n == weight && r.order >= b.order:
				return
			}
		}
		best = Hit{Rule: r, Shape: shape, Start: 0, End: len(w.Text)}
		weight = n
	}
	for _, h := range s.begin(w, 0) {
		f := &s.forms[h.form]
		switch {
		case h.end == len(w.Tokens) && (f.shape == Whole || f.shape == Open || f.loose):
			consider(f.rule, Whole, f.weight)
		case f.shape == Open:
			consider(f.rule, Open, f.weight)
		}
	}
	if last := len(w.Tokens) - 1; last < maxFormWords && w.Skipped == 0 && s.lists(w.Tokens[last].ID)&s.ends != 0 {
		w.hits = w.hits[:0]
		s.walkBack(&s.suffix, w, 0, last)
		for _, h := range w.hits {
			if f := &s.forms[h.form]; f.lead != 0 && s.leads(w, f.lead, h.end) {
				consider(f.rule, Whole, f.weight)
			}
		}
	}
	if w.Lists&s.needs != 0 && w.Skipped == 0 && len(w.Tokens) <= maxRegexpWords {
		s.findNeeded(w)
		text := strings.TrimSpace(w.Text)
		if strings.IndexByte(text, '\n') >= 0 { // of a wrapped paragraph
			text = strings.Join(strings.Fields(text), " ")
		}
		for _, r := range s.regexps {
			for i := range r.patterns {
				if p := &r.patterns[i]; slices.Contains(w.needed, p.need) && p.matches(text) {
					consider(r, Regexp, 0)
				}
			}
		}
	}
	if best.Rule == nil {
		if r := s.labelRun(w, host); r != nil {
			return Hit{Rule: r, Shape: Run, Start: 0, End: len(w.Text)}, true
		}
	}
	return best, best.Rule != nil
}

// leads reports whether the first n words are what a placeholder stands for.
func (s *Set) leads(w *Words, sym uint32, n int) bool {
	if n < 1 {
		return false
	}
	switch sym & symKind {
	case symAny:
		return n <= int(sym&^symKind)
	case symName:
		return s.nameRun(w, 0, maxNameWords, false) >= n
	case symNames:
		return s.nameRun(w, 0, maxNamesWords, true) >= n
	}
	return false
}

// maxRegexpWords: longer lines are not tried against regular expressions.
const maxRegexpWords = 60

// maxRunWords bounds the lines that may be a run of labels.
const maxRunWords = 60

// labelRun returns the rule of the first label of a line that is nothing but
// labels, such as ShareTweetPin.
func (s *Set) labelRun(w *Words, host string) *LineRule {
	if len(w.Tokens) < 2 || len(w.Tokens) > maxRunWords || w.Skipped > 0 || w.Lists&s.labels == 0 {
		return nil
	}
	if t := &w.Tokens[0]; t.Flags&words.Digit == 0 && t.Whole == 0 && s.lists(t.ID)&(s.labels|s.opens) == 0 && !s.opensAny {
		return nil // no label begins like that
	}
	var first *LineRule
	labels := 0
	for i := 0; i < len(w.Tokens); {
		rule, end := s.runLabel(w, host, i)
		if first == nil {
			first = rule
		}
		if end == i {
			// counters stand between labels: Facebook 12 Twitter 3
			if labels > 0 && w.Tokens[i].Flags&words.Digit != 0 {
				i = numberRun(w, i)
				continue
			}
			return nil
		}
		if end < len(w.Tokens) && w.Tokens[end-1].Sep&(words.SepComma|words.SepEquals|words.SepAt) != 0 {
			return nil // an enumeration, or code
		}
		i = end
		labels++
	}
	if labels < 2 {
		return nil
	}
	return first
}

// runLabel returns the end of the longest label of rules marked run that begins
// with token i, and the first of their rules; i and nil when there is none.
func (s *Set) runLabel(w *Words, host string, i int) (rule *LineRule, end int) {
	end = i
	for _, h := range s.begin(w, i) {
		f := &s.forms[h.form]
		if f.rule.run && f.shape == Whole && h.end > end && f.rule.onHost(host) {
			end = h.end
			if rule == nil {
				rule = f.rule
			}
		}
	}
	return rule, end
}

// minLeading is how many labels of buttons, parted by nothing but a space, cannot
// be the first words of the sentence behind them; two of so many words cannot, too.
const minLeading = 3

// leadingLabels returns the rule of the first of the labels before a sentence, as
// in Share Tweet Email The minister, and the token where the sentence begins. Only
// buttons count: the words of menus stand in the cells of tables as well.
func (s *Set) leadingLabels(w *Words, host string, i, last int) (first *LineRule, end int) {
	n, from := 0, i
	for ; i < last && s.lists(w.Tokens[i].ID)&s.labels != 0 && w.Tokens[i].Flags&words.Cap != 0; n++ {
		rule, end := s.runLabel(w, host, i)
		if rule == nil || end >= last || rule.Kind != "share" && rule.Kind != "tools" {
			break
		}
		if w.Text[w.Tokens[end-1].End:w.Tokens[end].Start] != " " {
			return nil, 0
		}
		if first == nil {
			first = rule
		}
		i = end
	}
	if n < minLeading && (n < 2 || i-from < minLeading) || i+minLeading > last || !startBorder(w, i, true) {
		return nil, 0
	}
	return first, i
}

// leadingNotices returns the rule of the first of the notices that ran into a sentence,
// and the token where that begins: three of them, or two of which one is long, each a
// whole line of some rule. more says that something was cut before them; then a date is
// one by itself.
func (s *Set) leadingNotices(w *Words, host string, i, last int, more bool) (first *LineRule, end int) {
	if w.Tokens[i].Flags&(words.Cap|words.Digit) == 0 || last-i < leadingWords && !more {
		return nil, 0
	}
	n, long := 0, 0
	for at := i; at < last; {
		rule, next := s.notice(w, host, at)
		if rule == nil || next >= last {
			break
		}
		if first == nil {
			first = rule
		}
		n++
		long = max(long, next-at)
		at = next
		if w.Tokens[at].Flags&(words.Cap|words.CJK|words.Digit) == 0 {
			continue // another notice may follow, a sentence does not
		}
		if more && (rule.Kind == "date" || long >= leadingLong) {
			return first, at
		}
		if (n >= minLeading || n >= 2 && long >= leadingLong) && at-i >= leadingWords {
			end = at
		}
	}
	if end == 0 {
		return nil, 0
	}
	return first, end
}

// notice returns the rule and the end of the whole line of a rule that begins with token
// i: the one with the most words of its own, since names may go on into the sentence.
func (s *Set) notice(w *Words, host string, i int) (rule *LineRule, end int) {
	end = i
	weight := 0
	for _, h := range s.begin(w, i) {
		f := &s.forms[h.form]
		if f.shape == Whole && (f.weight > weight || f.weight == weight && h.end > end) && !f.rule.Keep && f.rule.onHost(host) {
			rule, end, weight = f.rule, h.end, f.weight
		}
	}
	return rule, end
}

// Words of notices that ran into a sentence, of all and of the longest one.
const (
	leadingWords = 8
	leadingLong  = 5
)

// findNeeded notes the words of a line without which regular expressions find nothing.
func (s *Set) findNeeded(w *Words) {
	w.needed = w.needed[:0]
	for i := range w.Tokens {
		if id := w.Tokens[i].ID; s.lists(id)&s.needs != 0 {
			w.needed = append(w.needed, id)
		}
	}
}

func (r *LineRule) onHost(host string) bool { return onHost(r.hosts, host) }

func onHost(hosts []string, host string) bool {
	if len(hosts) == 0 {
		return true
	}
	for _, h := range hosts {
		if host == h || strings.HasSuffix(host, h) && host[len(host)-len(h)-1] == '.' {
			return true
		}
	}
	return false
}

// defaultOpenWords bounds the lines an opening may claim when its rule has no
// max of its own.
const defaultOpenWords = 14

// fits checks the conditions of a rule on a line it would claim.
func (s *Set) fits(r *LineRule, w *Words, shape Shape, weight int) bool {
	n := len(w.Tokens) + w.Skipped
	limit := r.max
	if limit == 0 && shape == Open {
		limit = defaultOpenWords
	}
	if limit > 0 && n > limit || n < r.min {
		return false
	}
	if r.caps {
		for i := range min(weight, len(w.Tokens)) {
			if w.Tokens[i].Flags&words.Upper == 0 && w.Tokens[i].Flags&words.Digit == 0 {
				return false
			}
		}
	}
	if r.noEnd && shape != Whole && w.Tokens[len(w.Tokens)-1].Sep&words.SepEnd != 0 {
		return false
	}
	if r.title && len(w.Tokens) > weight && w.Tokens[weight].Flags&(words.Cap|words.Digit|words.CJK) == 0 {
		return false
	}
	return true
}

// Cut returns the next piece to cut out of a line of which the bytes before
// from and from to on are gone already: residue glued to its start, its end or
// between two sentences. Call it until it finds nothing more.
func (s *Set) Cut(w *Words, host string, from, to int) (Hit, bool) {
	first, last := 0, len(w.Tokens)
	if from > 0 {
		first = sort.Search(len(w.Tokens), func(i int) bool { return int(w.Tokens[i].Start) >= from })
	}
	if to < len(w.Text) {
		last = sort.Search(len(w.Tokens), func(i int) bool { return int(w.Tokens[i].End) > to })
	}
	if last-first < 2 {
		return Hit{}, false
	}
	if s.lists(w.Tokens[first].ID)&s.starts != 0 || s.lists(w.Tokens[first].Whole)&s.starts != 0 {
		best, end := -1, 0
		for _, h := range s.begin(w, first) {
			f := &s.forms[h.form]
			if f.shape == Start && h.end+f.mustLeave() <= last && h.end > end && f.rule.onHost(host) && startBorder(w, h.end, f.loose) && !w.opensBracket(first, h.end) && s.fits(f.rule, w, Start, f.weight) {
				best, end = int(h.form), h.end
			}
		}
		if best >= 0 {
			cut := skipDividers(w.Text, int(w.Tokens[end-1].End))
			return Hit{Rule: s.forms[best].rule, Shape: Start, Start: from, End: cut}, true
		}
	}
	if rule, end := s.leadingLabels(w, host, first, last); rule != nil {
		return Hit{Rule: rule, Shape: Start, Start: from, End: skipDividers(w.Text, int(w.Tokens[end-1].End))}, true
	}
	if rule, end := s.leadingNotices(w, host, first, last, from > 0); rule != nil {
		return Hit{Rule: rule, Shape: Start, Start: from, End: skipDividers(w.Text, int(w.Tokens[end-1].End))}, true
	}
	tail := &w.Tokens[last-1]
	if s.lists(tail.ID)&s.ends != 0 || tail.Parts > 0 && last-int(tail.Parts) >= 0 && s.lists(w.Tokens[last-int(tail.Parts)].Whole)&s.ends != 0 {
		w.hits = w.hits[:0]
		s.walkBack(&s.suffix, w, 0, last-1)
		best, start := -1, last
		for _, h := range w.hits {
			f := &s.forms[h.form]
			if f.lead == 0 && h.end >= first+f.mustLeave() && h.end < start && f.rule.onHost(host) && endBorder(w, h.end, f.loose) && s.fits(f.rule, w, End, f.weight) {
				best, start = int(h.form), h.end
			}
		}
		if best >= 0 {
			cut := keepClosers(w.Text, int(w.Tokens[start-1].End))
			return Hit{Rule: s.forms[best].rule, Shape: End, Start: cut, End: to}, true
		}
	}
	return Hit{}, false
}

// CutInside returns the first piece, from token number first on, that stands
// glued between two sentences of the line or as an aside within one, and the
// token to go on from.
func (s *Set) CutInside(w *Words, host string, first int) (hit Hit, next int, ok bool) {
	if w.Lists&s.insides == 0 {
		return Hit{}, 0, false
	}
	for i := max(first, 1); i < len(w.Tokens); i++ {
		tok := &w.Tokens[i]
		if s.lists(tok.ID)&s.insides == 0 && s.lists(tok.Whole)&s.insides == 0 {
			continue
		}
		for _, h := range s.begin(w, i) {
			f := &s.forms[h.form]
			if f.shape != Inside || !f.rule.onHost(host) {
				continue
			}
			if start, end, ok := f.inside(w, i, h.end); ok {
				return Hit{Rule: f.rule, Shape: Inside, Start: start, End: end}, h.end, true
			}
		}
	}
	return Hit{}, 0, false
}

// inside returns the bytes to cut for a form found at tokens i to j-1, and
// whether it stands where it may be cut.
func (f *form) inside(w *Words, i, j int) (start, end int, ok bool) {
	before, last := &w.Tokens[i-1], &w.Tokens[j-1]
	if f.aside {
		gap := w.Text[before.End:w.Tokens[i].Start]
		rest := w.Text[last.End:]
		for _, b := range []struct{ open, close string }{{"(", ")"}, {"[", "]"}, {"（", "）"}} {
			if at := strings.LastIndex(gap, b.open); at >= 0 && strings.TrimSpace(gap[at+len(b.open):]) == "" && strings.HasPrefix(rest, b.close) {
				head := strings.TrimRight(gap[:at], " \u00a0")
				return int(before.End) + len(head), int(last.End) + len(b.close), true
			}
		}
		if strings.TrimSpace(gap) == "," {
			return int(before.End), int(last.End), true
		}
		return 0, 0, false
	}
	if j >= len(w.Tokens) || before.Sep&words.SepEnd == 0 || !endBorder(w, i, f.loose) || !startBorder(w, j, f.loose) {
		return 0, 0, false
	}
	return keepClosers(w.Text, int(before.End)), skipDividers(w.Text, int(last.End)), true
}

// mustLeave is how many words a cut must leave. What one word is glued to is
// as likely the rest of a name, such as printHeader, when it is short.
func (f *form) mustLeave() int {
	if f.weight < 2 {
		return 3
	}
	return 1
}

// call reports whether the word before token i is the name of a function in program
// code, such as print( in small letters.
func call(w *Words, i int) bool {
	name := &w.Tokens[i-1]
	return name.Flags&words.Cap == 0 && int(name.End) < len(w.Text) && w.Text[name.End] == '('
}

// startBorder reports whether residue may end before token i: the next word
// opens a sentence and, unless loose, nothing but glue stands between.
func startBorder(w *Words, i int, loose bool) bool {
	sep := w.Tokens[i-1].Sep
	if !loose && sep&words.SepSpace != 0 || call(w, i) {
		return false
	}
	t := &w.Tokens[i]
	return t.Flags&(words.Cap|words.CJK) != 0 || t.Flags&words.Digit != 0 && t.Flags&words.Glued == 0
}

// opensBracket reports whether a bracket opens before token i or up to token j that is
// still open there: (AP Photo/ has a name behind it.
func (w *Words) opensBracket(i, j int) bool {
	from := 0
	if i > 0 {
		from = int(w.Tokens[i-1].End)
	}
	text := w.Text[from:w.Tokens[j].Start]
	open := strings.LastIndexAny(text, "([")
	return open >= 0 && !strings.ContainsAny(text[open:], ")]")
}

// endBorder reports whether residue may begin at token i.
func endBorder(w *Words, i int, loose bool) bool {
	sep := w.Tokens[i-1].Sep
	if !loose && sep&words.SepSpace != 0 {
		return false
	}
	return w.Tokens[i].Flags&(words.Cap|words.CJK) != 0 && sep&(words.SepAt|words.SepEquals) == 0
}

// skipDividers moves over what stood between residue and the sentence after it.
func skipDividers(text string, i int) int {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !words.IsMark(r) && words.Separator(r)&(words.SepSpace|words.SepColon|words.SepPipe|words.SepDash|words.SepEnd|words.SepComma|words.SepClose) == 0 {
			break
		}
		i += size
	}
	return i
}

// keepClosers moves over the signs that end the sentence before residue, and
// over a closing guillemet behind them, which may stand apart.
func keepClosers(text string, i int) int {
	from := i
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if words.Separator(r)&(words.SepEnd|words.SepQuote|words.SepClose) == 0 {
			break
		}
		i += size
	}
	rest := strings.TrimLeft(text[i:], " \u00a0\u202f")
	if strings.HasPrefix(rest, "»") && strings.LastIndex(text[:from], "«") > strings.LastIndex(text[:from], "»") {
		i = len(text) - len(rest) + len("»")
	}
	return i
}
