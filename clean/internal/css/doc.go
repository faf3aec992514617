// Package css reads as much of style sheets as tells whether text can be seen.
//
//	value.go    numbers, lengths, sums of them
//	color.go    colours
//	style.go    declarations: what is said of an element
//	move.go     transforms and clips
//	sheet.go    the style elements of a page and their rules
//	scan.go     which declarations of them may hide, at a glance
//	media.go    whether a rule is for this window
//	selector.go selectors: read, matched
//
// A page is seen in a window of 1280 by 800 pixels, as most of its readers have it,
// with no key pressed and no pointer over it. What cannot be told says nothing: rules
// with selectors that are not known, values of variables, sheets that are not in the page.
package css

// The window, in pixels.
const (
	Width  = 1280.
	Height = 800.
)
