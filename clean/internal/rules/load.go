package rules

import (
	"fmt"
	"regexp"
	"regexp/syntax"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/andybalholm/cascadia"
)

// load reads one file of rules into the set. Files hold line rules, DOM rules
// or both: a rule that names tokens, attributes or selectors is a DOM rule.
func (s *Set) load(f File, user bool) error {
	if !utf8.ValidString(f.Data) {
		return fmt.Errorf("%s: not UTF-8", f.Name)
	}
	p := parser{set: s, file: f.Name, user: user}
	for n, line := range strings.Split(f.Data, "\n") {
		p.line = n + 1
		if err := p.take(strings.TrimRight(line, " \t\r")); err != nil {
			return fmt.Errorf("%s:%d: %w", f.Name, n+1, p.inRule(err))
		}
	}
	if err := p.finish(); err != nil {
		return fmt.Errorf("%s:%d: %w", f.Name, p.start, p.inRule(err))
	}
	return nil
}

type parser struct {
	set   *Set
	file  string
	line  int
	start int // line on which the rule began
	user  bool

	id    string
	rule  *LineRule
	dom   *DOMRule
	forms []form
	need  string
	open  bool // a rule is being read
}

func (p *parser) inRule(err error) error {
	if p.id == "" {
		return err
	}
	return fmt.Errorf("rule %s: %w", p.id, err)
}

func (p *parser) take(line string) error {
	text := strings.TrimLeft(line, " \t")
	if text == "" || text[0] == '#' {
		return nil
	}
	key, value, _ := strings.Cut(text, " ")
	value = strings.TrimSpace(value)
	if text == line { // not indented
		switch key {
		case "rule":
			if err := p.finish(); err != nil {
				return err
			}
			return p.begin(value)
		case "off":
			if err := p.finish(); err != nil {
				return err
			}
			p.id = ""
			return p.set.turnOff(value)
		}
		return fmt.Errorf("want \"rule ID\" or \"off ID\", found %q", key)
	}
	if !p.open {
		return fmt.Errorf("%q stands outside a rule", key)
	}
	return p.field(key, value)
}

func (p *parser) begin(id string) error {
	p.id, p.start, p.open, p.need = id, p.line, true, ""
	p.forms = nil
	for _, r := range id {
		if r != '.' && r != '-' && !unicode.IsLower(r) && !unicode.IsDigit(r) {
			return fmt.Errorf("ids hold lower-case letters, digits, dots and hyphens")
		}
	}
	if id == "" {
		return fmt.Errorf("a rule needs an id")
	}
	kind, _, _ := strings.Cut(id, ".")
	where := place{p.file, p.line}
	p.rule = &LineRule{ID: id, Kind: Kind(kind), User: p.user, place: where}
	p.dom = &DOMRule{ID: id, Kind: Kind(kind), User: p.user, place: where}
	return nil
}

func (p *parser) field(key, value string) error {
	r, d := p.rule, p.dom
	flags := map[string]*bool{
		"beside": &r.Beside, "caps": &r.caps, "noend": &r.noEnd, "title": &r.title,
		"run": &r.run, "sure": &r.Sure, "keep": &r.Keep, "prune": &d.Prune, "short": &d.Short,
	}
	if flag, ok := flags[key]; ok {
		if value != "" {
			return fmt.Errorf("%q takes no value", key)
		}
		*flag = true
		return nil
	}
	if value == "" {
		return fmt.Errorf("%q needs a value", key)
	}
	switch key {
	case "kind":
		r.Kind, d.Kind = Kind(value), Kind(value)
	case "why":
		r.Why, d.Why = value, value
	case "zone":
		for _, z := range strings.Fields(value) {
			switch z {
			case "head":
				r.Zone |= Head
			case "tail":
				r.Zone |= Tail
			default:
				return fmt.Errorf("unknown zone %q (head, tail)", z)
			}
		}
	case "max", "min":
		n, err := strconv.Atoi(value)
		if err != nil || n < 1 {
			return fmt.Errorf("%s: want a number of words, found %q", key, value)
		}
		if key == "max" {
			r.max = n
		} else {
			r.min = n
		}
	case "host":
		for _, h := range strings.Fields(value) {
			r.hosts = append(r.hosts, strings.ToLower(h))
		}
	case "line":
		return p.form(Whole, false, value)
	case "open":
		return p.form(Open, false, value)
	case "cut":
		return p.cut(value)
	case "need":
		p.need = value
	case "match":
		return p.pattern(value)
	case "token":
		for _, t := range strings.Fields(value) {
			d.tokens = append(d.tokens, strings.ToLower(t))
		}
	case "unless":
		d.unless = append(d.unless, strings.Fields(strings.ToLower(value))...)
	case "tag":
		d.Tags = append(d.Tags, strings.Fields(strings.ToLower(value))...)
	case "attr":
		for _, a := range strings.Fields(value) {
			name, val, _ := strings.Cut(a, "=")
			d.attrs = append(d.attrs, [2]string{strings.ToLower(name), strings.ToLower(val)})
		}
	case "select":
		sel, err := cascadia.ParseGroup(value)
		if err != nil {
			return fmt.Errorf("select %q: %w", value, err)
		}
		d.selectors = append(d.selectors, Selector{Matcher: sel, CSS: value})
	case "yes":
		r.yes = append(r.yes, example{value, p.line})
	case "no":
		r.no = append(r.no, example{value, p.line})
	default:
		return fmt.Errorf("unknown field %q", key)
	}
	return nil
}

