package main

import (
	"slices"
	"testing"
	"time"

	"github.com/winnowtext/winnow/bench/corpora"
	"github.com/winnowtext/winnow/clean"
)

func TestNameSet(t *testing.T) {
	for in, want := range map[string][]string{
		"Ada Winter, MS, RD":               {"ada winter"},
		"Ben Frost; Dr. Ada Winter":        {"ada winter", "ben frost"},
		"Ada Winter and Ben Frost":         {"ada winter", "ben frost"},
		"Ada Winter, Senior Editor":        {"ada winter"},
		"By Ada Winter (Example Research)": {"ada winter"},
		"Ada Winter, Ph.D.":                {"ada winter"},
		"Ada Winter, E-RYT 200":            {"ada winter"},
		"Winter, Ada B.":                   {"ada b winter"},
		"":                                 nil,
	} {
		if got := nameSet(in); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestMetaTally(t *testing.T) {
	day := time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC)
	var m metaTally
	m.add(&corpora.Page{ID: "1", Title: "It’s late", Author: "A. Winter", Date: "2024-03-01"}, "A. Winter, 1 March", &clean.Result{Title: "It's late", Authors: []string{"A. Winter"}, Published: day})
	m.add(&corpora.Page{ID: "2", Title: "Late", Author: "Example News", Date: "2024-03-02"}, "2024-03-02", &clean.Result{Title: "Early", Published: day, Modified: day.AddDate(0, 0, 1)})
	if m.title.right != 1 || m.title.wrong != 1 || m.authors.right != 1 || m.authors.faults != 1 || m.date.right != 1 || m.date.faults != 1 {
		t.Errorf("%+v", m)
	}
}

func TestNowhere(t *testing.T) {
	for src, want := range map[string]bool{
		`<time datetime="2024-03-07T01:00Z">`:  false,
		`{"date": "20240306"}`:                 false,
		"Posted March 6th":                     false,
		"on the 6th of Mar. 2024":              false,
		"6/3/2024":                             false,
		"le 6 mars 2024":                       false,
		"am 5. Maerz 2024":                     false,
		"March 16, 2024; 2024-03-16; 26.03.24": true,
		"nothing":                              true,
	} {
		if got := dayNowhere(src, "2024-03-06"); got != want {
			t.Errorf("%q: %v", src, got)
		}
	}
	if dayNowhere("nothing", "") {
		t.Error("no day is nowhere")
	}
	names := []string{"ada winter"}
	if namedNowhere("By A. WINTER", names) || !namedNowhere("By Ben Frost", names) || namedNowhere("By Ben Frost", nil) {
		t.Error("names")
	}
}
