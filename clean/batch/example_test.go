package batch_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/winnowtext/winnow/clean"
	"github.com/winnowtext/winnow/clean/batch"
	"github.com/winnowtext/winnow/clean/record"
)

// Texts and pages become one file of records, which is there when all of them
// are done.
func Example() {
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	for name, text := range map[string]string{
		"a.txt":  "Advertisement\nThe ferry was late, as it is every Tuesday in autumn.\n",
		"b.html": "<title>Fog</title><p>Then the fog came, and nobody saw the ferry at all until noon.</p>",
		"c.txt":  "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			log.Fatal(err)
		}
	}
	if err := cleanAll(context.Background(), dir, filepath.Join(dir, "all.jsonl")); err != nil {
		log.Fatal(err)
	}
	f, err := os.Open(filepath.Join(dir, "all.jsonl"))
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	for rec, err := range record.Read(f) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Print(filepath.Base(rec.Source), ": ")
		if rec.Error != "" {
			fmt.Println("failed:", rec.Error)
		} else {
			fmt.Print(rec.Result.Text)
		}
	}
	// Output:
	// a.txt: The ferry was late, as it is every Tuesday in autumn.
	// b.html: Then the fog came, and nobody saw the ferry at all until noon.
	// c.txt: failed: not text: a PNG image
}

func cleanAll(ctx context.Context, dir, file string) error {
	c, err := clean.New(clean.Options{})
	if err != nil {
		return err
	}
	to, err := batch.Create(file)
	if err != nil {
		return err
	}
	sink := batch.NewStream(to, batch.Frame{})
	defer sink.Abort() // unless it is committed
	for o, err := range batch.Run(ctx, batch.Files(dir), batch.Options{}, batch.Clean(c)) {
		if err != nil {
			return err // ctx has ended
		}
		rec := record.Record{Source: o.Item.Name, Result: o.Value}
		if o.Err != nil {
			rec.Error = o.Err.Error()
		}
		line, err := rec.AppendJSON(nil)
		if err != nil {
			return err
		}
		if err := sink.Write(o.Item, append(line, '\n')); err != nil {
			return err
		}
	}
	return sink.Commit()
}

// A folder of texts, made or gone on with.
func ExampleTree() {
	in, out := "pages", "texts"
	c, err := clean.New(clean.Options{})
	if err != nil {
		log.Fatal(err)
	}
	tree, err := batch.CreateTree(out, ".txt")
	if err != nil {
		log.Fatal(err)
	}
	defer tree.Abort()
	todo := tree.Resume(batch.Files(in))
	for o, err := range batch.Run(context.Background(), todo, batch.Options{}, batch.Clean(c)) {
		if err == nil && o.Err == nil {
			err = tree.Write(o.Item, []byte(o.Value.Text))
		}
		if err != nil {
			log.Print(err)
		}
	}
}

// Inputs of a program, such as the items of a queue: results in the same order.
func ExampleAll() {
	c, err := clean.New(clean.Options{})
	if err != nil {
		log.Fatal(err)
	}
	inputs := func(yield func(clean.Input) bool) {
		for _, text := range []string{
			"Advertisement\nThe ferry was late, as it is every Tuesday in autumn.\n",
			"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
			"READ MORE: Five ferries that never came back\nThen the fog came, and nobody saw the ferry until noon.\n",
		} {
			if !yield(clean.Input{Body: strings.NewReader(text)}) {
				return
			}
		}
	}
	for res, err := range batch.All(context.Background(), c, inputs, batch.Options{}) {
		fmt.Printf("%q %v\n", res.Text, err)
	}
	// Output:
	// "The ferry was late, as it is every Tuesday in autumn.\n" <nil>
	// "" not text: a PNG image
	// "Then the fog came, and nobody saw the ferry until noon.\n" <nil>
}

