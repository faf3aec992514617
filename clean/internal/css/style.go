package css

import "strings"

// Props is a set of properties.
type Props uint64

// Properties that have a part in whether text can be seen.
const (
	Display Props = 1 << iota
	Visibility
	ContentVisibility
	Opacity
	Filter
	FontSize
	LetterSpacing
	Indent
	Position
	Left
	Right
	Top
	Bottom
	MarginLeft
	MarginTop
	Wide
	High
	MaxWide
	MaxHigh
	Overflow
	Transform
	Translate
	Scale
	Rotate
	Zoom
	Clip
	ClipPath
	TextColor
	Fill
	Ground
	Picture
	Letters // the letters show by other means: a shadow, a stroke, a ground cut to their shape
	Float
	Animation
	Sized // a picture on the ground fills not all of it
	Grow  // the size may be another than width and height say

	Inset   = Left | Right | Top | Bottom
	Colours = TextColor | Fill | Ground | Picture | Letters
)

// What display says.
const (
	Inline = iota + 1
	Box    // begins and ends a line
	InBox  // a box in a line
	None
	Contents // the box is that of its children
)

// A Style is what declarations say of an element. A field is of use where Set has its
// property.
type Style struct {
	Set Props

	Display    uint8
	Hidden     bool    // visibility
	Skipped    bool    // content-visibility
	Opacity    float32 // 0 to 1
	Filtered   float32 // opacity by a filter
	FontSize   Length  // Em and Percent are those of the element around
	Spacing    Length  // of letters
	Indent     Length
	Positioned bool // left and the like move the element
	OutOfFlow  bool // absolute, fixed
	Fixed      bool

	Left, Right, Top, Bottom, MarginLeft, MarginTop, Wide, High, MaxWide, MaxHigh Length

	Clips     bool // overflow
	Transform Move
	Translate Move
	Scale     float32
	Turned    bool // rotate: the element is seen from its edge
	Zoom      float32
	Clipped   bool // clip: nothing is left
	ClipPath  bool // the same
	Color     Color
	Fill      Color
	Ground    Color
	Picture   bool // there is a picture on the ground
	Painted   bool // the ground is one by a gradient
	Letters   bool
	Floats    bool
	Animated  bool // an animation or transition is named
}

// Which declarations Read reads.
const (
	Normal = 1 << iota
	Important
	All = Normal | Important
)

// maxValue is the length of values, in bytes, beyond which they are pictures.
const maxValue = 300

// Marks of what stands in declarations, so that nobody looks for it in each of them.
const (
	hasEscape = 1 << iota // a backslash, or a slash, which may begin a comment
	hasNested             // brackets or quotes
	hasBang
)

var markOf = [256]uint8{'\\': hasEscape, '/': hasEscape, '(': hasNested, '"': hasNested, '\'': hasNested, '!': hasBang}

func marksOf(s string) (marks uint8) {
	for i := range len(s) {
		marks |= markOf[s[i]]
	}
	return marks
}

// Read adds what declarations say to s: those that are important, the others or both,
// the important ones being stronger.
func (s *Style) Read(decls string, which int) {
	marks := marksOf(decls)
	if marks&hasEscape != 0 {
		decls = plain(decls)
		marks = marksOf(decls)
	}
	if which == All && marks&hasBang == 0 {
		which = Normal
	}
	if which != Important {
		s.pass(decls, false, marks)
	}
	if which&Important != 0 {
		s.pass(decls, true, marks)
	}
}

func (s *Style) pass(decls string, important bool, marks uint8) {
	for decls != "" {
		var d string
		if marks&hasNested != 0 {
			d, decls = cutDecl(decls)
		} else if i := strings.IndexByte(decls, ';'); i >= 0 {
			d, decls = decls[:i], decls[i+1:]
		} else {
			d, decls = decls, ""
		}
		i := strings.IndexByte(d, ':')
		if i <= 0 {
			continue
		}
		p := property(trim(d[:i]))
		if p == 0 {
			continue
		}
		val := trim(d[i+1:])
		if val == "" {
			continue
		}
		marked := false
		if marks&hasBang != 0 {
			if j := strings.LastIndexByte(val, '!'); j >= 0 && hasFoldPrefix(trimLeft(val[j+1:]), "important") {
				val, marked = trim(val[:j]), true
			}
		}
		if marked == important {
			s.declare(p, val)
		}
	}
}

