package line

import (
	"flag"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/winnowtext/winnow/clean/internal/cases"
	"github.com/winnowtext/winnow/clean/internal/rules"
)

var update = flag.Bool("update", false, "write what comes out into testdata/case")

// TestCases reads testdata/case: the first column of each line is its verdict.
//
//	-paywall.meter  the line goes, by that rule
//	+               it stays; by a rule, if one is named
//	~imgfile.name   [[this piece]] of it goes
//
// A piece with | in front follows the one above on its line; a line with nothing in
// its first column goes on where a paragraph was wrapped. What cannot be seen is
// written as {U+200B}. Lines without a verdict are blank lines of the input, or
// comments (#) at the beginning. A second part holds the text that comes out. Text is
// judged by rules alone, without the model.
// Settings:
//
//	host   of the page
//	rules  of a user
//	role   of lines of a page, which are no pieces of flattened text: para, heading,
//	       item, row, code or quote
func TestCases(t *testing.T) {
	roles := map[string]Role{"": Plain, "para": Para, "heading": Heading, "item": Item, "row": Row, "code": Code, "quote": Quote}
	cases.Run(t, "testdata/case/*.txt", *update, func(t *testing.T, c *cases.Case) []string {
		c.Knows(t, "host", "rules", "role")
		set := builtin(t)
		if text := c.Settings["rules"]; text != "" {
			var err error
			if set, err = set.Extend(rules.File{Name: "case.rules", Data: text}); err != nil {
				t.Fatal(err)
			}
		}
		role, ok := roles[c.Settings["role"]]
		if !ok {
			t.Fatalf("no role %q", c.Settings["role"])
		}
		var m Memory
		text := unmarked(c.Lines(0))
		lines := m.Split(text, set)
		if role != Plain {
			lines = pageLines(&m, text, role)
		}
		m.Clean(nil, lines, set, c.Settings["host"])
		var verdicts strings.Builder
		for i := range lines {
			verdicts.WriteString(strings.Repeat("\n", lines[i].Blank) + marked(&lines[i]) + "\n")
		}
		out := []string{visible(strings.TrimRight(verdicts.String(), "\n"))}
		if len(c.Parts) > 1 {
			out = append(out, visible(strings.TrimRight(m.Join(lines), "\n")))
		}
		return out
	})
}

// pageLines are the lines of a text as those of a page.
func pageLines(m *Memory, text string, role Role) []Line {
	var texts []string
	var blanks []int
	blank := 0
	for line := range strings.SplitSeq(text, "\n") {
		if line == "" {
			blank++
			continue
		}
		texts, blanks = append(texts, line), append(blanks, blank)
		blank = 0
	}
	lines := m.Lines(len(texts))
	for i := range lines {
		lines[i].Text, lines[i].Blank, lines[i].Role, lines[i].P = texts[i], blanks[i], role, -1
	}
	return lines
}

// unmarked is the input of a case.
func unmarked(lines []string) string {
	var b strings.Builder
	for i, l := range lines {
		verdict, text, _ := strings.Cut(l, " ")
		piece, follows := strings.CutPrefix(text, "|")
		if i > 0 && !follows {
			b.WriteByte('\n')
		}
		if verdict != "" {
			text = strings.TrimLeft(text, " ")
		}
		if follows {
			text = piece
		}
		b.WriteString(strings.NewReplacer("[[", "", "]]", "").Replace(text))
	}
	return escape.ReplaceAllStringFunc(b.String(), func(s string) string {
		n, _ := strconv.ParseUint(s[len("{U+"):len(s)-1], 16, 32)
		return string(rune(n))
	})
}

var escape = regexp.MustCompile(`\{U\+[0-9A-F]{4,6}\}`)

// visible escapes what cannot be seen.
func visible(text string) string {
	var b strings.Builder
	for _, r := range text {
		if r == '\n' || r == '\t' || strconv.IsPrint(r) {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "{%U}", r)
		}
	}
	return b.String()
}

// marked writes a line as the cases do.
func marked(l *Line) string {
	text := l.Text
	var b strings.Builder
	switch {
	case l.Dropped():
		b.WriteString("-" + l.Cuts[0].Rule)
	case len(l.Cuts) == 0:
		b.WriteString("+" + l.Rule)
	default:
		b.WriteString("~" + l.Cuts[0].Rule)
		text = ""
		at := 0
		for _, c := range l.Cuts {
			text += l.Text[at:c.Start] + "[[" + l.Text[c.Start:c.End] + "]]"
			at = c.End
		}
		text += l.Text[at:]
	}
	b.WriteByte(' ')
	if l.Glued {
		b.WriteByte('|')
	}
	b.WriteString(strings.ReplaceAll(text, "\n", "\n "))
	return b.String()
}
