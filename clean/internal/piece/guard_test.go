package piece

import (
	"strings"
	"testing"
)

// article is prose around what the tests of guards look at.
const article = "The harbour board published its survey of the quay on Monday, and most of what it found was older than anybody had thought.\n\n"

// guarded counts the pieces of a text that stand between two paragraphs of prose, and
// those of them that a guard lets stay.
func guarded(t *testing.T, text string) (all, in int) {
	t.Helper()
	var m Memory
	whole := article + text + "\n\n" + article
	m.Split(whole)
	m.Judge(embedded(t), nil)
	for i, p := range m.Pieces() {
		if p.Start < len(article) || p.End > len(article)+len(text) {
			continue
		}
		if all++; m.Doubt(i) >= Data {
			in++
		}
	}
	return all, in
}

// TestData: cells that stand one a line, and formulas, are told from menus.
func TestData(t *testing.T) {
	var cells, menu, archive strings.Builder
	for _, row := range []string{"Berth,Depth,Built", "North,4.20 m,1911", "South,3.85 m,1926", "Ferry,5.10 m,1958", "Coal,2.75 m,1903", "Total,15.90 m,"} {
		cells.WriteString(strings.ReplaceAll(row, ",", "\n") + "\n")
	}
	for _, item := range strings.Fields("Home News Sport Weather Travel Culture Shipping Letters Archive Contact Jobs Crosswords") {
		menu.WriteString(item + "\n")
	}
	for _, month := range strings.Fields("January February March April May June July August September October") {
		archive.WriteString(month + " (3)\n")
	}
	for _, c := range []struct {
		name, text string
		data       bool
	}{
		{"cells", cells.String(), true},
		{"formula", "x\n=\n−\nb\n±\n2\na\n+\nc\n4\n.", true},
		{"menu", menu.String(), false},
		{"months", archive.String(), false},
	} {
		if all, in := guarded(t, strings.TrimSpace(c.text)); all < dataRun || in < all && c.data || in > 0 && !c.data {
			t.Errorf("%s: %d of %d pieces are data", c.name, in, all)
		}
	}
}

// TestNamedRun: rules that name a part of a run say that it is a menu; dates do not.
func TestNamedRun(t *testing.T) {
	text := strings.TrimSpace(strings.Repeat("3 May 2019\n+4.2%\n", 40))
	var m Memory
	m.Split(text)
	signals := make([]Signal, len(m.Pieces()))
	for i := range signals {
		if i%2 == 0 {
			signals[i] = Signal{"date", MayName}
		}
	}
	m.Judge(embedded(t), signals)
	if n := len(m.Pieces()); n < 80 || !m.inData(n/2) {
		t.Errorf("dates among %d cells make a menu of them", n)
	}
	for i := range signals {
		signals[i] = Signal{signalKinds[i%8], MayName}
	}
	if m.Judge(embedded(t), signals); m.inData(len(signals) / 2) {
		t.Error("a run that rules of many kinds name is a table")
	}
}

// TestCited: lists of works are told from other lists.
func TestCited(t *testing.T) {
	for _, c := range []struct {
		name, text string
		cited      bool
	}{
		{"notes", "^ Harbour Board, Soundings of the North Quay. Retrieved 3 May 2019.\n^ a b Tolland, Ships at Anchor, p. 41.\n^ The Quay Papers. Retrieved 2 June 2018.\n^ Minutes of the Board, 1911.", true},
		{"papers", "Orr K, Vane T. Silt under old piers. Coast Eng. 2017;12:33–40. doi: 10.5555/ce.12.33\n[ DOI ] [ Scholar ]\nVane T, et al. Piles of oak. Timber. 2015;7:1–9. doi: 10.5555/t.7.1\n[ DOI ] [ Scholar ]\nMoor P. On tides. 2011;3:5–19. doi: 10.5555/o.3.5", true},
		{"sentences", "- ^ Walden, Otto (May 2012). \"Boats and tides – Who counts them?\". The Quay Papers. Retrieved 8 August 2017.\n- ^ \"Survey of the old quay\". Harbour Board. Archived from the original on 3 May 2015. Retrieved 9 August 2017.\n- ^ Orr 2006, p. 31.\n- ^ Tolland, Ida (21 September 2007). \"Ferries\". Ministry of Tides. Retrieved 8 August 2017.", true},
		{"books", "Walden, Otto (2005). A History of Piers. Tidewater Press.\nOrr, Kate, ed. (2011). Boats of the North. Quay Yearbook (annual).\nTolland, Ida (1998). Silt. Piles and Sons.", true},
		{"German", "[1] Hafenamt: Pegel der Mole. Abgerufen am 3. Mai 2019.\n[2] Walden, Otto: Kaimauern. Band zwei. Abgerufen am 4. Mai 2019.\n[3] Orr, Kate: Fähren, S. 12. Abgerufen am 5. Mai 2019.", true},
		{"Russian", "↑ Причал и мол. Дата обращения: 3 мая 2019.\n↑ Паромы севера. Портовое бюро. Дата обращения: 4 мая 2019.\n↑ Лодки. Дата обращения: 5 мая 2019.", true},
		{"one line", "Walden, O. Soundings. Quay Papers. doi: 10.5555/q.1 Orr, K. Ferries. Board of Tides. doi: 10.5555/q.2 Tolland, I. Silt under piers. Coast. doi: 10.5555/q.3 Moor, P. On tides. Coast. doi: 10.5555/q.4 " + strings.Repeat("Vane, T. Piles of oak. Timber. doi: 10.5555/t.7 ", 8), true},
		{"names", "Walden, Otto\nOrr, Kate\nTolland, Ida\nMoor, Piet", false},
		{"titles", "Quay reopens (2019)\nFerry sinks (2018)\nMayor resigns (2017)\nBoat found (2016)", false},
		{"one work", "Share\nWalden, Otto (2005). A History of Piers. ISBN 978-0-00-000000-2\nTweet\nContact", false},
		{"steps", "Take the boat to the pier\nTie it up with two lines\nTell the harbour master\nPay at the office", false},
	} {
		if all, in := guarded(t, c.text); all < 4 || in < all && c.cited || in > 0 && !c.cited {
			t.Errorf("%s: %d of %d pieces are cited", c.name, in, all)
		}
	}
}

