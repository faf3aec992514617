package browser

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
)

var update = flag.Bool("update", false, "write the pictures in docs/images")

// shoot takes a picture of what is in sight.
func (b *tab) shoot() image.Image {
	b.t.Helper()
	raw, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		b.t.Fatal(err)
	}
	return img
}

// light is how bright a picture is: its mean luminance, and the shares of dark
// and of bright points.
func light(img image.Image) (mean, dark, bright float64) {
	r := img.Bounds()
	n := 0.0
	for y := r.Min.Y; y < r.Max.Y; y += 2 {
		for x := r.Min.X; x < r.Max.X; x += 2 {
			v := float64(color.GrayModel.Convert(img.At(x, y)).(color.Gray).Y) / 255
			mean += v
			if v < .3 {
				dark++
			}
			if v > .8 {
				bright++
			}
			n++
		}
	}
	return mean / n, dark / n, bright / n
}

// TestLook: light and dark by the system's wish and by the button, and nothing
// sticks out at 360 pixels, by pictures.
func TestLook(t *testing.T) {
	b := openTab(t)
	b.screen(1280, 800, "light")
	b.open(file(t, reportOf(t, sources(t)...)))
	b.choose(pages[0])
	check := func(what, scheme string) {
		t.Helper()
		img := b.shoot()
		mean, dark, bright := light(img)
		switch {
		case scheme == "light" && (mean < .8 || bright < .7 || dark < .005):
			t.Errorf("%s: mean %.2f, %.3f dark, %.3f bright: not light with dark text", what, mean, dark, bright)
		case scheme == "dark" && (mean > .25 || dark < .8 || bright < .003):
			t.Errorf("%s: mean %.2f, %.3f dark, %.3f bright: not dark with bright text", what, mean, dark, bright)
		}
	}
	check("light", "light")
	b.click(".theme")
	check("light, turned", "dark")
	b.click(".theme")
	check("light, turned twice", "light")
	b.exec(`delete document.documentElement.dataset.theme`)
	b.screen(1280, 800, "dark")
	check("dark", "dark")
	b.click(".theme")
	check("dark, turned", "light")
	b.exec(`delete document.documentElement.dataset.theme`)

	for _, scheme := range []string{"light", "dark"} {
		b.screen(360, 740, scheme)
		for _, s := range sources(t) {
			b.choose(s.name)
			for _, pane := range []string{"Article", "Page"} {
				b.press(pane)
				if w := eval[int](b, `document.scrollingElement.scrollWidth`); w != 360 {
					t.Errorf("%s, %s: 360 pixels hold a page of %d", s.name, pane, w)
				}
				if out := eval[[]string](b, sticksOut); len(out) > 0 {
					t.Errorf("%s, %s: out of the window: %v", s.name, pane, out)
				}
			}
			for _, i := range []int{1, len(s.res.Decisions) - 1} {
				b.exec(fmt.Sprintf(`document.getElementById('p%d').click()`, i))
				if hidden := eval[float64](b, fmt.Sprintf(`document.getElementById('p%d').getBoundingClientRect().bottom - document.getElementById('why').getBoundingClientRect().top`, i)); hidden > 0 {
					t.Errorf("%s: %v pixels of piece %d are below its reasons", s.name, hidden, i)
				}
			}
			box := eval[[]float64](b, `(() => { const r = document.getElementById('why').getBoundingClientRect(); return [r.left, r.right, r.top, r.bottom]; })()`)
			if box[0] < 0 || box[1] > 360 || box[2] < 100 || box[3] > 740 {
				t.Errorf("%s: the reasons are at %v", s.name, box)
			}
			b.click("#why .close")
		}
		b.choose(pages[0]) // its text fills the window
		check("360 pixels, "+scheme, scheme)
	}
}

// sticksOut lists elements that reach out of the window and of every box that
// scrolls.
const sticksOut = `[...document.querySelectorAll('main *, .files *')].filter((e) => {
	const r = e.getBoundingClientRect();
	if (!r.width || r.right <= innerWidth + 1 || getComputedStyle(e).position === 'fixed') return false;
	for (let p = e.parentElement; p; p = p.parentElement) if (/auto|scroll|hidden/.test(getComputedStyle(p).overflowX)) return false;
	return true;
}).slice(0, 5).map((e) => e.tagName + '.' + e.className + ' ' + e.getBoundingClientRect().right)`

// palettePNG packs a picture into 256 colours: its most frequent ones, the
// others by the nearest of those. A page of text has few colours.
func palettePNG(t testing.TB, img image.Image) []byte {
	t.Helper()
	count := map[color.RGBA]int{}
	r := img.Bounds()
	at := func(x, y int) color.RGBA { return color.RGBAModel.Convert(img.At(x, y)).(color.RGBA) }
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			count[at(x, y)]++
		}
	}
	colors := make([]color.RGBA, 0, len(count))
	for c := range count {
		colors = append(colors, c)
	}
	slices.SortFunc(colors, func(a, b color.RGBA) int {
		if d := count[b] - count[a]; d != 0 {
			return d
		}
		return int(a.R)<<16 + int(a.G)<<8 + int(a.B) - int(b.R)<<16 - int(b.G)<<8 - int(b.B)
	})
	var palette color.Palette
	for _, c := range colors[:min(256, len(colors))] {
		palette = append(palette, c)
	}
	out := image.NewPaletted(r, palette)
	near := map[color.RGBA]uint8{}
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			c := at(x, y)
			i, ok := near[c]
			if !ok {
				i = uint8(palette.Index(c))
				near[c] = i
			}
			out.SetColorIndex(x, y, i)
		}
	}
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, out); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
