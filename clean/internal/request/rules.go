package request

import (
	"github.com/winnowtext/winnow/clean"
)

// A Rule is what a rule file says of one of its rules.
type Rule struct {
	ID       string   `json:"id"`
	Kind     string   `json:"kind"`
	Why      string   `json:"why"`
	Line     int      `json:"line"`
	Elements bool     `json:"elements"` // it is about elements of a page, else about lines
	Keep     bool     `json:"keep"`
	Examples int      `json:"examples"`
	Faults   []string `json:"faults"` // examples that do not hold
}

// CheckRules reads a rule file and runs its examples. The error is why it is none.
func CheckRules(data string) ([]Rule, error) {
	list := []Rule{}
	if len(data) > maxRules {
		return list, wrong("more than %d KB", maxRules>>10)
	}
	infos, err := clean.Rules(clean.RuleFile{Name: "rules", Data: data})
	if err != nil {
		return list, &Error{err}
	}
	for _, i := range infos {
		r := Rule{ID: i.ID, Kind: string(i.Kind), Why: i.Why, Line: i.Line, Elements: i.Elements, Keep: i.Keep, Examples: i.Examples, Faults: []string{}}
		r.Faults = append(r.Faults, i.Faults...)
		list = append(list, r)
	}
	return list, nil
}
