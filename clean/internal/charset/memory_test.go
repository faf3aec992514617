package charset

import (
	"bytes"
	"testing"
)

// Inputs that come one after the other use the same memory, but for what is too large
// to keep.
func TestMemory(t *testing.T) {
	var m Memory
	for _, page := range []string{"one caf\xe9", "two", "three \xe9\xe8"} {
		for _, b := range [][]byte{[]byte(page), zip(page)} {
			raw, err := m.Read(bytes.NewReader(b), 0)
			if err != nil || string(raw) != page {
				t.Fatalf("%q, %v", raw, err)
			}
			got, _, err := m.Decode(raw, "windows-1252")
			want, _, _ := new(Memory).Decode([]byte(page), "windows-1252")
			if err != nil || !bytes.Equal(got, want) {
				t.Fatalf("%q, want %q, %v", got, want, err)
			}
			m.Poison()
			if bytes.Count(raw, []byte{0xDB}) < len(raw) {
				t.Errorf("not poisoned: %q", raw)
			}
			m.Forget()
		}
	}
	if m.input == nil {
		t.Error("the buffer was not kept")
	}
	m.input = make([]byte, maxKept+1)
	if m.Forget(); m.input != nil {
		t.Error("a large buffer was kept")
	}
}
