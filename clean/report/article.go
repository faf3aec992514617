package report

import (
	"strings"

	"github.com/winnowtext/winnow/clean"
)

// An artLine is a line of the clean text. Pieces [first, end) are what it is made
// of; it is none of them when first is -1, as blank lines and the title in front.
type artLine struct {
	text       string
	first, end int
	role       clean.Role
	level      int // of a heading
}

// article is the clean text by lines, which are those of the blocks with blank ones
// between them.
func article(res *clean.Result) []artLine {
	made := madeOf(res.Blocks)
	var lines []artLine
	for text := range strings.Lines(res.Text) {
		l := artLine{text: strings.TrimRight(text, "\n"), first: -1}
		if l.text != "" && len(made) > 0 {
			made[0].text = l.text
			l, made = made[0], made[1:]
		}
		lines = append(lines, l)
	}
	return lines
}

// madeOf tells of which pieces the lines of blocks are made, blank ones left out.
func madeOf(blocks []clean.Block) []artLine {
	var lines []artLine
	for i := range blocks {
		b := &blocks[i]
		if b.Role == clean.RoleImage {
			continue // not part of the text
		}
		l := artLine{first: -1, role: b.Role, level: b.Level}
		blank := true
		add := func(runs []clean.Run) {
			for _, r := range runs {
				for k, text := range strings.Split(r.Text, "\n") {
					if k > 0 {
						if !blank {
							lines = append(lines, l)
						}
						l, blank = artLine{first: -1, role: b.Role, level: b.Level}, true
					}
					if text == "" {
						continue
					}
					blank = false
					if r.Decision > 0 {
						if l.first < 0 {
							l.first = r.Decision - 1
						}
						l.end = r.Decision
					}
				}
			}
		}
		add(b.Runs)
		for _, c := range b.Cells {
			add(c.Runs)
		}
		if !blank {
			lines = append(lines, l)
		}
	}
	return lines
}