// cutDecl cuts the first declaration off: a semicolon in brackets or quotes ends none.
func cutDecl(s string) (d, rest string) {
	from := 0
	for {
		i := strings.IndexByte(s[from:], ';')
		if i < 0 {
			return s, ""
		}
		i += from
		if d = s[:i]; !open(d) {
			return d, s[i+1:]
		}
		from = i + 1
	}
}

// open reports whether a bracket or quote of s is not closed.
func open(s string) bool {
	if strings.IndexByte(s, '(') < 0 && strings.IndexByte(s, '"') < 0 && strings.IndexByte(s, '\'') < 0 {
		return false
	}
	depth, quote := 0, byte(0)
	for i := range len(s) {
		switch c := s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '(':
			depth++
		case c == ')':
			depth--
		}
	}
	return depth > 0 || quote != 0
}

// A name of a property that stands for several has an id beyond those of Props.
const (
	sFont Props = 1<<40 + iota
	sMargin
	sMarginInline
	sMarginBlock
	sInset
	sInsetInline
	sInsetBlock
	sBackground
	sGroundImage
	sTextClip
	sShadow
	sStroke
	sBackdrop
	sAppearance
)

// property is what a name stands for, 0 for what says nothing about text being seen.
func property(name string) Props {
	if len(name) < 3 || len(name) > 24 {
		return 0
	}
	for i := range len(name) {
		if c := name[i]; 'A' <= c && c <= 'Z' {
			name = strings.ToLower(name)
			break
		}
	}
	if name[0] == '-' {
		for _, vendor := range [...]string{"-webkit-", "-moz-", "-ms-", "-o-"} {
			if len(name) > len(vendor) && name[:len(vendor)] == vendor {
				name = name[len(vendor):]
				break
			}
		}
	}
	switch name {
	case "display":
		return Display
	case "visibility":
		return Visibility
	case "content-visibility":
		return ContentVisibility
	case "opacity":
		return Opacity
	case "filter":
		return Filter
	case "font-size":
		return FontSize
	case "font":
		return sFont
	case "letter-spacing":
		return LetterSpacing
	case "text-indent":
		return Indent
	case "position":
		return Position
	case "float":
		return Float
	case "left", "inset-inline-start":
		return Left
	case "right", "inset-inline-end":
		return Right
	case "top", "inset-block-start":
		return Top
	case "bottom", "inset-block-end":
		return Bottom
	case "inset":
		return sInset
	case "inset-inline":
		return sInsetInline
	case "inset-block":
		return sInsetBlock
	case "margin-left", "margin-inline-start":
		return MarginLeft
	case "margin-top", "margin-block-start":
		return MarginTop
	case "margin":
		return sMargin
	case "margin-inline":
		return sMarginInline
	case "margin-block":
		return sMarginBlock
	case "width", "inline-size":
		return Wide
	case "height", "block-size":
		return High
	case "max-width", "max-inline-size":
		return MaxWide
	case "max-height", "max-block-size":
		return MaxHigh
	case "overflow", "overflow-x", "overflow-y", "overflow-inline", "overflow-block":
		return Overflow
	case "transform":
		return Transform
	case "translate":
		return Translate
	case "scale":
		return Scale
	case "rotate":
		return Rotate
	case "zoom":
		return Zoom
	case "clip":
		return Clip
	case "clip-path":
		return ClipPath
	case "color":
		return TextColor
	case "text-fill-color":
		return Fill
	case "background":
		return sBackground
	case "background-color":
		return Ground
	case "background-image":
		return sGroundImage
	case "background-clip":
		return sTextClip
	case "background-size", "background-position", "background-repeat":
		return Sized
	case "text-shadow":
		return sShadow
	case "text-stroke", "text-stroke-width":
		return sStroke
	case "flex", "flex-grow", "flex-basis", "min-width", "min-height":
		return Grow
	case "animation", "animation-name", "transition", "transition-property", "will-change":
		return Animation
	}
	return 0
}

