// Package serve is winnow as an HTTP service: an http.Handler that cleans what is
// posted to it, and shows a page on which people try it out.
//
//	s, err := serve.New(serve.Options{})
//	err = http.ListenAndServe("127.0.0.1:8080", s)
//
// What it answers to:
//
//	POST /clean   cleans the body: application/json (one object), text/html,
//	              text/plain, or application/x-ndjson (a row a line, and an answer a line)
//	POST /rules   runs the examples of a rule file
//	GET  /health  says that it works, and 503 once Drain was called
//	GET  /        the page
//
// Answers are JSON as package clean/record describes it; docs/serve.md has the fields
// of requests, the statuses and the limits. Nothing is fetched and nothing is kept.
//
//	serve.go   Server, Options, who may ask
//	clean.go   POST /clean and /rules: one input
//	rows.go    POST /clean: many inputs
//	body.go    reading bodies: sizes, gzip, what all requests hold together
//	page.go    the page
package serve

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"github.com/winnowtext/winnow/clean"
	"github.com/winnowtext/winnow/clean/internal/request"
	"github.com/winnowtext/winnow/clean/record"
)

// Options of a Server. The zero value is fine.
type Options struct {
	// Clean are the options of inputs whose request does not say otherwise. Explain and
	// Structure are set by requests alone.
	Clean clean.Options

	// Jobs is how many inputs are cleaned at the same time; 0 means
	// runtime.GOMAXPROCS. Others wait.
	Jobs int

	// Timeout limits the time for an input, waiting included; 0 means
	// DefaultTimeout, a negative value no limit.
	Timeout time.Duration

	// MaxBody is how many bytes a body may have, unpacked; 0 means DefaultMaxBody.
	MaxBody int64

	// MaxHeld is how many bytes the bodies of all requests together may have; a
	// request beyond that is answered with 503. 0 means eight times MaxBody.
	MaxHeld int64

	// Origins are those whose pages may ask from a browser, such as
	// "https://example.org"; "*" stands for all. Without any, only the server's own
	// page may.
	Origins []string

	// Hosts are the names under which the server may be asked, such as "localhost"; a
	// request to another one, which a page elsewhere may have made up, is refused.
	// Empty means any.
	Hosts []string

	// NoPage leaves the page out.
	NoPage bool
}

// Limits used where Options holds zero.
const (
	DefaultTimeout = 30 * time.Second
	DefaultMaxBody = 32 << 20
)

// A Server is an http.Handler. It is safe for several goroutines.
type Server struct {
	o        Options
	cleaners *request.Cleaners
	mux      *http.ServeMux
	origin   *http.CrossOriginProtection
	jobs     chan struct{} // as many as may work
	held     atomic.Int64  // bytes of bodies
	draining atomic.Bool
}

