// Package record is what became of an input, as JSON: the one schema in which
// the command writes and in which programs in any language read.
//
// A record is a JSON object. In files there is one a line (JSON Lines), or an
// array of them. Its fields, in the order they are written in:
//
//	source       string           name of the input; "-" is standard input
//	error        string or null   why it could not be worked on, or not in full
//	schema       number           version of the schema: 1
//	format       string           what it was read as: "html" or "text"
//	verdict      string           "article", "partial", "stub", "listing" or "empty"; "" when there is no result
//	score        number           between 0 and 1, see clean.Result
//	type         string           what kind of page it is: "article", "listing", "forum", "product", "documentation" or "other"
//	type_p       number           between 0 and 1: how probable that is
//	title        string           headline without the site's name
//	authors      array of string  names of those who wrote it
//	byline       string           the authors as printed
//	published    string           RFC 3339 to the second; only the date where no time of day is known;
//	                              none of a year after 9999
//	published_precision  string   "day" or "time": how much of it is known
//	modified     string           as published
//	modified_precision   string   as published_precision
//	site_name    string           name of the site
//	source_name  string           agency or publication the text was taken from
//	language     string           BCP 47, such as "en" or "pt-BR"
//	direction    string           "ltr" or "rtl": direction of the text
//	excerpt      string           the page's own summary
//	section      string           part of the site, such as "Sport"
//	tags         array of string  what the page says it is about
//	image        string           absolute address of the lead image
//	images       array            pictures of the article: objects of url, caption and alt (strings)
//	favicon      string           absolute address of the site's icon
//	url          string           canonical address on the same site, else the one that was given
//	canonical    string           canonical address as the page gives it, on whatever site
//	data_type    string           what the page's own data says it is, such as "NewsArticle"
//	free         boolean          what the page says about whether all may read it
//	words        number           words in text
//	warnings     array of string  what was decided though the input or the options say otherwise; for people
//	text         string           the clean text; it ends in a newline, or is empty
//	original     string           all text before anything was removed; left out unless asked for by Options.Original
//	blocks       array            the text with its structure, see below; left out when nil or empty
//	comments     array            what readers have written: objects of author, published (strings), depth (number, left
//	                              out when 0) and text (string); left out when nil or empty
//	origins      array            where the fields were found: objects of field, source and name (strings);
//	                              left out when nil or empty
//	decisions    array            what happened to each piece of the input, in reading order; left out when nil or empty
//
// Source, error, schema, verdict, score, title and text are always there, the
// others where something is known. Blocks, comments, origins and decisions are there where
// they were asked for and there are any: programs ask by Structure, Comments and Explain of
// [clean.Options], users of the command by --blocks, --comments and --explain. An empty list that
// was asked for is read as nil. With --as md or --as html of the command, text is
// Markdown or HTML.
//
// The fields from schema on are also what json.Marshal makes of a [clean.Result].
// A decision is an object of
//
//	kept         boolean          it is in the text
//	kind         string           what a piece is that was removed, or would have been, such as "ad"
//	rule         string           id of the rule that decided, "model" or "none"
//	named        string           id of the rule that gave the kind, where another decided
//	step         string           the step that decided
//	p            number           probability that it belongs to the article, where a model was asked
//	threshold    number           the least p with which it would have stayed, where a model decided
//	reasons      array            objects of text (string) and weight (number), the strongest first
//	where        string           a CSS path, or "line N", or "line N, piece K"
//	text         string           the piece
//
// where kept, rule, step, where and text are always there. A block is an object of
//
//	role         string           "paragraph", "heading", "item", "quote", "code", "row", "caption", "image", "term" or "description"
//	level        number           of a heading, 1 to 6
//	list         number           of the list or table it belongs to, from 1
//	depth        number           lists it stands in, one inside the other
//	ordered      boolean          it begins an item of a numbered list
//	number       number           the number of that item
//	quote        number           quotations it stands in
//	language     string           programming language of code
//	src          string           address of an image
//	callout      string           kind of the box that it stands in, such as "note" or "warning"
//	note         number           the footnote that it is a part of
//	runs         array            its text; an image's description
//	cells        array            of a row: objects of head (boolean) and runs
//
// and a run one of text and link (strings), note (the number of the footnote whose mark
// it is), strong, em, code, sub, sup and del
// (booleans), and decision: the place in decisions of the piece it comes from, from
// 1. What is empty, zero or false is left out, but role and text.
//
// Verdicts, kinds, rules, steps and formats are plain strings: there may be more
// of them in later versions. Fields that a program does not know are to be passed
// over, as the readers here do, and those that are not there are empty. The schema
// rises when a program that knows the older one would misread the newer; the
// readers refuse such records with [clean.ErrSchema]. Records without a schema are
// of before there was one and read as of version 1, without a format.
//
// A row of a table, of JSON Lines or the like has its own fields in front, and none
// that says its source where it has no such field; see batch.Row.
//
// Strings keep every character, but for bytes that are not UTF-8, as names of
// files may hold: each becomes U+FFFD. Line ends of all sorts, control characters
// and those that turn the reading direction are escaped, so that a record is one
// line to every reader and harmless on a terminal.
package record

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"

	"github.com/winnowtext/winnow/clean"
	"github.com/winnowtext/winnow/clean/internal/jsonline"
)

// A Record is an input and what became of it.
type Record struct {
	// Source is the name of the input.
	Source string
	// Error says why the input could not be worked on, or why Result is only a
	// part; empty when all went well.
	Error string
	// Result is nil when there is none.
	Result *clean.Result
}

// head is what a record holds beside its result.
type head struct {
	Source string  `json:"source"`
	Error  *string `json:"error"`
}

// AppendJSON appends the record to dst, as one line without its end. It fails
// only where a score or another number is none that JSON has a form for.
func (r *Record) AppendJSON(dst []byte) ([]byte, error) {
	h := head{Source: r.Source}
	if r.Error != "" {
		h.Error = &r.Error
	}
	res := r.Result
	if res == nil {
		res = &clean.Result{}
	}
	rest, err := res.MarshalJSON()
	if err != nil {
		return dst, err
	}
	b, err := jsonline.Append(dst, h)
	if err != nil {
		return dst, err
	}
	// Two objects become one.
	b[len(b)-1] = ','
	return append(b, rest[1:]...), nil
}

// MarshalJSON returns the record as one line without its end.
func (r Record) MarshalJSON() ([]byte, error) { return r.AppendJSON(nil) }

// UnmarshalJSON sets the record to what MarshalJSON made JSON of. Names of fields
// count in their exact case; unknown ones are passed over.
func (r *Record) UnmarshalJSON(data []byte) error {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(data, &fields); err != nil {
		return err
	}
	if fields == nil {
		return nil // null changes nothing, by convention
	}
	var rec Record
	for name, to := range map[string]*string{"source": &rec.Source, "error": &rec.Error} {
		if raw, ok := fields[name]; ok {
			if err := json.Unmarshal(raw, to); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	res := new(clean.Result)
	if err := res.UnmarshalJSON(data); err != nil {
		return err
	}
	// What is empty beside an error was no result.
	if rec.Error == "" || !reflect.ValueOf(*res).IsZero() {
		rec.Result = res
	}
	*r = rec
	return nil
}

// Decode reads one record.
func Decode(data []byte) (*Record, error) {
	r := new(Record)
	if err := json.Unmarshal(data, r); err != nil {
		return nil, err
	}
	if string(bytes.TrimSpace(data)) == "null" {
		return nil, errors.New("null is no record")
	}
	return r, nil
}
