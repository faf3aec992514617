package main

import (
	"fmt"
	"os"
	"strings"
)

func Example() {
	feed := `<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><item><title>Ferry &amp; fog</title><link>https://isle.example/fog</link>
<content:encoded><![CDATA[<p onclick="x()">The ferry left at noon, as the <a href="/plan">plan</a> says.</p><script>steal()</script><p><img src="fog.jpg" alt="Fog"></p><p>Then the fog came.</p>]]></content:encoded></item></channel></rss>`
	if err := show(strings.NewReader(feed), os.Stdout); err != nil {
		fmt.Println(err)
	}
	// Output:
	// <!doctype html><meta charset=utf-8><title>Feed</title>
	// <article><h1>Ferry &amp; fog</h1>
	// <p>The ferry left at noon, as the <a href="https://isle.example/plan">plan</a> says.</p>
	// <p><img src="https://isle.example/fog.jpg" alt="Fog"/></p>
	// <p>Then the fog came.</p>
	// </article>
}
