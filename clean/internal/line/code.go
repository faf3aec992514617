package line

import (
	"math"
	"strings"
	"unicode/utf8"
)

// Program code is the article's own, and by chance its words are those of rules:
// image: postgres:18 in a configuration, Email: between two tags. Flattened text
// does not say what is code, but code stands among code: most lines around have
// signs that no menu and no prose has.
const (
	listingReach = 3   // lines looked at on either side
	listingLeast = 2   // of them and the line itself, how many have signs; half of them at least
	maxCodeBytes = 400 // of a line of code
	// paragraphBytes are more than a line of code has that ends like a sentence.
	paragraphBytes = 80
)

// inListing reports whether line i stands within program code, as far as no blank
// line parts them. It looks at nothing but their text: lines after it may not be
// measured yet.
func inListing(lines []Line, i int) bool {
	if lines[i].Role != Plain || len(lines[i].Text) > maxCodeBytes {
		return false // markup said what it is, or it is too long
	}
	from, to := i, i+1
	for from > 0 && i-from < listingReach && lines[from].Blank == 0 {
		from--
	}
	for to < len(lines) && to-i <= listingReach && lines[to].Blank == 0 {
		to++
	}
	signs, keys := 0, 0
	least, most := math.MaxInt, 0 // white space before a key
	for k := from; k < to; k++ {
		text := lines[k].Text
		switch lines[k].codeLook() {
		case likeParagraph:
			return false
		case likeCode:
			signs++
		case likeKey:
			keys++
			indent := len(text) - len(strings.TrimLeft(text, " \t"))
			least, most = min(least, indent), max(most, indent)
		}
	}
	if least < most { // keys within keys
		signs += keys
	}
	return signs >= listingLeast && signs*2 >= to-from
}

// A look is what a line looks like where code is told from other text.
type look uint8

const (
	notLooked look = iota
	likeNothing
	likeParagraph
	likeCode
	likeKey // of a configuration
)

// codeLook is what the line looks like. It is found out once.
func (l *Line) codeLook() look {
	if l.code == notLooked {
		switch text := l.Text; {
		case len(text) >= paragraphBytes && endsSentence(text):
			l.code = likeParagraph
		case codeSign(text):
			l.code = likeCode
		case keySign(text):
			l.code = likeKey
		default:
			l.code = likeNothing
		}
	}
	return l.code
}

func endsSentence(text string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRightFunc(text, closes))
	return sentenceEnd(last)
}

// Signs of code within a line. After a word a bracket opens a call when it holds
// nothing, a quotation or a block.
var (
	codeMarks = strings.Fields("() => == != := && += :: })")
	callMarks = [...]string{`("`, "('", "({"}
)

// codeSign reports whether a line looks like code by itself.
func codeSign(text string) bool {
	text = strings.TrimSpace(text)
	if text == "" || len(text) > maxCodeBytes {
		return false
	}
	if text[0] == '{' && len(text) > 1 && strings.IndexByte("{|*%", text[1]) >= 0 {
		return false // a placeholder that nobody filled, as likely
	}
	switch text[len(text)-1] {
	case '{', '}':
		return true
	case '(', '[':
		return len(text) > 1 // alone they are a link's that was lost
	case ';':
		if strings.ContainsAny(text, "()[]{}=<>\"") {
			return true
		}
	case '>':
		if strings.HasSuffix(text, "/>") && text[0] != '<' {
			return true // of a tag that began lines before
		}
	}
	switch text[0] {
	case ']', ')':
		return len(text) > 1
	case '<': // a tag, but not one of those that tools leave around text
		name, _, _ := tag(text)
		return name != "" && !embedTags[name] && !textTags[name]
	case '$', '#', '/', '>':
		for _, mark := range [...]string{"$ ", "#!", "//", "/*", ">>> "} {
			if strings.HasPrefix(text, mark) {
				return true
			}
		}
	}
	// All that follows holds one of these, which few lines do.
	if strings.IndexByte(text, '(') < 0 && strings.IndexByte(text, '=') < 0 && strings.IndexByte(text, '&') < 0 && !strings.Contains(text, "::") {
		return false
	}
	if strings.Contains(text, " = ") {
		return true
	}
	if strings.Contains(text, "://") {
		return false
	}
	for _, mark := range codeMarks {
		if strings.Contains(text, mark) {
			return true
		}
	}
	for _, mark := range callMarks {
		if at := strings.Index(text, mark); at > 0 && (isLetter(text[at-1]) || text[at-1] == '_') {
			return true
		}
	}
	return false
}

// keySign reports whether a line opens with a key of a configuration, such as
// image: in small letters.
func keySign(text string) bool {
	text = strings.TrimPrefix(strings.TrimLeft(text, " \t"), "- ")
	n := 0
	for n < len(text) && (text[n] >= 'a' && text[n] <= 'z' || text[n] >= '0' && text[n] <= '9' || text[n] == '_' || text[n] == '-' || text[n] == '.') {
		n++
	}
	return n > 0 && n < len(text) && text[n] == ':' && (n+1 == len(text) || text[n+1] == ' ')
}

func sentenceEnd(r rune) bool { return r == '.' || r == '!' || r == '?' || r == '…' }

func closes(r rune) bool {
	return r == ')' || r == '”' || r == '“' || r == '"' || r == '»' || r == '’'
}
