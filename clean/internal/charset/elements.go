package charset

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// What IsHTML asks of elements.
var (
	// void have no content and no end tag.
	void = atoms("area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr")
	// blocks hold text of their own, optionalEnd is those that are often left
	// open, known is all elements that a text may have tags of.
	blocks = atoms("address article aside blockquote body center details dialog dd div dl dt fieldset figcaption " +
		"figure footer form h1 h2 h3 h4 h5 h6 header html iframe li main menu nav noscript ol p pre section " +
		"summary table tbody td tfoot th thead tr ul")
	optionalEnd = atoms("dd dt li p tbody td tfoot th thead tr")
	known       = atoms("a abbr address acronym area article aside audio b base bdi bdo big blockquote body br button " +
		"canvas caption center cite code col colgroup data dd del details dfn dialog div dl dt em embed fieldset " +
		"figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins kbd " +
		"label li link main mark menu meta nav nobr noscript object ol option p param picture pre q s samp " +
		"script section select small source span strike strong style sub summary sup svg table tbody td " +
		"template textarea tfoot th thead time title tr track tt u ul var video wbr")
)

func atoms(names string) map[atom.Atom]bool {
	m := make(map[atom.Atom]bool)
	for name := range strings.FieldsSeq(names) {
		if a := atom.Lookup([]byte(name)); a != 0 {
			m[a] = true
		}
	}
	return m
}
