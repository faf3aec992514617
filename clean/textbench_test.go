//go:build unix

package clean

import (
	"bytes"
	"os"
	"runtime"
	"testing"
	"time"

	"github.com/winnowtext/winnow/clean/internal/corpus"
	"golang.org/x/net/html"
)

// benchTexts are the texts of testdata, flattened texts when WINNOW_RESIDUE
// names a file of them, texts as they are found, most of them short, when WINNOW_WILD
// names a folder, and clean ones when WINNOW_CORPORA is set.
func benchTexts(b *testing.B) map[string][]string {
	b.Helper()
	sets := map[string][]string{}
	for _, file := range folders(b, "../testdata/text/*/dirty.txt") {
		src, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		sets["testdata"] = append(sets["testdata"], string(src))
	}
	if residue := os.Getenv("WINNOW_RESIDUE"); residue != "" {
		texts, err := corpus.ReadFlat(residue)
		if err != nil {
			b.Fatal(err)
		}
		for i := range texts {
			sets["residue"] = append(sets["residue"], texts[i].Input())
		}
	}
	if dir := os.Getenv("WINNOW_WILD"); dir != "" {
		texts, err := corpus.ReadScraped(dir)
		if err != nil {
			b.Fatal(err)
		}
		for i := range texts {
			sets["found"] = append(sets["found"], texts[i].Text)
		}
	}
	if dir := os.Getenv("WINNOW_CORPORA"); dir != "" {
		texts, err := corpus.CleanTexts(dir)
		if err != nil {
			b.Fatal(err)
		}
		for i := range texts {
			sets["clean"] = append(sets["clean"], texts[i].Text)
		}
	}
	return sets
}

// BenchmarkText compares Text with a bare html.Parse of pages (benchPages), by
// the time the process had on processors, collections included, in some
// twenty turns:
//
//	ns/B        of a text
//	parse-ns/B  of a page
//	x-parse     the first over the second
//
// Use -benchtime 3x or more.
func BenchmarkText(b *testing.B) {
	var pages []benchPage
	for _, set := range benchPages(b, false) {
		pages = append(pages, set...)
	}
	for name, texts := range benchTexts(b) {
		b.Run(name, func(b *testing.B) {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
			Text("")
			var text, parse time.Duration
			var textBytes, pageBytes int
			turns := min(len(texts), 20)
			for b.Loop() {
				for i, t, p := 0, 0, 0; i < turns; i++ {
					start := processTime()
					for ; t < (i+1)*len(texts)/turns; t++ {
						Text(texts[t])
						textBytes += len(texts[t])
					}
					mid := processTime()
					for ; p < (i+1)*len(pages)/turns; p++ {
						if _, err := html.Parse(bytes.NewReader(pages[p].src)); err == nil {
							pageBytes += len(pages[p].src)
						}
					}
					text += mid - start
					parse += processTime() - mid
				}
			}
			perText, perPage := float64(text)/float64(textBytes), float64(parse)/float64(pageBytes)
			b.ReportMetric(perText, "ns/B")
			b.ReportMetric(perPage, "parse-ns/B")
			b.ReportMetric(perText/perPage, "x-parse")
			b.ReportMetric(0, "ns/op")
		})
	}
}
