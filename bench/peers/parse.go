package peers

import (
	"bytes"

	"golang.org/x/net/html"
)

// floor is what no extractor that builds a tree can go below: the bytes as they
// are, without decoding, also where the encoding is not known.
var floor = Peer{Name: "parse", Title: "html.Parse", Module: "golang.org/x/net", NoText: true,
	About: "a bare parse, no decoding, no text",
	Run: func(in Input) (string, error) {
		_, err := html.Parse(bytes.NewReader(in.Bytes))
		return "", err
	}}
