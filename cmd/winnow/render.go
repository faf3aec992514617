package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/winnowtext/winnow/clean"
	"github.com/winnowtext/winnow/clean/batch"
	"github.com/winnowtext/winnow/clean/record"
)

// render makes the output for an input: of res or, where it stands among others,
// of err; of both where res is only a part.
func (c *cleaner) render(item *batch.Item, res *clean.Result, err error) []byte {
	switch format := c.set.formatOf(item); format {
	case formatText, formatMarkdown, formatHTML:
		switch {
		case err != nil:
			return nil
		case c.set.view == viewExplain && c.set.options.NoReasons:
			return listRemoved(res.Decisions, c.set.ink)
		case c.set.view == viewExplain:
			return explain(res, c.set.removed, c.set.ink)
		case format == formatText:
			format = c.set.as
		}
		return []byte(c.body(res, format))
	}
	rec := record.Record{Source: item.Name, Result: res}
	if err != nil {
		rec.Error = c.reason(err)
	}
	if res != nil {
		short := *res
		switch { // other flags need decisions as well
		case !c.set.explain:
			short.Decisions, short.Origins = nil, nil
		case c.set.removed:
			short.Decisions = slices.DeleteFunc(slices.Clone(res.Decisions), func(d clean.Decision) bool { return d.Kept })
		}
		if !c.set.blocks {
			short.Blocks = nil
		}
		short.Text = c.body(res, c.set.as)
		rec.Result = &short
	}
	if c.set.formatOf(item) == formatFields {
		if res == nil || rec.Result.Verdict == "" && err != nil {
			return nil
		}
		line, bad := fieldLine(c.set.fields, &rec)
		if bad != nil {
			return nil // a score that JSON has no form for
		}
		return line
	}
	line, err := c.line(item, &rec)
	if err != nil {
		// A number that JSON has no form for. Errors always have one.
		return c.render(item, nil, err)
	}
	if c.set.formatOf(item) != formatJSON {
		return line
	}
	var b bytes.Buffer
	if err := json.Indent(&b, line, "", "  "); err != nil {
		return c.render(item, nil, err)
	}
	return b.Bytes()
}

// line is a record as JSON, or the row it came in with its body replaced.
func (c *cleaner) line(item *batch.Item, rec *record.Record) (line []byte, err error) {
	switch {
	case item.Row == nil:
		line, err = rec.AppendJSON(nil)
	case c.set.formatOf(item) == formatTable && rec.Error != "":
		return item.Row.AppendTable(nil, nil), nil
	case c.set.formatOf(item) == formatTable:
		return item.Row.AppendTable(nil, &rec.Result.Text), nil
	default:
		if rec.Error != "" {
			rec.Error = fmt.Sprintf("row %d: %s", item.Row.Number, rec.Error)
		}
		line, err = item.Row.AppendJSON(nil, rec)
	}
	return append(line, '\n'), err
}

// body is the article in one of the forms that it is put out in.
func (c *cleaner) body(res *clean.Result, form string) string {
	switch form {
	case formatMarkdown:
		if c.set.front {
			return frontMatter(res) + res.Markdown()
		}
		return res.Markdown()
	case formatHTML:
		return res.HTML()
	}
	return res.Text
}

// frontMatter is what is known about an article as YAML between two lines of dashes,
// as makers of sites and of notes read it. Its strings are those of JSON, which YAML
// takes as they are.
func frontMatter(res *clean.Result) string {
	var b strings.Builder
	b.WriteString("---\n")
	for _, field := range []struct{ name, value string }{
		{"title", res.Title}, {"author", res.Byline}, {"date", day(res.Published)}, {"updated", day(res.Modified)},
		{"site", res.SiteName}, {"source", res.Source}, {"url", res.URL}, {"image", res.Image}, {"lang", res.Language}, {"description", res.Excerpt},
	} {
		if field.value == "" {
			continue
		}
		if field.name != "date" && field.name != "updated" {
			quoted, err := json.Marshal(field.value)
			if err != nil {
				continue // no string is without a form in JSON
			}
			field.value = string(quoted)
		}
		b.WriteString(field.name + ": " + field.value + "\n")
	}
	b.WriteString("---\n\n")
	return b.String()
}

// day is a date, with its time where that is known; "" when none is.
func day(t time.Time) string {
	switch {
	case t.IsZero() || t.Year() > 9999:
		return ""
	case t.Location() == time.UTC && t.Equal(t.Truncate(24*time.Hour)):
		return t.Format(time.DateOnly)
	}
	return t.Format(time.RFC3339)
}
