package serve

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/winnowtext/winnow/clean"
	"github.com/winnowtext/winnow/clean/batch"
	"github.com/winnowtext/winnow/clean/internal/request"
	"github.com/winnowtext/winnow/clean/record"
)

// writeTime is how long a client may take to read an answer, or one of many.
const writeTime = 30 * time.Second

// rows answers a body of many rows, a line for each, in order and as soon as each is
// done. Rows are what docs/coprocess.md says; what else a row holds comes back.
func (s *Server) rows(w http.ResponseWriter, r *http.Request, asked *request.Request, data []byte) {
	c, err := s.cleaners.Get(&asked.Options)
	if err != nil {
		fail(w, statusOf(err), err)
		return
	}
	if asked.Source != "" || asked.URL != "" || asked.Title != "" {
		fail(w, http.StatusBadRequest, fmt.Errorf("source, url and title are fields of rows here, and not for all of them"))
		return
	}
	split := batch.Split{Kind: batch.JSONL, MaxRow: int(min(s.o.MaxBody, 1<<30))}
	items := split.Items(slices.Values([]*batch.Item{batch.Reader("", bytes.NewReader(data))}))
	w.Header().Set("Content-Type", typeRows)
	out := http.NewResponseController(w)
	for o, err := range batch.Run(r.Context(), items, batch.Options{Jobs: s.o.Jobs}, func(ctx context.Context, item *batch.Item) (res *clean.Result, err error) {
		busy := s.work(ctx, func(ctx context.Context) {
			res, err = cleanRow(ctx, c, item, asked)
		})
		if busy != nil {
			err = busy
		}
		return res, err
	}) {
		if err != nil {
			panic(http.ErrAbortHandler) // the client sees that there is no more, and not a short answer
		}
		line, err := rowOf(o, asked)
		if err == nil {
			// Servers that have no deadlines go without.
			_ = out.SetWriteDeadline(time.Now().Add(writeTime))
			_, err = w.Write(line)
		}
		if err == nil {
			err = out.Flush()
		}
		if err != nil {
			panic(http.ErrAbortHandler)
		}
	}
}

func cleanRow(ctx context.Context, c *clean.Cleaner, item *batch.Item, asked *request.Request) (*clean.Result, error) {
	body, err := item.Open()
	if err != nil {
		return nil, err
	}
	defer body.Close()
	in := item.Input
	in.Body = body
	in.Fragment = asked.Fragment
	if in.Site == "" {
		in.Site = asked.Site
	}
	return c.Clean(ctx, in)
}

// rowOf is the line that answers a row.
func rowOf(o *batch.Outcome[*clean.Result], asked *request.Request) ([]byte, error) {
	rec := &record.Record{Result: asked.Shape(o.Value)}
	row := o.Item.Row
	if o.Err != nil {
		rec.Error = o.Err.Error()
		if row != nil {
			rec.Error = fmt.Sprintf("row %d: %s", row.Number, rec.Error)
		}
	}
	var line []byte
	var err error
	if row == nil {
		line, err = rec.AppendJSON(nil)
	} else {
		line, err = row.AppendJSON(nil, rec)
	}
	if err != nil {
		// A number that JSON has no form for. An error always has one.
		line, err = record.Record{Error: err.Error()}.MarshalJSON()
	}
	return append(line, '\n'), err
}
