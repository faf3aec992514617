package serve

import (
	"net/http"

	"github.com/winnowtext/winnow/clean/internal/view"
)

// pages adds the page on which people try things out.
func (s *Server) pages() error {
	files, err := view.Playground(view.Server)
	if err != nil {
		return err
	}
	add := func(pattern, kind string, data []byte) {
		s.mux.HandleFunc("GET "+pattern, func(w http.ResponseWriter, _ *http.Request) {
			h := w.Header()
			h.Set("Content-Type", kind)
			h.Set("Content-Security-Policy", view.Policy+"; frame-ancestors 'none'")
			h.Set("Referrer-Policy", "no-referrer")
			_, _ = w.Write(data)
		})
	}
	add("/{$}", "text/html; charset=utf-8", files["index.html"])
	add("/winnow.css", "text/css; charset=utf-8", files["winnow.css"])
	add("/winnow.js", "text/javascript; charset=utf-8", files["winnow.js"])
	return nil
}
