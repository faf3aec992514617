package serve

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"mime"
	"net/http"

	"github.com/winnowtext/winnow/clean"
	"github.com/winnowtext/winnow/clean/internal/request"
	"github.com/winnowtext/winnow/clean/record"
)

// Media types of bodies.
const (
	typeJSON  = "application/json"
	typeHTML  = "text/html"
	typeXHTML = "application/xhtml+xml"
	typeText  = "text/plain"
	typeRows  = "application/x-ndjson"
	known     = typeJSON + ", " + typeHTML + ", " + typeText + ", " + typeRows
)

// clean answers to POST /clean.
func (s *Server) clean(w http.ResponseWriter, r *http.Request) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		kind = r.Header.Get("Content-Type")
	}
	query, err := queryOf(r)
	var asked *request.Request
	if err == nil {
		asked, err = request.Query(query)
	}
	if err != nil {
		fail(w, statusOf(err), err)
		return
	}
	switch kind {
	case typeJSON, typeHTML, typeXHTML, typeText, typeRows, "application/ndjson", "application/jsonl":
	default:
		err := unsupported("Content-Type", kind, known)
		fail(w, statusOf(err), err)
		return
	}
	b, err := s.read(r)
	defer b.release()
	if err == nil && len(b.data) == 0 {
		err = &request.Error{Err: errEmpty}
	}
	if err != nil {
		fail(w, statusOf(err), err)
		return
	}
	switch kind {
	case typeJSON:
		if asked, err = request.Parse(b.data, asked.Options); err != nil {
			fail(w, statusOf(err), err)
			return
		}
		s.one(w, r, asked, nil)
	case typeHTML, typeXHTML, typeText:
		s.one(w, r, asked, b.data)
	default:
		s.rows(w, r, asked, b.data)
	}
}

// one cleans the input of a request, or the body that came with it.
func (s *Server) one(w http.ResponseWriter, r *http.Request, asked *request.Request, raw []byte) {
	var rec *record.Record
	err := s.work(r.Context(), func(ctx context.Context) {
		var err error
		if raw == nil {
			rec, err = asked.Answer(ctx, s.cleaners)
		} else {
			rec, err = s.raw(ctx, asked, raw, r.Header.Get("Content-Type"))
		}
		status := http.StatusOK
		if err != nil {
			status = statusOf(err)
		}
		data, err := rec.AppendJSON(nil)
		if err != nil {
			fail(w, http.StatusInternalServerError, err)
			return
		}
		write(w, status, data)
	})
	if err != nil {
		fail(w, statusOf(err), err)
	}
}

// raw cleans bytes as they came over the network: their encoding is found out.
func (s *Server) raw(ctx context.Context, asked *request.Request, raw []byte, contentType string) (*record.Record, error) {
	rec := &record.Record{Source: asked.Source}
	in, err := asked.Input()
	var c *clean.Cleaner
	if err == nil {
		c, err = s.cleaners.Get(&asked.Options)
	}
	if err == nil {
		in.Body, in.ContentType = bytes.NewReader(raw), contentType
		var res *clean.Result
		res, err = c.Clean(ctx, in)
		rec.Result = asked.Shape(res)
	}
	if err != nil {
		rec.Error = err.Error()
	}
	return rec, err
}

// checkRules answers to POST /rules, whose body is {"rules": the content of a rule file}.
// That it is none is an answer, too.
func (s *Server) checkRules(w http.ResponseWriter, r *http.Request) {
	b, err := s.read(r)
	defer b.release()
	var asked struct {
		Rules string `json:"rules"`
	}
	if err == nil {
		if bad := json.Unmarshal(b.data, &asked); bad != nil {
			err = &request.Error{Err: bad}
		}
	}
	var checked request.Checked
	if err == nil {
		err = s.work(r.Context(), func(context.Context) { checked = request.CheckRules(asked.Rules) })
	}
	if err != nil {
		fail(w, statusOf(err), err)
		return
	}
	answer(w, http.StatusOK, checked)
}

// statusOf is the HTTP status of an error.
func statusOf(err error) int {
	if _, ok := errors.AsType[*unsupportedError](err); ok {
		return http.StatusUnsupportedMediaType
	}
	if _, ok := errors.AsType[*request.Error](err); ok {
		return http.StatusBadRequest
	}
	switch {
	case errors.Is(err, errBusy), errors.Is(err, clean.ErrTimeout), errors.Is(err, clean.ErrCanceled):
		return http.StatusServiceUnavailable
	case errors.Is(err, errTooLong), errors.Is(err, clean.ErrTooLarge):
		return http.StatusRequestEntityTooLarge
	case errors.Is(err, errPacked), errors.Is(err, errCutOff):
		return http.StatusBadRequest
	case errors.Is(err, clean.ErrNotText), errors.Is(err, clean.ErrContainer), errors.Is(err, clean.ErrBroken):
		return http.StatusUnprocessableEntity
	}
	return http.StatusInternalServerError
}
