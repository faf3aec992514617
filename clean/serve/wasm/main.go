//go:build js && wasm

// Wasm is the library as a function of JavaScript, winnow(what, request), that takes
// and returns JSON as POST /clean and POST /rules of package serve do. The page of
// that package calls it in a worker where it has no server.
package main

import (
	"context"
	"encoding/json"
	"syscall/js"

	"github.com/winnowtext/winnow/clean"
	"github.com/winnowtext/winnow/clean/internal/request"
	"github.com/winnowtext/winnow/clean/record"
)

func main() {
	cleaners, err := request.NewCleaners(clean.Options{})
	if err != nil {
		panic(err) // the worker says so
	}
	js.Global().Set("winnow", js.FuncOf(func(_ js.Value, args []js.Value) any {
		if len(args) != 2 {
			return string(failure("two arguments were expected"))
		}
		return string(answer(cleaners, args[0].String(), []byte(args[1].String())))
	}))
	select {}
}

// answer is what the server would answer.
func answer(cleaners *request.Cleaners, what string, data []byte) []byte {
	if what == "rules" {
		var asked struct {
			Rules string `json:"rules"`
		}
		if err := json.Unmarshal(data, &asked); err != nil {
			return failure(err.Error())
		}
		out, err := json.Marshal(request.CheckRules(asked.Rules))
		if err != nil {
			return failure(err.Error())
		}
		return out
	}
	asked, err := request.Parse(data, request.Options{})
	if err != nil {
		return failure(err.Error())
	}
	rec, _ := asked.Answer(context.Background(), cleaners) // its error is in the record
	out, err := rec.AppendJSON(nil)
	if err != nil {
		return failure(err.Error())
	}
	return out
}

func failure(why string) []byte {
	out, err := record.Record{Error: why}.MarshalJSON()
	if err != nil {
		return []byte(`{"error":"it has no form in JSON"}`)
	}
	return out
}
