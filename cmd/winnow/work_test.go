package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"
)

func numbered(n int) []input {
	inputs := make([]input, n)
	for i := range inputs {
		inputs[i].name = fmt.Sprint(i)
	}
	return inputs
}

// Outcomes come in order although later inputs are done first, and while one
// input takes its time only so many others wait for it.
func TestWorkOrderAndBound(t *testing.T) {
	const jobs = 3
	inputs := numbered(200)
	var begun, most atomic.Int64
	do := func(_ context.Context, in input) *outcome {
		begun.Add(1)
		if in.name == "0" {
			time.Sleep(50 * time.Millisecond)
			most.Store(begun.Load())
		}
		return &outcome{in: in}
	}
	var got []string
	err := work(context.Background(), jobs, inputs, do, func(o *outcome) error {
		got = append(got, o.in.name)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, in := range inputs {
		want = append(want, in.name)
	}
	if !slices.Equal(got, want) {
		t.Errorf("order is %v", got)
	}
	if n := most.Load(); n > waiting*jobs+2 || n <= jobs {
		t.Errorf("%d inputs were begun while the first was worked on", n)
	}
}

func TestWorkEndsEarly(t *testing.T) {
	do := func(_ context.Context, in input) *outcome { return &outcome{in: in} }
	full := errors.New("disk full")
	n := 0
	err := work(context.Background(), 2, numbered(100), do, func(*outcome) error {
		if n++; n == 5 {
			return full
		}
		return nil
	})
	if err != full || n != 5 {
		t.Errorf("ended with %v after %d outcomes, want %v after 5", err, n, full)
	}

	ctx, cancel := context.WithCancel(context.Background())
	n = 0
	err = work(ctx, 2, numbered(100), do, func(*outcome) error {
		if n++; n == 5 {
			cancel()
		}
		return nil
	})
	if err != errInterrupted || n != 5 {
		t.Errorf("ended with %v after %d outcomes, want %v after 5", err, n, errInterrupted)
	}
}

// A panic while one input is worked on is that input's failure.
func TestPanicIsContained(t *testing.T) {
	c := &cleaner{set: &settings{format: formatText}} // no library in it
	o := c.clean(context.Background(), input{name: "x", open: nil})
	if o.err == nil {
		t.Fatal("no error")
	}
	if o.in.name != "x" {
		t.Errorf("the failure is that of %q", o.in.name)
	}
}
