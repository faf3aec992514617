// Package examples shows winnow inside scrapers, in folders beside it a feed reader, a
// splitter, a cleaner of tables, a check of continuous integration and pandas. It is a module of its own, so
// that the scrapers' frameworks never reach the library's go.sum.
package examples

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/gocolly/colly/v2"
	"github.com/winnowtext/winnow/clean"
)

// A collector that cleans every page it visits.
func Example_colly() {
	site := httptest.NewServer(http.FileServer(http.Dir("../testdata/html/metered")))
	defer site.Close()

	c, err := clean.New(clean.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	collector := colly.NewCollector()
	collector.OnResponse(func(r *colly.Response) {
		res, err := c.HTML(context.Background(), bytes.NewReader(r.Body), r.Request.URL)
		if err != nil {
			fmt.Println(r.Request.URL, err)
			return
		}
		fmt.Println(res.Title)
		fmt.Println(res.Authors)
		fmt.Println(res.Text[:45])
	})
	if err := collector.Visit(site.URL + "/page.html"); err != nil {
		fmt.Println(err)
	}
	// Output:
	// Ferry crews throw out Sandholm offer
	// [Our Shipping Correspondent]
	// FERRY crews on the Corran estuary voted last
}
