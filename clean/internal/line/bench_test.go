package line

import (
	"strings"
	"testing"

	"github.com/winnowtext/winnow/clean/internal/rules"
)

// benchText is an article with residue around it, invented, about 20 KB.
var benchText = func() string {
	head := "Home\nNews\nSport\nSubscribe\nSkip to content\nShare\nBy Jane Doe\n16 Sep, 2015 21:38\n"
	para := "The council of the small town met on Monday evening to talk about the old bridge, which has been closed since the flood in spring, and to hear what the engineers had found.\n" +
		"“We cannot leave it as it is,” the mayor said, adding that the money for a new one would have to come from the county, the state or, if nothing else helped, from a loan.\n" +
		"Advertisement\n" +
		"Those who live on the far side of the river have had to drive eleven miles to the next crossing, and several shops have lost a third of their customers.\n"
	tail := "READ MORE: Ten bridges that changed a city\nRelated articles\nPrivacy Policy\nContact us\nAll rights reserved\n"
	return head + strings.Repeat(para, 38) + tail
}()

func BenchmarkText(b *testing.B) {
	m, err := LoadModel()
	if err != nil {
		b.Fatal(err)
	}
	b.Run("rules", func(b *testing.B) { benchmark(b, nil) })
	b.Run("model", func(b *testing.B) { benchmark(b, m) })
}

func benchmark(b *testing.B, m *Model) {
	set, err := rules.Builtin()
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(benchText)))
	b.ReportAllocs()
	var mem Memory
	for b.Loop() {
		lines := mem.Split(benchText, set)
		mem.Clean(m, lines, set, "")
		if mem.Join(lines) == "" {
			b.Fatal("nothing left")
		}
		mem.Forget()
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(benchText)), "ns/B")
}
