package main

import (
	"context"
	"io"
	"strings"
	"testing"

	"github.com/winnowtext/winnow/clean"
	"github.com/winnowtext/winnow/clean/batch"
	"github.com/winnowtext/winnow/clean/memory"
)

// What is still learned when the run has ended is waited for.
func TestLearnerMerge(t *testing.T) {
	set := &settings{args: []string{"-"}, jobs: 2}
	l, err := newLearner(set, strings.NewReader(""), io.Discard, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	late := <-l.free
	go func() {
		late.Learn(memory.Text{Site: "a.example", Body: "The ferry left at noon.\n"})
		l.free <- late
	}()
	total := new(memory.Memory)
	l.merge(total)
	if got := total.Texts(); got != 1 {
		t.Errorf("%d texts, want 1", got)
	}
}

// slow is a text that is read until the time is up.
type slow struct {
	io.Reader
	cancel func()
}

func (s slow) Close() error {
	s.cancel()
	return nil
}

// A text whose time was up has failed, and is not learned.
func TestLearnerTimeout(t *testing.T) {
	set := &settings{args: []string{"-"}, jobs: 1, from: clean.FromText}
	l, err := newLearner(set, strings.NewReader(""), io.Discard, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	item := &batch.Item{Name: "x", Open: func() (io.ReadCloser, error) {
		return slow{strings.NewReader("The ferry left at noon.\n"), cancel}, nil
	}}
	if _, err := l.learn(ctx, item); err == nil {
		t.Error("learned a text whose time was up")
	}
	total := new(memory.Memory)
	l.merge(total)
	if got := total.Texts(); got != 0 {
		t.Errorf("%d texts, want 0", got)
	}
}
