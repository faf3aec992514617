package clean

import (
	"context"
	"encoding/json"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"
)

// discussed is an article in front of a discussion.
const discussed = `<!doctype html><html lang=en><head><title>The quay at Corran is to be repaired</title></head><body><article><h1>The quay at Corran is to be repaired</h1>
<p>The harbour board met on Tuesday evening and agreed to repair the northern quay before the winter, with money that the council had set aside for a second crane.</p>
<p>Work begins in the first week of October and will close the slipway to visitors for a month, the harbour master said, while the ferry goes from the old pier instead.</p>
<p>Boats that lie at the quay now will be moved to the inner basin, where the board has rented forty places from the sailing club until the end of November.</p>
<p>The crane, which was to be bought this year, comes a year later. The board called that a pity, but the wall of the quay had moved by a hand's width since the spring.</p></article>`

// TestComments: discussions of several makers of pages come out as comments with
// author, date, text and depth, and not in the text.
func TestComments(t *testing.T) {
	day := func(d int) time.Time { return time.Date(2024, 5, d, 0, 0, 0, 0, time.UTC) }
	at := func(d, hour int) time.Time { return time.Date(2024, 5, d, hour, 15, 0, 0, time.UTC) }
	c, err := New(Options{Comments: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name, page string
		want       []Comment
	}{
		{"WordPress", `<div id=comments class=comments-area><h2>2 thoughts on the quay</h2><ol class=comment-list>
<li id=comment-11 class="comment even depth-1"><article id=div-comment-11 class=comment-body><footer class=comment-meta><div class="comment-author vcard"><img class=avatar src=a.png><b class=fn>Ana Reed</b> <span class=says>says:</span></div>
<div class=comment-metadata><a href=#comment-11><time datetime="2024-05-03T08:15:00+00:00">May 3, 2024 at 8:15 am</time></a></div></footer><div class=comment-content><p>At last.<br>Who pays?</p><p>Not us, I hope.</p></div><div class=reply><a>Reply</a></div></article>
<ol class=children><li id=comment-12 class="comment odd depth-2"><article id=div-comment-12 class=comment-body><footer class=comment-meta><div class="comment-author vcard"><b class=fn>Board</b></div><time datetime="2024-05-04T08:15:00+00:00">May 4</time></footer><div class=comment-content><p>The council.</p></div></article></li></ol></li></ol>
<div id=respond class=comment-respond><form id=commentform><p class=comment-form-comment><label>Comment</label><textarea></textarea></p></form></div></div>`,
			[]Comment{{"Ana Reed", at(3, 8), "At last.\nWho pays?\nNot us, I hope.", 0}, {"Board", at(4, 8), "The council.", 1}}},
		{"rows that are moved to the right", `<table class=comment-tree>
<tr class="athing comtr" id=77><td><table><tr><td class=ind indent=0><img src=s.gif width=0></td><td class=votelinks><a>▲</a></td><td class=default><div><span class=comhead><a class=hnuser>reed</a> <span class=age title="2024-05-03T08:15:00"><a>1 day ago</a></span> <span class=navs>| next [–]</span></span></div><div class=comment><div class="commtext c00">At last.<p>Who pays?</div><div class=reply><a>reply</a></div></div></td></tr></table></td></tr>
<tr class="athing comtr" id=78><td><table><tr><td class=ind indent=1><img src=s.gif width=40></td><td class=default><div><span class=comhead><a class=hnuser>board</a> <span class=age title="2024-05-04T08:15:00"><a>1 day ago</a></span></span></div><div class=comment><div class="commtext c00">The council.</div></div></td></tr></table></td></tr></table>`,
			[]Comment{{"reed", at(3, 8), "At last.\nWho pays?", 0}, {"board", at(4, 8), "The council.", 1}}},
		{"microdata", `<section class=discussion><div itemprop=comment itemscope itemtype="https://schema.org/Comment"><span itemprop=author itemscope><span itemprop=name>Ana Reed</span></span> <meta itemprop=dateCreated content=2024-05-03><p itemprop=text>At last.</p>
<div itemprop=comment itemscope itemtype="https://schema.org/Comment"><span itemprop=author>Board</span><p itemprop=text>The council.</p></div></div></section>`,
			[]Comment{{"Ana Reed", day(3), "At last.", 0}, {"Board", time.Time{}, "The council.", 1}}},
		{"things in forms", `<div class=commentarea><div class=sitetable><div class="thing comment" data-author=reed><div class=entry><p class=tagline><a class="author">reed</a> <time datetime="2024-05-03T08:15:00+00:00">1 day ago</time></p><form class=usertext><div class=usertext-body><div class=md><p>At last.</p></div></div></form><ul class="flat-list buttons"><li><a>reply</a></li></ul></div>
<div class=child><div class=sitetable><div class="thing comment"><div class=entry><p class=tagline><a class=author>board</a></p><form class=usertext><div class=usertext-body><div class=md><p>The council.</p></div></div></form></div></div></div></div></div></div></div>`,
			[]Comment{{"reed", at(3, 8), "At last.", 0}, {"board", time.Time{}, "The council.", 1}}},
		{"without names of parts", `<div class=comments><h3>Comments</h3><div class=comment><strong class=username>Ana Reed</strong> <span class=date>3 May 2024</span><p>At last.</p><a class=reply-link>Reply</a></div><div class=comment><p>Nobody said this.</p></div></div>`,
			[]Comment{{"Ana Reed", day(3), "At last.", 0}}},
		{"none", `<p class=comment-count>No comments</p>`, nil},
	} {
		u, _ := url.Parse("https://isle.example/quay")
		page := discussed + test.page + "</body></html>"
		res, err := c.HTML(context.Background(), strings.NewReader(page), u)
		if err != nil {
			t.Fatal(err)
		}
		for i := range res.Comments {
			res.Comments[i].Published = res.Comments[i].Published.UTC()
		}
		if !reflect.DeepEqual(res.Comments, test.want) {
			t.Errorf("%s: comments are\n%+v\nnot\n%+v", test.name, res.Comments, test.want)
		}
		if strings.Contains(res.Text, "At last") || !strings.Contains(res.Text, "The crane") {
			t.Errorf("%s: text is\n%s", test.name, res.Text)
		}
		plain, err := standard().HTML(context.Background(), strings.NewReader(page), u)
		if err != nil {
			t.Fatal(err)
		}
		if plain.Comments != nil || plain.Text != res.Text {
			t.Errorf("%s: without comments the text is\n%s", test.name, plain.Text)
		}
		data, err := json.Marshal(res)
		if err != nil {
			t.Fatal(err)
		}
		var again Result
		if err := json.Unmarshal(data, &again); err != nil {
			t.Fatal(err)
		}
		if len(again.Comments) != len(res.Comments) {
			t.Errorf("%s: %s has %d comments", test.name, data, len(again.Comments))
		}
		for i := range again.Comments {
			if a, b := again.Comments[i], res.Comments[i]; a.Author != b.Author || !a.Published.Equal(b.Published) || a.Text != b.Text || a.Depth != b.Depth {
				t.Errorf("%s: %+v is read as %+v", test.name, b, a)
			}
		}
	}
}

// TestCommentsOfThread: where the posts are the text, they are no comments on it.
func TestCommentsOfThread(t *testing.T) {
	c, err := New(Options{Comments: true})
	if err != nil {
		t.Fatal(err)
	}
	page := strings.NewReplacer("<article>", `<div class=comment id=comment-1><span class=author>Ana Reed</span><div class=comment-content>`, "</article>", "</div></div>").Replace(discussed)
	res, err := c.HTML(context.Background(), strings.NewReader(page), nil)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(res.Text, "harbour board") == (len(res.Comments) > 0) {
		t.Errorf("text\n%s\ncomments %+v", res.Text, res.Comments)
	}
}
