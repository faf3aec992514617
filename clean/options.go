package clean

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/andybalholm/cascadia"

	"github.com/winnowtext/winnow/clean/internal/article"
	"github.com/winnowtext/winnow/clean/internal/block"
	"github.com/winnowtext/winnow/clean/internal/charset"
	"github.com/winnowtext/winnow/clean/internal/css"
	"github.com/winnowtext/winnow/clean/internal/dom"
	"github.com/winnowtext/winnow/clean/internal/engine"
	"github.com/winnowtext/winnow/clean/internal/line"
	"github.com/winnowtext/winnow/clean/internal/pagetype"
	"github.com/winnowtext/winnow/clean/internal/rules"
	"github.com/winnowtext/winnow/clean/memory"
)

// Options says how a [Cleaner] works. The zero value is right for most users:
// every kind of residue is dropped, paragraphs, headings, lists, tables and
// quotations stay.
type Options struct {
	// Mode moves the balance between losing article text and keeping residue.
	Mode Mode

	// Engine says who finds the article on an HTML page.
	Engine Engine

	// Policy says what happens to pieces of a kind; a kind that is not in the
	// map is dropped, but for "standfirst", which stays.
	Policy map[Kind]Action

	// Title puts the title, as a line of its own, in front of the text of an
	// HTML page. Flattened text keeps its title line, even if Input.Title says the
	// same.
	Title bool

	// NoTables leaves data tables out of the text of an HTML page.
	NoTables bool

	// Rules are extra rule files, used together with the built-in ones.
	Rules []RuleFile

	// Memory is what the texts of sites repeat: flattened text is compared with the
	// others of its site, which Input.Site or Input.URL tells. It goes by what many
	// of them hold, never more than half of it. The memory may be changed afterwards;
	// the Cleaner uses what it knew. Pages are not compared.
	Memory *memory.Memory

	// Keep and Drop are CSS selectors of elements of pages that stay, and of those that
	// go, with all that is in them; Drop never takes out the body, main or article
	// element. They are what rules with select say (Rules), for programs. Keep beats
	// Drop. Several selectors are parted by commas.
	Keep, Drop string

	// Root is a CSS selector of the elements of a page that the article lies in, such as
	// "div.entry-content": what is outside of them goes, what is inside is judged as
	// always. Where they hold no text, all of the page is read, and Result.Warnings says
	// so.
	Root string

	// Explain fills Result.Decisions and Result.Origins. Off, they cost nothing.
	Explain bool

	// NoReasons leaves out of decisions why they fell, which costs most of Explain: Reasons
	// and Named and, of flattened text, P and Threshold.
	NoReasons bool

	// Original fills Result.Original.
	Original bool

	// Structure fills Result.Blocks and makes Markdown, HTML and Node of a Result
	// work. Off, it costs nothing.
	Structure bool

	// NoLinks leaves links out of the structure, but for their text; NoImages leaves
	// out pictures, and links to what the page embeds.
	NoLinks, NoImages bool

	// Comments fills Result.Comments. Off, it costs nothing.
	Comments bool

	// Mojibake repairs UTF-8 that was read as windows-1252 before it got here:
	// "cafÃ©" becomes "café". Off, such text stays as it is.
	Mojibake bool

	// MaxBytes limits the input, before and after decompression; 0 means
	// DefaultMaxBytes, a negative value as much as can be handled, 1 GiB.
	MaxBytes int64

	// MaxNodes limits the elements of a page, and the lines of a text; 0 means
	// DefaultMaxNodes, a negative value no limit. What lies before the limit is
	// cleaned and returned together with ErrTooMany.
	MaxNodes int

	// MaxDepth limits how deep elements are nested; 0 means DefaultMaxDepth, a
	// negative value no limit. Elements that are nested deeper count as
	// siblings, and no text is lost. Pages that come as bytes never go deeper
	// than DefaultMaxDepth.
	MaxDepth int
}

