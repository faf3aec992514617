package line

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/piece"
	"github.com/winnowtext/winnow/clean/internal/rules"
)

// Rules that are sure act in flattened text whatever the model says of their line. What
// they find takes along what belongs to it: the sentence before a credit is the
// picture's, the rest of a promo is no text of the article, a form goes from its
// question to its last field.
const (
	sureHead       = 3  // pieces at the beginning of a text, for rules with a zone
	sureTail       = 5  // pieces that are left at its end
	promoWords     = 32 // of a paragraph that a promo opens
	promoMore      = 14 // of a promo's second sentence
	captionLine    = 6  // pieces on a line that is no caption with its credit
	captionWords   = 45 // of the sentence before a credit
	captionLeast   = 4
	promoEnded     = 16 // of a promo on a line with other text that ends in a full stop
	captionFront   = 30 // of what stands before a caption on its line
	creditWords    = 14 // of a credit
	headLabelWords = 30 // of a caption or title that stands at the beginning, too
	headLabelMore  = 25 // what its second copy may have besides
	headLabelReach = 4  // pieces at the end in which that is looked for
	pollReach      = 12 // pieces from the question to the form
	pollWords      = 16 // of a question
	leastKeywords  = 6
	keywordWords   = 4
)

// certain marks what is certain of the pieces of flattened text, whatever the rest of
// the text is like.
func (m *Memory) certain(by *piece.Memory, lines []Line) {
	if len(by.Pieces()) != len(lines) {
		return // lines of somebody else
	}
	s := certainty{by, lines, by.Pieces()}
	m.sureByPlace(lines)
	s.title()
	for i := range lines {
		m.Clock.Step()
		switch l := &lines[i]; {
		case l.state == kept || l.state == trimmed && len(l.Cuts) == 0:
		case l.isSure("readmore"):
			s.promo(i)
		case l.isSure("poll"):
			s.poll(i)
		case l.state == open && s.date(i):
			l.dropBy(l.pending, "classify", noConsent)
		case l.state == open && l.words <= 8 && times(l.Text):
			l.drop("player", "player.time", "classify")
		case l.state == open && rightsLine(l.Text) && !inListing(lines, i):
			l.drop("copyright", "copyright.sign", "classify")
		case l.state == open && i >= len(lines)-sureTail && l.words <= mailWords && s.pieces[i].Count == 1 && mailAlone(l.Text):
			l.drop("byline", "byline.mail", "classify")
		case s.lone(i):
			l.dropBy(l.pending, "classify", noConsent)
		case s.credit(i):
			s.caption(i)
		case s.captioned(i):
			l.drop("caption", "caption.credit", "classify")
			s.front(i)
		}
	}
	signature(lines)
	s.trailing()
	s.headLabel()
	s.keywords()
	s.footer()
	s.shouted()
	s.island()
	s.arrows()
	s.ranks()
	s.signature()
}

// certainty knows the pieces of a text while certain looks at them.
type certainty struct {
	by     *piece.Memory
	lines  []Line
	pieces []piece.Piece
}

// isSure reports whether a line goes by a rule of a kind that needs no consent.
func (l *Line) isSure(k rules.Kind) bool {
	return l.state == dropped && l.consent == noConsent && l.Cuts[0].Kind == k
}

// sureByPlace lets rules act that are sure in their zone, or beside what goes.
func (m *Memory) sureByPlace(lines []Line) {
	act := func(i int, where rules.Zone) {
		if l := &lines[i]; l.state == open && l.pending != nil && l.pending.Sure && l.pending.Zone&where != 0 {
			l.dropBy(l.pending, "classify", noConsent)
		}
	}
	for i := range min(sureHead, len(lines)) {
		act(i, rules.Head)
	}
	left := 0
	for i := len(lines) - 1; i >= 0 && left < sureTail; i-- {
		m.Clock.Step()
		if act(i, rules.Tail); !lines[i].Dropped() {
			left++
		}
	}
	beside := func(i, d int) {
		l := &lines[i]
		if l.state == open && l.pending != nil && l.pending.Sure && l.pending.Beside && i+d >= 0 && i+d < len(lines) && lines[i+d].Dropped() {
			l.dropBy(l.pending, "classify", noConsent)
		}
	}
	for i := range lines {
		m.Clock.Step()
		beside(i, -1)
	}
	for i := len(lines) - 1; i >= 0; i-- {
		m.Clock.Step()
		beside(i, +1)
	}
}

