package block

import (
	"fmt"
	"strings"

	"github.com/winnowtext/winnow/clean/internal/model"
)

// The features of both models. A feature has a constant, which is its column in a
// row, and a line in the table below: the name it has in the header of a model, how
// its byte is to be read, and what it is called as a reason (see model.NewPhrase).
// features.go and sequence.go fill the columns. A test wants a line, a name and a
// value for each.
//
// Units of this step: tag, area, last, own and chain (learned weights of class names),
// sum, words and above (the most telling words of the block and of the heading above),
// lean, judged (what the first model takes blocks for), chance (in 255ths), gap (words
// between a block and content).

// A feature is a line of a table. A topic in brackets gives no reason: its value is
// the same for all blocks of a page.
type feature struct{ name, unit, topic, words string }

// Columns of the first model's rows.
const (
	textChars = iota
	textWords
	textUpper
	textPunct
	textCommas
	textEnds
	textLast
	textStopShare
	textCapitals
	textLong
	textNumbers
	textPipes
	textSymbols
	textQuotes
	textLinkDensity
	textBold
	textButtons
	textLinks
	textSentence
	textOfTitle
	textInTitle
	textInSummary
	textInBody
	textProse
	textStop
	textCommaShare
	textEndShare

	wordingMean
	wordingSum
	wordingMin
	wordingMax
	wordingKnown
	wordingHeading
	wordingHeadingMin
	wordingBefore
	wordingAfter
	wordingAround7
	wordingAround17
	wordingKin

	tagOwn
	tagParent
	tagGrand
	tagDepth
	tagParentBlocks
	atFlags // one for each of flagColumns
)

const (
	atAreas = atFlags + len(flagColumns) // one for each area

	tagRule = atAreas + areaColumns + iota - 1
	classOwnMin
	classOwnMax
	classChainMin
	classChainMax
	classSum
	atContainers
)

const (
	atRelations = atContainers + containerLevels*containerColumns

	placeShare = atRelations + relations*relationColumns + iota - 1
	placeBefore
	placeAfter
	placeText
	placeGood
	placeGoodBefore
	placeGoodAfter
	placeTitle
	gapBeforeBlocks
	gapBeforeChars
	gapBeforeSteps
	gapAfterBlocks
	gapAfterChars
	gapAfterSteps
	headingGood
	headingAbove
	atHeadingAreas // one for each of headingAreas
)

const (
	atNeighbours = atHeadingAreas + len(headingAreas)
	atAround     = atNeighbours + len(neighbourAt)*neighbourColumns

	kinCount = atAround + len(aroundReach)*aroundColumns + iota - 2
	kinGood
	kinChars
	kinLinkDensity
	copiesOnPage
	parentGood
	parentLinkDensity
	parentPlace

	pageBlocks
	pageChars
	pageLinkDensity
	pageGoods
	pageGood
	pageParas
	pageItems
	pageArticles
	pageMain
	pageHeads
	pageGoodChars
	pageNews
	pageOther
	pageTables
	pageDates
	pageMainLinkDensity
	pageMainShare
	pageData
	pageWording

	// FeatureCount is the number of bytes in a block's row.
	FeatureCount
)

const pageColumns = FeatureCount - pageBlocks

// Of each container around a block.
const (
	containerBlocks = iota
	containerChars
	containerLinkDensity
	containerGood
	containerWords
	containerParas
	containerHeads
	containerPlace
	containerWording
	containerColumns

	containerLevels = 5
)

// Of each of the elements that hold the text.
const (
	relationGap = iota
	relationSteps
	relationLinkDensity
	relationSize
	relationColumns

	relations = 4
)

// Of each of the blocks beside it.
const (
	neighbourChars = iota
	neighbourLinkDensity
	neighbourTag
	neighbourSteps
	neighbourColumns
)

// Of the blocks around it.
const (
	aroundChars = iota
	aroundLinkDensity
	aroundGood
	aroundHeads
	aroundEnds
	aroundColumns
)

var (
	flagColumns = [11]flags{fHeading, fPre, fHidden, fNoscript, fItem, fTable, fQuote, fFigure, fCaption, fForm, fList}
	neighbourAt = [4]int{-2, -1, 1, 2}
	aroundReach = [2]int{3, 8}
)

