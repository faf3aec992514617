package clean

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"github.com/winnowtext/winnow/clean/internal/block"
	"github.com/winnowtext/winnow/clean/internal/charset"
	"github.com/winnowtext/winnow/clean/internal/dom"
	"github.com/winnowtext/winnow/clean/internal/line"
	"github.com/winnowtext/winnow/clean/internal/meta"
	"github.com/winnowtext/winnow/clean/internal/pagetype"
	"github.com/winnowtext/winnow/clean/internal/rules"
	"github.com/winnowtext/winnow/clean/internal/verdict"
	"github.com/winnowtext/winnow/clean/internal/work"
)

// A workspace is all memory that the work on one input takes, and the clock that
// ends it. It is used again for the next input: nothing of a Result may point
// into it, see own.
type workspace struct {
	clock          work.Clock
	charset        charset.Memory
	dom            dom.Memory
	meta           meta.Memory
	blocks         block.Memory
	lines          line.Memory
	single         line.Memory // blocks by themselves, see nameBlocks
	tokens         pagetype.Tokens
	behind         rules.Words
	wallBlocks     []verdict.Block
	wallOf         []*block.Block
	unknownCharset string     // the encoding that ContentType names, where nobody knows it ...
	charsetRead    string     // ... and the one that was read instead
	inner          *workspace // for pages within the page, such as markup in its data
}

var workspaces = sync.Pool{New: func() any { return newWorkspace(nil) }}

// newWorkspace is a workspace with a clock of its own or, within another one,
// with that one's.
func newWorkspace(clock *work.Clock) *workspace {
	w := new(workspace)
	if clock == nil {
		clock = &w.clock
	}
	w.charset.Clock, w.dom.Clock, w.meta.Clock = clock, clock, clock
	w.blocks.Clock, w.lines.Clock, w.single.Clock = clock, clock, clock
	return w
}

// take is a workspace for an input whose work ends with ctx; nil never ends.
func take(ctx context.Context) *workspace {
	w := workspaces.Get().(*workspace)
	if ctx == nil {
		ctx = context.Background()
	}
	w.clock.Start(ctx)
	return w
}

// within is the workspace for pages within the page.
func (w *workspace) within() *workspace {
	if w.inner == nil {
		w.inner = newWorkspace(w.dom.Clock)
	}
	return w.inner
}

// poisoned has tests overwrite the memory that is given back, so that whatever
// still points into it shows.
var poisoned = false

// end is deferred where a workspace is taken. It gives the workspace back and
// turns the end of the context and panics into errors: a fault in this library
// must not end a program that cleans a million pages. Beside an error there is a
// result, too, so that nobody needs to look whether there is one.
func (w *workspace) end(res **Result, err *error) {
	fault := recover()
	if *res == nil {
		*res = &Result{}
	}
	if fault != nil {
		ended := work.Ended(fault)
		if ended == nil {
			*err = faultError(fault)
			return // in what state the workspace is nobody knows
		}
		*err = timeError(ended)
	}
	w.forget()
	w.clock = work.Clock{}
	workspaces.Put(w)
}

// warnings are those about the bytes of the input.
func (w *workspace) warnings() []string {
	if w.unknownCharset == "" {
		return nil
	}
	return []string{fmt.Sprintf("ContentType names an unknown encoding, %q: the text was read as %s", w.unknownCharset, w.charsetRead)}
}

// forget forgets the input.
func (w *workspace) forget() {
	if poisoned {
		w.charset.Poison()
		w.dom.Poison()
		w.blocks.Poison()
		w.lines.Poison()
		w.single.Poison()
	}
	w.charset.Forget()
	w.dom.Forget()
	w.meta.Forget()
	w.blocks.Forget()
	w.lines.Forget()
	w.single.Forget()
	w.unknownCharset, w.charsetRead = "", ""
	w.behind.Text = ""
	clear(w.wallBlocks)
	clear(w.wallOf)
	w.wallBlocks, w.wallOf = w.wallBlocks[:0], w.wallOf[:0]
	if w.inner != nil {
		w.inner.forget()
	}
}

// read is the input's bytes as UTF-8. It settles what format they are in.
func (w *workspace) read(in *Input, c *Cleaner) ([]byte, error) {
	if in.Body == nil {
		in.Body = strings.NewReader("")
	}
	if _, err := in.Format.MarshalText(); err != nil {
		return nil, err
	}
	raw, err := w.charset.Read(in.Body, c.opt.maxBytes())
	if err != nil {
		return nil, err
	}
	src := raw
	if in.Decoded {
		src, err = w.charset.Repaired(raw)
	} else {
		src, w.charsetRead, err = w.charset.Decode(raw, in.ContentType)
		w.unknownCharset = charset.Unknown(in.ContentType)
	}
	if err != nil {
		return nil, err
	}
	in.Format = in.format()
	if in.Format == Auto {
		switch kind := charset.Container(src); {
		case kind != "":
			return nil, fmt.Errorf("%w: it looks like %s", ErrContainer, kind)
		case charset.IsHTML(src) || in.namedHTML() && charset.Tagged(src):
			in.Format = FromHTML
		default:
			in.Format = FromText
		}
	}
	if c.opt.Mojibake && in.Format == FromHTML {
		return []byte(charset.Repair(string(src))), nil
	}
	w.dom.Plain = w.charset.Plain()
	return src, nil
}
