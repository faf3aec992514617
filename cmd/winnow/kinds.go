package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/winnowtext/winnow/clean"
)

// allKinds stands for every kind that no other flag names.
const allKinds = "all"

// policy is what --drop, --keep and --mark come to.
func (f *flags) policy() (map[clean.Kind]clean.Action, error) {
	known := kindNames()
	policy := map[clean.Kind]clean.Action{}
	from := map[string]string{}
	rest := clean.Drop
	for _, part := range []struct {
		flag   string
		kinds  []string
		action clean.Action
	}{
		{"--drop", f.drop, clean.Drop},
		{"--keep", f.keep, clean.Keep},
		{"--mark", f.mark, clean.Mark},
	} {
		for _, kind := range part.kinds {
			kind = strings.TrimSpace(kind)
			if kind != allKinds && !slices.Contains(known, kind) {
				return nil, fmt.Errorf("%s: unknown kind %q%s (winnow help kinds lists them)", part.flag, kind, didYouMean(kind, known))
			}
			if other := from[kind]; other != "" && other != part.flag {
				return nil, fmt.Errorf("kind %q is given to both %s and %s", kind, other, part.flag)
			}
			if from[kind] = part.flag; kind == allKinds {
				rest = part.action
				continue
			}
			policy[clean.Kind(kind)] = part.action
		}
	}
	if from[allKinds] != "" {
		for _, kind := range known {
			if from[kind] == "" {
				policy[clean.Kind(kind)] = rest
			}
		}
	}
	return policy, nil
}

func kindNames() []string {
	var names []string
	for _, k := range clean.Kinds() {
		names = append(names, string(k.Kind))
	}
	return names
}

func listKinds(w io.Writer) error {
	for _, k := range clean.Kinds() {
		if _, err := fmt.Fprintf(w, "%-12s %s\n", k.Kind, k.About); err != nil {
			return err
		}
	}
	return nil
}
