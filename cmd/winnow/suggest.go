package main

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// didYouMean is what is said of a word that is none of those known: the one that is
// nearest, where one is near.
func didYouMean(word string, known []string) string {
	if near := nearest(word, known); near != "" {
		return "; did you mean " + near + "?"
	}
	return ""
}

// nearest is the known word with the fewest letters to be changed: one in three at most,
// or it begins with what was typed. It is "" when there is none.
func nearest(word string, known []string) (best string) {
	word = strings.ToLower(word)
	least := len(word)/3 + 1
	for _, k := range known {
		if d := distance(word, k); d < least {
			least, best = d, k
		}
	}
	if best != "" || len(word) < 3 {
		return best
	}
	for _, k := range known {
		if strings.HasPrefix(k, word) || strings.HasPrefix(word, k) {
			return k
		}
	}
	return ""
}

// distance is how many letters must be put in, left out, changed or swapped with their
// neighbour to make b of a (optimal string alignment).
func distance(a, b string) int {
	before, last, next := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range len(a) {
		next[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			next[j+1] = min(last[j]+cost, last[j+1]+1, next[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
		}
		before, last, next = last, next, before
	}
	return last[len(b)]
}

// flagError is the error of flags that cannot be read.
func flagError(cmd *cobra.Command, err error) error {
	hint := ""
	if unknown, ok := errors.AsType[*pflag.NotExistError](err); ok {
		var names []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
		if near := nearest(unknown.GetSpecifiedName(), names); near != "" {
			hint = "; did you mean --" + near + "?"
		}
	}
	return fmt.Errorf("%w%s (%s --help lists the flags)", err, hint, cmd.CommandPath())
}

// address matches what is meant to be fetched.
var address = regexp.MustCompile(`^(?i:https?://|www\.)[^\s]+$`)

// addressError is the error of an address where a file is wanted.
func addressError(name string) error {
	if !strings.Contains(name, "://") {
		name = "https://" + name
	}
	quoted := "'" + strings.ReplaceAll(name, "'", `'\''`) + "'"
	return fmt.Errorf("%s is an address, and winnow fetches nothing: curl -sL %s | winnow --url %s", name, quoted, quoted)
}

// checkNames refuses arguments that cannot be names of files: addresses, and commands
// with a slip of the pen.
func checkNames(cmd *cobra.Command, args []string) error {
	for i, arg := range args {
		if exists(arg) {
			continue
		}
		if address.MatchString(arg) {
			return addressError(arg)
		}
		if i > 0 || strings.ContainsAny(arg, "./*-") || cmd.HasParent() {
			continue
		}
		var names []string
		for _, c := range cmd.Commands() {
			names = append(names, c.Name())
		}
		if near := nearest(arg, names); near != "" {
			return fmt.Errorf("%s: no file and no command of this name; did you mean winnow %s?", escape(arg), near)
		}
	}
	return nil
}
