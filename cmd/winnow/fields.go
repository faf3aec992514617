package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/winnowtext/winnow/clean/record"
)

// printable are the fields of a record that -p prints, in the order of records.
var printable = []string{
	"source", "error", "schema", "format", "verdict", "score", "type", "type_p", "title", "authors", "byline", "published",
	"published_precision", "modified", "modified_precision", "site_name", "source_name", "language", "direction", "excerpt",
	"section", "tags", "image", "images", "favicon", "url", "canonical", "data_type", "free", "words", "warnings", "text",
}

// checkFields refuses fields that -p cannot print.
func checkFields(fields []string) error {
	for _, f := range fields {
		switch {
		case slices.Contains(printable, f):
		case slices.Contains([]string{"blocks", "comments", "origins", "decisions"}, f):
			return fmt.Errorf("-p: %s is no single value: use -f json", f)
		default:
			return fmt.Errorf("-p: unknown field %q%s (winnow help formats lists them)", f, didYouMean(f, printable))
		}
	}
	return nil
}

// fieldLine is the fields of a record in a line: lists with commas, several fields with
// tabs between them and their white space squeezed. A text by itself stays as it is.
func fieldLine(fields []string, rec *record.Record) ([]byte, error) {
	data, err := rec.MarshalJSON()
	if err != nil {
		return nil, err
	}
	var values map[string]json.RawMessage
	if err := json.Unmarshal(data, &values); err != nil {
		return nil, err
	}
	if len(fields) == 1 && fields[0] == "text" {
		return []byte(rec.Result.Text), nil
	}
	cells := make([]string, len(fields))
	for i, f := range fields {
		cells[i] = strings.Join(strings.Fields(plainValue(values[f])), " ")
	}
	return []byte(strings.Join(cells, "\t") + "\n"), nil
}

// plainValue is a JSON value as people write it; an object stays JSON.
func plainValue(raw json.RawMessage) string {
	var text string
	var list []string
	switch {
	case len(raw) == 0 || string(raw) == "null":
		return ""
	case json.Unmarshal(raw, &text) == nil:
		return text
	case json.Unmarshal(raw, &list) == nil:
		return strings.Join(list, ", ")
	}
	return string(raw)
}
