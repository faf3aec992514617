package piece

import "testing"

// TestPromoEnds: where the last headline of a promo ran into the article, the border is
// found; in German, and in the first headline, it is not guessed.
func TestPromoEnds(t *testing.T) {
	const polish = "Rada portu przyjęła w poniedziałek nowy plan dla nabrzeża i zapowiedziała prace jeszcze tej wiosny. "
	for _, c := range []struct {
		name, text, opens string // the piece behind the promo begins so
	}{
		{"sentence", polish + "ZOBACZ: Tutaj nie wolno cumować. Żeglarze wciąż łamią zakaz Roboty zaczną się na końcu mola i potrwają do jesieni.", "Roboty"},
		{"name", polish + "ZOBACZ TAKŻE: Tutaj nie wolno cumować. Burmistrz ostrzega Burmistrz mówił także o cenach węgla i o nowym moście.", "Burmistrz mówił"},
		{"quotation", polish + "ZOBACZ: Nowy kapitan promu. \"Znam tę rzekę\" Załoga wypłynie w sobotę, jeśli pozwoli na to wiatr.", "Załoga"},
		{"no promo", polish + "Tutaj nie wolno cumować. Żeglarze wciąż łamią zakaz Roboty zaczną się na końcu mola i potrwają do jesieni.", ""},
		{"German", "Der Hafenrat hat am Montag den neuen Plan für den Kai beschlossen und Arbeiten noch in diesem Frühling angekündigt. LESEN SIE AUCH: Hier darf niemand ankern. Segler brechen immer wieder alte Verbote und zahlen hohe Strafen an die Stadt.", ""},
	} {
		var m Memory
		found := false
		for _, p := range m.Split(c.text) {
			if p.Left == Silent {
				found = true
				if text := c.text[p.Start:]; c.opens == "" || len(text) < len(c.opens) || text[:len(c.opens)] != c.opens {
					t.Errorf("%s: a piece begins at %q", c.name, text)
				}
			}
		}
		if !found && c.opens != "" {
			t.Errorf("%s: no border is found", c.name)
		}
	}
}
