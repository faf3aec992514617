package chars

import (
	"unicode"
	"unicode/utf8"
)

// Squash is text as letters and digits only, in lower case: what is left of a title
// whatever it is set in.
func Squash[T string | []byte](text T) string {
	out := make([]byte, 0, len(text))
	for _, r := range string(text) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			out = utf8.AppendRune(out, unicode.ToLower(r))
		}
	}
	return string(out)
}

// SquashesTo reports whether squashed is text when that is squashed.
func SquashesTo[T string | []byte](text T, squashed string) bool {
	for _, r := range string(text) {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			continue
		}
		want, size := utf8.DecodeRuneInString(squashed)
		if unicode.ToLower(r) != want {
			return false
		}
		squashed = squashed[size:]
	}
	return squashed == ""
}