// Files of many kinds: what names tell, what content tells, and where rows stand.
func ExampleSplit() {
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	for name, data := range map[string]string{
		"a.csv":   "id,body\n7,\"Advertisement\nThe ferry was late.\"\n",
		"b.jsonl": "{\"key\": 8, \"body\": \"Share\\nThen the fog came.\"}\n",
		"c.csv":   "id,body\n",
		"d.csv":   "id,text,more\n1,x,y\n2,x,y\n3,x,y\n",
		"e.png":   "no text",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o666); err != nil {
			log.Fatal(err)
		}
	}
	c, err := clean.New(clean.Options{})
	if err != nil {
		log.Fatal(err)
	}
	search := batch.Search{Tables: true}
	split := batch.Split{Fields: batch.Fields{Body: "body"}}
	show := func(o *batch.Outcome[*clean.Result]) {
		var field *batch.FieldError
		var fault *batch.PanicError
		switch {
		case errors.Is(o.Err, batch.ErrNoRows):
			fmt.Println(filepath.Base(o.Item.Row.In.Name), "has no rows")
		case errors.As(o.Err, &field):
			fmt.Println(filepath.Base(o.Item.Name), "has", field.Columns)
		case errors.As(o.Err, &fault):
			log.Fatal(fault.Value)
		case o.Err != nil:
			fmt.Println(o.Err)
		default:
			var row *batch.Row = o.Item.Row
			var in *batch.Container = row.In
			fmt.Printf("row %d of %s (%s): %q\n", row.Number, filepath.Base(in.Name), in.Kind, o.Value.Text)
			if in.Kind == batch.CSV {
				fmt.Printf("%q\n", row.AppendTable(nil, &o.Value.Text))
			}
		}
	}
	for o, err := range batch.Run(context.Background(), split.Items(search.Files(dir)), batch.Options{}, batch.Clean(c)) {
		if err != nil {
			log.Fatal(err)
		}
		show(o)
	}
	fmt.Println(search.Passed, "skipped;", batch.NameKind("pages.warc.gz") == batch.WARC)
	// Output:
	// row 1 of a.csv (csv): "The ferry was late.\n"
	// "7,\"The ferry was late.\"\n"
	// row 1 of b.jsonl (jsonl): "Then the fog came.\n"
	// c.csv has no rows
	// d.csv has [id text more]
	// 1 skipped; true
}

// Sinks: one stream, as lines, a table or an array, or a folder.
func ExampleSink() {
	put := func(to batch.Sink, bodies ...string) {
		defer to.Abort() // does nothing after Commit
		for n, body := range bodies {
			item := &batch.Item{Name: fmt.Sprint("item ", n), Path: fmt.Sprint(n)}
			if err := to.Write(item, []byte(body)); err != nil {
				if place, ok := errors.AsType[*batch.WriteError](err); ok && place.Fatal {
					log.Fatal(place.Name, " is gone: ", err)
				}
				fmt.Println(err) // of this item alone
			}
		}
		if err := to.Commit(); err != nil {
			fmt.Println(err)
		}
	}
	var out *batch.Output = batch.NewOutput("standard output", os.Stdout)
	var lines *batch.Stream = batch.NewStream(out, batch.Frame{})
	put(lines, "one\n", "two\n")
	put(batch.NewStream(batch.NewOutput("standard output", os.Stdout), batch.Array()), "1", "2")
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	tree, err := batch.CreateTree(dir, ".txt")
	if err != nil {
		log.Fatal(err)
	}
	tree.Inputs() // files that must not be written to, where they are known only now
	put(tree, "zero\n")
	fmt.Println(tree.Done(&batch.Item{Path: "1"})) // it has no file
	// Output:
	// one
	// two
	// [
	// 1,
	// 2
	// ]
	// false
}

// A file of rows for each file of rows, as the table that it was.
func ExampleParts() {
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	c, err := clean.New(clean.Options{})
	if err != nil {
		log.Fatal(err)
	}
	var parts *batch.Parts
	parts, err = batch.CreateParts(dir, func(item *batch.Item) (string, batch.Frame) {
		return "." + string(item.Row.In.Kind), batch.Table()
	})
	if err != nil {
		log.Fatal(err)
	}
	defer parts.Abort()
	table := batch.Reader("texts.csv", strings.NewReader("id,body\n1,\"Share\nThe ferry was late.\"\n2,It came.\n"))
	split := batch.Split{Kind: batch.CSV, Fields: batch.Fields{Body: "body"}}
	for o, err := range batch.Run(context.Background(), split.Items(slices.Values([]*batch.Item{table})), batch.Options{}, batch.Clean(c)) {
		switch {
		case err != nil:
			log.Fatal(err)
		case o.Err != nil:
			parts.Drop() // a table with a row missing is none
		default:
			text := strings.TrimSpace(o.Value.Text)
			err = parts.Write(o.Item, o.Item.Row.AppendTable(nil, &text))
		}
		if err != nil {
			log.Fatal(err)
		}
	}
	if err := parts.Commit(); err != nil {
		log.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, "texts.csv"))
	fmt.Print(string(data), err, "\n")
	// Output:
	// id,body
	// 1,"The ferry was late."
	// 2,It came.
	// <nil>
}

// Part of the work, done by one of several processes.
func ExampleParseShard() {
	var shard batch.Shard
	shard, err := batch.ParseShard("2/3")
	if err != nil {
		log.Fatal(err)
	}
	files := []*batch.Item{{Name: "a"}, {Name: "b"}, {Name: "c"}, {Name: "d"}}
	own, _ := shard.Files(files)
	fmt.Println(shard.Name(), len(own) < len(files), batch.Finished(filepath.Join("nowhere", shard.Name()+".jsonl"), own))
	// Output: part-2-of-3 true false
}
