package chars

import "testing"

func TestSquash(t *testing.T) {
	for text, want := range map[string]string{
		"": "", " – ": "", "The Ferry's Late: Again!": "theferryslateagain", "ÄRGER um Öl (2)": "ärgerumöl2", "渡し船、遅れる": "渡し船遅れる",
	} {
		if got := Squash(text); got != want {
			t.Errorf("%q is squashed to %q, wanted %q", text, got, want)
		}
		if !SquashesTo([]byte(text), want) || SquashesTo(text, want+"x") || want != "" && SquashesTo(text, want[:len(want)-1]) {
			t.Errorf("%q and %q", text, want)
		}
	}
}
