package main

import (
	"regexp"
	"strings"
	"unicode"
)

// A matcher knows the templates again. Golds keep a promo or a byline here and there;
// to call it article would teach the model to doubt what it knows best.
type matcher map[string][]*regexp.Regexp // by the first word

// minLiteral is how many letters of a template must be its own, if a name does not
// tell enough: "By {n}".
const minLiteral = 5

// matcher makes a matcher of the templates that begin with a word of their own.
func (t *templates) matcher() matcher {
	m := matcher{}
	for _, lang := range t.languages() {
		for _, kind := range t.kinds[lang] {
			for _, text := range t.texts[lang][kind] {
				first := firstWord(text)
				literal, spaceless := count(letters(fields.Replace(text)))
				if first == "" || literal < minLiteral && !spaceless && !strings.Contains(text, "{n}") || strings.Contains(text, "{c}") || text[0] == '{' {
					continue
				}
				var b strings.Builder
				b.WriteString(`^(?i:`)
				for rest := text; rest != ""; {
					i := strings.IndexByte(rest, '{')
					if i < 0 {
						b.WriteString(regexp.QuoteMeta(rest))
						break
					}
					b.WriteString(regexp.QuoteMeta(rest[:i]))
					b.WriteString(")" + patterns[rest[i+1]] + "(?i:")
					rest = rest[i+3:]
				}
				b.WriteString(`)[.!:]?$`)
				m[first] = append(m[first], regexp.MustCompile(b.String()))
			}
		}
	}
	return m
}

// patterns are what the fields of a template may hold, roughly.
var patterns = map[byte]string{
	'h': `.{8,200}`,
	'n': `\p{Lu}\S*(?: \S{1,4}){0,2}(?: \p{Lu}\S*){1,3}`,
	'a': `.{2,40}`, 's': `.{2,40}`, 'u': `\p{L}{1,12}`, 'm': `\S+@\S+`,
	'd': `.{0,20}\d.{0,20}`, 'i': `\d{1,5}`,
}

// residue reports whether the piece is one of the templates.
func (m matcher) residue(s string) bool {
	s = strings.Join(strings.Fields(s), " ")
	for _, re := range m[firstWord(s)] {
		if re.MatchString(s) {
			return true
		}
	}
	return false
}

// firstWord is the word that a text begins with, in lower case.
func firstWord(s string) string {
	s = strings.TrimLeftFunc(s, func(r rune) bool { return !isWord(r) && r != '{' })
	end := strings.IndexFunc(s, func(r rune) bool { return !isWord(r) })
	if end < 0 {
		end = len(s)
	}
	return strings.Map(unicode.ToLower, s[:end])
}

// mistrust takes back the label of what a gold keeps though it is residue.
func (m matcher) mistrust(lines []lined) {
	for i := range lines {
		l := &lines[i]
		for k := range l.marks {
			if x := &l.marks[k]; x[2] == article && m.residue(l.text[x[0]:x[1]]) {
				x[2] = unscored
			}
		}
	}
}