const areaColumns = int(areaCount)

// featureTable is the table of the first model.
var featureTable = func() (t [FeatureCount]feature) {
	t = [FeatureCount]feature{
		textChars:       {"text.chars", "log", "length", "{} letter(s)"},
		textWords:       {"text.words", "log", "length", "{} word(s)"},
		textUpper:       {"text.upper", "ratio", "capitals", "{} of its letters are capitals"},
		textPunct:       {"text.punctuation", "ratio/4", "punctuation", "{} of it punctuation | no punctuation"},
		textCommas:      {"text.commas", "log", "sentences", "{} comma(s) | no commas"},
		textEnds:        {"text.ends", "log", "sentences", "{} sentence end(s) | no end of a sentence"},
		textLast:        {"text.last", "last", "ending", "ends with {}"},
		textStopShare:   {"text.stopwords.share", "ratio", "stopwords", "{} of its words are function words | no function words"},
		textCapitals:    {"text.capitals", "ratio", "capitals", "{} of its words open with a capital"},
		textLong:        {"text.long", "ratio", "words", "{} of its words are long"},
		textNumbers:     {"text.numbers", "ratio", "numbers", "{} of its words are numbers"},
		textPipes:       {"text.dividers", "log", "dividers", "{} divider(s) or symbol(s)"},
		textSymbols:     {"text.code", "ratio/8", "code", "{} of it signs of code"},
		textQuotes:      {"text.quotes", "log", "quotes", "{} quotation mark(s)"},
		textLinkDensity: {"text.linkdensity", "ratio", "links", "link density {} | no links"},
		textBold:        {"text.bold", "ratio", "bold", "{} of it bold"},
		textButtons:     {"text.buttons", "ratio", "buttons", "{} of it on buttons"},
		textLinks:       {"text.links", "log", "links", "{} link(s) | no links"},
		textSentence:    {"text.sentence", "log", "length", "{} word(s) a sentence"},
		textOfTitle:     {"text.title.held", "ratio", "title", "holds {} of the title's words | holds none of the title's words"},
		textInTitle:     {"text.title.share", "ratio", "title", "{} of its words stand in the title | shares no word with the title"},
		textInSummary:   {"text.summary", "ratio", "summary", "{} of it stands in the page's description"},
		textInBody:      {"text.data", "ratio", "data", "{} of it stands in the structured article | not in the structured article"},
		textProse:       {"text.prose", "bit", "prose", "reads like a paragraph | does not read like a paragraph"},
		textStop:        {"text.stopwords", "log", "stopwords", "{} function word(s) | no function words"},
		textCommaShare:  {"text.commas.share", "ratio/8", "sentences", "{} commas a word"},
		textEndShare:    {"text.ends.share", "ratio/8", "sentences", "{} sentence ends a word"},

		wordingMean:       {"wording.mean", "words", "wording", "says {}"},
		wordingSum:        {"wording.sum", "words", "wording", "says {}"},
		wordingMin:        {"wording.min", "words", "wording", "says {}"},
		wordingMax:        {"wording.max", "words", "wording", "says {}"},
		wordingKnown:      {"wording.known", "ratio", "wording", "{} of its words are known | none of its words are known"},
		wordingHeading:    {"wording.heading.mean", "above", "wording", "below the heading {}"},
		wordingHeadingMin: {"wording.heading.min", "above", "wording", "below the heading {}"},
		wordingBefore:     {"wording.before", "lean", "neighbours", "words before it are typical of {}"},
		wordingAfter:      {"wording.after", "lean", "neighbours", "words after it are typical of {}"},
		wordingAround7:    {"wording.around7", "lean", "around", "words of the 7 blocks around are typical of {}"},
		wordingAround17:   {"wording.around17", "lean", "around", "words of the 17 blocks around are typical of {}"},
		wordingKin:        {"wording.kin", "lean", "kin", "words of blocks of its shape are typical of {}"},

		tagOwn:          {"tag.own", "tag", "element", "in a {} element"},
		tagParent:       {"tag.parent", "tag", "element", "below a {} element"},
		tagGrand:        {"tag.grandparent", "tag", "element", "below a {} element, two levels up"},
		tagDepth:        {"tag.depth", "num", "depth", "{} elements deep"},
		tagParentBlocks: {"tag.parent.blocks", "log", "size", "{} block(s) in its parent"},

		tagRule:       {"tag.rule", "bit", "rule", "a rule names its element"},
		classOwnMin:   {"class.own.min", "own", "classes", "named {}"},
		classOwnMax:   {"class.own.max", "own", "classes", "named {}"},
		classChainMin: {"class.chain.min", "chain", "classes", "inside {}"},
		classChainMax: {"class.chain.max", "chain", "classes", "inside {}"},
		classSum:      {"class.sum", "sum", "classes", "{}"},

		placeShare:      {"place.share", "ratio", "place", "{} of the page's blocks stand before it | first on the page"},
		placeBefore:     {"place.before", "log", "place", "{} block(s) before it | first on the page"},
		placeAfter:      {"place.after", "log", "place", "{} block(s) after it | last on the page"},
		placeText:       {"place.text", "ratio", "place", "{} of the page's text stands before it | first on the page"},
		placeGood:       {"place.prose.share", "ratio", "body", "{} of the page's prose stands before it | no prose before it"},
		placeGoodBefore: {"place.prose.before", "log", "body", "{} letters of prose before it | no prose before it"},
		placeGoodAfter:  {"place.prose.after", "log", "body", "{} letters of prose after it | no prose after it"},
		placeTitle:      {"place.title", "signed", "title", "{} block(s) {-} the title | is the title | no title on the page"},
		gapBeforeBlocks: {"gap.before.blocks", "log", "gap", "{} block(s) below the last prose | | no prose before it"},
		gapBeforeChars:  {"gap.before.chars", "log", "gap", "{} letters between it and the prose before | right below prose | no prose before it"},
		gapBeforeSteps: {"gap.before.steps", "steps", "gap",
			"{} levels up to a container it shares with the prose before | same container as the prose before | no prose before it"},
		gapAfterBlocks: {"gap.after.blocks", "log", "gap", "{} block(s) above the next prose | | no prose after it"},
		gapAfterChars:  {"gap.after.chars", "log", "gap", "{} letters between it and the prose after | right above prose | no prose after it"},
		gapAfterSteps: {"gap.after.steps", "steps", "gap",
			"{} levels up to a container it shares with the prose after | same container as the prose after | no prose after it"},
		headingGood:  {"heading.prose", "log", "heading", "heads {} letters of prose"},
		headingAbove: {"heading.above", "log", "heading", "{} block(s) below a heading | | no heading above it"},

		kinCount:          {"kin.blocks", "log", "kin", "{} block(s) of its shape on the page"},
		kinGood:           {"kin.prose", "ratio", "kin", "{} of the prose is in blocks of its shape | no block of its shape is prose"},
		kinChars:          {"kin.chars", "log", "kin", "{} letters in blocks of its shape on average"},
		kinLinkDensity:    {"kin.linkdensity", "ratio", "kin", "link density {} in blocks of its shape | no links in blocks of its shape"},
		copiesOnPage:      {"copies", "others", "copies", "its text stands {} more time(s) on the page | its text stands once on the page"},
		parentGood:        {"parent.prose", "ratio", "body", "{} of its parent is prose | no prose in its parent"},
		parentLinkDensity: {"parent.linkdensity", "ratio", "links", "link density {} in its parent | no links in its parent"},
		parentPlace:       {"parent.place", "ratio", "place", "{} of its parent stands before it | first in its parent"},

		pageBlocks:          {"page.blocks", "log", "(page)", "a page of {} blocks"},
		pageChars:           {"page.chars", "log", "(page)", "a page of {} letters"},
		pageLinkDensity:     {"page.linkdensity", "ratio", "(page)", "link density {} on the page"},
		pageGoods:           {"page.paragraphs", "log", "(page)", "{} paragraph(s) of prose on the page | no prose on the page"},
		pageGood:            {"page.prose", "ratio", "(page)", "{} of the page is prose | no prose on the page"},
		pageParas:           {"page.p", "ratio", "(page)", "{} of the page in p elements | no p elements on the page"},
		pageItems:           {"page.items", "ratio", "(page)", "{} of the page in lists | no lists on the page"},
		pageArticles:        {"page.articles", "log", "(page)", "{} article element(s) on the page | no article element on the page"},
		pageMain:            {"page.main", "bit", "(page)", "the page has a main element | the page has no main element"},
		pageHeads:           {"page.headings", "log", "(page)", "{} heading(s) on the page | no headings on the page"},
		pageGoodChars:       {"page.paragraph.chars", "log", "(page)", "paragraphs of {} letters on the page"},
		pageNews:            {"page.type.article", "bit", "(page)", "the page says it is an article | the page does not say it is an article"},
		pageOther:           {"page.type.other", "bit", "(page)", "the page says it is something else than an article"},
		pageTables:          {"page.tables", "log", "(page)", "{} table(s) on the page | no tables on the page"},
		pageDates:           {"page.dates", "log", "(page)", "{} date(s) on the page | no dates on the page"},
		pageMainLinkDensity: {"page.heart.linkdensity", "ratio", "(page)", "link density {} in the page's main part | no links in the page's main part"},
		pageMainShare:       {"page.heart.share", "ratio", "(page)", "{} of the page in its main part"},
		pageData:            {"page.data", "bit", "(page)", "the page has a structured article | the page has no structured article"},
		pageWording:         {"page.wording", "lean", "(page)", "words of the page are typical of {}"},
	}
	copy(t[atFlags:], []feature{
		{"tag.heading", "bit", "heading", "is a heading"},
		{"tag.pre", "bit", "code", "is preformatted"},
		{"tag.hidden", "bit", "hidden", "is hidden by the page"},
		{"tag.noscript", "bit", "noscript", "in a noscript element"},
		{"tag.item", "bit", "list", "is an item of a list"},
		{"tag.table", "bit", "table", "is in a table"},
		{"tag.quote", "bit", "quotes", "is in a quotation"},
		{"tag.figure", "bit", "caption", "is in a figure"},
		{"tag.caption", "bit", "caption", "is a caption"},
		{"tag.form", "bit", "form", "is in a form"},
		{"tag.list", "bit", "list", "is in a list"},
	})
	for a, f := range [areaCount]feature{
		aArticle: {"article", "area", "article", "inside {} | not inside an article element"},
		aMain:    {"main", "area", "article", "inside {} | not inside the main element"},
		aBody:    {"body", "area", "article", "inside {} | not inside a body of text"},
		aAside:   {name: "sidebar"}, aNav: {name: "navigation"}, aHeader: {name: "header"}, aFooter: {name: "footer"},
		aComment: {name: "comments"}, aRelated: {name: "related"}, aShare: {name: "share"}, aAd: {name: "ad"},
		aNewsletter: {name: "newsletter"}, aMeta: {name: "byline"}, aCaption: {name: "caption"}, aOverlay: {name: "overlay"},
		aCard: {name: "card"}, aForum: {name: "forum"}, aProduct: {name: "product"}, aTags: {name: "tags"},
		aWidget: {name: "widget"}, aFold: {name: "fold"}, aHidden: {name: "hidden"}, aLead: {name: "lead"},
		aTitle: {name: "title"}, aLegal: {name: "legal"},
		aConcealed: {"concealed", "area", "hidden", "inside {}, which is hidden"},
	} {
		if f.unit == "" {
			f.unit, f.topic, f.words = "area", f.name, "inside {}"
		}
		f.name = "area." + f.name
		t[atAreas+a] = f
	}
	each(t[atContainers:], "container", []one{
		{"1", "its container"}, {"2", "the container around that"}, {"3", "the third container out"},
		{"4", "the fourth container out"}, {"5", "the fifth container out"},
	}, []feature{
		containerBlocks:      {"blocks", "log", "size", "{@} holds {} block(s)"},
		containerChars:       {"chars", "log", "size", "{@} holds {} letter(s)"},
		containerLinkDensity: {"linkdensity", "ratio", "links", "link density {} in {@} | no links in {@}"},
		containerGood:        {"prose", "ratio", "body", "{@} holds {} of the page's prose | {@} holds none of the page's prose"},
		containerWords:       {"words", "log/2", "prose", "{} words a block in {@}"},
		containerParas:       {"p", "ratio", "prose", "{} of {@} in paragraphs | no paragraphs in {@}"},
		containerHeads:       {"headings", "ratio", "heading", "{} headings a block in {@} | no headings in {@}"},
		containerPlace:       {"place", "ratio", "place", "{} of {@} stands before it | first in {@}"},
		containerWording:     {"wording", "lean", "wording", "words of {@} are typical of {}"},
	})
	each(t[atRelations:], "relation", []one{
		{"heart", "the heart of the text"}, {"main", "the main text"}, {"whole", "the text as a whole"}, {"densest", "the densest part of the page"},
	}, []feature{
		relationGap:         {"gap", "signed", "body", "{} block(s) {-} {@} | same container as {@}"},
		relationSteps:       {"steps", "steps", "body", "{} levels up to a container it shares with {@} | right in the container of {@}"},
		relationLinkDensity: {"linkdensity", "ratio", "(page)", "link density {} around {@} | no links around {@}"},
		relationSize:        {"chars", "log", "(page)", "{} letters a block around {@}"},
	})
	copy(t[atHeadingAreas:], []feature{
		{"heading.comments", "bit", "label", "below a heading about comments"},
		{"heading.related", "bit", "label", "below a heading about related pieces"},
	})
	each(t[atNeighbours:], "neighbour", []one{
		{"before2", "the second block before"}, {"before1", "the block before"}, {"after1", "the block after"}, {"after2", "the second block after"},
	}, []feature{
		neighbourChars:       {"chars", "log", "neighbours", "{} letters in {@} | | at the page's edge"},
		neighbourLinkDensity: {"linkdensity", "ratio", "neighbours", "link density {} in {@} | no links in {@} | at the page's edge"},
		neighbourTag:         {"tag", "tag", "neighbours", "{@} is a {} element | | at the page's edge"},
		neighbourSteps:       {"steps", "steps", "neighbours", "{} levels up to a container it shares with {@} | same container as {@} | at the page's edge"},
	})
	each(t[atAround:], "around", []one{{"7", "the 7 blocks around"}, {"17", "the 17 blocks around"}}, []feature{
		aroundChars:       {"chars", "log", "around", "{} letters a block in {@}"},
		aroundLinkDensity: {"linkdensity", "ratio", "around", "link density {} in {@} | no links in {@}"},
		aroundGood:        {"prose", "ratio", "around", "{} of {@} is prose | no prose in {@}"},
		aroundHeads:       {"headings", "ratio", "around", "{} headings a block in {@}"},
		aroundEnds:        {"ends", "ratio/4", "around", "{} sentence ends a word in {@} | no end of a sentence in {@}"},
	})
	return t
}()