func (p *parser) cut(value string) error {
	where, rest, _ := strings.Cut(value, " ")
	shape, ok := map[string]Shape{"start": Start, "end": End, "inside": Inside, "aside": Inside}[where]
	if !ok {
		return fmt.Errorf("cut: want start, end, inside or aside, found %q", where)
	}
	after, loose := strings.CutPrefix(rest, "loose ")
	if err := p.form(shape, loose, after); err != nil {
		return err
	}
	p.forms[len(p.forms)-1].aside = where == "aside"
	return nil
}

func (p *parser) form(shape Shape, loose bool, text string) error {
	p.forms = append(p.forms, form{rule: p.rule, shape: shape, loose: loose, text: text, line: p.line})
	return nil
}

// pattern compiles a regular expression. It is tried only on lines that hold
// a word it cannot do without: the one named by need, or one found in it.
func (p *parser) pattern(expr string) error {
	re, err := regexp.Compile(expr)
	if err != nil {
		return err
	}
	parsed, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		return err
	}
	need := p.need
	if need == "" {
		need = literalWord(parsed.Simplify())
	}
	id, ok := p.set.vocabulary.Add(need)
	if !ok {
		return fmt.Errorf("match %s: no whole word in it that every match must hold; name one with \"need WORD\" before it", expr)
	}
	p.set.vocabulary.Mark(id, p.set.needs)
	p.rule.patterns = append(p.rule.patterns, pattern{re: re, first: firstBytes(parsed), sign: heldSign(parsed), need: id, line: p.line})
	return nil
}

// literalWord finds the longest whole word that every match of re holds: one
// that has other characters of the same literal on both sides.
func literalWord(re *syntax.Regexp) string {
	best := ""
	switch re.Op {
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			if w := literalWord(sub); len(w) > len(best) {
				best = w
			}
		}
	case syntax.OpCapture:
		return literalWord(re.Sub[0])
	case syntax.OpLiteral:
		words := strings.FieldsFunc(" "+string(re.Rune)+" ", func(r rune) bool { return !unicode.IsLetter(r) })
		lit := string(re.Rune)
		for _, w := range words {
			if !strings.HasPrefix(lit, w) && !strings.HasSuffix(lit, w) && len(w) > len(best) {
				best = w
			}
		}
	}
	return best
}

// finish checks the rule just read and adds it to the set.
func (p *parser) finish() error {
	if !p.open {
		return nil
	}
	p.open = false
	r, d := p.rule, p.dom
	isDOM := len(d.tokens)+len(d.attrs)+len(d.selectors) > 0
	isLine := len(p.forms)+len(r.patterns) > 0
	switch {
	case isDOM && isLine:
		return fmt.Errorf("a rule is about lines or about elements, not both")
	case !isDOM && !isLine:
		return fmt.Errorf("nothing to find: no line, open, cut, match, token, attr or select")
	case !Known(r.Kind):
		return fmt.Errorf("unknown kind %q", r.Kind)
	case r.Why == "" && !p.user:
		return fmt.Errorf("no why")
	case len(r.no) == 0 && !p.user:
		return fmt.Errorf("no example of what it must leave alone (no)")
	}
	// A rule about elements and one about lines may share an id: they find
	// the same thing in its two forms.
	form := map[bool]string{true: "dom ", false: "line "}[isDOM]
	if p.set.ids[form+p.id] {
		return fmt.Errorf("there is another rule of this id")
	}
	p.set.ids[form+p.id] = true
	if isDOM {
		d.hosts, d.Keep, d.examples = r.hosts, r.Keep, r.examples
		return p.set.addDOM(d)
	}
	r.place.line = p.start
	return p.set.addLine(r, p.forms)
}
