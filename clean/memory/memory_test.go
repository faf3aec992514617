package memory

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
)

// prose is so many invented words, others for each seed.
func prose(seed uint64, words int) string {
	r := rand.New(rand.NewPCG(seed, 7))
	syllables := []string{"ba", "ke", "lo", "mi", "nu", "par", "sel", "tor", "vin", "zu", "dra", "fle", "gos", "hul"}
	var b strings.Builder
	for i := range words {
		if i > 0 {
			b.WriteByte(' ')
		}
		for range 2 + r.IntN(3) {
			b.WriteString(syllables[r.IntN(len(syllables))])
		}
		if i%12 == 11 {
			b.WriteByte('.')
		}
	}
	return b.String()
}

const notice = "Join 41,000 readers and get our letter about boats every Friday morning"

// notices are texts of which all end in the notice.
func notices(site string, n int) (texts []Text) {
	for i := range n {
		texts = append(texts, Text{site, prose(uint64(i), 120) + "\n" + strings.Replace(notice, "41,000", fmt.Sprint(41000+i), 1)})
	}
	return texts
}

// read says of each word of a text in how many others it stands.
func read(t *testing.T, m *Memory, site, text string) (counts []int, texts int) {
	t.Helper()
	s := m.Index().Site(site)
	if s == nil {
		t.Fatalf("nothing is known of %s", site)
	}
	var r Reader
	words, texts := r.Read(s, text, nil)
	for _, w := range words {
		counts = append(counts, int(w.Texts))
	}
	return counts, texts
}

func TestRead(t *testing.T) {
	texts := notices("Example.com", 20)
	m := Learn(slices.Values(texts))
	body := len(strings.Fields(prose(0, 120)))
	for name, c := range map[string]struct {
		text        string
		others, ofs int
	}{
		"a text that was learned": {texts[3].Body, 19, 19},
		"another one":             {prose(99, 120) + " " + notice, 20, 20},
		"a part of one":           {prose(5, 80) + "\n" + notice, 19, 19},
	} {
		counts, of := read(t, m, "www.example.com", c.text)
		end := len(counts) - len(strings.Fields(notice))
		if slices.Max(counts[:end]) != 0 || end > body || slices.Min(counts[end:]) != c.others || of != c.ofs {
			t.Errorf("%s: %v of %d", name, counts, of)
		}
	}
	if m.Index().Site("example.org") != nil {
		t.Error("something is known of a site of which no text was learned")
	}
	if m.Texts() != 20 || m.Sites() != 1 {
		t.Errorf("%d texts of %d sites", m.Texts(), m.Sites())
	}
}

// TestFew: four texts say nothing, and neither do five of which two are copies.
func TestFew(t *testing.T) {
	texts := notices("a", 4)
	for name, c := range map[string]struct {
		more  []Text
		known bool
	}{
		"four":           {nil, false},
		"five":           {notices("a", 5)[4:], true},
		"the same again": {texts[:1], false},
		"empty ones":     {[]Text{{"a", ""}, {"a", "two words"}}, false},
		"a copy":         {[]Text{{"a", strings.Replace(texts[2].Body, " ", " newly ", 1)}}, false},
	} {
		m := Learn(slices.Values(slices.Concat(texts, c.more)))
		if known := m.Index().Site("a") != nil; known != c.known {
			t.Errorf("%s: known is %v", name, known)
		}
	}
}

// TestChangingWord: a notice that has another word in each text is found up to that word.
func TestChangingWord(t *testing.T) {
	var texts []Text
	for i := range 30 {
		texts = append(texts, Text{"a", prose(uint64(i), 100) + " Become a member of our club today, dear " + prose(uint64(1000+i), 1) + ", and read all of it at any time you like"})
	}
	counts, _ := read(t, Learn(slices.Values(texts)), "a", texts[0].Body)
	want := slices.Concat(slices.Repeat([]int{0}, 100), slices.Repeat([]int{29}, 8), []int{0}, slices.Repeat([]int{29}, 10))
	if !slices.Equal(counts, want) {
		t.Errorf("%v", counts)
	}
}

// TestCopies: a story that stands in ten texts, in each a little other, counts once.
func TestCopies(t *testing.T) {
	story := strings.Fields(prose(500, 300))
	var texts []Text
	for i := range 10 {
		copied := slices.Clone(story)
		copied[20*i+5] = "locally"
		texts = append(texts, Text{"a", "From our desk " + prose(uint64(600+i), 6) + " " + strings.Join(copied, " ")})
	}
	texts = append(texts, notices("a", 30)...)
	m := Learn(slices.Values(texts))
	if s := m.Index().Site("a"); s.texts != 31 {
		t.Errorf("%d different texts, not 31", s.texts)
	}
	counts, of := read(t, m, "a", prose(77, 100)+" "+strings.Join(story[100:160], " "))
	if slices.Max(counts) > 1 || of != 31 {
		t.Errorf("a paragraph of the story stands in %d of %d", slices.Max(counts), of)
	}
	if counts, of = read(t, m, "a", texts[0].Body); slices.Max(counts) != 0 || of != 30 {
		t.Errorf("the story stands in %d of %d others", slices.Max(counts), of)
	}
}

