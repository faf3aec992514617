package block

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/winnowtext/winnow/clean/internal/chars"
)

// What stands beside an article and belongs to other texts: threads of comments, posts
// and teasers, what is said about the author. On pages of other types, see Hints.Other,
// the same shapes are the text.

// keptProse is how many bytes of paragraphs are kept.
func keptProse(d *Doc) (n int32) {
	d.pass()
	for i := range d.Blocks {
		if b := &d.Blocks[i]; b.Keep && b.prose() {
			n += b.End - b.Start
		}
	}
	return n
}

// articleBytes is how much prose makes an article that something may stand beside.
const articleBytes = 300

// threadWords open the heading of a thread, alone or behind a number.
var threadWords = namesIn(`comment comments response responses reply replies
	kommentar kommentare kommentarer kommentit antworten leserkommentare
	commentaire commentaires réponses réactions comentario comentarios respuestas comentário comentários
	commenti commento reacties reactie svar komentarz komentarze komentarzy komentáře komentář
	комментарий комментарии комментария комментариев коментарі σχόλια σχόλιο yorum yorumlar
	评论 留言 評論 コメント 댓글`)

// aboutAuthor are headings of what is said about the author.
var aboutAuthor = namesIn(`abouttheauthor abouttheauthors abouttheauthors: aboutauthor authorbio überdenautor überdieautorin zumautor zurautorin
	àproposdelauteur aproposdelauteur sobreelautor sobrelaautora sobreoautor sobreaautora informazionisullautore
	overdeauteur oautorze обавторе`)

// networks are what rows of buttons to share a page are made of.
var networks = namesIn(`facebook twitter x linkedin pinterest whatsapp telegram reddit email e mail tumblr flipboard pocket
	messenger mastodon bluesky threads xing line viber vk vkontakte google plus digg delicious stumbleupon
	share tweet print copy link instapaper skype buffer hackernews odnoklassniki`)

// A nameSet is a set of words in lower case. Most words that are looked for in one are
// turned away by their first byte.
type nameSet struct {
	names  map[string]bool
	starts [utf8.RuneSelf]bool // what names begin with, in either case
}

func namesIn(list string) *nameSet {
	set := &nameSet{names: map[string]bool{}}
	for _, w := range strings.Fields(list) {
		set.names[w] = true
		if c := w[0]; c < utf8.RuneSelf {
			set.starts[c] = true
			if 'a' <= c && c <= 'z' {
				set.starts[c&^0x20] = true
			}
		}
	}
	return set
}

// has reports whether a word is in the set, in whatever case.
func (s *nameSet) has(w string) bool {
	if w == "" || len(w) > maxName || w[0] < utf8.RuneSelf && !s.starts[w[0]] {
		return false
	}
	var buf [maxName]byte
	for i := range len(w) {
		c := w[i]
		if c >= utf8.RuneSelf {
			return s.names[strings.ToLower(w)]
		}
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		buf[i] = c
	}
	return s.names[string(buf[:len(w)])]
}

// maxName is more than the length of any name in a nameSet, in any case.
const maxName = 64

// noWord reports whether a character stands between words.
func noWord(r rune) bool {
	if r < utf8.RuneSelf {
		return class[r]&(cLetter|cDigit) == 0
	}
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
}

// shortLine is the longest block that the lists above are looked for in, in bytes.
const shortLine = 60

// dropThreads leaves out the threads of readers' comments that begin with a heading of
// their own, in an element of their own, behind an article.
func dropThreads(d *Doc) {
	prose := int32(0) // kept before
	d.pass()
	for i := range d.Blocks {
		b := &d.Blocks[i]
		size := b.End - b.Start
		if b.Keep && b.prose() {
			prose += size
		}
		if prose < articleBytes || size > shortLine || !opensThread(d.Text[b.Start:b.End]) {
			continue
		}
		e := b.Elem
		for e > 0 && d.Elems[e].First == int32(i) && d.Elems[e].End == int32(i)+1 {
			e = d.Elems[e].Parent
		}
		box := &d.Elems[e]
		if box.First != int32(i) || box.Tag == tBody || box.Tag == tMain || box.Tag == tArticle {
			continue // the article goes on around it
		}
		for j := box.First; j < box.End; j++ {
			if c := &d.Blocks[j]; c.Keep && !c.fixed() {
				c.leave("comment.thread").Kind = "comment"
			}
		}
	}
}

