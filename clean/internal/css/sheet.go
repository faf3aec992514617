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
//
// Most rules of most pages hide nothing. So a sheet is looked through for declarations
// that may (see scan); the rules around them, and those that may show again what they
// hide, are taken down when somebody asks (see take), and the selectors of those that
// may be about an element are read when there is one.
type Sheets struct {
	Linked   bool // the page has sheets that stand elsewhere
	Scripted bool // the page has scripts

	texts  []string
	size   int   // of all sheets, in bytes
	hits   []hit // of all texts
	ends   []int // of the hits of each text
	hiding bool  // some hit hides

	few, all index // rules with hits; all rules
	layers   int   // seen so far
	matched  []matched
	around   Names // of the elements around the one that is looked up, where known
	lineage  func() Names
	steps    int // that matching may still take
}

// A hit is the place of the colon of a declaration that has a part in hiding.
type hit struct {
	at    int32
	hides bool
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
	MaxSize   = 16 << 10 // bytes, of all sheets; what is behind is as if it stood elsewhere
	maxWhole  = 8 << 10  // bytes, of sheets all rules of which are read
	maxLevels = 16       // of rules and conditions in each other, of imports
	// Steps of matching, for a page and for each element looked up.
	baseSteps    = 1 << 16
	elementSteps = 256
)

// Reset forgets the sheets.
func (s *Sheets) Reset() {
	if cap(s.hits) > 1<<13 || cap(s.all.rules) > 1<<13 || cap(s.few.rules) > 1<<13 {
		*s = Sheets{}
		return
	}
	clear(s.texts)
	few, all := s.few.emptied(), s.all.emptied()
	*s = Sheets{texts: s.texts[:0], hits: s.hits[:0], ends: s.ends[:0], few: few, all: all, matched: s.matched[:0]}
}

// Add adds the text of a style element that is for such media.
func (s *Sheets) Add(text, media string) { s.add(text, media, 0) }

func (s *Sheets) add(text, media string, level int) {
	if !onScreen(media) || level > maxLevels {
		return
	}
	s.steps = baseSteps
	if s.size > MaxSize {
		return
	}
	text = skipBlank(text)
	for hasFoldPrefix(text, "@import") || hasFoldPrefix(text, "@charset") {
		end := strings.IndexByte(text, ';')
		for end >= 0 && open(text[:end]) {
			next := strings.IndexByte(text[end+1:], ';')
			if next < 0 {
				end = -1
				break
			}
			end += next + 1
		}
		if end < 0 {
			return
		}
		if hasFoldPrefix(text, "@import") {
			s.imported(trim(text[len("@import"):end]), level)
		}
		text = skipBlank(text[end+1:])
	}
	s.size += len(text)
	if over := s.size - MaxSize; over > 0 {
		// What is cut in two is left out: half a rule may say the opposite.
		s.Linked = true
		text = text[:max(0, len(text)-over)]
		text = text[:strings.LastIndexByte(text, '}')+1]
	}
	if text = unquoted(text); text == "" {
		return
	}
	s.texts = append(s.texts, text)
	s.scan(text)
	s.ends = append(s.ends, len(s.hits))
}

// imported reads a sheet that is written into an address; another one stands elsewhere.
func (s *Sheets) imported(v string, level int) {
	if hasFoldPrefix(v, "url(") {
		v = strings.TrimSuffix(v[len("url("):], ")")
	}
	text, ok := DataSheet(strings.Trim(trim(v), "\"'"))
	if !ok {
		s.Linked = true
		return
	}
	s.add(text, "", level+1)
}

// unquoted is a sheet with blanks for brackets in quotes and comments.
func unquoted(s string) string {
	quoted := commented(s) && braced(s, "/*", "*/")
	for _, q := range [...]string{"\"", "'"} {
		quoted = quoted || strings.Contains(s, q) && braced(s, q, q)
	}
	if !quoted {
		return s
	}
	b := []byte(s)
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case c == '\\':
			i++
		case c == '"' || c == '\'':
			for i++; i < len(b) && b[i] != c && b[i] != '\n'; i++ {
				if b[i] == '\\' {
					i++
				} else if b[i] == '{' || b[i] == '}' {
					b[i] = ' '
				}
			}
		case c == '/' && i+1 < len(b) && b[i+1] == '*':
			end := strings.Index(s[i+2:], "*/")
			if end < 0 {
				end = len(s) - i - 2
			}
			for ; end >= 0; end-- {
				if k := i + 2 + end; k < len(b) && (b[k] == '{' || b[k] == '}' || b[k] == ';') {
					b[k] = ' '
				}
			}
			if end := strings.Index(s[i+2:], "*/"); end >= 0 {
				i += end + 3
			} else {
				i = len(b)
			}
		}
	}
	return string(b)
}

