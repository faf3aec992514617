package main

import (
	"bytes"
	"context"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/winnowtext/winnow/bench/corpora"
)

// tiny is the invented corpus of three pages.
const tiny = "corpora/testdata/packed"

// keepRun writes texts as a run would keep them.
func keepRun(t *testing.T, texts map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	var preds []prediction
	for id, text := range texts {
		preds = append(preds, prediction{ID: id, Text: text})
	}
	if err := writePredictions(filepath.Join(dir, "tiny-dev", ourName+".jsonl"), preds); err != nil {
		t.Fatal(err)
	}
	return dir
}

// goodRun prints the gold text of every page.
func goodRun(t *testing.T) map[string]string {
	t.Helper()
	sets, err := corpora.Find(tiny)
	if err != nil {
		t.Fatal(err)
	}
	c, err := sets[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for _, p := range c.Pages {
		texts[p.ID] = p.Gold.Text
	}
	return texts
}

// bench runs a command with nothing but what is given.
func bench(t *testing.T, args ...string) (out string, code int) {
	t.Helper()
	for _, name := range []string{envCorpora, envResidue, envScraped, envSeeds, envCases} {
		t.Setenv(name, "")
	}
	var b bytes.Buffer
	code = run(context.Background(), args, &b, &b)
	return b.String(), code
}

// floorsFor sets floors from a run, as the first update does.
func floorsFor(t *testing.T, texts map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "floors.json"), []byte(`{"epsilon": {"f1": {"value": 0.01, "reason": "test"}}}`), 0o666); err != nil {
		t.Fatal(err)
	}
	if out, code := bench(t, "gate", "--corpora", tiny, "--floors", dir, "--pred", keepRun(t, texts), "--update"); code != 0 {
		t.Fatalf("update: exit %d\n%s", code, out)
	}
	return dir
}

func readFloors(t *testing.T, dir string) (fl floors) {
	t.Helper()
	if err := readJSON(filepath.Join(dir, "floors.json"), &fl); err != nil {
		t.Fatal(err)
	}
	return fl
}

func TestGateSkipped(t *testing.T) {
	out, code := bench(t, "gate")
	if code != 0 || !strings.Contains(out, "gate skipped: no corpora") {
		t.Errorf("exit %d: %s", code, out)
	}
	// With the documents alone a corpus that is asked for cannot be left out.
	if out, code := bench(t, "gate", "--residue", t.TempDir(), "--corpus", "tiny-dev"); code != 1 || !strings.Contains(out, errNoCorpora.Error()) {
		t.Errorf("exit %d: %s", code, out)
	}
}

func TestGateOpen(t *testing.T) {
	dir := floorsFor(t, goodRun(t))
	if f1 := readFloors(t, dir).Corpora["tiny-dev"].Floors["f1"]; f1 != 1 {
		t.Errorf("floor of f1 is %v, want 1", f1)
	}
	out, code := bench(t, "gate", "--corpora", tiny, "--floors", dir, "--pred", keepRun(t, goodRun(t)))
	if code != 0 || !strings.Contains(out, "gate open") {
		t.Errorf("exit %d: %s", code, out)
	}
}

func TestGateShut(t *testing.T) {
	dir := floorsFor(t, goodRun(t))
	broken := goodRun(t)
	broken["w2"] = "Imprint and contact"
	out, code := bench(t, "gate", "--corpora", tiny, "--floors", dir, "--pred", keepRun(t, broken))
	if code != 1 {
		t.Errorf("exit %d, want 1", code)
	}
	for _, want := range []string{"gate shut", "tiny-dev f1 0.667, floor 1.000", "FELL", "1 pages worse than the baseline", "w2  https://well.example/w2"} {
		if !strings.Contains(out, want) {
			t.Errorf("output lacks %q", want)
		}
	}
	if strings.Contains(out, "  w1  ") {
		t.Error("names a page that did not move")
	}
	if t.Failed() {
		t.Log(out)
	}
}

func TestGateMissingPages(t *testing.T) {
	dir := floorsFor(t, goodRun(t))
	some := goodRun(t)
	delete(some, "w3")
	if out, code := bench(t, "gate", "--corpora", tiny, "--floors", dir, "--pred", keepRun(t, some)); code != 1 {
		t.Errorf("exit %d with a page missing\n%s", code, out)
	}
}

// A build that fails everywhere says why instead of being scored.
func TestGateBrokenBuild(t *testing.T) {
	dir := floorsFor(t, goodRun(t))
	broken := t.TempDir()
	preds := []prediction{{ID: "w1", Err: "rules do not load"}, {ID: "w2", Err: "rules do not load"}}
	if err := writePredictions(filepath.Join(broken, "tiny-dev", ourName+".jsonl"), preds); err != nil {
		t.Fatal(err)
	}
	for _, flag := range []string{"--update=false", "--update"} {
		out, code := bench(t, "gate", "--corpora", tiny, "--floors", dir, "--pred", broken, flag)
		if code != 1 || !strings.Contains(out, "failed on every page: rules do not load") {
			t.Errorf("%s: exit %d: %s", flag, code, out)
		}
	}
}

