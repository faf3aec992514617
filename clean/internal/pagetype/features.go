package pagetype

import (
	"net/url"
	"strings"

	"github.com/winnowtext/winnow/clean/internal/block"
	"github.com/winnowtext/winnow/clean/internal/meta"
	"github.com/winnowtext/winnow/clean/internal/model"
)

// A Page is what is known of a page.
type Page struct {
	Shape block.Shape
	Words *Tokens
	URL   *url.URL // nil when it is not known

	Title, Description string
	Data               []string // types of its structured data
	OG                 string   // og:type
	Class              string   // classes of the body element
	Maker              string   // the program that made it

	Dated, Authored bool
	Home            bool // its title is the name of the site
	Nodes           int  // of structured data
}

// PageOf joins what the steps before found out about a page. u is its address, nil
// where it is not known.
func PageOf(d *block.Doc, m *meta.Meta, u *url.URL, words *Tokens) Page {
	if u == nil && m.Canonical != "" {
		u, _ = url.Parse(m.Canonical) // nil where it is none
	}
	words.Forget()
	words.Add('t', []byte(m.Title))
	words.Add('c', []byte(m.Class))
	if u != nil {
		words.Add('p', []byte(u.Path))
		words.Add('h', []byte(u.Hostname()))
	}
	block.EachLabel(d, func(text []byte, heading bool) {
		field := byte('l')
		if heading {
			field = 't'
		}
		words.Add(field, text)
	})
	return Page{
		Shape: block.ShapeOf(d), Words: words, URL: u, Title: m.Title, Description: m.Description,
		Data: m.Types, OG: m.OG, Class: m.Class, Maker: m.Maker,
		Home:  m.Title != "" && (strings.EqualFold(m.Title, m.SiteName) || strings.HasPrefix(m.PageTitle, m.SiteName) && m.SiteName != ""),
		Dated: !m.Published.IsZero(), Authored: len(m.Authors) > 0, Nodes: len(m.Types),
	}
}

// An address is what the address of a page tells.
type address struct {
	known, root, query   bool
	section              bool // its last part is one or two words, and no number
	depth, hyphens, last int32
	digits               int32
	votes                [places][Count]uint8
}

func log(n int32) uint8 { return model.Log(n) }

func bit(b bool) uint8 {
	if b {
		return 1
	}
	return 0
}

// A columns is a row that is being written: a value after the other, with its name for
// those who ask.
type columns struct {
	row   *[256]uint8
	n     int
	names *[]string // nil when nobody asks
}

func (c *columns) add(name string, v uint8) {
	if c.names != nil {
		c.note(name)
	}
	c.row[c.n&0xff] = v
	c.n++
}

func (c *columns) note(name string) { *c.names = append(*c.names, name) }

