package batch

import "bytes"

// Table makes one table of the rows of tables, as [Row.AppendTable] writes them, with
// the header of the first in front of them. Rows of other columns, or parted by another
// delimiter, are not for it.
func Table() Frame {
	var last *Container
	ended := true // what was written last ends a line
	return Frame{
		Wrap: func(_ int, item *Item, body []byte) []byte {
			if item.Row == nil {
				return body
			}
			var out []byte
			if last == nil {
				out = bytes.Clone(item.Row.In.head)
				ended = endsLine(out)
			}
			last = item.Row.In
			if len(body) == 0 {
				return out
			}
			if !ended {
				out = append(out, '\n')
			}
			ended = endsLine(body)
			if len(out) == 0 {
				return body
			}
			return append(out, body...)
		},
		End: func(int) []byte {
			if last == nil {
				return nil
			}
			return last.tail
		},
	}
}

func endsLine(b []byte) bool { return len(b) == 0 || b[len(b)-1] == '\n' || b[len(b)-1] == '\r' }

// Parts is a [Sink] for rows that is a folder with a file for each [Container]: what
// its rows became, one after the other. Rows must come in order. A file appears whole
// or not at all, when the first row of another container comes or on Commit.
type Parts struct {
	tree  *Tree
	place func(*Item) (ext string, frame Frame)
	in    *Container
	to    *Stream // of in; nil after an error
}

// CreateParts returns Parts in a folder, which is made if need be. Place says, by its
// first row, with what extension and frame the file of a container is written. Items
// are as for [CreateTree].
func CreateParts(dir string, place func(*Item) (ext string, frame Frame), items ...*Item) (*Parts, error) {
	t, err := CreateTree(dir, "")
	if err != nil {
		return nil, err
	}
	t.Inputs(items...)
	return t.Parts(place), nil
}

// Parts returns Parts in the folder of a tree, see [CreateParts]: neither writes to a
// file of the other. They are to be committed or aborted before the tree is.
func (t *Tree) Parts(place func(*Item) (ext string, frame Frame)) *Parts {
	shared := *t
	shared.ext = ""
	return &Parts{tree: &shared, place: place}
}

// Write writes the output of a row. That the file of its container cannot be made is
// an error of its first row.
func (p *Parts) Write(item *Item, body []byte) error {
	if in := item.Row.In; in != p.in {
		if err := p.end(); err != nil {
			return err
		}
		p.in = in
		ext, frame := p.place(item)
		to, err := p.tree.Create(&Item{Name: in.Name, Path: in.path + ext, File: item.File})
		if err != nil {
			return err
		}
		p.to = NewStream(to, frame)
	}
	if p.to == nil {
		return nil // said at the first row
	}
	err := p.to.Write(item, body)
	if err != nil {
		p.Drop()
	}
	return local(err)
}

// local makes an error one that does not end the use of the sink: the next file may
// do better.
func local(err error) error {
	if e, ok := err.(*WriteError); ok && e.Fatal {
		return &WriteError{Name: e.Name, Err: e.Err}
	}
	return err
}

// Drop leaves the file of the last row's container as it was before: a part of the
// container cannot be read.
func (p *Parts) Drop() {
	if p.to != nil {
		p.to.Abort()
		p.to = nil
	}
}

// Done reports whether the file of what item holds is there, with one of the
// extensions, and not older than it.
func (p *Parts) Done(item *Item, ext ...string) bool {
	for _, ext := range ext {
		if p.tree.Done(&Item{Path: item.Path + ext, File: item.File, Err: item.Err}) {
			return true
		}
	}
	return false
}

func (p *Parts) end() error {
	if p.to == nil {
		return nil
	}
	to := p.to
	p.to = nil
	return to.Commit()
}

// Commit makes the last file appear.
func (p *Parts) Commit() error {
	if err := p.end(); err != nil {
		return err
	}
	return p.tree.Commit()
}

// Abort ends the use of the folder. The files that appeared stay.
func (p *Parts) Abort() {
	p.Drop()
	p.tree.Abort()
}
