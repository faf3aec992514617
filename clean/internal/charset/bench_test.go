package charset

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

func BenchmarkPage(b *testing.B) {
	page := ordinaryPage()
	legacy := bytes.ReplaceAll(page, []byte("\u00e9"), []byte("\xe9"))
	legacy = bytes.ReplaceAll(legacy, []byte("\u201c"), []byte("\x93"))
	legacy = bytes.ReplaceAll(legacy, []byte("\u201d"), []byte("\x94"))
	legacy = bytes.ReplaceAll(legacy, []byte("charset=utf-8"), nil)
	run := func(name string, work func()) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(page)))
			b.ReportAllocs()
			for b.Loop() {
				work()
			}
		})
	}
	var m Memory
	run("Read", func() { _, _ = m.Read(bytes.NewReader(page), 0) })
	run("Decode", func() { _, _, _ = m.Decode(page, "") })
	run("Decode legacy", func() { _, _, _ = m.Decode(legacy, "") })
	run("IsHTML", func() { IsHTML(page) })
	run("IsHTML fragment", func() { IsHTML(page[len(page)/4:]) })
}

// ordinaryPage is a page of 200 paragraphs with links.
func ordinaryPage() []byte {
	var sb strings.Builder
	sb.WriteString("<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>News</title></head><body>")
	for i := range 200 {
		fmt.Fprintf(&sb, "<div class=\"block block--%d\" data-id=\"%d\"><p>Paragraph %d has a <a href=\"/p/%d\">link</a>, "+
			"some <b>bold</b> words, caf\u00e9s and \u201cquotes\u201d that go on for a line or two.</p></div>\n", i%7, i, i, i)
	}
	sb.WriteString("</body></html>")
	return []byte(sb.String())
}