// fill writes a page into a row of columns, of which each feature is one.
func (p *Page) fill(c *columns) {
	a, s := p.address(), &p.Shape
	c.add("blocks", log(s.Blocks))
	c.add("headings", log(s.Heads))
	c.add("headings.share", model.Ratio(s.Heads*4, s.Blocks))
	c.add("headings.linked", log(s.LinkedHeads))
	c.add("headings.linked.share", model.Ratio(s.LinkedHeads, s.Heads))
	c.add("headings.repeated", log(s.RepeatedHeads))
	c.add("items", log(s.Items))
	c.add("items.share", s.InItems)
	c.add("prose.blocks", log(s.Good))
	c.add("prose.blocks.short", model.Ratio(s.ShortGood, s.Good))
	c.add("prose.chars", log(s.GoodChars))
	c.add("prose.share", s.GoodShare)
	c.add("prose.mean", log(s.GoodChars/max(s.Good, 1)))
	c.add("prose.longest", log(s.LongestGood))
	c.add("chars", log(s.Chars))
	c.add("chars.mean", log(s.Chars/max(s.Blocks, 1)))
	c.add("links", s.Links)
	c.add("paragraphs", s.Paragraphs)
	c.add("main.share", s.MainShare)
	c.add("main.links", s.MainLinks)
	c.add("articles", uint8(s.Articles))
	c.add("tables", log(s.Tables))
	c.add("code", log(s.Code))
	c.add("code.share", model.Ratio(s.Code, s.Chars))
	c.add("forms", log(s.Forms))
	c.add("quotes", log(s.Quotes))
	c.add("buttons", log(s.Buttons))
	c.add("dates", uint8(s.Dates))
	c.add("prices", log(s.Prices))
	c.add("prices.share", model.Ratio(s.Prices*8, s.Blocks))
	c.add("questions", log(s.Questions))
	c.add("kin.blocks", log(s.KinCount))
	c.add("kin.chars", log(s.KinChars))
	c.add("kin.links", s.KinLinks)
	c.add("teasers", log(s.Teasers))
	c.add("teasers.main", log(s.MainTeasers))
	c.add("teasers.prose", model.Ratio(s.Teasers, s.Teasers+s.Good))
	c.add("headings.main", log(s.MainHeads))
	c.add("headings.prose", log(s.GoodChars/max(s.Heads, 1)))
	c.add("prose.run", log(s.Runs))
	c.add("labels.repeated", log(s.Repeats))
	c.add("title.site", bit(p.Home))
	c.add("address.section", bit(a.section))
	c.add("title.words", log(int32(strings.Count(p.Title, " "))))
	c.add("title.question", bit(strings.HasSuffix(p.Title, "?")))
	c.add("title.digit", bit(p.Title != "" && p.Title[0]-'0' <= 9))
	c.add("description.chars", log(int32(len(p.Description))))
	c.add("og.article", bit(p.OG == "article"))
	c.add("og.website", bit(p.OG == "website"))
	c.add("og.product", bit(strings.Contains(p.OG, "product")))
	c.add("og.none", bit(p.OG == ""))
	c.add("data.nodes", log(int32(p.Nodes)))
	c.add("dated", bit(p.Dated))
	c.add("authored", bit(p.Authored))
	c.add("address.known", bit(a.known))
	c.add("address.root", bit(a.root))
	c.add("address.query", bit(a.query))
	c.add("address.depth", log(a.depth))
	c.add("address.hyphens", log(a.hyphens))
	c.add("address.last", log(a.last))
	c.add("address.digits", log(a.digits))
	for i, share := range s.Areas {
		c.add(areaNames[i], share)
	}
	for w := range places {
		for t, n := range a.votes[w] {
			c.add(voteNames[w][t], n)
		}
	}
}

var areaNames, voteNames = func() (areas [len(block.AreaNames)]string, votes [places][Count]string) {
	for i, name := range block.AreaNames {
		areas[i] = "area." + name
	}
	for w := range places {
		for t := range Count {
			votes[w][t] = placeNames[w] + "." + t.String()
		}
	}
	return areas, votes
}()

// FeatureNames are the names of the columns of a row; the last are what the lexicon says.
func FeatureNames() []string {
	names := RowNames()
	for t := range Count {
		names = append(names, "words."+t.String())
	}
	return names
}

// RowNames are the names of the columns of Row.
func RowNames() (names []string) {
	new(Page).fill(&columns{row: new([256]uint8), names: &names})
	return names
}

// Row is a page as a row of bytes, without what the lexicon says.
func Row(p *Page) []uint8 {
	c := columns{row: new([256]uint8)}
	p.fill(&c)
	return c.row[:c.n:c.n]
}

// maxSection is the longest name of a section in an address, in bytes.
const maxSection = 24

func (p *Page) address() (a address) {
	inClass.count(p.Class, 0, &a.votes[inClass])
	n := 0
	for _, t := range p.Data {
		n = inData.count(t, n, &a.votes[inData])
	}
	inData.count(p.OG, n, &a.votes[inData])
	inMaker.count(p.Maker, 0, &a.votes[inMaker])
	if p.URL == nil {
		return a
	}
	a.known = true
	path := strings.Trim(p.URL.Path, "/")
	a.root, a.query = path == "", p.URL.RawQuery != ""
	inPath.count(path, 0, &a.votes[inPath])
	inHost.count(p.URL.Hostname(), 0, &a.votes[inHost])
	if path != "" {
		a.depth = int32(strings.Count(path, "/")) + 1
		last := path[strings.LastIndexByte(path, '/')+1:]
		a.section = len(last) <= maxSection && strings.Count(last, "-") <= 1 && !strings.ContainsAny(last, "0123456789.")
		a.last, a.hyphens = int32(len(last)), int32(strings.Count(last, "-")+strings.Count(last, "_"))
	}
	for i := range len(path) {
		if path[i]-'0' <= 9 {
			a.digits++
		}
	}
	return a
}