// Columns of the second model's rows. The first three follow from the block's own
// odds: the first model's reasons stand for them.
const (
	selfOdds = iota
	selfApart
	selfRank
	atBeside // one for each of the six blocks

	selfColumns = atBeside
)

const (
	atReaches = atBeside + 2*besideReach // one for each side of each of reaches

	orderBefore = atReaches + 2*len(reaches) + iota - 1
	orderAfter
	kinMostly
	kinBlocks
	atInside
)

const (
	apartBefore = atInside + containerLevels*insideColumns + iota
	apartAfter
	apartRun

	wholeExpected
	wholeCut
	wholeContent
	wholeMean
	wholeSure
	wholeKept
	wholeMost

	// SequenceCount is the number of bytes in a row of the second model.
	SequenceCount
)

const (
	besideReach  = 3 // blocks before and after that are looked at one by one
	wholeColumns = SequenceCount - wholeExpected
)

// Of each container around a block.
const (
	insideMostly = iota
	insideShare
	insideColumns
)

// reaches are how many blocks before and after the second model looks at together.
var reaches = [3]int{4, 12, 40}

// sequenceTable is the table of the second model.
var sequenceTable = func() (t [SequenceCount]feature) {
	t = [SequenceCount]feature{
		selfOdds:  {"self.odds", "judged", "itself", "taken for {} by itself"},
		selfApart: {"self.apart", "judged", "itself", "taken for {} by itself"},
		selfRank:  {"self.rank", "ratio", "itself", "{} of the page's content is as likely"},

		orderBefore: {"order.before", "ratio", "order", "{} of the content stands before it | no content before it"},
		orderAfter:  {"order.after", "ratio", "order", "{} of the content stands after it | no content after it"},
		kinMostly:   {"kin.mostly", "judged", "kin", "other blocks of its shape are mostly {}"},
		kinBlocks:   {"kin.blocks", "log", "kin", "{} block(s) of its shape on the page"},

		apartBefore: {"apart.before", "gap", "apart", "{} below the content before | | no content before it"},
		apartAfter:  {"apart.after", "gap", "apart", "{} above the content after | | no content after it"},
		apartRun:    {"apart.run", "log", "apart", "in a run of {} words that go together"},

		wholeExpected: {"page.expected", "chance", "(page)", "{} expected of the page"},
		wholeCut:      {"page.threshold", "judged", "(page)", "a page of {}"},
		wholeContent:  {"page.content", "log", "(page)", "{} word(s) of content on the page"},
		wholeMean:     {"page.mean", "judged", "(page)", "a page of {}"},
		wholeSure:     {"page.sure", "ratio", "(page)", "{} of the content is sure"},
		wholeKept:     {"page.kept", "log", "(page)", "{} block(s) of content"},
		wholeMost:     {"page.most", "judged", "(page)", "a page of {}"},
	}
	each(t[atBeside:], "beside", []one{
		{"before1", "the block before"}, {"after1", "the block after"}, {"before2", "the second block before"},
		{"after2", "the second block after"}, {"before3", "the third block before"}, {"after3", "the third block after"},
	}, []feature{{"odds", "judged", "beside", "{@} is taken for {}"}})
	each(t[atReaches:], "reach", []one{
		{"before4", "the 4 blocks before"}, {"after4", "the 4 blocks after"}, {"before12", "the 12 blocks before"},
		{"after12", "the 12 blocks after"}, {"before40", "the 40 blocks before"}, {"after40", "the 40 blocks after"},
	}, []feature{{"mostly", "judged", "beside", "{@} are mostly {}"}})
	each(t[atInside:], "container", []one{
		{"1", "its container"}, {"2", "the container around that"}, {"3", "the third container out"},
		{"4", "the fourth container out"}, {"5", "the fifth container out"},
	}, []feature{
		insideMostly: {"mostly", "judged", "body", "the other blocks of {@} are mostly {}"},
		insideShare:  {"share", "ratio", "body", "{@} holds {} of the content | {@} holds no content"},
	})
	return t
}()

