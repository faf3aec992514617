package main

import (
	"errors"
	"fmt"
	"io"
	"math"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/winnowtext/winnow/clean"
	"github.com/winnowtext/winnow/clean/batch"
)

// A view is what is shown of an input.
type view uint8

const (
	viewResult  view = iota // its clean text
	viewExplain             // its decisions
	viewDiff                // what cleaning changes
	viewNames               // its name, where cleaning changes something
	viewReport              // a page about all inputs
)

// Output formats.
const (
	formatText     = "text"
	formatMarkdown = "md"
	formatHTML     = "html"
	formatJSON     = "json"
	formatJSONL    = "jsonl"
	formatTable    = "csv" // as the table that rows came in
	formatFields   = "-p"  // some fields in a line
)

// settings is what the flags come to.
type settings struct {
	args     []string
	options  clean.Options
	from     clean.Format
	split    batch.Split
	page     *url.URL
	format   string   // "" is text, and of rows what they came in
	tabs     bool     // the name of the output says that the table is parted by tabs
	as       string   // what the text of a JSON record is
	fields   []string // of formatFields
	blocks   bool
	front    bool // front matter before Markdown
	view     view
	explain  bool
	removed  bool // of decisions, those alone that took something out
	fragment bool
	check    bool
	stats    bool
	output   string // "" is standard output
	resume   bool
	made     []byte            // see made
	watch    func(*batch.Item) // called before a file is read, if not nil
	shard    batch.Shard       // the zero value is all
	skip     int               // inputs and rows
	ordered  bool
	drain    <-chan struct{}
	all      bool   // files of folders
	passed   int    // files of folders that are not called like pages or texts
	list     string // the file that lists inputs; "" is none
	nul      bool   // its names end in NULs
	jobs     int
	timeout  time.Duration // 0 is no limit
	maxBytes string        // options.MaxBytes as typed
	progress bool
	ink      ink // of --explain
	limit    int // of rules test; 0 is none
	serving  *serving
}

// flags holds the flags as typed.
type flags struct {
	format, output, as, from, page, mode, engine           string
	maxBytes, progress                                     string
	fields                                                 batch.Fields
	bodies, delimiter, shard                               string
	noHeader, all, ordered                                 bool
	filesFrom, root                                        string
	json, removed, fragment, null                          bool
	print                                                  []string
	drop, keep, mark, rules                                []string
	memory                                                 string
	title, noTables, mojibake, explain, check, diff, stats bool
	listKinds, resume, blocks, comments, front             bool
	noLinks, noImages                                      bool
	jobs, limit, skip                                      int
	timeout                                                seconds
}

// jobs are what the command line can ask for. They are called with valid
// settings only.
type jobs struct {
	clean, inspect, compare, testRules, learn, serve func(*settings) error
}

