//go:build unix

package clean

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"hash/crc32"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// checkWork wants that cleaning takes no more time than an input of its size
// may: the input is repeated until it has a size at which more than linear
// work shows. The bound is five times what the dearest markup needs, a block a
// few bytes, in processor time. Of all inputs one in 128 is tried.
func checkWork(t *testing.T, src []byte, from Format) {
	t.Helper()
	if len(src) == 0 || crc32.ChecksumIEEE(src)%128 != 0 {
		return
	}
	const size, most = 32 << 10, 5 * time.Second
	src = bytes.Repeat(src, size/len(src)+1)
	start := processTime()
	_, _ = standard().Clean(context.Background(), Input{Body: bytes.NewReader(src), Format: from})
	if took := processTime() - start; took > most {
		t.Errorf("%d bytes took %v", len(src), took)
	}
}

// checkError wants an error that says of what kind it is.
func checkError(t *testing.T, err error) {
	t.Helper()
	if err != nil && !errors.Is(err, ErrTooLarge) && !errors.Is(err, ErrNotText) && !errors.Is(err, ErrContainer) && !errors.Is(err, ErrBroken) {
		t.Errorf("an error of no kind: %v", err)
	}
}

// checkStrings wants UTF-8 in all that a result holds.
func checkStrings(t *testing.T, res *Result) {
	t.Helper()
	for _, s := range []string{res.Title, res.Byline, res.SiteName, res.Source, res.Language, res.Excerpt, res.Image, res.URL} {
		if !utf8.ValidString(s) {
			t.Errorf("metadata is not UTF-8: %q", s)
		}
	}
	for _, d := range res.Decisions {
		if !utf8.ValidString(d.Text) || d.Rule == "" || d.Step == "" || !d.Kept && d.Kind == "" {
			t.Errorf("decision %+v", d)
		}
	}
}

// FuzzBytes: whatever bytes come in, packed or not, with whatever encoding
// named, what comes out is text or an error of a known kind, twice the same.
func FuzzBytes(f *testing.F) {
	f.Add([]byte("<p>caf\xe9 and more of it</p>"), "windows-1252", false)
	f.Add([]byte("\xff\xfe<\x00p\x00>\x00a\x00"), "", true)
	f.Add([]byte("\x00<\x00p\x00>\x00a"), "", false)
	f.Add([]byte("\xff\xfe\x00\x00<\x00\x00\x00p\x00\x00\x00"), "utf-32", false)
	f.Add([]byte("<meta charset=shift_jis><p>\x90\x85\x82\xcc\x82\xb1\x82\xc6</p>"), "", false)
	f.Add([]byte("<meta charset=euc-kr><p>\xb9\xb0</p>"), "big5", false)
	f.Add([]byte("<meta charset=iso-2022-jp><p>\x1b$B?e\x1b(B</p>"), "", false)
	f.Add([]byte("<meta charset=hz-gb-2312><p>~{<:Ky~}</p>"), "gb18030", true)
	f.Add([]byte("<?xml version=1.0 encoding=koi8-r?><p>\xd7\xcf\xc4\xc1</p>"), "", false)
	f.Add([]byte("\xef\xbb\xbf<p>caf\xe9</p>"), "text/html; charset=utf-7", false)
	f.Add([]byte("\x1f\x8b\x08\x00\x00"), "", false)
	f.Add([]byte("%PDF-1.4"), "", false)
	f.Fuzz(func(t *testing.T, src []byte, charset string, pack bool) {
		if pack {
			var b bytes.Buffer
			z := gzip.NewWriter(&b)
			_, _ = z.Write(src)
			_ = z.Close()
			src = b.Bytes()
		}
		c, err := New(Options{Explain: true, MaxBytes: 1 << 20})
		if err != nil {
			t.Fatal(err)
		}
		before := bytes.Clone(src)
		res, err := c.Clean(context.Background(), Input{Body: bytes.NewReader(src), ContentType: charset})
		if checkError(t, err); err != nil {
			return
		}
		checkOutput(t, res)
		checkStrings(t, res)
		again, err := c.Clean(context.Background(), Input{Body: bytes.NewReader(src), ContentType: charset})
		if err != nil || again.Text != res.Text || len(again.Decisions) != len(res.Decisions) || again.Title != res.Title {
			t.Errorf("a second run gave another result: %v", err)
		}
		if !bytes.Equal(before, src) {
			t.Error("the input was changed")
		}
	})
}

// FuzzRules: a rule file is refused with its name, or works; then the promises
// hold with it as well.
func FuzzRules(f *testing.F) {
	for _, s := range []string{
		"", "rule ad.x\n  line buy {n} boats\n  yes Buy 3 boats\n  no Boats are here to stay\n",
		"rule ad.x\n  need boats\n  match ^buy (many )?boats$\n  zone head tail\n  beside\n  yes Buy boats\n  no Boats.\n",
		"rule share.x\n  token boat-share\n  yes <p class=\"boat-share\">x</p>\n  no <p class=\"boat\">x</p>\n",
		"rule nav.x\n  select div.menu > a[href]\n  host example.org\n  yes <div class=menu><a href=x>y</a></div>\n  no <p>x</p>\n",
		"off ad.label\n", "rule keep.x\n  keep\n  line boats (are|were) {any<=3} good\n", "rule ad.x\n  cut start Boats:\n  cut end By boat\n  cut inside (boats)\n",
	} {
		f.Add(s, "Buy 3 boats\nThe boats came in at noon, and they left again before it was dark.\nBoats: a word\n")
	}
	f.Fuzz(func(t *testing.T, rule, src string) {
		c, err := New(Options{Rules: []RuleFile{{Name: "u.rules", Data: rule}}, Explain: true})
		if err != nil {
			if !strings.Contains(err.Error(), "u.rules") && !strings.Contains(err.Error(), "rule") {
				t.Errorf("an error without a place: %v", err)
			}
			return
		}
		src = strings.ToValidUTF8(src, "")
		res, err := c.Text(context.Background(), src)
		if err != nil {
			t.Fatal(err)
		}
		checkOutput(t, res)
		checkStrings(t, res)
		if again, err := c.Text(context.Background(), src); err != nil || again.Text != res.Text {
			t.Errorf("a second run gave another text: %v", err)
		}
		var got strings.Builder
		for _, d := range res.Decisions {
			got.WriteString(d.Text)
		}
		if g, w := letters(got.String()), letters(src); g != w {
			t.Errorf("the report is not the text: %s", around(g, w))
		}
		page := "<p class=boat-share>x</p><div class=menu><a href=y>z</a></div><p>" + src + "</p>"
		res, err = c.HTML(context.Background(), strings.NewReader(page), nil)
		if checkError(t, err); err != nil {
			return // as binary data, by its control characters
		}
		checkOutput(t, res)
		checkStrings(t, res)
	})
}