// take drops a piece for what stands beside it.
func (s *certainty) take(i int, kind rules.Kind, rule string) {
	if l := &s.lines[i]; l.state != kept && !l.Dropped() {
		l.drop(kind, rule, "classify")
	}
}

// same reports whether pieces i and j stand in one paragraph.
func (s *certainty) same(i, j int) bool {
	return j >= 0 && j < len(s.pieces) && s.pieces[i].Para == s.pieces[j].Para
}

// promo takes the rest of a promo: its paragraph, where that is short and no sentence,
// the headline behind a label that stands alone, and a second sentence that runs into
// the text behind it.
func (s *certainty) promo(i int) {
	n, end := 0, i
	for j := i; s.same(i, j); j++ {
		n += s.by.Words(j)
		end = j
	}
	if s.lines[i].stopsFull() && s.pieces[i].Count > 1 && s.by.Words(i) > promoEnded {
		s.lines[i].restore() // the text may have run into the headline
		return
	}
	alone := s.pieces[i].Index == 0
	if alone && s.pieces[i].Count == 1 && s.lines[i].colon() {
		if j := i + 1; j < len(s.lines) && s.lines[j].Blank == 0 && !s.lines[j].stopsFull() {
			s.promoLine(j)
		}
		return
	}
	if alone && n <= promoWords && !s.lines[end].stopsFull() {
		for j := i + 1; j <= end; j++ {
			s.take(j, "readmore", "readmore.rest")
		}
		return
	}
	for j := i + 1; s.same(i, j); j++ {
		p := &s.pieces[j]
		bare := j == i+1 && s.lines[i].colon()
		more := p.Right == piece.Silent && (p.Left == piece.Sentence || p.Left == piece.Silent)
		if s.same(i, j+1) && s.lines[j+1].isSure("readmore") {
			more = true // between two of them
		}
		if !bare && !more || s.by.Words(j) > promoMore && !bare || s.by.Words(j) > promoWords || s.lines[j].stopsFull() {
			return
		}
		s.take(j, "readmore", "readmore.rest")
	}
}

// promoLine takes the line that begins with piece i, the headline below a label.
func (s *certainty) promoLine(i int) {
	n, end := 0, i
	for j := i; s.same(i, j); j++ {
		n += s.by.Words(j)
		end = j
	}
	if n > promoWords || s.lines[end].stopsFull() {
		return
	}
	for j := i; j <= end; j++ {
		s.take(j, "readmore", "readmore.rest")
	}
}

// stopsFull reports whether the line ends in a full stop, as headlines do not.
func (l *Line) stopsFull() bool {
	text := strings.TrimRightFunc(l.Text, closes)
	return strings.HasSuffix(text, ".") || strings.HasSuffix(text, "。")
}

// poll takes what stands between the call to a poll and the last field of its form.
func (s *certainty) poll(i int) {
	last, sentences := -1, 0
	for j := i + 1; j < len(s.lines) && j <= i+pollReach; j++ {
		l := &s.lines[j]
		if l.Dropped() {
			switch l.Cuts[0].Kind {
			case "poll", "newsletter", "cookie", "legal":
				last = j
			}
			continue
		}
		if l.stopsFull() || l.state == kept {
			if sentences++; sentences > 1 {
				break
			}
		}
	}
	for j := i + 1; j < last; j++ {
		if l := &s.lines[j]; !l.stopsFull() && int(l.words) <= pollWords {
			s.take(j, "poll", "poll.field")
		}
	}
}

// lone reports whether piece i is the label of a button or a player on a line of its
// own between two paragraphs, where no author writes a word or two.
func (s *certainty) lone(i int) bool {
	l := &s.lines[i]
	if l.state != open || l.pending == nil || l.words > loneWords || l.ends || s.pieces[i].Count > 1 || i == 0 || i+1 == len(s.lines) || bullet(l.Text) {
		return false
	}
	switch l.pending.Kind {
	case "tools", "share", "player":
		return s.lines[i-1].sentence() && s.lines[i+1].sentence()
	}
	return false
}

// loneWords is how many words such a label has at most.
const loneWords = 3

