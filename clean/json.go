package clean

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/winnowtext/winnow/clean/internal/jsonline"
)

// SchemaVersion is the version of the JSON form of a [Result], which package
// [github.com/winnowtext/winnow/clean/record] describes. Fields may be added
// within a version. It rises when a program that knows the older one would
// misread the newer.
const SchemaVersion = 1

// ErrSchema says that JSON was written under a schema newer than SchemaVersion.
var ErrSchema = errors.New("schema is newer than this version of winnow knows")

// resultJSON is the order of the fields, and when they are left out.
type resultJSON struct {
	Schema  int     `json:"schema"`
	Format  string  `json:"format,omitempty"`
	Verdict Verdict `json:"verdict"`
	Score   float64 `json:"score"`

	Type  PageType `json:"type,omitempty"`
	TypeP float64  `json:"type_p,omitempty"`

	Title              string        `json:"title"`
	Authors            []string      `json:"authors,omitempty"`
	Byline             string        `json:"byline,omitempty"`
	Published          string        `json:"published,omitempty"`
	PublishedPrecision DatePrecision `json:"published_precision,omitempty"`
	Modified           string        `json:"modified,omitempty"`
	ModifiedPrecision  DatePrecision `json:"modified_precision,omitempty"`
	SiteName           string        `json:"site_name,omitempty"`
	SourceName         string        `json:"source_name,omitempty"`
	Language           string        `json:"language,omitempty"`
	Direction          string        `json:"direction,omitempty"`
	Excerpt            string        `json:"excerpt,omitempty"`
	Section            string        `json:"section,omitempty"`
	Tags               []string      `json:"tags,omitempty"`
	Image              string        `json:"image,omitempty"`
	Images             []Image       `json:"images,omitempty"`
	Favicon            string        `json:"favicon,omitempty"`
	URL                string        `json:"url,omitempty"`
	Canonical          string        `json:"canonical,omitempty"`
	DataType           string        `json:"data_type,omitempty"`
	Free               *bool         `json:"free,omitempty"`
	Words              int           `json:"words,omitempty"`

	Warnings  []string   `json:"warnings,omitempty"`
	Text      string     `json:"text"`
	Original  string     `json:"original,omitempty"`
	Blocks    []Block    `json:"blocks,omitempty"`
	Comments  []Comment  `json:"comments,omitempty"`
	Origins   []Origin   `json:"origins,omitempty"`
	Decisions []Decision `json:"decisions,omitempty"`
}

// MarshalJSON returns the result as package clean/record describes it: one line
// without a line end.
func (r Result) MarshalJSON() ([]byte, error) {
	format := ""
	if r.Format != Auto {
		format = r.Format.String()
	}
	return jsonline.Append(nil, &resultJSON{
		Schema: SchemaVersion, Format: format, Verdict: r.Verdict, Score: r.Score,
		Type: r.Type, TypeP: r.TypeP,
		Title: r.Title, Authors: r.Authors, Byline: r.Byline,
		Published: stamp(r.Published), PublishedPrecision: r.PublishedPrecision, Modified: stamp(r.Modified), ModifiedPrecision: r.ModifiedPrecision,
		SiteName: r.SiteName, SourceName: r.Source, Language: r.Language, Direction: r.Direction, Excerpt: r.Excerpt,
		Section: r.Section, Tags: r.Tags, Image: r.Image, Images: r.Images, Favicon: r.Favicon, URL: r.URL, Canonical: r.Canonical,
		DataType: r.DataType, Free: r.Free, Words: r.Words,
		Warnings: r.Warnings, Text: r.Text, Original: r.Original, Blocks: r.Blocks, Comments: r.Comments,
		Origins: r.Origins, Decisions: r.Decisions,
	})
}

// UnmarshalJSON sets the result to what MarshalJSON made JSON of. Unlike other
// structs, it wants the names of fields in their exact case: what else an object
// holds, such as the columns of a table, is no part of the result. Of a newer
// schema it returns ErrSchema.
func (r *Result) UnmarshalJSON(data []byte) error {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(data, &fields); err != nil {
		return err
	}
	if fields == nil {
		return nil // null changes nothing, by convention
	}
	var schema int
	var format string
	var published, modified stampJSON
	var res Result
	for _, f := range []struct {
		name string
		to   any
	}{
		{"schema", &schema}, {"format", &format}, {"verdict", &res.Verdict}, {"score", &res.Score},
		{"type", &res.Type}, {"type_p", &res.TypeP}, {"title", &res.Title}, {"authors", &res.Authors}, {"byline", &res.Byline},
		{"published", &published}, {"published_precision", &res.PublishedPrecision}, {"modified", &modified}, {"modified_precision", &res.ModifiedPrecision},
		{"site_name", &res.SiteName}, {"source_name", &res.Source}, {"language", &res.Language}, {"direction", &res.Direction}, {"excerpt", &res.Excerpt},
		{"section", &res.Section}, {"tags", &res.Tags}, {"image", &res.Image}, {"images", &res.Images}, {"favicon", &res.Favicon},
		{"url", &res.URL}, {"canonical", &res.Canonical}, {"data_type", &res.DataType}, {"free", &res.Free}, {"words", &res.Words},
		{"warnings", &res.Warnings}, {"text", &res.Text}, {"original", &res.Original}, {"blocks", &res.Blocks},
		{"comments", &res.Comments}, {"origins", &res.Origins}, {"decisions", &res.Decisions},
	} {
		if raw, ok := fields[f.name]; ok {
			if err := json.Unmarshal(raw, f.to); err != nil {
				return fmt.Errorf("%s: %w", f.name, err)
			}
		}
		if schema > SchemaVersion { // the first to be read
			return fmt.Errorf("%w: %d, not %d", ErrSchema, schema, SchemaVersion)
		}
	}
	// A format that is not known yet is none to this program.
	res.Format, _ = ParseFormat(format)
	res.Published, res.Modified = time.Time(published), time.Time(modified)
	*r = res
	return nil
}

// stamp writes a time as RFC 3339, and as a date where it is midnight UTC, the
// sign for a time of day that is not known. A time that RFC 3339 has no form for is
// as one that is not known: what is written must be read again.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	if _, err := t.MarshalText(); err != nil {
		return ""
	}
	if dateOnly(t) {
		return t.Format(time.DateOnly)
	}
	return t.Format(time.RFC3339)
}

func dateOnly(t time.Time) bool {
	return t.Location() == time.UTC && t.Equal(t.Truncate(24*time.Hour))
}

// A stampJSON is written by stamp, and reads what it wrote.
type stampJSON time.Time

func (s stampJSON) MarshalJSON() ([]byte, error) { return json.Marshal(stamp(time.Time(s))) }

func (s stampJSON) IsZero() bool { return stamp(time.Time(s)) == "" }

func (s *stampJSON) UnmarshalJSON(data []byte) error {
	var text string
	if err := json.Unmarshal(data, &text); err != nil || text == "" {
		return err
	}
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		// In UTC, or the machine's zone would take the place of one that has the
		// same offset.
		if t, err = time.ParseInLocation(time.RFC3339, text, time.UTC); err != nil {
			return fmt.Errorf("%q is neither a date nor a time in the form of RFC 3339", text)
		}
		if dateOnly(t) {
			t = t.In(time.FixedZone("", 0)) // a midnight that is known
		}
	}
	*s = stampJSON(t)
	return nil
}
