package chars

import "testing"

func TestFold(t *testing.T) {
	for _, c := range []struct{ in, fold, glue string }{
		{"The Ferry's Late: Again!", "the ferrys late again", "theferryslateagain"},
		{"ÄRGER um Öl (2)", "ärger um öl 2", "ärgerumöl2"},
		{"渡し船、遅れる", "渡し船 遅れる", "渡し船遅れる"},
		{"", "", ""},
		{"  --  ", "", ""},
		{"Don't stop, ÅSA!", "dont stop åsa", "dontstopåsa"},
		{"it’s 5 o’clock", "its 5 oclock", "its5oclock"},
		{"abc", "abc", "abc"},
		{"The-Daily  Rain", "the daily rain", "thedailyrain"},
		{"हिन्दी दिन", "हिन्दी दिन", "हिन्दीदिन"},
	} {
		if got := Fold(c.in); got != c.fold || !FoldsTo(c.in, got) || Fold(got) != got {
			t.Errorf("%q: %q, want %q", c.in, got, c.fold)
		}
		if !GluesTo(c.in, c.glue) || GluesTo([]byte(c.in), c.glue+"x") || c.glue != "" && GluesTo(c.in, c.glue[:len(c.glue)-1]) {
			t.Errorf("%q glues to %q", c.in, c.glue)
		}
		if got := Glue(c.in); got != c.glue {
			t.Errorf("%q: %q, want %q", c.in, got, c.glue)
		}
	}
}
