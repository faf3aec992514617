package dom

import (
	"encoding/binary"
	"testing"
)

func TestSmallRun(t *testing.T) {
	for c := range 256 {
		for n := range 8 {
			in := []byte("az09pqrs")
			in[n] = byte(c)
			want := 8
			if !('a' <= c && c <= 'z' || '0' <= c && c <= '9') {
				want = n
			}
			if got := smallRun(binary.LittleEndian.Uint64(in)); got != want {
				t.Errorf("%q: %d, want %d", in, got, want)
			}
		}
	}
}
