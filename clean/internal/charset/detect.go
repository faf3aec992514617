package charset

import (
	"bytes"
	"cmp"
	"github.com/winnowtext/winnow/clean/internal/chars"
	"iter"
	"slices"
	"strings"

	"github.com/gogs/chardet"
)

// maxSample is the number of bytes of text that are put before the detector,
// which needs about 300 to be right.
const maxSample = 16 << 10

// detect yields encodings in which b may be written, the best first.
func detect(b []byte) iter.Seq[string] {
	return func(yield func(string) bool) {
		text, foreign := foreignWords(visible(b, maxSample))
		if foreign {
			if name := readAlphabet(text); name != "" && !yield(name) {
				return
			}
		}
		results, err := chardet.NewTextDetector().DetectAll(text)
		if err != nil {
			return
		}
		// The library leaves the order of equals to chance.
		slices.SortFunc(results, func(a, b chardet.Result) int {
			return cmp.Or(
				cmp.Compare(b.Confidence, a.Confidence),
				cmp.Compare(rank(a.Charset), rank(b.Charset)),
				strings.Compare(a.Charset, b.Charset),
			)
		})
		for _, r := range results {
			name := strings.ToLower(r.Charset)
			switch name {
			case "gb-18030":
				name = "gb18030"
			case "iso-8859-2", "windows-1250":
				name = central(text)
			}
			if !yield(name) {
				return
			}
		}
	}
}

// rank puts the encodings of Western Europe before others that fit as well.
func rank(charset string) int {
	if charset == "windows-1252" || charset == "ISO-8859-1" {
		return 0
	}
	return 1
}

// central tells the two encodings of Central Europe apart, which share most
// letters, and with them the detector's verdict.
func central(text []byte) string {
	var n [256]int
	for _, c := range text {
		n[c]++
	}
	// Letters of windows-1250 that are control characters in ISO 8859-2.
	windows := n[0x8a] + n[0x8c] + n[0x8d] + n[0x8e] + n[0x8f] + n[0x9a] + n[0x9c] + n[0x9d] + n[0x9e] + n[0x9f]
	iso := n[0xa9] + n[0xab] + n[0xae] + n[0xb6] + n[0xbb] + n[0xbc] + n[0xbe] // S, T, Z with accents
	// 0xb9 is the Polish a with ogonek here, the Czech s with caron there;
	// B3, BF and EA are Polish in both, E8, EC and F8 Czech.
	if n[0xb3]+n[0xbf]+n[0xea] > n[0xe8]+n[0xec]+n[0xf8] {
		windows += n[0xb9]
		iso += n[0xb1]
	} else {
		iso += n[0xb9]
	}
	if windows > iso {
		return "windows-1250"
	}
	return "iso-8859-2"
}

// visible returns up to limit bytes of what stands outside of tags, comments,
// scripts and style sheets, in lines that have bytes above 0x7f. Markup is
// English in every language and would drown the text.
func visible(b []byte, limit int) []byte {
	out := make([]byte, 0, min(limit, len(b)))
	for len(b) > 0 && len(out) < limit {
		end := bytes.IndexByte(b, '<')
		if end < 0 {
			end = len(b)
		}
		text := bytes.TrimSpace(b[:end])
		if bytes.ContainsFunc(text, func(r rune) bool { return r >= 0x80 }) {
			out = append(out, text[:min(len(text), limit-len(out))]...)
			out = append(out, '\n')
		}
		b = b[end:]
		switch {
		case len(b) == 0:
		case chars.HasFold(b, "<!--"):
			b = b[skipTo(b, "-->"):]
		case chars.HasFold(b, "<script"):
			b = b[skipTo(b, "</script"):]
		case chars.HasFold(b, "<style"):
			b = b[skipTo(b, "</style"):]
		default:
			n := bytes.IndexByte(b, '>')
			if n < 0 {
				n = len(b) - 1
			}
			b = b[n+1:]
		}
	}
	return out
}

// foreignWords returns the words of text that have bytes above 0x7f, if such
// bytes come in runs: then the language is not written in Latin letters, and
// Latin words in it only mislead.
func foreignWords(text []byte) (words []byte, foreign bool) {
	high, runs := 0, 0
	for i, c := range text {
		if c >= 0x80 {
			high++
			if i == 0 || text[i-1] < 0x80 {
				runs++
			}
		}
	}
	if high < 3*runs {
		return text, false
	}
	var out []byte
	for w := range bytes.FieldsSeq(text) {
		if bytes.ContainsFunc(w, func(r rune) bool { return r >= 0x80 }) {
			out = append(append(out, w...), ' ')
		}
	}
	return out, true
}