// command is the command line.
func command(stdout io.Writer, do jobs) *cobra.Command {
	f := &flags{}
	cmd := &cobra.Command{
		Use:                   "winnow [flags] [file|dir|-]...",
		Short:                 "the article text of web pages and scraped text",
		Long:                  about,
		Version:               version(),
		Args:                  cobra.ArbitraryArgs,
		SilenceErrors:         true,
		SilenceUsage:          true,
		DisableFlagsInUseLine: true,
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return nil, cobra.ShellCompDirectiveDefault // files
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if f.listKinds {
				return listKinds(stdout)
			}
			if err := checkNames(cmd, args); err != nil {
				return err
			}
			set, err := f.settings(args)
			if err != nil {
				return err
			}
			set.made = made(cmd.Flags(), set)
			return do.clean(set)
		},
	}
	cmd.SetVersionTemplate("winnow {{.Version}}\n")
	cmd.SetFlagErrorFunc(flagError)

	fs := cmd.Flags()
	fs.SortFlags = false
	fs.StringVarP(&f.format, "format", "f", "", "output `format`: text, md, html, json, jsonl or csv (the table that came in)\n(default what the name of -o ends in, else text; of rows what they came in)")
	fs.BoolVar(&f.json, "json", false, "short for -f json")
	fs.StringSliceVarP(&f.print, "print", "p", nil, "print these `fields` of JSON alone, a line for each input: title, authors, url ...")
	fs.StringVarP(&f.output, "output", "o", "", "write to the file or folder at this `path`")
	fs.StringVar(&f.as, "as", formatText, "`form` of the article in JSON: text, md or html")
	fs.BoolVar(&f.blocks, "blocks", false, "add the article's blocks to JSON: role, level, runs with links and emphasis")
	fs.BoolVar(&f.comments, "comments", false, "add the comments of readers to JSON: author, date, depth, text")
	fs.BoolVar(&f.front, "front-matter", false, "put title, author, date and address in front of Markdown, as YAML")
	fs.BoolVar(&f.noLinks, "no-links", false, "leave links out of Markdown, HTML and blocks, but for their text")
	fs.BoolVar(&f.noImages, "no-images", false, "leave pictures and embedded videos out of Markdown, HTML and blocks")
	fs.BoolVar(&f.resume, "resume", false, "go on with a run into a folder that was cut off: skip what is done,\nunless the input, flags or rules changed")
	fs.StringVar(&f.shard, "shard", "", "do one of several `parts`, such as 3/16, unless its file is there already")
	fs.IntVar(&f.skip, "skip", 0, "pass over so many inputs or `rows` first, as when their output is there already")
	fs.BoolVar(&f.ordered, "ordered", true, "write in the order of the inputs")
	f.rows(fs)
	f.cleaning(fs)
	fs.BoolVar(&f.removed, "removed", false, "show what was removed, a line for each piece, instead of the text")
	fs.BoolVar(&f.explain, "explain", false, "show every piece kept (+) or removed (-) and why, instead of the text")
	fs.BoolVar(&f.diff, "diff", false, "show what cleaning changes as a unified diff, instead of the text")
	fs.BoolVar(&f.check, "check", false, "print file:line of residue in texts, and exit with 1 if there is any")
	fs.BoolVar(&f.stats, "stats", false, "print counts by kind to standard error")
	f.running(fs)
	fs.BoolVar(&f.listKinds, "list-kinds", false, "list the kinds of residue")
	complete(cmd)
	cmd.AddCommand(inspectCommand(do), rulesCommand(stdout, do), learnCommand(do), serveCommand(do), versionCommand(stdout))
	cmd.SetHelpCommand(helpCommand(cmd, stdout))
	return cmd
}

// cleaning adds the flags that say how to clean.
func (f *flags) cleaning(fs *pflag.FlagSet) {
	fs.StringVar(&f.page, "url", "", "`address` the page came from (one input only)")
	f.howTo(fs)
}

// howTo adds those of them that are not about one input.
func (f *flags) howTo(fs *pflag.FlagSet) {
	fs.StringVar(&f.mode, "mode", "balanced", "balanced, precision (less residue) or recall (more text)")
	fs.StringVar(&f.engine, "engine", "trees", "who finds the article on a page: trees or readability")
	fs.StringSliceVar(&f.drop, "drop", nil, "leave out pieces of these `kinds` (as all are by default)")
	fs.StringSliceVar(&f.keep, "keep", nil, "let pieces of these `kinds` stay, or of all")
	fs.StringSliceVar(&f.mark, "mark", nil, "let pieces of these `kinds` stay, with [kind] in front")
	fs.StringVar(&f.root, "root", "", "CSS `selector` of the elements of a page that the article lies in")
	fs.StringArrayVar(&f.rules, "rules", nil, "rule `file` to use beside the built-in rules (repeatable)")
	fs.StringVar(&f.memory, "memory", "", "`file` of what the texts of sites repeat, as winnow learn writes it")
	fs.BoolVar(&f.title, "title", false, "put the title of a page in front of its text")
	fs.BoolVar(&f.noTables, "no-tables", false, "leave out data tables")
	fs.BoolVar(&f.mojibake, "mojibake", false, "repair UTF-8 that was read as windows-1252")
}

