package css

import (
	"encoding/base64"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Sheets are the style elements of a page. The zero value has none. They are used for
// one page after the other.
type Sheets struct {
	rules    []rule
	hiding   int  // how many rules may hide
	layers   int  // seen so far
	Linked   bool // the page has sheets that stand elsewhere
	Scripted bool // the page has scripts

	read    readSelectors // those of hiding rules, then of all
	all     bool          // those of all rules were read
	matched []matched
	steps   int // that matching may still take
}

// A rule is a selector and declarations.
type rule struct {
	selectors, decls string
	around           int32 // the rule that it is nested in, or -1
	layer            int32 // the later the stronger, noLayer the strongest
	hides            bool
}

const noLayer = 1 << 20

// Bounds of what sheets may take.
const (
	maxRules  = 1 << 16
	maxLevels = 16 // of rules and conditions in each other
	// Steps of matching, for a page and for each element looked up.
	baseSteps    = 1 << 16
	elementSteps = 256
)

// Reset forgets the sheets.
func (s *Sheets) Reset() {
	if cap(s.rules) > 1<<13 || cap(s.read.tests) > 1<<14 {
		*s = Sheets{}
		return
	}
	clear(s.rules)
	r := s.read
	r.forget()
	*s = Sheets{rules: s.rules[:0], read: r, matched: s.matched[:0]}
}

// Add adds the text of a style element that is for such media.
func (s *Sheets) Add(text, media string) {
	s.steps = baseSteps
	if mayHide(text) || len(s.rules) > 0 || strings.Contains(text, "background") {
		if onScreen(media) {
			s.sheet(text, -1, noLayer, 0)
		}
	}
}

// sheet reads rules.
func (s *Sheets) sheet(text string, around, layer int32, level int) {
	for len(s.rules) < maxRules {
		text = skipBlank(text)
		if text == "" {
			return
		}
		if text[0] == ';' && around >= 0 {
			text = text[1:]
			continue
		}
		if text[0] == '@' {
			text = s.atRule(text, around, layer, level)
			continue
		}
		open := strings.IndexByte(text, '{')
		if open < 0 {
			return
		}
		selectors := text[:open]
		body, rest := block(text[open+1:])
		text = rest
		if len(selectors) < maxSelectors {
			s.rule(selectors, body, around, layer, level)
		}
	}
}

// rule adds a rule, and those nested in it.
func (s *Sheets) rule(selectors, body string, around, layer int32, level int) {
	at := int32(len(s.rules))
	decls := body
	nested := strings.IndexByte(body, '{')
	if nested >= 0 {
		if i := strings.LastIndexByte(body[:nested], ';'); i >= 0 {
			decls, body = body[:i+1], body[i+1:]
		} else {
			decls = ""
		}
	}
	r := rule{selectors: selectors, decls: decls, around: around, layer: layer, hides: mayHide(plain(decls))}
	if r.hides {
		s.hiding++
	}
	s.rules = append(s.rules, r)
	if nested >= 0 && level < maxLevels {
		s.sheet(body, at, layer, level+1)
	}
}

// atRule reads a rule that begins with an at sign and returns what stands behind it.
func (s *Sheets) atRule(text string, around, layer int32, level int) (rest string) {
	open, end := strings.IndexByte(text, '{'), strings.IndexByte(text, ';')
	for end >= 0 && (open < 0 || end < open) && unclosed(text[:end]) {
		next := strings.IndexByte(text[end+1:], ';')
		if next < 0 {
			end = -1
			break
		}
		end += next + 1
	}
	if end >= 0 && (open < 0 || end < open || unclosed(text[:min(open, len(text))])) {
		if hasFoldPrefix(text, "@import") {
			s.imported(trim(text[len("@import"):end]), level)
		}
		return text[end+1:]
	}
	if open < 0 {
		return ""
	}
	head := plain(text[:open])
	body, rest := block(text[open+1:])
	if level >= maxLevels {
		return rest
	}
	name, cond := head, ""
	if i := strings.IndexFunc(head, func(r rune) bool { return r == ' ' || r == '(' || r == '\n' || r == '\t' }); i > 0 {
		name, cond = head[:i], trim(head[i:])
	}
	switch strings.ToLower(name) {
	case "@media":
		if !onScreen(cond) {
			return rest
		}
	case "@supports":
		if hasFoldPrefix(cond, "not") {
			return rest
		}
	case "@layer":
		s.layers++
		layer = min(layer, int32(s.layers))
	case "@scope", "@starting-style", "@container":
		return rest
	default:
		return rest // fonts, animations, pages of print
	}
	if around >= 0 && strings.IndexByte(body, '{') < 0 {
		s.rule("&", body, around, layer, level+1) // conditions of the rule around
		return rest
	}
	s.sheet(body, around, layer, level+1)
	return rest
}

// imported reads a sheet that is written into an address; another one stands elsewhere.
func (s *Sheets) imported(v string, level int) {
	if hasFoldPrefix(v, "url(") {
		v = strings.TrimSuffix(v[len("url("):], ")")
	}
	v = strings.Trim(trim(v), `"'`)
	text, ok := DataSheet(v)
	if !ok {
		s.Linked = true
		return
	}
	if level < maxLevels {
		s.sheet(text, -1, noLayer, level+1)
	}
}

// DataSheet is the style sheet that is written into an address.
func DataSheet(address string) (text string, ok bool) {
	if !hasFoldPrefix(address, "data:") {
		return "", false
	}
	head, data, ok := strings.Cut(address, ",")
	if !ok {
		return "", false
	}
	if u, err := url.PathUnescape(data); err == nil {
		data = u
	}
	if strings.HasSuffix(strings.ToLower(head), ";base64") {
		b, err := base64.StdEncoding.DecodeString(data)
		return string(b), err == nil
	}
	return data, true
}

// unclosed reports whether a quote or bracket is open at the end of a head of a rule.
func unclosed(s string) bool { return open(s) }

// skipBlank leaves out white space, comments and what hides sheets from old browsers.
func skipBlank(s string) string {
	for {
		s = trimLeft(s)
		switch {
		case strings.HasPrefix(s, "/*"):
			i := strings.Index(s[2:], "*/")
			if i < 0 {
				return ""
			}
			s = s[i+4:]
		case strings.HasPrefix(s, "<!--"):
			s = s[4:]
		case strings.HasPrefix(s, "-->"):
			s = s[3:]
		default:
			return s
		}
	}
}

// block cuts off what stands up to the bracket that closes.
func block(s string) (body, rest string) {
	end := strings.IndexByte(s, '}')
	if end < 0 {
		return s, ""
	}
	if head := s[:end]; strings.IndexByte(head, '{') < 0 && strings.IndexByte(head, '"') < 0 &&
		strings.IndexByte(head, '\'') < 0 && strings.IndexByte(head, '/') < 0 && strings.IndexByte(head, '\\') < 0 {
		return head, s[end+1:]
	}
	depth, quote := 1, byte(0)
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\':
			i++
		case quote != 0:
			if c == quote || c == '\n' {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '/' && i+1 < len(s) && s[i+1] == '*':
			j := strings.Index(s[i+2:], "*/")
			if j < 0 {
				return s, ""
			}
			i += j + 3
		case c == '{':
			depth++
		case c == '}':
			if depth--; depth == 0 {
				return s[:i], s[i+1:]
			}
		}
	}
	return s, ""
}