// Bounds of comments that are in boxes named so.
const (
	besideMargin = .2  // by which the mean probability of the article is above theirs
	besideMax    = .85 // the probability up to which they go
)

// dropComments leaves out comments that the model kept with less confidence than an
// article beside them: a thread many times as long as the article sets the threshold.
func dropComments(d *Doc) {
	if d.doubted {
		return // the odds were taken down already
	}
	var article, thread struct{ size, p float32 }
	d.pass()
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if !b.Keep {
			continue
		}
		of := &article
		if d.isComment(b) {
			of = &thread
		} else if !b.prose() {
			continue
		}
		size := float32(b.End - b.Start)
		of.size += size
		of.p += size * b.P
	}
	if thread.size == 0 || article.size < articleBytes || article.p/article.size < thread.p/thread.size+besideMargin {
		return
	}
	d.pass()
	for i := range d.Blocks {
		if b := &d.Blocks[i]; b.Keep && !b.fixed() && b.P < besideMax && d.isComment(b) {
			b.leave("comment.beside").Kind = "comment"
		}
	}
}

// opensThread reports whether text is a heading such as "Comments" or "5 responses".
func opensThread(text []byte) bool {
	numbered := false
	for n := 0; ; n++ {
		w, rest := nextWord(text)
		switch text = rest; {
		case w == nil:
			return n == 1 || numbered && n <= 3 && n > 0
		case w[0] >= '0' && w[0] <= '9':
			numbered = true
			n--
		case n == 0 && !threadWords.has(view(w)):
			return false
		}
	}
}

// nextWord cuts the first word of a text off; nil is none.
func nextWord(text []byte) (w, rest []byte) {
	from := -1
	for i := 0; i < len(text); {
		r, n := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRune(text[i:])
		}
		if noWord(r) {
			if from >= 0 {
				return text[from:i], text[i:]
			}
		} else if from < 0 {
			from = i
		}
		i += n
	}
	if from < 0 {
		return nil, nil
	}
	return text[from:], nil
}

// dropShareRows leaves out rows of nothing but names of networks.
func dropShareRows(d *Doc) {
	d.pass()
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if !b.Keep || b.fixed() || b.End-b.Start > shortLine || b.Role == Row || b.Role == Code {
			continue
		}
		n := 0
		for w, rest := nextWord(d.Text[b.Start:b.End]); w != nil; w, rest = nextWord(rest) {
			if n++; !networks.has(view(w)) {
				n = -1
				break
			}
		}
		if n > 1 {
			b.leave("share.row").Kind = "share"
		}
	}
}

// dropAbout leaves out what is said about the author below a heading that says so, at
// the end of the text.
func dropAbout(d *Doc) {
	d.leaveTail("bio.about", func(i, _ int) bool {
		b := &d.Blocks[i]
		return b.End-b.Start <= shortLine && aboutAuthor.names[chars.Glue(string(d.Text[b.Start:b.End]))]
	})
}

// leaveTail leaves out the end of the text, a few kept blocks, from the heading on that
// heads reports: it is asked from the last block backwards.
func (d *Doc) leaveTail(rule string, heads func(i, last int) bool) {
	const most = 4 // blocks
	last := len(d.Blocks) - 1
	for last >= 0 && !d.Blocks[last].Keep {
		last--
	}
	for i, n := last, 0; i > 0 && n <= most; i-- {
		if !d.Blocks[i].Keep {
			continue
		}
		n++
		if !heads(i, last) {
			continue
		}
		for j := i; j <= last; j++ {
			if c := &d.Blocks[j]; c.Keep && !c.fixed() {
				c.leave(rule).Kind = "bio"
			}
		}
		return
	}
}