// date reports whether piece i is a date on a line of its own below the title, or between
// what goes.
func (s *certainty) date(i int) bool {
	l := &s.lines[i]
	if l.pending == nil || l.pending.Kind != "date" || l.ends || l.words > dateWords || s.pieces[i].Count > 1 || i == 0 || strings.ContainsAny(l.Text, "|│") {
		return false
	}
	before := &s.lines[i-1]
	return before.Rule == titleRule || before.Dropped() && i+1 < len(s.lines) && s.lines[i+1].Dropped()
}

const (
	dateWords = 10
	titleRule = "title.head"
)

// mailWords is how many words the address of a mailbox has at most.
const mailWords = 8

// mailAlone reports whether a text is the address of a mailbox.
func mailAlone(text string) bool {
	text = strings.TrimSpace(text)
	name, host, ok := strings.Cut(text, "@")
	return ok && name != "" && strings.Contains(host, ".") && !strings.ContainsAny(text, " \n\t/:,")
}

// times reports whether a text is the times of a player, of where it is and how long it
// is.
func times(text string) bool {
	at, of, ok := strings.Cut(strings.TrimSpace(text), "/")
	clock := func(s string) bool {
		s = strings.TrimSpace(s)
		return len(s) >= 4 && len(s) <= 8 && strings.Contains(s, ":") && strings.Trim(s, "0123456789:") == ""
	}
	return ok && clock(at) && clock(of)
}

// credit reports whether piece i is nothing but the credit of a picture.
func (s *certainty) credit(i int) bool {
	l := &s.lines[i]
	if l.Dropped() {
		return l.Cuts[0].Kind == "credit" && int(l.words) <= creditWords
	}
	if l.state == open && int(l.words) <= creditWords && slashCredit(l.Text) && !inListing(s.lines, i) {
		l.drop("credit", "credit.slash", "classify")
		return true
	}
	return false
}

// caption takes the sentence before the credit at i, which stands on the same line, and
// what stands before that where it did not end.
func (s *certainty) caption(i int) {
	j := i - 1
	if !s.same(i, j) || s.lines[j].Dropped() || s.lines[j].state == kept {
		return
	}
	n := s.by.Words(j)
	if n < captionLeast || n > captionWords || !s.pictured(i) || quoted(s.lines[j].Text) {
		return
	}
	if text := strings.TrimSpace(s.lines[i].Text); s.pieces[i].Count > captionLine && text[0] != '(' && text[0] != '[' && !s.lines[j].dated {
		return // all of the text is one line: the credit may have stood alone
	}
	s.take(j, "caption", "caption.credited")
	s.front(j)
}

// front takes what stands before the caption at j where it did not end.
func (s *certainty) front(j int) {
	for ; s.same(j, j-1) && unended(s.pieces[j].Left) && !s.lines[j-1].Dropped(); j-- {
		if s.by.Words(j-1) > captionFront || quoted(s.lines[j-1].Text) {
			return
		}
		s.take(j-1, "caption", "caption.credited")
	}
}

// captioned reports whether piece i is a caption that ends in its credit: in brackets, or
// with the name of an agency behind a slash.
func (s *certainty) captioned(i int) bool {
	l := &s.lines[i]
	if l.state != open || int(l.words) > captionWords || int(l.words) < captionLeast+2 || quoted(l.Text) || inListing(s.lines, i) {
		return false
	}
	text := strings.TrimRight(l.Text, " .\n")
	if strings.HasSuffix(text, ")") {
		at := strings.LastIndexByte(text, '(')
		return at > 0 && slashCredit(text[at:]) && !agencies(text[at:])
	}
	for _, name := range [...]string{"picture alliance", "Getty Images", "Shutterstock", "Pressefoto", "imago images"} {
		if rest, ok := strings.CutSuffix(text, name); ok {
			rest = strings.TrimRight(rest, " \u00a0")
			return strings.HasSuffix(rest, "/") || strings.HasSuffix(rest, " via") || strings.HasSuffix(rest, "©")
		}
	}
	return false
}

// pictured reports whether the credit at i is that of a picture: in brackets, with a
// sign that parts name and agency, or with a word for pictures; a source alone is
// not.
func (s *certainty) pictured(i int) bool {
	text := strings.TrimSpace(s.lines[i].Text)
	if strings.ContainsAny(text, "\"”“»«") {
		return false // of what somebody says
	}
	if strings.HasPrefix(text, "©") || slashCredit(text) && !agencies(text) {
		return true
	}
	low := strings.ToLower(text)
	for _, w := range pictureWords {
		if at := strings.Index(low, w); at >= 0 && at < 16 {
			return true
		}
	}
	return false
}

