package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/winnowtext/winnow/docs"
)

const about = `    winnow page.html                          # the article, as text
    winnow --removed page.html                # what is not the article
    winnow -f jsonl pages/ > articles.jsonl   # one JSON object a page
    winnow --field body texts.csv             # a table with one column cleaned
    winnow --check texts/                     # file:line of residue, for CI

Winnow takes the article text out of web pages, and the residue of web pages
(banners, share bars, promos, notices) out of text that was scraped earlier. HTML
and text are told apart by content, and nothing is ever fetched: put an address
through curl. "-" or no name at all is standard input.

    winnow help formats     # inputs, outputs, the fields of JSON
    winnow help rules       # rules of one's own
    winnow help kinds       # what is removed, by kind

Exit status
  0 well, 1 nothing extracted or --check found something, 2 wrong use of the
  command, a rule file or an output that does not work, 3 some inputs or rows
  failed or standard output took no more, 130 interrupted (by SIGTERM after what was
  begun is done).`

const aboutFormats = `Inputs
  HTML and text are told apart by content; gzip, zlib and zstd are unpacked.
  Folders are searched for .html, .htm, .xhtml, .shtml, .txt and .text files, and
  for .warc, .wet, .mhtml, .mht, .rss and .atom, with or without .gz or .zst, in
  lexical order; with --field for tables and JSON, too. Others are counted and
  skipped, unless --all takes whatever is there. Hidden files and links that lead out
  of the folder are skipped. Files that are named are always read. --fragment says
  that each input is a part of a page that is all article, such as a feed item or a
  field of a content management system.

Rows
  A file may hold many inputs: web archives (WARC, WET), feeds (RSS, Atom) and
  MHTML are known by content; tables (CSV, TSV) and JSON by --field, which names the
  column with the page or text, or by --from. A table comes out as it was but for
  that column; all others as JSON Lines: the row's own fields without the page or
  text, then those below. With -f text they are texts, in a folder a file each,
  named by --id-field. --shard 3/16 -o FOLDER/ does a part of the files, or of the
  rows of fewer files, and skips it when it is done already.

Output
  One input goes to standard output as it is. Several texts have a line
  "==> name <==" in front of each, as in head(1); with -f json they are an array,
  with -f jsonl one object a line. -f md writes Markdown, -f html HTML to stand in
  any page. -p title writes a field alone, a line for each input; -p source,title
  several, parted by tabs. -o FILE takes what would have gone to standard output;
  without -f, its name tells the format: out.md, out.html, out.json. -o FOLDER takes a
  file for each input, page.html becoming page.txt (with -f md, page.md),
  under the folder's own tree. It is a folder when it exists as one, ends
  in a slash or, with a folder among the inputs, has no extension. Files appear
  whole or not at all. --resume goes on with a run that was cut off: it skips the
  inputs whose output is there, if .winnow-done in the folder says that it was made of
  them as they are now (path, size and time), with the same flags, rules and winnow.

Fields of -f json and -f jsonl, and of -p
  source, error (null when all went well), schema (1), verdict (article, partial,
  stub, listing or empty), score (0 to 1) and text are always there; format (html
  or text), type (article, listing, forum, product, documentation or other) with
  type_p (0 to 1), title, authors, byline (as printed), published, modified
  (RFC 3339; only the date where no time is known), published_precision and
  modified_precision (day or time), site_name, source_name (the agency), language,
  direction, excerpt, section, tags, image, images, favicon, url, canonical, data_type,
  free, words and warnings when known; origins (where each of them was found) and
  decisions with --explain or, of what was removed, --removed, blocks with --blocks,
  and comments (objects of author, published, depth, text) with --comments, but not
  for -p. With --as md or --as html, text is Markdown or HTML.

What --explain shows
  A line for each piece of the input: + if it stayed, - if it went; its kind; the rule
  that decided, or the model with the probability that the piece belongs to the
  article; the place; the text; what spoke for the decision most. "close to" the
  threshold is what is less than 0.1 away from it. Lines that begin with = are about
  the whole input, and where its metadata was found. --removed is the short form:
  what went, and by what.

What --check shows
  file:line: kind rule: text, for each piece of residue in texts, and "layout" where
  nothing but white space would change. Pages fail: all have something to remove.

Commands
  A file of the name of a command is meant by ./inspect.`

// helpCommand is "winnow help": the topics, the help of commands.
func helpCommand(root *cobra.Command, stdout io.Writer) *cobra.Command {
	topics := map[string]func() error{
		"formats": func() error { return printPage(stdout, aboutFormats) },
		"rules":   func() error { return printPage(stdout, docs.Rules) },
		"kinds":   func() error { return listKinds(stdout) },
	}
	names := []string{"formats", "rules", "kinds"}
	return &cobra.Command{
		Use:       "help [formats|rules|kinds|COMMAND]",
		Short:     "help about formats, rules, kinds or a command",
		ValidArgs: names,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return root.Help()
			}
			if show := topics[args[0]]; show != nil && len(args) == 1 {
				return show()
			}
			cmd, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 || cmd == root {
				for _, c := range root.Commands() {
					names = append(names, c.Name())
				}
				return fmt.Errorf("help: there is no page about %q%s (%s)", strings.Join(args, " "), didYouMean(args[0], names), strings.Join(names[:3], ", "))
			}
			return cmd.Help()
		},
	}
}

func versionCommand(stdout io.Writer) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "which winnow this is",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintln(stdout, "winnow", version())
			return err
		},
	}
}

func printPage(w io.Writer, page string) error {
	_, err := fmt.Fprintln(w, strings.TrimSuffix(page, "\n"))
	return err
}
