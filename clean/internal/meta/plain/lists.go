package plain

import "strings"

// Lists reads a data file: "[name]" opens a list, every other line that is not
// empty and no comment is an entry of it.
func Lists(file string) map[string][]string {
	out := make(map[string][]string)
	name := ""
	for line := range strings.Lines(file) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[' && line[len(line)-1] == ']':
			name = line[1 : len(line)-1]
		default:
			out[name] = append(out[name], line)
		}
	}
	return out
}
