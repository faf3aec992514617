package meta

import (
	"encoding/json"
	"os"
	"testing"
)

func TestZZDump(t *testing.T) {
	out := os.Getenv("META_DUMP")
	if out == "" {
		t.Skip()
	}
	f, _ := os.Create(out)
	defer f.Close()
	enc := json.NewEncoder(f)
	for _, name := range []string{"wcxb-dev", "fundus-dev"} {
		for _, p := range corpus(t, name) {
			root, page := p.parse(t)
			if os.Getenv("META_ID") != "" {
				println("ID", p.ID, p.Type, p.Date)
			}
			m := Extract(root, page, nil)
			enc.Encode(map[string]any{"id": p.ID, "type": p.Type, "gold": []string{p.Title, p.Author, p.Date}, "m": m})
		}
	}
}
