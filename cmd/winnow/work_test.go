package main

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/winnowtext/winnow/clean/batch"
)

// A panic while one input is worked on is that input's failure, in its place.
func TestPanicIsContained(t *testing.T) {
	c := &cleaner{set: &settings{format: formatJSONL, jobs: 1}}
	do := func(_ context.Context, in *batch.Item) (*outcome, error) {
		if in.Name == "a" {
			panic("no luck")
		}
		return &outcome{body: []byte("well\n")}, nil
	}
	var got strings.Builder
	err := c.run(t.Context(), slices.Values([]*batch.Item{{Name: "a"}, {Name: "b"}}), do, func(_ *batch.Item, o *outcome, _ error) error {
		got.Write(o.body)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	want := `{"source":"a","error":"fault in winnow, please report it: no luck","schema":1,"verdict":"","score":0,"title":"","text":""}` + "\nwell\n"
	if got.String() != want {
		t.Errorf("wrote %s, want %s", &got, want)
	}
}
