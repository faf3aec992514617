// Static writes the page of package serve as a folder that needs no server of ours: any
// that gives out files will do, and none has to be asked once the page is there. The
// library is in it as WebAssembly.
//
//	go run ./clean/serve/static -o playground/
//	python3 -m http.server -d playground
//
// It needs the go command, and its own module beside it.
package main

import (
	"bytes"
	"compress/gzip"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/winnowtext/winnow/clean/internal/view"
)

func main() {
	out := flag.String("o", "playground", "the folder to write")
	flag.Parse()
	size, err := build(*out)
	if err != nil {
		fmt.Fprintln(os.Stderr, "static:", err)
		os.Exit(1)
	}
	fmt.Printf("%s: the library takes %.2f MB, packed\n", *out, float64(size)/1e6)
}

// build writes the folder and returns the packed size of the library in bytes.
func build(dir string) (int, error) {
	files, err := view.Playground(view.Worker)
	if err != nil {
		return 0, err
	}
	if files["winnow.wasm.gz"], err = compile(); err != nil {
		return 0, err
	}
	// Next to the compiler: it has to be of the same version.
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return 0, fmt.Errorf("go env: %w", err)
	}
	if files["wasm_exec.js"], err = os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js")); err != nil {
		return 0, err
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return 0, err
	}
	for name, data := range files {
		if err := replace(filepath.Join(dir, name), data); err != nil {
			return 0, err
		}
	}
	return len(files["winnow.wasm.gz"]), nil
}

// compile builds the library and packs it.
func compile() ([]byte, error) {
	tmp, err := os.MkdirTemp("", "winnow-wasm-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(tmp)
	name := filepath.Join(tmp, "winnow.wasm")
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", name, "github.com/winnowtext/winnow/clean/serve/wasm")
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("go build: %w", err)
	}
	raw, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var packed bytes.Buffer
	z, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := z.Write(raw); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return packed.Bytes(), nil
}

// replace writes a file that appears whole or not at all.
func replace(name string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".winnow-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // nothing once it has its name
	if _, err := f.Write(data); err != nil {
		f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if err := os.Chmod(f.Name(), 0o644); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
