package table

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

// all reads a table, and returns its rows and what is left behind them.
func all(t testing.TB, r io.Reader, delim byte) (rows []*Row, rest string) {
	t.Helper()
	in := NewReader(r, delim, 1<<20)
	for {
		row, err := in.Next()
		if err == io.EOF {
			return rows, string(in.Rest())
		}
		if row == nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
}

func TestCells(t *testing.T) {
	for _, c := range []struct{ table, want string }{
		{"a,b\nc,d", `1 ["a","b"] 2 ["c","d"]`},
		{"a,b\r\n\r\n\n c , d \r\n\n", `1 ["a","b"] 4 [" c "," d "]`},
		{"\"a\nb\",\"c\"\"d\"\ne", `1 ["a\nb","c\"d"] 3 ["e"]`},
		{"a\"b,\"c\"d\"e\",f\ng", `1 ["a\"b","cd\"e\"","f"] 2 ["g"]`},
		{",\n\"\",\n\"\"", `1 ["",""] 2 ["",""] 3 [""]`},
		{"\ufeff\"a\",b\n1,2", `1 ["a","b"] 2 ["1","2"]`},
		{"a\rb,c\r\nd\r", `1 ["a\rb","c"] 2 ["d"]`},
		{"a,b\rc,\"d\re\"\r\rf", `1 ["a","b"] 2 ["c","d\re"] 5 ["f"]`},
		{"a\x00,\"\x00\"\n", `1 ["a\u0000","\u0000"]`},
		{"a,\"b\nc,d\ne,f", `1 unclosed 2 ["c","d"] 3 ["e","f"]`},
		{"\"\"\"\"\n\"\"\"a\"\"\"", `1 ["\""] 2 ["\"a\""]`},
		{"", ""}, {"\n\r\n", ""},
	} {
		for _, r := range []io.Reader{strings.NewReader(c.table), iotest.OneByteReader(strings.NewReader(c.table))} {
			if strings.Contains(c.table, "b\rc") { // of which nobody knows how lines end before all is there
				r = strings.NewReader(c.table)
			}
			rows, rest := all(t, r, ',')
			var got []string
			raw := ""
			for _, row := range rows {
				values, _ := json.Marshal(row.Values())
				if row.Cells == nil {
					values = []byte("unclosed")
				}
				got = append(got, fmt.Sprintf("%d %s", row.Line, values))
				raw += string(row.Raw)
			}
			if got := strings.Join(got, " "); got != c.want {
				t.Errorf("%q: %s, want %s", c.table, got, c.want)
			}
			if raw+rest != c.table {
				t.Errorf("%q: the bytes are %q", c.table, raw+rest)
			}
		}
	}
}

func TestAppendWith(t *testing.T) {
	for _, c := range []struct {
		row, text, want string
		cell            int
	}{
		{"\n a,b\r\n", "x", "\n a,x\r\n", 1},
		{"a,\"b\"", "x", "a,\"x\"", 1},
		{"a,b", "x,y", "a,\"x,y\"", 1},
		{"a,b\n", "\"x\"\ny", "\"\"\"x\"\"\ny\",b\n", 0},
		{"a\n", "", "\"\"\n", 0},
		{"a,b\n", "", ",b\n", 0},
		{"\"a\"b,c", "x", "\"x\",c", 0},
	} {
		rows, _ := all(t, strings.NewReader(c.row), ',')
		if got := string(rows[0].AppendWith(nil, c.cell, c.text, ',')); got != c.want {
			t.Errorf("%q: %q, want %q", c.row, got, c.want)
		}
	}
}

// A quote that is not closed costs one line, and not more time than a few looks
// through as much as a row may have.
func TestUnclosed(t *testing.T) {
	bad := errors.New("no luck")
	r := NewReader(io.MultiReader(strings.NewReader("a,\"b\n"+strings.Repeat("c,d\n", 1000)), iotest.ErrReader(bad)), ',', 100)
	row, err := r.Next()
	if !errors.Is(err, ErrUnclosed) || string(row.Raw) != "a,\"b\n" {
		t.Fatalf("%v, %v", row, err)
	}
	for range 1000 {
		if row, err = r.Next(); err != nil || string(row.Raw) != "c,d\n" {
			t.Fatalf("%v, %v", row, err)
		}
	}
	if _, err = r.Next(); err != bad {
		t.Errorf("%v, want %v", err, bad)
	}
	r = NewReader(strings.NewReader(strings.Repeat("\"", 2*maxTries+1)+strings.Repeat("\na,\"b\"c\"", 100)), ',', 10)
	for {
		row, err := r.Next()
		if row == nil {
			if err == nil {
				t.Error("no error")
			}
			break
		}
	}
	r = NewReader(strings.NewReader(strings.Repeat("x", 2*readSize)), ',', 1000)
	if _, err := r.Next(); !errors.Is(err, ErrTooLarge) {
		t.Errorf("%v, want %v", err, ErrTooLarge)
	}
}

// made is a table with every trouble that quoting has, and how the programs that
// read it have to be set.
type made struct {
	Text   string `json:"text"`
	Delim  string `json:"delim"`
	ragged bool
	stray  bool // quotes that only Python takes
	cr     bool // \r within cells, which encoding/csv changes
}

func makeTable(rnd *rand.Rand) made {
	pick := func(all ...string) string { return all[rnd.IntN(len(all))] }
	m := made{Delim: pick(",", ",", ";", "\t", "|"), ragged: rnd.IntN(4) == 0, stray: rnd.IntN(5) == 0, cr: rnd.IntN(3) == 0}
	end := pick("\n", "\r\n")
	all := rnd.IntN(4) == 0 // cells are quoted
	var b strings.Builder
	if rnd.IntN(4) == 0 {
		b.WriteString("\ufeff")
	}
	columns := 1 + rnd.IntN(5)
	rows := 1 + rnd.IntN(8)
	for y := range rows {
		n := columns
		if m.ragged && y > 0 {
			n = 1 + rnd.IntN(columns+2)
		}
		for x := range n {
			if x > 0 {
				b.WriteString(m.Delim)
			}
			var cell strings.Builder
			for range rnd.IntN(5) {
				cell.WriteString(pick("a", "word and word", " ", m.Delim, `"`, `""`, "\n", "\t", "ü", "\x00", ",", ";", "'", "\u2028", "Then came fog.", "\\", "=1", "#"))
			}
			s := cell.String()
			if m.cr && rnd.IntN(3) == 0 {
				s += pick("\r\n", "\r") + "x"
			}
			switch {
			case y == 0:
				fmt.Fprintf(&b, "c%d", x)
			case all || strings.ContainsAny(s, m.Delim+"\"\r\n") || rnd.IntN(4) == 0 || n == 1 && s == "":
				b.WriteString(`"` + strings.ReplaceAll(s, `"`, `""`) + `"`)
				if m.stray && rnd.IntN(4) == 0 {
					b.WriteString(pick("x", ` "y`, `z"`))
				}
			default:
				b.WriteString(s)
				if m.stray && rnd.IntN(4) == 0 && s != "" {
					b.WriteString(`"q"`)
				}
			}
		}
		if y < rows-1 || rnd.IntN(2) == 0 {
			b.WriteString(end)
		}
		if rnd.IntN(12) == 0 && y < rows-1 {
			b.WriteString(end)
		}
	}
	m.Text = b.String()
	return m
}

// replaceAll is the table with the column replaced by a text that names the row, and
// its rows as they should be read then.
func replaceAll(t testing.TB, m made, column int, texts []string) (table string, rows [][]string) {
	t.Helper()
	got, rest := all(t, strings.NewReader(m.Text), m.Delim[0])
	var out []byte
	for i, row := range got {
		values := row.Values()
		if i == 0 || column >= len(row.Cells) {
			out = append(out, row.Raw...)
		} else {
			text := texts[i%len(texts)]
			values[column] = text
			before := len(out)
			out = row.AppendWith(out, column, text, m.Delim[0])
			written := string(out[before:])
			cell := row.Cells[column]
			if !strings.HasPrefix(written, string(row.Raw[:cell.Start])) || !strings.HasSuffix(written, string(row.Raw[cell.End:])) {
				t.Errorf("%q became %q: more than a cell has changed", row.Raw, written)
			}
			if was := row.Raw[cell.Start:cell.End]; len(was) > 0 && was[0] == '"' && written[cell.Start] != '"' {
				t.Errorf("%q became %q: quotes were lost", row.Raw, written)
			}
		}
		rows = append(rows, values)
	}
	return string(out) + rest, rows
}

// texts are what cells become.
var texts = []string{"Plain text.", "", "two\nlines", `she said "no"`, "a,b;c\td|e", " ", "ü\u2028"}

// A table with one column replaced reads like the table that was, the column aside,
// to Python and to encoding/csv.
func TestSameAsOthers(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	type job struct {
		made
		Rows [][]string `json:"rows"`
		Was  [][]string `json:"was"`
		Old  string     `json:"old"`
	}
	var jobs []job
	strict := 0
	for range 1000 {
		m := makeTable(rnd)
		table, rows := replaceAll(t, m, rnd.IntN(3), texts)
		got, _ := all(t, strings.NewReader(m.Text), m.Delim[0])
		var was [][]string
		for _, row := range got {
			was = append(was, row.Values())
		}
		if theirs, err := readCSV(m.Text, m.Delim); err == nil && !m.cr {
			strict++
			if !same(theirs, was) {
				t.Errorf("%q: encoding/csv reads %q, we %q", m.Text, theirs, was)
			}
			if theirs, err := readCSV(table, m.Delim); err != nil || !same(theirs, rows) {
				t.Errorf("%q: encoding/csv reads %q, %v; want %q", table, theirs, err, rows)
			}
		} else if err != nil && !m.stray {
			t.Errorf("%q: %v", m.Text, err)
		}
		jobs = append(jobs, job{made{Text: table, Delim: m.Delim}, rows, was, m.Text})
	}
	if strict < 400 {
		t.Errorf("encoding/csv read only %d tables", strict)
	}

	python, err := exec.LookPath("python3")
	if err != nil {
		t.Log("no python3: its csv was not asked")
		return
	}
	input, err := json.Marshal(jobs)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(python, "-c", `
import csv, io, json, sys
if sys.version_info < (3, 11): sys.exit(9)  # no NUL in tables
bad = 0
csv.field_size_limit(10**9)
def read(text, delim):
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delim)
    return [row for row in rows if row]
for job in json.load(sys.stdin.buffer):
    for text, want in ((job["old"], job["was"]), (job["text"], job["rows"])):
        got = read(text, job["delim"])
        if got != want:
            bad += 1
            if bad < 5: print(repr(text), "is read as", got, "by Python, by us as", want)
sys.exit(1 if bad else 0)
`)
	cmd.Stdin = bytes.NewReader(input)
	out, err := cmd.CombinedOutput()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok && exit.ExitCode() == 9 {
		t.Log("python3 is too old: its csv was not asked")
	} else if err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

func same(a, b [][]string) bool {
	return slices.EqualFunc(a, b, slices.Equal)
}

func readCSV(s, delim string) ([][]string, error) {
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(s, "\ufeff")))
	r.Comma = rune(delim[0])
	r.FieldsPerRecord = -1
	return r.ReadAll()
}

