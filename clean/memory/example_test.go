package memory_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/winnowtext/winnow/clean"
	"github.com/winnowtext/winnow/clean/memory"
)

// texts are those of a site that ends each in the same notice.
func texts() (list []memory.Text) {
	const notice = "Our letter from the harbour is sent to 41,000 readers every Friday morning."
	for _, body := range []string{
		"The ferry left at noon with two men on board. Both had been away for a year, and neither knew that the bridge was open again.",
		"Nobody in the village had seen the bear before Tuesday. It came down from the quarry at dawn, crossed two gardens and was gone by the time the vet arrived.",
		"A third of the orchards near the river was cut down. The owners say that pears no longer pay, while their neighbours point at the new road.",
		"The new organ has more pipes than that of the cathedral. It took four summers to build, and the last of the wood came from a barn in the hills.",
		"Rain kept most of the crowd away from the second race. Those who stayed saw a boat sink within reach of the harbour wall and nobody hurt.",
		"Two bakers in the old town share one oven since June. One works at night and sells bread, the other comes at seven and makes nothing but cakes.",
	} {
		list = append(list, memory.Text{Site: "example.com", Body: body + "\n" + notice})
	}
	return list
}

// Texts are learned in one pass and cleaned in another.
func ExampleLearn() {
	m := memory.Learn(slices.Values(texts()))
	c, err := clean.New(clean.Options{Memory: m, Explain: true})
	if err != nil {
		panic(err)
	}
	first := texts()[0]
	res, err := c.Clean(context.Background(), clean.Input{Body: strings.NewReader(first.Body), Format: clean.FromText, Site: first.Site})
	if err != nil {
		panic(err)
	}
	fmt.Print(res.Text)
	for _, d := range res.Decisions {
		if d.Rule == clean.ByMemory {
			fmt.Println(d.Kind, d.Reasons[0].Text)
		}
	}
	// Output:
	// The ferry left at noon with two men on board. Both had been away for a year, and neither knew that the bridge was open again.
	// boilerplate in 5 of 5 other texts of example.com
}

// Several goroutines, or machines, learn parts of a set, whose memories are merged. Saved,
// they are the same bytes as that of all texts.
func ExampleMemory_Merge() {
	var all memory.Memory
	var mu sync.Mutex
	var wg sync.WaitGroup
	for part := range slices.Chunk(texts(), 2) {
		wg.Go(func() {
			m := memory.Learn(slices.Values(part))
			mu.Lock()
			defer mu.Unlock()
			all.Merge(m)
		})
	}
	wg.Wait()
	var merged, whole bytes.Buffer
	if err := all.Save(&merged); err != nil {
		panic(err)
	}
	if err := memory.Learn(slices.Values(texts())).Save(&whole); err != nil {
		panic(err)
	}
	fmt.Println(all.Texts(), "texts:", bytes.Equal(merged.Bytes(), whole.Bytes()))
	// Output: 6 texts: true
}

// A memory holds no words: what it knows is shown by the texts it was made of.
func ExampleRepeats() {
	r := memory.NewRepeats(memory.Learn(slices.Values(texts())).Index())
	for _, t := range texts() {
		r.Add(t)
	}
	for _, s := range r.Sites() {
		fmt.Println(s.Site, s.Read, s.Different)
		for _, p := range s.Repeats {
			fmt.Println(p.Texts, p.Text)
		}
	}
	// Output:
	// example.com 6 6
	// 6 Our letter from the harbour is sent to 41,000 readers every Friday morning
}

// A memory in a file; and which words of a text other texts of its site hold.
func ExampleLoad() {
	var file bytes.Buffer
	if err := memory.Learn(slices.Values(texts())).Save(&file); err != nil {
		panic(err)
	}
	_, err := memory.Load(strings.NewReader("something else"))
	fmt.Println(errors.Is(err, memory.ErrDamaged), errors.Is(err, memory.ErrVersion))
	m, err := memory.Load(&file)
	if err != nil {
		panic(err)
	}
	fmt.Println(m.Texts() >= memory.LeastTexts, m.Texts() <= memory.MaxTexts)
	var r memory.Reader
	defer r.Forget() // the text
	text := "A new story.\nOur letter from the harbour is sent to 41,000 readers every Friday morning."
	words, others := r.Read(m.Index().Site("example.com"), text, nil)
	in := func(w memory.Word) bool { return int(w.Texts) == others }
	first := slices.IndexFunc(words, in)
	fmt.Println(others, text[words[first].From:])
	repeats := memory.NewRepeats(m.Index())
	var sites []memory.SiteRepeats = repeats.Sites()
	fmt.Println(len(sites))
	// Output:
	// true false
	// true true
	// 6 Our letter from the harbour is sent to 41,000 readers every Friday morning.
	// 0
}
