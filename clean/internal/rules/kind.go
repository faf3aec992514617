// Package rules holds what is known about residue: its kinds and the rules
// that find it, as data with examples. See data/README.md for the format.
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
	{"cta", "calls to act: buttons, app and follow prompts"},
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
	{"title", "the title, which is metadata in HTML input"},
	{"boilerplate", "the classifier's verdict when nothing more precise is known"},
}

// Known tells whether a kind of that name exists.
func Known(k Kind) bool {
	for _, known := range Kinds {
		if known.Name == k {
			return true
		}
	}
	return false
}