// commented reports whether a comment begins in s. Of its two signs the second is the rarer
// one: there are many slashes in addresses and what is written into them.
func commented(s string) bool {
	for at := 0; ; at++ {
		i := strings.IndexByte(s[at:], '*')
		if i < 0 {
			return false
		}
		if at += i; at > 0 && s[at-1] == '/' {
			return true
		}
	}
}

// braced reports whether there may be a bracket between two such marks.
func braced(s, from, to string) bool {
	for {
		i := strings.Index(s, from)
		if i < 0 {
			return false
		}
		s = s[i+len(from):]
		end := strings.Index(s, to)
		if end < 0 {
			end = len(s)
		}
		if in := s[:end]; strings.IndexByte(in, '{') >= 0 || strings.IndexByte(in, '}') >= 0 || from == "/*" && strings.IndexByte(in, ';') >= 0 {
			return true
		}
		s = s[min(end+len(to), len(s)):]
	}
}

// A context is what stands around a rule.
type context struct {
	around, layer int32
	skip          bool
}

// take takes the rules of all texts down, those with hits or all.
func (s *Sheets) take(x *index, all bool) {
	x.taken = true
	from := 0
	for i, text := range s.texts {
		s.takeText(x, text, s.hits[from:s.ends[i]], all)
		from = s.ends[i]
	}
	x.readKeys()
}

// takeText takes the rules of one text down.
func (s *Sheets) takeText(x *index, text string, hits []hit, all bool) {
	var stack [maxLevels + 1]context
	depth := 0
	ctx := context{-1, noLayer, false}
	next := func(from int, c byte) int {
		if i := strings.IndexByte(text[from:], c); i >= 0 {
			return from + i
		}
		return len(text)
	}
	// record takes declarations down where there is a hit in them.
	record := func(selectors string, from, to int, nests bool) {
		for len(hits) > 0 && int(hits[0].at) < from {
			hits = hits[1:]
		}
		hit, hides := false, false
		for len(hits) > 0 && int(hits[0].at) < to {
			hit, hides = true, hides || hits[0].hides
			hits = hits[1:]
		}
		if (hit || all || nests) && !ctx.skip {
			decls := text[from:to]
			x.rules = append(x.rules, rule{selectors, decls, ctx.around, ctx.layer, hides && s.hidesBy(decls)})
		}
	}
	open, shut, rule := -1, -1, -1
	for at := 0; ; {
		if depth == 0 && !all {
			if rule < at {
				rule = next(at, '@')
			}
			to := rule
			for len(hits) > 0 && int(hits[0].at) < at {
				hits = hits[1:]
			}
			if len(hits) > 0 {
				to = min(to, int(hits[0].at))
			} else if rule == len(text) {
				return
			}
			at += plainRules(text[at:to])
		}
		for at < len(text) && (isSpace(text[at]) || text[at] == ';' && depth > 0) {
			at++
		}
		if at < len(text) && (text[at] == '/' || text[at] == '<' || text[at] == '-') {
			if rest := skipBlank(text[at:]); len(rest) < len(text)-at {
				at = len(text) - len(rest)
				continue
			}
		}
		if at == len(text) {
			return
		}
		if text[at] == '}' && depth > 0 {
			depth--
			ctx = stack[depth]
			at++
			continue
		}
		if open < at {
			open = next(at, '{')
		}
		if shut < at {
			shut = next(at, '}')
		}
		if depth > 0 && shut < open {
			record("&", at, shut, false)
			at = shut
			continue
		}
		if open == len(text) {
			return
		}
		if text[at] == '@' {
			if i := strings.IndexByte(text[at:open], ';'); i >= 0 {
				at += i + 1
				continue
			}
			stack[depth] = ctx
			if depth < maxLevels {
				depth++
			}
			s.enter(&ctx, text[at:open])
			at = open + 1
			continue
		}
		selectors := text[at:min(open, at+maxSelectors)]
		body := open + 1
		open, shut = next(body, '{'), next(body, '}')
		if open > shut || open == len(text) {
			record(selectors, body, shut, false)
			at = min(shut+1, len(text))
			continue
		}
		// Rules stand in it, behind its declarations.
		end := body
		if i := strings.LastIndexByte(text[body:open], ';'); i >= 0 {
			end += i + 1
		}
		record(selectors, body, end, true)
		stack[depth] = ctx
		if depth < maxLevels {
			depth++
		}
		ctx.around = int32(len(x.rules) - 1)
		at = end
	}
}

// plainRules is the length of the rules at the start of a sheet's part that end in it,
// where none of them is in another one.
func plainRules(s string) int {
	s = s[:max(0, strings.LastIndexByte(s, '{'))]
	end := strings.LastIndexByte(s, '}') + 1
	if s = s[:end]; strings.Count(s, "{") != strings.Count(s, "}") {
		return 0
	}
	return end
}

