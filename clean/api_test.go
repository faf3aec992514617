package clean_test

import (
	"bytes"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var updateAPI = flag.Bool("update-api", false, "write docs/api.txt")

// published are the packages that programs may import, as folders below this one.
var published = []string{".", "batch", "engine/readability", "memory", "record", "report", "serve"}

const apiFile = "../docs/api.txt"

// What the packages export stands in docs/api.txt, and stays: a line that goes or changes
// breaks programs.
func TestAPI(t *testing.T) {
	var got bytes.Buffer
	got.WriteString("# What the packages export. Lines may be added; those that go or change break programs.\n# go test ./clean -run TestAPI -update-api writes this file.\n")
	for _, dir := range published {
		fmt.Fprintf(&got, "\npackage %s\n\n", filepath.ToSlash(filepath.Join("clean", dir)))
		for _, d := range exportedDecls(t, dir) {
			got.WriteString(d + "\n")
		}
	}
	want, err := os.ReadFile(apiFile)
	if err != nil && !*updateAPI {
		t.Fatal(err)
	}
	if bytes.Equal(got.Bytes(), want) {
		return
	}
	if *updateAPI {
		if err := os.WriteFile(apiFile, got.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	now, then := strings.Split(got.String(), "\n"), strings.Split(string(want), "\n")
	for _, line := range then {
		if !slices.Contains(now, line) {
			t.Errorf("gone or changed, which breaks programs: %s", line)
		}
	}
	for _, line := range now {
		if !slices.Contains(then, line) {
			t.Errorf("new: %s", line)
		}
	}
	t.Error("docs/api.txt says otherwise; if that is meant, -update-api writes it")
}

// sources are the Go files of a folder, those of tests or the others.
func sources(t *testing.T, dir string, tests bool) (files []*ast.File) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") != tests {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	return files
}

// exportedDecls are the exported declarations of a folder's package, as source without
// comments and bodies, in the order of their text.
func exportedDecls(t *testing.T, dir string) (decls []string) {
	t.Helper()
	for _, f := range sources(t, dir, false) {
		ast.FileExports(f)
		for _, d := range f.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Body = nil; !ofExported(d) {
					continue
				}
			case *ast.GenDecl:
				if d.Tok == token.IMPORT {
					continue
				}
				for _, spec := range d.Specs {
					if v, ok := spec.(*ast.ValueSpec); ok && d.Tok == token.VAR {
						v.Values = nil
					}
				}
			}
			ast.Inspect(d, func(n ast.Node) bool {
				if s, ok := n.(*ast.StructType); ok {
					s.Incomplete = false // says that there are other fields, in a comment
				}
				return true
			})
			var b bytes.Buffer
			if err := printer.Fprint(&b, token.NewFileSet(), d); err != nil {
				t.Fatal(err)
			}
			decls = append(decls, b.String())
		}
	}
	slices.Sort(decls)
	return decls
}

// ofExported reports whether a function is one, or the method of a type, that programs
// can name.
func ofExported(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	exported := true
	ast.Inspect(d.Recv.List[0].Type, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			exported = id.IsExported()
			return false
		}
		return true
	})
	return exported
}

// Every exported name is in an example: types, functions, methods and variables each, of
// the constants of a type one at least.
func TestExamplesShowAll(t *testing.T) {
	shown := map[string]bool{}
	for _, dir := range append(slices.Clone(published), "../examples", "../examples/*") {
		dirs, err := filepath.Glob(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, dir := range dirs {
			for _, f := range slices.Concat(sources(t, dir, true), sources(t, dir, false)) {
				if f.Name.Name != "main" && !hasExample(f) {
					continue
				}
				ast.Inspect(f, func(n ast.Node) bool {
					switch n := n.(type) {
					case *ast.FuncDecl: // ExampleCleaner_Text is of both
						if name, ok := strings.CutPrefix(n.Name.Name, "Example"); ok {
							for part := range strings.SplitSeq(name, "_") {
								shown[part] = true
							}
						}
					case *ast.SelectorExpr:
						shown[n.Sel.Name] = true
					case *ast.KeyValueExpr:
						if key, ok := n.Key.(*ast.Ident); ok {
							shown[key.Name] = true
						}
					}
					return true
				})
			}
		}
	}
	for _, dir := range published {
		for _, f := range sources(t, dir, false) {
			ast.FileExports(f)
			for _, d := range f.Decls {
				for _, names := range namesOf(d) {
					if !slices.ContainsFunc(names, func(name string) bool { return shown[name] }) {
						t.Errorf("%s: no example shows %s", dir, strings.Join(names, ", "))
					}
				}
			}
		}
	}
}

func hasExample(f *ast.File) bool {
	return slices.ContainsFunc(f.Decls, func(d ast.Decl) bool {
		fn, ok := d.(*ast.FuncDecl)
		return ok && strings.HasPrefix(fn.Name.Name, "Example")
	})
}

// wellKnown are methods that others call: those of interfaces of the standard library.
var wellKnown = []string{"String", "MarshalText", "UnmarshalText", "MarshalJSON", "UnmarshalJSON", "Error", "Unwrap", "Write", "Read", "Close"}

// namesOf are the names that a declaration declares, those together of which one is to be
// shown.
func namesOf(d ast.Decl) (all [][]string) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if ofExported(d) && (d.Recv == nil || !slices.Contains(wellKnown, d.Name.Name)) {
			all = append(all, []string{d.Name.Name})
		}
	case *ast.GenDecl:
		var group []string
		for _, spec := range d.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				all = append(all, []string{spec.Name.Name})
			case *ast.ValueSpec:
				for _, name := range spec.Names {
					group = append(group, name.Name)
					if d.Tok == token.VAR {
						all = append(all, []string{name.Name})
					}
				}
			}
		}
		if d.Tok == token.CONST && len(group) > 0 {
			all = append(all, group)
		}
	}
	return all
}
