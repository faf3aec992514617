package view

import (
	"bytes"
	"encoding/json"
	"html/template"
	"io/fs"
	"sync"
)

// Engines of the playground: who cleans.
const (
	Server = "server" // the server that the page comes from
	Worker = "worker" // the library, in a worker of the browser
)

// Policy is the content security policy of the playground. Text of an input is never
// markup; if it became some, it could neither run nor fetch anything.
const Policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; worker-src 'self'; img-src data:; base-uri 'none'; form-action 'none'"

var loadPlayground = sync.OnceValues(func() (*Assets, error) {
	own, err := fs.Sub(files, "playground")
	if err != nil {
		return nil, err
	}
	return Load(own)
})

// Playground returns the files of the page, by name: index.html, and what it loads
// from beside it. That with a worker needs winnow.wasm.gz and Go's wasm_exec.js, too.
func Playground(engine string) (map[string][]byte, error) {
	a, err := loadPlayground()
	if err != nil {
		return nil, err
	}
	t, err := template.ParseFS(files, "playground/index.html")
	if err != nil {
		return nil, err
	}
	setup, err := json.Marshal(map[string]any{"kinds": Kinds()})
	if err != nil {
		return nil, err
	}
	data := map[string]any{"Engine": engine, "Setup": template.JS(setup), "Policy": ""}
	if engine == Worker {
		data["Policy"] = Policy // no server sends it
	}
	var index bytes.Buffer
	if err := t.Execute(&index, data); err != nil {
		return nil, err
	}
	all := map[string][]byte{"index.html": index.Bytes(), "winnow.css": []byte(a.CSS), "winnow.js": []byte(a.JS)}
	if engine == Worker {
		if all["worker.js"], err = files.ReadFile("playground/worker/worker.js"); err != nil {
			return nil, err
		}
	}
	return all, nil
}
