package batch

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/winnowtext/winnow/clean"
)

// numbered yields n items and counts in begun how many were asked for.
func numbered(n int, begun *atomic.Int64) iter.Seq[*Item] {
	return func(yield func(*Item) bool) {
		for i := range n {
			begun.Add(1)
			if !yield(&Item{Name: fmt.Sprint(i)}) {
				return
			}
		}
	}
}

func name(_ context.Context, item *Item) (string, error) { return item.Name, nil }

// Outcomes come in order although later items are done first, and while one
// item takes its time only so many others are asked for and wait.
func TestOrderAndBound(t *testing.T) {
	const jobs, items = 3, 200
	var begun, asked, most atomic.Int64
	do := func(_ context.Context, item *Item) (string, error) {
		begun.Add(1)
		if item.Name == "0" {
			time.Sleep(time.Second)
			most.Store(begun.Load())
			if n := asked.Load(); n > waiting*jobs+2 {
				t.Errorf("%d items were asked for while the first was worked on", n)
			}
		}
		return item.Name, nil
	}
	synctest.Test(t, func(t *testing.T) {
		n := 0
		for o, err := range Run(t.Context(), numbered(items, &asked), Options{Jobs: jobs}, do) {
			if err != nil {
				t.Fatal(err)
			}
			if want := fmt.Sprint(n); o.Value != want || o.Item.Name != want {
				t.Errorf("outcome %d is %s of %s", n, o.Value, o.Item.Name)
			}
			n++
			// Memory does not grow when outcomes are taken slowly.
			time.Sleep(time.Millisecond)
			if ahead := int(asked.Load()) - n; ahead > waiting*jobs+2 {
				t.Errorf("the source is %d items ahead", ahead)
			}
		}
		if n != items {
			t.Errorf("%d outcomes of %d items", n, items)
		}
		if n := most.Load(); n > waiting*jobs+2 || n <= jobs {
			t.Errorf("%d items were begun while the first was worked on", n)
		}
	})
}

// What is done is passed on while the source waits for its next item.
func TestSourceThatWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		more := make(chan *Item)
		source := func(yield func(*Item) bool) {
			for item := range more {
				if !yield(item) {
					return
				}
			}
		}
		n := 0
		go func() { more <- &Item{Name: "first"} }()
		for o, err := range Run(t.Context(), source, Options{Jobs: 2}, name) {
			if err != nil {
				t.Fatal(err)
			}
			if n++; n == 1 && o.Value == "first" {
				go func() {
					more <- &Item{Name: "second"}
					close(more)
				}()
			}
		}
		if n != 2 {
			t.Errorf("%d outcomes", n)
		}
	})
}

func TestEarlyEnd(t *testing.T) {
	// Left by the caller: work is told, and nothing runs any more.
	synctest.Test(t, func(t *testing.T) {
		var asked, running atomic.Int64
		do := func(ctx context.Context, item *Item) (string, error) {
			if item.Name < "5" {
				return "", nil
			}
			running.Add(1)
			defer running.Add(-1)
			<-ctx.Done()
			return "", ctx.Err()
		}
		n := 0
		for _, err := range Run(t.Context(), numbered(100, &asked), Options{Jobs: 2}, do) {
			if err != nil {
				t.Fatal(err)
			}
			if n++; n == 5 {
				synctest.Wait()
				break
			}
		}
		if n != 5 || running.Load() != 0 {
			t.Errorf("%d outcomes, %d items still worked on", n, running.Load())
		}
	})

}

// What was under way when a run is cancelled is no outcome, and the error is the
// last.
func TestCancel(t *testing.T) {
	for range 50 { // of several things that are ready, Go chooses one at random
		synctest.Test(t, func(t *testing.T) {
			var asked atomic.Int64
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			do := func(ctx context.Context, item *Item) (string, error) {
				if item.Name == "5" {
					<-ctx.Done()
					return "", ctx.Err()
				}
				return "", nil
			}
			n := 0
			var last error
			for o, err := range Run(ctx, numbered(100, &asked), Options{Jobs: 2}, do) {
				if last != nil {
					t.Error("something follows the end")
				}
				if last = err; err != nil {
					continue
				}
				if o.Err != nil {
					t.Errorf("%s failed: %v", o.Item.Name, o.Err)
				}
				if n++; n == 5 {
					cancel()
					synctest.Wait() // until the one under way says that it was ended
				}
			}
			if n != 5 || !errors.Is(last, context.Canceled) {
				t.Errorf("ended with %v after %d outcomes", last, n)
			}
		})
	}
}