// declare takes a declaration in.
func (s *Style) declare(p Props, v string) {
	if len(v) > maxValue && p != sBackground && p != sGroundImage {
		return
	}
	switch p {
	case Display:
		s.display(v)
	case Visibility:
		if w, _ := word(v); strings.EqualFold(w, "visible") || hides(w) {
			s.Hidden = !strings.EqualFold(w, "visible")
			s.Set |= p
		}
	case ContentVisibility:
		s.Skipped = strings.EqualFold(v, "hidden")
		s.Set |= p
	case Opacity:
		if l, rest, ok := length(v); ok && rest == "" {
			s.Opacity = part(Length{l.N, l.Unit}, 1)
			s.Set |= p
		}
	case Filter:
		s.Filtered = 1
		for w, rest := word(v); w != ""; w, rest = word(rest) {
			if hasFoldPrefix(w, "opacity(") {
				if l, _, ok := length(w[len("opacity("):]); ok {
					s.Filtered *= part(l, 1)
				}
			}
		}
		s.Set |= p
	case FontSize:
		s.fontSize(v)
	case sFont:
		for w, rest := word(v); w != ""; w, rest = word(rest) {
			l, end, ok := length(w)
			slash, _ := word(rest)
			if _, _, bare := number(w); ok && end == "" && (l.N == 0 || slash == "/" || !bare || !isDigit(w[len(w)-1])) || !ok && fontSizes[strings.ToLower(w)] > 0 {
				s.fontSize(w)
				return
			}
		}
	case Position:
		s.Positioned, s.OutOfFlow, s.Fixed = false, false, false
		switch strings.ToLower(v) {
		case "relative", "sticky", "-webkit-sticky":
			s.Positioned = true
		case "absolute":
			s.Positioned, s.OutOfFlow = true, true
		case "fixed":
			s.Positioned, s.OutOfFlow, s.Fixed = true, true, true
		case "static", "initial", "unset", "revert":
		default:
			return
		}
		s.Set |= p
	case Float:
		s.Floats = !strings.EqualFold(v, "none")
		s.Set |= p
	case sMargin:
		t, _, _, l := sides(v)
		s.set(MarginTop, &s.MarginTop, t)
		s.set(MarginLeft, &s.MarginLeft, l)
	case sMarginInline:
		t, _, _, _ := sides(v)
		s.set(MarginLeft, &s.MarginLeft, t)
	case sMarginBlock:
		t, _, _, _ := sides(v)
		s.set(MarginTop, &s.MarginTop, t)
	case sInset:
		t, r, b, l := sides(v)
		s.set(Top, &s.Top, t)
		s.set(Right, &s.Right, r)
		s.set(Bottom, &s.Bottom, b)
		s.set(Left, &s.Left, l)
	case sInsetInline:
		t, r, _, _ := sides(v)
		s.set(Left, &s.Left, t)
		s.set(Right, &s.Right, r)
	case sInsetBlock:
		t, r, _, _ := sides(v)
		s.set(Top, &s.Top, t)
		s.set(Bottom, &s.Bottom, r)
	case Overflow:
		w, rest := word(v)
		w2, _ := word(rest)
		clips := func(w string) bool {
			return strings.EqualFold(w, "hidden") || strings.EqualFold(w, "clip") || strings.EqualFold(w, "scroll") || strings.EqualFold(w, "auto")
		}
		s.Clips = clips(w) || clips(w2)
		s.Set |= p
	case Transform:
		s.Transform = transform(v)
		s.Set |= p
	case Translate:
		s.Translate = Move{Scale: 1}
		w, rest := word(v)
		if l, _, ok := length(w); ok {
			s.Translate.X = shift(l, Width)
		}
		if w, _ = word(rest); w != "" {
			if l, _, ok := length(w); ok {
				s.Translate.Y = shift(l, Height)
			}
		}
		s.Set |= p
	case Scale:
		s.Scale = 1
		for w, rest := word(v); w != ""; w, rest = word(rest) {
			if l, _, ok := length(w); ok {
				s.Scale = min(s.Scale, abs(part2(l, 1)))
			}
		}
		s.Set |= p
	case Rotate:
		axis, rest := word(v)
		s.Turned = (strings.EqualFold(axis, "x") || strings.EqualFold(axis, "y")) && onEdge(trim(rest))
		s.Set |= p
	case Zoom:
		if l, _, ok := length(v); ok && l.N >= 0 {
			if s.Zoom = part2(l, 1); s.Zoom == 0 && l.Unit == Px {
				s.Zoom = 1 // browsers take none for all of it
			}
			s.Set |= p
		}
	case Clip:
		s.Clipped = clipsAll(v)
		s.Set |= p
	case ClipPath:
		s.ClipPath = cutsAll(v)
		s.Set |= p
	case TextColor, Fill:
		s.color(p, v)
	case Ground, sBackground, sGroundImage:
		s.background(p, v)
	case sTextClip:
		s.letters(strings.EqualFold(v, "text"))
	case sShadow, sStroke:
		s.letters(!strings.EqualFold(v, "none") && v[0] != '0' || strings.IndexByte(v, ' ') > 0)
	case Sized:
		s.Set |= p
	case Grow:
		if l, _, ok := length(v); !ok || l.N != 0 {
			s.Set |= p
		}
	case Animation:
		s.Animated = !strings.EqualFold(v, "none") && !strings.EqualFold(v, "auto")
		s.Set |= p
	default:
		if at := s.length(p); at != nil {
			s.set(p, at, v)
		}
	}
}

