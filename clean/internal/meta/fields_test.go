package meta

import (
	"slices"
	"strings"
	"testing"
)

func TestSubject(t *testing.T) {
	const page = `<html lang=ar dir=rtl><head><title>The tide turns | Sea Daily</title>
		<link rel=canonical href="https://wire.example/tide"><link rel="shortcut icon" href="/fav.ico">
		<meta property="og:site_name" content="Sea Daily"><meta property="article:section" content="Coast">
		<meta property="article:tag" content="Tides"><meta property="article:tag" content="Harbours"><meta name=keywords content="a, b">
		<meta property="article:content_tier" content="locked"><meta property="og:type" content="article"></head>
		<body><h1>The tide turns</h1><p>By Ada Winter and Ben Frost | 16 Sep 2015</p>
		<figure><img src="/a.jpg" alt="A pier"><figcaption>The pier at low tide</figcaption></figure>
		<img src="dot.gif" width=1 height=1><a href="/other"><img src="/teaser.jpg"></a><img data-src="https://img.example/b.jpg" src="data:image/gif;base64,xx">
		</body></html>`
	m := (&Memory{Explain: true}).extract(t, page, "https://sea.example/tide")
	for _, c := range []struct{ what, got, want string }{
		{"authors", authors(m), "Ada Winter, Ben Frost"}, {"byline", m.Byline, "By Ada Winter and Ben Frost"},
		{"url", m.URL, "https://sea.example/tide"}, {"canonical", m.Canonical, "https://wire.example/tide"},
		{"section", m.Section, "Coast"}, {"favicon", m.Favicon, "https://sea.example/fav.ico"}, {"direction", m.Direction, "rtl"},
	} {
		if c.got != c.want {
			t.Errorf("%s %q, want %q", c.what, c.got, c.want)
		}
	}
	if !slices.Equal(m.Tags, []string{"Tides", "Harbours"}) {
		t.Errorf("tags %q", m.Tags)
	}
	if m.Free == nil || *m.Free {
		t.Errorf("free %v", m.Free)
	}
	if want := []Image{{URL: "https://sea.example/a.jpg", Caption: "The pier at low tide", Alt: "A pier"}, {URL: "https://img.example/b.jpg"}}; !slices.Equal(m.Images, want) {
		t.Errorf("images %q, want %q", m.Images, want)
	}
	for _, field := range []string{"title", "authors", "byline", "published", "section", "tags", "images", "canonical", "url", "favicon", "direction", "free", "language", "site_name", "data_type"} {
		if !slices.ContainsFunc(m.Origins, func(o Origin) bool { return o.Field == field && o.Source != "" }) {
			t.Errorf("%s: it is not said where it is from", field)
		}
	}
	if plain := extract(t, page, ""); len(plain.Origins) != 0 {
		t.Errorf("said without being asked: %v", plain.Origins)
	}
}

