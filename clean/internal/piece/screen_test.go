package piece

import (
	"strings"
	"testing"
)

// screenedProse is an article, some of which is cleared.
var screenedProse = "The ferry left the north quay at noon, as it had for sixty years, and nobody on the pier waved at it any more." + " " +
	"Its captain had asked the board for a new engine three times, and each time they told him that the money was needed for the sea wall." + " " +
	"So the old boat went on, a little slower every winter, until the fog of last November came in and stayed for nine days." + " " +
	"On the tenth morning a fisherman found the mooring lines cut and the berth empty, although nobody in the village had heard the engine start." + " " +
	"The harbour master wrote down the time and the height of the tide, and then he walked up the hill to wake the mayor." + " " +
	"She had been told that the insurance would not pay for a boat that was lost in calm water, and she wanted to see the berth herself." + " " +
	"Two divers went down before the light was gone, but they saw no more than stones and the old chain which had held the buoy." + " " +
	"In the weeks that followed the island had its bread and its letters from a small plane that landed on the meadow behind the church." + " " +
	"Most of the families who lived from the boat had found other work by the spring, and some of them moved to the town for good." + " " +
	"The board met again in April and decided that the sea wall could wait until the people had a way to cross the sound." + " " +
	"A yard on the mainland had an old hull that was too short for the open sea and just long enough for the two miles to the pier." + " " +
	"When it came in for the first time the children of the school stood on the quay in the rain and counted the passengers aloud."

// TestScreen: plain prose is cleared, a notice in the same text is not.
func TestScreen(t *testing.T) {
	const notice, sentence = "Sign up for our newsletter", "Join in here and get the evening newsletter with all that the quay talks about."
	var m Memory
	m.Split(screenedProse + "\n\n" + sentence + "\n\n" + notice)
	m.Screen(embedded(t).Screen())
	cleared := 0
	for i, p := range m.Pieces() {
		switch text := m.Text()[p.Start:p.End]; {
		case m.Clear(i) && (text == notice || text == sentence):
			t.Errorf("%q is cleared", text)
		case m.Clear(i):
			cleared++
		}
	}
	if n := len(m.Pieces()); cleared*3 < n {
		t.Errorf("%d of %d pieces are cleared", cleared, n)
	}
	for i := range m.Pieces() {
		if m.Clear(i) {
			m.Suspect(i)
			if m.Clear(i) {
				t.Errorf("piece %d is cleared after all", i)
			}
			break
		}
	}
}

// TestScreenedJudge: pieces that were cleared have the log-odds of the screen, and all
// others some of their own; nothing is left of a text that was screened before.
func TestScreenedJudge(t *testing.T) {
	model := embedded(t)
	var m Memory
	m.Split(screenedProse + "\nAdvertisement")
	m.Screen(model.Screen())
	for i, odds := range m.Judge(model, nil) {
		if m.Clear(i) && (odds != m.screened[i] || odds > clearOdds) {
			t.Errorf("piece %d is cleared with %v, the screen says %v", i, odds, m.screened[i])
		}
		if !m.Clear(i) && !m.owns[i].weighed {
			t.Errorf("piece %d was judged without its words", i)
		}
	}
	m.Split(screenedProse)
	m.Judge(model, nil)
	for i := range m.Pieces() {
		if m.Clear(i) || !m.owns[i].weighed {
			t.Errorf("piece %d counts as cleared before it was screened", i)
		}
	}
}

func TestLoadScreen(t *testing.T) {
	if _, err := LoadScreen(screenData[:100]); err == nil {
		t.Error("a screen that was cut off is taken")
	}
	if _, err := LoadScreen(modelData); err == nil || !strings.Contains(err.Error(), "other features") {
		t.Errorf("the model is taken for a screen: %v", err)
	}
	if n := len(ScreenNames()); n != ScreenCount {
		t.Errorf("%d names for %d columns", n, ScreenCount)
	}
}
