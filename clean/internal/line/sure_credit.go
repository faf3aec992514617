package line

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/piece"
)

// Captions and their credits.

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
	if l.state != open || int(l.words) > captionWords || int(l.words) < captionLeast+2 {
		return false
	}
	return endsInCredit(l.Text) && !quoted(l.Text) && !inListing(s.lines, i)
}

// endsInCredit reports whether a text ends in a credit in brackets, or in the name of an
// agency behind a slash.
func endsInCredit(text string) bool {
	end := len(text)
	for end > 0 && (text[end-1] == ' ' || text[end-1] == '.' || text[end-1] == '\n') {
		end--
	}
	text = text[:end]
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
	if text == "" || text[0] != '"' && text[0] < utf8.RuneSelf {
		return false
	}
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
	if strings.IndexByte(text, '/') < 0 {
		return false
	}
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
