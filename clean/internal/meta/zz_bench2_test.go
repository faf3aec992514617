package meta

import (
	"net/url"
	"testing"

	"golang.org/x/net/html"
)

func BenchmarkYY(b *testing.B) {
	pages := corpus(b, "wcxb-dev")
	var roots []*html.Node
	var us []*url.URL
	for i := 0; i < len(pages); i += max(len(pages)/120, 1) {
		r, u := pages[i].parse(b)
		roots = append(roots, r)
		us = append(us, u)
	}
	pages = nil
	b.ReportAllocs()
	for b.Loop() {
		for i := range roots {
			for range 10 {
				Extract(roots[i], us[i], nil)
			}
		}
	}
}
