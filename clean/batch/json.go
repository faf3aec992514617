package batch

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/winnowtext/winnow/clean"
)

// json yields the rows of JSON: objects one after the other, those of arrays, and
// those of an array in an object that has no such field as the body itself.
func (s *splitter) json(in *bufio.Reader) error {
	skipMark(in)
	limit := &limited{r: in, max: int64(s.MaxRow)}
	head, _ := in.Peek(in.Size())
	wrapped := isWrapped(head, s.Fields.Body)
	dec := json.NewDecoder(limit)
	for {
		limit.left = limit.max
		var raw json.RawMessage
		switch c, err := nextByte(dec); {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		case c == '[':
			if more, err := s.array(dec, limit); !more {
				return err
			}
			continue
		case c == '{' && wrapped:
			if more, err := s.wrapped(dec, limit); !more {
				return err
			}
			continue
		}
		if err := dec.Decode(&raw); err != nil {
			return noJSON(err, dec)
		}
		if !s.yield(s.object(raw, nil)) {
			return nil
		}
	}
}

// nextByte returns the first byte of the next value.
func nextByte(dec *json.Decoder) (byte, error) {
	// More looks at what follows, and nothing else does without taking it.
	if !dec.More() {
		if _, err := dec.Token(); err != nil {
			return 0, noJSON(err, dec)
		}
		return 0, fmt.Errorf("%w: a bracket too many", clean.ErrBroken)
	}
	b, _ := io.ReadAll(io.LimitReader(dec.Buffered(), lookSize))
	if b = bytes.TrimLeft(b, " \t\r\n"); len(b) == 0 {
		return 0, nil
	}
	return b[0], nil
}

// array yields the elements of an array, and reports whether to go on.
func (s *splitter) array(dec *json.Decoder, limit *limited) (bool, error) {
	if _, err := dec.Token(); err != nil {
		return false, noJSON(err, dec)
	}
	for dec.More() {
		limit.left = limit.max
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return false, noJSON(err, dec)
		}
		if !s.yield(s.object(raw, nil)) {
			return false, nil
		}
	}
	if _, err := dec.Token(); err != nil {
		return false, noJSON(cutOff(err), dec)
	}
	return true, nil
}

// errNoArray is why an object among others that hold rows is none of these.
var errNoArray = errors.New("an object without an array where one that holds the rows was expected")

// wrapped yields the elements of the arrays in an object; an object
// without an array is a row with an error.
func (s *splitter) wrapped(dec *json.Decoder, limit *limited) (bool, error) {
	if _, err := dec.Token(); err != nil {
		return false, noJSON(err, dec)
	}
	array := false
	for dec.More() {
		limit.left = limit.max
		if _, err := dec.Token(); err != nil { // the name
			return false, noJSON(err, dec)
		}
		token, err := dec.Token()
		if err != nil {
			return false, noJSON(cutOff(err), dec)
		}
		depth := 0
		switch token {
		case json.Delim('['):
			array = true
			for dec.More() {
				limit.left = limit.max
				var raw json.RawMessage
				if err := dec.Decode(&raw); err != nil {
					return false, noJSON(err, dec)
				}
				if raw[0] == '{' && !s.yield(s.object(raw, nil)) {
					return false, nil
				}
			}
			depth = 1
		case json.Delim('{'):
			depth = 1
		}
		for depth > 0 {
			token, err := dec.Token()
			if err != nil {
				return false, noJSON(cutOff(err), dec)
			}
			switch token {
			case json.Delim('['), json.Delim('{'):
				depth++
			case json.Delim(']'), json.Delim('}'):
				depth--
			}
		}
	}
	if _, err := dec.Token(); err != nil {
		return false, noJSON(cutOff(err), dec)
	}
	return array || s.yield(s.failed(errNoArray)), nil
}

// isWrapped reports whether the first object holds the rows in an array and is none
// itself, as it has no field of that name.
func isWrapped(head []byte, body string) bool {
	head = bytes.TrimPrefix(head, []byte("\ufeff"))
	if head = bytes.TrimLeft(head, " \t\r\n"); len(head) == 0 || head[0] != '{' {
		return false
	}
	names := membersOf(head)
	for name, opens := range names {
		if opens == "[{" {
			for _, body := range []string{body, "html", "text"} {
				if _, has := names[body]; has {
					return false
				}
			}
			return name != ""
		}
	}
	return false
}

// membersOf returns how the values begin of the object that b begins with, as far as
// they are there: "[{" for an array of objects.
func membersOf(b []byte) map[string]string {
	dec := json.NewDecoder(bytes.NewReader(b))
	names := map[string]string{}
	if _, err := dec.Token(); err != nil {
		return names
	}
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return names
		}
		key, ok := name.(string)
		if !ok {
			return names
		}
		rest := bytes.TrimLeft(b[dec.InputOffset():], ": \t\r\n")
		if len(rest) > 0 {
			names[key] = string(rest[:1])
			if rest[0] == '[' && bytes.HasPrefix(bytes.TrimLeft(rest[1:], " \t\r\n"), []byte("{")) {
				names[key] = "[{"
			}
		}
		var raw json.RawMessage
		if dec.Decode(&raw) != nil {
			return names
		}
	}
	return names
}

// noJSON says where JSON ends to be such; nil and io.EOF stay.
func noJSON(err error, dec *json.Decoder) error {
	if err == nil || err == io.EOF {
		return err
	}
	if err == io.ErrUnexpectedEOF {
		return fmt.Errorf("%w: JSON is cut off", clean.ErrBroken)
	}
	return fmt.Errorf("%w: no JSON: %w (byte %d)", clean.ErrBroken, err, dec.InputOffset())
}

// limited is a reader of which a row may take so many bytes.
type limited struct {
	r         io.Reader
	max, left int64
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, errLongRow
	}
	n, err := l.r.Read(p[:min(int64(len(p)), l.left)])
	l.left -= int64(n)
	return n, err
}
