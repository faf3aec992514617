package main

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

func Example() {
	table := `id,body
1,"You can read 3 more articles this month
The ferry was late, as it is every Tuesday in autumn."
2,"Then the fog came, and nobody saw the ferry until noon.
READ MORE: Five ferries that never came back"
3,
`
	if err := run("body", strings.NewReader(table), os.Stdout); err != nil {
		fmt.Println(err)
	}
	// Output:
	// id,body,verdict
	// 1,"The ferry was late, as it is every Tuesday in autumn.",article
	// 2,"Then the fog came, and nobody saw the ferry until noon.",article
	// 3,,empty
}

func TestNoColumn(t *testing.T) {
	for _, table := range []string{"", "id,text\n1,x\n"} {
		if err := run("body", strings.NewReader(table), os.Stdout); err == nil {
			t.Errorf("%q: no error", table)
		}
	}
}
