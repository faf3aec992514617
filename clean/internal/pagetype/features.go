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
	Data               string // types of its structured data and og:type, apart by blanks
	OG                 string // og:type
	Class              string // classes of the body element
	Maker              string // the program that made it

	Dated, Authored bool
	Home            bool // its title is the name of the site
	Nodes           int  // of structured data
}

// PageOf joins what the steps before found out about a page. u is its address, nil
// where it is not known.
func PageOf(d *block.Doc, m *meta.Meta, u *url.URL, words *Tokens) *Page {
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
	return &Page{
		Shape: block.ShapeOf(d), Words: words, URL: u, Title: m.Title, Description: m.Description,
		Data: strings.Join(append(m.Types, m.OG), " "), OG: m.OG, Class: m.Class, Maker: m.Maker,
		Home:  m.Title != "" && (strings.EqualFold(m.Title, m.SiteName) || strings.HasPrefix(m.PageTitle, m.SiteName) && m.SiteName != ""),
		Dated: !m.Published.IsZero(), Authored: len(m.Authors) > 0, Nodes: len(m.Types),
	}
}

// A feature is a column of a row: its name in the header of the model, and its value.
type feature struct {
	name  string
	value func(p *Page, a *address) uint8
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

var features = func() []feature {
	list := []feature{
		{"blocks", func(p *Page, a *address) uint8 { return log(p.Shape.Blocks) }},
		{"headings", func(p *Page, a *address) uint8 { return log(p.Shape.Heads) }},
		{"headings.share", func(p *Page, a *address) uint8 { return model.Ratio(p.Shape.Heads*4, p.Shape.Blocks) }},
		{"headings.linked", func(p *Page, a *address) uint8 { return log(p.Shape.LinkedHeads) }},
		{"headings.linked.share", func(p *Page, a *address) uint8 { return model.Ratio(p.Shape.LinkedHeads, p.Shape.Heads) }},
		{"headings.repeated", func(p *Page, a *address) uint8 { return log(p.Shape.RepeatedHeads) }},
		{"items", func(p *Page, a *address) uint8 { return log(p.Shape.Items) }},
		{"items.share", func(p *Page, a *address) uint8 { return p.Shape.InItems }},
		{"prose.blocks", func(p *Page, a *address) uint8 { return log(p.Shape.Good) }},
		{"prose.blocks.short", func(p *Page, a *address) uint8 { return model.Ratio(p.Shape.ShortGood, p.Shape.Good) }},
		{"prose.chars", func(p *Page, a *address) uint8 { return log(p.Shape.GoodChars) }},
		{"prose.share", func(p *Page, a *address) uint8 { return p.Shape.GoodShare }},
		{"prose.mean", func(p *Page, a *address) uint8 { return log(p.Shape.GoodChars / max(p.Shape.Good, 1)) }},
		{"prose.longest", func(p *Page, a *address) uint8 { return log(p.Shape.LongestGood) }},
		{"chars", func(p *Page, a *address) uint8 { return log(p.Shape.Chars) }},
		{"chars.mean", func(p *Page, a *address) uint8 { return log(p.Shape.Chars / max(p.Shape.Blocks, 1)) }},
		{"links", func(p *Page, a *address) uint8 { return p.Shape.Links }},
		{"paragraphs", func(p *Page, a *address) uint8 { return p.Shape.Paragraphs }},
		{"main.share", func(p *Page, a *address) uint8 { return p.Shape.MainShare }},
		{"main.links", func(p *Page, a *address) uint8 { return p.Shape.MainLinks }},
		{"articles", func(p *Page, a *address) uint8 { return uint8(p.Shape.Articles) }},
		{"tables", func(p *Page, a *address) uint8 { return log(p.Shape.Tables) }},
		{"code", func(p *Page, a *address) uint8 { return log(p.Shape.Code) }},
		{"code.share", func(p *Page, a *address) uint8 { return model.Ratio(p.Shape.Code, p.Shape.Chars) }},
		{"forms", func(p *Page, a *address) uint8 { return log(p.Shape.Forms) }},
		{"quotes", func(p *Page, a *address) uint8 { return log(p.Shape.Quotes) }},
		{"buttons", func(p *Page, a *address) uint8 { return log(p.Shape.Buttons) }},
		{"dates", func(p *Page, a *address) uint8 { return uint8(p.Shape.Dates) }},
		{"prices", func(p *Page, a *address) uint8 { return log(p.Shape.Prices) }},
		{"prices.share", func(p *Page, a *address) uint8 { return model.Ratio(p.Shape.Prices*8, p.Shape.Blocks) }},
		{"questions", func(p *Page, a *address) uint8 { return log(p.Shape.Questions) }},
		{"kin.blocks", func(p *Page, a *address) uint8 { return log(p.Shape.KinCount) }},
		{"kin.chars", func(p *Page, a *address) uint8 { return log(p.Shape.KinChars) }},
		{"kin.links", func(p *Page, a *address) uint8 { return p.Shape.KinLinks }},
		{"teasers", func(p *Page, a *address) uint8 { return log(p.Shape.Teasers) }},
		{"teasers.main", func(p *Page, a *address) uint8 { return log(p.Shape.MainTeasers) }},
		{"teasers.prose", func(p *Page, a *address) uint8 { return model.Ratio(p.Shape.Teasers, p.Shape.Teasers+p.Shape.Good) }},
		{"headings.main", func(p *Page, a *address) uint8 { return log(p.Shape.MainHeads) }},
		{"headings.prose", func(p *Page, a *address) uint8 { return log(p.Shape.GoodChars / max(p.Shape.Heads, 1)) }},
		{"prose.run", func(p *Page, a *address) uint8 { return log(p.Shape.Runs) }},
		{"labels.repeated", func(p *Page, a *address) uint8 { return log(p.Shape.Repeats) }},
		{"title.site", func(p *Page, a *address) uint8 { return bit(p.Home) }},
		{"address.section", func(p *Page, a *address) uint8 { return bit(a.section) }},
		{"title.words", func(p *Page, a *address) uint8 { return log(int32(strings.Count(p.Title, " "))) }},
		{"title.question", func(p *Page, a *address) uint8 { return bit(strings.HasSuffix(p.Title, "?")) }},
		{"title.digit", func(p *Page, a *address) uint8 { return bit(p.Title != "" && p.Title[0]-'0' <= 9) }},
		{"description.chars", func(p *Page, a *address) uint8 { return log(int32(len(p.Description))) }},
		{"og.article", func(p *Page, a *address) uint8 { return bit(p.OG == "article") }},
		{"og.website", func(p *Page, a *address) uint8 { return bit(p.OG == "website") }},
		{"og.product", func(p *Page, a *address) uint8 { return bit(strings.Contains(p.OG, "product")) }},
		{"og.none", func(p *Page, a *address) uint8 { return bit(p.OG == "") }},
		{"data.nodes", func(p *Page, a *address) uint8 { return log(int32(p.Nodes)) }},
		{"dated", func(p *Page, a *address) uint8 { return bit(p.Dated) }},
		{"authored", func(p *Page, a *address) uint8 { return bit(p.Authored) }},
		{"address.known", func(p *Page, a *address) uint8 { return bit(a.known) }},
		{"address.root", func(p *Page, a *address) uint8 { return bit(a.root) }},
		{"address.query", func(p *Page, a *address) uint8 { return bit(a.query) }},
		{"address.depth", func(p *Page, a *address) uint8 { return log(a.depth) }},
		{"address.hyphens", func(p *Page, a *address) uint8 { return log(a.hyphens) }},
		{"address.last", func(p *Page, a *address) uint8 { return log(a.last) }},
		{"address.digits", func(p *Page, a *address) uint8 { return log(a.digits) }},
	}
	for i := range len(block.Shape{}.Areas) {
		list = append(list, feature{"area." + block.AreaNames[i], func(p *Page, a *address) uint8 { return p.Shape.Areas[i] }})
	}
	for w := range places {
		for t := range Count {
			list = append(list, feature{placeNames[w] + "." + t.String(), func(p *Page, a *address) uint8 { return a.votes[w][t] }})
		}
	}
	return list
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
func RowNames() []string {
	names := make([]string, len(features))
	for i := range features {
		names[i] = features[i].name
	}
	return names
}

// Row is a page as a row of bytes, without what the lexicon says.
func Row(p *Page) []uint8 {
	var row [256]uint8
	p.fill(&row)
	return row[:len(features):len(features)]
}

func (p *Page) fill(row *[256]uint8) {
	a := p.address()
	for i := range features {
		row[i] = features[i].value(p, &a)
	}
}

// maxSection is the longest name of a section in an address, in bytes.
const maxSection = 24

func (p *Page) address() (a address) {
	inClass.count(p.Class, &a.votes[inClass])
	inData.count(p.Data, &a.votes[inData])
	inMaker.count(p.Maker, &a.votes[inMaker])
	if p.URL == nil {
		return a
	}
	a.known = true
	path := strings.Trim(p.URL.Path, "/")
	a.root, a.query = path == "", p.URL.RawQuery != ""
	inPath.count(path, &a.votes[inPath])
	inHost.count(p.URL.Hostname(), &a.votes[inHost])
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
