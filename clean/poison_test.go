package clean

import (
	"flag"
	"os"
	"testing"
)

// Tests of this package run with memory that is overwritten when it is given back:
// a Result that points into it does not survive. Benchmarks do not pay for it.
func TestMain(m *testing.M) {
	flag.Parse()
	poisoned = flag.Lookup("test.bench").Value.String() == ""
	os.Exit(m.Run())
}
