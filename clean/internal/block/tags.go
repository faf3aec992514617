package block

import "golang.org/x/net/html/atom"

// A tag is an element name as a small number, for tables by tag.
type tag uint8

const (
	tOther tag = iota
	tA
	tP
	tDiv
	tSpan
	tLi
	tUl
	tOl
	tH1
	tH2
	tH3
	tH4 // h4 to h6
	tTd
	tTh
	tTr
	tTable
	tArticle
	tMain
	tSection
	tAside
	tNav
	tHeader
	tFooter
	tFigure
	tFigcaption
	tForm
	tButton
	tLabel
	tBlockquote
	tPre
	tDt
	tDd
	tDl
	tBold
	tEm
	tTime
	tAddress
	tDetails
	tSummary
	tDialog
	tBody
	tBr
	tCode
	tNoscript
	tHr
	tFont
	tCaption
	tImg
	tOption
	tCustom
	tagCount
)

// flags are facts about an element that hold for everything inside it, too.
type flags uint32

const (
	fLink flags = 1 << iota
	fBold
	fButton
	fHeading
	fPre
	fHidden    // display:none, hidden, aria-hidden, screen-reader classes
	fInvisible // off-screen, zero size, same colour: never meant to be seen
	fNoscript
	fItem
	fTable
	fQuote
	fFigure
	fCaption
	fForm
	fList
	fDl
	fCode
	fTime
	fFold // closed part of an accordion or tab
	fKept // a rule keeps it
	fRoot // it is what Options.Root found

	// Only about the element itself.
	fBlock // starts and ends a block
	fSkip  // its content is never text of the page
	fVoidBreak
	fAwaited // hidden, and something is likely to show it
)

// ownFlags are not inherited.
const ownFlags = fBlock | fSkip | fVoidBreak | fAwaited

type tagInfo struct {
	tag   tag
	flags flags
}

// infoOf says what is known about an element by its tag alone.
func infoOf(a atom.Atom) tagInfo {
	i := infoSlot(a)
	for infos[i].atom != a && infos[i].used {
		i = (i + 1) % len(infos)
	}
	return infos[i].info // that of a free place is tOther's
}

// infos are what infoOf knows, by a hash of the atoms, open addressing.
var infos = func() (t [1 << infoBits]struct {
	atom atom.Atom
	used bool
	info tagInfo
}) {
	for _, l := range infoLists {
		for _, a := range l.atoms {
			i := infoSlot(a)
			for t[i].used {
				i = (i + 1) % len(t)
			}
			t[i].atom, t[i].used, t[i].info = a, true, l.info
		}
	}
	return t
}()

const infoBits = 9

// infoSlot is a hash, multiplicative (Knuth).
func infoSlot(a atom.Atom) int { return int(uint32(a) * 0x9E3779B1 >> (32 - infoBits)) }

