// Package cases reads the files of small cases by which the steps are tested:
// input and verdicts as a person writes them, one case below the other.
//
//	# What the file is about, up to the first case.
//	-- name of the case --
//	# Why it is one.
//	setting: value
//	    which may go on here
//	the input
//	----
//	what comes out of it
//
// Markers are those of a txtar archive. A file without markers is one case, named
// like the file. What the settings and the parts mean is up to the package that
// is tested.
package cases

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A Case is one of the cases of a file.
type Case struct {
	Name     string
	Settings map[string]string
	Parts    []string // without the newline at the end

	head string // comments and settings as they stand in the file
}

// Lines returns the lines of part i, none if there is no such part.
func (c *Case) Lines(i int) []string {
	if i >= len(c.Parts) || c.Parts[i] == "" {
		return nil
	}
	return strings.Split(c.Parts[i], "\n")
}

// Knows fails the test if the case has other settings than these.
func (c *Case) Knows(t *testing.T, names ...string) {
	t.Helper()
	for name := range c.Settings {
		if !slices.Contains(names, name) {
			t.Errorf("no setting %q", name)
		}
	}
}

var (
	marker  = regexp.MustCompile(`(?m)^-- (.+) --\n`)
	setting = regexp.MustCompile(`^([a-z]+):(?: (.*))?$`)
)

const divider = "----\n"

// Run tests the cases of all files that the pattern finds: run returns the parts
// as they should stand in the file. With update they are written there instead of
// compared.
func Run(t *testing.T, pattern string, update bool, run func(t *testing.T, c *Case) (parts []string)) {
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases in %s (%v)", pattern, err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), filepath.Ext(file)), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			head, all := parse(string(data))
			out := head
			for _, c := range all {
				if c.Name == "" {
					out += c.test(t, update, run)
					continue
				}
				t.Run(c.Name, func(t *testing.T) {
					out += "-- " + c.Name + " --\n" + c.test(t, update, run)
				})
			}
			if update && !t.Failed() && out != string(data) {
				if err := os.WriteFile(file, []byte(out), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// test compares what comes out of a case with what is wanted, and returns the
// case as it should stand in the file.
func (c *Case) test(t *testing.T, update bool, run func(*testing.T, *Case) []string) string {
	out := run(t, c)
	if len(out) != len(c.Parts) && !update {
		t.Errorf("%d parts, want %d", len(out), len(c.Parts))
	}
	for i := range min(len(out), len(c.Parts)) {
		if out[i] != c.Parts[i] && !update {
			t.Errorf("\n%s", difference(out[i], c.Parts[i]))
		}
	}
	text := c.head
	for i, part := range out {
		if i > 0 {
			text += divider
		}
		if part != "" {
			text += part + "\n"
		}
	}
	return text
}

// parse parts a file into what stands before the first marker and its cases.
func parse(text string) (head string, all []*Case) {
	at := marker.FindAllStringSubmatchIndex(text, -1)
	if at == nil {
		return "", []*Case{newCase("", text)}
	}
	for i, m := range at {
		end := len(text)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		all = append(all, newCase(text[m[2]:m[3]], text[m[1]:end]))
	}
	return text[:at[0][0]], all
}

func newCase(name, text string) *Case {
	c := &Case{Name: name, Settings: map[string]string{}}
	last := ""
	for text != "" {
		line, rest, _ := strings.Cut(text, "\n")
		if m := setting.FindStringSubmatch(line); m != nil {
			last = m[1]
			c.Settings[last] = m[2]
		} else if last != "" && strings.HasPrefix(line, "    ") {
			c.Settings[last] = strings.TrimPrefix(c.Settings[last]+"\n"+line[4:], "\n")
		} else if !strings.HasPrefix(line, "#") {
			break
		}
		c.head += line + "\n"
		text = rest
	}
	part := ""
	for line := range strings.Lines(text) {
		if line == divider {
			c.Parts = append(c.Parts, strings.TrimRight(part, "\n"))
			part = ""
			continue
		}
		part += line
	}
	c.Parts = append(c.Parts, strings.TrimRight(part, "\n"))
	return c
}

// difference shows the lines in which two texts differ, one below the other.
func difference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	var b strings.Builder
	for i := range max(len(g), len(w)) {
		a, z := "", ""
		if i < len(g) {
			a = g[i]
		}
		if i < len(w) {
			z = w[i]
		}
		if a == z {
			b.WriteString("       " + a + "\n")
			continue
		}
		b.WriteString("  got  " + a + "\n  want " + z + "\n")
	}
	return b.String()
}
