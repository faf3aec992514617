package main

import (
	"bytes"
	"encoding/json"

	"github.com/winnowtext/winnow/clean"
	"github.com/winnowtext/winnow/clean/record"
)

// render makes the output for an input: of res or, in the JSON formats only,
// of err; of both where res is only a part.
func (c *cleaner) render(name string, res *clean.Result, err error) []byte {
	if c.set.format == formatText {
		switch {
		case err != nil:
			return nil
		case c.set.view == viewExplain:
			return explain(res.Decisions, c.set.ink)
		}
		return []byte(res.Text)
	}
	rec := record.Record{Source: name, Result: res}
	if err != nil {
		rec.Error = c.reason(err)
	}
	if res != nil && !c.set.explain { // other flags need decisions as well
		short := *res
		short.Decisions = nil
		rec.Result = &short
	}
	line, err := rec.AppendJSON(nil)
	if err != nil {
		// A number that JSON has no form for. Errors always have one.
		return c.render(name, nil, err)
	}
	line = append(line, '\n')
	if c.set.format == formatJSONL {
		return line
	}
	var b bytes.Buffer
	if err := json.Indent(&b, line, "", "  "); err != nil {
		return c.render(name, nil, err)
	}
	return b.Bytes()
}
