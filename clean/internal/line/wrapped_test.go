package line

import (
	"testing"

	"github.com/winnowtext/winnow/clean/internal/rules"
)

// TestWrappedStays: a text whose lines were broken comes out with the line ends that it
// had, also where one lies between two sentences.
func TestWrappedStays(t *testing.T) {
	const text = `   The council of the port voted on Tuesday to widen the old quay before
   the storms of the winter arrive. Work on the northern wall will begin
   in March and should take about eight months, the town said on Tuesday.
   The plan had been put off twice because the council could not agree on
   the price of the stone, which comes from a quarry on the other shore.

   Engineers measured the wall in the summer and found cracks in it that
   were deeper than expected.
`
	set, err := rules.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	var m Memory
	lines := m.Split(text, set)
	if len(lines) != 4 {
		t.Fatalf("%d sentences, want 4", len(lines))
	}
	if got := m.Join(lines); got != text {
		t.Errorf("got\n%s\nwant\n%s", got, text)
	}
	lines[1].Drop("ad", "test", "test") // its second sentence
	const want = `   The council of the port voted on Tuesday to widen the old quay before
   the storms of the winter arrive.
   The plan had been put off twice because the council could not agree on
   the price of the stone, which comes from a quarry on the other shore.

   Engineers measured the wall in the summer and found cracks in it that
   were deeper than expected.
`
	if got := m.Join(lines); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
