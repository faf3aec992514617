package main

import (
	"bytes"
	"encoding/json"
	"time"

	"github.com/winnowtext/winnow/clean"
)

// A record is an object of the JSON formats. Its field names are part of the
// command's interface.
type record struct {
	Source  string        `json:"source"`
	Error   *string       `json:"error"`
	Verdict clean.Verdict `json:"verdict"`
	Score   float64       `json:"score"`

	Title      string `json:"title"`
	Byline     string `json:"byline,omitempty"`
	Published  string `json:"published,omitempty"`
	Modified   string `json:"modified,omitempty"`
	SiteName   string `json:"site_name,omitempty"`
	SourceName string `json:"source_name,omitempty"`
	Language   string `json:"language,omitempty"`
	Excerpt    string `json:"excerpt,omitempty"`
	Image      string `json:"image,omitempty"`
	URL        string `json:"url,omitempty"`

	Text      string           `json:"text"`
	Decisions []clean.Decision `json:"decisions,omitempty"`
}

// render makes the output for an input: of res or, in the JSON formats only,
// of err; of both where res is only a part.
func (c *cleaner) render(in input, res *clean.Result, err error) []byte {
	if c.set.format == formatText {
		switch {
		case err != nil:
			return nil
		case c.set.view == viewExplain:
			return explain(res.Decisions, c.set.ink)
		}
		return []byte(res.Text)
	}
	r := record{Source: in.name}
	if err != nil {
		why := c.reason(err)
		r.Error = &why
	}
	if res != nil {
		r.fill(res, c.set.explain)
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if c.set.format == formatJSON {
		enc.SetIndent("", "  ")
	}
	if err := enc.Encode(r); err != nil {
		// A number that JSON has no form for. Errors always have one.
		return c.render(in, nil, err)
	}
	return safeJSON(b.Bytes())
}

func (r *record) fill(res *clean.Result, decisions bool) {
	r.Verdict, r.Score = res.Verdict, res.Score
	r.Title, r.Byline = res.Title, res.Byline
	r.Published, r.Modified = stamp(res.Published), stamp(res.Modified)
	r.SiteName, r.SourceName = res.SiteName, res.Source
	r.Language, r.Excerpt = res.Language, res.Excerpt
	r.Image, r.URL = res.Image, res.URL
	r.Text = res.Text
	if decisions {
		r.Decisions = res.Decisions
	}
}

// stamp writes a time as RFC 3339, and as a date where it is midnight UTC, the
// library's sign for a time of day that is not known.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	if t.Location() == time.UTC && t.Equal(t.Truncate(24*time.Hour)) {
		return t.Format(time.DateOnly)
	}
	return t.Format(time.RFC3339)
}