// rows adds the flags that say where in its file an input stands.
func (f *flags) rows(fs *pflag.FlagSet) {
	fs.StringVar(&f.from, "from", "auto", "what the `input` is: auto, html or text; with many in a file "+kindList())
	fs.StringVar(&f.fields.Body, "field", "", "`column` or field with the page or text (default html, else text)")
	fs.StringVar(&f.fields.URL, "url-field", "", "`column` or field with the page's address (default url)")
	fs.StringVar(&f.fields.ID, "id-field", "", "`column` or field that names the row (default id)")
	fs.StringVar(&f.fields.Site, "site-field", "", "`column` or field with the site, such as its host name")
	fs.StringVar(&f.fields.Type, "type-field", "", "`column` or field that says what each is: html, text or auto")
	fs.StringVar(&f.fields.Length, "length-field", "", "`field` with the bytes of a page or text that follows its line, as it is")
	fs.StringVar(&f.bodies, "type", "auto", "what all of them are: auto, html or text")
	fs.StringVar(&f.delimiter, "delimiter", "", "what parts the cells of a table (default: what fits its header)")
	fs.BoolVar(&f.fragment, "fragment", false, "each input is a part of a page that is all article: a feed item, a field of a CMS")
	fs.StringVar(&f.filesFrom, "files-from", "", "read the names of inputs from this `file`, a line each; - is standard input")
	fs.BoolVarP(&f.null, "null", "0", false, "names of --files-from end in NUL, as from find -print0")
	fs.BoolVar(&f.all, "all", false, "take all files of folders, whatever they are called")
	fs.BoolVar(&f.noHeader, "no-header", false, "the table has no header: columns go by numbers, from 1")
}

// running adds the flags that say how to go about it.
func (f *flags) running(fs *pflag.FlagSet) {
	fs.IntVarP(&f.jobs, "jobs", "j", 0, "how many inputs to work on at the same time (0 is one for each processor)")
	fs.Var(&f.timeout, "timeout", "time limit for each input: `seconds`, or 500ms, 2m (0 is none)")
	fs.StringVar(&f.maxBytes, "max-bytes", "64MiB", "`size` limit for each input, packed and unpacked (0 is none)")
	fs.StringVar(&f.progress, "progress", "auto", "progress bar: `auto` (when standard error is a terminal) or off")
}

// complete tells shells the values of the flags a command has.
func complete(cmd *cobra.Command) {
	values := map[string][]string{
		"format": {formatText, formatMarkdown, formatHTML, formatJSON, formatJSONL, formatTable}, "as": {formatText, formatMarkdown, formatHTML},
		"from": append([]string{"auto", "html", "text"}, kinds...),
		"mode": {"balanced", "precision", "recall"}, "engine": {"trees", "readability"}, "progress": {"auto", "off"},
		"drop": append(kindNames(), allKinds), "keep": append(kindNames(), allKinds), "mark": append(kindNames(), allKinds),
		"print": printable,
	}
	for _, flag := range []string{"rules", "memory", "files-from", "output"} {
		if cmd.Flags().Lookup(flag) != nil {
			_ = cmd.MarkFlagFilename(flag)
		}
	}
	cmd.Flags().VisitAll(func(flag *pflag.Flag) {
		if v := values[flag.Name]; v != nil {
			// The flag is there, so there is no error to meet.
			_ = cmd.RegisterFlagCompletionFunc(flag.Name, cobra.FixedCompletions(v, cobra.ShellCompDirectiveNoFileComp))
		}
	})
}

