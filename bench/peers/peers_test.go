package peers

import (
	"net/url"
	"strings"
	"testing"
)

const body = `<h1>Night trains return</h1>
<p>The night train between the two harbours ran again for the first time in twelve years, and every berth was taken.</p>
<p>Passengers said that the beds were short, the coffee was strong, and that they would book again in the spring.</p>
<p>The company wants to add a second train, provided that the bridge over the sound is repaired before the summer.</p>
<p>Until then the old ferry remains in service, with two crossings in the morning and one late in the evening.</p>`

func page(in string) Input {
	u := &url.URL{Scheme: "https", Host: "rail.example", Path: "/night"}
	return Input{Bytes: []byte("<html lang=en><head><title>Night trains</title></head><body><nav><a href=/>Home</a></nav><article>" + in + "</article></body></html>"), URL: u, UTF8: true}
}

func TestEveryPeer(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range All() {
		if seen[p.Name] || p.Name == "" || p.Title == "" || p.Module == "" {
			t.Errorf("%q: named twice or not described", p.Name)
		}
		seen[p.Name] = true
		text, err := p.Text(page(body))
		if err != nil {
			t.Errorf("%s: %v", p.Name, err)
		}
		if !p.NoText && !strings.Contains(text, "every berth was taken") {
			t.Errorf("%s: %q", p.Name, text)
		}
	}
	if first := All()[0]; first.Name != "parse" || !first.NoText {
		t.Errorf("the first peer is %s, want the floor", first.Name)
	}
}

// Where the encoding is not known, all peers read the same letters.
func TestDecoding(t *testing.T) {
	in := page(strings.ReplaceAll(body, "coffee", "caf\xe9 cr\xe8me"))
	in.UTF8 = false
	in.Bytes = []byte(strings.Replace(string(in.Bytes), "<head>", "<head><meta charset=iso-8859-1>", 1))
	for _, p := range All() {
		if text, err := p.Text(in); err != nil || !p.NoText && !strings.Contains(text, "café crème") {
			t.Errorf("%s: %q, %v", p.Name, text, err)
		}
	}
}

func TestPanicIsAnError(t *testing.T) {
	p := Peer{Run: func(Input) (string, error) { panic("oops") }}
	if text, err := p.Text(Input{}); text != "" || err == nil || !strings.Contains(err.Error(), "oops") {
		t.Errorf("%q, %v", text, err)
	}
}

func TestNamed(t *testing.T) {
	got, err := Named([]string{"winnow", "parse"})
	if err != nil || len(got) != 2 || got[0].Name != "parse" || got[1].Name != "winnow" {
		t.Errorf("%v, %v", got, err)
	}
	if _, err := Named([]string{"nobody"}); err == nil {
		t.Error("no error for an unknown name")
	}
}

func TestClean(t *testing.T) {
	const text = "The night train ran again, and every berth was taken by noon on Friday.\n"
	got, err := Clean(text)
	if err != nil || got != text {
		t.Errorf("%q, %v", got, err)
	}
}
