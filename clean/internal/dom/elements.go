package dom

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// The element classes of the HTML standard that the builder of deep pages
// needs: section 13.2.4.2 (special, scope) and 13.2.6 (what closes what).
const (
	special = 1 << iota // stops the search for an inline element's start tag
	scope               // stops the search for a block's start tag
	void                // has no content and no end tag
)

var kinds = classes(map[int]string{
	special: "address applet area article aside base basefont bgsound blockquote body br button caption center " +
		"col colgroup dd details dir div dl dt embed fieldset figcaption figure footer form frame frameset " +
		"h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe img input keygen li link listing main marquee " +
		"menu meta nav noembed noframes noscript object ol p param plaintext pre script search section select " +
		"source style summary table tbody td template textarea tfoot th thead title tr track ul wbr xmp",
	scope: "applet caption html table td th marquee object template",
	void:  "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr",
})

var (
	closesP = atoms("address article aside blockquote center details dialog dir div dl fieldset figcaption " +
		"figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr listing main menu nav ol p plaintext pre " +
		"search section summary table ul xmp")
	headOnly = atoms("base basefont bgsound link meta title style script noscript template noframes")
	// breaksOut ends foreign content: section 13.2.6.5.
	breaksOut = atoms("b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i " +
		"img li listing menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var")
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
	headings = [...]string{"h1", "h2", "h3", "h4", "h5", "h6"}
)

func classes(names map[int]string) map[atom.Atom]int {
	m := make(map[atom.Atom]int)
	for class, list := range names {
		for a := range atoms(list) {
			m[a] |= class
		}
	}
	return m
}

func atoms(names string) map[atom.Atom]bool {
	m := make(map[atom.Atom]bool)
	for name := range strings.FieldsSeq(names) {
		if a := atom.Lookup([]byte(name)); a != 0 {
			m[a] = true
		}
	}
	return m
}

func isVoid(a atom.Atom) bool { return kinds[a]&void != 0 }

func isHeading(n *html.Node) bool {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return n.Namespace == ""
	}
	return false
}

func kindOf(n *html.Node) int {
	if n.Namespace == "" {
		return kinds[n.DataAtom]
	}
	if integrates(n) {
		return special | scope
	}
	return 0
}

// integrates reports whether the content of n, an element of foreign content, is
// HTML.
func integrates(n *html.Node) bool {
	switch n.Namespace {
	case "svg":
		return n.Data == "foreignobject" || n.Data == "desc" || n.Data == "title"
	case "math":
		switch n.Data {
		case "mi", "mo", "mn", "ms", "mtext":
			return true
		}
	}
	return false
}
