// Package rules holds what is known about residue: its kinds and the rules
// that find it, as data with examples. See docs/rules.md for the format.
//
// A line rule is a set of forms: sequences of words and placeholders, kept in
// two tries, from their beginning and from their end. Scan cuts a line into
// tokens, and Match, Cut, CutInside and CutSkimmed look up what the rules say of
// the whole line, of its ends and of what lies between. The words of this package:
//
//	form       one way to say what a rule finds; shape: how much of a line it takes
//	token      a word, a number or a character of a script without spaces
//	glued      of a token: nothing stands between it and the one before
//	label      a line of a rule that may stand beside others on one line
//	list       words with something in common, a bit each in a mask
//	skim       to read only the ends of a long line, and count what lies between
//	invisible  of a character: it leaves no trace on paper
package rules

// A Kind names what a piece of residue is.
type Kind string

// Kinds is every kind with a sentence about it, in the order of documentation.
var Kinds = []struct {
	Name  Kind
	About string
}{
	{"ad", "advertisement labels and advertisements"},
	{"paywall", "metering counters, subscription walls and offers"},
	{"newsletter", "newsletter and alert sign-up boxes"},
	{"cookie", "cookie and consent notices"},
	{"share", "share and follow bars"},
	{"readmore", "promos of one other piece, such as READ MORE: lines"},
	{"related", "lists and headlines of other pieces, trending boxes"},
	{"comment", "comment threads, counters and prompts"},
	{"byline", "author lines (the name goes to metadata)"},
	{"contributor", "who contributed to the text, and the agencies it is from"},
	{"date", "date and update lines (they go to metadata)"},
	{"credit", "agency tags and photo credits alone on their line"},
	{"caption", "captions of pictures and videos"},
	{"imgfile", "image file names and screenshot names"},
	{"icon", "names of icons in sprites and icon fonts"},
	{"player", "controls and notices of audio and video players"},
	{"tools", "print, save, font size, listen and reading-time tools"},
	{"tags", "topic and tag lists"},
	{"toc", "tables of contents"},
	{"breadcrumb", "paths to the page within its site"},
	{"nav", "menus and links between pages"},
	{"skip", "skip links"},
	{"login", "sign-in and account prompts"},
	{"cta", "calls to act: buttons and prompts"},
	{"follow", "calls to follow the publisher on a network or channel"},
	{"app", "calls to get an app"},
	{"poll", "polls and their forms"},
	{"bio", "author descriptions around an article"},
	{"affiliate", "affiliate disclosures and shop links"},
	{"copyright", "copyright and rights lines"},
	{"legal", "terms, disclaimers and imprint"},
	{"donate", "appeals for donations"},
	{"rating", "rating and was-this-helpful widgets"},
	{"js", "notices about JavaScript, browsers and loading"},
	{"popup", "dialogs and overlays"},
	{"sidebar", "side columns"},
	{"header", "the site's header"},
	{"footer", "the site's footer"},
	{"hidden", "text a reader would not see"},
	{"duplicate", "a second copy of text already in the article"},
	{"standfirst", "the lead between headline and text, which stays unless a policy drops it"},
	{"title", "the title, which is metadata in HTML input"},
	{"boilerplate", "the classifier's verdict when nothing more precise is known"},
}

// Known reports whether a kind of that name exists.
func Known(k Kind) bool {
	for _, known := range Kinds {
		if known.Name == k {
			return true
		}
	}
	return false
}
