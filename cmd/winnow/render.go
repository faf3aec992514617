package main

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/winnowtext/winnow/clean"
	"github.com/winnowtext/winnow/clean/batch"
	"github.com/winnowtext/winnow/clean/record"
)

// render makes the output for an input: of res or, where it stands among others,
// of err; of both where res is only a part.
func (c *cleaner) render(item *batch.Item, res *clean.Result, err error) []byte {
	if c.set.formatOf(item) == formatText {
		switch {
		case err != nil:
			return nil
		case c.set.view == viewExplain:
			return explain(res.Decisions, c.set.ink)
		}
		return []byte(res.Text)
	}
	rec := record.Record{Source: item.Name, Result: res}
	if err != nil {
		rec.Error = c.reason(err)
	}
	if res != nil && !c.set.explain { // other flags need decisions as well
		short := *res
		short.Decisions = nil
		rec.Result = &short
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