// TestLongNotice: short articles above one long notice are no copies of one another.
func TestLongNotice(t *testing.T) {
	wall := prose(800, 400)
	var texts []Text
	for i := range 25 {
		texts = append(texts, Text{"a", prose(uint64(i), 60) + "\n" + wall})
	}
	counts, of := read(t, Learn(slices.Values(texts)), "a", texts[0].Body)
	if of != 24 || slices.Min(counts[60:]) != 24 || slices.Max(counts[:60]) != 0 {
		t.Errorf("%v of %d", counts, of)
	}
}

// TestPoison: whatever a site repeats, nothing follows for another one.
func TestPoison(t *testing.T) {
	victim := notices("victim.example", 10)
	var poison []Text
	for i := range 100 {
		poison = append(poison, Text{"poison.example", victim[0].Body + prose(uint64(3000+i), 50)})
	}
	before, _ := read(t, Learn(slices.Values(victim)), "victim.example", victim[0].Body)
	after, _ := read(t, Learn(slices.Values(slices.Concat(poison, victim))), "victim.example", victim[0].Body)
	if !slices.Equal(before, after) {
		t.Error("what one site repeats tells on another one")
	}
}

// TestScripts: characters of scripts without spaces are half a word each, addresses and
// numbers are all the same, and letters that were glued together are two words.
func TestScripts(t *testing.T) {
	tail := map[string]string{
		"今日も一日お疲れさまでしたまた明日":                          "今日も一日お疲れさまでしたまた明日",
		"read it at https://example.com/a/1 in full": "read it at http://www.example.org/b in full",
		"on 12.5.2024 at 10:30 it was shown":         "on 1.12.2023 at 9:05 it was shown",
		"endWatch the film here now":                 "end. Watch the film here now",
		"soft\u00adware for all of us":               "software for all of us",
	}
	for a, b := range tail {
		var texts []Text
		for i := range 8 {
			texts = append(texts, Text{"a", prose(uint64(i), 80) + ". " + a})
		}
		counts, _ := read(t, Learn(slices.Values(texts)), "a", prose(50, 80)+". "+b)
		if n := len(counts); slices.Min(counts[80:]) != 8 || slices.Max(counts[:80]) != 0 {
			t.Errorf("%s: %v (%d)", b, counts, n)
		}
	}
}

func saved(t testing.TB, m *Memory) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := m.Save(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// many are texts of three sites, of one more than are kept.
func many() (texts []Text) {
	texts = slices.Concat(notices("a", 40), notices("b", 7))
	for i := range MaxTexts + 60 {
		texts = append(texts, Text{"c", prose(uint64(i+5000), 30) + " " + notice})
	}
	return append(texts, Text{"d", ""}, texts[3], texts[5])
}

// TestMerge: what is merged of shards, in whatever order, are the bytes of a memory that
// learned all.
func TestMerge(t *testing.T) {
	texts := many()
	want := saved(t, Learn(slices.Values(texts)))
	for _, shards := range []int{1, 2, 7} {
		parts := make([]*Memory, shards)
		var wg sync.WaitGroup
		for k := range parts {
			wg.Go(func() {
				parts[k] = new(Memory)
				for i := k; i < len(texts); i += shards {
					parts[k].Learn(texts[i])
				}
			})
		}
		wg.Wait()
		for seed := range uint64(4) {
			order := rand.New(rand.NewPCG(seed, 1)).Perm(shards)
			all := new(Memory)
			for _, k := range order {
				part, err := Load(bytes.NewReader(saved(t, parts[k])))
				if err != nil {
					t.Fatal(err)
				}
				all.Merge(part)
			}
			if !bytes.Equal(saved(t, all), want) {
				t.Errorf("%d shards, merged in the order %v, are another memory", shards, order)
			}
		}
	}
	// So are pairs of merged shards.
	a, b, c := Learn(slices.Values(texts[:50])), Learn(slices.Values(texts[50:300])), Learn(slices.Values(texts[300:]))
	b.Merge(c)
	a.Merge(b)
	a.Merge(a)
	if !bytes.Equal(saved(t, a), want) {
		t.Error("merged in pairs they are another memory")
	}
}

// sealed is a file with that in front of the checksum.
func sealed(body []byte) []byte {
	sum := sha256.Sum256(body)
	return append(bytes.Clone(body), sum[:]...)
}

func TestSave(t *testing.T) {
	for name, m := range map[string]*Memory{"empty": new(Memory), "small": Learn(slices.Values(notices("a", 6))), "large": Learn(slices.Values(many()))} {
		b := saved(t, m)
		got, err := Load(bytes.NewReader(b))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !bytes.Equal(saved(t, got), b) || got.Texts() != m.Texts() || got.Sites() != m.Sites() {
			t.Errorf("%s: what was loaded is not what was saved", name)
		}
	}
	if err := Learn(slices.Values(many())).Save(failing{}); !errors.Is(err, errFull) {
		t.Errorf("a full disk gives %v", err)
	}
}

var errFull = errors.New("full")

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errFull }