// All bytes are in the rows or behind them, encoding/csv agrees wherever it reads a
// table, and a replaced cell says what it should.
func FuzzReader(f *testing.F) {
	for _, s := range []string{"a,b\nc,d", "\"a\nb\",\"c\"\"d\"\r\ne", "a\"b,\"c\"d\"e\",f\ng", "\ufeffa\r\rb", "a,\"b\nc"} {
		f.Add(s, "x,\"y\"\n")
	}
	f.Fuzz(func(t *testing.T, table, text string) {
		rows, rest := all(t, strings.NewReader(table), ',')
		raw := ""
		var values [][]string
		for _, row := range rows {
			raw += string(row.Raw)
			values = append(values, row.Values())
			if row.Cells == nil {
				return
			}
			i := len(row.Cells) / 2
			if strings.Contains(text, "\r") || strings.Contains(table, "\r") {
				continue // whether lines end with it depends on others
			}
			again, _ := all(t, bytes.NewReader(row.AppendWith(nil, i, text, ',')), ',')
			want := row.Values()
			want[i] = text
			if len(again) != 1 || !slices.Equal(again[0].Values(), want) {
				t.Fatalf("%q with %q has %d rows, want one that reads %q", row.Raw, text, len(again), want)
			}
		}
		if raw+rest != table {
			t.Fatalf("%q became %q", table, raw+rest)
		}
		if theirs, err := readCSV(table, ","); err == nil && !strings.Contains(table, "\r") && !same(theirs, values) {
			t.Errorf("%q: encoding/csv reads %q, we %q", table, theirs, values)
		}
	})
}
