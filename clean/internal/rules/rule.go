package rules

import (
	"regexp"
	"strings"
)

// A File is a file of rules; its name is for error messages.
type File struct {
	Name string
	Data string
}

// Zone says where in a text a line rule may act.
type Zone uint8

// Zones of a text. A rule that names none acts anywhere.
const (
	Head Zone = 1 << iota // before the first paragraphs
	Tail                  // after the last paragraphs
)

// A LineRule finds residue in a line of text.
type LineRule struct {
	ID   string
	Kind Kind
	Why  string
	Zone Zone
	// Beside: the rule acts only on a line next to other residue.
	Beside bool
	// Keep: lines the rule finds stay, whatever other rules say.
	Keep bool
	// Sure: in flattened text the rule acts whatever the model says, with a zone on the
	// first or last pieces alone.
	Sure bool
	// User: the rule does not come with the library.
	User bool

	place
	order    int // among all rules, as loaded
	from, to int // its forms
	hosts    []string
	max, min int // words of the line; 0: no limit
	caps     bool
	noEnd    bool
	title    bool
	run      bool
	patterns []pattern
	examples
}

// Anywhere reports whether the rule acts wherever its line stands.
func (r *LineRule) Anywhere() bool { return r.Zone == 0 && !r.Beside }

// A DOMRule names elements of a page by their class or id tokens and
// attributes.
type DOMRule struct {
	ID   string
	Kind Kind
	Why  string
	// Prune: the element may be taken out with all it holds, as far as the
	// block step's guards allow. Without it the rule only names what the
	// classifier removed.
	Prune bool
	// Keep: the element stays, whatever other rules say.
	Keep bool
	// Short: the rule prunes only what holds no more than a short text.
	Short bool
	// User: the rule does not come with the library.
	User bool
	// Tags are the names of the only elements the rule applies to; empty
	// means any.
	Tags []string

	place
	hosts     []string
	tokens    []string
	unless    []string // tokens beside which the rule says nothing; * stands for anything at the end
	attrs     [][2]string
	selectors []Selector
	examples
}

// OnTag reports whether the rule applies to elements of that name.
func (r *DOMRule) OnTag(name string) bool {
	if len(r.Tags) == 0 {
		return true
	}
	for _, t := range r.Tags {
		if t == name {
			return true
		}
	}
	return false
}

// Excepted reports whether one of the tokens in a class or id takes back what the one
// that the rule names says.
func (r *DOMRule) Excepted(value string) bool {
	if len(r.unless) == 0 {
		return false
	}
	for tok := range strings.FieldsSeq(value) {
		for _, u := range r.unless {
			if head, ok := strings.CutSuffix(u, "*"); ok && len(tok) >= len(head) && strings.EqualFold(tok[:len(head)], head) || strings.EqualFold(tok, u) {
				return true
			}
		}
	}
	return false
}

// Beats reports whether the rule wins over another that names the same element
// and was found first: keeping wins over dropping, a user's over a built-in one.
func (r *DOMRule) Beats(first *DOMRule) bool {
	if r.Keep != first.Keep {
		return r.Keep
	}
	return r.User && !first.User
}

// OnHost reports whether the rule applies to pages of a host.
func (r *DOMRule) OnHost(host string) bool { return onHost(r.hosts, host) }

type place struct {
	file string
	line int
}

// Examples of a rule: what it must and must not find.
type examples struct {
	yes, no []example
}

type example struct {
	text string
	line int
}

// Shape is the way in which a line rule found something.
type Shape uint8

// Shapes, the safest last.
const (
	Inside Shape = iota // words glued into the line
	End                 // words glued to the line's end
	Start               // words glued to the line's start
	Regexp              // a regular expression
	Open                // the words a short line opens with
	Run                 // nothing but labels, one after the other
	Whole               // the whole line
)

type form struct {
	rule   *LineRule
	shape  Shape
	loose  bool   // cut although white space stands between
	aside  bool   // an aside: words in brackets or after a comma, within a sentence
	lead   uint32 // placeholder before the words, for whole lines found from their end
	weight int    // literal words
	next   int32  // form that ends in the same place of the trie, -1 if none
	text   string
	line   int
}

type pattern struct {
	re    *regexp.Regexp
	first byteSet // bytes that the line may begin with
	sign  string  // sign that must be in the line, if any
	need  uint32  // word that must be in the line
	line  int
}

// A Hit is what a line rule found.
type Hit struct {
	Rule       *LineRule
	Shape      Shape
	Start, End int // bytes of the line
}
