package line

import (
	"strings"
	"testing"

	"github.com/winnowtext/winnow/clean/internal/rules"
)

// TestScreen: prose is cleared, but not what hides something, holds markup, or may be what a
// rule of a user is about.
func TestScreen(t *testing.T) {
	const text = "The ferry left the north quay at noon, as it had for sixty years, and nobody on the pier waved at it any more." + " " +
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
	cleared := func(text string, set *rules.Set) (n int) {
		var m Memory
		lines := m.Split(text, set)
		m.begin(embedded(t), set, "")
		m.screen(m.model.pieces.Screen(), &m.pieces, lines)
		for i := range lines {
			if lines[i].clear {
				n++
				if !lines[i].prose || lines[i].words < 20 {
					t.Errorf("%q is cleared with the shape %+v", lines[i].Text, lines[i].shape)
				}
			}
		}
		return n
	}
	set := builtin(t)
	user, err := set.Extend(rules.File{Name: "own.rules", Data: "rule own.wall\n\twhy   words of a test\n\tkind  ad\n\tline boats for sale\n"})
	if err != nil {
		t.Fatal(err)
	}
	all := cleared(text, set)
	if all < 4 {
		t.Errorf("%d sentences of prose are cleared", all)
	}
	for name, n := range map[string]int{
		"hidden":         cleared(strings.ReplaceAll(text, "the", "th\u200be"), set),
		"markup":         cleared(strings.ReplaceAll(text, "the ", "<b>the</b> "), set),
		"rules of users": cleared(text, user),
	} {
		if n > 0 {
			t.Errorf("%s: %d sentences are cleared", name, n)
		}
	}
}

// TestGluedCall: what a rule cuts off a sentence goes though the rest reads like prose.
func TestGluedCall(t *testing.T) {
	const head = "Engineers now say that the spillway was too narrow, and that a warning from 1988 was never read. "
	const rest = "A new dam is to be built two miles upstream, the ministry said, and the old one will be kept as a road for the farms on the other bank."
	const tail = "\n\nThe island has had a boat since 1932, and for most of that time it was paid for by the people who used it."
	_, got := runWith(embedded(t), builtin(t), head+"Sign up for our newsletter"+rest+tail)
	if strings.Contains(got, "newsletter") || !strings.Contains(got, rest) {
		t.Errorf("%q", got)
	}
}
