package batch

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strconv"

	"github.com/winnowtext/winnow/clean"
	"github.com/winnowtext/winnow/clean/internal/jsonline"
	"github.com/winnowtext/winnow/clean/internal/warc"
)

// archive yields the pages and texts of a web archive. Where it is damaged, there is a
// row with an error.
func (s *splitter) archive(in *bufio.Reader) error {
	r := warc.NewReader(in)
	defer r.Close()
	for {
		rec, err := r.Next()
		if err == io.EOF {
			s.in.Revisits = r.Revisits
			return s.something()
		}
		damage, hurt := errors.AsType[*warc.Damage](err)
		if err != nil && !hurt {
			return err
		}
		item := s.row()
		if rec != nil {
			s.record(item, rec)
		}
		if hurt {
			item.Err = fmt.Errorf("%w: %w", clean.ErrBroken, damage)
		}
		if !s.yield(item) {
			return nil
		}
	}
}

// record makes an item of a record.
func (s *splitter) record(item *Item, rec *warc.Record) {
	row := item.Row
	row.ID = rec.ID
	row.own = true
	row.members = members("url", rec.URI, "record", rec.ID, "date", rec.Date)
	s.name(item)
	item.setRow(row, func() ([]byte, error) {
		if u, err := url.Parse(rec.URI); err == nil && u.IsAbs() {
			item.Input.URL = u
		}
		p, err := rec.Payload(int64(s.MaxRow))
		if err != nil {
			return nil, fmt.Errorf("%w: %w", clean.ErrBroken, err)
		}
		item.Input.ContentType = p.ContentType
		if p.Status != 0 {
			row.members = append(row.members, jsonline.Member{Name: "status", Value: []byte(strconv.Itoa(p.Status))})
		}
		return p.Body, nil
	})
}

// members makes fields of names and values, which follow each other; those without a
// value are left out.
func members(pairs ...string) (all []jsonline.Member) {
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			value, _ := jsonline.Append(nil, pairs[i+1]) // a string always has a form
			all = append(all, jsonline.Member{Name: pairs[i], Value: value})
		}
	}
	return all
}
