package clean

import (
	"github.com/winnowtext/winnow/clean/internal/article"
)

// A Block is a paragraph, a heading, a list item or the like of the article. The
// blocks of a result hold the words of its Text in the same order, and images
// besides. Lines of flattened text are paragraphs: nothing more is known of them.
type Block struct {
	// Role is what the block is.
	Role Role `json:"role"`
	// Level is that of a heading, from 1 to 6; 0 for other blocks.
	Level int `json:"level,omitempty"`
	// List is the number of the list or table that the block belongs to, counted from
	// 1 in the article; 0 when it belongs to none. Items that have the same number
	// are items of one list.
	List int `json:"list,omitempty"`
	// Depth is how many lists the block stands in, one inside the other.
	Depth int `json:"depth,omitempty"`
	// Ordered: it begins an item of a numbered list, and this is the item's Number.
	Ordered bool `json:"ordered,omitempty"`
	Number  int  `json:"number,omitempty"`
	// Quote is how many quotations the block stands in, one inside the other.
	Quote int `json:"quote,omitempty"`
	// Language is the programming language of code as the page names it, in lower
	// case; empty when it does not.
	Language string `json:"language,omitempty"`
	// Src is the address of an image, absolute if the page's is known.
	Src string `json:"src,omitempty"`
	// Callout is the kind of the box with a note or warning that the block stands in, such
	// as "note", "tip" or "warning"; empty when it stands in none.
	Callout string `json:"callout,omitempty"`
	// Note is the number of the footnote that the block is a part of; 0 when it is none.
	Note int `json:"note,omitempty"`
	// Runs are the block's text, an image's description. A table row has Cells
	// instead, one for each column up to the last with text; those of cells that span
	// several columns or rows stand once, where they begin.
	Runs  []Run  `json:"runs,omitempty"`
	Cells []Cell `json:"cells,omitempty"`
}

// A Cell is a cell of a table row.
type Cell struct {
	Head bool  `json:"head,omitempty"` // it names a row or column
	Runs []Run `json:"runs,omitempty"`
}

// A Run is a stretch of text that is marked in one way. Line breaks inside a block
// are newlines in it.
type Run struct {
	Text string `json:"text"`
	// Link is the address that the text leads to, absolute if the page's is known;
	// empty when it leads nowhere.
	Link string `json:"link,omitempty"`
	// Note is the number of the footnote whose mark the text is; 0 when it is none.
	Note   int  `json:"note,omitempty"`
	Strong bool `json:"strong,omitempty"`
	Em     bool `json:"em,omitempty"`
	Code   bool `json:"code,omitempty"`
	Sub    bool `json:"sub,omitempty"`
	Sup    bool `json:"sup,omitempty"`
	Del    bool `json:"del,omitempty"` // struck out
	// Decision is the place in Result.Decisions of the piece that the run comes from,
	// counted from 1; 0 without Options.Explain, or when it comes from none, as a
	// line break.
	Decision int `json:"decision,omitempty"`
}

// Role is what a block is in the article.
type Role string

// Roles.
const (
	RoleParagraph   Role = "paragraph"
	RoleHeading     Role = "heading"
	RoleItem        Role = "item"        // the paragraph that begins an item of a list; what goes on in it has the same List and Depth
	RoleQuote       Role = "quote"       // a paragraph of a quotation
	RoleCode        Role = "code"        // lines of code
	RoleRow         Role = "row"         // of a table
	RoleCaption     Role = "caption"     // of a picture or table, where the policy keeps it
	RoleImage       Role = "image"       // a picture among kept blocks, which Text does not show
	RoleTerm        Role = "term"        // of a list of descriptions
	RoleDescription Role = "description" // of the term before
)

var roles = [...]Role{
	article.Paragraph: RoleParagraph, article.Heading: RoleHeading, article.Item: RoleItem, article.Quote: RoleQuote,
	article.CodeBlock: RoleCode, article.Row: RoleRow, article.Caption: RoleCaption, article.Image: RoleImage,
	article.Term: RoleTerm, article.Description: RoleDescription,
}

// blocks are the article's blocks as Blocks.
func blocks(bs []article.Block) []Block {
	out := make([]Block, len(bs))
	for i := range bs {
		b := &bs[i]
		out[i] = Block{
			Role: roles[b.Role], Level: b.Level, List: b.List, Depth: b.Depth, Ordered: b.Ordered, Number: b.Number,
			Quote: b.Quote, Language: b.Language, Src: b.Src, Callout: b.Callout, Note: b.Note, Runs: runs(b.Runs),
		}
		for _, c := range b.Cells {
			out[i].Cells = append(out[i].Cells, Cell{Head: c.Head, Runs: runs(c.Runs)})
		}
	}
	return out
}

func runs(rs []article.Run) []Run {
	if len(rs) == 0 {
		return nil
	}
	out := make([]Run, len(rs))
	for i, r := range rs {
		has := func(m article.Marks) bool { return r.Marks&m != 0 }
		out[i] = Run{
			Text: r.Text, Link: r.Link, Note: r.Note, Decision: r.Piece + 1, Strong: has(article.Strong), Em: has(article.Em),
			Code: has(article.Code), Sub: has(article.Sub), Sup: has(article.Sup), Del: has(article.Del),
		}
	}
	return out
}

// addTitle puts the title in front of the text.
func (res *Result) addTitle() {
	res.Text = res.Title + "\n\n" + res.Text
	if res.Blocks != nil {
		title := Block{Role: RoleHeading, Level: 1, Runs: []Run{{Text: res.Text[:len(res.Title)]}}}
		res.Blocks = append([]Block{title}, res.Blocks...)
		addTitleNode(res.tree, res.Text[:len(res.Title)])
	}
}
