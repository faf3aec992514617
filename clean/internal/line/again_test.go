package line

import (
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
)

// joinedParts are sentences and notices, to be joined at random.
var joinedParts = strings.Split(strings.TrimSpace(`
The ferry left the quay at noon, as it has for sixty years, and nobody on the quay waved to it.
Then the fog came in, and the captain asked Ms. Perrin for a second cup of tea.
Read more: Ten bridges that changed a city
READ ALSO: The boat that came too early
Advertisement
Sign up for our newsletter
Share Tweet Email
By Jane Doe
12 May 2022
(Jane Doe/Picture Desk)
A boat on the river. (AP Photo/Jane Doe)
Follow us on Facebook and @valleypost or write to desk@example.org
See [the map](https://example.org/map) of the valley.
It is <b>and more</b> on board, he said.
“We cannot leave it as it is,” the mayor said, adding that the money would have to come from a loan.
Die Fähre fuhr am Mittag ab, wie seit sechzig Jahren, und niemand am Kai winkte ihr nach.
Lesen Sie auch: Zehn Brücken über einen Fluss
Паром отошёл от причала в полдень, как и шестьдесят лет назад, и никто ему не помахал.
渡船在中午离开码头，没有人向它挥手。
icon closeicon searchicon mailicon upicon down
Soft`+"\u00ad"+`hyphens and zero`+"\u200b"+`width spaces stand in it, as in many texts.
Related articles
All rights reserved
© 2021 Valley Post
`), "\n")

// joinAtRandom joins some of the parts by nothing, by spaces or by line ends.
func joinAtRandom(r *rand.Rand) string {
	var b strings.Builder
	way := r.IntN(6)
	for range 2 + r.IntN(25) {
		b.WriteString(joinedParts[r.IntN(len(joinedParts))])
		switch way {
		case 0:
		case 1:
			b.WriteString(" ")
		case 2:
			b.WriteString("\n")
		case 3:
			b.WriteString("\n\n   ")
		default:
			b.WriteString([...]string{"", " ", "  ", "\n", "\n\n", " | "}[r.IntN(6)])
		}
	}
	return b.String()
}

// TestLaterPasses: what a later pass takes over from the first one is what it would find
// itself.
func TestLaterPasses(t *testing.T) {
	set, model := builtin(t), embedded(t)
	explaining, err := model.Explaining()
	if err != nil {
		t.Fatal(err)
	}
	var taking, afresh Memory
	afresh.afresh = true
	check := func(text string) {
		for _, m := range []*Model{model, model.At(Precision), nil, explaining} {
			got, want := taking.Split(text, set), afresh.Split(text, set)
			taking.Clean(m, got, set, "")
			afresh.Clean(m, want, set, "")
			if a, b := taking.Join(got), afresh.Join(want); a != b {
				t.Fatalf("%q\nbecomes\n%q\nand read afresh\n%q", text, a, b)
			}
			for i := range got {
				if a, b := got[i].Cuts, want[i].Cuts; len(a) != len(b) || len(a) > 0 && !reflect.DeepEqual(a, b) {
					t.Fatalf("%q\nloses\n%+v of %q\nand read afresh\n%+v", text, a, got[i].Text, b)
				}
			}
		}
	}
	for _, text := range inputs() {
		check(text)
	}
	r := rand.New(rand.NewPCG(1, 2))
	n := 1500
	if testing.Short() {
		n = 150
	}
	for range n {
		check(joinAtRandom(r))
	}
}
