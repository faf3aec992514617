package structure

import (
	"fmt"
	"html"
	"math/rand/v2"
	"strings"
)

// A Page is an invented article in the markup of one maker of pages, with residue
// around it. Markdown is the article as it was before: gold that is exact.
type Page struct {
	Name     string
	HTML     string
	Markdown string
}

// Address is where all invented pages are.
const Address = "https://isle.example/log/2024/boats.html"

// Pages are invented pages, n articles of each theme.
func Pages(n int) []Page {
	var pages []Page
	for _, t := range themes {
		for i := range n {
			pages = append(pages, newPage(t, uint64(i)))
		}
	}
	return pages
}

// A theme is how a maker of pages writes things.
type theme struct {
	name string
	page string // %s: title, then the article

	heading func(level int, id, text string) string
	code    func(lang string, lines []string) string
	mark    func(n int) string
	notes   func(texts []string) string
	math    func(tex string, display bool) string
	image   func(src, alt string) string
	callout func(kind, text string) string
	table   func(head []string, rows [][]string) string
	task    func(done bool, text string) string
	loose   bool // paragraphs in items
}

// A writer makes an article twice.
type writer struct {
	r     *rand.Rand
	t     theme
	page  strings.Builder
	md    strings.Builder
	notes [][2]string // HTML, Markdown
	image int
}

func newPage(t theme, seed uint64) Page {
	w := writer{r: rand.New(rand.NewPCG(seed, uint64(len(t.name)))), t: t}
	title := "Notes on " + w.phrase(3)
	for range 2 {
		w.paragraph()
	}
	w.heading(2)
	pieces := []func(){w.list, w.code, w.tableOf, w.quote, w.picture, w.formula, w.callout, w.tasks, w.numbered}
	w.r.Shuffle(len(pieces), func(i, j int) { pieces[i], pieces[j] = pieces[j], pieces[i] })
	for i, piece := range pieces {
		piece()
		w.paragraph()
		if i%3 == 2 {
			w.heading(2 + w.r.IntN(2))
			w.paragraph()
		}
	}
	w.end()
	body := strings.NewReplacer("{{title}}", title, "{{body}}", w.page.String(), "{{other}}", w.phrase(4)).Replace(t.page)
	return Page{Name: fmt.Sprintf("%s-%d", t.name, seed), HTML: body, Markdown: w.md.String()}
}

var (
	nouns = strings.Fields(`boat harbour rope lantern keeper tide anchor quay sail rudder ferry island skerry gull storm channel pilot
		compass chart cabin deck mast engine bucket bell fog landing village winter letter ledger visitor neighbour captain cook crate barrel`)
	verbs      = strings.Fields(`carries mends watches follows counts leaves keeps remembers paints borrows measures sells hides finds loses repairs`)
	adjectives = strings.Fields(`old narrow heavy quiet northern broken early crowded damp steady careful patient cheap borrowed hollow western`)
	ends       = []string{"before the tide turns", "in the first week of the year", "without asking the harbour master", "as nobody else would", "until the light is gone",
		"although the weather was bad", "for the price of a meal", "because the road is closed"}
)

func pick(r *rand.Rand, from []string) string { return from[r.IntN(len(from))] }

func (w *writer) phrase(n int) string {
	words := []string{"the"}
	for range n - 1 {
		words = append(words, pick(w.r, adjectives))
	}
	return strings.Join(append(words, pick(w.r, nouns)), " ")
}

func (w *writer) sentence() string {
	s := w.phrase(2) + " " + pick(w.r, verbs) + " " + w.phrase(2) + " and " + w.phrase(1) + " " + pick(w.r, ends)
	return strings.ToUpper(s[:1]) + s[1:] + "."
}

// rich is a sentence in which something is marked, as HTML and as Markdown.
func (w *writer) rich() (page, md string) {
	a, b, mid := w.sentence(), w.sentence(), w.phrase(2)
	a = strings.TrimSuffix(a, ".")
	at := func(h, m string) { page, md = a+", says "+h+". "+b, a+", says "+m+". "+b }
	switch w.r.IntN(8) {
	case 0:
		at("<strong>"+mid+"</strong>", "**"+mid+"**")
	case 1:
		at("<em>"+mid+"</em>", "*"+mid+"*")
	case 2:
		path := fmt.Sprintf("/names/%d?a=1&b=(2)", w.r.IntN(100))
		at(`<a href="`+html.EscapeString(path)+`">`+mid+"</a>", "["+mid+"](<https://isle.example"+path+">)")
	case 3:
		code := pick(w.r, nouns) + "_" + pick(w.r, verbs) + "()"
		at("<code>"+code+"</code>", "`"+code+"`")
	case 4:
		at("<b><i>"+mid+"</i></b>", "***"+mid+"***")
	case 5:
		k := len(w.notes) + 1
		h, m := w.sentence(), ""
		m = h
		w.notes = append(w.notes, [2]string{h, m})
		page, md = a+"."+w.t.mark(k)+" "+b, fmt.Sprintf("%s.[^%d] %s", a, k, b)
	case 6:
		at("H<sub>2</sub>O and the 4<sup>th</sup> <del>crate</del> barrel", "H<sub>2</sub>O and the 4<sup>th</sup> ~~crate~~ barrel")
	default:
		page, md = w.t.math(`x_1^2 + \frac{a}{b}`, false), `$x_1^2 + \frac{a}{b}$`
		page, md = a+", where "+page+" holds. "+b, a+", where "+md+" holds. "+b
	}
	return page, md
}

