package clean
import ("testing";"os";"bytes";"context";"net/url"
"github.com/winnowtext/winnow/clean/internal/corpus")
func BenchmarkZY(b *testing.B){
	pages, err := corpus.Read(os.Getenv("WINNOW_CORPORA"), os.Getenv("ZZ"))
	if err != nil { b.Fatal(err) }
	c := standard(); ctx := context.Background()
	var srcs [][]byte; var us []*url.URL
	for i := 0; i < len(pages); i += 5 { s, _ := pages[i].Bytes(); u,_ := url.Parse(pages[i].URL); srcs = append(srcs, s); us = append(us, u) }
	for b.Loop() { for i := range srcs { c.HTML(ctx, bytes.NewReader(srcs[i]), us[i]) } }
}