// TestEnumerated: a list between two paragraphs of prose is told from a menu, which is
// longer or stands among other short lines.
func TestEnumerated(t *testing.T) {
	for _, c := range []struct {
		name, text string
		list       bool
	}{
		{"list", "- Gloves\n- Email\n- A bucket. It may be old.\n- Contact", true},
		{"numbers", "1. Gloves\n2. Search\n3. A bucket", true},
		{"two", "- Gloves\n- A bucket", false},
		{"menu", "More\n- Home\n- Email\n- Contact\n- Search", false},
		{"headed", "What every keeper takes along to the pier\n- Gloves\n- Email\n- A bucket. It may be old.\nFor the boat:\n- Contact\n- A rope", true},
		{"headed menu", "More\n- Gloves\n- Email\n- A bucket\nAbout\n- Contact\n- Search", false},
		{"long", strings.TrimSpace(strings.Repeat("- Gloves\n- Email\n- Contact\n- Search\n", 5)), false},
	} {
		if all, in := guarded(t, c.text); all == 0 || in < all && c.list || in > 0 && !c.list {
			t.Errorf("%s: %d of %d pieces are in a list", c.name, in, all)
		}
	}
}

// TestFiller: words that stand in for a text are told from others, Latin as well.
func TestFiller(t *testing.T) {
	for _, c := range []struct {
		name, text string
		filler     bool
	}{
		{"filler", "Quis nostrud lorem ipsum, sed do eiusmod.\nDolor sit amet in culpa qui.\nUt labore et dolore, consequat est.", true},
		{"a word of it", "Ipsum Street Ferry\nLorem: a new font\nSign up in a minute", false},
		{"Latin", "Navis ante meridiem portum reliquit nemine salutante.\nNebula deinde mare texit usque ad vesperum.", false},
	} {
		if all, in := guarded(t, c.text); all == 0 || in < all && c.filler || in > 0 && !c.filler {
			t.Errorf("%s: %d of %d pieces are filler", c.name, in, all)
		}
	}
}

// TestMarkedHeading: what Markdown marks as a heading is one before a sentence, also
// where no prose stands before it, and not before what a rule names.
func TestMarkedHeading(t *testing.T) {
	doubt := func(text, after string) Doubt {
		var m Memory
		m.Split(article + "Ten things to do with an old rope\n\n" + text + "\n\n" + after + "\n\n" + article)
		signals := make([]Signal, len(m.Pieces()))
		for i, p := range m.Pieces() {
			if m.Text()[p.Start:p.End] == "Advertisement." {
				signals[i] = Signal{Kind: "ad", Level: Names}
			}
		}
		m.Judge(embedded(t), signals)
		for i, p := range m.Pieces() {
			if m.Text()[p.Start:p.End] == text {
				return m.Doubt(i)
			}
		}
		t.Fatalf("%q is no piece", text)
		return None
	}
	for _, c := range []struct {
		text, after string
		heading     bool
	}{
		{"## What the divers saw", "They saw nothing.", true},
		{"What the divers saw", "They saw nothing.", false},
		{"#divers", "They saw nothing.", false},
		{"## What the divers saw", "Home", false},
		{"## What the divers saw", "Advertisement.", false},
	} {
		if got := doubt(c.text, c.after) == Subhead; got != c.heading {
			t.Errorf("%q before %q is a heading: %v", c.text, c.after, got)
		}
	}
}