// TestDamaged: no byte of a file can be changed or missing without an error.
func TestDamaged(t *testing.T) {
	b := saved(t, Learn(slices.Values(notices("a", 5))))
	for i := range b {
		bad := bytes.Clone(b)
		bad[i] ^= 1 << (i % 8)
		want := ErrDamaged
		if i >= len(magic) && i < len(magic)+4 {
			want = ErrVersion
		}
		if _, err := Load(bytes.NewReader(bad)); !errors.Is(err, want) {
			t.Fatalf("with byte %d changed: %v", i, err)
		}
		if _, err := Load(bytes.NewReader(b[:i])); !errors.Is(err, ErrDamaged) {
			t.Fatalf("cut off at byte %d: %v", i, err)
		}
	}
	if _, err := Load(bytes.NewReader(append(bytes.Clone(b), 0))); !errors.Is(err, ErrDamaged) {
		t.Errorf("with a byte more: %v", err)
	}
	_, err := Load(bytes.NewReader(bytes.Replace(b, []byte{version, 0, 0, 0}, []byte{9, 0, 0, 0}, 1)))
	if err == nil || !strings.Contains(err.Error(), "version 9") {
		t.Errorf("of version 9: %v", err)
	}
}

// TestNumbersThatLie: a file whose numbers no texts can give is refused, whatever its
// checksum.
func TestNumbersThatLie(t *testing.T) {
	runs := runsOf(nil, scan(nil, prose(1, 30), nil))
	site := func(learned, texts uint64, rest []byte) []byte {
		b := binary.LittleEndian.AppendUint32([]byte(magic), version)
		b = binary.LittleEndian.AppendUint64(append(b, 1), 7)
		return append(binary.AppendUvarint(binary.AppendUvarint(b, learned), texts), rest...)
	}
	one := appendRuns(nil, runs)
	if _, err := Load(bytes.NewReader(sealed(site(1, 1, one)))); err != nil {
		t.Fatalf("what is right is refused: %v", err)
	}
	for name, body := range map[string][]byte{
		"no texts":              site(3, 0, nil),
		"fewer learned":         site(0, 1, one),
		"more than can be":      site(1<<63, 1, one),
		"texts that are not":    site(9, 9, one),
		"too many texts":        site(1<<20, 1<<20, one),
		"runs that are not":     site(1, 1, binary.AppendUvarint(nil, 8000)),
		"runs without end":      site(1, 1, binary.AppendUvarint(nil, 1<<62)),
		"a run beyond all":      site(1, 1, append([]byte{1}, bytes.Repeat([]byte{0xFF}, 40)...)),
		"something behind them": site(1, 1, append(bytes.Clone(one), 0)),
	} {
		if _, err := Load(bytes.NewReader(sealed(body))); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// FuzzLoad: whatever is in a file with the right checksum, Load refuses it or what it
// reads is written as the same bytes.
func FuzzLoad(f *testing.F) {
	for _, m := range []*Memory{new(Memory), Learn(slices.Values(notices("a", 2))), Learn(slices.Values(notices("b", 6)))} {
		b := saved(f, m)
		f.Add(b[:len(b)-32])
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		file := sealed(body)
		m, err := Load(bytes.NewReader(file))
		if err != nil {
			if !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrVersion) {
				t.Errorf("another error: %v", err)
			}
			return
		}
		if !bytes.Equal(saved(t, m), file) {
			t.Error("it is written otherwise than it was read")
		}
		m.Index()
	})
}

// FuzzRead: words are in order, and counts no more than there are texts.
func FuzzRead(f *testing.F) {
	f.Add("One two three four five six", "One two three four five. Seven https://a.b 今日も一日お疲れ 1.000,5")
	f.Add("a\u00adb C", "aB\xffc http://")
	f.Fuzz(func(t *testing.T, a, b string) {
		m := new(Memory)
		for i := range 6 {
			m.Learn(Text{"s", prose(uint64(i), 60) + " " + a})
		}
		m.Learn(Text{"s", b})
		s := m.Index().Site("s")
		if s == nil {
			return
		}
		var r Reader
		for _, text := range []string{a, b, a + b} {
			words, texts := r.Read(s, text, nil)
			at := int32(0)
			for i, w := range words {
				if w.From < at || w.To <= w.From || int(w.To) > len(text) {
					t.Fatalf("word %d is at %d to %d", i, w.From, w.To)
				}
				if at = w.To; w.Texts < w.Run || int(w.Texts) > s.texts || w.Run < 0 || texts > s.texts {
					t.Fatalf("word %d: %+v of %d", i, w, texts)
				}
			}
		}
	})
}
