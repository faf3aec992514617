// Winnow prints the article text of web pages and of text that was scraped
// from them. It reads files, folders or standard input, never the network.
//
//	winnow page.html                      # the text, on standard output
//	winnow -f jsonl -o all.jsonl pages/   # one object a line
//	winnow -o clean/ pages/               # a text file for each page
//	winnow --removed page.html            # what is not the article
//	winnow --explain dirty.txt            # what stays, what goes, and why
//	winnow --check texts/                 # file:line of residue
//	winnow inspect -o why.html pages/     # the same as a page to look at
//	winnow rules test my.rules pages/     # what rules of one's own do
//	winnow learn -o set.mem texts/        # what the texts of sites repeat, for --memory
//
// "winnow --help" lists the flags and the exit statuses, "winnow help formats" inputs,
// outputs and the fields of JSON. Everything the command does goes through the public API of package
// clean and of those below it; batch has the pool of workers, inputs and outputs,
// record the form of JSON.
//
// The files in the order a run meets them: flags (kinds, help and suggest beside it),
// inputs, write (where outputs go), work, render, fields, answers, explain, diff, check
// (what an input becomes); inspect, compare, rules and learn are commands of their own;
// stats, progress and escape serve all of them.
package main

import (
	"os"

	_ "github.com/winnowtext/winnow/clean/engine/readability" // for --engine readability
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
