// Command splitter cuts a page into passages by its headings, as retrieval wants them:
// each is Markdown with the headings above it in front, one JSON object a line.
//
//	curl -s https://example.org/a.html | go run . > passages.jsonl
package main

import (
	"context"
	"encoding/json"
	"io"
	"log"
	"os"
	"strings"

	"github.com/winnowtext/winnow/clean"
)

// A Passage is a part of an article.
type Passage struct {
	Headings []string `json:"headings"` // that it stands under, the outermost first
	Text     string   `json:"text"`
}

func main() {
	if err := run(os.Stdin, os.Stdout); err != nil {
		log.Fatal(err)
	}
}

func run(page io.Reader, to io.Writer) error {
	c, err := clean.New(clean.Options{Structure: true})
	if err != nil {
		return err
	}
	res, err := c.HTML(context.Background(), page, nil)
	if err != nil {
		return err
	}
	const most = 2000 // bytes in a passage
	enc := json.NewEncoder(to)
	for _, p := range Split(res.Title, res.Markdown(), most) {
		if err := enc.Encode(p); err != nil {
			return err
		}
	}
	return nil
}

// Split cuts Markdown before headings, and between blocks where a passage grows longer
// than most bytes.
func Split(title, markdown string, most int) (passages []Passage) {
	path := []string{title}
	var text strings.Builder
	flush := func() {
		if text.Len() > 0 {
			passages = append(passages, Passage{append([]string(nil), path...), text.String()})
			text.Reset()
		}
	}
	fence := ""
	for block := range strings.SplitSeq(strings.TrimSpace(markdown), "\n\n") {
		marks := len(block) - len(strings.TrimLeft(block, "#"))
		if fence == "" && marks > 0 && strings.HasPrefix(block[marks:], " ") {
			flush()
			path = append(path[:min(len(path), marks-1)], block[marks+1:])
			continue
		}
		if fence == "" && text.Len() > 0 && text.Len()+len(block) > most {
			flush()
		}
		if text.Len() > 0 {
			text.WriteString("\n\n")
		}
		text.WriteString(block)
		for line := range strings.SplitSeq(block, "\n") { // code may have blank lines in it
			line = strings.TrimLeft(line, " >")
			run := line[:len(line)-len(strings.TrimLeft(line, "`"))]
			switch {
			case fence == "" && len(run) >= 3 && !strings.Contains(line[len(run):], "`"):
				fence = run
			case fence != "" && line == fence:
				fence = ""
			}
		}
	}
	flush()
	return passages
}