// length is the field of a property.
func (s *Style) length(p Props) *Length {
	switch p {
	case LetterSpacing:
		return &s.Spacing
	case Indent:
		return &s.Indent
	case Left:
		return &s.Left
	case Right:
		return &s.Right
	case Top:
		return &s.Top
	case Bottom:
		return &s.Bottom
	case MarginLeft:
		return &s.MarginLeft
	case MarginTop:
		return &s.MarginTop
	case Wide:
		return &s.Wide
	case High:
		return &s.High
	case MaxWide:
		return &s.MaxWide
	case MaxHigh:
		return &s.MaxHigh
	}
	return nil
}

// set sets a length; auto, none and the like unset it.
func (s *Style) set(p Props, at *Length, v string) {
	l, rest, ok := length(v)
	switch {
	case ok && trim(rest) == "":
		if l.Unit == Px && l.N != 0 && isDigit(v[len(v)-1]) {
			return // a number without a unit is no length
		}
		*at = l
		s.Set |= p
	case v != "" && isLetter(v[0]) && strings.IndexByte(v, '(') < 0:
		s.Set &^= p
		*at = Length{}
	}
}

func (s *Style) display(v string) {
	w, rest := word(v)
	switch strings.ToLower(w) {
	case "none":
		s.Display = None
	case "block", "flex", "grid", "list-item", "flow-root", "table", "-webkit-box", "-webkit-flex", "-ms-flexbox":
		s.Display = Box
		if strings.EqualFold(trim(rest), "inline") {
			s.Display = InBox
		}
	case "inline":
		if s.Display = Inline; trim(rest) != "" {
			s.Display = InBox
		}
	case "contents":
		s.Display = Contents
	case "inherit", "initial", "unset", "revert":
		s.Display = Inline
	default:
		if hasFoldPrefix(w, "inline-") || hasFoldPrefix(w, "table-") || hasFoldPrefix(w, "ruby") {
			s.Display = InBox
			break
		}
		return
	}
	s.Set |= Display
}

// hides reports whether a word, of visibility, hides.
func hides(w string) bool { return strings.EqualFold(w, "hidden") || strings.EqualFold(w, "collapse") }

