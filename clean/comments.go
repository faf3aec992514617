package clean

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/winnowtext/winnow/clean/internal/comment"
	"github.com/winnowtext/winnow/clean/internal/jsonline"
	"github.com/winnowtext/winnow/clean/internal/meta/date"
)

// comments are those of readers, when they are asked for.
func (c *Cleaner) comments(p *page) []Comment {
	if !c.opt.Comments || p.in.Fragment {
		return nil
	}
	language, _, _ := strings.Cut(p.about.Language, "-")
	dates := &date.Reader{Lang: language, Order: date.OrderOf(p.about.Language, p.in.host()), Now: time.Now()}
	var list []Comment
	for _, f := range comment.Find(p.doc, dates, &p.clock) {
		list = append(list, Comment{Author: f.Author, Published: f.Date, Text: f.Text, Depth: f.Depth})
	}
	return list
}

// commentJSON is the JSON form of a Comment.
type commentJSON struct {
	Author    string    `json:"author,omitempty"`
	Published stampJSON `json:"published,omitzero"`
	Depth     int       `json:"depth,omitempty"`
	Text      string    `json:"text"`
}

// MarshalJSON returns the comment as an object of author, published, depth and text.
func (c Comment) MarshalJSON() ([]byte, error) {
	return jsonline.Append(nil, commentJSON{c.Author, stampJSON(c.Published), c.Depth, c.Text})
}

// UnmarshalJSON sets the comment to what MarshalJSON made JSON of.
func (c *Comment) UnmarshalJSON(data []byte) error {
	var f commentJSON
	if err := json.Unmarshal(data, &f); err != nil {
		return err
	}
	*c = Comment{Author: f.Author, Published: time.Time(f.Published), Depth: f.Depth, Text: f.Text}
	return nil
}
