package request

import (
	"fmt"

	"github.com/winnowtext/winnow/clean"
)

// Checked is what became of a rule file that was tried.
type Checked struct {
	Rules []Rule `json:"rules"`
	// Error is why the file cannot be read as rules; nil when it can.
	Error *string `json:"error"`
}

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

// CheckRules reads a rule file and runs its examples.
func CheckRules(data string) Checked {
	c := Checked{Rules: []Rule{}}
	var infos []clean.RuleInfo
	err := fmt.Errorf("more than %d KB", maxRules>>10)
	if len(data) <= maxRules {
		infos, err = clean.Rules(clean.RuleFile{Name: "rules", Data: data})
	}
	if err != nil {
		why := err.Error()
		c.Error = &why
		return c
	}
	for _, i := range infos {
		r := Rule{ID: i.ID, Kind: string(i.Kind), Why: i.Why, Line: i.Line, Elements: i.Elements, Keep: i.Keep, Examples: i.Examples, Faults: []string{}}
		r.Faults = append(r.Faults, i.Faults...)
		c.Rules = append(c.Rules, r)
	}
	return c
}