func TestCautious(t *testing.T) {
	for _, tt := range []struct {
		f       figure
		v, want float64
	}{
		{figure{digits: 3}, .9419999, .941},
		{figure{digits: 3}, .942, .942},
		{figure{digits: 3, lower: true}, .0871, .088},
		{figure{digits: 1, lower: true}, 0, 0},
	} {
		if got := tt.f.cautious(tt.v); got != tt.want || math.Signbit(got) {
			t.Errorf("%v with %+v: %v, want %v", tt.v, tt.f, got, tt.want)
		}
	}
}

func TestGateEpsilon(t *testing.T) {
	dir := floorsFor(t, goodRun(t))
	fl := readFloors(t, dir)
	for k := range fl.Corpora["tiny-dev"].Floors {
		fl.Epsilon[family(k)] = epsilon{400, "test"}
	}
	if err := writeJSON(filepath.Join(dir, "floors.json"), fl); err != nil {
		t.Fatal(err)
	}
	out, code := bench(t, "gate", "--corpora", tiny, "--floors", dir, "--pred", keepRun(t, map[string]string{}))
	if code != 0 || !strings.Contains(out, "within epsilon") {
		t.Errorf("exit %d: %s", code, out)
	}
}

func TestGateLowering(t *testing.T) {
	dir := floorsFor(t, goodRun(t))
	worse := goodRun(t)
	worse["w1"] += " Share this"
	run := keepRun(t, worse)
	if _, code := bench(t, "gate", "--corpora", tiny, "--floors", dir, "--pred", run, "--update"); code != 0 {
		t.Fatalf("update: exit %d", code)
	}
	if f1 := readFloors(t, dir).Corpora["tiny-dev"].Floors["f1"]; f1 != 1 {
		t.Errorf("update lowered the floor to %v", f1)
	}
	if _, code := bench(t, "gate", "--corpora", tiny, "--floors", dir, "--pred", run, "--lower", "the test wants it"); code != 0 {
		t.Fatalf("lower: exit %d", code)
	}
	fl := readFloors(t, dir)
	if f1 := fl.Corpora["tiny-dev"].Floors["f1"]; f1 != .962 { // one of three pages at 16/18
		t.Errorf("floor of f1 is %v, want .962", f1)
	}
	found := false
	for _, l := range fl.Lowered {
		found = found || l.Figure == "f1" && l.From == 1 && l.Reason == "the test wants it"
	}
	if !found {
		t.Errorf("no record of the lowering: %+v", fl.Lowered)
	}
	if _, code := bench(t, "gate", "--corpora", tiny, "--floors", dir, "--pred", run); code != 0 {
		t.Errorf("exit %d after lowering", code)
	}
}

// A corpus without floors is named and not read.
func TestGateUnreadCorpus(t *testing.T) {
	dir := floorsFor(t, goodRun(t))
	run := keepRun(t, goodRun(t))
	corpora := besideBroken(t)
	out, code := bench(t, "gate", "--corpora", corpora, "--floors", dir, "--pred", run)
	if code != 0 || !strings.Contains(out, "broken-dev: has no floors yet, not read") || !strings.Contains(out, "gate open") {
		t.Errorf("exit %d: %s", code, out)
	}
	if out, code := bench(t, "gate", "--corpora", corpora, "--floors", dir, "--pred", run, "--update"); code == 0 {
		t.Errorf("an update leaves out a corpus that is broken: %s", out)
	}
}

func TestGateOtherCorpus(t *testing.T) {
	dir := floorsFor(t, goodRun(t))
	fl := readFloors(t, dir)
	c := fl.Corpora["tiny-dev"]
	c.Fingerprint = "another"
	fl.Corpora["tiny-dev"] = c
	if err := writeJSON(filepath.Join(dir, "floors.json"), fl); err != nil {
		t.Fatal(err)
	}
	out, code := bench(t, "gate", "--corpora", tiny, "--floors", dir, "--pred", keepRun(t, goodRun(t)))
	if code != 1 || !strings.Contains(out, "not the one the floors were set on") {
		t.Errorf("exit %d: %s", code, out)
	}
	if _, code := bench(t, "gate", "--corpora", tiny, "--floors", dir, "--pred", keepRun(t, goodRun(t)), "--update"); code == 0 {
		t.Error("update took over another corpus without a reason")
	}
}

// The floors in the repository must be readable and each needs an epsilon.
func TestFloorsFile(t *testing.T) {
	fl := readFloors(t, ".")
	for name, c := range fl.Corpora {
		for figure := range c.Floors {
			e, ok := fl.Epsilon[family(figure)]
			if !ok || e.Reason == "" {
				t.Errorf("%s: %s has no epsilon with a reason", name, figure)
			}
		}
	}
	b, err := os.ReadFile("baseline.json")
	if os.IsNotExist(err) {
		return
	}
	var base baseline
	if err != nil || json.Unmarshal(b, &base) != nil {
		t.Fatalf("baseline.json: %v", err)
	}
	if len(b) > 300_000 {
		t.Errorf("baseline.json has %d bytes, want less than 300 KB", len(b))
	}
}
