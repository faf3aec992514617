package peers

import distiller "github.com/markusmobius/go-domdistiller"

var domdistiller = Peer{Name: "domdistiller", Title: "go-domdistiller", Module: "github.com/markusmobius/go-domdistiller",
	About: "Text, pagination off",
	Run: func(in Input) (string, error) {
		doc, err := in.Tree()
		if err != nil {
			return "", err
		}
		r, err := distiller.Apply(doc, &distiller.Options{OriginalURL: in.URL, SkipPagination: true})
		if err != nil {
			return "", err
		}
		return r.Text, nil
	}}
