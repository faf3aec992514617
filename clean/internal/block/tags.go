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
	switch a {
	case atom.A:
		return tagInfo{tA, 0}
	case atom.P:
		return tagInfo{tP, fBlock}
	case atom.Div:
		return tagInfo{tDiv, fBlock}
	case atom.Span:
		return tagInfo{tSpan, 0}
	case atom.Li:
		return tagInfo{tLi, fBlock | fItem}
	case atom.Ul, atom.Menu, atom.Dir:
		return tagInfo{tUl, fBlock | fList}
	case atom.Ol:
		return tagInfo{tOl, fBlock | fList}
	case atom.H1:
		return tagInfo{tH1, fBlock | fHeading}
	case atom.H2:
		return tagInfo{tH2, fBlock | fHeading}
	case atom.H3:
		return tagInfo{tH3, fBlock | fHeading}
	case atom.H4, atom.H5, atom.H6:
		return tagInfo{tH4, fBlock | fHeading}
	case atom.Td:
		return tagInfo{tTd, fBlock | fTable}
	case atom.Th:
		return tagInfo{tTh, fBlock | fTable}
	case atom.Tr:
		return tagInfo{tTr, fBlock | fTable}
	case atom.Table, atom.Tbody, atom.Thead, atom.Tfoot, atom.Colgroup:
		return tagInfo{tTable, fBlock | fTable}
	case atom.Caption:
		return tagInfo{tCaption, fBlock | fTable}
	case atom.Article:
		return tagInfo{tArticle, fBlock}
	case atom.Main:
		return tagInfo{tMain, fBlock}
	case atom.Section, atom.Hgroup, atom.Search:
		return tagInfo{tSection, fBlock}
	case atom.Aside:
		return tagInfo{tAside, fBlock}
	case atom.Nav:
		return tagInfo{tNav, fBlock}
	case atom.Header:
		return tagInfo{tHeader, fBlock}
	case atom.Footer:
		return tagInfo{tFooter, fBlock}
	case atom.Figure:
		return tagInfo{tFigure, fBlock | fFigure}
	case atom.Figcaption:
		return tagInfo{tFigcaption, fBlock | fFigure | fCaption}
	case atom.Form, atom.Fieldset, atom.Legend:
		return tagInfo{tForm, fBlock | fForm}
	case atom.Button:
		return tagInfo{tButton, fBlock | fButton}
	case atom.Label:
		return tagInfo{tLabel, fButton}
	case atom.Blockquote:
		return tagInfo{tBlockquote, fBlock | fQuote}
	case atom.Pre, atom.Listing, atom.Xmp, atom.Plaintext:
		return tagInfo{tPre, fBlock | fPre | fCode}
	case atom.Dt:
		return tagInfo{tDt, fBlock | fDl}
	case atom.Dd:
		return tagInfo{tDd, fBlock | fDl}
	case atom.Dl:
		return tagInfo{tDl, fBlock | fDl}
	case atom.B, atom.Strong:
		return tagInfo{tBold, fBold}
	case atom.Em, atom.I:
		return tagInfo{tEm, 0}
	case atom.Time:
		return tagInfo{tTime, fTime}
	case atom.Address:
		return tagInfo{tAddress, fBlock}
	case atom.Details:
		return tagInfo{tDetails, fBlock}
	case atom.Summary:
		return tagInfo{tSummary, fBlock}
	case atom.Dialog:
		return tagInfo{tDialog, fBlock}
	case atom.Body, atom.Html, atom.Frameset, atom.Center:
		return tagInfo{tBody, fBlock}
	case atom.Br:
		return tagInfo{tBr, fVoidBreak}
	case atom.Hr:
		return tagInfo{tHr, fBlock}
	case atom.Code, atom.Kbd, atom.Samp, atom.Tt:
		return tagInfo{tCode, fCode}
	case atom.Noscript:
		return tagInfo{tNoscript, fBlock | fNoscript}
	case atom.Font:
		return tagInfo{tFont, 0}
	case atom.Img, atom.Picture, atom.Source:
		return tagInfo{tImg, 0}
	case atom.Script, atom.Style, atom.Template, atom.Svg, atom.Iframe, atom.Select,
		atom.Textarea, atom.Video, atom.Audio, atom.Canvas, atom.Object, atom.Embed,
		atom.Head, atom.Title, atom.Meta, atom.Link, atom.Datalist, atom.Noframes, atom.Noembed,
		atom.Applet, atom.Map, atom.Progress, atom.Meter, atom.AnnotationXml, atom.Annotation,
		atom.Rt, atom.Rp, atom.Rtc:
		return tagInfo{tOther, fSkip}
	case 0:
		return tagInfo{tCustom, 0}
	}
	return tagInfo{tOther, 0}
}
