package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/spf13/cobra"

	"github.com/winnowtext/winnow/bench/corpora"
	"github.com/winnowtext/winnow/clean"
)

func metaCommand(at *places) *cobra.Command {
	var list string
	cmd := &cobra.Command{
		Use:   "meta",
		Short: "Show how often title, authors and date of articles are right",
		Long: `Meta cleans the articles of the corpora that have annotated metadata and compares
titles (typographic signs as those of typewriters), authors (as sets of names,
without titles, letters and roles) and days of publication. Annotated authors that
are none, such as agencies, teams and the site itself, and days that are those of
the last change are counted apart.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return eachResult(cmd, at, func(c *corpora.Corpus) (func(*corpora.Page, *clean.Result), func(io.Writer)) {
				m := new(metaTally)
				return func(p *corpora.Page, res *clean.Result) {
						if p.Type == "" || p.Type == "article" {
							m.add(p, res)
						}
					}, func(w io.Writer) {
						m.print(w, c.Name, list)
					}
			})
		},
	}
	cmd.Flags().StringVar(&list, "list", "", "list what is wrong of title, authors or date")
	return cmd
}

func typeCommand(at *places) *cobra.Command {
	return &cobra.Command{
		Use:   "type",
		Short: "Show how well Type and Verdict tell kinds of pages",
		Long: `Type cleans the pages of the corpora that say of what type they are, and prints which
types and verdicts winnow gives them. The shipped model was trained on some of
these pages; train/train.sh type prints how it does on sites it never saw.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return eachResult(cmd, at, func(c *corpora.Corpus) (func(*corpora.Page, *clean.Result), func(io.Writer)) {
				types := map[string]map[string]int{}
				return func(p *corpora.Page, res *clean.Result) {
						if types[p.Type] == nil {
							types[p.Type] = map[string]int{}
						}
						types[p.Type]["type "+string(res.Type)]++
						types[p.Type]["verdict "+string(res.Verdict)]++
					}, func(w io.Writer) {
						printTypes(w, c.Name, types)
					}
			})
		},
	}
}

// eachResult cleans the pages of all corpora. begin returns, for a corpus, what takes a
// page and what prints the outcome.
func eachResult(cmd *cobra.Command, at *places, begin func(*corpora.Corpus) (func(*corpora.Page, *clean.Result), func(io.Writer))) error {
	cs, err := at.open(cmd.ErrOrStderr())
	if err != nil {
		return err
	}
	cleaner, err := clean.New(clean.Options{})
	if err != nil {
		return err
	}
	for _, c := range cs {
		add, print := begin(c)
		for i := range c.Pages {
			p := &c.Pages[i]
			src, err := p.Bytes()
			if err != nil {
				return err
			}
			u, err := url.Parse(p.URL)
			if err != nil || u.Host == "" {
				u = nil
			}
			res, err := cleaner.Clean(context.Background(), clean.Input{Body: bytes.NewReader(src), URL: u, Format: clean.FromHTML})
			if err != nil {
				fmt.Fprintf(cmd.ErrOrStderr(), "%s %s: %v\n", c.Name, p.ID, err)
				continue
			}
			add(p, res)
		}
		print(cmd.OutOrStdout())
	}
	return nil
}

// A fieldTally counts the outcomes of one field.
type fieldTally struct {
	gold, right, wrong, missing, faults int
	bad                                 []string
}

func (t *fieldTally) add(id, gold, got string, right, fault bool) {
	switch {
	case gold == "":
		return
	case right:
		t.right++
	case fault:
		t.faults++
		t.bad = append(t.bad, fmt.Sprintf("%s annotated wrong: %q, not %q", id, gold, got))
		return
	case got == "":
		t.missing++
		t.bad = append(t.bad, fmt.Sprintf("%s missing: %q", id, gold))
	default:
		t.wrong++
		t.bad = append(t.bad, fmt.Sprintf("%s wrong: %q, not %q", id, got, gold))
	}
	t.gold++
}

// A metaTally counts outcomes of a corpus.
type metaTally struct{ title, authors, date fieldTally }

func (m *metaTally) add(p *corpora.Page, res *clean.Result) {
	title := strings.Join(strings.Fields(p.Title), " ")
	m.title.add(p.ID, title, res.Title, plainSigns(title) == plainSigns(res.Title), false)
	want, got := nameSet(p.Author), nameSet(strings.Join(res.Authors, "; "))
	m.authors.add(p.ID, p.Author, strings.Join(res.Authors, "; "), slices.Equal(want, got), noAuthor(p.Author, want, res, p.URL))
	day := p.Date[:min(len(p.Date), len(time.DateOnly))]
	if len(day) < len(time.DateOnly) {
		day = ""
	}
	m.date.add(p.ID, day, dayOf(res.Published), day == dayOf(res.Published), day == dayOf(res.Modified))
}

