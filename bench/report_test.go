package main

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/winnowtext/winnow/bench/cost"
	"github.com/winnowtext/winnow/bench/score"
)

// invented results of three extractors on two corpora.
func invented() *results {
	q := func(f1 float64) quality {
		return quality{Total: score.Total{Pages: 10, F1: f1, Lost: .1, Extra: 50},
			Types: map[string]groupScore{"article": {Pages: 6, F1: f1 + .05}, "forum": {Pages: 4, F1: f1 - .05}}}
	}
	r := &results{Day: "2026-01-02", Machine: "some machine", Go: "go1.26",
		Peers: []peerInfo{
			{Name: "parse", Title: "html.Parse", Module: "golang.org/x/net", Version: "v0.1.0", NoText: true},
			{Name: "goquery", Title: "goquery <Text>", Module: "github.com/PuerkitoBio/goquery", Version: "v1.2.3"},
			{Name: "traf-fallback", Title: "go-trafilatura", Module: "github.com/markusmobius/go-trafilatura", Version: "v1.0.0"},
			{Name: "winnow", Title: "winnow", Module: "github.com/winnowtext/winnow", Ours: true},
		},
		Corpora: []corpusRun{
			{Name: "large", Metric: score.Word, Pages: 10, Fingerprint: strings.Repeat("0", 32), Peers: map[string]quality{"goquery": q(.5), "traf-fallback": q(.8), "winnow": q(.85)}},
			{Name: "small", Metric: score.Snippet, Pages: 5, Fingerprint: strings.Repeat("1", 32), Peers: map[string]quality{"goquery": q(.6), "traf-fallback": q(.9), "winnow": q(.9)}},
		},
	}
	for _, name := range []string{"large", "small"} {
		r.Cost.Corpora = append(r.Cost.Corpora, corpusCost{Name: name, Timings: []cost.Timing{
			{Peer: "parse", Ratio: 1}, {Peer: "goquery", Ratio: 1.1}, {Peer: "traf-fallback", Ratio: 12}, {Peer: "winnow", Ratio: 1.25}}})
	}
	r.Cost.Sizes = []peerSize{{Peer: "winnow", PeakMB: 40, Rates: []cost.Rate{{Workers: 1, Pages: 300, MB: 60}, {Workers: 2, Pages: 580, MB: 116}},
		Series: []cost.Point{{Size: 10 << 10, MS: .2}, {Size: 30 << 10, MS: .6}, {Size: 100 << 10, MS: 2}, {Size: 300 << 10, Cut: true}}}}
	return r
}

func TestTables(t *testing.T) {
	r := invented()
	quality := render(r.qualityTable())
	lines := strings.Split(quality, "\n")
	if !strings.Contains(lines[2], "**winnow**") || !strings.Contains(lines[3], "go-trafilatura") || !strings.Contains(lines[4], "goquery") {
		t.Errorf("order of rows:\n%s", quality)
	}
	if got := strings.Join(strings.Fields(strings.ReplaceAll(lines[2], "|", " ")), " "); got != "**winnow** 0.850 0.900 0.900 0.950 10.0 50 1.25" {
		t.Errorf("row of winnow: %s", got)
	}
	short := strings.Split(render(r.shortTable()), "\n")
	if !strings.Contains(short[0], "F1, articles") || !strings.Contains(short[2], "**winnow**") || !strings.Contains(short[2], "10.0 %") ||
		!strings.Contains(short[2], "1.2 parses") || !strings.Contains(short[3], "go-trafilatura") || len(short) != 5 {
		t.Errorf("the table of the README:\n%s", strings.Join(short, "\n"))
	}
	if got := r.claim(); got != "On 10 pages of sites that it never saw, Winnow scores **0.850** (F1), go-trafilatura\n0.800, in at most 1/5 of its CPU time.\n" {
		t.Errorf("claim: %s", got)
	}
	sizes := render(sizeTable(&r.Cost))
	if !strings.Contains(sizes, "stopped") || !strings.Contains(sizes, "1.00") {
		t.Errorf("size series, linear up to where it was stopped:\n%s", sizes)
	}
	if note := r.note(); !strings.Contains(note, "2026-01-02") || !strings.Contains(note, "some machine") || !strings.Contains(note, "markusmobius/go-trafilatura v1.0.0") {
		t.Errorf("note: %s", note)
	}
}

