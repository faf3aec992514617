package meta

import "github.com/winnowtext/winnow/clean/internal/meta/jsonld"

// A Body is the text of a page as the data in one of its scripts holds it.
type Body = jsonld.Body

// ScriptBody returns the text of the page that its scripts hold as data, nil if
// there is none. titles are headlines of the page. The end of the clock is passed
// on.
func (m *Memory) ScriptBody(scripts, titles []string) *Body {
	return jsonld.FindBody(m.Clock, scripts, titles)
}
