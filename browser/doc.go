// Package browser tests the pages to look at in a real browser: the reports of winnow
// inspect, and the page of winnow serve, with the server and without one. It is
// a module of its own, so that nobody who uses the library meets its
// dependencies; it holds tests only.
//
//	apt-get install chromium     # or any Chromium or Chrome; CHROME names another one
//	npm install                  # axe-core, for the accessibility check
//	go test ./...
//	go test -bench Open          # how long the report on a page of 5 MB takes to open
//	go test -run Screenshots -update
//
// The last one makes the pictures in docs/images. What is not
// installed is skipped; with WINNOW_BROWSER=required it is a failure.
package browser
