package meta

import "testing"

func TestTitle(t *testing.T) {
	for name, c := range map[string]struct{ page, want string }{
		"suffix":             {`<title>Rain ends the long drought - Weather Daily</title>`, "Rain ends the long drought"},
		"bars":               {`<title>Rain ends the long drought | News | Weather Daily</title>`, "Rain ends the long drought"},
		"prefix":             {`<meta property="og:site_name" content="Weather Daily"><title>Weather Daily: Rain ends the long drought</title>`, "Rain ends the long drought"},
		"prefix with bar":    {`<meta property="og:site_name" content="Weather Daily"><title>Weather Daily | Rain ends the long drought</title>`, "Rain ends the long drought"},
		"host":               {`<title>Rain ends the drought, at last, in the north · weather</title>`, "Rain ends the drought, at last, in the north"},
		"dash of its own":    {`<title>Rain - and nothing but rain</title>`, "Rain - and nothing but rain"},
		"dash, h1":           {`<title>Rain - and nothing but rain - Weather Daily</title><h1>Rain - and nothing but rain</h1>`, "Rain - and nothing but rain"},
		"colon of its own":   {`<title>Drought: rain ends a long wait</title>`, "Drought: rain ends a long wait"},
		"entities":           {`<meta property="og:title" content="Rain &amp;amp; shine over the fields"><title>x</title>`, "Rain & shine over the fields"},
		"white space":        {"<title>\n  Rain ends\u00a0 the\n drought\u00ad </title>", "Rain ends the drought"},
		"h1 agrees":          {`<meta property="og:title" content="Rain ends the long drought in the north | Weather"><title>Rain | Weather</title><h1>Weather Daily</h1><h1>Rain ends the long drought</h1>`, "Rain ends the long drought"},
		"h1 is the site":     {`<meta property="og:site_name" content="Weather Daily"><title>Rain ends the drought - Weather Daily</title><h1>Weather Daily</h1>`, "Rain ends the drought"},
		"h1 is the blog":     {`<meta property="og:title" content="A wet day in the north"><title>Ada's Diary: A wet day in the north</title><h1>Ada's Diary</h1>`, "A wet day in the north"},
		"short name of blog": {`<meta property="og:title" content="Wet days"><title>A Year of Ada's Days: Wet days</title><h1>A Year of Ada's Days</h1>`, "Wet days"},
		"h3 is the post":     {`<title>A Year of Ada's Days: Wet days</title><h1><a href=/>A Year of Ada's Days</a></h1><h3 class="post-title entry-title">Wet days</h3>`, "Wet days"},
		"h3 of many posts":   {`<title>A Year of Ada's Days</title><h1>A Year of Ada's Days</h1><h3 class=entry-title>Wet days</h3><h3 class=entry-title>Dry days</h3>`, "A Year of Ada's Days"},
		"pilcrow":            {`<title>Measuring rain - Handbook</title><h1>Measuring rain<a class=headerlink href="#measuring">¶</a></h1>`, "Measuring rain"},
		"hash":               {`<h1>Measuring rain in C#<a class=headerlink href="#measuring">#</a></h1>`, "Measuring rain in C#"},
		"hash of its own":    {`<h1>Measuring rain in C#</h1>`, "Measuring rain in C#"},
		"h1 in capitals":     {`<title>Rain ends the drought</title><h1>RAIN ENDS THE DROUGHT</h1>`, "Rain ends the drought"},
		"capitals, others":   {`<meta property="og:title" content="Long Drought 2024: Rain at Last"><title>Long Drought 2024: Rain at Last</title><h1>RAIN ENDS THE LONG DROUGHT</h1>`, "Long Drought 2024: Rain at Last"},
		"small letters":      {`<title>History of rain</title><h1>history of rain</h1>`, "History of rain"},
		"small on purpose":   {`<title>eRain ends the drought</title><h1>eRain ends the drought</h1>`, "eRain ends the drought"},
		"two bars, h1":       {`<title>Rain ends the drought | Patients | Weather Daily</title><h1>Rain ends the drought | Patients | Weather Daily</h1>`, "Rain ends the drought"},
		"cut off for data": {`<meta property="og:title" content="Rain ends the long drought in the north, the south, the east, the west and at sea, where nobody had asked for it before"><title>x</title>
			<script type="application/ld+json">{"@type":"Article","headline":"Rain ends the long drought in the north, the south, the east, the west and at sea, where nobody had"}</script>`,
			"Rain ends the long drought in the north, the south, the east, the west and at sea, where nobody had asked for it before"},
		"h1 is a banner":        {`<meta property="og:title" content="How much rain is normal"><title>How much rain is normal</title><h1>Book your umbrella today</h1>`, "How much rain is normal"},
		"h1 with section":       {`<title>Rain ends the drought | Opinion</title><h1>Rain ends the drought | Opinion</h1>`, "Rain ends the drought"},
		"h1 for machines":       {`<meta property="og:title" content="Ferries stay in port today"><title>Storm in the north: ferries - x</title><h1>Storm in the north: ferries</h1><h2>Ferries stay in port today</h2>`, "Ferries stay in port today"},
		"h1 beside the article": {`<meta property="og:title" content="Ferries stay in port today"><title>Storm in the north: ferries - x</title><footer><h1>Storm in the north: ferries</h1></footer><h2>Gales – Ferries stay in port today</h2>`, "Ferries stay in port today"},
		"kicker in h2":          {`<meta property="og:title" content="Gales in the north: Ferries stay in port"><h1>Ferries stay in port</h1><h2>Gales in the north Ferries stay in port</h2>`, "Ferries stay in port"},
		"glued colon":           {`<meta property="og:title" content="Gales in the north: ferries stay in port"><h1>Gales in the north:ferries stay in port</h1>`, "Gales in the north: ferries stay in port"},
		"kicker":                {`<meta property="og:title" content="Rain ends the drought"><title>Rain ends the drought - x</title><h1>The north <br>Rain ends the drought</h1>`, "Rain ends the drought"},
		"quotation marks":       {`<title>«Rain ends the drought» says minister</title>`, "«Rain ends the drought» says minister"},
		"only h2":               {`<h2>Rain ends the drought</h2>`, "Rain ends the drought"},
		"svg title":             {`<body><svg><title>Icon</title></svg><h1>Rain ends the drought</h1>`, "Rain ends the drought"},
		"title as site name":    {`<meta name="application-name" content="Rain ends the long drought"><title>Rain ends the long drought</title><h1>Back to home</h1>`, "Rain ends the long drought"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := extract(t, c.page, "https://www.weather.example/rain").Title; got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestHeadlines(t *testing.T) {
	m := extract(t, `<meta property="og:title" content="Rain comes to the dry north"><title>Rain in the north - X</title><h1>Rain comes to the dry north</h1>`, "")
	want := []string{"Rain comes to the dry north", "Rain in the north"}
	if len(m.Headlines) != len(want) || m.Headlines[0] != want[0] || m.Headlines[1] != want[1] {
		t.Errorf("%q", m.Headlines)
	}
}

func TestTitleOf(t *testing.T) {
	for name, c := range map[string]struct {
		lines []string
		want  string
	}{
		"headline":       {[]string{"", "Rain ends the long drought", "", "It rained for the first time in months on Tuesday."}, "Rain ends the long drought"},
		"question":       {[]string{"Will it rain again?", "Nobody knows yet, says the office."}, "Will it rain again?"},
		"sentence":       {[]string{"It rained for the first time in months.", "It was a lot."}, ""},
		"lower case":     {[]string{"by Our Own Reporter", "It rained for the first time in months."}, ""},
		"label":          {[]string{"Advertisement:", "It rained for the first time in months."}, ""},
		"one short word": {[]string{"Menu", "It rained for the first time in months."}, ""},
		"alone":          {[]string{"Rain ends the long drought"}, ""},
		"nothing":        {nil, ""},
		"Chinese":        {[]string{"干旱终于结束", "星期二下了几个月来的第一场雨。"}, "干旱终于结束"},
		"address":        {[]string{"See https://x.example/a", "It rained for the first time in months."}, ""},
	} {
		if got := TitleOf(c.lines); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
