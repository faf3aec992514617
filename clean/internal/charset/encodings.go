//go:build !js

package charset

import (
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// Encodings that are known by their escapes, or stand for others.
var iso2022JP, hz, gb18030 encoding.Encoding = japanese.ISO2022JP, simplifiedchinese.HZGB2312, simplifiedchinese.GB18030

// encodingOf returns the encoding that pages call so.
func encodingOf(label string) (encoding.Encoding, error) { return htmlindex.Get(label) }

// nameOf returns the name of an encoding.
func nameOf(e encoding.Encoding) (string, error) { return htmlindex.Name(e) }