func TestChart(t *testing.T) {
	svg := string(invented().chart())
	dec := xml.NewDecoder(strings.NewReader(svg))
	for {
		if _, err := dec.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("no XML: %v", err)
		}
	}
	if n := strings.Count(svg, "<circle"); n != 6 { // three extractors, two corpora
		t.Errorf("%d dots, want 6", n)
	}
	if !strings.Contains(svg, "prefers-color-scheme:dark") || !strings.Contains(svg, "goquery &lt;Text&gt;") {
		t.Error("no dark colours, or a label is not escaped")
	}
}

func TestPlaceLabel(t *testing.T) {
	var taken []box
	for range 8 {
		_, _, _, at := placeLabel(200, 200, 80, taken)
		for _, b := range taken {
			if at.over(b) {
				t.Errorf("label at %+v lies over %+v", at, b)
			}
		}
		taken = append(taken, at)
	}
}

func TestFill(t *testing.T) {
	doc := "before\n<!-- bench:a -->\nold\n<!-- /bench:a -->\nbetween <!-- bench:b --><!-- /bench:b -->"
	blocks := map[string]string{"a": "new\n", "b": "B\n"}
	got, n, err := fill(doc, blocks)
	want := "before\n<!-- bench:a -->\nnew\n<!-- /bench:a -->\nbetween <!-- bench:b -->\nB\n<!-- /bench:b -->"
	if err != nil || n != 2 || got != want {
		t.Errorf("%q, %d, %v", got, n, err)
	}
	if again, _, _ := fill(got, blocks); again != got {
		t.Errorf("filled twice: %q", again)
	}
	for _, bad := range []string{"<!-- bench:a -->", "<!-- bench:zzz --><!-- /bench:zzz -->", "<!-- bench:a"} {
		if _, _, err := fill(bad, blocks); err == nil {
			t.Errorf("%q: no error", bad)
		}
	}
}

func TestReadmeCheck(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "README.md")
	if err := writeJSON(filepath.Join(dir, "results.json"), invented()); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte("<!-- bench:quality -->\n<!-- /bench:quality -->\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	args := []string{"readme", "--floors", dir, "--readme", file}
	if out, code := bench(t, append(args, "--check")...); code != 1 {
		t.Errorf("an empty table passes the check: %s", out)
	}
	if out, code := bench(t, append(args, "--keep")...); code != 0 {
		t.Errorf("exit %d: %s", code, out)
	}
	if out, code := bench(t, append(args, "--check")...); code != 0 {
		t.Errorf("exit %d: %s", code, out)
	}
}

// The tables in the repository are what the command writes.
func TestReadmeIsCurrent(t *testing.T) {
	if _, err := os.Stat("results.json"); os.IsNotExist(err) {
		t.Skip("no results.json")
	}
	if out, code := bench(t, "readme", "--check"); code != 0 {
		t.Errorf("exit %d: %s", code, out)
	}
}

// A rewrite of results.json keeps what the tables show.
func TestWriteResults(t *testing.T) {
	path := filepath.Join(t.TempDir(), "results.json")
	want := invented()
	if err := writeResults(path, want); err != nil {
		t.Fatal(err)
	}
	var got results
	if err := readJSON(path, &got); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(&got, want) {
		t.Errorf("got  %+v\nwant %+v", got, *want)
	}
}

func TestBreakJSON(t *testing.T) {
	for _, tt := range []struct {
		width    int
		in, want string
	}{
		{20, `{"a":[1,2],"b":"x"}`, `{"a":[1,2],"b":"x"}`},
		{10, `{"a":[1,2],"b":"x,y{"}`, "{\n  \"a\": [1,2],\n  \"b\": \"x,y{\"\n}"},
		{5, `[[1,2],[10,20],{},"long enough"]`, "[\n  [1,2],\n  [\n    10,\n    20\n  ],\n  {},\n  \"long enough\"\n]"},
	} {
		var out bytes.Buffer
		if err := breakJSON(&out, []byte(tt.in), tt.width, "\n"); err != nil || out.String() != tt.want {
			t.Errorf("%s: %v\n%s", tt.in, err, out.String())
		}
	}
}
