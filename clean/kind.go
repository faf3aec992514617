package clean

import "github.com/winnowtext/winnow/clean/internal/rules"

// Kind says what a piece of residue is: what [Decision] calls it, and what a
// policy ([Options.Policy]) goes by. Kinds are plain words: their constants
// are for compilers to check, and later versions may know more of them.
type Kind string

// Kinds of residue.
const (
	KindAd           Kind = "ad"          // advertisement labels and advertisements
	KindPaywall      Kind = "paywall"     // metering counters, subscription walls and offers
	KindNewsletter   Kind = "newsletter"  // newsletter and alert sign-up boxes
	KindCookie       Kind = "cookie"      // cookie and consent notices
	KindShare        Kind = "share"       // share and follow bars
	KindReadMore     Kind = "readmore"    // promos of one other piece, such as READ MORE: lines
	KindRelated      Kind = "related"     // lists and headlines of other pieces, trending boxes
	KindComment      Kind = "comment"     // comment threads, counters and prompts
	KindByline       Kind = "byline"      // author lines (the name goes to metadata)
	KindContributor  Kind = "contributor" // who contributed to the text, and the agencies it is from
	KindDate         Kind = "date"        // date and update lines (they go to metadata)
	KindCredit       Kind = "credit"      // agency tags and photo credits alone on their line
	KindCaption      Kind = "caption"     // captions of pictures and videos
	KindImageFile    Kind = "imgfile"     // image file names and screenshot names
	KindIcon         Kind = "icon"        // names of icons in sprites and icon fonts
	KindPlayer       Kind = "player"      // controls and notices of audio and video players
	KindTools        Kind = "tools"       // print, save, font size, listen and reading-time tools
	KindTags         Kind = "tags"        // topic and tag lists
	KindTOC          Kind = "toc"         // tables of contents
	KindBreadcrumb   Kind = "breadcrumb"  // paths to the page within its site
	KindNavigation   Kind = "nav"         // menus and links between pages
	KindSkip         Kind = "skip"        // skip links
	KindLogin        Kind = "login"       // sign-in and account prompts
	KindCallToAction Kind = "cta"         // calls to act: buttons and prompts
	KindFollow       Kind = "follow"      // calls to follow the publisher on a network or channel
	KindApp          Kind = "app"         // calls to get an app
	KindPoll         Kind = "poll"        // polls and their forms
	KindBio          Kind = "bio"         // author descriptions around an article
	KindAffiliate    Kind = "affiliate"   // affiliate disclosures and shop links
	KindCopyright    Kind = "copyright"   // copyright and rights lines
	KindLegal        Kind = "legal"       // terms, disclaimers and imprint
	KindDonate       Kind = "donate"      // appeals for donations
	KindRating       Kind = "rating"      // rating and was-this-helpful widgets
	KindJavaScript   Kind = "js"          // notices about JavaScript, browsers and loading
	KindPopup        Kind = "popup"       // dialogs and overlays
	KindSidebar      Kind = "sidebar"     // side columns
	KindHeader       Kind = "header"      // the site's header
	KindFooter       Kind = "footer"      // the site's footer
	KindHidden       Kind = "hidden"      // text a reader would not see
	KindDuplicate    Kind = "duplicate"   // a second copy of text already in the article
	KindStandfirst   Kind = "standfirst"  // the lead between headline and text, which stays unless a policy drops it
	KindTitle        Kind = "title"       // the title, which is metadata in HTML input
	KindBoilerplate  Kind = "boilerplate" // the classifier's verdict when nothing more precise is known
)

// Kinds returns every kind with a sentence about it, in the order of documentation.
func Kinds() []KindInfo {
	infos := make([]KindInfo, len(rules.Kinds))
	for i, k := range rules.Kinds {
		infos[i] = KindInfo{Kind(k.Name), k.About}
	}
	return infos
}

// KindInfo describes a kind of residue.
type KindInfo struct {
	Kind  Kind
	About string // a sentence without its full stop
}