// A cancelled run ends although its source and its work are stuck.
func TestStuck(t *testing.T) {
	for _, what := range []string{"source", "work"} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			free := make(chan bool)
			defer close(free)
			source := func(yield func(*Item) bool) {
				if yield(&Item{Name: "first"}) && yield(&Item{Name: "second"}) && what == "source" {
					<-free
				}
			}
			do := func(_ context.Context, item *Item) (string, error) {
				if item.Name == "second" && what == "work" {
					<-free
				}
				return "", nil
			}
			go func() {
				time.Sleep(time.Minute)
				cancel()
			}()
			begin := time.Now()
			var last error
			for _, err := range Run(ctx, source, Options{Jobs: 2}, do) {
				last = err
			}
			if took := time.Since(begin) - time.Minute; took > ending || !errors.Is(last, context.Canceled) {
				t.Errorf("%s: ended with %v after %v", what, last, took)
			}
		})
	}
}

// When all is done there is nothing to interrupt.
func TestCancelledAtTheEnd(t *testing.T) {
	for range 50 {
		synctest.Test(t, func(t *testing.T) {
			var asked atomic.Int64
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			n := 0
			for _, err := range Run(ctx, numbered(3, &asked), Options{}, name) {
				if err != nil {
					t.Fatal(err)
				}
				if n++; n == 3 {
					synctest.Wait()
					cancel()
				}
			}
			if n != 3 {
				t.Errorf("%d outcomes", n)
			}
		})
	}
}

func TestTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		free := make(chan bool)
		defer close(free)
		do := func(ctx context.Context, item *Item) (string, error) {
			switch item.Name {
			case "0": // notices, and has a part
				<-ctx.Done()
				return "part", ctx.Err()
			case "1": // is stuck
				<-free
			}
			return "whole", nil
		}
		var asked atomic.Int64
		var got []string
		for o, err := range Run(t.Context(), numbered(3, &asked), Options{Jobs: 1, Timeout: time.Minute}, do) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, fmt.Sprintf("%s %v %t", o.Value, errors.Is(o.Err, context.DeadlineExceeded), errors.Is(o.Err, clean.ErrTimeout)))
		}
		if want := []string{"part true false", " true true", "whole false false"}; !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	})
}

// A row that is left behind while it is read is written back as it stood, and what the
// work finds out later is not waited for: the race detector sees to that.
func TestTimeoutOfRow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		free := make(chan bool)
		split := &Split{Fields: Fields{Body: "body", ID: "id"}, Kind: CSV}
		items := split.Items(slices.Values([]*Item{Reader("t.csv", strings.NewReader("id,body\n7,\"x, y\"\n"))}))
		do := func(_ context.Context, item *Item) (string, error) {
			<-free
			item.know()
			return "", nil
		}
		for o, err := range Run(t.Context(), items, Options{Timeout: time.Minute}, do) {
			if err != nil || !errors.Is(o.Err, clean.ErrTimeout) {
				t.Fatal(err, o.Err)
			}
			close(free)
			if got := string(o.Item.Row.AppendTable(nil, nil)); got != "7,\"x, y\"\n" || o.Item.Row.Number != 1 || o.Item.Path == "" {
				t.Errorf("%q, %+v", got, o.Item)
			}
		}
	})
}

// An item that fails, in whatever way, does not hinder the others.
func TestFailures(t *testing.T) {
	gone := errors.New("gone")
	items := []*Item{{Name: "a"}, {Name: "b", Err: gone}, {Name: "panics"}, {Name: "d"}}
	for _, timeout := range []time.Duration{0, time.Hour} {
		do := func(_ context.Context, item *Item) (string, error) {
			if item.Name == "panics" {
				panic("no luck")
			}
			if item.Err != nil {
				t.Error("worked on an item that cannot be")
			}
			return strings.ToUpper(item.Name), nil
		}
		var got []string
		for o, err := range Run(t.Context(), slices.Values(items), Options{Timeout: timeout}, do) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, fmt.Sprint(o.Item.Name, o.Value, o.Err))
			if o.Item.Name == "panics" {
				if fault, ok := errors.AsType[*PanicError](o.Err); !ok || !strings.Contains(string(fault.Stack), "TestFailures") {
					t.Errorf("panic is %v", o.Err)
				}
			}
		}
		if want := []string{"aA<nil>", "bgone", "panicspanic: no luck", "dD<nil>"}; !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// A source that gives nil or panics does not end the process.
func TestSourceFails(t *testing.T) {
	source := func(yield func(*Item) bool) {
		for _, item := range []*Item{{Name: "a"}, nil, {Name: "c"}} {
			if !yield(item) {
				return
			}
		}
		panic("no luck")
	}
	for _, jobs := range []int{1, 2, 8} {
		var got []string
		for o, err := range Run(t.Context(), source, Options{Jobs: jobs}, name) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, fmt.Sprint(o.Item.Name, " ", o.Value, " ", o.Err))
			if fault, ok := errors.AsType[*PanicError](o.Err); ok && !strings.Contains(string(fault.Stack), "TestSourceFails") {
				t.Errorf("the stack is %s", fault.Stack)
			}
		}
		want := []string{"a a <nil>", "item 2  the source gave nil for an item", "c c <nil>", "item 4  panic: no luck"}
		if !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
	for o, err := range Run(t.Context(), nil, Options{}, name) {
		if err != nil || o.Item.Name != "item 1" || o.Err == nil {
			t.Errorf("no source: %v, %v", o, err)
		}
	}
}

