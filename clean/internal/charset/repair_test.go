package charset

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// misreadOnce is what a reader that takes UTF-8 for windows-1252 makes of a
// text.
func misreadOnce(t *testing.T, text string) string {
	t.Helper()
	s, err := charmap.Windows1252.NewDecoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestRepair(t *testing.T) {
	for _, text := range []string{
		"Das Café an der Brücke schließt – „für immer“, sagt die Wirtin.",
		"L’été, c’est fini… déjà trop froid",
		"Мост закрыт",
		"橋が閉鎖された。",
		"a bridge 🌉",
	} {
		bad := misreadOnce(t, text)
		if strings.ContainsRune(bad, utf8.RuneError) {
			continue // a byte was lost for good
		}
		if bad == text || Repair(bad) != text {
			t.Errorf("%q became %q, want %q", bad, Repair(bad), text)
		}
		if twice := misreadOnce(t, bad); !strings.ContainsRune(twice, utf8.RuneError) && Repair(twice) != text {
			t.Errorf("misread twice: %q became %q, want %q", twice, Repair(twice), text)
		}
	}
	for bad, want := range map[string]string{
		"â€œYes,â€\u009d she said":         "“Yes,” she said",
		"â€œYes,â€ she said, Ã©mue":        "“Yes,” she said, émue",
		"Il va Ã la mer, mais dÃ©jÃ  tard": "Il va à la mer, mais déjà tard",
		"cafÃ©\nthé glacé":                 "café\nthé glacé",
	} {
		if got := Repair(bad); got != want {
			t.Errorf("%q became %q, want %q", bad, got, want)
		}
	}
}

// TestRepairKeeps: sound texts stay as they are.
func TestRepairKeeps(t *testing.T) {
	for _, text := range []string{
		"", "plain", "Das Café schließt für immer – „ja“, sagt sie.", "ÂGE TENDRE, À BIENTÔT",
		"SÃO PAULO, AÇÃO, Ã", "temperature: 21 °C ± 2", "L’Â de l’alphabet, «ÃÕ»", "½ × ³⁄₄", "日本語", "Žižek Šimić",
	} {
		if got := Repair(text); got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
}
