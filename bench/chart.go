package main

import (
	"bytes"
	"fmt"
	"html"
	"math"
)

// Sizes of the chart, in pixels.
const (
	chartPanel  = 430 // width of a panel, axes included
	chartHeight = 380
	chartLeft   = 48 // room for the axis' figures
	chartTop    = 46
	chartBottom = 48
	chartRight  = 16
	labelSize   = 11
	labelWide   = 6.1 // mean width of a letter at labelSize
)

// chartStyle works on light and dark pages: the colours change with the
// reader's setting, and where that is not passed on, both are legible.
const chartStyle = `<style>
text{font:11px system-ui,-apple-system,"Segoe UI",sans-serif;fill:#57606a}
.head{font-size:13px;font-weight:600;fill:#24292f}
.grid{stroke:#8c959f;stroke-opacity:.3}
.peer{fill:#6e7781}
.ours{fill:#1a7f64}
text.ours{font-weight:600}
@media (prefers-color-scheme:dark){
text{fill:#9da7b3}.head{fill:#e6edf3}.peer{fill:#9da7b3}.ours{fill:#3fd6a7}.grid{stroke:#6e7681}}
</style>
`

// A dot is one peer on one corpus.
type dot struct {
	label string
	cost  float64 // over a bare parse
	f1    float64
	ours  bool
}

// chart draws F1 against cost for the two largest corpora that have both.
// Figures of pages the models were trained on are left out.
func (r *results) chart() []byte {
	var b bytes.Buffer
	type panel struct {
		title string
		dots  []dot
	}
	var panels []panel
	for i := range r.Corpora {
		c := &r.Corpora[i]
		p := panel{title: fmt.Sprintf("%s, %d pages", c.Name, c.Pages)}
		for _, info := range r.ranked() {
			ratio, ok := r.ratio(c.Name, info.Name)
			if q, mark, has := c.comparable(info); ok && has && mark == "" && !info.Extra && ratio > 0 {
				p.dots = append(p.dots, dot{info.Title, ratio, q.F1, info.Ours})
			}
		}
		if len(p.dots) > 0 && len(panels) < 2 {
			panels = append(panels, p)
		}
	}
	width := chartPanel * max(1, len(panels))
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img">`+"\n", width, chartHeight, width, chartHeight)
	fmt.Fprintf(&b, "<title>F1 against CPU time over a bare parse</title>\n%s", chartStyle)
	for i, p := range panels {
		fmt.Fprintf(&b, "<g transform=\"translate(%d 0)\">\n", i*chartPanel)
		drawPanel(&b, p.title, p.dots)
		b.WriteString("</g>\n")
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}

func drawPanel(b *bytes.Buffer, title string, dots []dot) {
	lowX, highX, lowY, highY := chartRange(dots)
	x := func(cost float64) float64 {
		return chartLeft + (chartPanel-chartLeft-chartRight)*math.Log(cost/lowX)/math.Log(highX/lowX)
	}
	y := func(f1 float64) float64 {
		return chartHeight - chartBottom - (chartHeight-chartTop-chartBottom)*(f1-lowY)/(highY-lowY)
	}
	fmt.Fprintf(b, "<text class=\"head\" x=\"%d\" y=\"20\">%s</text>\n", chartLeft, html.EscapeString(title))
	fmt.Fprintf(b, "<text x=\"%d\" y=\"36\">F1, higher is better</text>\n", chartLeft)
	fmt.Fprintf(b, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">CPU time over a bare html.Parse, less is better</text>\n", chartPanel-chartRight, chartHeight-10)
	for _, v := range []float64{.5, 1, 2, 5, 10, 20, 50, 100} {
		if v < lowX || v > highX {
			continue
		}
		fmt.Fprintf(b, "<path class=\"grid\" d=\"M%.1f %dV%d\"/><text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%g×</text>\n",
			x(v), chartTop, chartHeight-chartBottom, x(v), chartHeight-chartBottom+16, v)
	}
	for k := int(math.Round(lowY * 20)); k <= int(math.Round(highY*20)); k += yStep(lowY, highY) {
		v := float64(k) / 20
		fmt.Fprintf(b, "<path class=\"grid\" d=\"M%d %.1fH%d\"/><text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.2f</text>\n",
			chartLeft, y(v), chartPanel-chartRight, chartLeft-6, y(v)+4, v)
	}
	var taken []box
	for _, d := range dots {
		taken = append(taken, box{x(d.cost) - 5, y(d.f1) - 5, x(d.cost) + 5, y(d.f1) + 5})
	}
	for _, d := range dots {
		class := "peer"
		if d.ours {
			class = "ours"
		}
		lx, ly, anchor, at := placeLabel(x(d.cost), y(d.f1), float64(len(d.label))*labelWide, taken)
		taken = append(taken, at)
		fmt.Fprintf(b, "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"4.5\"/>", class, x(d.cost), y(d.f1))
		if math.Abs(ly-4-y(d.f1)) > 20 { // the label had to go away from its dot
			fmt.Fprintf(b, "<path class=\"grid\" d=\"M%.1f %.1fL%.1f %.1f\"/>", x(d.cost), y(d.f1), lx, ly-4)
		}
		text := ""
		if d.ours {
			text = ` class="ours"`
		}
		fmt.Fprintf(b, "<text%s x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n", text, lx, ly, anchor, html.EscapeString(d.label))
	}
}

// chartRange returns the ends of both axes with some room.
func chartRange(dots []dot) (lowX, highX, lowY, highY float64) {
	lowX, highX, lowY, highY = 1, 2, 1, 0
	for _, d := range dots {
		lowX, highX = min(lowX, d.cost), max(highX, d.cost)
		lowY, highY = min(lowY, d.f1), max(highY, d.f1)
	}
	return lowX * .8, highX * 1.35, math.Floor(lowY*20-.2) / 20, math.Ceil(highY*20+.2) / 20
}

// yStep is the distance of the grid lines in twentieths.
func yStep(low, high float64) int {
	if high-low > .3 {
		return 2
	}
	return 1
}

type box struct{ x0, y0, x1, y1 float64 }

func (a box) over(b box) bool { return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1 }

// placeLabel finds a free place beside a dot, to the right or the left and
// ever further up and down.
func placeLabel(x, y, wide float64, taken []box) (lx, ly float64, anchor string, at box) {
	for step := 0; step < 24; step++ {
		dy := float64((step+1)/2) * 7
		if step%2 == 1 {
			dy = -dy
		}
		for _, side := range []string{"start", "end"} {
			lx, ly = x+8, y+4+dy
			at = box{lx, ly - labelSize + 1, lx + wide, ly + 2}
			if side == "end" {
				lx = x - 8
				at.x0, at.x1 = lx-wide, lx
			}
			free := at.x0 > chartLeft && at.x1 < chartPanel && at.y0 > chartTop-8 && at.y1 < chartHeight-chartBottom
			for _, t := range taken {
				free = free && !at.over(t)
			}
			if free {
				return lx, ly, side, at
			}
		}
	}
	return lx, ly, "end", at
}