// A one is a thing that several features are taken of: what it is called in their
// names and, for {@}, in their words.
type one struct{ name, words string }

// each fills the columns of things that have the same features.
func each(t []feature, group string, ones []one, features []feature) {
	for i, o := range ones {
		for k, f := range features {
			f.name = group + "." + o.name + "." + f.name
			f.words = strings.ReplaceAll(f.words, "{@}", o.words)
			t[i*len(features)+k] = f
		}
	}
}

// FeatureNames returns the name of each byte of a row of the first model.
func FeatureNames() []string { return names(featureTable[:]) }

// SequenceNames returns the name of each byte of a row of the second model.
func SequenceNames() []string { return names(sequenceTable[:]) }

func names(t []feature) []string {
	list := make([]string, len(t))
	for i, f := range t {
		list[i] = f.name
	}
	return list
}

// phrases are the words of the first model's features, then of the second's.
func phrases() ([]model.Phrase, error) {
	var list []model.Phrase
	for _, t := range [2][]feature{featureTable[:], sequenceTable[:]} {
		for _, f := range t {
			p, err := model.NewPhrase(f.topic, f.unit, f.words)
			if err != nil {
				return nil, fmt.Errorf("block: feature %s: %w", f.name, err)
			}
			list = append(list, p)
		}
	}
	return list, nil
}
