package meta

import "slices"

// An Origin says where a field was found: Source is "meta", "json-ld", "microdata",
// "heading", "title element", "page", "link", "address" and the like, Name the name
// that it has there, such as "og:title", or "".
type Origin struct {
	Field  string // in the words of package clean/record
	Source string
	Name   string
}

// note says where a field was found; the last word on a field counts.
func (f *facts) note(field, source, name string) {
	if f.origins == nil {
		return
	}
	*f.origins = noted(*f.origins, Origin{field, source, name})
}

// unnote takes back what was said of a field.
func (f *facts) unnote(field string) {
	if f.origins != nil {
		*f.origins = slices.DeleteFunc(*f.origins, func(o Origin) bool { return o.Field == field })
	}
}

func noted(list []Origin, o Origin) []Origin {
	if i := slices.IndexFunc(list, func(have Origin) bool { return have.Field == o.Field }); i >= 0 {
		list[i] = o
		return list
	}
	return append(list, o)
}

// noteMeta says that a field was found in the meta element that holds value.
func (f *facts) noteMeta(name string, id field, value string) {
	if f.origins != nil {
		f.note(name, "meta", f.nameOf(id, value))
	}
}

// nameOf is the name of the meta element that holds a value, the most trusted one.
func (f *facts) nameOf(id field, value string) string {
	best := -1
	for _, v := range f.values[id] {
		if (value == "" || v.text == value || f.line(v.text) == value) && (best < 0 || v.rank < best) {
			best = v.rank
		}
	}
	names := metaLists()[id]
	if best < 0 || best >= len(names) {
		return ""
	}
	return names[best]
}
