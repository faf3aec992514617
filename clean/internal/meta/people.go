package meta

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/chars"
	"github.com/winnowtext/winnow/clean/internal/meta/plain"
)

const (
	// maxByline is the longest text, in bytes, taken for a byline.
	maxByline = 300

	// maxNameWords is the longest name of a person, in words, titles and
	// particles included.
	maxNameWords = 6

	// maxAuthors bounds the names of one byline.
	maxAuthors = 24
)

// trust says how much a source's word alone is worth.
type trust uint8

const (
	shown  trust = iota // visible text: must look like names after a "By"
	marked              // an element said to hold an author: must look like a name
	stated              // JSON-LD and meta elements: anything but nonsense
)

// people reads the names out of one byline. by says that a word such as "By"
// stood in front.
func (d *reader) people(s string, level trust) (names []string, by bool) {
	if level == stated {
		s = plain.Line(s)
	}
	if s == "" || len(s) > maxByline || level != stated && strings.ContainsAny(s, "#?") {
		return nil, false
	}
	if level == stated && strings.Count(s, ": ") > 1 {
		return nil, false // a list of who did what
	}
	for i := range 3 {
		f, ok := d.Find(s)
		if !ok {
			if i == 0 {
				s = cutNumeric(s)
			}
			break
		}
		s = cutLabel(s[:f.Start]) + " | " + s[f.End:]
	}
	var room [partsRoom]string
	for _, part := range hardParts(room[:0], s) {
		if otherPerson(part) {
			if len(names) > 0 {
				break
			}
			continue
		}
		if level == shown && !by {
			if _, here := d.cutBefore(part); !here {
				continue // nor is one there when cutOther is done
			}
		}
		part, here := d.cutBefore(cutOther(part))
		if here && len(names) > 0 && !by {
			names = names[:0] // what stood before the "By" was something else
		}
		by = by || here
		if level == shown && !by {
			continue
		}
		for _, name := range splitNames(part) {
			name, end, ok := cleanName(name, level, here, len(names) > 0)
			if ok && len(names) < maxAuthors {
				names = appendName(names, name)
			}
			if end {
				break
			}
		}
		if len(names) > 0 && level != stated && by {
			break
		}
	}
	return names, by
}

// cutNumeric cuts a date in front of s that can be read in two ways: "03/04/2015".
func cutNumeric(s string) string {
	rest := strings.TrimLeft(s, "0123456789/.-")
	if date := s[:len(s)-len(rest)]; len(date) >= len("3/4/15") && strings.Count(date, "/") == 2 {
		return rest
	}
	return s
}

// cutOther cuts off what tells of somebody else: "Jane Doe Reviewed by ...".
func cutOther(s string) string {
	if !strings.Contains(s, " by ") && !strings.Contains(s, " By ") {
		return s
	}
	low := strings.ToLower(s)
	if len(low) != len(s) {
		return s // rare scripts
	}
	for _, w := range bylines().othersApart {
		if i := strings.Index(low, w); i > 0 {
			s, low = s[:i], low[:i]
		}
	}
	return s
}

// cutLabel cuts off "Updated on" and such at the end of s.
func cutLabel(s string) string {
	words := fieldsApart(s)
	n := len(words)
	for n > 0 {
		w := strings.Trim(strings.ToLower(words[n-1]), ":.,-–—·•|⋅")
		if w != "" && w != "on" && w != "last" && w != "at" && w != "am" && w != "le" && w != "el" && !dateLabels().has(w) {
			break
		}
		n--
	}
	return strings.Join(words[:n], " ")
}

// fieldsApart splits s into words, also where markup without blanks ran one
// into a word that bylines are known by: "DoeUpdated", "DoeFounder".
func fieldsApart(s string) []string {
	words := strings.Fields(s)
	for i := 0; i < len(words); i++ {
		w := words[i]
		for k := len(w) - 1; k > 1; k-- {
			if w[k] < 'A' || w[k] > 'Z' || w[k-1] < 'a' || w[k-1] > 'z' {
				continue
			}
			if dateLabels().has(w[k:]) || bylines().role.has(w[k:]) || bylines().noName.has(w[k:]) {
				words = slices.Insert(words, i+1, w[k:])
				words[i] = w[:k]
			}
			break
		}
	}
	return words
}

