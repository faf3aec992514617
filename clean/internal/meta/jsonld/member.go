package jsonld

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/winnowtext/winnow/clean/internal/meta/plain"
	"github.com/winnowtext/winnow/clean/internal/words"
)

// nameClass is what the name of a member says about its value.
type nameClass uint8

const (
	nameOther nameClass = iota
	nameBody
	nameTitle
	nameLink
	nameBetween
	nameApart
	nameWithApart // one of its words
)

//go:embed data/scriptkeys.txt
var scriptKeysFile string

var scriptKeys = sync.OnceValue(func() map[string]nameClass {
	m := make(map[string]nameClass)
	for name, class := range map[string]nameClass{
		"body": nameBody, "title": nameTitle, "link": nameLink, "between": nameBetween, "apart": nameApart, "apart word": nameWithApart,
	} {
		for _, word := range plain.Lists(scriptKeysFile)[name] {
			m[word] = class
		}
	}
	return m
})

// maxScriptKey is longer than any name in data/scriptkeys.txt.
const maxScriptKey = 24

// classOf returns the class of a member's name, and a hash of what counts of it.
func classOf(name string) (nameClass, uint64) {
	if i := strings.IndexAny(name, ":("); i >= 0 {
		name = name[:i]
	}
	var buf [maxScriptKey]byte
	key, digits := buf[:0], true // the key is cut where it is too long for all
	hash := words.HashStart
	word, lower := 0, false // where in the key the last word begins
	apart := func() bool { return scriptKeys()[string(key[word:])] == nameWithApart }
	for i := range len(name) {
		c := name[i]
		upper := 'A' <= c && c <= 'Z'
		letter := upper || 'a' <= c && c <= 'z' || c >= 0x80
		next := i+1 < len(name) && 'a' <= name[i+1] && name[i+1] <= 'z' // as in "SEOText"
		if upper && (lower || next) || !letter && !('0' <= c && c <= '9') {
			if apart() {
				return nameApart, hash
			}
			word = len(key)
		}
		lower = letter && !upper
		switch {
		case upper:
			c |= 0x20
		case c == '-' || c == '_':
			continue
		}
		digits = digits && !letter
		hash = words.HashOn(hash, uint64(c))
		if len(key) < len(buf) {
			key = append(key, c)
		}
	}
	switch {
	case digits:
		return nameBetween, hash // the place in a list, or the number of an item
	case apart():
		return nameApart, hash
	}
	class := scriptKeys()[string(key)]
	if class == nameWithApart {
		class = nameApart
	}
	return class, hash
}
