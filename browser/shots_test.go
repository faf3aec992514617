package browser

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/winnowtext/winnow/clean"
	"github.com/winnowtext/winnow/clean/report"
)

// maxShot is how many bytes a picture may have.
const maxShot = 130_000

// keep checks a picture of what is in sight; with -update it is put into docs/images.
func (b *tab) keep(name string) {
	b.t.Helper()
	data := palettePNG(b.t, b.shoot())
	if len(data) > maxShot {
		b.t.Errorf("%s: %d bytes", name, len(data))
	}
	path := filepath.Join("..", "docs", "images", name+".png")
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			b.t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			b.t.Fatal(err)
		}
	} else if _, err := os.Stat(path); err != nil {
		b.t.Error(err)
	}
}

// views are the windows that pictures are taken of.
var views = []struct {
	name          string
	width, height int64
	scheme        string
}{
	{"light", 1360, 800, "light"}, {"dark", 1360, 800, "dark"}, {"narrow", 400, 760, "light"}, {"narrow-dark", 400, 760, "dark"},
}

// TestScreenshots makes the pictures of the documentation; with -update they replace
// those in docs/images.
func TestScreenshots(t *testing.T) {
	b := openTab(t)
	one := file(t, reportOf(t, sources(t)[0]))
	many := file(t, runReport(t))
	page := playgroundServer(t)
	for _, v := range views {
		b.screen(v.width, v.height, v.scheme)
		b.open(one)
		b.keep("report-" + v.name)
		// A teaser between two paragraphs is what one would ask about.
		b.exec(`[...document.querySelectorAll('.list .piece')].find((e) => e.textContent.includes('last coal boat')).click()`)
		b.exec(`document.activeElement.blur()`)
		b.keep("report-why-" + v.name)
		b.open(many)
		b.keep("run-" + v.name)

		b.visit(page)
		b.paste(string(sources(t)[0].data))
		b.settled()
		if v.width < 600 {
			b.keep("playground-" + v.name)
			continue
		}
		b.exec(`[...document.querySelectorAll('.list .piece')].find((e) => e.textContent.includes('Sole traders') || e.textContent.includes('coal boat')).click()`)
		b.exec(`document.activeElement.blur()`)
		b.keep("playground-" + v.name)
	}
}

// runReport is a report about all pages and texts of testdata.
func runReport(t testing.TB) []byte {
	t.Helper()
	c := explaining(t, clean.Options{})
	var b bytes.Buffer
	r := report.New(&b, report.Options{})
	for _, pattern := range []string{"html/*/page.html", "text/*/dirty.txt"} {
		names, err := filepath.Glob(filepath.Join("..", "testdata", filepath.FromSlash(pattern)))
		if err != nil || len(names) == 0 {
			t.Fatal(pattern, err)
		}
		for k, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			s := cleaned(t, c, filepath.ToSlash(name), data)
			// Made up, so that pictures stay the same.
			took := time.Duration(len(data)*(k%7+3)) * time.Microsecond / 40
			if err := r.AddTimed(s.name, s.res, nil, took); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := r.AddTimed("../testdata/html/lost/page.html", nil, fmt.Errorf("no such file"), 0); err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
