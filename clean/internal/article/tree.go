package article

import (
	"strings"

	"github.com/winnowtext/winnow/clean/internal/block"
	"github.com/winnowtext/winnow/clean/internal/line"
	"github.com/winnowtext/winnow/clean/internal/structure"
)

// A tree is fed with the stretches of the text, each piece with the element of the
// page that it lies in.
type tree struct {
	*structure.Builder
	m      *maker
	place  int  // of the page's text, the last one
	image  int  // of the page, the next one
	opened bool // a block begins
	number int  // of a list or table that comes from no elements
}

func (t *tree) begin(m *maker) {
	t.m = m
	s := m.elements.structure
	o := structure.Options{Address: m.elements.address, Link: m.elements.link, NoLinks: s.NoLinks, NoImages: s.NoImages}
	if s.Base != nil {
		o.Page = s.Base.String()
	}
	t.Builder = structure.New(m.a.doc, m.text, o)
	for i := range m.a.source {
		if l := &m.a.source[i]; l.Role == block.Row && len(l.Spans) > 1 {
			t.Data(m.a.doc.Blocks[l.Spans[0].Block].Elem)
		}
	}
	if m.a.doc != nil && m.elements.kept == nil {
		m.elements.keepImages()
	}
}

// between adds what stands in front of a stretch: line ends, the name of a kind.
func (t *tree) between(ends, label string, out int) {
	if t.opened {
		return
	}
	if strings.Contains(ends, "\n") {
		t.Break()
	} else if ends != "" {
		t.Space()
	}
	if label != "" {
		t.Label(out-len(label), out)
	}
}

// stretch adds a stretch of the text.
func (t *tree) stretch(s line.Stretch) {
	opened := t.opened
	t.opened = false
	switch {
	case t.m.a.doc == nil:
		if opened {
			t.Plain(structure.PlainParagraph, 0, 0, s.Out, s.Out+s.Len)
		} else {
			t.More(s.Out, s.Out+s.Len)
		}
	case len(t.m.a.source[s.Line].Spans) == 0:
		src := &t.m.a.source[s.Line]
		if !opened {
			t.More(s.Out, s.Out+s.Len)
			return
		}
		if src.Blank > 0 {
			t.number++
		}
		t.Plain(plainParts[src.Role], t.number, block.DefaultHeading, s.Out, s.Out+s.Len)
	default:
		t.page(s)
	}
}

var plainParts = [...]structure.PlainRole{
	block.Heading: structure.PlainHeading, block.Item: structure.PlainItem, block.Row: structure.PlainRow,
	block.Code: structure.PlainCode, block.Quote: structure.PlainQuote, block.Caption: structure.PlainParagraph,
}

// page adds a stretch of the page's text, parted where another element begins or
// something is to be seen.
func (t *tree) page(s line.Stretch) {
	doc := t.m.a.doc
	at, end := s.Src, s.Src+s.Len
	for _, span := range t.m.a.source[s.Line].Spans {
		from, to := max(at, int(span.Off)), min(end, int(span.End))
		for from < to {
			t.m.a.mem.Clock.Step()
			pos := span.Doc + int32(from) - span.Off
			t.shown(pos)
			t.seek(pos)
			next := to
			if t.place+1 < len(doc.Places) {
				next = min(next, from+int(doc.Places[t.place+1].At-pos))
			}
			if t.image < len(doc.Images) {
				if d := int(doc.Images[t.image].At - pos); d > 0 {
					next = min(next, from+d)
				}
			}
			out := s.Out + from - s.Src
			t.Text(doc.Places[t.place].Elem, span.Block, out, out+next-from)
			from = next
		}
	}
}

// seek goes to the element of a place.
func (t *tree) seek(pos int32) {
	places := t.m.a.doc.Places
	for t.place > 0 && places[t.place].At > pos {
		t.place--
	}
	for t.place+1 < len(places) && places[t.place+1].At <= pos {
		t.place++
	}
}

// shown adds what is to be seen before a place of the page's text.
func (t *tree) shown(pos int32) {
	doc := t.m.a.doc
	if doc == nil {
		return
	}
	for ; t.image < len(doc.Images) && doc.Images[t.image].At <= pos; t.image++ {
		if !t.m.elements.kept[t.image] {
			continue
		}
		i := doc.Images[t.image]
		blk, within := t.m.elements.blockAt(i.At)
		t.Image(i, blk, within)
	}
}
