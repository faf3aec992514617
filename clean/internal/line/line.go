// Package line cleans lines: the pieces of a flattened text, and what the blocks of a
// page become.
//
//	Split     cuts a text into lines, one for each piece of it (inspect; package piece)
//	Clean     runs the steps that mark, on a text until nothing changes:
//	screen    of a text: clears plain prose, at which no rule need look
//	classify  marks what rules and the lines' own shape call residue (shape, icon,
//	          invisible, markup)
//	sure      of a text: marks what is certain, and what belongs to it (sure_credit,
//	          sure_promo, sure_edge, sure_title)
//	context   of a page: marks what place and neighbours call residue
//	dedupe    marks second copies
//	judge     of a text: asks a trained model (package piece), but for code (code, listing),
//	          and explain for its reasons
//	recur     of a text: asks a second model about what other texts of its site hold
//	Join      writes what is left
//	language  tells what language a text is in
//
// All of them work in a [Memory], one for an input. Steps mark pieces of lines as
// [Cut]; only Join leaves them out. The words of this package:
//
//	flattened  text of which no markup is known
//	glued      of a line: it goes on where the line before ends
//	lead       of a glued line: white space and dividers that part it from the one before
//	zone       the lines of a page from the first paragraphs to the last ones
//	prose      a line that reads like a paragraph
//	named      of a line: a rule finds it; pending: found, but the rule needs
//	           the right place or neighbours
//	consent    how sure the model must be before a rule acts in flattened text
package line

import (
	"slices"

	"github.com/winnowtext/winnow/clean/internal/rules"
)

// Role is what markup said a line is.
type Role uint8

// Roles of lines. Plain lines come from flattened text, where nothing is known.
const (
	Plain Role = iota
	Para
	Heading
	Item
	Row
	Code
	Quote
)

// A Line is a line of a page, or a piece of flattened text, which may have line breaks
// in it where a paragraph was wrapped.
type Line struct {
	Text   string
	Prefix string // written before what is left of the line, such as "- "
	Blank  int    // blank lines before it
	Cuts   []Cut
	Rule   string // the rule that says it stays, "" if none does
	Why    *Why   // what the model said of it, when that was asked for
	// P is the block model's probability that the line belongs to the
	// article, -1 when there is none.
	P    float32
	Role Role
	Sure bool // markup says that it belongs to the article
	// Glued says that it goes on where the line before ends: both are pieces of
	// one line of the input.
	Glued bool
	lead  int32 // bytes before the piece proper: white space, dividers

	// Small fields lie side by side: a page may have a million lines.
	state   state
	late    bool // cuts of a later pass are not yet in order
	between bool // it goes since it stands between what goes
	clear   bool // see screen
	shape
	traits  traits          // of its characters, as far as they are known
	code    look            // see codeLook
	consent uint8           // of the model that a rule needs which dropped the line
	pending *rules.LineRule // it found the line, but needs the right place or neighbours
	known   uint64          // the languages with which an earlier pass found nothing sure; 0: not judged yet
}

// A Cut is a piece of a line that goes.
type Cut struct {
	Start, End int // bytes of Line.Text
	Kind       rules.Kind
	Rule       string
	Step       string  // the step that found it
	Keep, Mark bool    // a policy lets it stay, with or without its kind in front
	P          float32 // the model's probability that it is content, 0 when not asked
	Why        *Why    // its reasons, when they were asked for
}

type state uint8

const (
	open    state = iota // nothing is known yet
	kept                 // a rule says that it stays
	dropped              // the whole line goes
	trimmed              // pieces of it go
)

// Dropped reports whether nothing of the line is left.
func (l *Line) Dropped() bool { return l.state == dropped }

func (l *Line) drop(kind rules.Kind, rule, step string) {
	l.state, l.consent, l.between = dropped, noConsent, false
	l.Cuts = append(l.Cuts[:0], Cut{Start: 0, End: len(l.Text), Kind: kind, Rule: rule, Step: step})
}

// Drop drops the line, whatever rules say.
func (l *Line) Drop(kind rules.Kind, rule, step string) { l.drop(kind, rule, step) }

// dropBy drops the line by a rule.
func (l *Line) dropBy(r *rules.LineRule, step string, consent uint8) {
	l.drop(r.Kind, r.ID, step)
	if !r.User {
		l.consent = consent
	}
}

func (l *Line) cut(start, end int, r *rules.LineRule, step string) {
	l.state = trimmed
	l.insert(Cut{Start: start, End: end, Kind: r.Kind, Rule: r.ID, Step: step})
}

// touches reports whether a cut touches a piece.
func (l *Line) touches(start, end int) bool {
	i, _ := slices.BinarySearchFunc(l.Cuts, end, func(c Cut, at int) int { return c.Start - at })
	return i > 0 && l.Cuts[i-1].End > start
}

// insert puts a cut at its place: cuts are in order and do not overlap.
func (l *Line) insert(c Cut) {
	if n := len(l.Cuts); n == 0 || l.Cuts[n-1].Start <= c.Start {
		l.Cuts = append(l.Cuts, c)
		return
	}
	i, _ := slices.BinarySearchFunc(l.Cuts, c.Start, func(a Cut, at int) int { return a.Start - at })
	l.Cuts = slices.Insert(l.Cuts, i, c)
}

// Stay keeps the line, whatever other rules say.
func (l *Line) Stay(rule string) { l.state, l.Rule = kept, rule }

// Hold notes a piece that an earlier step left out and a policy lets stay: the
// line is not judged again.
func (l *Line) Hold(c Cut) {
	c.Keep = true
	l.state = kept
	l.Cuts = append(l.Cuts, c)
}
