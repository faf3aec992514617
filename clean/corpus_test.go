package clean

import (
	"context"
	"encoding/json"
	"flag"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "overwrite golds with the present output")

// TestPages cleans the invented pages of testdata/html; see testdata/README.md.
func TestPages(t *testing.T) {
	for _, dir := range folders(t, "../testdata/html/*") {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			src := readFile(t, filepath.Join(dir, "page.html"))
			want := readMeta(t, dir)
			page, _ := url.Parse(want["url"])
			res, err := standard().HTML(context.Background(), strings.NewReader(src), page)
			if err != nil {
				t.Fatal(err)
			}
			checkText(t, filepath.Join(dir, "gold.txt"), res.Text)
			checkMeta(t, want, res)
		})
	}
}

// TestTexts cleans the flattened texts of testdata/text.
func TestTexts(t *testing.T) {
	for _, dir := range folders(t, "../testdata/text/*") {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			res, err := standard().Text(context.Background(), readFile(t, filepath.Join(dir, "dirty.txt")))
			if err != nil {
				t.Fatal(err)
			}
			want := readMeta(t, dir)
			checkText(t, filepath.Join(dir, "gold.txt"), res.Text)
			checkMeta(t, want, res)
		})
	}
}

// TestKeep: clean texts come out as they went in.
func TestKeep(t *testing.T) {
	for _, file := range folders(t, "../testdata/keep/*.txt") {
		t.Run(filepath.Base(file), func(t *testing.T) {
			checkText(t, file, Text(readFile(t, file)))
		})
	}
}

// TestSeeds compares with texts that lie outside the repository:
// WINNOW_SEEDS names a folder with pairs x.txt and x.gold.txt.
func TestSeeds(t *testing.T) {
	dir := os.Getenv("WINNOW_SEEDS")
	if dir == "" {
		t.Skip("WINNOW_SEEDS is not set")
	}
	for _, gold := range folders(t, filepath.Join(dir, "*.gold.txt")) {
		t.Run(filepath.Base(gold), func(t *testing.T) {
			got := Text(readFile(t, strings.TrimSuffix(gold, ".gold.txt")+".txt"))
			want := strings.TrimRight(readFile(t, gold), "\r\n") + "\n"
			if got != want {
				t.Errorf("got\n%s", firstDifference(got, want))
			}
		})
	}
}

func folders(t testing.TB, pattern string) []string {
	t.Helper()
	all, err := filepath.Glob(pattern)
	if err != nil || len(all) == 0 {
		t.Fatalf("%s: nothing there (%v)", pattern, err)
	}
	return all
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func checkText(t *testing.T, gold, got string) {
	t.Helper()
	want, err := os.ReadFile(gold)
	if os.IsNotExist(err) {
		return // the text of this page is not judged
	}
	if err != nil {
		t.Fatal(err)
	}
	if got == string(want) {
		return
	}
	if *update {
		if err := os.WriteFile(gold, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Error(firstDifference(got, string(want)))
}

// firstDifference shows the lines around the first one that differs.
func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	i := 0
	for i < len(g) && i < len(w) && g[i] == w[i] {
		i++
	}
	part := func(lines []string) string {
		return strings.Join(lines[min(i, len(lines)):min(i+4, len(lines))], "\n\t")
	}
	return "from line " + itoa(i+1) + "\ngot:\n\t" + part(g) + "\nwant:\n\t" + part(w)
}

func itoa(n int) string { b, _ := json.Marshal(n); return string(b) }

func readMeta(t *testing.T, dir string) map[string]string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, "meta.json"))
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]string
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatalf("%s/meta.json: %v", dir, err)
	}
	return m
}

func checkMeta(t *testing.T, want map[string]string, r *Result) {
	t.Helper()
	got := map[string]string{
		"title": r.Title, "authors": strings.Join(r.Authors, ", "), "byline": r.Byline, "site_name": r.SiteName, "source": r.Source, "language": r.Language,
		"excerpt": r.Excerpt, "image": r.Image, "url": r.URL, "verdict": string(r.Verdict),
	}
	for k, w := range want {
		switch k {
		case "published", "modified":
			at := r.Published
			if k == "modified" {
				at = r.Modified
			}
			if !sameTime(at, w) {
				t.Errorf("%s: got %s, want %s", k, at.Format(time.RFC3339), w)
			}
		default:
			if got[k] != w {
				t.Errorf("%s: got %q, want %q", k, got[k], w)
			}
		}
	}
}

// sameTime compares with a day, a local time or a full time.
func sameTime(at time.Time, want string) bool {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04", time.DateOnly} {
		if w, err := time.Parse(layout, want); err == nil {
			if layout == time.DateOnly {
				return at.Format(layout) == want
			}
			return at.Equal(w)
		}
	}
	return false
}
