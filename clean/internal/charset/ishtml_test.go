package charset

import (
	"strings"
	"testing"
)

func TestIsHTML(t *testing.T) {
	html := map[string]string{
		"page":             "<!DOCTYPE html><html><body>x</body></html>",
		"old doctype":      "\n<!doctype HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\">\nx",
		"XHTML":            "<?xml version=\"1.0\"?>\n<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\">",
		"XHTML, no type":   "<?xml version=\"1.0\"?><html>",
		"comment first":    "<!-- saved from a site -->\n<html>",
		"no type":          "<HTML><BODY>x",
		"script first":     "<script type=\"x\">var a = 1;\nvar b = 2;\n</script>\n<!DOCTYPE html><html><body>text</body></html>",
		"own element":      "<x-banner></x-banner><html><body>text</body></html>",
		"unknown first":    "<text id=\"a12\" title=\"x\"><h1>Ferry late</h1><p>The ferry is late.<br>It is.</p><table><tr><td>x</td></tr></table></text>",
		"fragment":         "<p>One paragraph of a feed item.</p>\n<p>Another.</p>",
		"open paragraphs":  "<p>One paragraph of a feed item\nover two lines.\n<p>Another\nof two lines.",
		"div":              "<div class=\"post\">\nText of the post,\nwrapped by its author\nat forty columns.\n</div>",
		"list":             "<ul>\n<li>one\n<li>two\n</ul>",
		"text first":       "A lead without markup. <p>Then a paragraph that is quite a bit longer than the lead was.</p>",
		"breaks":           "First line<br />\nSecond line<br />\nThird line<br />",
		"inline":           "A teaser with a <a href=\"https://example.com/\">link</a> and <b>bold</b> words.",
		"image":            "<img src=\"a.jpg\" alt=\"\" /> A teaser of one sentence.",
		"code in pre":      "<p>Do this:</p>\n<pre>\na = 1\nb = 2\nc = 3\n</pre>",
		"dash in fragment": "<p>- one</p>\n<p>- two</p>\n<p># three</p>",
	}
	for name, s := range html {
		if !IsHTML([]byte(s)) {
			t.Errorf("%s: not taken for HTML", name)
		}
	}
	prose := strings.Repeat("A line of plain text that nobody marked up.\n", 20)
	text := map[string]string{
		"empty":              "",
		"words":              "Just a few words.",
		"flattened":          prose,
		"left-over tags":     prose + "<img src=\"a.jpg\" width=\"1\">\n" + prose + "</div>\n" + prose + "a <b>bold</b> word\n",
		"left-over at start": "<div id=\"x\">First words\n" + prose,
		"one long line":      strings.Repeat("Words without an end, and no markup at all, go on. ", 60) + "<img src=a.jpg> and <img src=b.jpg> and on.",
		"code talk":          "Use the <div> tag for blocks and the <span> tag for the rest.",
		"code talk, p":       "The <p> element is a paragraph.\nThe <li> element is a list item.\n",
		"placeholders":       "Run: tool <name> <title> [<type>]\n",
		"comparison":         "if a < b and c > d then a <b and c> d",
		"mail":               "From: A. Writer <writer@example.com>\n\nSee <https://example.com/>.\n",
		"Markdown":           "# Title\n\nSome *text* with <br> and <b>bold</b>.\n\n- one\n- two\n\n## More\n\n```\n<p>code</p>\n```\n",
		"Markdown, HTML top": "<p align=\"center\"><img src=\"logo.png\"></p>\n\n# Tool\n\nA tool that does [things](https://example.com/).\n\n## Use\n\n- run it\n- read it\n\n" + prose,
		"RSS":                "<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><title>x</title><item><description>&lt;p&gt;x</description></item></channel></rss>",
		"Atom":               "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>x</title><link href=\"x\"/></feed>",
		"sitemap":            "<?xml version=\"1.0\"?><urlset><url><loc>https://example.com/</loc></url></urlset>",
		"SVG":                "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>x</title></svg>",
		"JSON":               "{\"html\": \"<b>x\", \"n\": 1}",
		"other XML":          "<doc><head2>x</head2><para>One.</para><para>Two.</para><p>Three.</p><b>Four</b></doc>",
		"escaped":            "&lt;p&gt;A paragraph.&lt;/p&gt;",
		"tag not closed":     "<p",
		"less-than signs":    strings.Repeat("<", 1000),
	}
	for name, s := range text {
		if IsHTML([]byte(s)) {
			t.Errorf("%s: taken for HTML", name)
		}
	}
}
