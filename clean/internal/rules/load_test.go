package rules

import "testing"

func TestSize(t *testing.T) {
	s, err := Builtin()
	if err != nil {
		t.Skip()
	}
	n := map[string]int{}
	for _, f := range s.forms {
		n[f.rule.ID]++
	}
	t.Log(len(s.forms), s.vocabulary.n, len(s.prefix.nodes), s.prefix.edges.n, n)
}
func BenchmarkBuild(b *testing.B) {
	for range b.N {
		if _, err := build(nil); err != nil {
			b.Fatal(err)
		}
	}
}
