package meta

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/winnowtext/winnow/clean/internal/work"
)

// TestEnds: what was found before the clock ended is judged.
func TestEnds(t *testing.T) {
	ctx, end := context.WithCancel(t.Context())
	end()
	const front = `<html lang=en><title>Rain ends the long drought</title><h1>Rain ends the long drought</h1><p>By Ada Winter</p>`
	root := parseFragment(t, front+strings.Repeat("<p>It rained.</p>", 1<<14)+"<meta property=og:image content=https://x.example/late.jpg>")
	var clock work.Clock
	m := &Memory{Clock: &clock}
	read := func() *Meta {
		defer m.Forget()
		return m.Extract(root, nil, nil)
	}
	clock.Start(t.Context())
	if got := read(); authors(got) != "Ada Winter" || got.Image == "" || clock.Err() != nil {
		t.Errorf("all: byline %q, image %q, error %v", authors(got), got.Image, clock.Err())
	}
	clock.Start(ctx)
	if got := read(); got.Title != "Rain ends the long drought" || authors(got) != "Ada Winter" || got.Image != "" || !errors.Is(clock.Err(), context.Canceled) {
		t.Errorf("beginning: title %q, byline %q, image %q, error %v", got.Title, authors(got), got.Image, clock.Err())
	}
}

// TestForget: a page leaves nothing to the next one.
func TestForget(t *testing.T) {
	pages := []string{
		`<html lang=en><title>Rain - X</title><meta property=og:title content="Rain ends the drought"><h1>Rain ends the drought</h1><p class=byline>By Ada Winter<p class=date>16 Sep 2015`,
		`<p>Nothing to see</p>`,
		`<script type="application/ld+json">{"@type":"NewsArticle","headline":"The tide turns","author":"Ben Frost"}</script><h1>The tide turns</h1><time datetime=2021-03-04>4 March</time>`,
		`<h2>The tide</h2><p class=author>Ada Winter`,
	}
	m := new(Memory)
	for range 3 {
		for _, page := range pages {
			root := parseFragment(t, page)
			if got, want := m.Extract(root, nil, nil), new(Memory).Extract(root, nil, nil); !reflect.DeepEqual(got, want) {
				t.Errorf("%+v, want %+v", got, want)
			}
			m.Forget()
		}
	}
}
