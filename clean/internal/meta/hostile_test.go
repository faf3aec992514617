package meta

import (
	"strings"
	"testing"
	"time"
)

// TestHostile: pages made to be slow are read within a bound without a clock.
func TestHostile(t *testing.T) {
	const mega = 1 << 20
	deep := func(class string) string {
		return strings.Repeat(`<div class="`+class+`">`, 60) + strings.Repeat("<i></i>", mega/8)
	}
	for name, page := range map[string]string{
		"bars in a title": `<meta property="og:title" content="` + strings.Repeat("a | ", mega/4) + `">`,
		"open tags":       `<meta name=description content="` + strings.Repeat("<a", mega/2) + `">`,
		"open tags, body": `<script type="application/ld+json">{"@type":"Article","articleBody":"` + strings.Repeat("<a", mega/2) + `"}</script>`,
		"empty authors":   "<h1>Rain ends the drought</h1>" + deep("author"),
		"empty dates":     "<h1>Rain ends the drought</h1>" + deep("date"),
	} {
		t.Run(name, func(t *testing.T) {
			root := parseFragment(t, page)
			start := time.Now()
			new(Memory).Extract(root, nil, nil)
			if took := time.Since(start); took > 10*time.Second { // it was minutes
				t.Error(took)
			}
		})
	}
}
