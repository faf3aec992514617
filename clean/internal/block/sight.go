package block

import (
	_ "embed"
	"strings"

	"github.com/winnowtext/winnow/clean/internal/css"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A sight is what is known of how the text of an element is seen. What is in the
// element has the same, unless its own style says otherwise.
type sight struct {
	stuck   flags // hidden so that nothing in it is seen
	tiny    bool  // the letters have no size
	hidden  bool  // visibility
	drawn   bool  // beyond the window: indented, or letters drawn together
	blank   bool  // the letters have the colour of what is behind them
	letters bool  // they show by other means

	font    float32 // size in pixels
	x, y    float32 // by how many pixels it is moved
	opacity float32
	scale   float32

	color css.Color // of the letters, where a style says so
	fill  css.Color
}

// Bounds of what styles do to text. Nobody reads letters of a pixel, or
// what stands so far outside of the window; carousels park their slides nearer.
const (
	tinyPixels = 1
	farPixels  = 900
	farRight   = 4 * farPixels
	farBelow   = 2 * css.Height // what is fixed there is never scrolled to
	farPercent = 150
	thin       = .05 // what is left of opacity, or of a size
)

// flags are those of an element that is seen like that.
func (s *sight) flags() (f flags) {
	f = s.stuck
	if s.hidden {
		f |= fHidden
	}
	if s.tiny || s.drawn || s.blank || s.x <= -farPixels || s.x >= farRight || s.y <= -farPixels {
		f |= fInvisible
	}
	return f
}

// undone reports whether the text is hidden so that what is in the element may be seen.
func (s *sight) undone() bool { return s.hidden || s.tiny || s.drawn || s.blank }

// A look is what the attributes of an element say of how it is seen.
type look struct {
	style         string
	color, ground string // attributes of old
	hidden        bool   // the attribute
	open          bool
	picture       bool // the attribute background
	named         bool // it has a class or id, of which sheets elsewhere may say anything
	sheets        bool // a rule of the page's sheets may hide it
}

// unseen reports whether anything is said of the element.
func (l *look) says() bool {
	return l.style != "" || l.hidden || l.sheets || l.color != "" || l.ground != "" || l.picture
}

//go:embed data/awaited.txt
var awaitedData string

// awaitedNames are classes, ids and roles of elements that something shows,
// awaitedParts parts of them.
var awaitedNames, awaitedParts = func() (names, parts *nameSet) {
	var lists [2]strings.Builder
	for line := range strings.Lines(awaitedData) {
		kind, list, _ := strings.Cut(line, ":")
		switch kind {
		case "names":
			lists[0].WriteString(list)
		case "parts":
			lists[1].WriteString(list)
		}
	}
	return namesIn(lists[0].String()), namesIn(lists[1].String())
}()

// see works out how an element is seen: e, which is n, in the innermost open element.
func (b *builder) see(e *Elem, n *html.Node, f, outer *frame) {
	l := &b.look
	around := &b.sights[outer.sight]
	f.sight, f.node = outer.sight, n
	if n.DataAtom == 0 && n.Data == "mjx-assistive-mml" {
		return // MathJax paints a formula without text; this is its text
	}
	if !l.says() && !(around.undone() && (b.sheets != nil || n.DataAtom == atom.A)) && !(e.Tag == tDialog && !l.open) {
		return
	}
	may, more := false, false
	if b.sheets != nil && around.stuck == 0 {
		may, more = css.MayHide(l.style)
	}
	// What is in a hidden box stays hidden, whatever they say of it.
	asks := b.sheets != nil && around.stuck == 0 && (l.sheets || l.hidden || around.undone() || may)
	before, rule := e.Flags, e.Rule
	b.sights = append(b.sights, sight{})
	f.sight = int32(len(b.sights) - 1)
	how := css.Hiding
	switch {
	case more || around.tiny || around.drawn || around.blank:
		how = css.Whole
	case l.hidden || may || around.hidden:
		how = css.Shown
	}
	hides := b.seeBy(e, n, around, asks, how)
	if hides && how != css.Whole && around.stuck == 0 && e.Flags&^before&(fHidden|fInvisible) != 0 && !surely(&b.style) {
		// A rule that is not about display may say otherwise.
		e.Flags, e.Rule = before, rule
		b.seeBy(e, n, &b.sights[outer.sight], !b.sheets.Large(), css.Whole)
	}
	if hides && b.sheets.Large() && e.Flags&^before&(fHidden|fInvisible) != 0 && shownWide(attrOf(n, "class")) {
		// The rule that says so may lie in the part that is not read.
		e.Flags, e.Rule = before, rule
		b.seeBy(e, n, &b.sights[outer.sight], false, how)
	}
}

// shownWide reports whether classes of utility frameworks show an element in a wide window
// that they hide in a narrow one, as "hidden md:block" and "d-none d-lg-flex" do.
func shownWide(class string) bool {
	for tok, rest := firstToken(class); tok != ""; tok, rest = firstToken(rest) {
		sign := byte(':')
		if after, ok := strings.CutPrefix(tok, "d-"); ok {
			tok, sign = after, '-'
		}
		if len(tok) > 3 && tok[2] == sign && widths.has(tok[:2]) && displays.has(tok[3:]) {
			return true
		}
	}
	return false
}

var (
	widths   = namesIn("sm md lg xl") // from 640 to 1280 pixels
	displays = namesIn("block inline inline-block flex inline-flex grid inline-grid table table-row table-cell contents list-item flow-root visible")
)

// surely reports whether a style hides by what rules that set other properties do not
// undo: by display, visibility or opacity, or as text for screen readers is hidden.
func surely(st *css.Style) bool {
	return st.Set&css.Display != 0 && st.Display == css.None || st.Set&css.Visibility != 0 && st.Hidden ||
		st.Set&css.Opacity != 0 && st.Opacity <= thin || st.Set&css.Clip != 0 && st.Clipped || st.Set&css.ClipPath != 0 && st.ClipPath
}

// seeBy is see by the element's own style and, where it asks for them, by the rules of
// sheets. It reports whether there are some that may hide.
func (b *builder) seeBy(e *Elem, n *html.Node, around *sight, asks bool, how css.Rules) (hides bool) {
	l, st := &b.look, &b.style
	*st = css.Style{}
	switch {
	case asks:
		hides = b.styleOf(n, len(b.stack)-1, l.style, how, st)
	case l.style != "":
		st.Read(l.style, css.All)
	}
	if l.color != "" && st.Set&css.TextColor == 0 {
		if st.Color = css.ColorOf(l.color); st.Color.Known {
			st.Set |= css.TextColor
		}
	}
	if st.Set&css.Display != 0 && l.style != "" {
		if st.Display == css.Box {
			e.Flags |= fBlock
		}
		if st.Display != css.None && e.Rule != 0 {
			if r := b.o.Rules.DOM(e.Rule - 1); r.Kind == "hidden" && !r.User {
				e.Rule = 0 // its style says otherwise
			}
		}
	}
	s := *around
	b.boxes(&s, e, st)
	b.letters(&s, e, n, st)
	at := &b.sights[len(b.sights)-1]
	*at = s
	if st.Set&css.Colours != 0 || l.ground != "" || l.picture || s.color.Known || s.fill.Known {
		at.blank = b.blank(&s, n)
	}
	now := at.flags()
	if now&^around.flags() != 0 && (now&fInvisible == 0 && b.awaits(e, n, st)) {
		e.Flags |= fAwaited
	}
	e.Flags = e.Flags&^(fHidden|fInvisible) | now
	return hides
}

// boxes is what a style does to the box of an element.
func (b *builder) boxes(s *sight, e *Elem, st *css.Style) {
	l, set := &b.look, st.Set
	// Of what sheets elsewhere say nothing is known: the element may well be what
	// its own style needs it to be.
	loose := l.named && b.linked
	if l.hidden && set&css.Display == 0 || set&css.Display != 0 && st.Display == css.None ||
		e.Tag == tDialog && !l.open && set&css.Display == 0 {
		s.stuck |= fHidden
	}
	outOfFlow := set&css.Position != 0 && st.OutOfFlow
	box := e.Flags&fBlock != 0 || outOfFlow || loose || set&css.Float != 0 && st.Floats
	if set&css.Display != 0 {
		box = st.Display == css.Box || st.Display == css.InBox || outOfFlow
	}
	if set&css.Opacity != 0 {
		s.opacity *= st.Opacity
	}
	if set&css.Filter != 0 {
		s.opacity *= st.Filtered
	}
	if s.opacity <= thin {
		s.stuck |= fHidden // animations begin like this
	}
	if set&css.ContentVisibility != 0 && st.Skipped && box {
		s.stuck |= fHidden
	}
	if set&css.ClipPath != 0 && st.ClipPath || set&css.Clip != 0 && st.Clipped && (outOfFlow || loose) {
		s.stuck |= fInvisible
	}
	if box && e.Tag != tTd && e.Tag != tTh && e.Tag != tTr && e.Tag != tTable && set&css.Grow == 0 {
		s.size(st, loose)
	}
	b.moves(s, st, box, loose)
	if set&css.Zoom != 0 {
		s.scale *= st.Zoom
	}
	if s.scale <= thin {
		s.stuck |= fInvisible
	}
}

// size is what width and height leave of a box.
func (s *sight) size(st *css.Style, loose bool) {
	little := func(p css.Props, l css.Length) bool {
		return st.Set&p != 0 && l.N >= 0 && (l.N == 0 || l.Unit != css.Percent && l.Pixels(s.font, 1) <= tinyPixels)
	}
	wide := little(css.Wide, st.Wide) || little(css.MaxWide, st.MaxWide)
	high, maxHigh := little(css.High, st.High), little(css.MaxHigh, st.MaxHigh)
	clips := st.Set&css.Overflow != 0 && st.Clips
	switch {
	case clips && (wide && (high || maxHigh) || high && st.High.N > 0 || maxHigh && st.MaxHigh.N > 0):
		s.stuck |= fInvisible
	case clips && (wide && st.Wide.N == 0 || high || maxHigh), loose && (high && st.High.N == 0 || maxHigh && st.MaxHigh.N == 0):
		s.stuck |= fHidden // as folded panels begin
	}
}

// moves is by how much a style moves a box.
func (b *builder) moves(s *sight, st *css.Style, box, loose bool) {
	set := st.Set
	if set&css.Position != 0 && st.Fixed {
		s.x, s.y = 0, 0
	}
	side := func(p css.Props, l css.Length, percent float32) float32 {
		if set&p == 0 || l.Unit == css.Percent && max(l.N, -l.N) < farPercent {
			return 0
		}
		return l.Pixels(s.font, percent)
	}
	if set&css.Position != 0 && st.Positioned || loose && set&css.Position == 0 {
		if set&css.Left != 0 {
			s.x += side(css.Left, st.Left, css.Width/100)
		} else if x := side(css.Right, st.Right, css.Width/100); x <= -farPixels {
			s.x += farRight
		} else if !st.OutOfFlow && !loose {
			s.x -= x
		}
		top := side(css.Top, st.Top, css.Height/100)
		s.y += min(top, max(0, -s.y)) // far down it is scrolled to
		bottom := side(css.Bottom, st.Bottom, css.Height/100)
		if st.Fixed && top >= farBelow || bottom <= -farPixels {
			s.stuck |= fInvisible
		}
	}
	if set&css.MarginLeft != 0 && st.MarginLeft.Unit != css.Percent {
		s.x += st.MarginLeft.Pixels(s.font, 0)
	}
	if set&css.MarginTop != 0 && st.MarginTop.Unit != css.Percent && box {
		s.y += min(st.MarginTop.Pixels(s.font, 0), max(0, -s.y))
	}
	if !box {
		return
	}
	if set&css.Transform != 0 {
		s.x, s.y = s.x+st.Transform.X, s.y+st.Transform.Y
		s.scale *= st.Transform.Scale
	}
	if set&css.Translate != 0 {
		s.x, s.y = s.x+st.Translate.X, s.y+st.Translate.Y
	}
	if set&css.Scale != 0 {
		s.scale *= st.Scale
	}
	if set&css.Rotate != 0 && st.Turned {
		s.scale = 0
	}
}

// letters is what a style does to the letters of an element.
func (b *builder) letters(s *sight, e *Elem, n *html.Node, st *css.Style) {
	set := st.Set
	if set&css.Visibility != 0 {
		s.hidden = st.Hidden
	}
	switch {
	case set&css.FontSize != 0:
		s.font = st.FontSize.Pixels(s.font, s.font/100)
		s.tiny = s.font <= tinyPixels
	case s.tiny && b.look.named && b.linked:
		s.font, s.tiny = 16, false // a sheet elsewhere may say so
	}
	if set&(css.Indent|css.LetterSpacing) != 0 {
		s.drawn = false
		if set&css.Indent != 0 && (e.Flags&fBlock != 0 || b.look.named && b.linked || set&css.Display != 0 && st.Display != css.Inline) {
			s.drawn = st.Indent.Pixels(s.font, css.Width/100) <= -farPixels
		}
		if set&css.LetterSpacing != 0 {
			s.drawn = s.drawn || st.Spacing.Pixels(s.font, 0) <= -max(8, .8*s.font)
		}
	}
	if set&css.TextColor != 0 {
		s.color, s.fill = st.Color, css.Color{}
	} else if n.DataAtom == atom.A && e.Flags&fLink != 0 {
		s.color = css.Color{} // links have a colour of their own
	}
	if set&css.Fill != 0 {
		s.fill = st.Fill
	}
	if set&css.Letters != 0 {
		s.letters = st.Letters
	}
}

// blank reports whether letters cannot be told from what is behind them, in the
// innermost open element.
func (b *builder) blank(s *sight, n *html.Node) bool {
	c := s.color
	if s.fill.Known {
		c = s.fill
	}
	if !c.Known || s.letters {
		return false
	}
	if !c.Seen() {
		return true
	}
	g := b.groundOf(len(b.stack) - 1)
	return g.Known && c.On(g).Near(g)
}

// groundOf is the colour behind the text of an open element, not known where there is
// a picture, or something that is not in the page may say.
func (b *builder) groundOf(i int) css.Color {
	at := i
	for at > 0 && !b.stack[at].grounded {
		at--
	}
	g := b.stack[at].ground
	for at++; at <= i; at++ {
		f := &b.stack[at]
		g = b.ground(f.node, at, g)
		f.ground, f.grounded = g, true
	}
	return g
}

// ground is the colour behind the text of n, where that around it has another one.
func (b *builder) ground(n *html.Node, i int, around css.Color) css.Color {
	var st css.Style
	inline, named := "", false
	for k := range n.Attr {
		switch a := &n.Attr[k]; a.Key {
		case "style":
			inline = a.Val
		case "class", "id":
			named = true
		case "bgcolor":
			if c := css.ColorOf(hexed(a.Val)); c.Known {
				st.Ground = c
				st.Set |= css.Ground
			}
		case "background":
			st.Picture = st.Picture || a.Val != ""
			st.Set |= css.Picture
		}
	}
	if b.linked && named && inline == "" && st.Set == 0 {
		return css.Color{} // a sheet elsewhere may say anything
	}
	if b.sheets != nil && !b.linked {
		b.styleOf(n, i, inline, css.Whole, &st)
	} else if inline != "" {
		st.Read(inline, css.All)
	}
	switch {
	case st.Set&css.Picture != 0 && st.Picture, st.Painted && st.Set&css.Sized != 0:
		return css.Color{}
	case st.Set&css.Ground != 0 && !st.Ground.Known, st.Ground.A > 0 && st.Ground.A < 255 && !around.Known:
		return css.Color{}
	case st.Ground.A > 0:
		return st.Ground.On(around)
	case b.linked && named, st.Set&css.Position != 0 && st.OutOfFlow:
		return css.Color{}
	}
	return around
}

// styleOf adds to out what sheets and its own style say of n, the open element i, and
// reports whether a rule that may hide is about it.
func (b *builder) styleOf(n *html.Node, i int, inline string, how css.Rules, out *css.Style) (hides bool) {
	b.asked = i
	return b.sheets.Style(n, inline, how, b.around, out)
}

// lineage is what the elements around the open element that is asked for are called, for
// selectors.
func (b *builder) lineage() css.Names {
	i := b.asked
	if i == 0 {
		return 0
	}
	at := i - 1
	for at > 0 && b.stack[at].names == 0 {
		at--
	}
	for ; at < i; at++ {
		if f := &b.stack[at]; f.names == 0 && at > 0 {
			f.names = b.stack[at-1].names.With(f.node)
		}
	}
	return b.stack[i-1].names
}

// hexed is a colour of an attribute, which may lack its sign.
func hexed(v string) string {
	if len(v) == 6 && strings.Trim(strings.ToLower(v), "0123456789abcdef") == "" {
		return "#" + v
	}
	return v
}

// awaits reports whether something is likely to show an element that is hidden for
// now: a script that builds the page, an animation, a control, a subscription.
func (b *builder) awaits(e *Elem, n *html.Node, st *css.Style) bool {
	const moved = css.Transform | css.Translate | css.Scale
	switch {
	case e.Tag == tBody, st.Set&css.Animation != 0 && st.Animated:
		return true
	case st.Set&css.Opacity != 0 && st.Opacity <= thin && st.Set&moved != 0:
		return true
	case besideControl(n):
		return true
	}
	for i := range n.Attr {
		switch a := &n.Attr[i]; a.Key {
		case "id":
			if strings.HasPrefix(a.Val, "S:") && b.look.hidden {
				return true // what React sends after the page, for its script to put in place
			}
			if awaitedTokens(a.Val) {
				return true
			}
		case "class", "role":
			if awaitedTokens(a.Val) {
				return true
			}
		case "data-aos", "data-w-id", "data-framer-appear-id", "data-sal":
			return true // libraries of animations
		}
	}
	for up, i := n, 0; i < 3 && up != nil; up, i = up.Parent, i+1 {
		if attrOf(up, "aria-hidden") == "true" {
			return true
		}
	}
	return false
}

// awaitedTokens reports whether a token of a value names what something shows.
func awaitedTokens(value string) (yes bool) {
	for tok, rest := firstToken(value); tok != "" && !yes; tok, rest = firstToken(rest) {
		yes = awaitedNames.has(tok)
	}
	if !yes {
		eachPart(value, func(_ uint32, start, end int) { yes = yes || awaitedParts.has(value[start:end]) })
	}
	return yes
}

// besideControl reports whether a button stands in front of an element, or a link that
// leads nowhere but to it.
func besideControl(n *html.Node) bool {
	p := n.PrevSibling
	for p != nil && p.Type != html.ElementNode {
		p = p.PrevSibling
	}
	for depth := 0; p != nil && depth < 3; depth++ {
		if p.DataAtom == atom.Button || p.DataAtom == atom.Summary || attrOf(p, "role") == "button" || attrOf(p, "role") == "tab" {
			return true
		}
		if id := attrOf(n, "id"); p.DataAtom == atom.A && id != "" && attrOf(p, "href") == "#"+id {
			return true
		}
		for p = p.FirstChild; p != nil && p.Type != html.ElementNode; {
			p = p.NextSibling
		}
	}
	return false
}
