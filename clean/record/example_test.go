package record_test

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/winnowtext/winnow/clean"
	"github.com/winnowtext/winnow/clean/record"
)

// What the command writes with -f jsonl, or an array of -f json.
func ExampleRead() {
	const written = `{"source":"ferry.html","error":null,"schema":1,"format":"html","verdict":"article","score":0.97,"title":"Ferry late","text":"The ferry was late.\n"}
{"source":"gone.html","error":"no such file or directory","schema":1,"verdict":"","score":0,"title":"","text":""}
{"source":"torn.ht
`
	for rec, err := range record.Read(strings.NewReader(written)) {
		switch {
		case err != nil:
			if bad, ok := errors.AsType[*record.LineError](err); ok && bad.Line == 3 {
				fmt.Println(bad) // the lines behind it are read
			}
		case rec.Error != "":
			fmt.Println(rec.Source, "failed:", rec.Error)
		default:
			fmt.Print(rec.Source, ": ", rec.Result.Text)
		}
	}
	// Output:
	// ferry.html: The ferry was late.
	// gone.html failed: no such file or directory
	// line 3: unexpected end of JSON input
}

func ExampleRecord_AppendJSON() {
	rec := record.Record{Source: "ferry.txt", Result: &clean.Result{Text: "The ferry was late.\n", Format: clean.FromText, Verdict: clean.Article, Score: 1}}
	line, err := rec.AppendJSON(nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	os.Stdout.Write(append(line, '\n'))
	// Output:
	// {"source":"ferry.txt","error":null,"schema":1,"format":"text","verdict":"article","score":1,"title":"","text":"The ferry was late.\n"}
}