var infoLists = [...]struct {
	info  tagInfo
	atoms []atom.Atom
}{
	{tagInfo{tA, 0}, []atom.Atom{atom.A}},
	{tagInfo{tP, fBlock}, []atom.Atom{atom.P}},
	{tagInfo{tDiv, fBlock}, []atom.Atom{atom.Div}},
	{tagInfo{tSpan, 0}, []atom.Atom{atom.Span}},
	{tagInfo{tLi, fBlock | fItem}, []atom.Atom{atom.Li}},
	{tagInfo{tUl, fBlock | fList}, []atom.Atom{atom.Ul, atom.Menu, atom.Dir}},
	{tagInfo{tOl, fBlock | fList}, []atom.Atom{atom.Ol}},
	{tagInfo{tH1, fBlock | fHeading}, []atom.Atom{atom.H1}},
	{tagInfo{tH2, fBlock | fHeading}, []atom.Atom{atom.H2}},
	{tagInfo{tH3, fBlock | fHeading}, []atom.Atom{atom.H3}},
	{tagInfo{tH4, fBlock | fHeading}, []atom.Atom{atom.H4, atom.H5, atom.H6}},
	{tagInfo{tTd, fBlock | fTable}, []atom.Atom{atom.Td}},
	{tagInfo{tTh, fBlock | fTable}, []atom.Atom{atom.Th}},
	{tagInfo{tTr, fBlock | fTable}, []atom.Atom{atom.Tr}},
	{tagInfo{tTable, fBlock | fTable}, []atom.Atom{atom.Table, atom.Tbody, atom.Thead, atom.Tfoot, atom.Colgroup}},
	{tagInfo{tCaption, fBlock | fTable}, []atom.Atom{atom.Caption}},
	{tagInfo{tArticle, fBlock}, []atom.Atom{atom.Article}},
	{tagInfo{tMain, fBlock}, []atom.Atom{atom.Main}},
	{tagInfo{tSection, fBlock}, []atom.Atom{atom.Section, atom.Hgroup, atom.Search}},
	{tagInfo{tAside, fBlock}, []atom.Atom{atom.Aside}},
	{tagInfo{tNav, fBlock}, []atom.Atom{atom.Nav}},
	{tagInfo{tHeader, fBlock}, []atom.Atom{atom.Header}},
	{tagInfo{tFooter, fBlock}, []atom.Atom{atom.Footer}},
	{tagInfo{tFigure, fBlock | fFigure}, []atom.Atom{atom.Figure}},
	{tagInfo{tFigcaption, fBlock | fFigure | fCaption}, []atom.Atom{atom.Figcaption}},
	{tagInfo{tForm, fBlock | fForm}, []atom.Atom{atom.Form, atom.Fieldset, atom.Legend}},
	{tagInfo{tButton, fBlock | fButton}, []atom.Atom{atom.Button}},
	{tagInfo{tLabel, fButton}, []atom.Atom{atom.Label}},
	{tagInfo{tBlockquote, fBlock | fQuote}, []atom.Atom{atom.Blockquote}},
	{tagInfo{tPre, fBlock | fPre | fCode}, []atom.Atom{atom.Pre, atom.Listing, atom.Xmp, atom.Plaintext}},
	{tagInfo{tDt, fBlock | fDl}, []atom.Atom{atom.Dt}},
	{tagInfo{tDd, fBlock | fDl}, []atom.Atom{atom.Dd}},
	{tagInfo{tDl, fBlock | fDl}, []atom.Atom{atom.Dl}},
	{tagInfo{tBold, fBold}, []atom.Atom{atom.B, atom.Strong}},
	{tagInfo{tEm, 0}, []atom.Atom{atom.Em, atom.I}},
	{tagInfo{tTime, fTime}, []atom.Atom{atom.Time}},
	{tagInfo{tAddress, fBlock}, []atom.Atom{atom.Address}},
	{tagInfo{tDetails, fBlock}, []atom.Atom{atom.Details}},
	{tagInfo{tSummary, fBlock}, []atom.Atom{atom.Summary}},
	{tagInfo{tDialog, fBlock}, []atom.Atom{atom.Dialog}},
	{tagInfo{tBody, fBlock}, []atom.Atom{atom.Body, atom.Html, atom.Frameset, atom.Center}},
	{tagInfo{tBr, fVoidBreak}, []atom.Atom{atom.Br}},
	{tagInfo{tHr, fBlock}, []atom.Atom{atom.Hr}},
	{tagInfo{tCode, fCode}, []atom.Atom{atom.Code, atom.Kbd, atom.Samp, atom.Tt}},
	{tagInfo{tNoscript, fBlock | fNoscript}, []atom.Atom{atom.Noscript}},
	{tagInfo{tFont, 0}, []atom.Atom{atom.Font}},
	{tagInfo{tImg, 0}, []atom.Atom{atom.Img, atom.Picture, atom.Source}},
	{tagInfo{tOther, fSkip}, []atom.Atom{atom.Script, atom.Style, atom.Template, atom.Svg, atom.Iframe, atom.Select, atom.Textarea, atom.Video, atom.Audio, atom.Canvas, atom.Object, atom.Embed, atom.Head, atom.Title, atom.Meta, atom.Link, atom.Datalist, atom.Noframes, atom.Noembed, atom.Applet, atom.Map, atom.Progress, atom.Meter, atom.AnnotationXml, atom.Annotation, atom.Rt, atom.Rp, atom.Rtc}},
	{tagInfo{tCustom, 0}, []atom.Atom{0}},
}
