package meta

import (
	"bytes"
	_ "embed"
	"sync"

	"github.com/winnowtext/winnow/clean/internal/meta/plain"
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
	fieldSection
	fieldTags
	fieldTier
	fieldMaker
	fieldLabel
	fieldData
	numFields
)

var fieldNames = [numFields]string{"title", "byline", "published", "modified", "site", "summary", "image", "url", "language", "type", "section", "tags", "tier", "maker", "label", "data"}

//go:embed data/metanames.txt
var metaNamesFile string

type metaID struct {
	field field
	rank  int
}

var metaNames = sync.OnceValue(func() map[string][]metaID {
	names := make(map[string][]metaID)
	for id, line := range plain.Lists(metaNamesFile) {
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

// metaLists are the names of each field, the most trusted first.
var metaLists = sync.OnceValue(func() (lists [numFields][]string) {
	file := plain.Lists(metaNamesFile)
	for i, name := range fieldNames {
		lists[i] = file[name]
	}
	return lists
})

// unlisted is the rank of names that are known by their words alone; it is higher than
// any in the lists.
const unlisted = 1 << 10

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
		// Systems have names of their own for it.
		if word := buf[:len(name)]; bytes.Contains(word, []byte("publish")) && (bytes.HasSuffix(word, []byte("date")) || bytes.HasSuffix(word, []byte("time"))) {
			return metaID{fieldPublished, unlisted}, true
		}
		return metaID{}, false
	}
	return ids[0], true
}