// settings checks the flags against each other and makes settings of them.
func (f *flags) settings(args []string) (*settings, error) {
	set := &settings{
		args:     args,
		output:   f.output,
		blocks:   f.blocks,
		front:    f.front,
		resume:   f.resume,
		ordered:  f.ordered,
		all:      f.all,
		explain:  f.explain || f.removed,
		removed:  f.removed,
		fragment: f.fragment,
		list:     f.filesFrom,
		nul:      f.null,
		fields:   f.print,
		check:    f.check,
		stats:    f.stats,
		skip:     f.skip,
		jobs:     f.jobs,
		timeout:  time.Duration(f.timeout),
		maxBytes: f.maxBytes,
		progress: f.progress == "auto",
	}
	if len(args) == 0 && set.list == "" {
		set.args = []string{"-"}
	}
	if f.null && set.list == "" {
		return nil, fmt.Errorf("-0 goes with --files-from")
	}
	if set.jobs == 0 {
		set.jobs = runtime.GOMAXPROCS(0)
	}
	if set.output == "-" {
		set.output = ""
	}

	err := f.formatFlags()
	if err != nil {
		return nil, err
	}
	named := f.format == ""
	if named {
		if f.format, err = f.formatByName(set.output); err != nil {
			return nil, err
		}
	}
	set.format, set.tabs = f.format, named && strings.EqualFold(filepath.Ext(set.output), ".tsv")
	if set.view, err = f.view(); err != nil {
		return nil, err
	}
	if err := f.checkStructure(); err != nil {
		return nil, err
	}
	set.as = f.as
	if err = f.input(set); err != nil {
		return nil, err
	}
	if f.page != "" {
		if set.page, err = url.Parse(f.page); err != nil || !set.page.IsAbs() {
			return nil, fmt.Errorf("--url: %s is not an absolute address", escape(f.page))
		}
	}
	if f.jobs < 0 {
		return nil, fmt.Errorf("-j: %d is less than 0", f.jobs)
	}
	if f.skip < 0 {
		return nil, fmt.Errorf("--skip: %d is less than 0", f.skip)
	}
	if f.timeout < 0 {
		return nil, fmt.Errorf("--timeout: %s is less than 0", &f.timeout)
	}
	if f.progress != "auto" && f.progress != "off" {
		return nil, fmt.Errorf("--progress: unknown value %q (auto or off)", f.progress)
	}
	if f.shard != "" {
		if set.shard, err = batch.ParseShard(f.shard); err != nil {
			return nil, fmt.Errorf("--shard: %w", err)
		}
		if set.output == "" {
			return nil, fmt.Errorf("--shard: name a folder for the parts: -o FOLDER/")
		}
	}
	if set.options, err = f.options(); err != nil {
		return nil, err
	}
	set.split.MaxRow = maxRow(set.options.MaxBytes)
	return set, nil
}

// formatFlags makes one of the flags that say what to put out.
func (f *flags) formatFlags() error {
	if f.json {
		if f.format != "" && f.format != formatJSON {
			return fmt.Errorf("--json is -f json: it does not go with -f %s", f.format)
		}
		f.format = formatJSON
	}
	if len(f.print) == 0 {
		return nil
	}
	if f.format != "" || f.explain || f.removed || f.diff || f.check || f.blocks {
		return fmt.Errorf("-p prints fields alone: it does not go with -f, --json, --explain, --removed, --diff, --check and --blocks")
	}
	f.format = formatFields
	return checkFields(f.print)
}

// input sets what the inputs are.
func (f *flags) input(set *settings) (err error) {
	set.split = batch.Split{Fields: f.fields, NoHeader: f.noHeader, Timeout: time.Duration(f.timeout)}
	if slices.Contains(kinds, f.from) {
		set.split.Kind = batch.Kind(f.from)
		if f.from == "wet" {
			set.split.Kind = batch.WARC
		}
	} else if set.from, err = clean.ParseFormat(f.from); err != nil {
		return fmt.Errorf("--from: unknown input %q%s (auto, html, text, %s)", f.from, didYouMean(f.from, append([]string{"auto", "html", "text"}, kinds...)), kindList())
	} else if set.from != clean.Auto {
		set.split.Kind = batch.Page
	}
	if set.split.Fields.Format, err = clean.ParseFormat(f.bodies); err != nil {
		return fmt.Errorf("--type: %w", err)
	}
	switch d := strings.ReplaceAll(f.delimiter, `\t`, "\t"); {
	case len(d) > 1 || d == "\"" || d == "\n" || d == "\r":
		return fmt.Errorf("--delimiter: %q is not one character that can part cells", f.delimiter)
	case d != "":
		set.split.Delimiter = d[0]
	}
	if f.fragment && (f.from == "text" || f.bodies == "text") {
		return fmt.Errorf("--fragment is about HTML: it does not go with text")
	}
	if f.noHeader && f.fields.Body == "" {
		return fmt.Errorf("--no-header: name the column by --field and its number")
	}
	return f.checkRows(set.split.Kind)
}

// checkRows refuses flags about rows that inputs of this kind do not have.
func (f *flags) checkRows(kind batch.Kind) error {
	switch kind {
	case batch.Auto, batch.CSV, batch.TSV:
		return f.checkLength()
	case batch.JSON, batch.JSONL:
		if f.delimiter != "" || f.noHeader {
			return fmt.Errorf("--delimiter and --no-header go with tables: not with --from %s", f.from)
		}
		if kind == batch.JSON {
			return f.checkLength()
		}
		return nil
	}
	if f.delimiter != "" || f.noHeader || f.fields != (batch.Fields{}) {
		return fmt.Errorf("--field and other flags about columns and fields go with tables and JSON: not with --from %s", f.from)
	}
	return nil
}

