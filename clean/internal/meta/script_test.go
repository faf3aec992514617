package meta

import (
	"strings"
	"testing"

	"github.com/winnowtext/winnow/clean/internal/dom"
)

func TestScriptsInTree(t *testing.T) {
	data := `{"post":{"body":"` + strings.Repeat("The ferry was late again, and nobody on the quay was surprised. ", 5) + `","title":"Late ferries"}}`
	root := parseFragment(t, "<script>"+data+"</script><script type='Application/JSON; charset=utf-8'>"+data+"</script>")
	tree := new(dom.Memory).Ready(root)
	b := new(Memory).ScriptBody(tree.Data, []string{"Late ferries"})
	if b == nil || b.Where != "post.body" {
		t.Errorf("%+v", b)
	}
}