func appendName(names []string, name string) []string {
	if len(names) == 0 {
		return append(names, name)
	}
	key := chars.Fold(name)
	for i, n := range names {
		if n := chars.Fold(n); n == key || strings.HasPrefix(n, key+" ") {
			return names
		} else if strings.HasPrefix(key, n+" ") {
			names[i] = name
			return names
		}
	}
	return append(names, name)
}

// cutBefore cuts "By", "Von" and such off, however many.
func (d *reader) cutBefore(s string) (string, bool) {
	cut := false
	for range 3 {
		s = strings.TrimLeft(s, " \t|·•⋅-–—:,/>✍")
		n := d.byAt(s)
		if n == 0 {
			break
		}
		s, cut = s[n:], true
	}
	return s, cut
}

// partsRoom is room on the stack for the parts of a line.
const partsRoom = 8

// hardParts splits at what never stands within a name.
// The parts are appended to room, which is empty.
func hardParts(room []string, s string) []string {
	parts := room
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c < 0x80 && c != '|' && c != '\n' && c != '\t' && c != ' ' {
			i++
			continue
		}
		r, w := utf8.DecodeRuneInString(s[i:])
		switch r {
		case '|', '·', '•', '\n', '\t', '»', '«', '●', '⋅', '∙':
		case ' ':
			r, n := utf8.DecodeRuneInString(s[i+1:])
			if r != '-' && r != '–' && r != '—' && r != '/' || i+1+n >= len(s) || s[i+1+n] != ' ' {
				i++
				continue
			}
			w = 2 + n
		default:
			i += w
			continue
		}
		if i > start {
			parts = append(parts, s[start:i])
		}
		i += w
		start = i
	}
	if start < len(s) {
		parts = append(parts, s[start:])
	}
	return parts
}

// splitNames splits a list of names.
func splitNames(s string) []string {
	var out []string
	if _, second, ok := strings.Cut(s, " & "); ok && !capital(second) {
		return []string{s} // the name of something
	}
	for _, piece := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' || r == '&' || r == '、' || r == '，' || r == '+' }) {
		words := strings.Fields(piece)
		start := 0
		for i, w := range words {
			if bylines().and.has(w) && i > start && i+1 < len(words) && (len(w) > 1 || capital(words[i+1])) && w == strings.ToLower(w) {
				out = append(out, strings.Join(words[start:i], " "))
				start = i + 1
			} else if i == 0 && len(words) > 1 && (w == "and" || w == "und" || w == "et") {
				start = 1
			}
		}
		out = append(out, strings.Join(words[start:], " "))
	}
	return out
}