// What the first byte of a value may be where it hides, and what the last of a name.
const (
	vNone   = 1 << iota // none, hidden, collapse
	vLittle             // a number that is small, or one that is worked out
	vMinus
	vColor
	vCall // a function
	vMuch
)

var valueStarts = func() (t [256]uint8) {
	t['n'], t['N'] = vNone, vNone
	for _, c := range "hHcC" {
		t[c] = vNone | vCall | vColor
	}
	t['0'], t['1'], t['.'] = vLittle|vMuch, vLittle|vMuch, vLittle
	for c := '2'; c <= '9'; c++ {
		t[c] = vMuch
	}
	t['-'] = vMinus
	t['#'] = vColor
	t['/'] = 0xFF // a comment
	for _, c := range "wWtTrRsSiIfFgGaAlLoOmM" {
		t[c] |= vColor | vCall
	}
	for _, c := range "epP" {
		t[c] |= vCall
	}
	return t
}()

var nameEnds = func() (t [256]uint8) {
	for c, v := range map[byte]uint8{
		'y': vNone | vLittle | vCall,          // display, visibility, opacity
		'e': vLittle | vCall | vMinus,         // font-size, translate, scale, rotate, inline-size
		't': vLittle | vCall | vMinus | vMuch, // left, right, height, font, text-indent, inset, inset-inline-start
		'h': vLittle | vCall,                  // width, clip-path
		'p': vMinus | vMuch | vCall,           // top, clip
		'm': vCall | vLittle | vMinus,         // transform, zoom, bottom
		'r': vColor | vCall,                   // color, filter
		'n': vMinus | vMuch | vLittle,         // margin
		'g': vMinus,                           // letter-spacing
		'd': vMinus,                           // inset-inline-end
		'k': vMinus,                           // inset-block
	} {
		t[c], t[c-32] = v, v
	}
	t['/'] = 0xFF // a comment
	t[' '] = 0xFF
	return t
}()

