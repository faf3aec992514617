package batch_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"
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