var pictureWords = strings.Fields("photo foto image bild picture ảnh фото fot. zdj kuva fotó imagen imagem beeld resim picha larawan gambar getty illustration grafik")

// quoted reports whether a text opens with a quotation mark.
func quoted(text string) bool {
	text = strings.TrimSpace(text)
	for _, q := range [...]string{"“", "\"", "„", "«", "»", "‘", "「", "『"} {
		if strings.HasPrefix(text, q) {
			return true
		}
	}
	return false
}

// unended reports whether what stands left of a border did not end there.
func unended(b piece.Border) bool { return b == piece.Repeat || b == piece.Silent }

// slashCredit reports whether a text is nothing but names with a slash between them, or
// in brackets with a word of agencies: (Jane Doe/Picture Desk), AP Photo/Jane Doe.
func slashCredit(text string) bool {
	text = strings.TrimSpace(text)
	in, signed := strings.CutPrefix(strings.TrimRight(text, ". "), "©")
	if n := len(in); n > 2 && (in[0] == '(' || in[0] == '[') && (in[n-1] == ')' || in[n-1] == ']') {
		in = in[1 : n-1]
	}
	if len(in) > 90 || strings.ContainsAny(in, "()[]:;!?0123456789\"") || strings.Contains(in, "//") {
		return false
	}
	left, right, ok := strings.Cut(in, "/")
	if !ok || !nameLike(left) || !nameLike(strings.ReplaceAll(right, "/", " ")) {
		return false
	}
	if agencies(in) {
		return true
	}
	return (signed || desk(left) || desk(right)) && (strings.Contains(strings.TrimSpace(left), " ") || strings.Contains(strings.TrimSpace(right), " "))
}

// agencies reports whether a text is nothing but agencies, as of those from whom a whole
// text is.
func agencies(text string) bool {
	n := 0
	for f := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(" /(),.[]", r) }) {
		if n++; !agencyNames[f] && !agencyWords[strings.ToLower(f)] {
			return false
		}
	}
	return n > 0
}

// desk reports whether a name is that of an agency, or has a word of those that hand
// out pictures.
func desk(name string) bool {
	for f := range strings.FieldsFuncSeq(name, func(r rune) bool { return r == ' ' || r == '/' || r == '-' || r == ',' }) {
		if agencyNames[f] || agencyWords[strings.ToLower(f)] {
			return true
		}
	}
	return false
}

var agencyNames, agencyWords = setOf("AP AFP EPA EFE ANSA PAP TASS ТАСС AAP PA AA APA LUSA ATS KEYSTONE BELGA ANP NTB TT SCANPIX BTA CTK ČTK ČTK MTI STA HINA UNIAN УНИАН РИА IANS PTI ANI VOA RFE BBC CNN NBC ABC CBS RTVE RTL ARD ZDF dpa ddp epd apa"),
	setOf("photo photos photography picture pictures image images pool press presse presseagentur agency agence agencia agência agenzia agentur bildagentur fotoagentur desk newsroom wire handout courtesy file archive archiv archives archivo arquivo reuters getty bloomberg xinhua imago shutterstock istock istockphoto unsplash pixabay anadolu nurphoto sipa zuma keystone lusa alamy magnum flickr wikimedia instagram facebook")

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

// rightsLine reports whether a text is a sign of rights with a year and a name behind
// it, and no more.
func rightsLine(text string) bool {
	text = strings.TrimSpace(text)
	if strings.HasPrefix(text, "(c)") || strings.HasPrefix(text, "(C)") {
		text = "©" + text[len("(c)"):]
	}
	rest, ok := strings.CutPrefix(text, "©")
	if !ok || len(rest) > maxRights {
		return false
	}
	rest = strings.TrimLeft(rest, " \u00a0")
	if len(rest) < 4 || rest[:2] != "19" && rest[:2] != "20" || !digits(rest[2:4]) {
		return false
	}
	name := strings.TrimLeft(rest[4:], "0123456789–—-/,. ")
	return name == "" || nameLike(strings.NewReplacer(".", " ", ",", " ", "|", " ").Replace(name))
}

// maxRights is the longest such text, in bytes.
const maxRights = 90

