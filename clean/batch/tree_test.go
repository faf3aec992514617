//go:build unix

package batch

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestTree(t *testing.T) {
	in := fill(t, "a/x.html", "b.txt")
	items := slices.Collect(Files(in, filepath.Join(in, "gone.txt")))
	out := filepath.Join(t.TempDir(), "deep", "out")
	tree, err := CreateTree(out, ".json", items...)
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range items[:2] {
		if err := tree.Write(item, []byte(item.Path)); err != nil {
			t.Fatal(err)
		}
	}
	// Places are within, and nobody's twice.
	for _, c := range []struct {
		item *Item
		want string
	}{
		{&Item{Name: "evil", Path: "../evil"}, "path escapes"},
		{&Item{Name: "other", Path: "b"}, "both " + items[1].Name + " and other would go there"},
		{items[1], "would go there"},
		{&Item{Name: "below", Path: "b.json/c"}, "file exists"},
		{&Item{Name: "itself", Path: "c", File: filepath.Join(realPath(out), "c.json")}, "it is one of the inputs"},
	} {
		err := tree.Write(c.item, nil)
		if bad, ok := errors.AsType[*WriteError](err); !ok || bad.Fatal || !strings.Contains(err.Error(), c.want) ||
			!strings.HasPrefix(err.Error(), "cannot write "+filepath.Join(out, c.item.Path)+".json: ") {
			t.Errorf("%s: %v, want %s", c.item.Name, err, c.want)
		}
	}
	if err := tree.Commit(); err != nil {
		t.Fatal(err)
	}
	tree.Abort()
	if got, want := contents(t, out), "a/x.json: a/x\nb.json: b\n"; filepath.ToSlash(got) != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// Two ways to write one place are one place.
func TestTreeCleansPaths(t *testing.T) {
	out := fill(t, "real/")
	if err := os.Symlink("real", filepath.Join(out, "link")); err != nil {
		t.Skip(err)
	}
	tree, err := CreateTree(out, ".txt")
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Abort()
	for _, c := range []struct{ first, second string }{
		{"x", "./x"}, {"a/../y", "y"}, {"b//z", "b/z"}, {"real/deep/w", "link/deep/w"}, {"link/v", "real/v"},
	} {
		if err := tree.Write(&Item{Name: "first", Path: c.first}, []byte("1")); err != nil {
			t.Errorf("%s: %v", c.first, err)
		}
		err := tree.Write(&Item{Name: "second", Path: c.second}, []byte("2"))
		if bad, ok := errors.AsType[*WriteError](err); !ok || bad.Fatal || !strings.Contains(err.Error(), "both first and second would go there") {
			t.Errorf("%s after %s: %v", c.second, c.first, err)
		}
	}
	if err := tree.Write(&Item{Name: "next", Path: "next"}, []byte("1")); err != nil {
		t.Errorf("after those that were refused: %v", err)
	}
	if got := contents(t, out); strings.Contains(got, ": 2") {
		t.Errorf("something was replaced: %s", got)
	}
	for _, paths := range [][2]string{{"p", "./p"}, {"link/new/p", "real/new/p"}} {
		first, second := &Item{Name: "first", Path: paths[0]}, &Item{Name: "second", Path: paths[1]}
		known, err := CreateTree(out, ".txt", first, second)
		if err != nil {
			t.Fatal(err)
		}
		defer known.Abort()
		if err := known.Write(second, []byte("2")); err == nil || !strings.HasSuffix(err.Error(), "both first and second would go there") {
			t.Errorf("known before, %q: %v", paths, err)
		}
		if err := known.Write(first, []byte("1")); err != nil {
			t.Errorf("known before, %q, the first: %v", paths, err)
		}
	}
}

// Links in between make no output the end of an input.
func TestTreeSparesInputs(t *testing.T) {
	dir := fill(t, "in/data.html", "in/sub/b.txt", "out/", "more/c.html", "more/c.txt")
	for _, link := range [][2]string{{"data.html", "in/a.html"}, {"sub/b.txt", "in/link.txt"}, {"sub", "in/way"}, {"in", "door"}} {
		if err := os.Symlink(link[0], filepath.Join(dir, filepath.FromSlash(link[1]))); err != nil {
			t.Skip(err)
		}
	}
	in := filepath.Join(dir, "in")
	before := contents(t, in)
	one := func(name string) *Item {
		for item := range Files(in) {
			if filepath.Base(item.Name) == name {
				return item
			}
		}
		t.Fatalf("no %s", name)
		return nil
	}
	for _, c := range []struct {
		name, ext, path string
		item            *Item
	}{
		{"a link in the folder", ".html", "data", one("a.html")},
		{"a link in the place of the output", ".html", "a", one("a.html")},
		{"a link to a text", ".txt", "link", one("link.txt")},
		{"a folder that is a link", ".txt", "way/b", one("b.txt")},
	} {
		item := *c.item
		item.Path = c.path
		for _, folder := range []string{in, filepath.Join(dir, "door")} {
			if _, err := CreateTree(folder, c.ext, &item); err == nil || !strings.HasSuffix(err.Error(), errInput.Error()) {
				t.Errorf("%s, known before: %v", c.name, err)
			}
			tree, err := CreateTree(folder, c.ext)
			if err != nil {
				t.Fatal(err)
			}
			if err := tree.Write(&item, nil); !errors.Is(err, errInput) {
				t.Errorf("%s: %v", c.name, err)
			}
			tree.Abort()
		}
	}
	if _, err := Create(filepath.Join(in, "data.html"), one("a.html")); !errors.Is(err, errInput) {
		t.Errorf("one file over what a link leads to: %v", err)
	}
	if after := contents(t, in); after != before {
		t.Errorf("the inputs are now %s, not %s", after, before)
	}

	// Nor the end of one that was there before.
	tree, err := CreateTree(filepath.Join(dir, "more"), ".txt")
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Abort()
	items := slices.Collect(Files(filepath.Join(dir, "more")))
	for _, item := range []*Item{items[1], items[0]} {
		if err := tree.Write(item, nil); !errors.Is(err, errInput) {
			t.Errorf("%s: %v", item.Name, err)
		}
	}
}

// What would replace an input is refused before anything is made.
func TestCreateTreeChecks(t *testing.T) {
	dir := fill(t, "a.html", "a.txt", "b.txt")
	out := filepath.Join(dir, "out")
	a := slices.Collect(Files(filepath.Join(dir, "a.html"), filepath.Join(dir, "a.txt")))
	two, err := CreateTree(out, ".txt", a...)
	if err != nil {
		t.Fatal(err)
	}
	// Of two for one place the first has it, though nothing was written yet.
	if err := two.Write(a[1], nil); err == nil || !strings.HasSuffix(err.Error(), fmt.Sprintf("both %s and %s would go there", a[0].Name, a[1].Name)) {
		t.Errorf("two for one place: %v", err)
	}
	if err := two.Write(a[0], nil); err != nil {
		t.Errorf("the first of two for one place: %v", err)
	}
	if !two.Done(a[0]) || two.Done(a[1]) {
		t.Error("the output of one is taken for that of the other")
	}
	two.Abort()
	b := slices.Collect(Files(filepath.Join(dir, "b.txt")))
	if _, err := CreateTree(dir, ".txt", b...); err == nil || !strings.HasSuffix(err.Error(), "it is one of the inputs") {
		t.Errorf("an input: %v", err)
	}
	if _, err := CreateTree(filepath.Join(dir, "b.txt", "out"), ".txt"); err == nil || !strings.HasSuffix(err.Error(), "not a directory") {
		t.Errorf("a file in the way: %v", err)
	}
	// An item that fails anyway takes no place.
	if tree, err := CreateTree(out, ".txt", &Item{Path: "c", Err: os.ErrNotExist}, &Item{Path: "c"}); err != nil {
		t.Error(err)
	} else {
		tree.Abort()
	}
}

// gone is the number of a process that is no more.
func gone(t *testing.T) int {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	return cmd.Process.Pid
}

func TestResume(t *testing.T) {
	in := fill(t, "done.txt", "changed.txt", "missing.txt", "folder.txt")
	out := fill(t, "done.txt", "changed.txt", "folder.txt/", "sub/")
	later := time.Now().Add(time.Hour)
	if err := os.Chtimes(filepath.Join(in, "changed.txt"), later, later); err != nil {
		t.Fatal(err)
	}
	mine, left := temporary+"ABC", fmt.Sprintf(".winnow-%08x-%d-ABC", machine(), gone(t))
	write(t, filepath.Join(out, mine), "mine")
	write(t, filepath.Join(out, "sub", left), "half")
	tree, err := CreateTree(out, ".txt")
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Abort()
	failed := &Item{Name: "failed", Path: "done", Err: os.ErrNotExist}
	stream := Reader("done", nil)
	todo := func(items ...*Item) string {
		var names []string
		for item := range tree.Resume(slices.Values(items)) {
			names = append(names, filepath.Base(item.Name))
		}
		return strings.Join(names, " ")
	}
	if got, want := todo(append(slices.Collect(Files(in)), failed, stream)...), "changed.txt folder.txt missing.txt failed done"; got != want {
		t.Errorf("still to be done: %s, want %s", got, want)
	}
	if got := slices.Collect(tree.Resume(slices.Values([]*Item{nil}))); len(got) != 1 {
		t.Error("an item that is nil is left to the run")
	}
	if got := contents(t, out); !strings.Contains(got, mine) || strings.Contains(got, left) {
		t.Errorf("left in the folder: %s", got)
	}
}

// Files of other processes that still run, or of other machines, are left alone.
func TestOrphaned(t *testing.T) {
	pid := gone(t)
	for name, want := range map[string]bool{
		fmt.Sprintf(".winnow-%08x-%d-ABC", machine(), pid):          true,
		fmt.Sprintf(".winnow-%08x-%d-ABC", machine()+1, pid):        false,
		fmt.Sprintf(".winnow-%08x-%d-ABC", machine(), os.Getppid()): false,
		temporary + "ABC": false, ".winnow-x": false, "page.txt": false,
	} {
		if orphaned(name) != want {
			t.Errorf("%s: orphaned %t", name, !want)
		}
	}
}

// A page and a row may not take each other's place.
func TestTreeRowsAndPages(t *testing.T) {
	page := &Item{Name: "a/1.html", Path: "a/1"}
	row := &Item{Name: "a.csv row 1", Path: "a/1", Row: &Row{Number: 1, In: &Container{}}}
	for _, items := range [][]*Item{{page, row}, {row, page}} {
		out := t.TempDir()
		tree, err := CreateTree(out, ".txt", page)
		if err != nil {
			t.Fatal(err)
		}
		if err := tree.Write(items[0], []byte(items[0].Name)); err != nil {
			t.Fatal(err)
		}
		if err := tree.Write(items[1], []byte(items[1].Name)); err == nil {
			t.Errorf("%s took the place of %s", items[1].Name, items[0].Name)
		}
		if got, want := filepath.ToSlash(contents(t, out)), "a/1.txt: "+items[0].Name+"\n"; got != want {
			t.Errorf("%q, want %q", got, want)
		}
		tree.Abort()
	}
}
