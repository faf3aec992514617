package serve_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/winnowtext/winnow/clean"
	"github.com/winnowtext/winnow/clean/serve"
)

// A text is posted, and its record is the answer.
func ExampleServer() {
	s, err := serve.New(serve.Options{
		Clean:   clean.Options{Mode: clean.Precision},
		Hosts:   serve.Loopback(), // refuses what a page elsewhere makes a browser ask
		Timeout: serve.DefaultTimeout / 2,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer s.Drain() // it answers what it has begun with, and /health says 503
	ask := httptest.NewRequest(http.MethodPost, "http://localhost/clean", strings.NewReader(`{"text": "Advertisement\nThe ferry was late, as it is every Tuesday in autumn."}`))
	ask.Header.Set("Content-Type", "application/json")
	answer := httptest.NewRecorder()
	s.ServeHTTP(answer, ask)
	var res clean.Result
	if err := json.Unmarshal(answer.Body.Bytes(), &res); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(answer.Code, " ", res.Text)
	// Output: 200 The ferry was late, as it is every Tuesday in autumn.
}
