package peers

import trafilatura "github.com/markusmobius/go-trafilatura"

const trafModule = "github.com/markusmobius/go-trafilatura"

// Comments are off in all of them: no corpus counts them as the article.
var (
	trafNoFallback = traf("traf-nofallback", "go-trafilatura, no fallback", trafilatura.Options{})
	trafFallback   = traf("traf-fallback", "go-trafilatura", trafilatura.Options{EnableFallback: true})
	trafPrecision  = traf("traf-precision", "go-trafilatura, precision",
		trafilatura.Options{EnableFallback: true, Focus: trafilatura.FavorPrecision})
	trafRecall = traf("traf-recall", "go-trafilatura, recall",
		trafilatura.Options{EnableFallback: true, Focus: trafilatura.FavorRecall})
)

func traf(name, title string, opts trafilatura.Options) Peer {
	opts.ExcludeComments = true
	about := "ContentText, comments excluded"
	if opts.EnableFallback {
		about += ", with fallback"
	}
	return Peer{Name: name, Title: title, Module: trafModule, About: about, Run: func(in Input) (string, error) {
		doc, err := in.Tree()
		if err != nil {
			return "", err
		}
		o := opts
		o.OriginalURL = in.URL
		r, err := trafilatura.ExtractDocument(doc, o)
		if err != nil {
			return "", err
		}
		return r.ContentText, nil
	}}
}
