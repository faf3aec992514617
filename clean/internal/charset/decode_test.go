package charset

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

func encode(t testing.TB, charset, text string) string {
	t.Helper()
	e, err := htmlindex.Get(charset)
	if err != nil {
		t.Fatal(err)
	}
	s, err := e.NewEncoder().String(text)
	if err != nil {
		t.Fatalf("%s: %v", charset, err)
	}
	return s
}

const umlauts = "<p>Die Bäckerei öffnet früh, und süße Brötchen gibt es schon um fünf.</p>"

func TestDecode(t *testing.T) {
	u16 := func(e unicode.Endianness, s string) string {
		out, err := unicode.UTF16(e, unicode.IgnoreBOM).NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	u32 := func(e utf32.Endianness, s string) string {
		out, err := utf32.UTF32(e, utf32.UseBOM).NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	hz, err := simplifiedchinese.HZGB2312.NewEncoder().String("<p>这里没有英文，只有中文。</p>")
	if err != nil {
		t.Fatal(err)
	}
	latin := encode(t, "windows-1252", umlauts)
	cyrillic := encode(t, "windows-1251", "<p>Все люди любят читать хорошие книги.</p>")
	japanese := "<p>朝早く起きて、パンを買いに行きました。</p>"
	filler := "<p>" + strings.Repeat("plain words before it ", 200) + "</p>"

	tests := []struct {
		name, in, hint string
		want, charset  string
	}{
		{"empty", "", "", "", "utf-8"},
		{"ASCII", "<p>a</p>", "", "<p>a</p>", "utf-8"},
		{"UTF-8", umlauts, "", umlauts, "utf-8"},
		{"UTF-8 that claims otherwise", "<meta charset=windows-1252>" + umlauts, "shift_jis", "<meta charset=windows-1252>" + umlauts, "utf-8"},
		{"UTF-8 mark", "\xef\xbb\xbf" + umlauts, "", umlauts, "utf-8"},
		{"UTF-8 mark, damaged", "\xef\xbb\xbf" + umlauts + "\xff", "", umlauts + "\ufffd", "utf-8"},
		{"UTF-8 mark before Latin 1", "\xef\xbb\xbf" + latin, "", "ï»¿" + umlauts, "windows-1252"},
		{"NUL inside", umlauts + "\x00" + umlauts, "", umlauts + "\x00" + umlauts, "utf-8"},
		{"NULs behind", umlauts + strings.Repeat("\x00", 9000), "", umlauts + strings.Repeat("\x00", 9000), "utf-8"},
		{"UTF-16LE mark", "\xff\xfe" + u16(unicode.LittleEndian, umlauts+"😀"), "", umlauts + "😀", "utf-16le"},
		{"UTF-16BE mark", "\xfe\xff" + u16(unicode.BigEndian, umlauts), "", umlauts, "utf-16be"},
		{"UTF-16LE without", u16(unicode.LittleEndian, umlauts), "", umlauts, "utf-16le"},
		{"UTF-16BE without", u16(unicode.BigEndian, umlauts), "", umlauts, "utf-16be"},
		{"UTF-16 Japanese with markup", u16(unicode.LittleEndian, strings.Repeat(japanese, 3)), "", strings.Repeat(japanese, 3), "utf-16le"},
		{"UTF-16 cut off", "\xff\xfe" + u16(unicode.LittleEndian, "ab") + "c", "", "ab\ufffd", "utf-16le"},
		{"UTF-16 lone surrogate", "\xff\xfe\x00\xd8a\x00", "", "\ufffda", "utf-16le"},
		{"UTF-32LE", u32(utf32.LittleEndian, umlauts+"😀"), "", umlauts + "😀", "utf-32le"},
		{"UTF-32BE", u32(utf32.BigEndian, umlauts), "", umlauts, "utf-32be"},
		{"damaged UTF-8", strings.Repeat(umlauts, 3) + "\xe2\x80", "", strings.Repeat(umlauts, 3) + "\ufffd", "utf-8"},
		{"damaged inside", umlauts + "\xff" + umlauts + umlauts, "windows-1252", umlauts + "\ufffd" + umlauts + umlauts, "utf-8"},
		{"cut inside a letter", "café, caf\xc3", "", "café, caf\ufffd", "utf-8"},
		{"overlong", strings.Repeat(umlauts, 5) + "\xc0\xaf", "", strings.Repeat(umlauts, 5) + "\ufffd", "utf-8"},
		{"meta", "<meta charset=\"koi8-r\">" + encode(t, "koi8-r", "<p>Привет</p>"), "", "<meta charset=\"koi8-r\"><p>Привет</p>", "koi8-r"},
		{"http-equiv", "<META HTTP-EQUIV=Content-Type CONTENT='text/html; CHARSET=ISO-8859-1'>" + latin, "",
			"<META HTTP-EQUIV=Content-Type CONTENT='text/html; CHARSET=ISO-8859-1'>" + umlauts, "windows-1252"},
		{"meta far down", filler + filler + "<meta charset=windows-1251>" + cyrillic, "",
			filler + filler + "<meta charset=windows-1251><p>Все люди любят читать хорошие книги.</p>", "windows-1251"},
		{"XML", "<?xml version='1.0' encoding='windows-1251'?>" + cyrillic, "",
			"<?xml version='1.0' encoding='windows-1251'?><p>Все люди любят читать хорошие книги.</p>", "windows-1251"},
		{"alias", "<meta charset=x-sjis>" + encode(t, "shift_jis", japanese), "", "<meta charset=x-sjis>" + japanese, "shift_jis"},
		{"gb2312 with signs of its supersets", "<meta charset=gb2312>" + encode(t, "gb18030", "<p>朱镕基说€好。</p>"), "",
			"<meta charset=gb2312><p>朱镕基说€好。</p>", "gbk"},
		{"HZ", "<meta charset=hz-gb-2312>" + hz + "\xff", "", "<meta charset=hz-gb-2312><p>这里没有英文，只有中文。</p>\ufffd", "hz-gb-2312"},
		{"ISO-2022-JP", encode(t, "iso-2022-jp", japanese), "", japanese, "iso-2022-jp"},
		{"meta in a comment", "<!-- <meta charset=koi8-r> -->" + latin, "windows-1252", "<!-- <meta charset=koi8-r> -->" + umlauts, "windows-1252"},
		{"meta in a script", "<script>'<meta charset=koi8-r>'</script>" + latin, "windows-1252", "<script>'<meta charset=koi8-r>'</script>" + umlauts, "windows-1252"},
		{"charset in text", "<p>charset=koi8-r</p>" + latin, "windows-1252", "<p>charset=koi8-r</p>" + umlauts, "windows-1252"},
		{"unknown, then known", "<meta charset=unknown><meta charset=latin1>" + latin, "", "<meta charset=unknown><meta charset=latin1>" + umlauts, "windows-1252"},
		{"declared as UTF-8, hint", "<meta charset=utf-8>" + cyrillic, "windows-1251", "<meta charset=utf-8><p>Все люди любят читать хорошие книги.</p>", "windows-1251"},
		{"declared does not fit", "<meta charset=euc-jp>" + latin, "", "<meta charset=euc-jp>" + umlauts, "windows-1252"},
		{"hint", cyrillic, "CP1251", "<p>Все люди любят читать хорошие книги.</p>", "windows-1251"},
		{"hint from a header", cyrillic, `text/html; charset="windows-1251"`, "<p>Все люди любят читать хорошие книги.</p>", "windows-1251"},
		{"hint without charset", latin, "text/html", umlauts, "windows-1252"},
		{"tag not closed", latin + "<meta charset=windows-1252", "koi8-r", umlauts + "<meta charset=windows-1252", "windows-1252"},
		{"one byte", "\xe9", "", "é", "windows-1252"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, charset, err := new(Memory).Decode([]byte(tt.in), tt.hint)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != tt.want || charset != tt.charset {
				t.Errorf("%s:\n%.300q, want %s:\n%.300q", charset, got, tt.charset, tt.want)
			}
		})
	}
}

func TestDecodeSharesMemory(t *testing.T) {
	b := []byte(umlauts)
	got, _, err := new(Memory).Decode(b, "")
	if err != nil || &got[0] != &b[0] {
		t.Errorf("valid UTF-8 was copied, or %v", err)
	}
}

func TestDecodeNotText(t *testing.T) {
	noise := make([]byte, 20000)
	for i, x := 0, uint32(1); i < len(noise); i++ {
		x = x*1664525 + 1013904223
		noise[i] = byte(x >> 24)
	}
	tests := map[string]string{
		"PDF":          "%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\n",
		"PNG":          "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + string(noise),
		"JPEG":         "\xff\xd8\xff\xe0\x00\x10JFIF" + string(noise),
		"GIF":          "GIF89a\x01\x00\x01\x00",
		"ZIP":          "PK\x03\x04\x14\x00",
		"ELF":          "\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00",
		"noise":        string(noise),
		"NUL":          "\x00\x00\x00\x00",
		"small values": strings.Repeat("\x00\x01\x02\x03\x00\x00\x00abc", 100),
		"text, then":   strings.Repeat("a header of plain text\n", 200) + string(noise),
	}
	for name, in := range tests {
		if _, _, err := new(Memory).Decode([]byte(in), ""); !errors.Is(err, ErrNotText) {
			t.Errorf("%s: %v, want ErrNotText", name, err)
		}
	}
	texts := map[string]string{
		"car maker":  "BMW says that it will build a plant.",
		"gif":        "GIF is said with a hard g.",
		"magic word": "PK stands for many things.",
		"form feed":  "page one\n\fpage two\n\fpage three",
		"ansi":       "\x1b[1mbold\x1b[0m text",
	}
	for name, in := range texts {
		if _, _, err := new(Memory).Decode([]byte(in), ""); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Sentences written for this test, in pages that name no encoding.
var languages = []struct{ charset, text string }{
	{"windows-1252", "Le matin, l'été, les élèves préfèrent être dehors; à midi, ils déjeunent près de la fenêtre."},
	{"windows-1252", "Früher öffnete die Bäckerei schon um fünf, heute müssen wir länger auf Brötchen warten."},
	{"windows-1252", "El niño pequeño soñó con un dragón en la montaña; después contó la canción a su mamá."},
	{"windows-1251", "Сегодня утром мы пошли на рынок и купили там свежий хлеб, молоко и немного сыра для всей семьи."},
	{"koi8-r", "Сегодня утром мы пошли на рынок и купили там свежий хлеб, молоко и немного сыра для всей семьи."},
	{"windows-1251", "Учора ввечері сусіди принесли нам яблука зі свого саду, і ми спекли великий пиріг для дітей."},
	{"windows-1251", "Вчера вечерта съседите ни донесоха ябълки от градината си и ние изпекохме голяма баница за децата."},
	{"windows-1250", "Včera večer nám sousedé přinesli jablka ze své zahrady a my jsme upekli velký koláč pro všechny děti."},
	{"iso-8859-2", "Wczoraj wieczorem sąsiedzi przynieśli nam jabłka ze swojego ogrodu i upiekliśmy duże ciasto dla dzieci."},
	{"windows-1250", "Wczoraj wieczorem sąsiadka dała mi jabłka, a mąż poszedł do sklepu po mąkę i masło. Później wszyscy razem upiekliśmy duże ciasto, które dzieci zjadły jeszcze przed kolacją."},
	{"iso-8859-2", "Včera večer nám sousedé přinesli jablka ze své zahrady a my jsme upekli velký koláč pro všechny děti."},
	{"iso-8859-7", "Χθες το βράδυ οι γείτονες μας έφεραν μήλα από τον κήπο τους και ψήσαμε μια μεγάλη πίτα για τα παιδιά."},
	{"ibm866", "Сегодня утром мы пошли на рынок и купили там свежий хлеб, молоко и немного сыра для всей семьи."},
	{"windows-1253", "Χθες το βράδυ οι γείτονες μας έφεραν μήλα από τον κήπο τους και ψήσαμε μια μεγάλη πίτα για τα παιδιά."},
	{"windows-1254", "Dün akşam komşularımız bize bahçelerinden elma getirdi, biz de çocuklar için büyük bir turta pişirdik."},
	{"windows-1255", "אתמול בערב השכנים הביאו לנו תפוחים מהגינה שלהם ואפינו עוגה גדולה לכל הילדים של הבניין."},
	{"windows-1256", "أحضر لنا الجيران مساء أمس تفاحا من حديقتهم وخبزنا كعكة كبيرة لجميع الأطفال في المبنى."},
	{"shift_jis", "昨日の夜、隣の人が庭で取れたりんごを持ってきてくれたので、子供たちのために大きなケーキを焼きました。"},
	{"euc-jp", "昨日の夜、隣の人が庭で取れたりんごを持ってきてくれたので、子供たちのために大きなケーキを焼きました。"},
	{"gb18030", "昨天晚上邻居从他们的花园里给我们带来了苹果，我们为所有的孩子烤了一个大蛋糕，大家都很高兴。"},
	{"big5", "昨天晚上鄰居從他們的花園裡給我們帶來了蘋果，我們為所有的孩子烤了一個大蛋糕，大家都很高興。"},
	{"euc-kr", "어제 저녁에 이웃이 정원에서 딴 사과를 가져와서 우리는 아이들을 위해 큰 케이크를 구웠습니다."},
	{"windows-874", "เมื่อวานตอนเย็นเพื่อนบ้านเอาแอปเปิลจากสวนมาให้เรา เราจึงอบเค้กก้อนใหญ่ให้เด็กทุกคน"},
}

func TestDetect(t *testing.T) {
	for _, l := range languages {
		menu := `<html><head><style>p { color: red }</style></head><body><ul class="menu"><li><a href="/">Home</a></li></ul>`
		in := menu + "<p>" + encode(t, l.charset, l.text) + "</p></body>"
		got, charset, err := new(Memory).Decode([]byte(in), "")
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(got), l.text) {
			t.Errorf("%s taken for %s: %.60s", l.charset, charset, got[len(menu):])
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, l := range languages {
		f.Add([]byte(encode(f, l.charset, l.text)), "")
		f.Add([]byte("<meta charset="+l.charset+">"+encode(f, l.charset, l.text)), "")
	}
	f.Add([]byte("\xff\xfea\x00"), "utf-16")
	f.Add([]byte("\x1b$B%F%9%H\x1b(B"), "hz-gb-2312")
	f.Add([]byte("%PDF-1.4"), "text/html; charset=latin1")
	f.Add([]byte("<?xml encoding=x-user-defined?>\xff"), "")
	f.Fuzz(func(t *testing.T, b []byte, hint string) {
		in := bytes.Clone(b)
		got, charset, err := new(Memory).Decode(b, hint)
		if !bytes.Equal(in, b) {
			t.Fatal("input changed")
		}
		if err != nil {
			if !errors.Is(err, ErrNotText) || got != nil || charset != "" {
				t.Fatalf("%q %q %v", got, charset, err)
			}
			return
		}
		if !utf8.Valid(got) || bytes.HasPrefix(got, []byte("\ufeff")) {
			t.Fatalf("%s: invalid or marked: %q", charset, got)
		}
		if utf8.Valid(b) && charset == "utf-8" && !bytes.Equal(trimBOM(b), got) {
			t.Fatalf("valid UTF-8 changed to %q", got)
		}
		if utf8.Valid(b) && charset != "utf-8" && bytes.IndexByte(b, 0) < 0 && bytes.IndexByte(b, 0x1b) < 0 {
			t.Fatalf("valid UTF-8 taken for %s", charset)
		}
		if again, _, err := new(Memory).Decode(b, hint); err != nil || !bytes.Equal(again, got) {
			t.Fatal("not deterministic")
		}
		IsHTML(got)
	})
}
