package hostile

import (
	"bytes"
	"compress/gzip"
	"strings"
	"unicode/utf16"
)

// octets holds shapes of the bytes: what a tokenizer and a decoder meet.
var octets = []Shape{
	{Name: "one text", Max: 50e6, make: func(n int) string { return page(prose(n)) }},
	{Name: "one paragraph", Max: 50e6, make: func(n int) string { return page("<p>" + prose(n) + "</p>") }},
	{Name: "one word", Max: 50e6, make: repeat("x")},
	{Name: "white space", Max: 50e6, make: repeat(" ")},
	{Name: "line ends", Max: 20e6, make: repeat("\r\n")},
	{Name: "letters of three bytes", Max: 10e6, make: repeat("\u6c34")},
	{Name: "ordinary paragraphs", Max: 50e6, make: func(n int) string {
		return page(strings.Repeat("<p>"+prose(400)+"<a href=/b>"+prose(30)+"</a></p>\n<div class=box><ul><li>x</li></ul></div>\n", n/540+1))
	}},

	{Name: "attributes of a tag", Max: 1e6, make: func(n int) string {
		return page("<div" + numbered(" a%d=1", n) + ">" + strings.Repeat("<i a=1>x</i>", 1000))
	}},
	{Name: "attributes of many tags", Max: 1e4, make: func(n int) string {
		return page(strings.Repeat("<div"+numbered(" a%d=1", 100)+">x</div>", n))
	}},
	{Name: "same attribute", Max: 1e6, make: around("<div", " class=x", ">x</div>")},
	{Name: "class list", Max: 1e6, make: func(n int) string { return page("<div class='" + numbered("c%d ", n) + "'>x</div>") }},
	{Name: "class lists", Max: 1e4, make: func(n int) string {
		return page(strings.Repeat("<div class='"+numbered("c%d ", 100)+"'>x</div>", n))
	}},
	{Name: "different classes", Max: 3e5, make: each("<div class=c%d>x</div>")},
	{Name: "different ids", Max: 3e5, make: each("<div id=share-%d>x</div>")},
	{Name: "style of many parts", Max: 1e6, make: around("<div style='", "color:red;", "'>x</div>")},
	{Name: "styles", Max: 3e5, make: each("<span style='color:#%06x;background:#fff'>x </span>")},
	{Name: "srcset", Max: 1e6, make: around("<img srcset='", "a.jpg 100w, ", "'>")},
	{Name: "data address", Max: 20e6, make: around("<img src='data:image/png;base64,", "A", "'>")},
	{Name: "long tag name", Max: 10e6, make: around("<", "x", ">x")},

	{Name: "entities", Max: 1e6, make: repeat("&amp;")},
	{Name: "entities by number", Max: 1e6, make: repeat("&#120;&#x79;")},
	{Name: "broken entities", Max: 1e6, make: repeat("&#xZ;&notanentity&;")},
	{Name: "entities in an attribute", Max: 1e6, make: around("<a title='", "&quot;", "'>x</a>")},
	{Name: "comments", Max: 1e6, make: repeat("<!-- x -->")},
	{Name: "comments, open", Max: 1e6, make: repeat("<!-- x")},
	{Name: "comments of dashes", Max: 1e6, make: repeat("<!--")},
	{Name: "comment ends that are none", Max: 1e6, make: around("<!--", "--!-", "-->")},
	{Name: "CDATA", Max: 1e6, make: repeat("<![CDATA[x]]>")},
	{Name: "CDATA in svg", Max: 1e6, make: around("<svg>", "<![CDATA[x]]>", "</svg>")},
	{Name: "CDATA in svg, open", Max: 1e6, make: repeat("<svg><![CDATA[x")},
	{Name: "scripts", Max: 3e5, make: repeat("<script>x<y</script>")},
	{Name: "scripts, open", Max: 1e6, make: repeat("<script>x")},
	{Name: "scripts in comments", Max: 3e5, make: repeat("<script><!--<script>x</script>")},
	{Name: "styles, open", Max: 1e6, make: repeat("<style>x")},
	{Name: "titles, open", Max: 1e6, make: repeat("<title>x")},
	{Name: "textareas, open", Max: 1e6, make: repeat("<textarea>x")},
	{Name: "end tags, open", Max: 1e6, make: repeat("</script </style </p ")},
	{Name: "less-than signs", Max: 10e6, make: repeat("<")},
	{Name: "less-than and space", Max: 5e6, make: repeat("< ")},
	{Name: "quotes, open", Max: 1e6, make: repeat("<a b=\"")},
	{Name: "question marks", Max: 1e6, make: repeat("<?x>")},
	{Name: "NUL bytes", Max: 1e6, make: repeat("x\x00yz words ")},
	{Name: "broken UTF-8", Max: 1e6, make: repeat("caf\xc3\xa9 words and more of them, \xe2\x82 ")},

	{Name: "gzip bomb", Max: 1000, Packed: true, make: func(n int) string { return packed(page(strings.Repeat(" ", n<<16))) }},
	{Name: "gzip of members", Max: 3e5, Packed: true, make: func(n int) string {
		return packed(page("")) + strings.Repeat(packed(""), n)
	}},
	{Name: "UTF-16", Max: 5e6, Packed: true, make: func(n int) string { return wide(page(prose(n))) }},
	{Name: "windows-1252, undeclared", Max: 10e6, Packed: true, make: func(n int) string {
		return page("<p>" + strings.ReplaceAll(prose(n), "a ", "\xe9\xe8 ") + "</p>")
	}},
	{Name: "Shift JIS", Max: 3e6, Packed: true, make: func(n int) string {
		return "<meta charset=shift_jis>" + page("<p>"+strings.Repeat("\x90\x85\x82\xcc", n)+"</p>")
	}},
	{Name: "charsets declared", Max: 1e5, Packed: true, make: func(n int) string {
		return page(strings.Repeat("<meta charset=shift_jis><meta charset=euc-kr><meta charset=gb18030><p>\xff\xfe\xfd\xa0\x81</p>", n))
	}},
	{Name: "ISO-2022-JP escapes", Max: 1e6, Packed: true, make: around("<meta charset=iso-2022-jp><p>", "\x1b$B?e\x1b(B x ", "</p>")},
}

func packed(s string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write([]byte(s)) // a Buffer takes all
	_ = z.Close()
	return b.String()
}

func wide(s string) string {
	b := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return string(b)
}
