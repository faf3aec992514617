package rules

import "strings"

// Whys returns what decisions mean, by their rule id: the why of every rule,
// and those of steps that decide without one.
func (s *Set) Whys() map[string]string {
	whys := make(map[string]string, len(s.rules)+len(s.dom))
	steps, _ := data.ReadFile("data/steps.txt") // embedded
	for line := range strings.Lines(string(steps)) {
		if id, why, ok := strings.Cut(strings.TrimSpace(line), " "); ok && id[0] != '#' {
			whys[id] = strings.TrimSpace(why)
		}
	}
	for _, r := range s.dom {
		whys[r.ID] = r.Why
	}
	for _, r := range s.rules {
		whys[r.ID] = r.Why
	}
	return whys
}
