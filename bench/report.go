package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/winnowtext/winnow/bench/corpora"
	"github.com/winnowtext/winnow/bench/peers"
	"github.com/winnowtext/winnow/bench/score"
)

// results is results.json: what the tables and the chart are made from, and no
// more.
type results struct {
	Day     string      `json:"day"`
	Machine string      `json:"machine"`
	Go      string      `json:"go"`
	Peers   []peerInfo  `json:"peers"`
	Corpora []corpusRun `json:"corpora"` // the largest first
	Text    *textRun    `json:"text,omitempty"`
	Points  []table     `json:"points,omitempty"` // flattened text at operating points; see bench text
	Cost    costRun     `json:"cost"`
}

type peerInfo struct {
	Name    string `json:"name"`
	Title   string `json:"title"`
	Module  string `json:"module"`
	Version string `json:"version,omitempty"`
	About   string `json:"about"`
	Ours    bool   `json:"ours,omitempty"`
	Extra   bool   `json:"extra,omitempty"`
	NoText  bool   `json:"no_text,omitempty"`
}

type readmeOptions struct {
	run         runOptions
	cost        costOptions
	dir         string
	files       []string
	keep, check bool
	only        []string
}

func readmeCommand(at *places) *cobra.Command {
	var o readmeOptions
	cmd := &cobra.Command{
		Use:   "readme",
		Short: "Measure everything and write the tables and the chart",
		Long: `Readme measures quality and cost of all extractors, keeps the figures in
results.json and writes them between the markers of the README files
(<!-- bench:NAME --> to <!-- /bench:NAME -->) and into chart.svg. With --only it
measures the quality of some extractors and keeps all other figures, with --keep it
writes from the kept ones, with --check it only says whether the files are what it
would write.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			dir, err := floorsDir(o.dir)
			if err != nil {
				return err
			}
			if len(o.files) == 0 {
				o.files = []string{filepath.Join(dir, "..", "README.md"), filepath.Join(dir, "..", "docs", "quality.md"), filepath.Join(dir, "README.md")}
			}
			var r results
			path := filepath.Join(dir, "results.json")
			switch {
			case o.keep || o.check:
				err = readJSON(path, &r)
			case len(o.only) > 0:
				if err = readJSON(path, &r); err == nil {
					err = measureOnly(cmd.Context(), at, o, &r, cmd.ErrOrStderr())
				}
				if err == nil {
					err = writeResults(path, &r)
				}
			default:
				var old results
				if err := readJSON(path, &old); err == nil {
					r.Points = old.Points // bench text sets them
				} else if !errors.Is(err, os.ErrNotExist) {
					return err
				}
				err = measureResults(cmd.Context(), at, o, &r, cmd.ErrOrStderr())
				if err == nil {
					err = writeResults(path, &r)
				}
			}
			if err != nil {
				return err
			}
			return writeReadme(cmd.OutOrStdout(), &r, filepath.Join(dir, "chart.svg"), o.files, o.check)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.dir, "floors", "", "folder of results.json and chart.svg (default . or bench)")
	f.StringSliceVar(&o.files, "readme", nil, "files to write into (default README.md and docs/quality.md of the repository, and README.md of bench)")
	f.StringVarP(&o.run.out, "out", "o", "", "folder to keep the texts in")
	f.BoolVar(&o.run.reuse, "reuse", false, "use kept texts of other extractors")
	f.StringVar(&o.run.folds, "folds", "", "folder of out-of-fold texts of winnow, for corpora its models were trained on")
	f.IntVarP(&o.run.workers, "jobs", "j", runtime.NumCPU(), "pages at a time, for quality")
	f.IntVar(&o.run.rounds, "bootstrap", 1000, "rounds of resampling for the 95 % intervals")
	costFlags(cmd, &o.cost)
	f.StringSliceVar(&o.only, "only", nil, "measure the quality of these extractors, keep the other figures")
	f.BoolVar(&o.keep, "keep", false, "write from the kept figures, measure nothing")
	f.BoolVar(&o.check, "check", false, "fail when the files are not what would be written")
	return cmd
}

// writeResults writes results.json with a line for each row of a table.
func writeResults(path string, r *results) error {
	b, err := json.Marshal(r)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := breakJSON(&out, b, rowBytes, "\n"); err != nil {
		return err
	}
	out.WriteByte('\n')
	return writeFile(path, out.Bytes())
}

// rowBytes is more than a row of a table has: the longest takes 1,200 bytes.
const rowBytes = 2000

// breakJSON writes a JSON value. Objects and arrays of more than width bytes get
// a line for each member, the others stay in one line; newline is a line break
// with the indentation the value stands at.
func breakJSON(w *bytes.Buffer, value json.RawMessage, width int, newline string) error {
	object := value[0] == '{'
	if len(value) <= width || !object && value[0] != '[' {
		w.Write(value)
		return nil
	}
	dec := json.NewDecoder(bytes.NewReader(value))
	if _, err := dec.Token(); err != nil { // the bracket
		return err
	}
	w.WriteByte(value[0])
	for sep := ""; dec.More(); sep = "," {
		w.WriteString(sep + newline + "  ")
		if object {
			key, err := dec.Token()
			if err != nil {
				return err
			}
			name, err := json.Marshal(key)
			if err != nil {
				return err
			}
			w.Write(name)
			w.WriteString(": ")
		}
		var member json.RawMessage
		if err := dec.Decode(&member); err != nil {
			return err
		}
		if err := breakJSON(w, member, width, newline+"  "); err != nil {
			return err
		}
	}
	w.WriteString(newline)
	w.WriteByte(value[len(value)-1])
	return nil
}

func measureResults(ctx context.Context, at *places, o readmeOptions, r *results, log io.Writer) error {
	cs, err := at.open(log)
	if err != nil {
		return err
	}
	if len(cs) == 0 {
		return errNoCorpora
	}
	slices.SortStableFunc(cs, func(a, b *corpora.Corpus) int { return len(b.Pages) - len(a.Pages) })
	r.Day, r.Machine, r.Go = time.Now().UTC().Format(time.DateOnly), machine(), runtime.Version()
	for _, p := range peers.All() {
		r.Peers = append(r.Peers, peerInfo{p.Name, p.Title, p.Module, p.Version(), p.About, p.Ours, p.Extra, p.NoText})
	}
	for _, c := range cs {
		cr, err := runCorpus(ctx, c, o.run, log)
		if err != nil {
			return err
		}
		r.Corpora = append(r.Corpora, *cr)
	}
	if at.residue != "" {
		docs, fingerprint, err := corpora.Flat(at.residue)
		if err != nil {
			return err
		}
		if r.Text, err = measureTexts(ctx, docs, fingerprint, o.run); err != nil {
			return err
		}
	}
	c, err := measureCost(ctx, cs, at.residue, o.cost, log)
	if err != nil {
		return err
	}
	r.Cost = *c
	return nil
}

// measureOnly measures the quality of some extractors on the corpora that r has
// figures of.
func measureOnly(ctx context.Context, at *places, o readmeOptions, r *results, log io.Writer) error {
	cs, err := at.open(log)
	if err != nil {
		return err
	}
	o.run.peers = o.only
	for _, c := range cs {
		i := slices.IndexFunc(r.Corpora, func(old corpusRun) bool { return old.Name == c.Name })
		if i < 0 {
			continue
		}
		cr, err := runCorpus(ctx, c, o.run, log)
		if err != nil {
			return err
		}
		if old := &r.Corpora[i]; old.Fingerprint != cr.Fingerprint {
			return fmt.Errorf("%s: the kept figures are of other pages: measure all of them", c.Name)
		}
		maps.Copy(r.Corpora[i].Peers, cr.Peers)
	}
	return nil
}

// groupFolds is the core row of out-of-fold texts.
const groupFolds = "core, out of fold"

func measureTexts(ctx context.Context, docs []score.Flat, fingerprint string, o runOptions) (*textRun, error) {
	preds, err := cleanDocs(ctx, docs, o.workers)
	if err == nil {
		err = allFailed(textName, preds)
	}
	if err != nil {
		return nil, err
	}
	s, err := scoreDocs(ctx, docs, preds, o.workers)
	if err != nil {
		return nil, err
	}
	r := s.run(fingerprint)
	folds, err := readFolds(o.folds, textName)
	if err != nil || folds == nil {
		return r, err
	}
	if s, err = scoreDocs(ctx, docs, folds, o.workers); err != nil {
		return nil, err
	}
	r.Groups[groupFolds] = s.groups[groupCore].Score()
	return r, nil
}

// machine names processor, cores and system.
func machine() string {
	name := ""
	if b, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(b)) {
			if k, v, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(k) == "model name" {
				name = strings.TrimSpace(v) + ", "
				break
			}
		}
	}
	return fmt.Sprintf("%s%d cores, %s/%s", name, runtime.NumCPU(), runtime.GOOS, runtime.GOARCH)
}

// blocks renders everything that can stand between markers, by name.
func (r *results) blocks() map[string]string {
	out := map[string]string{
		"short":   render(r.shortTable()),
		"claim":   r.claim(),
		"quality": render(r.qualityTable()) + "\n" + r.note(),
		"cost":    render(r.costTable()),
		"memory":  render(r.memoryTable()),
		"sizes":   render(sizeTable(&r.Cost)),
		"chart":   "![F1 against CPU time, for winnow and other extractors](bench/chart.svg)\n",
		"peers":   render(r.peerTable()),
		"corpora": render(r.corpusTable()),
	}
	if len(r.Points) > 0 {
		var list []string
		for _, t := range r.Points {
			list = append(list, render(t))
		}
		out["points"] = strings.Join(list, "\n")
	}
	if r.Text != nil {
		out["text"] = render(r.textTable())
		if r.Text.Trained {
			out["text"] += "\nRules and models were made with these documents; only a row out of fold says what to expect of new ones.\n"
		}
	}
	var detail bytes.Buffer
	for i := range r.Corpora {
		printRun(&detail, &r.Corpora[i], true, true)
	}
	out["detail"] = strings.TrimRight(detail.String(), "\n") + "\n"
	return out
}

func render(t table) string {
	var b bytes.Buffer
	t.write(&b)
	return b.String()
}

// note states the conditions.
func (r *results) note() string {
	var vs []string
	seen := map[string]bool{}
	for _, p := range r.Peers {
		if p.Version != "" && !seen[p.Module] {
			seen[p.Module] = true
			vs = append(vs, p.Module[strings.IndexByte(p.Module, '/')+1:]+" "+p.Version)
		}
	}
	fold := ""
	for i := range r.Corpora {
		c := &r.Corpora[i]
		if _, ok := c.Peers[foldsName]; ok && c.Trained {
			fold = "On corpora used for training, winnow's figures are out of fold: each page was cleaned with a model that never saw its site. "
		}
	}
	if strings.Contains(render(r.qualityTable()), seenMark) {
		fold += seenMark + " the models were trained on these pages, so the figure says nothing about new ones. "
	}
	return fold + fmt.Sprintf("Measured %s with %s on %s. Versions: %s.\n", r.Day, r.Go, r.Machine, strings.Join(vs, ", "))
}

// ranked returns the peers with text: ours first, then by F1 on the largest
// corpus.
func (r *results) ranked() []peerInfo {
	var out []peerInfo
	for _, p := range r.Peers {
		if !p.NoText && len(r.Corpora) > 0 {
			if _, ok := r.Corpora[0].Peers[p.Name]; ok {
				out = append(out, p)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b peerInfo) int {
		if a.Ours != b.Ours {
			if a.Ours {
				return -1
			}
			return 1
		}
		if a.Ours {
			return 0 // in the order of All
		}
		return cmp.Compare(r.Corpora[0].Peers[b.Name].F1, r.Corpora[0].Peers[a.Name].F1)
	})
	return out
}

// articleType is the page type that gets a column of its own.
const articleType = "article"

// qualityTable has F1 by corpus; what is lost and what is left too much is
// given for the largest corpus, and so is the cost. Where the models were
// trained, winnow's figure is the out-of-fold one.
func (r *results) qualityTable() table {
	head := []string{"F1"}
	for _, c := range r.Corpora {
		head = append(head, fmt.Sprintf("%s (%d)", c.Name, c.Pages))
		if c.articles() {
			head = append(head, "its articles")
		}
	}
	head = append(head, "lost %", "extra/k", "× parse")
	t := table{head}
	for _, p := range r.ranked() {
		row := []string{title(p)}
		for i := range r.Corpora {
			c := &r.Corpora[i]
			q, mark, ok := c.comparable(p)
			cell, article := "", ""
			if ok {
				cell, article = mark+f3(q.F1), mark+f3(q.Types[articleType].F1)
			}
			row = append(row, cell)
			if c.articles() {
				row = append(row, article)
			}
		}
		lost, extra, ratio := "", "", ""
		if q, mark, ok := r.Corpora[0].comparable(p); ok {
			lost, extra = fmt.Sprintf("%s%.1f", mark, 100*q.Lost), fmt.Sprintf("%s%.0f", mark, q.Extra)
		}
		if v, ok := r.ratio(r.Corpora[0].Name, p.Name); ok {
			ratio = fmt.Sprintf("%.2f", v)
		}
		t.row(append(row, lost, extra, ratio)...)
	}
	return t
}

// shortPeers are the rows of the table in the README: one setting of each extractor.
var shortPeers = []string{ourName, "traf-fallback", "readeck-v2", "domdistiller", "alltext"}

// shortTable is what a reader sees first: F1 on corpora whose golds people made, what is
// lost of the largest, and the cost. Winnow's figures are out of fold.
func (r *results) shortTable() table {
	var shown []*corpusRun
	for i := range r.Corpora {
		// Readability's golds are what its own program writes.
		if c := &r.Corpora[i]; c.Name != "readability" {
			shown = append(shown, c)
		}
	}
	head := []string{""}
	for _, c := range shown {
		name, _, _ := strings.Cut(c.Name, "-")
		if full, ok := shortNames[name]; ok {
			name = full
		}
		head = append(head, fmt.Sprintf("F1, %s (%d)", name, c.Pages))
		if c.articles() {
			head = append(head, "F1, articles")
		}
	}
	t := table{append(head, "lost", "CPU")}
	for _, name := range shortPeers {
		at := slices.IndexFunc(r.Peers, func(p peerInfo) bool { return p.Name == name })
		if at < 0 {
			continue
		}
		p := r.Peers[at]
		row := []string{title(p)}
		for _, c := range shown {
			q, mark, _ := c.comparable(p)
			row = append(row, mark+f3(q.F1))
			if c.articles() {
				row = append(row, mark+f3(q.Types[articleType].F1))
			}
		}
		q, _, _ := r.Corpora[0].comparable(p)
		cpu := ""
		if v, ok := r.ratio(r.Corpora[0].Name, name); ok {
			cpu = fmt.Sprintf("%.1f parses", v)
		}
		t.row(append(row, fmt.Sprintf("%.1f %%", 100*q.Lost), cpu)...)
	}
	return t
}

// shortNames are what corpora are called in the README.
var shortNames = map[string]string{"wcxb": "WCXB", "traf": "trafilatura"}

// claim is the sentence of the README that compares winnow with go-trafilatura.
func (r *results) claim() string {
	c := &r.Corpora[0]
	find := func(name string) (q quality, cost float64) {
		at := slices.IndexFunc(r.Peers, func(p peerInfo) bool { return p.Name == name })
		if at >= 0 {
			q, _, _ = c.comparable(r.Peers[at])
		}
		cost, _ = r.ratio(c.Name, name)
		return q, cost
	}
	ours, ourCost := find(ourName)
	theirs, theirCost := find("traf-fallback")
	if ourCost == 0 || theirCost == 0 {
		return "Not measured yet.\n"
	}
	return fmt.Sprintf("On %s pages of sites that it never saw, Winnow scores **%.3f** (F1), go-trafilatura\n%.3f, in at most 1/%d of its CPU time.\n",
		thousands(c.Pages), ours.F1, theirs.F1, max(1, int(theirCost/ourCost)/5*5)) // in steps of five: more moves from run to run
}

// seenMark stands before figures of pages the models were trained on.
const seenMark = "†"

// comparable returns a row's quality as it may be shown beside others.
func (c *corpusRun) comparable(p peerInfo) (q quality, mark string, ok bool) {
	name := p.Name
	if name == ourName {
		if h, ok := c.ownRow(); ok {
			name = h
		}
	}
	if p.Ours && c.Trained && name != foldsName {
		mark = seenMark
	}
	q, ok = c.Peers[name]
	return q, mark, ok
}

// articles reports whether a corpus has articles among other types: as far as any
// extractor's figures tell.
func (c *corpusRun) articles() bool {
	for _, q := range c.Peers {
		if _, ok := q.Types[articleType]; ok && len(q.Types) > 1 {
			return true
		}
	}
	return false
}

func title(p peerInfo) string {
	if p.Name == ourName {
		return "**" + p.Title + "**"
	}
	return p.Title
}

// ratio is a peer's cost on a corpus.
func (r *results) ratio(corpus, peer string) (float64, bool) {
	for _, c := range r.Cost.Corpora {
		for _, t := range c.Timings {
			if c.Name == corpus && t.Peer == peer {
				return t.Ratio, true
			}
		}
	}
	return 0, false
}

// costTable has the ratio to a bare parse by corpus, and what single pages of
// the largest corpus cost.
func (r *results) costTable() table {
	head := []string{"CPU time over a bare parse"}
	for _, c := range r.Cost.Corpora {
		head = append(head, c.Name)
	}
	t := table{append(head, "with GC", "ms/page", "p50", "p99", "worst page", "allocs/page", "KB/page")}
	for _, p := range r.Peers {
		row := []string{title(p)}
		for _, c := range r.Cost.Corpora {
			v, ok := r.ratio(c.Name, p.Name)
			if !ok {
				break
			}
			row = append(row, fmt.Sprintf("%.2f", v))
		}
		if len(row) == 1 || len(row) != len(r.Cost.Corpora)+1 {
			continue
		}
		for _, x := range r.Cost.Corpora[0].Timings {
			if x.Peer == p.Name {
				t.row(append(row, fmt.Sprintf("%.2f", x.RatioGC), fmt.Sprintf("%.1f", x.MS), fmt.Sprintf("%.2f", x.P50), fmt.Sprintf("%.1f", x.P99),
					fmt.Sprintf("%.1f", x.Worst), fmt.Sprintf("%.0f", x.Allocs), fmt.Sprintf("%.0f", x.Bytes/1024))...)
			}
		}
	}
	return t
}

func (r *results) memoryTable() table {
	t := table{{"", "peak MB", "pages/s, 1 worker", "MB/s", "pages/s, 2 workers", "MB/s"}}
	for _, s := range r.Cost.Sizes {
		row := []string{s.Peer, fmt.Sprintf("%.0f", s.PeakMB)}
		for _, x := range s.Rates {
			row = append(row, fmt.Sprintf("%.0f", x.Pages), fmt.Sprintf("%.1f", x.MB))
		}
		t.row(row...)
	}
	return t
}

func (r *results) textTable() table {
	t := table{textHead("flattened text")}
	for _, g := range []string{groupFolds, groupCore, groupFull, groupPartial} {
		if c, ok := r.Text.Groups[g]; ok {
			t.row(textRow(g, c)...)
		}
	}
	return t
}

func (r *results) peerTable() table {
	t := table{{"name", "module", "version", "setting"}}
	for _, p := range r.Peers {
		t.row(p.Name, p.Module, cmp.Or(p.Version, "this one"), p.About)
	}
	return t
}

func (r *results) corpusTable() table {
	t := table{{"corpus", "source", "metric", "pages", "fingerprint"}}
	for _, c := range r.Corpora {
		t.row(c.Name, c.Source, string(c.Metric), fmt.Sprint(c.Pages), c.Fingerprint[:12])
	}
	return t
}

var errStale = errors.New("not what the kept figures say; run bench readme --keep")

// writeReadme fills in the markers of the files and writes the chart. With
// check it changes nothing and says which file is out of date.
func writeReadme(w io.Writer, r *results, svg string, files []string, check bool) error {
	blocks := r.blocks()
	marks := 0
	put := func(path string, want []byte) error {
		have, err := os.ReadFile(path)
		switch {
		case err == nil && bytes.Equal(have, want):
			return nil
		case check:
			return fmt.Errorf("%s: %w", path, errStale)
		}
		fmt.Fprintln(w, "written:", path)
		return writeFile(path, want)
	}
	for _, path := range files {
		b, err := os.ReadFile(path)
		if os.IsNotExist(err) {
			continue
		}
		if err != nil {
			return err
		}
		out, n, err := fill(string(b), blocks)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		marks += n
		if err := put(path, []byte(out)); err != nil {
			return err
		}
	}
	if marks == 0 {
		return fmt.Errorf("no <!-- bench:NAME --> markers in %s", strings.Join(files, ", "))
	}
	return put(svg, r.chart())
}

// fill replaces what stands between each pair of markers and counts the pairs.
func fill(doc string, blocks map[string]string) (string, int, error) {
	const open, end = "<!-- bench:", " -->"
	var b strings.Builder
	n := 0
	for {
		i := strings.Index(doc, open)
		if i < 0 {
			b.WriteString(doc)
			return b.String(), n, nil
		}
		name, _, ok := strings.Cut(doc[i+len(open):], end)
		if !ok {
			return "", 0, fmt.Errorf("marker without end: %s", shorten(doc[i:], 60))
		}
		mark, stop := open+name+end, "<!-- /bench:"+name+end
		text, known := blocks[name]
		if !known {
			return "", 0, fmt.Errorf("no table for marker %s", mark)
		}
		j := strings.Index(doc[i:], stop)
		if j < 0 {
			return "", 0, fmt.Errorf("no %s after %s", stop, mark)
		}
		b.WriteString(doc[:i] + mark + "\n" + text + stop)
		doc = doc[i+j+len(stop):]
		n++
	}
}
