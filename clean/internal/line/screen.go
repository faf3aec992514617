package line

import (
	"strings"

	"github.com/winnowtext/winnow/clean/internal/piece"
)

// screen clears lines that are plainly the article's, by what their pieces look like: no
// rule looks at them, and the model is not asked. They go only with what stands beside
// them. Rules of users may be about any line: with them none is cleared, and none is in
// which something hides or is left of markup.
func (m *Memory) screen(by *piece.Screen, pieces *piece.Memory, lines []Line) {
	if by == nil || len(pieces.Pieces()) != len(lines) || m.set.Extended() {
		for i := range lines {
			lines[i].clear = false
		}
		return
	}
	pieces.Screen(by)
	for i := range lines {
		m.Clock.Step()
		l := &lines[i]
		if l.clear = pieces.Clear(i); !l.clear {
			continue
		}
		if l.clear = l.state == open && l.plain() && !(l.traits&noTags == 0 && strings.IndexByte(l.Text, '<') >= 0); !l.clear {
			pieces.Suspect(i)
			continue
		}
		l.shape, l.pending, l.known = shapeOf(pieces.Look(i)), nil, 0
	}
}

// plain is hasPlainChars of a line as split made it: it looked at all lines that stand on
// one line of the text.
func (l *Line) plain() bool {
	return l.traits&plainChars != 0 || strings.IndexByte(l.Text, '\n') >= 0 && hasPlainChars(l.Text)
}