var fontSizes = map[string]float32{
	"xx-small": 9, "x-small": 10, "small": 13, "medium": 16, "large": 18, "x-large": 24, "xx-large": 32, "xxx-large": 48,
}

func (s *Style) fontSize(v string) {
	if l, rest, ok := length(v); ok && rest == "" {
		if l.N >= 0 && (l.N == 0 || l.Unit != Px || !isDigit(v[len(v)-1])) {
			s.FontSize = l
			s.Set |= FontSize
		}
		return
	}
	switch px := fontSizes[strings.ToLower(v)]; {
	case px > 0:
		s.FontSize = Length{px, Px}
	case strings.EqualFold(v, "smaller"):
		s.FontSize = Length{.83, Em}
	case strings.EqualFold(v, "larger"):
		s.FontSize = Length{1.2, Em}
	case strings.EqualFold(v, "initial"):
		s.FontSize = Length{16, Px}
	case strings.EqualFold(v, "inherit"), strings.EqualFold(v, "unset"):
		s.FontSize = Length{1, Em}
	default:
		return
	}
	s.Set |= FontSize
}

func (s *Style) color(p Props, v string) {
	at := &s.Color
	if p == Fill {
		at = &s.Fill
	}
	switch c := ColorOf(v); {
	case c.Known:
		*at = c
	case strings.EqualFold(v, "inherit"), strings.EqualFold(v, "unset"), strings.EqualFold(v, "currentcolor"):
		s.Set &^= p
		return
	default:
		*at = Color{} // one that is not known
	}
	s.Set |= p
}

// background reads a ground: its colour, and whether a picture is on it. A gradient of
// one colour is that colour.
func (s *Style) background(p Props, v string) {
	if p != sGroundImage {
		s.Ground = Color{}
		s.Set |= Ground
	}
	if p != Ground {
		s.Picture, s.Painted = false, false
		s.Set &^= Sized
		s.Set |= Picture
	}
	if len(v) > maxValue {
		s.Picture = true
		return
	}
	if p == sBackground {
		s.Ground = Clear
	}
	for w, rest := word(v); w != ""; w, rest = word(rest) {
		if c := ColorOf(w); c.Known {
			s.Ground = c
			continue
		}
		if w == "/" {
			s.Set |= Sized
		}
		i := strings.IndexByte(w, '(')
		switch {
		case i > 0 && strings.HasSuffix(strings.ToLower(w[:i]), "gradient"):
			c := oneColor(w[i+1:])
			if s.Picture = s.Picture || !c.Known; c.Known {
				s.Ground, s.Painted = c, true
				s.Set |= Ground
			}
		case i > 0 && hasFoldPrefix(w, "var"):
			s.Ground = Color{}
		case i > 0 && !hasFoldPrefix(w, "rgb") && !hasFoldPrefix(w, "hsl"):
			s.Picture = true
		}
	}
}

// oneColor is the colour of all stops of a gradient.
func oneColor(args string) (all Color) {
	for w, rest := word(strings.TrimSuffix(args, ")")); w != ""; w, rest = word(rest) {
		c := ColorOf(w)
		if _, _, ok := length(w); !c.Known && (ok || isLetter(w[0]) && strings.IndexByte(w, '(') < 0 || isAngle(w)) {
			continue // a place or direction
		}
		if !c.Known || all.Known && c != all {
			return Color{}
		}
		all = c
	}
	return all
}

func (s *Style) letters(yes bool) {
	s.Letters = yes
	s.Set |= Letters
}

// sides are the values for top, right, bottom and left of a shorthand.
func sides(v string) (top, right, bottom, left string) {
	top, rest := word(v)
	right, rest = word(rest)
	bottom, rest = word(rest)
	left, _ = word(rest)
	if right == "" {
		right = top
	}
	if bottom == "" {
		bottom = top
	}
	if left == "" {
		left = right
	}
	return top, right, bottom, left
}

func abs(x float32) float32 { return max(x, -x) }
