package date

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/chars"
)

type token struct {
	kind       byte // 'n' number, 'w' word, else the character itself
	val        int
	digits     int
	word       string // lower case
	start, end int
}

// mayDate reports whether s has enough digits for a date.
func mayDate(s string) bool {
	n := 0
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= '0' && c <= '9' || c >= 0xd9 {
			n++ // a digit, or the start of one of another script
		}
	}
	return n >= 3
}

func tokens(s string, toks []token) []token {
	low := "" // s in lower case, where that is of the same length
	if ascii(s) {
		low = strings.ToLower(s)
	}
	for i := 0; i < len(s); {
		r, w := utf8.DecodeRuneInString(s[i:])
		start := i
		switch {
		case chars.IsSpace(r) || chars.Unseen(r):
			i += w
			continue
		case digit(r) >= 0:
			val, n := 0, 0
			for i < len(s) {
				r, w = utf8.DecodeRuneInString(s[i:])
				v := digit(r)
				if v < 0 {
					break
				}
				if n < 9 {
					val = val*10 + v
				}
				n++
				i += w
			}
			toks = append(toks, token{kind: 'n', val: val, digits: n, start: start, end: i})
			continue
		case cjkDate(r):
			i += w
			toks = append(toks, token{kind: 'w', word: s[start:i], start: start, end: i})
			continue
		case unicode.IsLetter(r):
			for i < len(s) {
				r, w = utf8.DecodeRuneInString(s[i:])
				if !unicode.IsLetter(r) && !unicode.IsMark(r) || cjkDate(r) {
					break
				}
				i += w
			}
			word := ""
			if low != "" {
				word = low[start:i]
			} else {
				word = strings.ToLower(s[start:i])
			}
			toks = append(toks, token{kind: 'w', word: word, start: start, end: i})
			continue
		}
		i += w
		k := byte('?')
		switch {
		case r < 0x80:
			k = byte(r)
		case r == '–' || r == '—' || r == '‑' || r == '‐' || r == '−':
			k = '-'
		case r == '،' || r == '、':
			k = ','
		case r == '：':
			k = ':'
		case r == '．' || r == '。':
			k = '.'
		}
		toks = append(toks, token{kind: k, start: start, end: i})
	}
	return toks
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// cjkDate reports whether r is a unit of Chinese, Japanese or Korean dates.
func cjkDate(r rune) bool {
	switch r {
	case '年', '月', '日', '号', '號', '時', '时', '点', '分', '秒', '년', '월', '일', '시', '분', '초':
		return true
	}
	return false
}

// digit returns the value of a decimal digit of the scripts that dates are
// written in, else -1.
func digit(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0')
	case r < 0x660:
	case r <= 0x669:
		return int(r - 0x660)
	case r >= 0x6f0 && r <= 0x6f9:
		return int(r - 0x6f0)
	case r >= 0x966 && r <= 0x96f:
		return int(r - 0x966)
	case r >= 0x9e6 && r <= 0x9ef:
		return int(r - 0x9e6)
	case r >= 0xff10 && r <= 0xff19:
		return int(r - 0xff10)
	}
	return -1
}

func digits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}
