// Package request is what is asked of a cleaner in JSON, by the HTTP server and by
// the page that runs it in a browser: an input with its options, and the record that
// answers it.
//
//	request.go   Request, Options: their fields, what they come to
//	cleaners.go  Cleaners: a cleaner for each set of options, made once
//	rules.go     whether the examples of rules hold
package request

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/winnowtext/winnow/clean"
	"github.com/winnowtext/winnow/clean/record"
)

// A Request is an input and what is to be done with it.
type Request struct {
	// One of them is the input: a page, a text, or what its content says.
	HTML *string `json:"html"`
	Text *string `json:"text"`
	Body *string `json:"body"`

	Source   string `json:"source"` // name of the input, for its record
	URL      string `json:"url"`
	Title    string `json:"title"` // where it is known from elsewhere
	Site     string `json:"site"`
	Fragment bool   `json:"fragment"`

	Options
}

// Options are those of a cleaner that a request may set, and what it wants to see.
type Options struct {
	Mode      string   `json:"mode"`
	Engine    string   `json:"engine"`
	Drop      []string `json:"drop"`
	Keep      []string `json:"keep"`
	Mark      []string `json:"mark"`
	Rules     string   `json:"rules"`      // the content of a rule file
	TitleLine *bool    `json:"title_line"` // put the title in front of a page's text
	NoTables  *bool    `json:"no_tables"`
	NoLinks   *bool    `json:"no_links"`
	NoImages  *bool    `json:"no_images"`
	Mojibake  *bool    `json:"mojibake"`
	Explain   *bool    `json:"explain"` // with decisions and origins
	Blocks    *bool    `json:"blocks"`
	Comments  *bool    `json:"comments"` // of readers
	As        string   `json:"as"`       // what text is: text, md or html
}

// An Error says what is wrong with a request: its sender can mend it.
type Error struct{ Err error }

func (e *Error) Error() string { return e.Err.Error() }
func (e *Error) Unwrap() error { return e.Err }

func wrong(format string, args ...any) error { return &Error{fmt.Errorf(format, args...)} }

// Parse reads a request. Options it does not set are those of o. A field it does not
// know is an error, as it is a slip of the pen more often than not.
func Parse(data []byte, o Options) (*Request, error) {
	r := &Request{Options: o}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(r); err != nil {
		return nil, wrong("no request: %w", plain(err))
	}
	if bytes.TrimSpace(data)[0] != '{' {
		return nil, wrong("no request: an object was expected")
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, wrong("no request: something follows the object at byte %d", dec.InputOffset())
	}
	n := 0
	for _, s := range []*string{r.HTML, r.Text, r.Body} {
		if s != nil {
			n++
		}
	}
	if n != 1 {
		return nil, wrong("name one input: html, text or body (%d are there)", n)
	}
	return r, nil
}

// plain says what is wrong with JSON without the names of Go's types.
func plain(err error) error {
	var kind *json.UnmarshalTypeError
	switch {
	case errors.Is(err, io.EOF):
		return errors.New("it is empty")
	case errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("JSON is cut off")
	case errors.As(err, &kind) && kind.Field != "":
		return fmt.Errorf("%s is a %s, not a %s", kind.Field, kind.Value, kind.Type)
	case errors.As(err, &kind):
		return fmt.Errorf("a %s where an object was expected", kind.Value)
	}
	return errors.New(strings.TrimPrefix(err.Error(), "json: "))
}

// flags are the options that are on or off, by name.
func (o *Options) flags() map[string]**bool {
	return map[string]**bool{
		"title_line": &o.TitleLine, "no_tables": &o.NoTables, "no_links": &o.NoLinks, "no_images": &o.NoImages,
		"mojibake": &o.Mojibake, "explain": &o.Explain, "blocks": &o.Blocks, "comments": &o.Comments,
	}
}

// Query reads a request without its input from the query of an address. Kinds are
// parted by commas.
func Query(q url.Values) (*Request, error) {
	r := &Request{}
	texts := map[string]*string{
		"source": &r.Source, "url": &r.URL, "title": &r.Title, "site": &r.Site,
		"mode": &r.Mode, "engine": &r.Engine, "rules": &r.Rules, "as": &r.As,
	}
	lists := map[string]*[]string{"drop": &r.Drop, "keep": &r.Keep, "mark": &r.Mark}
	flags := r.flags()
	for name, values := range q {
		if len(values) != 1 && lists[name] == nil {
			return nil, wrong("%s: there are %d of it", name, len(values))
		}
		switch {
		case texts[name] != nil:
			*texts[name] = values[0]
		case lists[name] != nil:
			*lists[name] = strings.Split(strings.Join(values, ","), ",")
		case name == "fragment" || flags[name] != nil:
			on, err := strconv.ParseBool(values[0])
			if err != nil {
				return nil, wrong("%s: %q is neither true nor false", name, values[0])
			}
			if name == "fragment" {
				r.Fragment = on
			} else {
				*flags[name] = &on
			}
		default:
			return nil, wrong("unknown parameter %q", name)
		}
	}
	return r, nil
}