// check refuses options that cannot be meant.
func (o *Options) check() error {
	if _, err := o.Mode.MarshalText(); err != nil {
		return err
	}
	if _, err := o.Engine.MarshalText(); err != nil {
		return err
	}
	for k, a := range o.Policy {
		if !rules.Known(rules.Kind(k)) {
			return fmt.Errorf("unknown kind %q", k)
		}
		if _, err := a.MarshalText(); err != nil {
			return fmt.Errorf("kind %s: %w", k, err)
		}
	}
	return nil
}

// clone copies what the caller may change later.
func (o Options) clone() Options {
	o.Policy = maps.Clone(o.Policy)
	o.Rules = slices.Clone(o.Rules)
	return o
}

// loadEngine finds the engine that another package brought.
func (c *Cleaner) loadEngine() error {
	if c.opt.Engine == Trees {
		return nil
	}
	name := c.opt.Engine.String()
	if c.engine = engine.Named(name); c.engine == nil {
		return fmt.Errorf("engine %s is not compiled in: import _ \"github.com/winnowtext/winnow/clean/engine/%[1]s\"", name)
	}
	return nil
}

// load finds what the options name and loads the models that are part of the library.
func (c *Cleaner) load() (err error) {
	if err := c.loadEngine(); err != nil {
		return err
	}
	root, err := selector("Root", c.opt.Root)
	if err != nil {
		return err
	}
	c.root = block.Root(root)
	if c.model, err = block.LoadClassifier(); err != nil {
		return fmt.Errorf("built-in model: %w", err)
	}
	if c.types, err = pagetype.Load(); err != nil {
		return fmt.Errorf("built-in model of page types: %w", err)
	}
	lines, err := line.LoadModel()
	if err != nil {
		return fmt.Errorf("built-in model of pieces: %w", err)
	}
	c.lines = lines.At(c.opt.Mode.textPoint())
	return nil
}

// explain has the Cleaner take down its decisions.
func (c *Cleaner) explain() (err error) {
	if c.opt.NoReasons {
		c.why = article.NoReasons()
		return nil
	}
	if c.why, err = article.NewExplainer(c.rules, c.model); err != nil {
		return err
	}
	c.lines, err = c.lines.Explaining()
	return err
}

// segmentOptions are the options of the block step.
func (c *Cleaner) segmentOptions(in *Input, sheets *css.Sheets) block.Options {
	return block.Options{
		Rules: c.rules, Root: c.root, Host: in.host(), MaxNodes: c.opt.maxNodes(), MaxDepth: c.opt.maxDepth(),
		Explain: c.opt.Explain, Structure: c.opt.Structure || c.opt.Comments, Tables: c.tables, Sheets: sheets,
	}
}

// cutting is what the tree of a page goes without: what nobody looks at. Decisions
// list what is in svg elements; the rules of users, and Readability, see what is in
// the tree.
func (c *Cleaner) cutting() dom.Cutting {
	own := len(c.opt.Rules) == 0 && c.opt.Keep == "" && c.opt.Drop == "" && c.opt.Root == ""
	return dom.Cutting{SVG: own && c.opt.Engine == Trees && !c.opt.Explain, Attrs: own, Structure: c.opt.Structure || c.opt.Comments}
}

// extend adds the user's rules and runs their examples, and adds the selectors.
func (o *Options) extend(set *rules.Set) (*rules.Set, error) {
	keep, err := selector("Keep", o.Keep)
	if err != nil {
		return nil, err
	}
	drop, err := selector("Drop", o.Drop)
	if err != nil {
		return nil, err
	}
	if len(o.Rules) > 0 {
		if set, err = set.Extend(o.ruleFiles()...); err != nil {
			return nil, err
		}
		if err := errors.Join(set.CheckUser()...); err != nil {
			return nil, err
		}
	}
	return set.Select(keep, drop)
}

// selector compiles the CSS selector of an option; an empty one is none.
func selector(option, css string) (cascadia.SelectorGroup, error) {
	if css == "" {
		return nil, nil
	}
	sel, err := cascadia.ParseGroup(css)
	if err != nil {
		return nil, fmt.Errorf("selector %q of Options.%s: %w", css, option, err)
	}
	return sel, nil
}

