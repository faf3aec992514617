package rules

import (
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"
)

var userFiles = []File{
	{"a.rules", "rule ad.x\n  line buy {n} boats\n  line {name} for sale\n  open our {any<=3} boats\n  cut start Boats:\n  cut end By boat\n  cut inside (boats)\n"},
	{"b.rules", "rule ad.y\n  need boats\n  match ^buy (many )?boats$\nrule share.x\n  token boat-share share\n  attr data-boat\n" +
		"rule nav.x\n  select div.menu > a[href]\nrule ad.keep\n  keep\n  line share (this )?boat\n"},
	{"c.rules", "rule ad.many\n  line zeppelin (a|b|c|d|e|f|g|h) (a|b|c|d|e|f|g|h) (a|b|c|d|e|f|g|h)\n"},
}

// TestExtend: to add to a set comes to the same as to read all rules anew, and
// leaves the set as it was.
func TestExtend(t *testing.T) {
	base, err := build(nil)
	if err != nil {
		t.Fatal(err)
	}
	want, err := build(userFiles)
	if err != nil {
		t.Fatal(err)
	}
	got, err := base.Extend(userFiles...)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Error("another set than that of all files at once")
	}
	got = base
	for _, f := range userFiles {
		if got, err = got.Extend(f); err != nil {
			t.Fatal(err)
		}
	}
	if !reflect.DeepEqual(got, want) {
		t.Error("one after the other: another set than that of all files at once")
	}
	for _, file := range []string{"rule ad.z\n  line share boat\n  lines x\n", "off no.such\n", "off nav.x\n"} {
		if _, err := base.Extend(File{"u.rules", file}); err == nil {
			t.Errorf("no error for %q", file)
		}
	}
	_, err = got.Extend(File{"off.rules", "off copyright.line\nrule copyright.line\n  line all rights are ours\n"})
	if err == nil || !strings.Contains(err.Error(), "another rule of this id") {
		t.Errorf("a second rule of an id: %v", err)
	}
	off, err := got.Extend(File{"off.rules", "off copyright.line\n"})
	if err != nil {
		t.Fatal(err)
	}
	if id := match(t, off, "", "All rights reserved"); id != "" {
		t.Errorf("found by %s, which is turned off", id)
	}
	if id := match(t, off, "", "Buy 3 boats"); id != "ad.x" {
		t.Errorf("a rule added before is %q", id)
	}
	fresh, err := build(nil)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(base, fresh) {
		t.Error("the set it was called on has changed")
	}
}

// TestExtendAtOnce is for the race detector: sets made of one share nothing that
// is written.
func TestExtendAtOnce(t *testing.T) {
	base, err := Builtin()
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for _, f := range append(userFiles, userFiles...) {
		wg.Go(func() {
			s, err := base.Extend(f)
			if err != nil {
				t.Error(err)
				return
			}
			_ = s.CheckUser()
		})
	}
	wg.Wait()
}

// BenchmarkExtend sets the time of adding a file against that of reading all
// rules anew with it.
func BenchmarkExtend(b *testing.B) {
	base, err := Builtin()
	if err != nil {
		b.Fatal(err)
	}
	var add, all time.Duration
	for b.Loop() {
		start := time.Now()
		_, err := base.Extend(userFiles...)
		add += time.Since(start)
		if err != nil {
			b.Fatal(err)
		}
		start = time.Now()
		_, err = build(userFiles)
		all += time.Since(start)
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(add)/float64(all), "x-all")
	b.ReportMetric(0, "ns/op")
}
