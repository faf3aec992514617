package charset

import (
	"errors"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// Builds for browsers are given strings, which the browser decoded. Of encodings they
// know the usual one alone: the tables of the others would make them larger by a tenth.
var iso2022JP, hz, gb18030 = encoding.Replacement, encoding.Replacement, encoding.Replacement

var errUnknown = errors.New("charset: not in this build")

// encodingOf returns the encoding that pages call so.
func encodingOf(label string) (encoding.Encoding, error) {
	switch label {
	case "windows-1252", "iso-8859-1", "latin1", "us-ascii", "ascii":
		return charmap.Windows1252, nil
	}
	return nil, errUnknown
}

// nameOf returns the name of an encoding.
func nameOf(e encoding.Encoding) (string, error) {
	if e == charmap.Windows1252 {
		return "windows-1252", nil
	}
	return "", errUnknown
}