func digits(s string) bool { return strings.Trim(s, "0123456789") == "" }

// nameLike reports whether all words of a text open with a capital, up to small ones
// between them.
func nameLike(text string) bool {
	capitals, n := 0, 0
	last := false
	for f := range strings.FieldsSeq(text) {
		n++
		r, _ := utf8.DecodeRuneInString(f)
		last = unicode.IsUpper(r)
		if last = last || f == "via" || agencyNames[f]; last {
			capitals++
		} else if len(f) > 4 {
			return false
		}
	}
	return n > 0 && n <= 8 && last && capitals*2 > n
}

// headLabel drops a label at the beginning of the text that stands at its end, too:
// both are captions, or titles.
func (s *certainty) headLabel() {
	n := len(s.lines)
	if n <= 5 || s.lines[0].Dropped() || s.lines[0].state == kept || s.pieces[0].Right != piece.Repeat && s.pieces[0].Right != piece.Silent {
		return
	}
	first := int(s.lines[0].words)
	if first < captionLeast || first > headLabelWords || s.lines[0].ends {
		return
	}
	label := folded(s.lines[0].Text)
	for i := max(1, n-headLabelReach); i < n; i++ {
		if l := &s.lines[i]; int(l.words) <= first+headLabelMore && !l.ends && !(s.same(i, i+1) && unended(s.pieces[i].Right) && !opensCapital(s.lines[i+1].Text)) && strings.Contains(folded(l.Text), label) {
			s.take(0, "caption", "caption.again")
			s.take(i, "caption", "caption.again")
		}
	}
}

// folded is a text in small letters, with one space between its words.
func folded(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), " ")
}

// footer drops what stands behind the line of rights at the end of a text: slogans,
// owners, notes.
func (s *certainty) footer() {
	for i := len(s.lines) - 1; i > 0 && i >= len(s.lines)-footerReach; i-- {
		l := &s.lines[i]
		if l.isRights() {
			before := 0
			for j := range i {
				before += int(s.lines[j].words)
			}
			if before < footerBefore {
				return
			}
			for j := i + 1; j < len(s.lines); j++ {
				s.take(j, "footer", "footer.rest")
			}
			// What stands between two lines of rights goes, too.
			for j, last := i-1, i; j > 0 && j >= i-footerReach && int(s.lines[j].words) <= footerWords; j-- {
				if s.lines[j].isRights() {
					for k := j + 1; k < last; k++ {
						s.take(k, "footer", "footer.rest")
					}
					last = j
				}
			}
			return
		}
		if int(l.words) > footerWords || quoted(l.Text) || l.state == kept {
			return
		}
	}
}

const (
	footerReach  = 8  // pieces behind the line of rights
	footerWords  = 14 // of each of them
	footerBefore = 60 // of the text before it
)

// isRights reports whether a line goes as one of rights.
func (l *Line) isRights() bool {
	return l.state == dropped && l.Cuts[0].Kind == "copyright"
}

// shouted drops the headlines in capitals that stand between the sentences of a line
// where a notice does so, too: the page sets its links like that.
func (s *certainty) shouted() {
	for i := range s.lines {
		l := &s.lines[i]
		if l.state != dropped || l.consent != noConsent || l.words < shoutedWords || l.uppers*2 <= l.words || s.pieces[i].Count < 3 {
			continue
		}
		switch l.Cuts[0].Kind {
		case "app", "follow", "newsletter":
		default:
			continue
		}
		for j := range s.lines {
			m := &s.lines[j]
			if s.same(i, j) && m.state == open && m.words >= shoutedWords && int(m.words) <= promoWords && m.uppers*10 >= m.words*9 && !m.stopsFull() {
				s.take(j, "readmore", "readmore.shouted")
			}
		}
		return
	}
}

// shoutedWords is how many words a headline in capitals has at least.
const shoutedWords = 4

// arrows drops the lines at the end of a text that open with an arrow, where there are
// some: links to other pieces.
func (s *certainty) arrows() {
	n := 0
	first := len(s.lines)
	for i := len(s.lines) - 1; i > 0; i-- {
		if l := &s.lines[i]; l.Dropped() {
			continue
		} else if l.state != open || s.pieces[i].Count > arrowPieces {
			break
		}
		start := s.line(i)
		if text := strings.TrimSpace(s.lines[start].Text); !strings.HasPrefix(text, "→") && !strings.HasPrefix(text, "▶") && !strings.HasPrefix(text, "☞") {
			break
		}
		n++
		first, i = start, start
	}
	for i := first; i < len(s.lines) && n >= arrowLines; i++ {
		s.take(i, "related", "related.arrows")
	}
}

