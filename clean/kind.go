package clean

import "github.com/winnowtext/winnow/clean/internal/rules"

// Kind says what a removed piece of text is.
type Kind string

// Kinds returns the name of every kind with a sentence about it, in the order
// of documentation.
func Kinds() []KindInfo {
	infos := make([]KindInfo, len(rules.Kinds))
	for i, k := range rules.Kinds {
		infos[i] = KindInfo{Kind(k.Name), k.About}
	}
	return infos
}

// KindInfo describes a kind of residue.
type KindInfo struct {
	Kind  Kind
	About string
}