// checkLength refuses --length-field for what is not said to be JSON Lines.
func (f *flags) checkLength() error {
	if f.fields.Length != "" {
		return fmt.Errorf("--length-field goes with --from jsonl")
	}
	return nil
}

// endings of names say what a file is to hold.
var endings = map[string]string{
	"": "", ".txt": formatText, ".text": formatText, ".md": formatMarkdown, ".markdown": formatMarkdown,
	".html": formatHTML, ".htm": formatHTML, ".json": formatJSON, ".jsonl": formatJSONL, ".ndjson": formatJSONL,
	".csv": formatTable, ".tsv": formatTable,
}

// formatByName is the format that the name of an output asks for.
func (f *flags) formatByName(output string) (string, error) {
	if output == "" || f.explain || f.removed || f.diff || f.check || isDir(output) || os.IsPathSeparator(output[len(output)-1]) || isDevice(output) {
		return "", nil
	}
	ending := strings.ToLower(filepath.Ext(output))
	if format, ok := endings[ending]; ok {
		return format, nil
	}
	return "", fmt.Errorf("-o %s: unknown ending %s (.txt, .md, .html, .json, .jsonl or .csv; with -f, any)", escape(output), escape(ending))
}

// isDevice reports whether a path is there and no file of a name of its own, such as
// /dev/null.
func isDevice(path string) bool {
	info, err := os.Stat(path)
	return err == nil && !info.Mode().IsRegular()
}

// structured reports whether what is put out has structure.
func (f *flags) structured() bool {
	return f.format == formatMarkdown || f.format == formatHTML || f.as == formatMarkdown || f.as == formatHTML || f.blocks
}

// checkStructure refuses flags about structure that nothing can come of.
func (f *flags) checkStructure() error {
	if f.as == "" { // commands without the flag
		f.as = formatText
	}
	alone := f.format == formatText || f.format == formatMarkdown || f.format == formatHTML
	switch {
	case f.as != formatText && f.as != formatMarkdown && f.as != formatHTML:
		return fmt.Errorf("--as: unknown form %q (text, md or html)", f.as)
	case f.as != formatText && alone:
		return fmt.Errorf("--as says what the article is in JSON and tables: it does not go with -f %s", f.format)
	case f.as != formatText && (f.diff || f.check || f.explain || f.removed):
		return fmt.Errorf("--diff, --check, --explain and --removed do not go with --as")
	case f.blocks && (alone || f.format == formatTable):
		return fmt.Errorf("--blocks goes with -f json and -f jsonl only")
	case f.comments && (alone || f.format == formatTable):
		return fmt.Errorf("--comments goes with -f json and -f jsonl only")
	case f.front && f.format != formatMarkdown && f.as != formatMarkdown:
		return fmt.Errorf("--front-matter goes with Markdown only: -f md, or --as md")
	case (f.noLinks || f.noImages) && !f.structured():
		return fmt.Errorf("--no-links and --no-images say nothing about text: they go with -f md, -f html, --as and --blocks")
	}
	return nil
}

// maxRow is how many bytes a row may have of which the body may have max.
func maxRow(max int64) int {
	if max <= 0 || max > math.MaxInt32/rowFactor {
		return math.MaxInt32
	}
	return rowFactor * int(max)
}

// rowFactor is how much longer than its body a row may be: JSON has up to six bytes
// for one, in most languages two, and there are other fields.
const rowFactor = 4

// kinds are the files with many inputs that can be asked for.
var kinds = []string{"jsonl", "json", "csv", "tsv", "warc", "wet", "mhtml", "feed"}

func kindList() string {
	return strings.Join(kinds[:len(kinds)-1], ", ") + " or " + kinds[len(kinds)-1]
}

