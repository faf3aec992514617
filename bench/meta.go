package main

import (
	"bytes"
	"context"
	"fmt"
	"html"
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
without titles, letters and roles) and days of publication. Counted apart as annotated
wrong: authors that are none, such as agencies, teams and the site itself, names of
which no word stands in the page's source, days that are those of the last change, and
days that the source has in no spelling.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return eachResult(cmd, at, func(c *corpora.Corpus) (func(*corpora.Page, []byte, *clean.Result), func(io.Writer)) {
				m := new(metaTally)
				return func(p *corpora.Page, src []byte, res *clean.Result) {
						if p.Type == "" || p.Type == "article" {
							m.add(p, html.UnescapeString(string(src)), res)
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
			return eachResult(cmd, at, func(c *corpora.Corpus) (func(*corpora.Page, []byte, *clean.Result), func(io.Writer)) {
				types := map[string]map[string]int{}
				return func(p *corpora.Page, _ []byte, res *clean.Result) {
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
// page with its source and what prints the outcome.
func eachResult(cmd *cobra.Command, at *places, begin func(*corpora.Corpus) (func(*corpora.Page, []byte, *clean.Result), func(io.Writer))) error {
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
			add(p, src, res)
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

// add counts a page, whose source is given without entities.
func (m *metaTally) add(p *corpora.Page, src string, res *clean.Result) {
	title := strings.Join(strings.Fields(p.Title), " ")
	m.title.add(p.ID, title, res.Title, plainSigns(title) == plainSigns(res.Title), false)
	want, got := nameSet(p.Author), nameSet(strings.Join(res.Authors, "; "))
	m.authors.add(p.ID, p.Author, strings.Join(res.Authors, "; "), slices.Equal(want, got), noAuthor(p.Author, want, res, p.URL) || namedNowhere(src, want))
	day := p.Date[:min(len(p.Date), len(time.DateOnly))]
	if len(day) < len(time.DateOnly) {
		day = ""
	}
	m.date.add(p.ID, day, dayOf(res.Published), day == dayOf(res.Published), day == dayOf(res.Modified) || dayNowhere(src, day))
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

// namedNowhere reports whether no word of the names stands in a page's source.
func namedNowhere(src string, names []string) bool {
	src = strings.ToLower(src)
	for _, name := range names {
		for _, w := range strings.Fields(name) {
			if len(w) > 2 && strings.Contains(src, w) {
				return false
			}
		}
	}
	return len(names) > 0
}

// dayNowhere reports whether a page's source has a day, or one beside it, which another
// time zone may make of it, in no spelling: figures in the usual orders, the name of the
// month in English or a date of another language with the day and the year.
func dayNowhere(src, day string) bool {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return false
	}
	for _, d := range []time.Time{t.AddDate(0, 0, -1), t, t.AddDate(0, 0, 1)} {
		for _, layout := range []string{"2006-01-02", "20060102", "2006/01/02", "2006/1/2", "02.01.2006", "2.1.2006", "01/02/2006", "1/2/2006", "01/02/06", "1/2/06", "02/01/2006", "2/1/2006", "02-01-2006", "01-02-2006"} {
			if strings.Contains(src, d.Format(layout)) {
				return false
			}
		}
		month := d.Format("Jan") + `[a-z]*\.?`
		number := fmt.Sprintf(`\b0?%d`, d.Day())
		spelled := regexp.MustCompile(`(?i)` + month + `[\s,-]+` + number + `(?:st|nd|rd|th)?\b|` + number + `(?:st|nd|rd|th)?[\s,.-]+(?:of\s+)?` + month)
		foreign := regexp.MustCompile(number + `\.?\s+(?:de\s+)?\pL+\.?\s+(?:de\s+)?` + d.Format("2006"))
		if spelled.MatchString(src) || foreign.MatchString(src) {
			return false
		}
	}
	return true
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
