package line

import (
	"strings"
	"testing"
)

// quay is prose around what the tests of listings look at.
const quay = "The harbour office counts its boats with a program that the clerk wrote over the winter, and all of it is printed here for those who want to copy it.\n"

// TestListings: lines of code stay for what stands around them, prose and menus do not
// become code.
func TestListings(t *testing.T) {
	for _, c := range []struct {
		name, text string
		all        bool // of its lines are code; none are otherwise
	}{
		{"query", "WITH berths AS (\nSELECT\nquay,\ncount(*) AS boats\nFROM\nmoorings\nGROUP BY\nquay\n)\nSELECT\nquay,\nboats - mean AS surplus\nFROM\nberths\nORDER BY\nboats", true},
		{"result", "quay │ boats\n──────┼──────\n2019-05-03 06:00:00+00 │ 41\n2019-05-03 07:00:00+00 │ 38\n2019-05-03 08:00:00+00 │ 12", true},
		{"function", "def boats_at(quay):\n    total = 0\n    for boat in quay.boats:\n        if boat.moored():\n            total += 1\n    return total", true},
		{"shell", "sudo apt-get install -y quay-tools\ncd /srv/quays\nquay_count --all north_quay\nexport QUAY=north\nquay_count --sum south_quay", true},
		{"settings", "{\n\"quay\": \"north\",\n\"berths\": [\n\"a\",\n\"b\"\n],\n\"open\": true\n}", true},
		{"log", "INFO quay opened for boats\nWARN quay_north is nearly full\nERROR quay_north is full\nINFO quay closed", true},
		{"menu", "SELECT\nHome\nNews\nSport\nShare\nContact (us)\nAbout\nPrivacy", false},
		{"names", "@quay_clerk\nReply\n@boat_owner\nReply\n#old_harbour\nReply\n@tide_table", false},
		{"plural", "Boat(s)\nQuay(s)\nPhoto(s)\nBerth(en)\nGuest(s)", false},
		{"capitals", "JOIN US\nSET SAIL\nLEFT OR RIGHT\nCREATE AN ACCOUNT\nUPDATE PROFILE", false},
		{"far apart", "boats = 41\nHome\nNews\nSport\nberths = 12\nShare\nContact\nAbout\nquays = 3", false},
		{"addresses", "https://quay.example/a_b=(1)\nhttps://quay.example/c_d=(2)\nhttps://quay.example/e_f=(3)", false},
	} {
		var m Memory
		lines := m.Split(quay+"\n"+c.text+"\n\n"+quay, builtin(t))
		m.begin(embedded(t), builtin(t), "")
		m.mark(&m.pieces, lines)
		m.listingsRead = true
		m.readListings(&m.pieces, lines)
		n, all := 0, 0
		for i := range lines {
			prose := lines[i].Text+"\n" == quay
			switch {
			case prose && m.listings[i]:
				t.Errorf("%s: the prose around it is code", c.name)
			case !prose:
				if all++; m.listings[i] {
					n++
				}
			}
		}
		if all == 0 || c.all && n < all || !c.all && n > 0 {
			t.Errorf("%s: %d of %d lines are code", c.name, n, all)
		}
	}
}

// TestListingStays: a query a word a line stays among prose; what looks like code and a
// rule is sure of goes.
func TestListingStays(t *testing.T) {
	query := "WITH berths AS (\nSELECT\nquay,\ncount(*) AS boats\nFROM\nmoorings\nGROUP BY\nquay\n),\nbusy AS (\nSELECT\nquay,\nboats\nFROM\nberths\n)\nSELECT\n*\nFROM\nbusy\n"
	text := quay + "\n" + query + "\n" + strings.Join(prose[:2], "\n") + "\n\n" + query
	if _, out := runWith(embedded(t), builtin(t), text); out != text {
		t.Errorf("came out as\n%s", out)
	}
	residue := quay + "Please enable JavaScript to view the comments.\n" + prose[0] + "\n"
	if _, out := runWith(embedded(t), builtin(t), residue); out != quay+prose[0]+"\n" {
		t.Errorf("came out as\n%s", out)
	}
}

// TestPrinted: rows of figures that lost their line ends are no date, whatever dates stand
// in them.
func TestPrinted(t *testing.T) {
	rows := strings.TrimSpace(strings.Repeat("2019-05-03 06:00:00+00 │ 41 │ 7 ", 12))
	text := quay + "hour │ boats │ berths " + rows + "\n" + prose[0] + "\n"
	if _, out := runWith(embedded(t), builtin(t), text); out != text {
		t.Errorf("came out as\n%s", out)
	}
	for text, want := range map[string]bool{"Home │ News │ Sport │ Contact": false, "3 May │ 4 May": false, "1 │ 2 │ 3 │ 4": true} {
		if printed(text) != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
}