// New returns a Server. The error is what is wrong with the options.
func New(o Options) (*Server, error) {
	if o.Jobs <= 0 {
		o.Jobs = runtime.GOMAXPROCS(0)
	}
	if o.Timeout == 0 {
		o.Timeout = DefaultTimeout
	}
	if o.MaxBody <= 0 {
		o.MaxBody = DefaultMaxBody
	}
	if o.MaxHeld <= 0 {
		o.MaxHeld = 8 * o.MaxBody
	}
	if o.Clean.MaxBytes == 0 {
		o.Clean.MaxBytes = o.MaxBody
	}
	s := &Server{o: o, mux: http.NewServeMux(), jobs: make(chan struct{}, o.Jobs), origin: http.NewCrossOriginProtection()}
	var err error
	if s.cleaners, err = request.NewCleaners(o.Clean); err != nil {
		return nil, err
	}
	for _, origin := range o.Origins {
		if origin == "*" {
			continue
		}
		if err := s.origin.AddTrustedOrigin(origin); err != nil {
			return nil, fmt.Errorf("origin %q: %w", origin, err)
		}
	}
	s.mux.HandleFunc("/clean", s.posted(s.clean))
	s.mux.HandleFunc("/rules", s.posted(s.checkRules))
	s.mux.HandleFunc("GET /health", s.health)
	if !o.NoPage {
		if err := s.pages(); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// Drain makes the server say that it ends soon, so that whoever sends it requests
// sends no more. It goes on to answer.
func (s *Server) Drain() { s.draining.Store(true) }

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	if !s.knownHost(r.Host) {
		fail(w, http.StatusMisdirectedRequest, fmt.Errorf("%q is no name of this server", r.Host))
		return
	}
	s.mux.ServeHTTP(w, r)
}

func (s *Server) knownHost(host string) bool {
	if len(s.o.Hosts) == 0 {
		return true
	}
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.Trim(host, "[]")
	for _, known := range s.o.Hosts {
		if strings.EqualFold(host, known) {
			return true
		}
	}
	return false
}

// Loopback are the names of the machine itself, for Options.Hosts.
func Loopback() []string { return []string{"localhost", "127.0.0.1", "::1"} }

func (s *Server) health(w http.ResponseWriter, _ *http.Request) {
	status, said := http.StatusOK, "ok"
	if s.draining.Load() {
		status, said = http.StatusServiceUnavailable, "ending"
	}
	answer(w, status, map[string]string{"status": said})
}

// posted is a handler of posts that browsers may send from pages of known origins
// alone.
func (s *Server) posted(do http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		allowed := s.allow(w, r)
		switch {
		case r.Method == http.MethodOptions && allowed:
			w.WriteHeader(http.StatusNoContent)
			return
		case r.Method != http.MethodPost:
			w.Header().Set("Allow", http.MethodPost)
			fail(w, http.StatusMethodNotAllowed, fmt.Errorf("%s: only POST is answered", r.Method))
			return
		}
		if err := s.origin.Check(r); err != nil && !allowed {
			fail(w, http.StatusForbidden, fmt.Errorf("%w: pages of other origins may not ask", err))
			return
		}
		do(w, r)
	}
}

// allow says to browsers that pages of a known origin may read the answer, and
// reports whether they may.
func (s *Server) allow(w http.ResponseWriter, r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" || len(s.o.Origins) == 0 {
		return false
	}
	h := w.Header()
	h.Add("Vary", "Origin")
	for _, known := range s.o.Origins {
		if known == "*" || known == origin {
			h.Set("Access-Control-Allow-Origin", known)
			h.Set("Access-Control-Allow-Methods", http.MethodPost)
			h.Set("Access-Control-Allow-Headers", "Content-Type, Content-Encoding")
			h.Set("Access-Control-Max-Age", "600")
			return true
		}
	}
	return false
}

// work waits until the input may be cleaned, and cleans it.
func (s *Server) work(ctx context.Context, do func(context.Context)) error {
	if s.o.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, s.o.Timeout)
		defer cancel()
	}
	select {
	case s.jobs <- struct{}{}:
	case <-ctx.Done():
		return errBusy
	}
	defer func() { <-s.jobs }()
	do(ctx)
	return nil
}

// answer writes v as JSON.
func answer(w http.ResponseWriter, status int, v any) {
	data, err := json.Marshal(v)
	if err != nil {
		fail(w, http.StatusInternalServerError, err)
		return
	}
	write(w, status, data)
}

func write(w http.ResponseWriter, status int, data []byte) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	// Servers that have no deadlines go without.
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(writeTime))
	w.WriteHeader(status)
	// Who has gone does not read an error, either.
	_, _ = w.Write(append(data, '\n'))
}

// fail answers with a record that has the error alone.
func fail(w http.ResponseWriter, status int, err error) {
	answer(w, status, record.Record{Error: err.Error()})
}

// queryOf reads the query of a request's address.
func queryOf(r *http.Request) (url.Values, error) {
	q, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, &request.Error{Err: err}
	}
	return q, nil
}
