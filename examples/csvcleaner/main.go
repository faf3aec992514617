// Command csvcleaner cleans one column of a table and leaves the rest as it was, as
// winnow --field does, and counts what it found in a column of its own:
//
//	go run . body < texts.csv > clean.csv
package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"slices"
	"strings"

	"github.com/winnowtext/winnow/clean"
	"github.com/winnowtext/winnow/clean/batch"
)

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: csvcleaner COLUMN < table.csv")
	}
	if err := run(os.Args[1], os.Stdin, os.Stdout); err != nil {
		log.Fatal(err)
	}
}

func run(column string, from io.Reader, to io.Writer) error {
	rows, err := csv.NewReader(from).ReadAll()
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		return errors.New("an empty table")
	}
	at := slices.Index(rows[0], column)
	if at < 0 {
		return fmt.Errorf("no column %q among %q", column, rows[0])
	}
	c, err := clean.New(clean.Options{})
	if err != nil {
		return err
	}
	inputs := func(yield func(clean.Input) bool) {
		for _, row := range rows[1:] {
			if !yield(clean.Input{Body: strings.NewReader(row[at]), Decoded: true}) {
				return
			}
		}
	}
	out := csv.NewWriter(to)
	if err := out.Write(append(rows[0], "verdict")); err != nil {
		return err
	}
	n := 0
	for res, err := range batch.All(context.Background(), c, inputs, batch.Options{}) { // in the order of the rows
		n++
		row := append(slices.Clone(rows[n]), string(res.Verdict))
		if err != nil {
			log.Printf("row %d: %v", n, err) // it stays as it is, and the others go on
		} else {
			row[at] = strings.TrimSpace(res.Text)
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