func (o *Options) ruleFiles() []rules.File {
	files := make([]rules.File, len(o.Rules))
	for i, f := range o.Rules {
		files[i] = rules.File{Name: f.Name, Data: f.Data}
	}
	return files
}

func (o *Options) maxBytes() int64 {
	switch {
	case o.MaxBytes == 0:
		return DefaultMaxBytes
	case o.MaxBytes < 0:
		return mostBytes
	}
	return min(o.MaxBytes, mostBytes)
}

func (o *Options) maxNodes() int {
	if o.MaxNodes == 0 {
		return DefaultMaxNodes
	}
	return max(o.MaxNodes, 0)
}

func (o *Options) maxDepth() int {
	if o.MaxDepth == 0 {
		return DefaultMaxDepth
	}
	return max(o.MaxDepth, 0)
}

// A RuleFile is a file of rules in the format that docs/rules.md describes, as does
// "winnow rules help".
type RuleFile struct {
	Name string // for error messages
	Data string
}

// Limits used where Options holds zero.
const (
	DefaultMaxBytes = 64 << 20
	DefaultMaxNodes = 1 << 20
	DefaultMaxDepth = 512
)

// mostBytes is as large as an input may be whatever the options say: places in
// a text are kept in 32 bits.
const mostBytes = 1 << 30

// Mode is the balance between precision and recall.
type Mode uint8

const (
	Balanced  Mode = iota // best F1
	Precision             // less residue, at the cost of some article text
	Recall                // less article text lost, at the cost of some residue
)

// point is the operating point of the block classifier.
func (m Mode) point() block.Point {
	switch m {
	case Precision:
		return block.Precision
	case Recall:
		return block.Recall
	}
	return block.Balanced
}

// textPoint is the operating point in flattened text: the probability of being residue
// above which a piece goes.
func (m Mode) textPoint() float64 {
	switch m {
	case Precision:
		return line.Precision
	case Recall:
		return line.Recall
	}
	return line.Balanced
}

// An Engine finds the article among the blocks of a page. What it finds is
// cleaned in the same way, whichever it is.
type Engine uint8

// Engines.
const (
	// Trees is the ensemble of decision trees that comes with the library.
	Trees Engine = iota
	// Readability is go-readability (readeck v2), a port of Mozilla's
	// Readability.js. New knows it where the program imports package
	// [github.com/winnowtext/winnow/clean/engine/readability]. It costs two to
	// three parses of a page more, does not stop when a context ends, and finds less
	// on most pages; Score is still that of the trees.
	Readability
)

// Action is what happens to the pieces of a kind.
type Action uint8

const (
	Drop Action = iota // leave them out
	Keep               // let them stay in the text
	Mark               // let them stay, with "[kind] " in front
)

// Errors that say an input could not be worked on. Test with errors.Is.
var (
	// ErrTooLarge: the input, or what it unpacks to, exceeds Options.MaxBytes.
	ErrTooLarge = charset.ErrTooLarge
	// ErrTooMany: the page or text exceeds Options.MaxNodes. It is an
	// ErrTooLarge, too; the result holds what came before the limit.
	ErrTooMany = fmt.Errorf("%w: too many elements or lines", ErrTooLarge)
	// ErrNotText: the input is binary data, such as an image.
	ErrNotText = charset.ErrNotText

	// ErrContainer: an input of a format that was not told is no page or text but
	// holds such, or data: JSON, a table, a feed, MHTML, a web archive. Package batch
	// reads those.
	ErrContainer = errors.New("no page or text")
	// ErrBroken: the input is damaged beyond use, such as a torn gzip stream.
	ErrBroken = charset.ErrBroken
	// ErrTimeout: the deadline of the context passed before the work was done. The
	// context's own error is wrapped as well. Once the input was read, there is a
	// result: of the beginning of the page or text, a thousand paragraphs at most and
	// none where the time was over before the first.
	ErrTimeout = errors.New("time limit reached")
	// ErrCanceled: the context was cancelled before the work was done; the rest is as
	// for ErrTimeout.
	ErrCanceled = errors.New("canceled")
)
