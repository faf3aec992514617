package corpus

import "testing"

// TestSiteOf: a page without an address is of the site it names, or links to most.
func TestSiteOf(t *testing.T) {
	for want, page := range map[string]string{
		"harbour.example": `<a href="https://tide.example/a">a</a><a href="https://tide.example/b">b</a><link rel="canonical" href="https://www.harbour.example/x">`,
		"tide.example":    `<a href="https://wind.example/a">a</a><a href='https://news.tide.example/a'>a</a><a href=https://tide.example/b>b</a>`,
		"wind.example":    `<meta content="https://wind.example/1" property="og:url"><meta property="og:url" content="https://wind.example/1">`,
		"":                `<p>No links at all.`,
	} {
		if got := siteOf([]byte(page)); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
