package clean

import (
	"fmt"

	"github.com/winnowtext/winnow/clean/internal/rules"
)

// A RuleInfo tells what a rule is about, and whether it does what its own
// examples say.
type RuleInfo struct {
	ID   string
	Kind Kind
	Why  string // may be empty in users' rules
	File string // RuleFile.Name
	Line int    // in the file
	// Elements: the rule is about elements of a page, else about lines.
	Elements bool
	// Keep: what the rule finds stays. Names: the rule removes nothing, it gives
	// what others remove its kind. Other rules remove.
	Keep, Names bool
	// Examples is how many the rule has; Faults is what is wrong with them, a
	// line each, with file, line and rule. New refuses rules with faults.
	Examples int
	Faults   []string
}

// Rules reads rule files and runs their examples; without any it does so for
// the built-in rules. The error is that of a file that cannot be read as rules.
func Rules(files ...RuleFile) ([]RuleInfo, error) {
	set, err := rules.Builtin()
	if err != nil {
		return nil, fmt.Errorf("built-in rules: %w", err)
	}
	o := Options{Rules: files}
	if set, err = set.Extend(o.ruleFiles()...); err != nil {
		return nil, err
	}
	var infos []RuleInfo
	for _, i := range set.Infos(len(files) > 0) {
		info := RuleInfo{
			ID: i.ID, Kind: Kind(i.Kind), Why: i.Why, File: i.File, Line: i.Line, Elements: i.Elements, Keep: i.Keep,
			Names: i.Names, Examples: i.Examples,
		}
		for _, f := range i.Faults {
			info.Faults = append(info.Faults, f.Error())
		}
		infos = append(infos, info)
	}
	return infos, nil
}
