package clean

import (
	"strings"
	"testing"
)

// languageTexts are a few invented sentences in each of many languages.
var languageTexts = map[string]string{
	"en": "The ferry left at noon, as it has for sixty years. Nobody on the quay waved to it, and then the fog came in.",
	"de": "Die Fähre legte am Mittag ab, wie sie es seit sechzig Jahren tut. Niemand am Kai winkte ihr zu, und dann kam der Nebel.",
	"fr": "Le bac est parti à midi, comme il le fait depuis soixante ans. Personne sur le quai ne l’a salué, puis le brouillard est venu.",
	"es": "El barco salió al mediodía, como lo hace desde hace sesenta años. Nadie en el muelle lo saludó, y después llegó la niebla.",
	"pt": "A balsa partiu ao meio-dia, como faz há sessenta anos. Ninguém no cais acenou para ela, e depois veio o nevoeiro, que não passou.",
	"it": "Il traghetto è partito a mezzogiorno, come fa da sessant’anni. Nessuno sul molo lo ha salutato, e poi è arrivata la nebbia.",
	"nl": "De veerboot vertrok om twaalf uur, zoals hij dat al zestig jaar doet. Niemand op de kade zwaaide, en toen kwam de mist.",
	"sv": "Färjan lade ut vid middagstid, som den har gjort i sextio år. Ingen på kajen vinkade till den, och sedan kom dimman.",
	"da": "Færgen sejlede ved middagstid, som den har gjort i tres år. Ingen på kajen vinkede til den, og så kom tågen, og den blev i tre dage.",
	"no": "Ferja dro ved middagstid, slik den har gjort i seksti år. Ingen på kaia vinket til den, og så kom tåka inn over fjorden etter at den var borte.",
	"fi": "Lautta lähti puolelta päivin, kuten se on tehnyt kuusikymmentä vuotta. Kukaan ei vilkuttanut sille, ja sitten tuli sumu, joka ei enää lähtenyt.",
	"pl": "Prom odpłynął w południe, jak robi to od sześćdziesięciu lat. Nikt na nabrzeżu mu nie pomachał, a potem przyszła mgła i nie było go już widać.",
	"cs": "Přívoz odplul v poledne, jak to dělá už šedesát let. Nikdo na nábřeží mu nezamával a potom přišla mlha, která se už nezvedla.",
	"hu": "A komp délben indult el, ahogy azt hatvan éve teszi. Senki sem integetett neki a parton, és aztán jött a köd, és nem is ment el.",
	"ro": "Feribotul a plecat la amiază, așa cum face de șaizeci de ani. Nimeni de pe chei nu i-a făcut cu mâna, și apoi a venit ceața.",
	"tr": "Vapur öğlen kalktı, altmış yıldır olduğu gibi. Rıhtımda kimse ona el sallamadı ve sonra sis geldi, ama bu kez daha çok sürdü.",
	"id": "Kapal itu berangkat pada tengah hari, seperti yang telah dilakukannya selama enam puluh tahun. Tidak ada yang melambai, dan kemudian kabut datang.",
	"ru": "Паром ушёл в полдень, как он делает это шестьдесят лет. Никто на причале ему не помахал, а потом пришёл туман.",
	"uk": "Пором відійшов опівдні, як він робить це вже шістдесят років. Ніхто на причалі йому не помахав, а потім прийшов туман із моря.",
	"be": "Паром адышоў апоўдні, як ён робіць гэта шэсцьдзясят гадоў. Ніхто на прычале яму не памахаў, а потым прыйшоў туман з мора.",
	"el": "Το πλοίο έφυγε το μεσημέρι, όπως κάνει εδώ και εξήντα χρόνια. Κανείς στην προβλήτα δεν το χαιρέτησε, και μετά ήρθε η ομίχλη.",
	"ar": "غادرت العبارة في منتصف النهار كما تفعل منذ ستين عاما. لم يلوح لها أحد على الرصيف، ثم جاء الضباب من البحر.",
	"fa": "کشتی ظهر حرکت کرد، همان\u200cطور که شصت سال است این کار را می\u200cکند. هیچ\u200cکس از اسکله برایش دست تکان نداد و بعد مه آمد که گویی پایان نداشت.",
	"ja": "渡し船は六十年来そうしてきたように正午に出た。岸壁では誰も手を振らず、やがて霧が来た。",
	"zh": "渡轮中午开走了，六十年来一直如此。码头上没有人向它挥手，后来起雾了。",
	"ko": "배는 육십 년 동안 그래 왔듯이 정오에 떠났다. 부두에서는 아무도 손을 흔들지 않았고, 이내 안개가 꼈다.",
	"hi": "नाव साठ साल से जैसे जाती है, वैसे ही दोपहर में चली गई। घाट पर किसी ने हाथ नहीं हिलाया, और फिर कोहरा आ गया।",
	"vi": "Chiếc phà rời bến vào buổi trưa, như nó đã làm trong sáu mươi năm. Không một người nào vẫy tay, và khi đó sương mù từ biển tràn vào.",
	"sw": "Meli iliondoka saa sita mchana, kama ilivyo kwa miaka sitini. Hakuna mtu aliyepunga mkono katika bandari, na baada ya hapo ukungu wa bahari ulikuja.",
	"tl": "Umalis ang bangka sa tanghali, gaya ng ginagawa nito sa loob ng animnapung taon. Walang kumaway sa pantalan, at dumating ang hamog na hindi na umalis.",
	"th": "เรือข้ามฟากออกตอนเที่ยงอย่างที่เป็นมาหกสิบปี ไม่มีใครบนท่าเรือโบกมือให้ แล้วหมอกก็มา",
	"he": "המעבורת יצאה בצהריים, כפי שהיא עושה כבר שישים שנה. איש על הרציף לא נופף לה, ואז בא הערפל.",
}

// TestLanguage: the language of a text is told, once as it is and once among residue.
func TestLanguage(t *testing.T) {
	for want, text := range languageTexts {
		for _, in := range []string{text, strings.Repeat(text+"\n\n", 3), "Menu\nFacebook\n\n" + strings.Repeat(text+"\n", 4)} {
			res, err := standard().Text(t.Context(), in)
			if err != nil {
				t.Fatal(err)
			}
			if res.Language != want {
				t.Errorf("%s is told for %s: %.60s", res.Language, want, in)
			}
		}
	}
	for _, none := range []string{"", "4711", "...", "Xyz", "Qwrt zxcv bnmp lkjh gfds poiu", "| - |"} {
		res, err := standard().Text(t.Context(), none)
		if err != nil || res.Language != "" {
			t.Errorf("%q is of language %q, %v", none, res.Language, err)
		}
	}
}

// TestPageLanguage: a page is of the language that it says.
func TestPageLanguage(t *testing.T) {
	res, err := standard().HTML(t.Context(), strings.NewReader("<html lang=pt-BR><body><p>"+languageTexts["en"]), nil)
	if err != nil || res.Language != "pt-BR" {
		t.Errorf("%q, %v", res.Language, err)
	}
}
