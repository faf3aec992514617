package clean

import (
	"io"
	"mime"
	"net/url"
	"path"
	"strings"

	"github.com/winnowtext/winnow/clean/internal/chars"
	"github.com/winnowtext/winnow/clean/internal/line"
)

// An Input is one page, fragment or text, and what is known about it. Only Body
// is needed.
type Input struct {
	// Body yields the bytes, which may be gzip or zlib. Encodings are found out unless it is
	// Decoded.
	Body io.Reader

	// URL is the address of the page: other addresses in it are made absolute, and
	// rules may be limited to its host.
	URL *url.URL

	// ContentType is the value of the HTTP header of that name, such as
	// "text/html; charset=koi8-r", or the name of an encoding alone. Its encoding
	// is used only when the bytes are not UTF-8 and the page names none; its type
	// only where Format is Auto.
	ContentType string

	// Decoded says that Body is UTF-8 for certain, as a string in JSON or in a
	// program is: no encoding is guessed, and NULs do not make it binary data. What is
	// no UTF-8 all the same becomes U+FFFD.
	Decoded bool

	// Format says what the body is. Auto asks ContentType, then the content, which has
	// to be a page, a fragment or a text: see ErrContainer.
	Format Format

	// Name is the name of the file, if the body is from one. Where the content leaves it
	// open, its ending says that it is HTML, and so does that of URL.
	Name string

	// Fragment says that the body is the content of a feed item, of a field in a
	// content management system or the like: everything is article but what is
	// surely residue. It is HTML unless Format or ContentType says otherwise.
	Fragment bool

	// Title is the title where it is known from elsewhere, as that of a feed item. It
	// is Result.Title then, and its copies go as do those of the title that a page
	// tells itself: headings that repeat it, and the line above a fragment or text.
	Title string

	// Site is the host name of the site where URL is not known, such as
	// "example.org": rules may be limited to it. Options.Memory compares a text with
	// others of its Site, or else of the host of its URL.
	Site string
}

// A Format is what an input is.
type Format uint8

// Formats.
const (
	Auto     Format = iota // told by Content-Type and content
	FromHTML               // a page or a fragment of one
	FromText               // text that was flattened before
)

// format is what is said about the body's format, Auto when nothing is.
func (in *Input) format() Format {
	if in.Format != Auto {
		return in.Format
	}
	switch kind, _, _ := mime.ParseMediaType(in.ContentType); kind {
	case "text/html", "application/xhtml+xml":
		return FromHTML
	case "text/plain", "text/markdown":
		return FromText
	}
	if in.Fragment {
		return FromHTML
	}
	return Auto
}

// namedHTML reports whether a name says that the body is HTML.
func (in *Input) namedHTML() bool {
	names := [2]string{in.Name}
	if in.URL != nil {
		names[1] = in.URL.Path
	}
	for _, name := range names {
		switch strings.ToLower(path.Ext(name)) {
		case ".html", ".htm", ".xhtml", ".shtml":
			return true
		}
	}
	return false
}

// host is the host name that rules may be limited to.
func (in *Input) host() string {
	if in.URL != nil && in.URL.Hostname() != "" {
		return in.URL.Hostname()
	}
	return in.Site
}

// origin is the site of which a memory knows other texts.
func (in *Input) origin() string {
	if in.Site != "" {
		return in.Site
	}
	return in.host()
}

// dropTitle drops the known title's copy where it heads a text.
func (in *Input) dropTitle(lines []line.Line) {
	title := chars.Glue(in.Title)
	if title == "" {
		return
	}
	n := 0
	for i := range lines {
		l := &lines[i]
		if l.Dropped() {
			continue
		}
		if chars.GluesTo(l.Text, title) {
			l.Drop("title", "title.known", "context")
			return
		}
		if n++; n == titleLines {
			return
		}
	}
}
