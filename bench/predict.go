package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/winnowtext/winnow/bench/corpora"
	"github.com/winnowtext/winnow/bench/peers"
	"github.com/winnowtext/winnow/bench/score"
)

// A prediction is what a peer printed for one page, and a line of a file.
type prediction struct {
	ID   string `json:"id"`
	Text string `json:"text"`
	Err  string `json:"err,omitempty"`
}

// pageLimit is how long a peer may take for one page. The slowest peer needs
// about 3 s for the worst page of the public corpora.
const pageLimit = time.Minute

// inputOf reads a page for the peers.
func inputOf(c *corpora.Corpus, p *corpora.Page) (peers.Input, error) {
	b, err := p.Bytes()
	return peers.Input{Bytes: b, URL: p.Address(), UTF8: c.Decode == corpora.UTF8}, err
}

// predict runs peers over the pages of a corpus with n workers; the result has
// a slice per peer, in the order of the pages.
func predict(ctx context.Context, c *corpora.Corpus, list []peers.Peer, n int) ([][]prediction, error) {
	out := make([][]prediction, len(list))
	for k := range out {
		out[k] = make([]prediction, len(c.Pages))
	}
	err := parallel(ctx, len(c.Pages), n, func(i int) error {
		in, err := inputOf(c, &c.Pages[i])
		if err != nil {
			return err
		}
		for k, p := range list {
			out[k][i] = limited(p, in)
			out[k][i].ID = c.Pages[i].ID
		}
		return nil
	})
	return out, err
}

// limited gives a peer pageLimit for a page. One that does not return keeps its
// goroutine: extractors cannot be stopped from outside.
func limited(p peers.Peer, in peers.Input) prediction {
	done := make(chan prediction, 1)
	go func() {
		text, err := p.Text(in)
		pr := prediction{Text: text}
		if err != nil {
			pr.Err = err.Error()
		}
		done <- pr
	}()
	t := time.NewTimer(pageLimit)
	defer t.Stop()
	select {
	case pr := <-done:
		return pr
	case <-t.C:
		return prediction{Err: fmt.Sprintf("no result after %v", pageLimit)}
	}
}

// parallel calls f for 0 to n-1 with some workers, up to the first error.
func parallel(ctx context.Context, n, workers int, f func(i int) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	jobs := make(chan int)
	var wg sync.WaitGroup
	for range max(1, workers) {
		wg.Go(func() {
			for i := range jobs {
				if err := f(i); err != nil {
					cancel(err)
				}
			}
		})
	}
	for i := 0; i < n && ctx.Err() == nil; i++ {
		jobs <- i
	}
	close(jobs)
	wg.Wait()
	return context.Cause(ctx)
}

// scorePages scores predictions page by page, in the order of the corpus. A
// page without prediction counts as empty.
func scorePages(c *corpora.Corpus, preds []prediction) []score.Page {
	byID := make(map[string]*prediction, len(preds))
	for i := range preds {
		byID[preds[i].ID] = &preds[i]
	}
	out := make([]score.Page, len(c.Pages))
	for i := range c.Pages {
		p := &c.Pages[i]
		pr := byID[p.ID]
		missing := pr == nil
		if missing {
			pr = &prediction{}
		}
		out[i] = c.Metric.Page(p.Gold, pr.Text)
		out[i].ID, out[i].Type, out[i].Lang, out[i].Missing = p.ID, p.Type, cmp.Or(p.Lang, "?"), missing
	}
	return out
}

func readPredictions(path string) ([]prediction, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var out []prediction
	for dec := json.NewDecoder(bytes.NewReader(b)); dec.More(); {
		var p prediction
		if err := dec.Decode(&p); err != nil {
			return nil, fmt.Errorf("%s: prediction %d: %w", path, len(out)+1, err)
		}
		out = append(out, p)
	}
	return out, nil
}

func writePredictions(path string, preds []prediction) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	for _, p := range preds {
		if err := enc.Encode(p); err != nil {
			return err
		}
	}
	return writeFile(path, b.Bytes())
}

// writeFile replaces a file at once, so that a failed run leaves the old one.
func writeFile(path string, b []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return err
	}
	tmp := path + ".tmp"
	if err := os.WriteFile(tmp, b, 0o666); err != nil {
		return err
	}
	return os.Rename(tmp, path)
}

func readJSON(path string, v any) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, v); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

func writeJSON(path string, v any) error {
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	return writeFile(path, append(b, '\n'))
}

// allFailed returns an error when there is not one page that did not fail: then
// the extractor itself is broken, and a score would hide why.
func allFailed(name string, preds []prediction) error {
	for _, p := range preds {
		if p.Err == "" {
			return nil
		}
	}
	if len(preds) == 0 {
		return nil
	}
	return fmt.Errorf("%s failed on every page: %s", name, preds[0].Err)
}

// printErrors says how often a peer failed, and with what.
func printErrors(w io.Writer, name string, preds []prediction) {
	count := map[string]int{}
	for _, p := range preds {
		if p.Err != "" {
			count[p.Err]++
		}
	}
	b := bufio.NewWriter(w)
	defer b.Flush()
	for _, e := range byCount(count) {
		fmt.Fprintf(b, "%s: %d pages: %s\n", name, count[e], e)
	}
}
