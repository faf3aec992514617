package main

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
)

// The parts of SECURITY.md that come from here stand between marks:
//
//	<!-- growth -->  the table of growth; the shapes in it are those to set
//	<!-- worst -->   the promise about it
//	<!-- peers -->   the table of other extractors, likewise
//	<!-- fates -->   its summary
//
// each up to the same mark with a slash.

// writeSecurity sets the figures of the series in the file. Rows of shapes that
// were not run stay as they are.
func writeSecurity(file string, all []hostileSeries) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	names := peersOf(all)
	if len(names) > 1 {
		if text, err = replace(text, "peers", func(old string) string { return setRows(old, peerRows(all, names)) }); err != nil {
			return err
		}
		if text, err = replace(text, "fates", func(old string) string { return fateTable(old, all, names) }); err != nil {
			return err
		}
	} else {
		if text, err = replace(text, "growth", func(old string) string { return setRows(old, growthRows(all)) }); err != nil {
			return err
		}
		if text, err = replace(text, "worst", func(old string) string { return worstOf(all) }); err != nil {
			return err
		}
	}
	return os.WriteFile(file, text, 0o666)
}

// peersOf lists the extractors of the series, in order.
func peersOf(all []hostileSeries) (names []string) {
	for _, s := range all {
		if !slices.Contains(names, s.Peer) {
			names = append(names, s.Peer)
		}
	}
	return names
}

// replace sets what stands between two marks.
func replace(text []byte, mark string, set func(old string) string) ([]byte, error) {
	begin, end := []byte("<!-- "+mark+" -->"), []byte("<!-- /"+mark+" -->")
	before, rest, ok := bytes.Cut(text, begin)
	old, after, ok2 := bytes.Cut(rest, end)
	if !ok || !ok2 {
		return nil, fmt.Errorf("no %s ... %s", begin, end)
	}
	return slices.Concat(before, begin, []byte(set(string(old))), end, after), nil
}

// listedShapes are the shapes of the rows of the table of growth, or of that of
// other extractors, in a file.
func listedShapes(file string, peers bool) (map[string]bool, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	mark := "growth"
	if peers {
		mark = "peers"
	}
	shapes := map[string]bool{}
	_, err = replace(text, mark, func(old string) string {
		for _, row := range parseTable(old) {
			shapes[row[0]] = true
		}
		return ""
	})
	return shapes, err
}

// parseTable reads a Markdown table.
func parseTable(text string) (t table) {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); !strings.HasPrefix(line, "|") || strings.HasPrefix(line, "|-") {
			continue
		}
		var cells []string
		for _, c := range strings.Split(strings.Trim(line, "|"), "|") {
			cells = append(cells, strings.TrimSpace(c))
		}
		t = append(t, cells)
	}
	return t
}

// setRows puts the figures of rows into a Markdown table, by the name in the
// first column, and lays the table out anew.
func setRows(old string, rows map[string][]string) string {
	t := parseTable(old)
	for i, cells := range t {
		if row := rows[cells[0]]; row != nil {
			t[i] = append(cells[:1:1], row...)
		}
	}
	var b strings.Builder
	b.WriteString("\n")
	t.write(&b)
	return b.String()
}

// growthRows are the figures of each shape at its largest size.
func growthRows(all []hostileSeries) map[string][]string {
	rows := map[string][]string{}
	for _, s := range all {
		p := s.Points[len(s.Points)-1]
		cost, growth := span(p.MS), ""
		switch {
		case strings.Contains(p.Fate, "too many"):
			cost += " ¹"
		case p.Fate != "":
			cost = "**" + p.Fate + "**"
		}
		if g := s.growth(); g > 0 {
			growth = fmt.Sprintf("×%.1f", g)
		}
		rows[s.Shape] = []string{thousands(p.N), fmt.Sprintf("%.1f", float64(p.Bytes)/1e6), cost, fmt.Sprintf("%.0f", p.PeakMB), growth}
	}
	return rows
}

// worstOf sums up the growth of all shapes.
func worstOf(all []hostileSeries) string {
	var factors []float64
	for _, s := range all {
		if g := s.growth(); g > 0 {
			factors = append(factors, g)
		}
	}
	if len(factors) == 0 {
		return ""
	}
	slices.Sort(factors)
	return fmt.Sprintf("for double the size the median of %d shapes takes ×%.1f, the worst ×%.1f", len(factors),
		factors[len(factors)/2], factors[len(factors)-1])
}

// peerRows are what the extractors made of each shape.
func peerRows(all []hostileSeries, names []string) map[string][]string {
	rows := map[string][]string{}
	for _, s := range all {
		p := s.Points[len(s.Points)-1]
		row := rows[s.Shape]
		if row == nil {
			row = make([]string, 1+len(names))
			row[0] = thousands(p.N)
			rows[s.Shape] = row
		}
		row[1+slices.Index(names, s.Peer)] = p.short()
	}
	return rows
}

// short is time and loss, or what became of the input.
func (p hostilePoint) short() string {
	switch {
	case p.Fate == fateTime:
		return "**time**"
	case p.Fate == fateMemory:
		return "**memory**"
	case p.Fate != "" && !strings.Contains(p.Fate, "too many"):
		return "**error**"
	}
	if lost := 100 * (1 - p.Kept); lost >= 1 {
		return fmt.Sprintf("%s, lost %.0f %%", span(p.MS), lost)
	}
	return span(p.MS)
}

// fateTable counts what became of the inputs, under the names in the old table.
func fateTable(old string, all []hostileSeries, names []string) string {
	fates := []string{"whole article", "part of it lost", "error, nothing", "stopped: time", "stopped: memory"}
	counts := make([][]int, len(fates))
	for i := range counts {
		counts[i] = make([]int, len(names))
	}
	shapes := map[string]bool{}
	for _, s := range all {
		shapes[s.Shape] = true
		p, k := s.Points[len(s.Points)-1], slices.Index(names, s.Peer)
		switch text := p.short(); {
		case text == "**time**":
			counts[3][k]++
		case text == "**memory**":
			counts[4][k]++
		case text == "**error**":
			counts[2][k]++
		case strings.Contains(text, "lost"):
			counts[1][k]++
		default:
			counts[0][k]++
		}
	}
	head := append([]string{""}, names...)
	if t := parseTable(old); len(t) > 0 && len(t[0]) == len(head) {
		head = t[0]
	}
	head[0] = fmt.Sprintf("of %d shapes", len(shapes))
	t := table{head}
	for i, fate := range fates {
		row := []string{fate}
		for _, n := range counts[i] {
			row = append(row, strconv.Itoa(n))
		}
		t.row(row...)
	}
	var b strings.Builder
	b.WriteString("\n")
	t.write(&b)
	return b.String()
}

// span is a time in milliseconds for reading.
func span(ms float64) string {
	if ms < 1000 {
		return fmt.Sprintf("%.0f ms", ms)
	}
	return fmt.Sprintf("%.1f s", ms/1000)
}

// thousands is a number with its digits in threes.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