func (m *metaTally) print(w io.Writer, name, list string) {
	fmt.Fprintf(w, "%s\n", name)
	for _, f := range []struct {
		name string
		t    *fieldTally
	}{{"title", &m.title}, {"authors", &m.authors}, {"date", &m.date}} {
		if f.t.gold == 0 {
			continue
		}
		n := float64(f.t.gold) / 100
		fmt.Fprintf(w, "  %-8s of %4d  right %5.1f %%  wrong %4.1f %%  missing %4.1f %%  annotated wrong %d\n", f.name, f.t.gold,
			float64(f.t.right)/n, float64(f.t.wrong)/n, float64(f.t.missing)/n, f.t.faults)
		if list == f.name {
			fmt.Fprintln(w, "    "+strings.Join(f.t.bad, "\n    "))
		}
	}
}

func dayOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// plainSigns is a title with the signs of typewriters.
func plainSigns(s string) string {
	return strings.TrimRight(strings.Join(strings.Fields(signs.Replace(s)), " "), " .")
}

var signs = strings.NewReplacer("’", "'", "‘", "'", "“", `"`, "”", `"`, "„", `"`, "–", "-", "—", "-", "…", "...", "\u00ad", "")

var (
	nameJoints   = regexp.MustCompile(`\s*[;,|&/]\s*(?:and\s)?|\s+(?:and|und|with|y|et|og|och|en)\s+`)
	lastFirst    = regexp.MustCompile(`^(\pL+), (\pL\pL+ \pL\.)$`)
	inBrackets   = regexp.MustCompile(`\([^)]*\)`)
	roleWords    = regexp.MustCompile(`(?i)\b(editor|writer|reporter|director|manager|founder|ceo|expert|contributor|correspondent|specialist|dietitian|officer|experience|committee)\b`)
	agencyNames  = regexp.MustCompile(`(?i)\b(ap|afp|dpa|reuters|associated press|anadolu|redaktion|editors|team|staff|news|press|desk|agency|newsroom|group|institute|services|company|online|blog|center|department)\b`)
	titleAndRank = map[string]bool{"dr": true, "prof": true, "professor": true, "mr": true, "mrs": true, "ms": true, "sir": true, "by": true, "phd": true, "md": true, "rn": true, "rd": true, "dvm": true, "cpp": true}
)

// nameSet are the names of a byline, in order of the alphabet, without what is none.
func nameSet(s string) (set []string) {
	s = inBrackets.ReplaceAllString(s, "")
	if m := lastFirst.FindStringSubmatch(s); m != nil {
		s = m[2] + " " + m[1]
	}
	for _, part := range nameJoints.Split(strings.ReplaceAll(s, ".", ""), -1) {
		if len(set) > 0 && (roleWords.MatchString(part) || len(part) <= 10 && strings.ToUpper(part) == part && part != strings.ToLower(part)) {
			continue // letters, or a role
		}
		words := slices.DeleteFunc(strings.FieldsFunc(strings.ToLower(part), func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '\''
		}), func(w string) bool { return titleAndRank[w] })
		if name := strings.Join(words, " "); name != "" && !slices.Contains(set, name) {
			set = append(set, name)
		}
	}
	slices.Sort(set)
	return set
}

// noAuthor reports whether annotated authors are none: an agency, a team, the site.
func noAuthor(author string, want []string, res *clean.Result, address string) bool {
	if strings.Contains(author, ".") && strings.Contains(address, strings.ToLower(author)+"/") {
		return true // the site's host
	}
	glue := func(s string) string { return strings.Join(strings.Fields(strings.ToLower(s)), "") }
	for _, name := range want {
		if agencyNames.MatchString(name) || glue(name) == glue(res.SiteName) || strings.Contains(address, glue(name)+".") {
			return true
		}
	}
	return false
}

// printTypes prints which types and verdicts the pages of each annotated type got.
func printTypes(w io.Writer, name string, types map[string]map[string]int) {
	var rows []string
	for t := range types {
		rows = append(rows, t)
	}
	slices.Sort(rows)
	fmt.Fprintf(w, "%s\n", name)
	for _, t := range rows {
		var cells []string
		for c, n := range types[t] {
			cells = append(cells, fmt.Sprintf("%s %d", c, n))
		}
		slices.Sort(cells)
		if t == "" {
			t = "(not annotated)"
		}
		fmt.Fprintf(w, "  %-16s %s\n", t, strings.Join(cells, ", "))
	}
}