// enter is what a rule that begins with an at sign makes of what stands in it.
func (s *Sheets) enter(ctx *context, head string) {
	head = plain(head)
	name, cond := head, ""
	if i := strings.IndexFunc(head, func(r rune) bool { return r == ' ' || r == '(' || r == '\n' || r == '\t' }); i > 0 {
		name, cond = head[:i], trim(head[i:])
	}
	switch strings.ToLower(name) {
	case "@media":
		ctx.skip = ctx.skip || !onScreen(cond)
	case "@supports":
		ctx.skip = ctx.skip || hasFoldPrefix(cond, "not")
	case "@layer":
		s.layers++
		ctx.layer = min(ctx.layer, int32(s.layers))
	default:
		ctx.skip = true // fonts, animations, pages of print, what hangs on other boxes
	}
}

// hidesBy reports whether declarations may hide what an element holds. A colour does
// where it is that of the ground; of one that is set elsewhere nothing is known.
func (s *Sheets) hidesBy(decls string) bool {
	colored := false
	for c := range (candidates{plain(decls)}).all {
		switch {
		case !c.hides:
		case c.p == TextColor || c.p == Fill:
			colored = true
		default:
			return true
		}
	}
	if !colored {
		return false
	}
	var st Style
	st.Read(decls, All)
	c := st.Color
	if st.Fill.Known {
		c = st.Fill
	}
	switch {
	case !c.Seen():
		return true
	case st.Set&Picture != 0 && st.Picture:
		return false
	case st.Set&Ground != 0 && st.Ground.A > 0:
		return c.On(st.Ground).Near(st.Ground)
	}
	return !s.Linked && !s.Large()
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

// Empty reports whether there is no sheet.
func (s *Sheets) Empty() bool { return len(s.texts) == 0 }

// Large reports whether there is so much in the sheets that Style goes by Shown where it
// is asked for Whole.
func (s *Sheets) Large() bool { return s.size > maxWhole }

// May reports whether a rule that hides may be about elements that have this name,
// class or id: of those that have none, no rule hides any.
func (s *Sheets) May(k Key, name string) bool {
	if !s.hiding {
		return false
	}
	if !s.few.taken {
		s.take(&s.few, false)
	}
	return s.few.has(k, name)
}

// HasKeys reports whether there are rules that hide and are about elements by their
// classes or ids, by their names, by attributes, or by none of these.
func (s *Sheets) HasKeys() (keys, names, attrs, all bool) {
	all = s.May(AnyKey, "")
	return s.few.keys != nameFilter{}, s.few.names != nameFilter{}, len(s.few.attrs) > 0, all
}

// A matched is a rule that an element matches.
type matched struct {
	rank uint64
	rule int32
}

// Rules says which rules of the sheets Style goes by.
type Rules uint8

const (
	// Hiding: those that may hide an element, and those that set display, visibility
	// or opacity; none where no rule that may hide is about this one.
	Hiding Rules = iota
	// Shown: the same, whether or not.
	Shown
	// Whole: all.
	Whole
)

// Style adds to out what the sheets and the element's own style say of it. It reports
// whether a rule that may hide is about it. around tells the names of the elements around.
func (s *Sheets) Style(n *html.Node, inline string, how Rules, around func() Names, out *Style) (hides bool) {
	whole := how == Whole && !s.Large()
	if s.match(n, how, around); len(s.matched) == 0 {
		if inline != "" {
			out.Read(inline, All)
		}
		return false
	}
	x := &s.few
	if whole {
		x = &s.all
	}
	important := false
	for _, m := range s.matched {
		d := x.rules[m.rule].decls
		hides = hides || x.rules[m.rule].hides
		out.Read(d, Normal)
		important = important || strings.IndexByte(d, '!') >= 0
	}
	if inline != "" {
		out.Read(inline, Normal)
	}
	if important {
		for _, m := range s.matched {
			out.Read(x.rules[m.rule].decls, Important)
		}
	}
	if strings.IndexByte(inline, '!') >= 0 {
		out.Read(inline, Important)
	}
	return hides
}

// match finds the rules that an element matches, the strongest last.
func (s *Sheets) match(n *html.Node, how Rules, around func() Names) {
	whole := how == Whole && !s.Large()
	s.matched, s.around, s.lineage = s.matched[:0], 0, around
	x := &s.few
	if whole {
		x = &s.all
	}
	if !whole && !s.hiding {
		return
	}
	if !x.taken {
		s.take(x, whole)
	}
	s.steps += elementSteps
	if how == Hiding {
		x.match(s, n, true)
		if len(s.matched) == 0 {
			return
		}
		s.matched = s.matched[:0]
	}
	x.match(s, n, false)
	slices.SortFunc(s.matched, func(a, b matched) int {
		switch {
		case a.rank < b.rank:
			return -1
		case a.rank > b.rank:
			return 1
		}
		return int(a.rule - b.rule)
	})
}
