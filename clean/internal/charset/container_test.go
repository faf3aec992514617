package charset

import "testing"

func TestContainer(t *testing.T) {
	for text, want := range map[string]string{
		`{"title": "Ferry late", "text": "It is."}`: "JSON",
		"[1, 2]\n":                                      "",
		"{\"a\": 1}\n{\"a\": 2}\n":                      "JSON Lines",
		"\ufeff{\"a\": 1}\n{\"a\":":                     "JSON Lines",
		"{Laughter} The ferry was late again.\nIt was.": "",
		"[Music] The ferry was late again.":             "",
		"[1] The ferry was late.":                       "",
		"{}":                                            "",
		"<?xml version=\"1.0\"?><rss><channel></channel></rss>":                                  "a feed",
		"<feed xmlns=\"http://www.w3.org/2005/Atom\"></feed>":                                    "a feed",
		"<html><body>{}</body></html>":                                                           "",
		"WARC/1.0\r\nWARC-Type: response\r\n":                                                    "a web archive",
		"From: <Saved>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x":   "MHTML",
		"From: A. Writer\nSubject: the ferry\n\nIt is late.":                                     "",
		"id,url,text\n1,a,The ferry\n2,b,\"Late, again\"\n":                                      "a table",
		"id\turl\ttext\n1\ta\tx\n2\tb\ty\n":                                                      "a table",
		"Red, white, and blue\nare colours, of flags, as all know\nby heart, by now, I think.\n": "",
		"The ferry, which was late, left.\nNobody, it seems, cared.\nIt, too, was late.":         "",
		"Well\tApril\tJune\n\nAll figures are metres.\n":                                         "",
		"": "",
	} {
		if got := Container([]byte(text)); got != want {
			t.Errorf("%.60q: %q, want %q", text, got, want)
		}
	}
}
