package main

import "fmt"

func Example() {
	for _, p := range Split("Boats", "They float.\n\n## Care\n\nPaint them.\n\n````sh\npaint\n```\n\n# twice\n````\n\n### Oars\n\nOil them.\n\n## Use\n\nRow.\n", 2000) {
		fmt.Printf("%q %q\n", p.Headings, p.Text)
	}
	// Output:
	// ["Boats"] "They float."
	// ["Boats" "Care"] "Paint them.\n\n````sh\npaint\n```\n\n# twice\n````"
	// ["Boats" "Care" "Oars"] "Oil them."
	// ["Boats" "Use"] "Row."
}
