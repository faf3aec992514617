package peers

import (
	readability "github.com/go-shiori/go-readability"

	"github.com/winnowtext/winnow/bench/corpora"
)

const shioriModule = "github.com/go-shiori/go-readability"

var shioriBlocks = Peer{Name: "readability-blocks", Title: "go-shiori/go-readability", Module: shioriModule,
	About: "its tree rendered with line breaks around blocks",
	Run: func(in Input) (string, error) {
		a, err := shioriArticle(in)
		if err != nil || a.Node == nil {
			return "", err
		}
		return corpora.VisibleText(a.Node), nil
	}}

// shioriText glues the words of neighbouring blocks.
var shioriText = Peer{Name: "readability", Title: "go-shiori/go-readability, TextContent", Module: shioriModule, Extra: true,
	About: "its own text, without line breaks",
	Run: func(in Input) (string, error) {
		a, err := shioriArticle(in)
		return a.TextContent, err
	}}

func shioriArticle(in Input) (readability.Article, error) {
	doc, err := in.Tree()
	if err != nil {
		return readability.Article{}, err
	}
	return readability.FromDocument(doc, in.URL)
}