// mayHide reports whether one of the declarations in s may hide text, with others or
// by itself. It looks at all pages' sheets, so it looks at little.
func mayHide(s string) bool {
	for at := 0; ; {
		i := strings.IndexByte(s[at:], ':')
		if i <= 0 {
			if i == 0 {
				at++
				continue
			}
			break
		}
		i += at
		at = i + 1
		end := nameEnds[s[i-1]]
		if end == 0 {
			continue
		}
		v := i + 1
		for v < len(s) && s[v] == ' ' {
			v++
		}
		if v == len(s) {
			break
		}
		if end&valueStarts[s[v]] != 0 && mayHideBy(s, i, v) {
			return true
		}
	}
	return strings.IndexByte(s, '\\') >= 0
}

// MayHide reports whether a style may hide text.
func MayHide(style string) bool { return style != "" && mayHide(plain(style)) }

// mayHideBy is mayHide for the declaration with its colon at i and its value at v.
func mayHideBy(s string, i, v int) bool {
	if s[i-1] == '/' || s[v] == '/' {
		return true
	}
	j := i - 1
	for j > 0 && s[j] == ' ' {
		j--
	}
	i = j + 1
	for j >= 0 && (isLetter(s[j]) || s[j] == '-') {
		j--
	}
	p := property(s[j+1 : i])
	if p == 0 {
		return false
	}
	end := v
	for end < len(s) && s[end] != ';' && s[end] != '}' {
		end++
	}
	val := s[v:end]
	switch p {
	case Display:
		return hasFoldPrefix(val, "none")
	case Visibility, ContentVisibility:
		return hasFoldPrefix(val, "hidden") || hasFoldPrefix(val, "collapse")
	case Opacity, Zoom, Scale:
		l, _, ok := length(val)
		return ok && part2(l, 1) < .1
	case FontSize, Wide, High, MaxWide, MaxHigh:
		l, _, ok := length(val)
		return ok && l.pixels() <= 1
	case sFont:
		return val[0] == '0'
	case Left, Right, Top, Bottom, MarginLeft, MarginTop, Indent, LetterSpacing:
		l, _, ok := length(val)
		return ok && abs(l.pixels()) >= 90
	case sInset, sMargin, sInsetInline, sInsetBlock, sMarginInline, sMarginBlock:
		return strings.Contains(val, "-") || len(val) > 4
	case TextColor, Fill:
		c := ColorOf(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(val), "!important")))
		return c.Known && (!c.Seen() || c.R >= 240 && c.G >= 240 && c.B >= 240)
	case Filter:
		return strings.Contains(val, "opacity")
	case Transform, Translate, Rotate, Clip, ClipPath:
		return !hasFoldPrefix(val, "none") && !hasFoldPrefix(val, "rotate(")
	}
	return false
}

// Empty reports whether there is no rule.
func (s *Sheets) Empty() bool { return len(s.rules) == 0 }

// May reports whether a rule that hides may be about elements that have this name,
// class or id: of those that have none, no rule hides any.
func (s *Sheets) May(k Key, name string) bool {
	if s.hiding == 0 {
		return false
	}
	if !s.read.done {
		s.readRules(func(r *rule) bool { return r.hides })
	}
	return s.read.has(k, name)
}

// HasKeys reports whether there are rules that hide and are about elements by their
// names, by attributes, or by neither these nor classes and ids.
func (s *Sheets) HasKeys() (names, attrs, all bool) {
	all = s.May(AnyKey, "")
	return s.read.names != [4]uint64{}, len(s.read.attrs) > 0, all
}

// readRules reads the selectors of rules.
func (s *Sheets) readRules(which func(r *rule) bool) {
	s.read.forget()
	s.read.done = true
	for i := range s.rules {
		if r := &s.rules[i]; which(r) {
			s.read.add(s, int32(i))
		}
	}
	s.read.index()
}

// A matched is a rule that an element matches.
type matched struct {
	rank uint64
	rule int32
}

// Style adds to out what the rules of the page and the element's own style say of it.
func (s *Sheets) Style(n *html.Node, inline string, out *Style) {
	if len(s.rules) == 0 {
		if inline != "" {
			out.Read(inline, All)
		}
		return
	}
	if !s.all {
		s.all = true
		s.readRules(func(*rule) bool { return true })
	}
	s.steps += elementSteps
	s.matched = s.matched[:0]
	s.read.match(s, n)
	slices.SortFunc(s.matched, func(a, b matched) int {
		switch {
		case a.rank < b.rank:
			return -1
		case a.rank > b.rank:
			return 1
		}
		return int(a.rule - b.rule)
	})
	important := false
	for _, m := range s.matched {
		d := s.rules[m.rule].decls
		out.Read(d, Normal)
		important = important || strings.IndexByte(d, '!') >= 0
	}
	if inline != "" {
		out.Read(inline, Normal)
	}
	if important {
		for _, m := range s.matched {
			out.Read(s.rules[m.rule].decls, Important)
		}
	}
	if inline != "" && strings.IndexByte(inline, '!') >= 0 {
		out.Read(inline, Important)
	}
}
