package report_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/winnowtext/winnow/clean"
	"github.com/winnowtext/winnow/clean/report"
)

// A report about two texts, to be opened in a browser.
func Example() {
	c, err := clean.New(clean.Options{Explain: true, Structure: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	f, err := os.CreateTemp("", "report-*.html")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.Remove(f.Name())
	r := report.New(f, report.Options{Title: "Two texts"})
	for name, text := range map[string]string{
		"monday":  "Advertisement\nThe ferry was late.\n",
		"tuesday": "The ferry was late again.\nShare\nTweet\n",
	} {
		began := time.Now()
		res, err := c.Text(context.Background(), text)
		if err := r.AddTimed(name, res, err, time.Since(began)); err != nil {
			fmt.Println(err)
		}
	}
	fmt.Println(r.Close(), f.Close())
	// Output: <nil> <nil>
}

// What a rule of one's own changes.
func ExampleCompare() {
	text := "The ferry was late, as it is every Tuesday in autumn.\nThe harbour weather was foggy until noon.\nNobody on the quay minded, and those who had come to wave went back to the café for another hour.\n"
	run := func(rules ...clean.RuleFile) []clean.Decision {
		c, err := clean.New(clean.Options{Explain: true, Structure: true, Rules: rules})
		if err != nil {
			fmt.Println(err)
			return nil
		}
		res, err := c.Text(context.Background(), text)
		if err != nil {
			fmt.Println(err)
			return nil
		}
		return res.Decisions
	}
	mine := clean.RuleFile{Name: "mine.rules", Data: "rule nav.weather\n  line the harbour weather was {any<=3}\n"}
	show := func(p report.Pair) {
		if p.Changed() {
			fmt.Println(p.Before.Kept, p.After.Kept, p.After.Rule, strings.ToUpper(p.Text))
		}
	}
	before, after := run(), run(mine)
	for _, p := range report.Compare(before, after) {
		show(p)
	}
	w := report.New(io.Discard, report.Options{Before: "without", After: "with my rules"})
	if err := w.AddDiff("weather.txt", &clean.Result{Decisions: before}, &clean.Result{Decisions: after}); err != nil {
		fmt.Println(err)
	}
	// Output: true false nav.weather THE HARBOUR WEATHER WAS FOGGY UNTIL NOON.
}