func TestKicker(t *testing.T) {
	for name, c := range map[string]struct{ page, want string }{
		"marked":           {`<h1><span class="kicker">Storm</span> Ferries stay in port</h1>`, "Ferries stay in port"},
		"marked, wrapped":  {`<h1><span><em class="overline">Storm</em> Ferries stay in port</span></h1>`, "Ferries stay in port"},
		"behind a colon":   {`<h1><span class="kicker">Storm:</span> Ferries stay in port</h1>`, "Storm: Ferries stay in port"},
		"two kickers":      {`<meta property="og:title" content="Northern gales: Ferries stay in port"><h1>Weather - Ferries stay in port</h1>`, "Ferries stay in port"},
		"part of it":       {`<title>Ferries - a love story</title><h1>Ferries - a love story</h1>`, "Ferries - a love story"},
		"the site behind":  {`<meta property="og:site_name" content="Sea Daily"><h1>Ferries stay in port – Sea Daily</h1>`, "Ferries stay in port"},
		"a part's heading": {`<title>Ferries stay in port</title><h2>Ferries stay in port</h2><h1>What the captain of the first one says</h1>`, "Ferries stay in port"},
	} {
		if got := extract(t, c.page, "https://sea.example/x").Title; got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestAuthors(t *testing.T) {
	const h1 = "<h1>Rain ends the long drought</h1>"
	for name, c := range map[string]struct{ page, want string }{
		"role behind":            {`<meta name=author content="Ada Winter Contributing Writer">` + h1, "Ada Winter"},
		"letters behind":         {`<meta name=author content="Ada Winter, MPH, FACX">` + h1, "Ada Winter"},
		"an agency":              {`<meta name=author content="Reuters">` + h1, ""},
		"the site":               {`<meta property="og:site_name" content="The Weather"><meta name=author content="The Weather">` + h1, ""},
		"a person's site":        {`<meta property="og:site_name" content="Ada Winter"><meta name=author content="Ada Winter">` + h1, "Ada Winter"},
		"interface":              {h1 + `<p class=byline>Twitter Facebook</p>`, ""},
		"bio":                    {h1 + `<p class=author>Bio</p>`, ""},
		"print":                  {`<meta name=author content="Print">` + h1, ""},
		"a card":                 {`<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Ada Winter">` + h1, "Ada Winter"},
		"name and date":          {h1 + `<p>Ada Winter</p><p>16 Sep 2015</p>`, "Ada Winter"},
		"name and role":          {h1 + `<p>Ada Winter | Senior Writer</p>`, "Ada Winter"},
		"a portrait":             {h1 + `<img alt="Ada Winter" src=a.jpg><p>Ada Winter</p><p>Rain</p>`, "Ada Winter"},
		"no name":                {h1 + `<p>Climate Change</p><p>Rain fell.</p>`, ""},
		"far below":              {h1 + `<div><p>Rain fell.</p></div><div><a href="/authors/ada">Ada Winter</a></div>`, "Ada Winter"},
		"a maiden name":          {h1 + `<p class=byline>By Ada (Winter) Frost</p>`, "Ada Frost"},
		"an office in brackets":  {h1 + `<p class=byline>By Ada Winter (Harbour Office)</p>`, "Ada Winter"},
		"citation authors":       {`<meta name=citation_authors content="Ada Winter"><meta name=citation_authors content="Ben Frost">` + h1, "Ada Winter, Ben Frost"},
		"names and date":         {h1 + `<p>Ada Winter, Ben Frost</p><p>16 Sep 2015</p>`, "Ada Winter, Ben Frost"},
		"the title once more":    {`<title>weather.example: Wet Days</title><h1>weather.example</h1><p>16 Sep 2015</p><h3 class=post-title>Wet Days</h3>`, ""},
		"das":                    {h1 + `<p>Mina Das in Weather</p><p>16 Sep 2015</p>`, "Mina Das"},
		"a long role":            {h1 + `<div class=author>by Ada Winter, Senior Director of the Harbour Office, Department of Tides, Currents, Buoys and Beacons</div>`, "Ada Winter"},
		"two far below":          {h1 + strings.Repeat("<p>Rain fell.</p>", 100) + `<div class=authors>Authors: Ada Winter and Ben Frost</div>`, "Ada Winter, Ben Frost"},
		"two far below, unsaid":  {h1 + strings.Repeat("<p>Rain fell.</p>", 100) + `<div class=author>Ada Winter</div><div class=author>Ben Frost</div>`, ""},
		"a date of two readings": {h1 + `<p>03/04/2015 by Ada Winter, Senior Writer</p>`, "Ada Winter"},
		"one of two for data":    {`<meta name=author content="Ada Winter">` + h1 + `<p>By Ada Winter and Ben Frost</p>`, "Ada Winter, Ben Frost"},
		"an editor of the site":  {`<meta property="og:site_name" content="Tidewatch"><meta name=author content="Tidewatch Web Crew">` + h1 + `<p class=author>Ada Winter</p>`, "Ada Winter"},
		"below the other h1":     {`<meta property="og:title" content="Wet days in the north"><title>Wet days in the north</title><h2>Wet days in the north</h2><p>By Ada Winter</p>` + strings.Repeat("<p>Rain fell.</p>", 100) + `<h1>What they love is the sense of water</h1>`, "Ada Winter"},
		"a column of the author": {h1 + `<aside class="post-author">Ada Winter</aside>`, "Ada Winter"},
	} {
		if got := authors(extract(t, c.page, "https://weather.example/rain")); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
