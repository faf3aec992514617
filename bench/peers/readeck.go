package peers

import (
	"strings"

	readability "codeberg.org/readeck/go-readability/v2"
)

// readeckV2 is the maintained continuation of go-shiori's package. A parser
// keeps state, so each page gets a new one.
var readeckV2 = Peer{Name: "readeck-v2", Title: "readeck/go-readability v2", Module: "codeberg.org/readeck/go-readability/v2",
	About: "RenderText: line breaks around blocks",
	Run: func(in Input) (string, error) {
		doc, err := in.Tree()
		if err != nil {
			return "", err
		}
		p := readability.NewParser()
		a, err := p.ParseAndMutate(doc, in.URL)
		if err != nil || a.Node == nil {
			return "", err
		}
		var b strings.Builder
		err = a.RenderText(&b)
		return b.String(), err
	}}
