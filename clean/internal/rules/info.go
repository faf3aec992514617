package rules

// An Info is what a rule is about, and whether it does what its examples say.
type Info struct {
	ID, Why  string
	Kind     Kind
	File     string
	Line     int
	Elements bool // it is about elements
	Keep     bool
	Names    bool // it only gives what others remove its kind
	Examples int
	Faults   []error
}

// Infos runs the examples of the rules, the users' or the built-in ones, in
// the order they were read: first those about lines.
func (s *Set) Infos(user bool) []Info {
	var infos []Info
	for _, r := range s.rules {
		if r.User == user {
			infos = append(infos, Info{
				ID: r.ID, Why: r.Why, Kind: r.Kind, File: r.file, Line: r.place.line, Keep: r.Keep,
				Examples: len(r.yes) + len(r.no), Faults: s.checkLine(r),
			})
		}
	}
	for n, r := range s.dom {
		if r.User == user {
			infos = append(infos, Info{
				ID: r.ID, Why: r.Why, Kind: r.Kind, File: r.file, Line: r.place.line, Keep: r.Keep, Elements: true,
				Names: !r.Prune && !r.Keep, Examples: len(r.yes) + len(r.no), Faults: s.checkDOM(uint16(n), r),
			})
		}
	}
	return infos
}
