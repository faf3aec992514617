package cost

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/winnowtext/winnow/bench/peers"
)

// Sizes are the page sizes of a series, in bytes.
var Sizes = []int{10 << 10, 30 << 10, 100 << 10, 300 << 10, 1 << 20, 3 << 20, 10 << 20, 20 << 20}

// Seed is the page a series is grown from: an invented article of ordinary
// make, so that a series is the same whatever corpora are there.
//
//go:embed seed.html
var Seed []byte

// A Point is what a page of some size cost.
type Point struct {
	Size   int     `json:"size"`    // bytes
	MS     float64 `json:"ms"`      // CPU time
	PeakMB float64 `json:"peak_mb"` // resident, the program included
	Cut    bool    `json:"cut,omitempty"`
}

// Series measures one peer on a page grown to each of the sizes. A page that
// takes longer than limit ends the series with a point that is Cut.
func (c Child) Series(ctx context.Context, src []byte, sizes []int, limit time.Duration, grow func([]byte, int) ([]byte, error)) ([]Point, error) {
	at := &url.URL{Scheme: "https", Host: "example.org", Path: "/long"}
	page := func(size int) (Page, error) {
		b, err := grow(src, size)
		return Page{"", peers.Input{Bytes: b, URL: at, UTF8: true}}, err
	}
	warm, err := page(sizes[0])
	if err != nil {
		return nil, err
	}
	var out []Point
	for _, size := range sizes {
		p, err := page(size)
		if err != nil {
			return nil, err
		}
		u, err := c.run(ctx, limit, warm, []Page{p})
		if errors.Is(err, errLimit) {
			return append(out, Point{Size: len(p.In.Bytes), Cut: true}), nil
		}
		if err != nil {
			return nil, err
		}
		out = append(out, Point{Size: len(p.In.Bytes), MS: u.MS, PeakMB: u.PeakMB})
	}
	return out, nil
}

// growMark stands where the blocks are repeated.
const growMark = "grow here"

// GrowPage makes a page of at least size bytes by repeating the blocks of the
// element with the most paragraphs. Each copy's paragraphs end in the copy's
// number, so that no two are the same.
func GrowPage(src []byte, size int) ([]byte, error) {
	doc, err := html.Parse(bytes.NewReader(src))
	if err != nil {
		return nil, err
	}
	box, most := (*html.Node)(nil), 1
	for n := range doc.Descendants() {
		count := 0
		for c := range n.ChildNodes() {
			if c.DataAtom == atom.P && c.FirstChild != nil {
				count++
			}
		}
		if count > most {
			box, most = n, count
		}
	}
	if box == nil {
		return nil, errors.New("the page has no blocks to repeat")
	}
	var blocks, all bytes.Buffer
	for c := range box.ChildNodes() {
		if err := html.Render(&blocks, c); err != nil {
			return nil, err
		}
	}
	for box.FirstChild != nil {
		box.RemoveChild(box.FirstChild)
	}
	box.AppendChild(&html.Node{Type: html.CommentNode, Data: growMark})
	if err := html.Render(&all, doc); err != nil {
		return nil, err
	}
	head, tail, ok := strings.Cut(all.String(), "<!--"+growMark+"-->")
	if !ok {
		return nil, errors.New("the page's blocks cannot be repeated")
	}
	var b strings.Builder
	b.WriteString(head)
	for n := 1; n == 1 || b.Len()+len(tail) < size; n++ {
		b.WriteString(strings.ReplaceAll(blocks.String(), "</p>", fmt.Sprintf(" %d</p>", n)))
	}
	b.WriteString(tail)
	return []byte(b.String()), nil
}

// GrowText makes a text of at least size bytes by repeating lines; each copy's
// longer lines end in the copy's number.
func GrowText(src []byte, size int) ([]byte, error) {
	lines := strings.Split(string(src), "\n")
	var b bytes.Buffer
	for n := 1; b.Len() < size; n++ {
		for _, l := range lines {
			b.WriteString(l)
			if len(l) > 80 {
				fmt.Fprintf(&b, " %d", n)
			}
			b.WriteByte('\n')
			if b.Len() >= size {
				break
			}
		}
	}
	return b.Bytes(), nil
}