const (
	arrowLines  = 3
	arrowPieces = 6 // of such a line
)

// ranks drops lists of what is read most: below a heading of such lists a number on each
// line, and a headline below it.
func (s *certainty) ranks() {
	for i := 1; i < len(s.lines); i++ {
		if strings.TrimSpace(s.lines[i].Text) != "1" || s.pieces[i].Count > 1 {
			continue
		}
		head := &s.lines[i-1]
		if !(head.Dropped() && head.Cuts[0].Kind == "related" || head.pending != nil && head.pending.Kind == "related") {
			continue
		}
		n, at := 0, i
		for at+1 < len(s.lines) && strings.TrimSpace(s.lines[at].Text) == strconv.Itoa(n+1) && s.lines[at+1].words >= rankLeast && int(s.lines[at+1].words) <= trailingMost && s.pieces[at+1].Index == 0 {
			n++
			at = s.lineEnd(at + 1)
		}
		if n < rankLines {
			continue
		}
		for k := i - 1; k < at; k++ {
			s.take(k, "related", "related.ranks")
		}
		i = at
	}
}

const (
	rankLines = 3
	rankLeast = 3 // words of a headline
)

// lineEnd is the first piece behind the line of piece i.
func (s *certainty) lineEnd(i int) int {
	if i >= len(s.lines) {
		return i
	}
	return i - int(s.pieces[i].Index) + int(s.pieces[i].Count)
}

// line is the first piece of the line of piece i.
func (s *certainty) line(i int) int { return i - int(s.pieces[i].Index) }

// signature drops the name of the author on a line of its own at the end of the text,
// where nothing but sources follow.
func (s *certainty) signature() {
	last := lastLine(s.lines, len(s.lines))
	if last < 1 || last+1 >= len(s.lines) || s.pieces[last].Count > 1 || !s.lines[last-1].ends {
		return
	}
	switch s.lines[last+1].Cuts[0].Kind {
	case "credit", "contributor", "bio":
	default:
		return
	}
	l := &s.lines[last]
	if l.state == open && !l.ends && l.words >= 2 && l.words <= maxTagWords && l.caps == l.words {
		l.drop("byline", "byline.last", "classify")
	}
}

// island drops a short sentence behind the last words of a text about its author or its
// sources, where notices follow and nothing else.
func (s *certainty) island() {
	n := len(s.lines)
	after := 0
	for i := n - 1; i > 0 && i >= n-footerReach; i-- {
		if s.lines[i].Dropped() {
			after++
			continue
		}
		before := s.lines[i-1]
		if after > 0 && before.Dropped() && int(s.lines[i].words) <= footerWords && !quoted(s.lines[i].Text) {
			switch before.Cuts[0].Kind {
			case "bio", "contributor", "copyright", "newsletter", "follow", "app":
				s.take(i, before.Cuts[0].Kind, "footer.island")
			}
		}
		return
	}
}

// title lets the line stay that heads the text: its words are those of the paragraphs.
func (s *certainty) title() {
	first := 0 // paragraph
	for first < len(s.lines) && (s.lines[first].Dropped() || !s.lines[first].prose) {
		first++
	}
	if first == 0 || first == len(s.lines) {
		return
	}
	var known map[string]bool // beginnings of words of the sentences
	for i := first - 1; i >= 0 && i >= first-titleReach; i-- {
		l := &s.lines[i]
		if l.state != open || l.pending != nil || l.ends || l.colon() || int(l.words) > titleWords || !s.ownLine(i) {
			continue
		}
		if known == nil {
			known = map[string]bool{}
			for _, w := range stems(s.lines[i+1:], true) {
				known[w] = true
			}
		}
		own := stems(s.lines[i:i+1], false)
		shared := 0
		for _, w := range own {
			if known[w] {
				shared++
			}
		}
		least, share := titleLeast, titleShare
		if i == 0 && int(l.words) > titleLeast && s.pieces[i].Count == 1 {
			least, share = min(titleLeast-1, (len(own)+1)/2), titleFirst
		}
		if shared >= least && shared*10 >= len(own)*share {
			l.Stay(titleRule)
			return
		}
	}
}