// Input is what a cleaner takes, without a body that stands elsewhere.
func (r *Request) Input() (clean.Input, error) {
	in := clean.Input{Title: r.Title, Site: r.Site, Fragment: r.Fragment}
	if r.URL != "" {
		u, err := url.Parse(r.URL)
		if err != nil || !u.IsAbs() {
			return in, wrong("url: %q is not an absolute address", r.URL)
		}
		in.URL = u
	}
	for format, s := range map[clean.Format]*string{clean.FromHTML: r.HTML, clean.FromText: r.Text, clean.Auto: r.Body} {
		if s != nil {
			in.Format, in.Decoded, in.Body = format, true, strings.NewReader(*s)
		}
	}
	return in, nil
}

// Over returns the options of a cleaner that are set over those of base.
func (o *Options) Over(base clean.Options) (clean.Options, error) {
	var err error
	if o.Mode != "" {
		if base.Mode, err = clean.ParseMode(o.Mode); err != nil {
			return base, wrong("mode: %w", err)
		}
	}
	if o.Engine != "" {
		if base.Engine, err = clean.ParseEngine(o.Engine); err != nil {
			return base, wrong("engine: %w", err)
		}
	}
	policy := map[clean.Kind]clean.Action{}
	for kind, action := range base.Policy {
		policy[kind] = action
	}
	known := clean.Kinds()
	given := map[string]string{}
	for _, part := range []struct {
		name   string
		kinds  []string
		action clean.Action
	}{{"drop", o.Drop, clean.Drop}, {"keep", o.Keep, clean.Keep}, {"mark", o.Mark, clean.Mark}} {
		for _, kind := range part.kinds {
			kind = strings.TrimSpace(kind)
			if !slices.ContainsFunc(known, func(k clean.KindInfo) bool { return string(k.Kind) == kind }) {
				return base, wrong("%s: unknown kind %q", part.name, kind)
			}
			if other := given[kind]; other != "" && other != part.name {
				return base, wrong("kind %q is given to both %s and %s", kind, other, part.name)
			}
			given[kind] = part.name
			policy[clean.Kind(kind)] = part.action
		}
	}
	base.Policy = policy
	if o.Rules != "" {
		base.Rules = append(slices.Clone(base.Rules), clean.RuleFile{Name: "rules", Data: o.Rules})
	}
	for _, flag := range []struct{ from, to *bool }{
		{o.TitleLine, &base.Title}, {o.NoTables, &base.NoTables}, {o.NoLinks, &base.NoLinks}, {o.NoImages, &base.NoImages},
		{o.Mojibake, &base.Mojibake}, {o.Comments, &base.Comments},
	} {
		if flag.from != nil {
			*flag.to = *flag.from
		}
	}
	switch o.As {
	case "", "text", "md", "html":
	default:
		return base, wrong("as: unknown form %q (text, md or html)", o.As)
	}
	base.Explain = on(o.Explain)
	base.Structure = on(o.Blocks) || o.As == "md" || o.As == "html"
	return base, nil
}

func on(b *bool) bool { return b != nil && *b }

// Shape returns the result as the options want to see it.
func (o *Options) Shape(res *clean.Result) *clean.Result {
	if res == nil {
		return nil
	}
	out := *res
	switch o.As {
	case "md":
		out.Text = res.Markdown()
	case "html":
		out.Text = res.HTML()
	}
	if !on(o.Blocks) {
		out.Blocks = nil
	}
	return &out
}

// Answer cleans the input of a request. Its error is also in the record, which is
// always there.
func (r *Request) Answer(ctx context.Context, cs *Cleaners) (*record.Record, error) {
	rec := &record.Record{Source: r.Source}
	res, err := r.clean(ctx, cs)
	rec.Result = r.Shape(res)
	if err != nil {
		rec.Error = err.Error()
	}
	return rec, err
}

func (r *Request) clean(ctx context.Context, cs *Cleaners) (*clean.Result, error) {
	in, err := r.Input()
	if err != nil {
		return nil, err
	}
	c, err := cs.Get(&r.Options)
	if err != nil {
		return nil, err
	}
	return c.Clean(ctx, in)
}
