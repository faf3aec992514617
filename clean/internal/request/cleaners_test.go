package request

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/winnowtext/winnow/clean"
)

func flag(on bool) *bool { return &on }

// TestCleaners: options that mean the same have one cleaner, others have their own, and
// no more are kept than there is room for.
func TestCleaners(t *testing.T) {
	cs, err := NewCleaners(clean.Options{Mode: clean.Recall, Policy: map[clean.Kind]clean.Action{"bio": clean.Keep}})
	if err != nil {
		t.Fatal(err)
	}
	get := func(o Options) *clean.Cleaner {
		t.Helper()
		c, err := cs.Get(&o)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	plain := get(Options{})
	for _, o := range []Options{{Mode: "recall"}, {Keep: []string{"bio"}}, {Explain: flag(false)}, {As: "text"}} {
		if get(o) != plain {
			t.Errorf("%+v has a cleaner of its own", o)
		}
	}
	if get(Options{As: "md"}) != get(Options{As: "html"}) {
		t.Error("Markdown and HTML have two cleaners")
	}
	for _, o := range []Options{{Mode: "precision"}, {Drop: []string{"bio"}}, {Mark: []string{"ad"}}, {Explain: flag(true)}, {Comments: flag(true)}, {Rules: "rule ad.x\n  line buy a ferry now\n"}} {
		if get(o) == plain {
			t.Errorf("%+v has the cleaner of others", o)
		}
	}
	for i := range 3 * maxCleaners {
		get(Options{Rules: fmt.Sprintf("rule ad.x%d\n  line buy {n} ferries now\n", i)})
		if n := len(cs.ready); n > maxCleaners {
			t.Fatalf("%d cleaners are kept", n)
		}
	}
	if _, err := cs.Get(&Options{Rules: string(make([]byte, maxRules+1))}); err == nil {
		t.Error("any number of rules is read")
	}
}

// TestCleanersTogether: those who ask for the same at the same time get the same.
func TestCleanersTogether(t *testing.T) {
	cs, err := NewCleaners(clean.Options{})
	if err != nil {
		t.Fatal(err)
	}
	all := make([]*clean.Cleaner, 8)
	var group sync.WaitGroup
	for i := range all {
		group.Go(func() {
			c, err := cs.Get(&Options{Mode: "precision"})
			if err != nil {
				t.Error(err)
				return
			}
			if _, err := c.Text(context.Background(), "Share\nThe ferry left at noon.\n"); err != nil {
				t.Error(err)
			}
			all[i] = c
		})
	}
	group.Wait()
	for _, c := range all {
		if c != all[0] {
			t.Error("one of them has another")
		}
	}
}
