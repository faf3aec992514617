package score

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Words returns the words of s as Python's re.findall(r"\w+", s) finds them:
// runs of letters, numerals and underscores. Combining marks end a word there,
// so they do here.
func Words(s string) []string {
	var out []string
	start := -1
	for i, r := range s {
		if isWord(r) {
			if start < 0 {
				start = i
			}
		} else if start >= 0 {
			out = append(out, s[start:i])
			start = -1
		}
	}
	if start >= 0 {
		out = append(out, s[start:])
	}
	return out
}

const softHyphen = "\u00ad"

// Tokens returns the words of s without their soft hyphens. In a script without
// spaces a word is a whole run of letters; every two neighbours of it stand for
// words there, a letter alone for itself.
func Tokens(s string) []string {
	var out []string
	for _, w := range Words(strings.ReplaceAll(s, softHyphen, "")) {
		for w != "" {
			n := strings.IndexFunc(w, unspaced)
			if n != 0 {
				if n < 0 {
					n = len(w)
				}
				out = append(out, w[:n])
			} else {
				n = strings.IndexFunc(w, func(r rune) bool { return !unspaced(r) })
				if n < 0 {
					n = len(w)
				}
				out = appendPairs(out, w[:n])
			}
			w = w[n:]
		}
	}
	return out
}

// appendPairs appends the pairs of neighbouring letters of a run.
func appendPairs(out []string, run string) []string {
	_, next := utf8.DecodeRuneInString(run)
	if next == len(run) {
		return append(out, run)
	}
	for at := 0; next < len(run); {
		_, n := utf8.DecodeRuneInString(run[next:])
		out = append(out, run[at:next+n])
		at, next = next, next+n
	}
	return out
}

// unspaced reports whether r belongs to a script written without spaces.
func unspaced(r rune) bool {
	return r >= 0x0e00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return r == '_' || '0' <= r && r <= '9' || 'a' <= r|0x20 && r|0x20 <= 'z'
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r)
}

// Lower is Python's str.lower. It differs from [strings.ToLower] in two
// letters: a dotted capital I becomes two characters, and a capital sigma at
// the end of a word becomes the final form.
func Lower(s string) string {
	if !strings.ContainsAny(s, "İΣ") {
		return strings.ToLower(s)
	}
	var b strings.Builder
	for i, r := range s {
		switch r {
		case 'İ':
			b.WriteString("i̇")
		case 'Σ':
			if endsWord(s[:i], s[i+len("Σ"):]) {
				b.WriteRune('ς')
			} else {
				b.WriteRune('σ')
			}
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// endsWord is Unicode's condition Final_Sigma for a sigma between before and
// after: a cased letter precedes it and none follows, marks left aside.
func endsWord(before, after string) bool {
	last := strings.TrimRightFunc(before, caseIgnorable)
	next := strings.TrimLeftFunc(after, caseIgnorable)
	l, _ := utf8.DecodeLastRuneInString(last)
	n, _ := utf8.DecodeRuneInString(next)
	return last != "" && cased(l) && (next == "" || !cased(n))
}

func cased(r rune) bool {
	return unicode.In(r, unicode.Lu, unicode.Ll, unicode.Lt, unicode.Other_Lowercase, unicode.Other_Uppercase)
}

func caseIgnorable(r rune) bool {
	return unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf, unicode.Lm, unicode.Sk) ||
		strings.ContainsRune("'.:·‘’․‧", r)
}

// Squeeze makes every run of white space one space and trims both ends.
// U+001C to U+001F are white space, as in Python.
func Squeeze(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || 0x1c <= r && r <= 0x1f
	}), " ")
}
