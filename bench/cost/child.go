package cost

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/winnowtext/winnow/bench/peers"
)

// A Child runs a peer in a process of its own, where memory can be measured
// and a peer that takes too long can be stopped.
type Child struct {
	Program string   // this program
	Args    []string // what makes it call Serve
}

// frame precedes each page on the child's standard input.
type frame struct {
	URL  string
	UTF8 bool
	Size int
}

// usage is the child's answer.
type usage struct {
	MS     float64 // CPU time of one round over the pages, the warm-up aside
	PeakMB float64
}

// errLimit says that the child was stopped.
var errLimit = errors.New("took too long")

// run gives the child a page to warm up with and pages to measure.
func (c Child) run(ctx context.Context, limit time.Duration, warm Page, pages []Page) (usage, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, limit, errLimit)
	defer cancel()
	cmd := exec.CommandContext(ctx, c.Program, c.Args...)
	cmd.Env = append(os.Environ(), "GOMAXPROCS=1")
	var out, msg bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &msg
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return usage{}, err
	}
	if err := cmd.Start(); err != nil {
		return usage{}, err
	}
	go func() {
		defer stdin.Close()
		for _, p := range append([]Page{warm}, pages...) {
			head, _ := json.Marshal(frame{p.In.URL.String(), p.In.UTF8, len(p.In.Bytes)})
			if _, err := stdin.Write(append(head, '\n')); err != nil {
				return // the child is gone; Wait says why
			}
			if _, err := stdin.Write(p.In.Bytes); err != nil {
				return
			}
		}
	}()
	if err := cmd.Wait(); err != nil {
		if context.Cause(ctx) != nil {
			return usage{}, context.Cause(ctx)
		}
		return usage{}, fmt.Errorf("%v: %w: %s", c.Args, err, bytes.TrimSpace(msg.Bytes()))
	}
	var u usage
	if err := json.Unmarshal(out.Bytes(), &u); err != nil {
		return usage{}, err
	}
	if u.PeakMB == 0 {
		u.PeakMB = peakMB(cmd.ProcessState)
	}
	return u, nil
}

// shortMS is the CPU time below which a single page is measured again: small
// pages take less than a clock can tell.
const shortMS = 100

// Serve is the child's side: it reads pages and says what they cost. A page
// that follows the warm-up alone is repeated until shortMS are used.
func Serve(r io.Reader, w io.Writer, p peers.Peer) error {
	br := bufio.NewReaderSize(r, 1<<16)
	var buf []byte
	var u usage
	n := 0
	var last peers.Input
	for ; ; n++ {
		head, err := br.ReadBytes('\n')
		if err == io.EOF && len(head) == 0 {
			break
		}
		if err != nil {
			return err
		}
		var f frame
		if err := json.Unmarshal(head, &f); err != nil {
			return err
		}
		if cap(buf) < f.Size {
			buf = make([]byte, f.Size)
		}
		buf = buf[:f.Size]
		if _, err := io.ReadFull(br, buf); err != nil {
			return err
		}
		addr, err := url.Parse(f.URL)
		if err != nil {
			return err
		}
		last = peers.Input{Bytes: buf, URL: addr, UTF8: f.UTF8}
		start := clock()
		p.Text(last)
		if n > 0 {
			u.MS += clock() - start
		}
	}
	if n == 2 && u.MS < shortMS {
		rounds, start := 0, clock()
		for used := 0.0; used < shortMS; used = clock() - start {
			p.Text(last)
			rounds++
		}
		u.MS = (clock() - start) / float64(rounds)
	}
	u.PeakMB = ownPeakMB()
	return json.NewEncoder(w).Encode(u)
}

// ownPeakMB is the most memory this process had resident, 0 where the system
// does not say. On Linux the figure that a parent gets of its child begins with
// the parent's own size, so the child has to look itself.
func ownPeakMB() float64 {
	b, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(b)) {
		var kb float64
		if n, _ := fmt.Sscanf(line, "VmHWM: %f kB", &kb); n == 1 {
			return kb / 1024
		}
	}
	return 0
}

// Peak returns the most memory a peer had resident while it went through
// pages, in megabytes, the program itself included.
func (c Child) Peak(ctx context.Context, pages []Page) (float64, error) {
	if len(pages) == 0 {
		return 0, errors.New("no pages")
	}
	u, err := c.run(ctx, 10*time.Minute, pages[0], pages)
	return u.PeakMB, err
}
