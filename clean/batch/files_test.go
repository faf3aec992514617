package batch

import (
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/winnowtext/winnow/clean"
)

// fill makes files in a new folder, whose path it returns. Names that end in a
// slash are folders.
func fill(t *testing.T, names ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range names {
		path := filepath.Join(dir, filepath.FromSlash(name))
		parent := filepath.Dir(path)
		if strings.HasSuffix(name, "/") {
			parent = path
		}
		if err := os.MkdirAll(parent, 0o777); err != nil {
			t.Fatal(err)
		}
		if parent == path {
			continue
		}
		if err := os.WriteFile(path, []byte("The boat came in at noon: "+name+".\n"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestFiles(t *testing.T) {
	dir := fill(t, "b.html", "a/x.TXT", "a/y.htm.gz", "a/.hidden.txt", "a/.git/z.txt", "notes.md", "page.php", ".txt", "out/b.txt", "hollow/")
	t.Chdir(dir)
	for _, link := range [][2]string{{"a/x.TXT", "inside.txt"}, {"..", "out/up"}, {"/etc/hostname", "outside.txt"}} {
		if err := os.Symlink(filepath.FromSlash(link[0]), filepath.FromSlash(link[1])); err != nil {
			t.Skip(err)
		}
	}
	list := func(s Search, names ...string) string {
		var got []string
		for item := range s.Files(names...) {
			line := item.Name + " " + item.Path
			if item.Err != nil {
				line += " " + item.Err.Error()
			} else if item.File != realPath(item.Name) {
				t.Errorf("%s is the file %s", item.Name, item.File)
			}
			got = append(got, filepath.ToSlash(line))
		}
		return strings.Join(got, "\n")
	}
	for _, c := range []struct {
		except string
		names  []string
		want   string
	}{
		{"", []string{"."}, "./a/x.TXT a/x\n./a/y.htm.gz a/y\n./b.html b\n./inside.txt inside\n./out/b.txt out/b"},
		{"out", []string{"./..."}, "./a/x.TXT a/x\n./a/y.htm.gz a/y\n./b.html b\n./inside.txt inside"},
		{"out/", []string{"out", "a/"}, "out/b.txt b\na/x.TXT x\na/y.htm.gz y"}, // named, it is searched
		{"", []string{"notes.md", "a/.hidden.txt", "a/y.htm.gz", "page.php"}, "notes.md notes.md\na/.hidden.txt .hidden\na/y.htm.gz y\npage.php page.php"},
		{"", []string{"hollow", "b.html"}, "hollow hollow no HTML or text files in it\nb.html b"},
		{"", []string{"gone.html", "b.html/c.txt"}, "gone.html gone stat gone.html: no such file or directory\nb.html/c.txt c stat b.html/c.txt: not a directory"},
		{"", nil, ""},
	} {
		if got := list(Search{Except: c.except}, c.names...); got != c.want {
			t.Errorf("%v but %q:\n%s\nwant\n%s", c.names, c.except, got, c.want)
		}
	}
	// It ends wherever it is told to.
	for most := range 6 {
		n := 0
		for range Files(".", "gone.html", "b.html") {
			if n++; n > most {
				break
			}
		}
		if n != most+1 {
			t.Errorf("%d items, wanted %d", n, most+1)
		}
	}
}

// Folders are searched while items are asked for.
func TestFilesAreNotAhead(t *testing.T) {
	dir := fill(t, "a/1.txt", "b/1.txt")
	n := 0
	for range Files(filepath.Join(dir, "a"), filepath.Join(dir, "b")) {
		if n++; n == 1 {
			if err := os.WriteFile(filepath.Join(dir, "b", "2.txt"), nil, 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	if n != 3 {
		t.Errorf("%d items, want 3", n)
	}
}

// Items are opened and cleaned as their Input says.
func TestClean(t *testing.T) {
	dir := fill(t, "a.txt")
	f, err := os.Create(filepath.Join(dir, "b.html.gz"))
	if err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(f)
	fmt.Fprint(z, "<p>The boat came in at noon, and it left again before it was dark.</p>")
	z.Close()
	f.Close()
	c, err := clean.New(clean.Options{})
	if err != nil {
		t.Fatal(err)
	}
	markup := Reader("x/stdin.txt", strings.NewReader("<p>The boat came in at noon, and it left again before it was dark.</p>"))
	markup.Input.Format = clean.FromText
	items := append(slices.Collect(Files(dir)), markup, &Item{Name: "shut", Open: func() (io.ReadCloser, error) { return nil, os.ErrPermission }})
	var got []string
	for o, err := range Run(t.Context(), slices.Values(items), Options{}, Clean(c)) {
		if err != nil {
			t.Fatal(err)
		}
		if o.Err != nil {
			got = append(got, o.Err.Error())
			continue
		}
		got = append(got, fmt.Sprint(o.Value.Format, " ", o.Item.Path, " ", o.Value.Text[:8]))
	}
	if want := []string{"text a The boat", "html b The boat", "text stdin The boat", "permission denied"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
