package block

import (
	"fmt"
	"strings"
)

// probeWords are texts and parts of class names that many pages have.
const (
	probeTexts = "Read more|Subscribe|privacy policy|Share this article|Comments|All rights reserved|Related articles|Log in|" +
		"Advertisement|Photo|said|2019|Mehr zum Thema|Über uns|Datenschutz|Lire aussi|Política de privacidad|À propos|Читать далее|相关阅读"
	probeParts = "article|content|entry|comment|sidebar|footer|nav|share|related|widget|header|caption"
)

// Probe says what the tables hold of some words, and by which hashes: a line for each
// word, pair of words and part of a class name. It is kept beside the tables from
// their making on, so that a hash function cannot change without them.
func (t Tables) Probe() string {
	var sb strings.Builder
	for text := range strings.SplitSeq(probeTexts, "|") {
		fmt.Fprintf(&sb, "text %s:", text)
		EachNGram([]byte(text), func(key uint32) {
			fmt.Fprintf(&sb, " %08x", key)
			if w, ok := t.NGrams.Find(key); ok {
				fmt.Fprintf(&sb, " %d", w)
			}
		})
		sb.WriteByte('\n')
	}
	for part := range strings.SplitSeq(probeParts, "|") {
		h, _ := partFrom(part, 0)
		var s tokenSum
		s.look(t.Vocabulary, h)
		fmt.Fprintf(&sb, "part %s: %08x %d\n", part, h, s.sum)
	}
	return sb.String()
}

// Builtin are the tables that are shipped.
func Builtin() Tables { return builtin }
