package article

// Text is the clean text: every line without its cuts, one newline at the end. A
// text that comes out as it went in is the input itself.
func (a *Article) Text() string { return a.mem.JoinText(a.lines, a.input) }