func (w *writer) add(page, md string) {
	w.page.WriteString(page + "\n")
	w.md.WriteString(md + "\n\n")
}

func (w *writer) paragraph() {
	var page, md []string
	for range 2 + w.r.IntN(2) {
		h, m := w.rich()
		page, md = append(page, h), append(md, m)
	}
	w.add("<p>"+strings.Join(page, " ")+"</p>", strings.Join(md, " "))
}

func (w *writer) heading(level int) {
	text := "What " + w.phrase(3) + " needs"
	w.add(w.t.heading(level, strings.ReplaceAll(text, " ", "-"), text), strings.Repeat("#", level)+" "+text)
}

func (w *writer) list() {
	var page, md strings.Builder
	item := func(indent, inner string) {
		h, m := w.rich()
		if w.t.loose {
			h = "<p>" + h + "</p>"
		}
		page.WriteString("<li>" + h)
		md.WriteString(indent + "- " + m + "\n")
		if inner != "" {
			page.WriteString("\n<ul>\n")
			for range 2 {
				h, m := w.rich()
				page.WriteString("<li>" + h + "</li>\n")
				md.WriteString("  - " + m + "\n")
			}
			page.WriteString("</ul>\n")
		}
		page.WriteString("</li>\n")
	}
	item("", "")
	item("", "ul")
	item("", "")
	w.add("<ul>\n"+page.String()+"</ul>", strings.TrimSuffix(md.String(), "\n"))
}

func (w *writer) numbered() {
	start := 1 + w.r.IntN(5)
	var page, md strings.Builder
	for i := range 3 {
		h, m := w.rich()
		page.WriteString("<li>" + h + "</li>\n")
		fmt.Fprintf(&md, "%d. %s\n", start+i, m)
	}
	open := "<ol>"
	if start > 1 {
		open = fmt.Sprintf(`<ol start="%d">`, start)
	}
	w.add(open+"\n"+page.String()+"</ol>", strings.TrimSuffix(md.String(), "\n"))
}

func (w *writer) tasks() {
	var page, md strings.Builder
	for i := range 3 {
		text := w.sentence()
		page.WriteString(w.t.task(i == 1, text) + "\n")
		md.WriteString(map[bool]string{false: "- [ ] ", true: "- [x] "}[i == 1] + text + "\n")
	}
	w.add(`<ul class="contains-task-list">`+"\n"+page.String()+"</ul>", strings.TrimSuffix(md.String(), "\n"))
}

func (w *writer) code() {
	lang := pick(w.r, []string{"go", "python", "rust", "bash"})
	a, b := pick(w.r, nouns), pick(w.r, nouns)
	lines := []string{
		"func " + a + "(n int) {", "    if n < 10 && " + b + "[n] != \"<none>\" {", "        return " + b + "[n]", "    }", "", "    // the rest", "    return 0", "}",
	}
	w.add(w.t.code(lang, lines), "```"+lang+"\n"+strings.Join(lines, "\n")+"\n```")
}

func (w *writer) tableOf() {
	head := []string{"Name", "Length in feet", "Built"}
	var rows [][]string
	md := "| " + strings.Join(head, " | ") + " |\n|---|---|---|"
	for range 4 {
		row := []string{pick(w.r, adjectives) + " " + pick(w.r, nouns), fmt.Sprint(10 + w.r.IntN(40)), fmt.Sprint(1900 + w.r.IntN(100))}
		if w.r.IntN(4) == 0 {
			row[1] = ""
		}
		rows = append(rows, row)
		md += "\n| " + strings.Join(row, " | ") + " |"
	}
	w.add(w.t.table(head, rows), md)
}

func (w *writer) quote() {
	h, m := w.rich()
	s := w.sentence()
	w.add("<blockquote>\n<p>"+h+"</p>\n<p>"+s+"</p>\n</blockquote>", "> "+m+"\n>\n> "+s)
}

func (w *writer) picture() {
	w.image++
	src := fmt.Sprintf("/img/%s-%d.jpg", pick(w.r, nouns), w.image)
	alt := w.phrase(3) + " at the quay"
	w.add(w.t.image(src, alt), "!["+alt+"](https://isle.example"+src+")")
}

func (w *writer) formula() {
	tex := `\sum_{i=1}^{n} a_i = \sqrt{b + c}`
	w.add("<p>"+w.t.math(tex, true)+"</p>", "$$\n"+tex+"\n$$")
}

func (w *writer) callout() {
	kind := pick(w.r, []string{"note", "tip", "warning"})
	text := w.sentence() + " " + w.sentence()
	w.add(w.t.callout(kind, text), "> [!"+kind+"]\n> "+text)
}

func (w *writer) end() {
	if len(w.notes) == 0 {
		return
	}
	var texts []string
	for i, n := range w.notes {
		texts = append(texts, n[0])
		fmt.Fprintf(&w.md, "[^%d]: %s\n\n", i+1, n[1])
	}
	w.page.WriteString(w.t.notes(texts) + "\n")
}
