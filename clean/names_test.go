package clean

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"testing"
)

// Every name is read back, alone and in JSON; others and other numbers are errors.
func TestNames(t *testing.T) {
	type all struct {
		Mode   Mode
		Engine Engine
		Format Format
		Action Action
		Policy map[Kind]Action
	}
	for _, want := range []string{
		`{"Mode":"balanced","Engine":"trees","Format":"auto","Action":"drop","Policy":{"ad":"keep"}}`,
		`{"Mode":"precision","Engine":"readability","Format":"html","Action":"keep","Policy":{"ad":"mark"}}`,
		`{"Mode":"recall","Engine":"trees","Format":"text","Action":"mark","Policy":{"ad":"drop"}}`,
	} {
		var a all
		if err := json.Unmarshal([]byte(want), &a); err != nil {
			t.Fatal(err)
		}
		if got, err := json.Marshal(a); err != nil || string(got) != want {
			t.Errorf("%s, %v, want %s", got, err, want)
		}
	}
	was := all{Recall, Readability, FromText, Mark, nil}
	for _, field := range []string{"Mode", "Engine", "Format", "Action"} {
		a := was
		if err := json.Unmarshal([]byte(`{"`+field+`":"steam"}`), &a); err == nil || a.Mode != was.Mode || a.Engine != was.Engine || a.Format != was.Format || a.Action != was.Action {
			t.Errorf("%s: %v, %+v", field, err, a)
		}
	}
	for _, bad := range []any{Mode(3), Engine(2), Format(3), Action(3)} {
		if got, err := json.Marshal(bad); err == nil {
			t.Errorf("%v: %s", bad, got)
		}
	}
	if got := Action(3).String() + Mode(9).String(); got != "Action(3)Mode(9)" {
		t.Error(got)
	}
}

// Each kind has a constant, and each constant is a kind.
func TestKindConstants(t *testing.T) {
	f, err := parser.ParseFile(token.NewFileSet(), "kind.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	constants := map[Kind]bool{}
	ast.Inspect(f, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if ok && len(spec.Values) == 1 {
			value, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			constants[Kind(value)] = true
		}
		return true
	})
	for _, k := range Kinds() {
		if !constants[k.Kind] {
			t.Errorf("%s has no constant", k.Kind)
		}
		delete(constants, k.Kind)
		if _, err := New(Options{Policy: map[Kind]Action{k.Kind: Keep}}); err != nil {
			t.Error(err)
		}
	}
	for k := range constants {
		t.Errorf("%s is no kind", k)
	}
	if _, err := New(Options{Policy: map[Kind]Action{"pawall": Keep}}); err == nil {
		t.Error("a Cleaner with a kind that does not exist")
	}
}
