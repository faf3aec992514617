package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"github.com/winnowtext/winnow/clean/serve"
)

const aboutServe = `Serve shows a page, at the address that it prints, on which pages and texts are
pasted, dropped or typed: what stays, what goes, and why. Programs post theirs to
/clean and get a record as -f jsonl writes it:

    curl -s --data-binary @page.html -H 'Content-Type: text/html' localhost:8080/clean
    curl -s -d '{"text": "Share\nThe ferry left at noon.", "mode": "recall"}' \
        -H 'Content-Type: application/json' localhost:8080/clean
    curl -s --data-binary @rows.jsonl -H 'Content-Type: application/x-ndjson' localhost:8080/clean

docs/serve.md has the fields, statuses and limits. It listens on this machine
alone unless --addr says otherwise, and has no password: whoever reaches it may use
it. On SIGTERM and on an interrupt it answers what it has begun with, and ends.

Exit status
  0 ended as asked, 2 wrong use or an address that does not work, 130 ended
  before all was answered.`

// serving holds the flags of serve.
type serving struct {
	addr    string
	origins []string
	held    string
	noPage  bool
}

func serveCommand(do jobs) *cobra.Command {
	f := &flags{format: formatText, ordered: true, from: "auto", bodies: "auto", progress: "off"}
	s := &serving{}
	cmd := &cobra.Command{
		Use:                   "serve [flags]",
		Short:                 "a page to try things out on, and POST /clean for programs",
		Long:                  aboutServe,
		Args:                  cobra.NoArgs,
		DisableFlagsInUseLine: true,
		RunE: func(*cobra.Command, []string) error {
			set, err := f.settings(nil)
			if err != nil {
				return err
			}
			set.serving = s
			return do.serve(set)
		},
	}
	fs := cmd.Flags()
	fs.SortFlags = false
	fs.StringVar(&s.addr, "addr", "127.0.0.1:8080", "`host:port` to listen at; port 0 is any that is free")
	fs.StringArrayVar(&s.origins, "allow-origin", nil, "let pages of this `origin` ask from browsers, such as https://example.org (repeatable; * is all)")
	fs.BoolVar(&s.noPage, "no-page", false, "answer to programs only")
	fs.IntVarP(&f.jobs, "jobs", "j", runtime.GOMAXPROCS(0), "how many inputs to work on at the same time")
	f.timeout = seconds(serve.DefaultTimeout)
	fs.Var(&f.timeout, "timeout", "time limit for each input, waiting included: `seconds`, or 500ms, 2m (0 is none)")
	fs.StringVar(&f.maxBytes, "max-bytes", "32MiB", "`size` limit for the body of a request, packed and unpacked")
	fs.StringVar(&s.held, "max-held", "256MiB", "`size` limit for the bodies of all requests together")
	f.howTo(fs)
	complete(cmd)
	return cmd
}

// How long the head of a request may take to arrive, its body, and a connection between
// two requests.
const (
	startTime = 10 * time.Second
	bodyTime  = 60 * time.Second
	idleTime  = 60 * time.Second
)

// listen serves until it is asked to end.
func listen(ctx context.Context, set *settings, _ io.Reader, stdout, stderr io.Writer) (int, error) {
	s := set.serving
	host, _, err := net.SplitHostPort(s.addr)
	if err != nil {
		return 0, fmt.Errorf("--addr: %s is no host:port", escape(s.addr))
	}
	if set.options.MaxBytes <= 0 {
		return 0, errors.New("--max-bytes: a server has a limit")
	}
	held, err := parseSize(s.held)
	if err != nil || held < set.options.MaxBytes {
		return 0, fmt.Errorf("--max-held: %s is no size of at least --max-bytes", escape(s.held))
	}
	o := serve.Options{
		Clean: set.options, Jobs: set.jobs, Timeout: set.timeout, MaxBody: set.options.MaxBytes, MaxHeld: held,
		Origins: s.origins, NoPage: s.noPage,
	}
	if set.timeout == 0 {
		o.Timeout = -1
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", s.addr)
	if err != nil {
		return 0, fmt.Errorf("--addr: %w", err)
	}
	defer l.Close()
	if at, ok := l.Addr().(*net.TCPAddr); ok && at.IP.IsLoopback() {
		o.Hosts = append(serve.Loopback(), host) // a page elsewhere may call this machine by a name of its own
	}
	handler, err := serve.New(o)
	if err != nil {
		return 0, err
	}
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: startTime, ReadTimeout: bodyTime, IdleTimeout: idleTime,
		MaxHeaderBytes: 64 << 10, ErrorLog: log.New(stderr, "winnow: ", 0),
	}
	if _, err := fmt.Fprintf(stdout, "http://%s/\n", l.Addr()); err != nil {
		return 0, err
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	select {
	case err := <-ended:
		return 0, err
	case <-set.drain:
	case <-ctx.Done():
	}
	handler.Drain()
	// Not ctx: an interrupt has ended it, and what was begun is answered all the same.
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
	defer cancel()
	if err := server.Shutdown(last); err != nil {
		server.Close()
		return 0, errInterrupted
	}
	return statusOK, nil
}
