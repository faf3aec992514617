package main

import (
	"io"
	"strings"
	"testing"
)

func TestParseSize(t *testing.T) {
	for in, want := range map[string]int64{
		"0": 0, "500000": 500000, "7B": 7,
		"10kB": 10_000, "10MB": 10_000_000, "2GB": 2_000_000_000,
		"64MiB": 64 << 20, "64M": 64 << 20, "64m": 64 << 20, "1.5 KiB": 1536, "1g": 1 << 30,
	} {
		if got, err := parseSize(in); got != want || err != nil {
			t.Errorf("parseSize(%q) is %d, %v, want %d", in, got, err, want)
		}
	}
	for _, in := range []string{"", "MB", "-1", "10XB", "1e30", "nan", "inf", "1,5MB", "10 MB MB", "99999999999GiB"} {
		if got, err := parseSize(in); err == nil {
			t.Errorf("parseSize(%q) is %d, want an error", in, got)
		}
	}
}

// Commands ask the library for what they look at, and for no more.
func TestCommandsAskForWhatTheyNeed(t *testing.T) {
	for args, want := range map[string][2]bool{ // decisions, blocks
		"a.html":            {false, false},
		"--explain a.html":  {true, false},
		"inspect a.html":    {true, true},
		"rules test a.html": {true, false},
	} {
		var got *settings
		keep := func(set *settings) error { got = set; return nil }
		cmd := command(io.Discard, jobs{clean: keep, inspect: keep, compare: keep, testRules: keep})
		cmd.SetArgs(strings.Fields(args))
		if err := cmd.Execute(); err != nil {
			t.Fatal(err)
		}
		if got == nil || [2]bool{got.options.Explain, got.options.Structure} != want {
			t.Errorf("winnow %s: %+v, want %v", args, got, want)
		}
	}
}
