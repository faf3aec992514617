// Winnow prints the article text of web pages and of text that was scraped
// from them. It reads files, folders or standard input, never the network.
//
//	winnow page.html                      # the text, on standard output
//	winnow -f jsonl -o all.jsonl pages/   # one object a line
//	winnow -o clean/ pages/               # a text file for each page
//	winnow --explain dirty.txt            # what stays, what goes, and why
//	winnow inspect -o why.html pages/     # the same as a page to look at
//	winnow rules test my.rules pages/     # what rules of one's own do
//	winnow learn -o set.mem texts/        # what the texts of sites repeat, for --memory
//
// "winnow --help" lists the flags, the fields of the JSON output and the exit
// statuses. Everything the command does goes through the public API of package
// clean and of those below it; batch has the pool of workers, inputs and outputs,
// record the form of JSON.
//
// The files in the order a run meets them: flags, inputs, write (where outputs
// go), work, render, answers, explain, diff (what an input becomes); inspect, compare,
// rules and learn are commands of their own; stats, progress and escape serve all of them.
package main

import (
	"os"

	_ "github.com/winnowtext/winnow/clean/engine/readability" // for --engine readability
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
