package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"regexp"
	"strings"
	"testing"

	"github.com/winnowtext/winnow/clean"
)

var island = regexp.MustCompile(`(?s)<script type="application/json" class="file"[^>]*>(.*?)</script>`)

// readBack reads the data of the files out of a report.
func readBack(t *testing.T, page []byte) []map[string]any {
	t.Helper()
	var all []map[string]any
	for _, m := range island.FindAllSubmatch(page, -1) {
		var v map[string]any
		if err := json.Unmarshal(m[1], &v); err != nil {
			t.Fatal(err)
		}
		all = append(all, v)
	}
	return all
}

// TestData: what the page's script reads is the result.
func TestData(t *testing.T) {
	var b bytes.Buffer
	w := New(&b, Options{Title: `<"title'>`})
	var want []*clean.Result
	c := cleaner(t, clean.Options{})
	for name, data := range inputs(t) {
		res := explained(t, c, data)
		if err := w.Add(name, res, nil); err != nil {
			t.Fatal(err)
		}
		want = append(want, res)
	}
	if err := w.Add("broken", nil, errors.New("no <such> file")); err != nil {
		t.Fatal(err)
	}
	if err := w.Add("lost", nil, nil); err != nil {
		t.Fatal(err)
	}
	if err := w.Add("cut", want[0], errors.New("time is up")); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	page := b.String()
	if strings.Contains(page, "http:") || strings.Contains(page, "https://cdn") || strings.Contains(page, `<"title'>`) {
		t.Error("the page asks for something outside, or does not escape its title")
	}
	all := readBack(t, b.Bytes())
	if len(all) != len(want)+3 {
		t.Fatalf("%d files, want %d", len(all), len(want)+3)
	}
	if cut := all[len(want)+2]; cut["error"] != "time is up" || cut["run"] == nil {
		t.Errorf("a result that was cut short is %v", cut)
	}
	for i, res := range want {
		run := all[i]["run"].(map[string]any)
		table := run["table"].([]any)
		word := func(v any) string { return table[int(v.(float64))].(string) }
		rows := run["pieces"].([]any)
		if run["verdict"] != string(res.Verdict) || run["score"] != res.Score || len(rows) != len(res.Decisions) {
			t.Fatalf("%s: %v, %v, %d pieces", all[i]["name"], run["verdict"], run["score"], len(rows))
		}
		for k, d := range res.Decisions {
			row := rows[k].([]any)
			if (row[0] == 1.0) != d.Kept || word(row[1]) != string(d.Kind) || word(row[2]) != d.Rule || word(row[3]) != d.Step ||
				row[4] != float64(millionths(d.P)) || row[5] != float64(millionths(d.Threshold)) || word(row[6]) != d.Where || row[7] != d.Text {
				t.Errorf("%s: piece %d is %v, want %+v", all[i]["name"], k, row, d)
			}
			why := row[8].([]any)
			if len(why) != 2*len(d.Reasons) {
				t.Fatalf("%s: piece %d has reasons %v, want %v", all[i]["name"], k, why, d.Reasons)
			}
			for j, r := range d.Reasons {
				if word(why[2*j]) != r.Text {
					t.Errorf("%s: piece %d: reason %q, want %q", all[i]["name"], k, word(why[2*j]), r.Text)
				}
			}
		}
	}
	if all[len(want)]["error"] != "no <such> file" || all[len(want)+1]["error"] == nil {
		t.Errorf("errors are %v and %v", all[len(want)]["error"], all[len(want)+1]["error"])
	}
}

// A report without inputs is whole, too, and one that is closed takes no more.
func TestClose(t *testing.T) {
	var b bytes.Buffer
	w := New(&b, Options{})
	if err := w.Close(); err != nil || !strings.HasSuffix(strings.TrimSpace(b.String()), "</html>") || !strings.HasPrefix(b.String(), "<!doctype html>") {
		t.Errorf("%v, %q", err, b.String()[:min(100, b.Len())])
	}
	if err := w.Add("late", nil, nil); err == nil {
		t.Error("a closed report takes an input")
	}
	if err := w.Close(); err == nil {
		t.Error("it can be closed twice")
	}
}

type full struct{ left int }

var errFull = errors.New("no room")

func (f *full) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestWriteError(t *testing.T) {
	res := explained(t, cleaner(t, clean.Options{}), []byte("Advertisement\nThe ferry was late.\n"))
	for _, room := range []int{0, 100, 60_000} {
		w := New(&full{room}, Options{})
		var err error
		for range 1000 {
			if err = w.Add("x", res, nil); err != nil {
				break
			}
		}
		if !errors.Is(err, errFull) || !errors.Is(w.Close(), errFull) {
			t.Errorf("room for %d bytes: %v", room, err)
		}
	}
}

// A report about differences holds both runs, and marks what changed.
func TestDiffData(t *testing.T) {
	data := inputs(t)["../../testdata/html/boxes-between/page.html"]
	before, after := explained(t, cleaner(t, clean.Options{}), data), explained(t, cleaner(t, clean.Options{Mode: clean.Recall}), data)
	var b bytes.Buffer
	w := New(&b, Options{})
	for _, r := range [][2]*clean.Result{{before, after}, {nil, after}, {before, nil}, {nil, nil}} {
		if err := w.AddDiff("page", r[0], r[1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	all := readBack(t, b.Bytes())
	pairs := all[0]["diff"].(map[string]any)["pairs"].([]any)
	for i, p := range Compare(before.Decisions, after.Decisions) {
		row := pairs[i].([]any)
		text, _ := row[0].(string)
		if row[0] == nil {
			text = before.Decisions[int(row[1].(float64))].Text
		}
		if text != p.Text || p.Before != &before.Decisions[int(row[1].(float64))] || p.After != &after.Decisions[int(row[2].(float64))] {
			t.Errorf("pair %d is %v, want %+v", i, row, p)
		}
	}
	if len(all) != 4 || all[1]["diff"].(map[string]any)["before"] != nil {
		t.Error("a run that has no result has data")
	}
}

// The list of inputs says what is in them before their data is read.
func TestAbout(t *testing.T) {
	res := explained(t, cleaner(t, clean.Options{}), []byte("Advertisement\nThe ferry was late, as it is every Tuesday in autumn.\n"))
	var f file
	f.fill(res)
	if f.About != "11 of 12 words kept" || f.Verdict != clean.Article {
		t.Errorf("it is about %q, %s", f.About, f.Verdict)
	}
}

// Texts are measured in words, and in characters where there are no spaces between
// them.
func TestSize(t *testing.T) {
	for text, want := range map[string]size{
		"":                     {},
		" The ferry\nleft. ":   {Words: 3},
		"渡轮出发。":                {Words: 1, Chars: 4},
		"渡轮 Corran 出发":         {Words: 1, Chars: 4},
		"เรือข้ามฟาก":          {Chars: 11},
		"паром ушёл — вовремя": {Words: 4},
		"غادرت العبارة عند الظهر.": {Words: 4},
	} {
		if got := sizeOf(text); got != want {
			t.Errorf("%q is %+v, want %+v", text, got, want)
		}
	}
}
