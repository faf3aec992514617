//go:build unix

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// A session is a command in the documentation and what it prints.
type session struct{ command, output string }

// sessions are the commands that stand behind "$ " in the blocks of a page that are
// marked as console.
func sessions(t *testing.T, page string) (all []session) {
	t.Helper()
	data, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	inside := false
	for line := range strings.Lines(string(data)) {
		switch command, is := strings.CutPrefix(line, "$ "); {
		case !inside:
			inside = line == "```console\n"
		case line == "```\n":
			inside = false
		case is:
			all = append(all, session{command: strings.TrimSuffix(command, "\n")})
		default:
			all[len(all)-1].output += line
		}
	}
	return all
}

// What the documentation shows is what happens. Files that it shows by cat are made
// before, unless a command writes them.
func TestDocumentation(t *testing.T) {
	for _, page := range []string{"containers.md"} {
		all := sessions(t, filepath.Join("..", "..", "docs", page))
		if len(all) < 5 {
			t.Fatalf("%s: %d commands", page, len(all))
		}
		dir := t.TempDir()
		for _, s := range all {
			if name, ok := strings.CutPrefix(s.command, "cat "); ok && strings.Contains(name, ".") && !strings.Contains(name, "/") {
				if err := os.WriteFile(filepath.Join(dir, name), []byte(s.output), 0o666); err != nil {
					t.Fatal(err)
				}
			}
		}
		for _, s := range all {
			cmd := exec.Command("sh", "-c", s.command)
			cmd.Dir = dir
			out, _ := cmd.Output() // some are there to show how they fail
			if got, want := noScores(string(out)), noScores(s.output); got != want {
				t.Errorf("%s: %s\n%swant\n%s", page, s.command, got, want)
			}
		}
	}
}

// noScores leaves out what the next model may change.
func noScores(s string) string { return score.ReplaceAllString(s, `"score":_`) }

var score = regexp.MustCompile(`"score":[0-9.]+`)