// What a source does once nothing is wanted of it is no outcome.
func TestSourceFailsAtTheEnd(t *testing.T) {
	for range 50 {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			source := func(yield func(*Item) bool) {
				for yield(&Item{}) {
				}
				panic("no luck")
			}
			n := 0
			var last error
			for o, err := range Run(ctx, source, Options{Jobs: 2}, name) {
				if last = err; err == nil && o.Err != nil {
					t.Errorf("%s failed: %v", o.Item.Name, o.Err)
				}
				if n++; n == 5 {
					cancel()
					synctest.Wait()
				}
			}
			if !errors.Is(last, context.Canceled) {
				t.Errorf("ended with %v", last)
			}
		})
	}
}

// Outcomes that are there are passed on though one before them is not, and none is
// lost.
func TestUnordered(t *testing.T) {
	gate := make(chan struct{})
	var items []*Item
	for i := range 100 {
		items = append(items, &Item{Name: fmt.Sprint(i)})
	}
	do := func(_ context.Context, item *Item) (string, error) {
		if item.Name == "0" {
			<-gate
		}
		return item.Name, nil
	}
	seen := map[string]bool{}
	for o, err := range Run(t.Context(), slices.Values(items), Options{Jobs: 3, Unordered: true}, do) {
		if err != nil {
			t.Fatal(err)
		}
		if seen[o.Value] = true; len(seen) == 99 {
			if seen["0"] {
				t.Error("the one that waits was not waited for")
			}
			close(gate)
		}
		if o.Value != o.Item.Name {
			t.Errorf("%s became %s", o.Item.Name, o.Value)
		}
	}
	if len(seen) != 100 {
		t.Errorf("%d outcomes, want 100", len(seen))
	}
}

// A run that drains ends with what it has begun, though its source hangs.
func TestDrain(t *testing.T) {
	stop, hang := make(chan struct{}), make(chan struct{})
	defer close(hang)
	items := func(yield func(*Item) bool) {
		for i := range 5 {
			if !yield(&Item{Name: fmt.Sprint(i)}) {
				return
			}
		}
		<-hang
	}
	n := 0
	for o, err := range Run(t.Context(), items, Options{Jobs: 2, Drain: stop}, func(_ context.Context, item *Item) (string, error) { return item.Name, nil }) {
		if err != nil {
			t.Fatal(err)
		}
		if o.Value != fmt.Sprint(n) {
			t.Errorf("outcome %d is %s", n, o.Value)
		}
		if n++; n == 5 {
			close(stop)
		}
	}
	if n != 5 {
		t.Errorf("%d outcomes, want 5", n)
	}

	// A panic of the source is where it is without.
	bad := func(func(*Item) bool) { panic("no luck") }
	for o := range Run(t.Context(), bad, Options{Drain: make(chan struct{})}, func(context.Context, *Item) (string, error) { return "", nil }) {
		if fault, ok := errors.AsType[*PanicError](o.Err); !ok || fault.Value != "no luck" {
			t.Errorf("%v", o.Err)
		}
	}
}

// All yields a result for each input in order, and the end of its context as the last.
func TestAll(t *testing.T) {
	c, err := clean.New(clean.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	inputs := func(yield func(clean.Input) bool) {
		for n := 0; ; n++ {
			if !yield(clean.Input{Body: strings.NewReader(fmt.Sprintf("The ferry number %d left at noon.\n", n))}) {
				return
			}
		}
	}
	n := 0
	for res, err := range All(ctx, c, inputs, Options{Jobs: 3, Unordered: true}) {
		if n == 50 && err != nil {
			if !errors.Is(err, context.Canceled) || res == nil || res.Text != "" {
				t.Errorf("at the end: %v, %v", res, err)
			}
			n = -1
			break
		}
		if want := fmt.Sprintf("The ferry number %d left at noon.\n", n); err != nil || res.Text != want {
			t.Fatalf("%q, %v, want %q", res.Text, err, want)
		}
		if n++; n == 50 {
			cancel()
		}
	}
	if n != -1 {
		t.Errorf("ended after %d", n)
	}
	none := func(yield func(clean.Input) bool) { yield(clean.Input{}) }
	for res, err := range All(context.Background(), c, none, Options{}) {
		if err != nil || res.Verdict != clean.Empty {
			t.Errorf("of no body: %+v, %v", res, err)
		}
	}
}
