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
	for page, least := range map[string]int{"README.md": 3, "docs/containers.md": 5} {
		all := sessions(t, filepath.Join("..", "..", filepath.FromSlash(page)))
		if len(all) < least {
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

// The README is a screen and a half, and what it points to is there.
func TestReadme(t *testing.T) {
	data, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(data), "\n"); n > 120 {
		t.Errorf("%d lines", n)
	}
	if links := brokenLinks(t, "../../README.md"); len(links) > 0 {
		t.Errorf("README.md: nothing at %q", links)
	}
	pages, err := filepath.Glob("../../docs/*.md")
	if err != nil || len(pages) < 5 {
		t.Fatal(pages, err)
	}
	for _, page := range pages {
		if links := brokenLinks(t, page); len(links) > 0 {
			t.Errorf("%s: nothing at %q", page, links)
		}
		if name := "docs/" + filepath.Base(page); !strings.Contains(string(data), name) {
			t.Errorf("the README does not lead to %s", name)
		}
	}
}

var code = regexp.MustCompile("`[^`\n]*`")

var link = regexp.MustCompile(`\]\(([^)#:]+)\)|(?:src|srcset)="([^":]+)"`)

// brokenLinks are the files that a page points to and that are not there.
func brokenLinks(t *testing.T, page string) (broken []string) {
	t.Helper()
	data, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range link.FindAllStringSubmatch(code.ReplaceAllString(string(data), ""), -1) {
		if _, err := os.Stat(filepath.Join(filepath.Dir(page), m[1]+m[2])); err != nil {
			broken = append(broken, m[1]+m[2])
		}
	}
	return broken
}

// Its first command shows on one screen what is removed, and the others of the block work.
func TestReadmeFirstCommand(t *testing.T) {
	data, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(`go run \./cmd/winnow (--removed \S+)`).FindSubmatch(data)
	if m == nil {
		t.Fatal("no first command")
	}
	cmd := exec.Command("winnow", strings.Fields(string(m[1]))...)
	cmd.Dir = "../.."
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(out), "\n"); n < 10 || n > 40 || strings.Count("\n"+string(out), "\n- ") != n {
		t.Errorf("%d lines:\n%s", n, out)
	}
}
