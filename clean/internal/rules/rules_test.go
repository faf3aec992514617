package rules

import "testing"

// TestBuiltin loads every file of data and runs all examples in it.
func TestBuiltin(t *testing.T) {
	s, err := Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range s.Check() {
		t.Error(fault)
	}
}