const (
	titleReach = 12 // lines from the title to the first paragraph
	titleWords = 20 // of it
	titleLeast = 3  // of them in the paragraphs, too
	titleShare = 6  // tenths of them that are
	titleFirst = 4  // the same of the text's first line, where one word fewer will do
	titleRead  = 60 // lines of the text that are read for them
	stemLength = 5
)

// ownLine reports whether piece i is a line, or was one before it was glued to the next.
func (s *certainty) ownLine(i int) bool {
	return s.pieces[i].Count == 1 || s.pieces[i].Right == piece.Seam || s.pieces[i].Right == piece.Hole
}

// stems are the beginnings of the longer words of lines, of sentences alone where it
// says so.
func stems(lines []Line, sentences bool) (list []string) {
	for i := range lines[:min(len(lines), titleRead)] {
		if sentences && (lines[i].Dropped() || !lines[i].ends) {
			continue
		}
		for f := range strings.FieldsFuncSeq(strings.ToLower(lines[i].Text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			if r := []rune(f); len(r) >= 4 {
				list = append(list, string(r[:min(len(r), stemLength)]))
			}
		}
	}
	return list
}

// trailing drops the headline of another piece behind the last paragraph: title case, no
// end of a sentence, nothing behind it, in a text without headings like that.
func (s *certainty) trailing() {
	last := lastLine(s.lines, len(s.lines))
	before := lastLine(s.lines, last)
	if before < 0 || !s.lines[before].prose {
		return
	}
	l := &s.lines[last]
	text := strings.TrimSpace(l.Text)
	if s.pieces[last].Left == piece.Silent || s.pieces[last].Left == piece.Repeat {
		return // part of a sentence
	}
	if l.state != open || l.ends || l.colon() || int(l.words) < trailingLeast || int(l.words) > trailingMost || !l.titled() {
		return
	}
	if end, _ := utf8.DecodeLastRuneInString(text); !unicode.IsLetter(end) || strings.Count(text, ",") > 1 || strings.ContainsAny(text, "0123456789") {
		return
	}
	prose, seen := 0, 0
	for i := range last {
		m := &s.lines[i]
		if m.Dropped() {
			continue
		}
		if m.prose && i >= last-trailingSpan {
			prose++
		}
		if seen++; seen > 1 && m.titled() && int(m.words) >= titleLeast+1 && int(m.words) <= trailingMost {
			return
		}
	}
	if prose >= trailingProse {
		l.drop("related", "related.trailing", "classify")
	}
}

const (
	trailingLeast = 5
	trailingMost  = 16
	trailingSpan  = 8 // pieces before it that are looked at for paragraphs
	trailingProse = 3
)

// titled reports whether most words of a line have a capital, as in headlines.
func (l *Line) titled() bool { return l.caps*4 >= l.words*3 }

// opensCapital reports whether a text opens with a capital or a sign.
func opensCapital(text string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimSpace(text))
	return unicode.IsUpper(r) || !unicode.IsLetter(r)
}

// colon reports whether a line ends with a colon.
func (l *Line) colon() bool {
	text := strings.TrimSpace(l.Text)
	return strings.HasSuffix(text, ":") || strings.HasSuffix(text, "：")
}

// opensSmall reports whether a text opens with a small letter.
func opensSmall(text string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimSpace(text))
	return unicode.IsLower(r)
}

// keywords drops a list of key words on the last line: names and things of which the
// text speaks, with commas between them.
func (s *certainty) keywords() {
	last := lastLine(s.lines, len(s.lines))
	if last < 1 || s.pieces[last].Count != 1 || s.lines[last].state != open || s.lines[last].ends {
		return
	}
	text := strings.Trim(s.lines[last].Text, " ,\n")
	items := strings.Split(text, ",")
	if len(items) < leastKeywords {
		return
	}
	known := 0
	var body strings.Builder
	for i := range last {
		body.WriteString(" " + folded(s.lines[i].Text))
	}
	all := body.String() + " "
	for _, item := range items {
		item = folded(item)
		if n := len(strings.Fields(item)); n == 0 || n > keywordWords {
			return
		}
		if strings.Contains(all, " "+item+" ") {
			known++
		}
	}
	if known*2 >= len(items) {
		s.lines[last].drop("tags", "tags.keywords", "classify")
	}
}