// promoMost is the longest promo that is one link, in bytes.
const promoMost = 160

// dropPromos leaves out paragraphs that are one link, in capitals and without a stop,
// between the article's paragraphs.
func dropPromos(d *Doc) {
	d.pass()
	for i := 1; i < len(d.Blocks); i++ {
		b, prev := &d.Blocks[i], &d.Blocks[i-1]
		size := b.End - b.Start
		if !b.Keep || b.fixed() || b.Links != 1 || b.Link < size || size > promoMost || b.Flags&(fHeading|fItem|fTable) != 0 || !prev.prose() && prev.Rule != rulePromo {
			continue
		}
		if text := d.Text[b.Start:b.End]; capitals(text) {
			b.leave(rulePromo).Kind = "readmore"
		}
	}
}

// rulePromo is the rule id of what dropPromos drops.
const rulePromo = "promo.link"

// capitals reports whether text is four words and more in capitals.
func capitals(text []byte) bool {
	if bytes.Count(text, []byte{' '}) < 3 {
		return false
	}
	upper := 0
	for _, r := range string(text) {
		switch {
		case unicode.IsLower(r):
			return false
		case unicode.IsUpper(r):
			upper++
		}
	}
	return upper >= 12
}

// Bounds of other pieces beside an article.
const (
	othersMin   = 3  // siblings of one shape
	otherBlocks = 12 // of each, at most
)

// dropOthers leaves out siblings of one shape that stand outside of the element with most
// of the text, each with a title that is a link: other pieces, on the page of one whose
// title stands in a heading.
func dropOthers(d *Doc, title string) {
	key := chars.Glue(title)
	if key == "" {
		return
	}
	headed := false
	d.pass()
	for i := range d.Blocks {
		b := &d.Blocks[i]
		headed = headed || b.Flags&fHeading != 0 && b.Link*2 < b.End-b.Start && chars.GluesTo(d.Text[b.Start:b.End], key)
	}
	total := keptProse(d)
	if !headed || total < articleBytes {
		return
	}
	many := d.manyBlocks()
	d.clock.Spend(passUnits * len(many))
	for _, e := range many {
		if el := &d.Elems[e]; e > 0 && el.End-el.First >= othersMin && el.Flags&fItem == 0 {
			d.others(e, total)
		}
	}
}

// others leaves out the pieces that are children of element e.
func (d *Doc) others(e, total int32) {
	el := &d.Elems[e]
	n, kept, path := 0, int32(0), uint32(0)
	for at := el.First; at < el.End; {
		c := d.childOf(d.Blocks[at].Elem, e)
		if c < 0 {
			return // text of the element itself
		}
		child := &d.Elems[c]
		first := &d.Blocks[child.First]
		piece := child.End-child.First >= 2 && child.End-child.First <= otherBlocks && first.Link*10 >= (first.End-first.Start)*8 && first.Link > 0 && !d.pointsWithin(c) && d.Text[first.End-1] != '?'
		switch {
		case piece && (n == 0 || child.Path == path):
			path = child.Path
			n++
			for j := child.First; j < child.End; j++ {
				if b := &d.Blocks[j]; b.Keep {
					kept += b.End - b.Start
				}
			}
		case at == el.First && child.End == at+1: // the title of the box
		default:
			return
		}
		at = child.End
	}
	if n < othersMin || kept*2 > total {
		return
	}
	for j := el.First; j < el.End; j++ {
		if b := &d.Blocks[j]; b.Keep && !b.fixed() {
			b.leave("related.others").Kind = "related"
		}
	}
}

// childOf is the child of element e that is inner or near around it, -1 when there is none.
func (d *Doc) childOf(inner, e int32) int32 {
	const near = 8 // elements in between
	for range near {
		if inner <= e {
			return -1
		}
		if d.Elems[inner].Parent == e {
			return inner
		}
		inner = d.Elems[inner].Parent
	}
	return -1
}
