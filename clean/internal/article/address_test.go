package article

import (
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"
)

// TestPlainAddresses: addresses that are not parsed are what parsing makes of them.
func TestPlainAddresses(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	parts := []string{"https://", "http://", "HTTPS://", "//", "/", "/", "/", ".", "..", "a", "b-c", "D", "isle.example", "x.isle.example:80", "?", "?", "&", "=", "#", "%20", "%", " ", "é", "~", "+", ",", ":", "@", "(", "'", ";", "*", "mailto:", "\\"}
	pages := []*url.URL{nil}
	for _, page := range []string{"https://isle.example/sea/row.html", "http://isle.example", "http://Isle.example/a", "https://a@isle.example/b", "https://isle.example:81/c/", "file:///d/e", "mailto:f@isle.example"} {
		u, err := url.Parse(page)
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, u)
	}
	plain := 0
	for range 200_000 {
		var sb strings.Builder
		for range 1 + random.IntN(7) {
			sb.WriteString(parts[random.IntN(len(parts))])
		}
		ref := strings.TrimSpace(sb.String())
		page := pages[random.IntN(len(pages))]
		e := elements{structure: Structure{Base: page}, site: siteOf(page)}
		got, ok := e.plain(ref)
		if !ok {
			continue
		}
		plain++
		if want := e.parsed(ref); got != want {
			t.Fatalf("%q on %v: %q without parsing, %q with", ref, page, got, want)
		}
	}
	if plain < 1000 {
		t.Errorf("%d addresses were plain", plain)
	}
}
