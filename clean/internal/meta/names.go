package meta

import (
	_ "embed"
	"strings"
	"sync"
)

// A field is something that meta elements tell about a page.
type field uint8

const (
	fieldTitle field = iota
	fieldByline
	fieldPublished
	fieldModified
	fieldSite
	fieldSummary
	fieldImage
	fieldURL
	fieldLanguage
	fieldType
	numFields
)

var fieldNames = [numFields]string{"title", "byline", "published", "modified", "site", "summary", "image", "url", "language", "type"}

//go:embed data/metanames.txt
var metaNamesFile string

type metaID struct {
	field field
	rank  int
}

var metaNames = sync.OnceValue(func() map[string][]metaID {
	names := make(map[string][]metaID)
	for id, line := range sections(metaNamesFile) {
		for i, name := range fieldNames {
			if id == name {
				for rank, word := range line {
					names[word] = append(names[word], metaID{field(i), rank})
				}
			}
		}
	}
	return names
})

// maxMetaName is longer than any name in data/metanames.txt.
const maxMetaName = 40

// metaName looks up the name of a meta element, in any case.
func metaName(name string) (metaID, bool) {
	if len(name) < 3 || len(name) > maxMetaName {
		return metaID{}, false
	}
	var buf [maxMetaName]byte
	for i := 0; i < len(name); i++ {
		c := name[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		buf[i] = c
	}
	ids := metaNames()[string(buf[:len(name)])]
	if len(ids) == 0 {
		return metaID{}, false
	}
	return ids[0], true
}

// sections reads a data file: "[name]" opens a section, every other line that
// is not empty and no comment is an entry of it.
func sections(file string) map[string][]string {
	out := make(map[string][]string)
	name := ""
	for line := range strings.Lines(file) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[' && line[len(line)-1] == ']':
			name = line[1 : len(line)-1]
		default:
			out[name] = append(out[name], line)
		}
	}
	return out
}
