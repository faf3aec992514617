package clean

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/winnowtext/winnow/clean/internal/corpus"
	"github.com/winnowtext/winnow/clean/internal/line"
)

// kindTable counts, by kind, the residue lines of labelled texts and what
// became of them. The kinds of the labels are a corpus's own: some have no
// counterpart among Winnow's, and the other way round.
type kindTable map[string]*kindCount

type kindCount struct {
	lines, gone    int // residue lines labelled with the kind, and removed for whatever kind
	removed, right int // lines removed as of the kind, and labelled as residue
}

// labelKinds are the labels' names of kinds that Winnow calls by another name.
var labelKinds = map[string]string{"jsreq": "js", "noscript": "js", "adblock": "js", "rawhtml": "hidden"}

func (t kindTable) of(kind string) *kindCount {
	if t[kind] == nil {
		t[kind] = new(kindCount)
	}
	return t[kind]
}

// add counts a text whose lines were judged. Texts whose lines were joined, as
// hard-wrapped ones, are left out.
func (t kindTable) add(f *corpus.Flat, lines []line.Line) {
	var labels []*corpus.FlatLine
	doubtful := map[*corpus.FlatLine]bool{}
	for i := range f.Lines {
		if strings.TrimSpace(f.Lines[i].Text) != "" {
			labels = append(labels, &f.Lines[i])
			doubtful[&f.Lines[i]] = f.Doubtful(i)
		}
	}
	if f.Partial || len(labels) != len(lines) {
		return
	}
	for i := range lines {
		l, label := &lines[i], labels[i]
		residue := label.Label == "drop"
		if doubtful[label] || !residue && label.Label != "keep" {
			continue
		}
		if residue {
			name := cmp.Or(labelKinds[label.Cat], label.Cat)
			c := t.of(name)
			c.lines++
			if l.Dropped() {
				c.gone++
			}
		}
		if l.Dropped() {
			c := t.of(string(l.Cuts[0].Kind))
			c.removed++
			if residue {
				c.right++
			}
		}
	}
}

func (t kindTable) String() string {
	var b strings.Builder
	b.WriteString("| kind | residue lines | removed, % | removed as it | of these residue, % |\n|---|---:|---:|---:|---:|\n")
	share := func(a, b int) string {
		if b == 0 {
			return ""
		}
		return fmt.Sprintf("%.1f", 100*float64(a)/float64(b))
	}
	var sum kindCount
	for _, k := range slices.SortedFunc(maps.Keys(t), func(a, b string) int {
		return cmp.Or(cmp.Compare(t[b].lines, t[a].lines), cmp.Compare(t[b].removed, t[a].removed), strings.Compare(a, b))
	}) {
		c := t[k]
		fmt.Fprintf(&b, "| %s | %d | %s | %d | %s |\n", k, c.lines, share(c.gone, c.lines), c.removed, share(c.right, c.removed))
		sum.lines, sum.gone, sum.removed, sum.right = sum.lines+c.lines, sum.gone+c.gone, sum.removed+c.removed, sum.right+c.right
	}
	fmt.Fprintf(&b, "| all | %d | %s | %d | %s |\n", sum.lines, share(sum.gone, sum.lines), sum.removed, share(sum.right, sum.removed))
	return b.String()
}
