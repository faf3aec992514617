package dom

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// suite returns the files of html5lib's tests, which the module of html.Parse holds.
func suite(t *testing.T, pattern string) []string {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "golang.org/x/net").Output()
	if err != nil {
		t.Skipf("the folder of golang.org/x/net was not found: go list: %v", err)
	}
	dir := filepath.Join(strings.TrimSpace(string(out)), "html", "testdata")
	files, err := filepath.Glob(filepath.Join(dir, pattern))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skipf("no html5lib tests in %s", dir)
	}
	return files
}

// pagesOf are the inputs of a file of html5lib's tree-construction tests. Those that
// are to be parsed as the content of some element are documents here: Build knows no
// such context, as a fragment is a page that leaves its head out.
func pagesOf(t *testing.T, file string) (pages []string) {
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var page strings.Builder
	in := false
	sc := bufio.NewScanner(bytes.NewReader(b))
	sc.Split(lines)
	for sc.Scan() {
		switch line := sc.Text(); {
		case line == "#data\n":
			in = true
			page.Reset()
		case in && strings.HasPrefix(line, "#errors"):
			in = false
			pages = append(pages, strings.TrimSuffix(page.String(), "\n"))
		case in:
			page.WriteString(line)
		}
	}
	return pages
}

// lines splits into lines with their ends.
func lines(data []byte, atEOF bool) (advance int, token []byte, err error) {
	if i := bytes.IndexByte(data, '\n'); i >= 0 {
		return i + 1, data[:i+1], nil
	}
	if atEOF && len(data) > 0 {
		return len(data), data, nil
	}
	return 0, nil, nil
}

// The tree is that of html.Parse for all pages of html5lib's tree-construction
// tests.
func TestSuite(t *testing.T) {
	n, given := 0, 0
	for _, pattern := range []string{"html5lib-tests/tree-construction/*.dat", "html5lib-tests/tree-construction/scripted/*.dat", "go/*.dat"} {
		for _, file := range suite(t, pattern) {
			for _, page := range pagesOf(t, file) {
				n++
				if !compare(t, []byte(page)) {
					given++
				}
				compareCut(t, []byte(page), all)
				compareCut(t, []byte(page), Cutting{})
			}
			if t.Failed() {
				t.Fatal(filepath.Base(file))
			}
		}
	}
	t.Logf("%d pages; html.Parse gives up on %d", n, given)
	if n < 1500 || given > 30 {
		t.Errorf("%d pages, %d not compared", n, given)
	}
}

// The tree is that of html.Parse for pages made of html5lib's tokenizer tests: each
// as it is, and behind tags that change what it means.
func TestSuiteTokens(t *testing.T) {
	var contexts = []string{"", "<p>a", "<table>", "<svg>", "<textarea>"}
	if !testing.Short() {
		contexts = append(contexts, "<svg><desc>", "<template>", "<script>", "<select>", "<math><mi>")
	}
	n := 0
	for _, file := range suite(t, "html5lib-tests/tokenizer/*.test") {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var tests struct {
			Tests []struct {
				Input         string
				DoubleEscaped bool
			}
		}
		if err := json.Unmarshal(b, &tests); err != nil {
			t.Fatal(file, err)
		}
		for _, test := range tests.Tests {
			if test.DoubleEscaped {
				if err := json.Unmarshal([]byte(`"`+strings.ReplaceAll(test.Input, `"`, `\"`)+`"`), &test.Input); err != nil {
					t.Fatal(file, test.Input, err)
				}
			}
			for _, context := range contexts {
				page := strings.ToValidUTF8(context+test.Input, string(utf8.RuneError))
				compare(t, []byte(page))
				compareCut(t, []byte(page), all)
				n++
			}
			if t.Failed() {
				t.Fatal(filepath.Base(file))
			}
		}
	}
	t.Logf("%d pages", n)
}
