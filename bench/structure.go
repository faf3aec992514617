package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/winnowtext/winnow/bench/structure"
)

// structureSet is the folder of the corpus that structure is measured on.
const structureSet = "structure-dev"

// structureFloors is the file with the least figures that the gate lets pass.
const structureFloors = "structure_floors.json"

func structureCommand(at *places) *cobra.Command {
	var invented int
	var check bool
	var node string
	cmd := &cobra.Command{
		Use:   "structure",
		Short: "Measure headings, lists, links, code and the like of Markdown and HTML",
		Long: `Structure reads typed units off what every system makes of a page and off the gold:
Markdown is read by goldmark. Full is the F1 of units that are right in text and
detail (level, depth and number, address, language, columns); given is the share of
the gold's units that are right in full, of those whose text the output has where the
gold has it, which judges how structure is written, not which text was found. The corpus ` + structureSet + ` is looked for in
--corpora; invented pages are made here, and their gold is exact.

defuddle and readability.js run in Node, where that is installed and so are their
packages (npm ci in structure/node); else they are passed over.

--check fails where winnow is below ` + structureFloors + `.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cases, err := structure.Invented(invented)
			if err != nil {
				return err
			}
			for _, dir := range filepath.SplitList(at.corpora) {
				for _, dir := range []string{dir, filepath.Join(dir, structureSet)} {
					if filepath.Base(dir) != structureSet {
						continue
					}
					more, err := structure.Corpus(dir)
					if errors.Is(err, os.ErrNotExist) {
						continue
					}
					if err != nil {
						return err
					}
					cases = append(cases, more...)
				}
			}
			systems, err := structure.Systems()
			if err != nil {
				return err
			}
			if !check {
				more, end, err := structure.NodeSystems(node)
				if err == nil {
					systems = append(systems, more...)
					defer end()
				} else if errors.Is(err, structure.ErrNoNode) {
					fmt.Fprintf(cmd.ErrOrStderr(), "defuddle and readability.js are passed over: %s: %v\n", node, err)
				} else {
					return err
				}
			}
			scores := measureStructure(systems, cases)
			printStructure(cmd.OutOrStdout(), scores)
			printCross(cmd.OutOrStdout(), scores)
			if !check {
				return nil
			}
			return checkStructure(scores)
		},
	}
	cmd.Flags().IntVar(&invented, "invented", 6, "invented pages of each theme")
	cmd.Flags().StringVar(&node, "node", filepath.Join("structure", "node"), "`folder` of the peers that run in Node")
	cmd.Flags().BoolVar(&check, "check", false, "fail when winnow is below its floors")
	return cmd
}

// structureScores are those of systems, by set of pages.
type structureScores struct {
	systems []structure.System
	sets    map[string][]*structure.Score
}

func measureStructure(systems []structure.System, cases []structure.Case) *structureScores {
	out := &structureScores{systems, map[string][]*structure.Score{}}
	for _, c := range cases {
		if out.sets[c.Set] == nil {
			for range systems {
				out.sets[c.Set] = append(out.sets[c.Set], structure.NewScore())
			}
		}
		for i, s := range systems {
			out.sets[c.Set][i].Add(c.Gold, s.Units(c))
		}
	}
	return out
}

func printStructure(w io.Writer, s *structureScores) {
	for _, set := range slices.Sorted(maps.Keys(s.sets)) {
		scores := s.sets[set]
		fmt.Fprintf(w, "\nGold: %s, %d pages\n\n", set, scores[0].Pages)
		var t table
		head, words, mean := []string{"full / given its text", "in gold"}, []string{"words", ""}, []string{"mean of kinds", ""}
		for i, sys := range s.systems {
			head = append(head, sys.Name)
			words = append(words, f3(scores[i].Words()))
			mean = append(mean, f3(scores[i].Mean()))
		}
		t.row(head...)
		t.row(words...)
		for _, k := range structure.Kinds {
			want := scores[0].Kinds[k].Want
			if want == 0 {
				continue
			}
			row := []string{string(k), fmt.Sprint(want)}
			for i := range s.systems {
				tally := scores[i].Kinds[k]
				cell := f3(tally.FullF1())
				if tally.Near > 0 && k != structure.Math {
					cell += " / " + f3(tally.GivenText())
				}
				row = append(row, cell)
			}
			t.row(row...)
		}
		t.row(mean...)
		t.write(w)
	}
}

// printCross prints how systems do on the gold of others, kind by kind: a gold that is a
// snapshot of a tool's output tells nothing about that tool, nor about its kin.
func printCross(w io.Writer, s *structureScores) {
	others := map[string][]string{ // by set of gold
		"html":     {"defuddle", "go-trafilatura, html-to-markdown"},
		"markdown": {"readeck v2, html-to-markdown", "go-trafilatura, html-to-markdown", "readability.js"},
	}
	for _, set := range slices.Sorted(maps.Keys(others)) {
		scores := s.sets[set]
		if scores == nil {
			continue
		}
		var columns []int
		for i, sys := range s.systems {
			if slices.Contains(others[set], sys.Name) {
				columns = append(columns, i)
			}
		}
		fmt.Fprintf(w, "\nCross gold: %s, full / given its text; < where another is better in full\n\n", set)
		var t table
		head := []string{"", s.systems[0].Name}
		for _, i := range columns {
			head = append(head, s.systems[i].Name)
		}
		t.row(head...)
		for _, k := range structure.Kinds {
			own := scores[0].Kinds[k]
			if own.Want == 0 {
				continue
			}
			best := 0.0
			var cells []string
			for _, i := range columns {
				tally := scores[i].Kinds[k]
				best = max(best, tally.FullF1())
				cells = append(cells, f3(tally.FullF1())+" / "+f3(tally.GivenText()))
			}
			mark := ""
			if own.FullF1() < best {
				mark = " <"
			}
			t.row(append([]string{string(k), f3(own.FullF1()) + " / " + f3(own.GivenText()) + mark}, cells...)...)
		}
		t.write(w)
	}
}

// checkStructure compares winnow's figures with the floors of its folder: by set and
// kind, of units given their text ("given") or of all ("full").
func checkStructure(s *structureScores) error {
	raw, err := os.ReadFile(structureFloors)
	if err != nil {
		return err
	}
	var floors map[string]map[structure.Kind]struct{ Given, Full float64 }
	if err := json.Unmarshal(raw, &floors); err != nil {
		return fmt.Errorf("%s: %w", structureFloors, err)
	}
	var bad []error
	for _, set := range slices.Sorted(maps.Keys(floors)) {
		scores := s.sets[set]
		if scores == nil {
			continue // its corpus is not here
		}
		for _, kind := range slices.Sorted(maps.Keys(floors[set])) {
			tally, floor := scores[0].Kinds[kind], floors[set][kind]
			if tally == nil {
				return fmt.Errorf("%s: unknown kind %q", structureFloors, kind)
			}
			if got := tally.GivenText(); got < floor.Given {
				bad = append(bad, fmt.Errorf("%s: %s given its text: %.3f, less than %.3f", set, kind, got, floor.Given))
			}
			if got := tally.FullF1(); got < floor.Full {
				bad = append(bad, fmt.Errorf("%s: %s: %.3f, less than %.3f", set, kind, got, floor.Full))
			}
		}
	}
	return errors.Join(bad...)
}
