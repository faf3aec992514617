package rules

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Check runs the examples of all rules and returns what is wrong with them,
// one error a fault: a yes the rule does not find, a no it does, a form with
// placeholders that no yes reaches.
func (s *Set) Check() []error { return s.check(false) }

// CheckUser does the same for the users' rules alone: they may take words from
// built-in rules, whose examples then no longer hold.
func (s *Set) CheckUser() []error { return s.check(true) }

func (s *Set) check(user bool) []error {
	var faults []error
	for _, r := range s.rules {
		if r.User || !user {
			faults = append(faults, s.checkLine(r)...)
		}
	}
	for n, r := range s.dom {
		if r.User || !user {
			faults = append(faults, s.checkDOM(uint16(n), r)...)
		}
	}
	return faults
}

func (s *Set) checkLine(r *LineRule) []error {
	var faults []error
	fault := func(line int, format string, args ...any) {
		faults = append(faults, fmt.Errorf("%s:%d: rule %s: %s", r.file, line, r.ID, fmt.Sprintf(format, args...)))
	}
	reached := map[int]bool{} // by line of the file
	var w Words
	for _, y := range r.yes {
		text, want := strip(y.text)
		s.Scan(&w, text)
		lines := s.found(r, &w)
		for _, l := range lines {
			reached[l] = true
		}
		if len(lines) == 0 {
			fault(y.line, "does not find %q", text)
			continue
		}
		if want != text || strings.Contains(y.text, "[[") {
			if got := s.cutAll(&w); got != strings.TrimSpace(want) {
				fault(y.line, "leaves %q of %q, want %q", got, text, want)
			}
		}
	}
	for _, n := range r.no {
		s.Scan(&w, n.text)
		if len(s.found(r, &w)) > 0 {
			fault(n.line, "finds %q", n.text)
		}
	}
	if r.User && len(r.yes) == 0 {
		return faults // users need not give examples
	}
	for _, f := range s.forms[r.from:r.to] {
		plain := f.shape == Whole && !strings.ContainsRune(f.text, '{')
		if !plain && !reached[f.line] {
			fault(f.line, "no yes for %q", f.text)
			reached[f.line] = true
		}
	}
	for _, p := range r.patterns {
		if !reached[p.line] {
			fault(p.line, "no yes for %s", p.re)
		}
	}
	return faults
}

// strip reads the [[ ]] brackets of an example: what lies between is cut.
func strip(marked string) (text, left string) {
	for {
		before, rest, ok := strings.Cut(marked, "[[")
		if !ok {
			return text + marked, left + marked
		}
		cut, after, _ := strings.Cut(rest, "]]")
		text, left = text+before+cut, left+before
		marked = after
	}
}

// found returns the lines of the rule's file with the forms of r that find w.
func (s *Set) found(r *LineRule, w *Words) (lines []int) {
	if len(w.Tokens) == 0 {
		return nil
	}
	add := func(trie *trie, back bool) {
		for _, h := range w.hits {
			f := &s.forms[h.form]
			if f.rule != r {
				continue
			}
			ok := false
			switch {
			case f.lead != 0:
				ok = s.leads(w, f.lead, h.end) && s.fits(r, w, Whole, f.weight)
			case !back && h.end == len(w.Tokens) && (f.shape == Whole || f.shape == Open || f.loose):
				ok = s.fits(r, w, Whole, f.weight)
			case f.shape == Open:
				ok = s.fits(r, w, Open, f.weight)
			case f.shape == Start:
				ok = h.end+f.mustLeave() <= len(w.Tokens) && startBorder(w, h.end, f.loose) && s.fits(r, w, Start, f.weight)
			case f.shape == End:
				ok = h.end >= f.mustLeave() && endBorder(w, h.end, f.loose) && s.fits(r, w, End, f.weight)
			}
			if ok {
				lines = append(lines, f.line)
			}
		}
	}
	w.hits = w.hits[:0]
	s.walk(&s.prefix, w, 0, 0, 0)
	add(&s.prefix, false)
	w.hits = w.hits[:0]
	s.walkBack(&s.suffix, w, 0, len(w.Tokens)-1)
	add(&s.suffix, true)
	for i := 1; i < len(w.Tokens); i++ {
		w.hits = w.hits[:0]
		s.walk(&s.prefix, w, 0, i, i)
		for _, h := range w.hits {
			if f := &s.forms[h.form]; f.rule == r && f.shape == Inside {
				if _, _, ok := f.inside(w, i, h.end); ok {
					lines = append(lines, f.line)
				}
			}
		}
	}
	s.findNeeded(w)
	for _, p := range r.patterns {
		if slices.Contains(w.needed, p.need) && p.matches(w.Text) && s.fits(r, w, Regexp, 0) {
			lines = append(lines, p.line)
		}
	}
	if r.run && s.labelRun(w, "") == r {
		lines = append(lines, r.place.line)
	}
	return lines
}

// cutAll returns what is left of a line when all cuts were made.
func (s *Set) cutAll(w *Words) string {
	from, to := 0, len(w.Text)
	for {
		h, ok := s.Cut(w, "", from, to)
		if !ok {
			break
		}
		if h.Shape == Start {
			from = h.End
		} else {
			to = h.Start
		}
	}
	text := w.Text[from:to]
	if h, _, ok := s.CutInside(w, "", 0); ok && h.Start >= from && h.End <= to {
		text = w.Text[from:h.Start] + w.Text[h.End:to]
	}
	return strings.TrimSpace(text)
}

func (s *Set) checkDOM(n uint16, r *DOMRule) []error {
	var faults []error
	for _, e := range []struct {
		list []example
		want bool
	}{{r.yes, true}, {r.no, false}} {
		for _, x := range e.list {
			nodes, err := html.ParseFragment(strings.NewReader(x.text), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
			if err != nil {
				faults = append(faults, fmt.Errorf("%s:%d: rule %s: %w", r.file, x.line, r.ID, err))
				continue
			}
			got := false
			for _, node := range nodes {
				got = got || s.onNode(n, r, node)
			}
			if got != e.want {
				verb := "does not find"
				if got {
					verb = "finds"
				}
				faults = append(faults, fmt.Errorf("%s:%d: rule %s: %s %s", r.file, x.line, r.ID, verb, x.text))
			}
		}
	}
	if len(r.yes) == 0 && !r.User {
		faults = append(faults, fmt.Errorf("%s:%d: rule %s: no yes", r.file, r.line, r.ID))
	}
	return faults
}

func (s *Set) onNode(n uint16, r *DOMRule, node *html.Node) bool {
	if node.Type == html.ElementNode {
		for _, a := range node.Attr {
			if a.Key == "class" || a.Key == "id" {
				for _, tok := range strings.Fields(a.Val) {
					if m, ok := s.Token(tok); ok && m == n && r.OnTag(node.Data) && !r.Excepted(a.Val) {
						return true
					}
				}
			}
			if m, ok := s.Attr(a.Key, strings.ToLower(a.Val)); ok && m == n && r.OnTag(node.Data) {
				return true
			}
		}
		for _, sel := range r.selectors {
			if sel.Matcher.Match(node) {
				return true
			}
		}
	}
	for c := node.FirstChild; c != nil; c = c.NextSibling {
		if s.onNode(n, r, c) {
			return true
		}
	}
	return false
}