// cleanName judges one piece of a byline. by says that a "By" stands before
// it, more that a name does. end says that no name follows.
func cleanName(s string, level trust, by, more bool) (name string, end, ok bool) {
	if i := strings.IndexAny(s, "(["); i > 0 {
		// Behind "Ada (Winter) Frost" the name goes on, behind "Ada Winter (Bilge)" not.
		rest := ""
		if _, after, ok := strings.Cut(s[i:], ") "); ok && s[i] == '(' && capital(after) {
			rest = " " + after
		}
		s = strings.TrimRight(s[:i], " ") + rest
	}
	s = strings.Trim(s, " .:;!?*\"“”|-–—_<>()[]…@")
	b := bylines()
	words := fieldsApart(s)
	if len(words) == 0 || len(words) > 12 || letters(s) < 2 || level != stated && isAddress(strings.ToLower(s)) ||
		b.letters.has(s) || b.letters.has(strings.Trim(s, "®™.")) || b.nobody.has(s) || b.system.has(words[len(words)-1]) || b.bare.has(s) || dateLabels().has(s) {
		return "", false, false
	}
	if level == stated {
		if more && (hasRole(words) >= 0 || isLetters(s) || !likeName(words)) || strings.Contains(s, "://") || strings.Contains(s, "www.") || strings.Contains(s, ": ") || strings.Contains(s, "{{") {
			return "", false, false
		}
		return strings.Join(statedName(words), " "), false, true
	}
	for _, r := range s {
		if unicode.IsDigit(r) && !(by && len(words) == 1) || strings.ContainsRune("?=%$:!#©", r) {
			return "", false, false
		}
	}
	if i := hasRole(words); i >= 0 {
		switch {
		case i >= 2:
			words, end = beforeRole(words, i), true
		case !by || more || len(words) < 2:
			return "", true, false
		}
	}
	// Names are written with capitals; a small word that is no particle ends
	// the name.
	for i, w := range words {
		if b.noName.has(w) {
			if i >= 2 {
				words, end = words[:i], true
				break
			}
			return "", true, false
		}
		if !capital(w) && !b.particle.has(w) {
			if i < 2 && !(by && len(words) == 1) {
				return "", true, false
			}
			words, end = words[:max(i, 1)], true
			break
		}
	}
	if !slices.ContainsFunc(words, func(w string) bool { return !b.particle.has(w) }) {
		return "", true, false
	}
	if len(words) > maxNameWords || more && len(words) == 1 && !wide(s) {
		return "", true, false
	}
	return strings.Trim(strings.Join(once(words), " "), ",-–—"), end, true
}

// statedName cuts a role or letters off a name that machines are given, and a second
// copy of it.
func statedName(words []string) []string {
	if i := hasRole(words); i >= 2 && !bylines().noName.has(words[0]) {
		words = beforeRole(words, i)
	}
	for n := len(words); n > 2 && isLetters(words[n-1]) && strings.ToUpper(words[0]) != words[0]; n = len(words) {
		words = words[:n-1]
	}
	return once(words)
}

// once is a name of which a second copy follows, as where a portrait is called the same.
func once(words []string) []string {
	if n := len(words); n%2 == 0 && slices.Equal(words[:n/2], words[n/2:]) {
		return words[:n/2]
	}
	return words
}

// beforeRole is what stands in front of a role, the word at i of which is one that
// names roles: two words at least.
func beforeRole(words []string, i int) []string {
	for k := 2; k < i; k++ {
		if bylines().besideRole.has(strings.Trim(words[k], ",.")) {
			return words[:k]
		}
	}
	return words[:i]
}

// isLetters reports whether s is academic or professional letters: known ones, or up
// to eight capitals and signs that are no numeral.
func isLetters(s string) bool {
	b := bylines()
	low := strings.ToLower(strings.Trim(s, ".®™"))
	switch low {
	case "jr", "sr", "ii", "iii", "iv":
		return false
	}
	if b.letters.has(low) || b.letters.has(s) {
		return true
	}
	n := 0
	for _, r := range s {
		switch {
		case r >= 'A' && r <= 'Z':
			n++
		case r == '.' || r == '-' || r == '®' || r == '™' || r >= '0' && r <= '9' || r == ' ':
		default:
			return false
		}
	}
	return n >= 2 && len(s) <= 10
}

// likeName reports whether words may be a name: few, and capitals where they stand.
func likeName(words []string) bool {
	if len(words) > maxNameWords {
		return false
	}
	return !slices.ContainsFunc(words, func(w string) bool { return !capital(w) && !bylines().particle.has(w) })
}

// hasRole returns the place of the first word that names a role, else -1.
func hasRole(words []string) int {
	role := bylines().role
	for i, w := range words {
		for p := range strings.SplitSeq(strings.Trim(w, ".:’'"), "-") {
			if role.has(p) {
				return i
			}
		}
	}
	return -1
}

func letters(s string) (n int) {
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// isAddress reports whether s is an e-mail or web address or an account.
func isAddress(s string) bool {
	return strings.Contains(s, "://") || strings.HasPrefix(s, "www.") || strings.ContainsRune(s, '@') ||
		strings.Contains(s, "facebook.com") || strings.Contains(s, "twitter.com")
}
