package hostile

import "strings"

func lines(piece string) func(int) string {
	return func(n int) string { return text(strings.Repeat(piece, n)) }
}

// longLines breaks the line every 100 KB: longer ones are not judged.
func longLines(piece string) func(int) string {
	return func(n int) string {
		const size = 100 << 10
		per := size/len(piece) + 1
		var sb strings.Builder
		for ; n > 0; n -= per {
			sb.WriteString(strings.Repeat(piece, min(n, per)))
			sb.WriteByte('\n')
		}
		return text(sb.String())
	}
}

// texts holds flattened texts.
var texts = []Shape{
	{Name: "text: short lines", Text: true, Max: 1e6, make: lines("a\n")},
	{Name: "text: different short lines", Text: true, Max: 1e6, make: func(n int) string { return text(numbered("line %d\n", n)) }},
	{Name: "text: blank lines", Text: true, Max: 10e6, make: lines("\n")},
	{Name: "text: carriage returns", Text: true, Max: 1e6, make: lines("a b\r")},
	{Name: "text: line separators", Text: true, Max: 1e6, make: lines("a b\u2028")},
	{Name: "text: prose lines", Text: true, Max: 20e6, make: func(n int) string { return text(wrap(prose(n), 300)) }},
	{Name: "text: hard-wrapped", Text: true, Max: 20e6, make: func(n int) string { return wrap(prose(n), 72) + text("") }},
	{Name: "text: same line", Text: true, Max: 1e5, make: lines(Paragraphs[0] + "\n")},
	{Name: "text: two lines in turn", Text: true, Max: 1e5, make: lines(Paragraphs[0] + "\n" + Paragraphs[3] + "\n")},
	{Name: "text: one line", Text: true, Max: 50e6, make: func(n int) string { return text(prose(n)) }},
	{Name: "text: pages on a line", Text: true, Max: 3e4, make: lines("HomeNewsSportSign in" + Paragraphs[0] + "Advertisement" + Paragraphs[1] + Paragraphs[2] + "Read more: Ten bridges" + Paragraphs[3] + "Contact us\n")},
	{Name: "text: one word", Text: true, Max: 50e6, make: lines("x")},
	{Name: "text: capitals inside", Text: true, Max: 3e6, make: longLines("AbCdEf")},
	{Name: "text: white space in a line", Text: true, Max: 10e6, make: func(n int) string { return text("x" + strings.Repeat(" \t", n) + "y") }},
	{Name: "text: labels on a line", Text: true, Max: 1e6, make: longLines("Share Tweet Home ")},
	{Name: "text: labels glued", Text: true, Max: 1e6, make: longLines("ShareTweetPinEmail")},
	{Name: "text: labels on lines", Text: true, Max: 3e5, make: lines("Contact us\nHome\nShare\n")},
	{Name: "text: promos on a line", Text: true, Max: 1e6, make: longLines("READ MORE: Ten bridges ")},
	{Name: "text: promos on lines", Text: true, Max: 3e5, make: func(n int) string { return text(numbered("READ MORE: Bridge number %d\n", n)) }},
	{Name: "text: bylines on a line", Text: true, Max: 1e6, make: longLines("By Jane Doe ")},
	{Name: "text: dates on a line", Text: true, Max: 1e6, make: longLines("2015-09-18 21:38 ")},
	{Name: "text: asides on a line", Text: true, Max: 3e5, make: longLines("x (opens in a new tab) ")},
	{Name: "text: advertisements glued", Text: true, Max: 3e5, make: longLines("The minister said so.AdvertisementHis deputy ")},
	{Name: "text: icons", Text: true, Max: 3e5, make: longLines("icon closeicon searchicon mail")},
	{Name: "text: image names", Text: true, Max: 3e5, make: longLines("Screen Shot 2015-09-18 at 8.56.14 AMIs it ")},
	{Name: "text: copyrights", Text: true, Max: 3e5, make: longLines("Copyright 2015 ")},
	{Name: "text: brackets open", Text: true, Max: 1e6, make: longLines("((((([[[[")},
	{Name: "text: quotes open", Text: true, Max: 1e6, make: longLines("\"'\u201c")},
	{Name: "text: full stops", Text: true, Max: 5e6, make: longLines(". ")},
	{Name: "text: a of regexps", Text: true, Max: 5e6, make: func(n int) string { return text(strings.Repeat("a", n) + "!") }},
	{Name: "text: words for regexps", Text: true, Max: 1e6, make: longLines("you can read 5 more you can ")},
	{Name: "text: tags", Text: true, Max: 1e6, make: longLines("<b>x</b> ")},
	{Name: "text: tags, open", Text: true, Max: 1e6, make: longLines("<img src=")},
	{Name: "text: less-than signs", Text: true, Max: 5e6, make: longLines("<")},
	{Name: "text: zero-width characters", Text: true, Max: 3e6, make: longLines("x\u200b\u202e")},
	{Name: "text: broken UTF-8", Text: true, Max: 3e6, make: longLines("words \xe2\x82 ")},
	{Name: "text: letters of three bytes", Text: true, Max: 5e6, make: longLines("\u6c34")},
	{Name: "text: addresses", Text: true, Max: 3e5, make: longLines("https://example.org/a/b?c=d ")},
	{Name: "text: markdown", Text: true, Max: 3e5, make: lines("[x](https://example.org) **y** ![z](a.png)\n")},
	{Name: "text: cells", Text: true, Max: 1e6, make: lines("1\t2\t3\t4\n")},
	{Name: "text: tabs", Text: true, Max: 3e6, make: longLines("1\t")},
}

// wrap breaks s at blanks into lines of at most so many bytes.
func wrap(s string, width int) string {
	b := []byte(s)
	at, blank := 0, -1
	for i, c := range b {
		if c == ' ' {
			blank = i
		}
		if i-at >= width && blank > at {
			b[blank] = '\n'
			at = blank + 1
		}
	}
	return string(b)
}