// view tells what to show, and refuses flags that contradict each other.
func (f *flags) view() (view, error) {
	switch f.format {
	case "", formatText:
	case formatMarkdown, formatHTML:
		if f.diff || f.check || f.explain || f.removed {
			return 0, fmt.Errorf("--diff, --check, --explain and --removed do not go with -f %s", f.format)
		}
		return viewResult, nil
	case formatFields:
		return viewResult, nil
	case formatJSON, formatJSONL, formatTable:
		if f.diff || f.check {
			return 0, fmt.Errorf("--diff and --check go with -f text only")
		}
		return viewResult, nil
	default:
		known := []string{formatText, formatMarkdown, formatHTML, formatJSON, formatJSONL, formatTable}
		return 0, fmt.Errorf("-f: unknown format %q%s (text, md, html, json, jsonl or csv)", f.format, didYouMean(f.format, known))
	}
	switch {
	case f.diff && (f.explain || f.removed):
		return 0, fmt.Errorf("--diff and --explain or --removed exclude each other")
	case f.diff:
		return viewDiff, nil
	case f.explain, f.removed:
		return viewExplain, nil
	case f.check && f.output != "":
		return 0, fmt.Errorf("--check writes no text: it does not go with -o")
	case f.check:
		return viewNames, nil
	}
	return viewResult, nil
}

// options is the part of the flags that the library works by.
func (f *flags) options() (clean.Options, error) {
	o := clean.Options{
		Title:    f.title,
		NoTables: f.noTables,
		Mojibake: f.mojibake,
		NoLinks:  f.noLinks, NoImages: f.noImages,
		Structure: f.structured(),
		Comments:  f.comments,
		Explain:   f.explain || f.removed || f.check || f.stats,
		Original:  f.diff,
		Root:      f.root,
	}
	// Few look at reasons, and they cost most.
	inJSON := f.format == formatJSON || f.format == formatJSONL
	o.NoReasons = !f.explain && !(f.removed && inJSON)
	var err error
	if o.Mode, err = clean.ParseMode(f.mode); err != nil {
		return o, fmt.Errorf("--mode: %w%s", err, didYouMean(f.mode, []string{"balanced", "precision", "recall"}))
	}
	if o.Engine, err = clean.ParseEngine(f.engine); err != nil {
		return o, fmt.Errorf("--engine: %w%s", err, didYouMean(f.engine, []string{"trees", "readability"}))
	}
	if o.Policy, err = f.policy(); err != nil {
		return o, err
	}
	if o.MaxBytes, err = parseSize(f.maxBytes); err != nil {
		return o, fmt.Errorf("--max-bytes: %w", err)
	}
	if o.MaxBytes == 0 {
		o.MaxBytes = -1 // the library's word for no limit
	}
	for _, name := range f.rules {
		data, err := os.ReadFile(name)
		if err != nil {
			return o, fmt.Errorf("--rules: %s: %s", escape(name), reason(err))
		}
		o.Rules = append(o.Rules, clean.RuleFile{Name: name, Data: string(data)})
	}
	if f.memory != "" {
		if o.Memory, err = loadMemory(f.memory); err != nil {
			return o, fmt.Errorf("--memory: %w", err)
		}
	}
	return o, nil
}

var units = map[string]float64{
	"": 1, "b": 1,
	"kb": 1e3, "mb": 1e6, "gb": 1e9,
	"k": 1 << 10, "m": 1 << 20, "g": 1 << 30,
	"kib": 1 << 10, "mib": 1 << 20, "gib": 1 << 30,
}

// parseSize reads a number of bytes: 500000, 10MB (10^6), 64MiB or 64M (2^20).
func parseSize(s string) (int64, error) {
	digits := strings.TrimRight(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ ")
	unit, ok := units[strings.ToLower(strings.TrimSpace(s[len(digits):]))]
	n, err := strconv.ParseFloat(digits, 64)
	if !ok || err != nil || n < 0 || n*unit >= math.MaxInt64 || math.IsNaN(n) {
		return 0, fmt.Errorf("%q is not a size such as 500000, 10MB or 64MiB", s)
	}
	return int64(n * unit), nil
}

func version() string {
	v := "(unknown)"
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		v = info.Main.Version
	}
	return v + " " + runtime.Version()
}

// seconds is a time that may be typed as a number of seconds.
type seconds time.Duration

func (s *seconds) String() string { return time.Duration(*s).String() }

func (s *seconds) Type() string { return "seconds" }

func (s *seconds) Set(text string) error {
	d, err := time.ParseDuration(text)
	if n, bad := strconv.ParseFloat(text, 64); bad == nil {
		d, err = time.ParseDuration(strconv.FormatFloat(n, 'f', -1, 64) + "s")
	}
	if err != nil {
		return errors.New("want seconds, such as 5, or a time such as 500ms or 2m")
	}
	*s = seconds(d)
	return nil
}
