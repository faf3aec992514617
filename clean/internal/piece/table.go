package piece

import (
	"fmt"

	"github.com/winnowtext/winnow/clean/internal/rules"
)

// The features of a piece. Each has a constant, which is its column in a row, and a
// line in the table below: the name it has in the header of a model, how its byte is to
// be read, and what it is called as a reason (see model.NewPhrase). measure.go and
// around.go fill the columns. A test wants a line, a name and a value for each.
//
// Units of this step: border, sign, level (of a rule), lean (log-odds of being residue),
// share (of shareMax), chance
// (the same, of being residue), half (of one), near (pieces, up to farAway), beside (half the
// difference to the rest).

// A feature is a line of a table. A topic in brackets gives no reason: its value is the
// same for all pieces of a text.
type feature struct{ name, unit, topic, words string }

// Columns of a row.
const (
	shapeWords = iota
	shapeChars
	shapeWordLength
	shapeCapitals
	shapeAllCapitals
	shapeDigits
	shapePunctuation
	shapeEnds
	shapeLast
	shapeSmallFirst
	shapeSignFirst
	shapeDigitFirst
	shapeColons
	shapeColonEarly
	shapeCommas
	shapeFunction
	shapeFunctionFirst
	shapeFunctionLast
	shapeCapitalsInside
	shapeQuotes
	shapeBrackets
	shapeSlashes
	shapeDividers
	shapeQuestion
	shapeExclamations
	shapeSentences
	shapeDashes
	shapeNoSmall
	shapeEllipsis
	shapeUnique
	shapeAddresses
	shapeMails
	shapeNumbers
	shapeOpener
	shapeCreditEnd
	shapeBracketed
	shapeYear
	shapeNames

	conceptAll
	conceptShare
	conceptKinds
	conceptOthers
	atConcepts // one for each of data/concepts.txt
)

const maxConcepts = 35

const (
	wordingAll = atConcepts + maxConcepts + iota
	wordingFirst
	wordingLast
	wordingMax
	wordingMin
	wordingShare

	ownColumns // of the piece by itself
)

const (
	borderLeft = ownColumns + iota
	borderRight
	borderPieces
	borderIndex
	borderToEnd
	borderOpener
	borderTable
	borderTables

	placeBefore
	placeAfter
	placeShare
	placePieces
	placePiecesAfter
	placeParas
	placeParasAfter

	textWords
	textPieces
	textMean
	textProse
	textParas
	textWrapped

	aroundWords
	aroundEnds
	aroundDigits
	aroundYears
	aroundNameless
	runPieces
	runIndex
	runLean

	nextNear // words of concepts among those of the next pieces
	lastNear
	tailNear
	restNear

	sharedRest
	sharedCount
	sharedContent
	sharedMean
	sharedCapitals

	repeatWhole
	repeatNumber
	repeatShare

	proseBefore // no prose before it
	proseAfter
	proseNear
	proseCountBefore
	proseCountAfter

	ruleText
	ruleTextCount
	ruleAfter
	ruleBefore

	leanBefore
	leanAfter
	leanBefore2
	leanAfter2
	leanNext5
	leanLast5
	leanTail
	leanHead
	leanRest
	leanHigh
	leanHighAfter
	leanHighBefore
	leanMedian
	leanRank

	atNeighbours
)

// Of each of the pieces beside it.
const (
	neighbourWords = iota
	neighbourProse
	neighbourRule
	neighbourEnds
	neighbourCapitals
	neighbourShared
	neighbourColumns
)

var neighbourAt = [...]int{-1, 1, -2, 2}

const (
	atRules      = atNeighbours + len(neighbourAt)*neighbourColumns
	FeatureCount = atRules + ruleKinds // bytes of a row
)

// signalKinds are the kinds of rules that tell the model something, one column each,
// and one for all others.
var signalKinds = [...]rules.Kind{
	"ad", "paywall", "newsletter", "cookie", "share", "readmore", "related", "comment", "byline", "date", "credit", "caption",
	"player", "tools", "tags", "nav", "login", "cta", "bio", "affiliate", "copyright", "legal", "donate", "js", "follow", "app",
	"poll", "contributor", "imgfile", "icon",
}

const ruleKinds = len(signalKinds) + 1

// FeatureNames returns the name of each byte of a row.
func FeatureNames() []string {
	names := make([]string, FeatureCount)
	for i, f := range featureTable {
		names[i] = f.name
	}
	return names
}

var featureTable = func() (t [FeatureCount]feature) {
	t = [FeatureCount]feature{
		shapeWords:          {"shape.words", "log/2", "length", "{} word(s)"},
		shapeChars:          {"shape.chars", "log", "length", "{} character(s)"},
		shapeWordLength:     {"shape.word.length", "half", "words", "words of {} letters"},
		shapeCapitals:       {"shape.capitals", "ratio", "capitals", "{} of its words open with a capital"},
		shapeAllCapitals:    {"shape.capitals.all", "ratio", "capitals", "{} of its words in capitals"},
		shapeDigits:         {"shape.digits", "ratio", "numbers", "{} of it digits | no digits"},
		shapePunctuation:    {"shape.punctuation", "ratio/4", "punctuation", "{} of it punctuation | no punctuation"},
		shapeEnds:           {"shape.ends", "bit", "ending", "ends like a sentence | does not end like a sentence"},
		shapeLast:           {"shape.last", "sign", "ending", "ends with {} | ends with a word or a number"},
		shapeSmallFirst:     {"shape.first.small", "bit", "beginning", "opens with a small letter"},
		shapeSignFirst:      {"shape.first.sign", "bit", "beginning", "opens with a sign"},
		shapeDigitFirst:     {"shape.first.digit", "bit", "beginning", "opens with a digit"},
		shapeColons:         {"shape.colons", "num", "colon", "{} colon(s) | no colon"},
		shapeColonEarly:     {"shape.colon.early", "bit", "colon", "a colon near its beginning"},
		shapeCommas:         {"shape.commas", "ratio/8", "sentences", "{} commas a word | no commas"},
		shapeFunction:       {"shape.function", "ratio", "function words", "{} of its words are function words | no function words"},
		shapeFunctionFirst:  {"shape.function.first", "bit", "function words", "opens with a function word"},
		shapeFunctionLast:   {"shape.function.last", "bit", "function words", "ends with a function word"},
		shapeCapitalsInside: {"shape.capitals.inside", "ratio", "capitals", "{} of its words behind the first open with a capital"},
		shapeQuotes:         {"shape.quotes", "num", "quotes", "{} quotation mark(s)"},
		shapeBrackets:       {"shape.brackets", "num", "brackets", "{} opening bracket(s)"},
		shapeSlashes:        {"shape.slashes", "num", "slashes", "{} slash sign(s)"},
		shapeDividers:       {"shape.dividers", "num", "dividers", "{} divider(s)"},
		shapeQuestion:       {"shape.question", "bit", "ending", "is a question"},
		shapeExclamations:   {"shape.exclamations", "num", "ending", "{} exclamation mark(s)"},
		shapeSentences:      {"shape.sentences", "num", "sentences", "{} sentence end(s) within it"},
		shapeDashes:         {"shape.dashes", "num", "dividers", "{} dash(es) between words"},
		shapeNoSmall:        {"shape.small.none", "bit", "capitals", "no small letter in it"},
		shapeEllipsis:       {"shape.ellipsis", "bit", "ending", "breaks off with dots"},
		shapeUnique:         {"shape.unique", "ratio", "words", "{} of its words are different ones"},
		shapeAddresses:      {"shape.addresses", "num", "addresses", "{} web address(es)"},
		shapeMails:          {"shape.mails", "num", "addresses", "{} mail address(es)"},
		shapeNumbers:        {"shape.numbers", "ratio", "numbers", "{} of its words are numbers"},
		shapeOpener:         {"shape.opener", "bit", "opener", "opens like a notice"},
		shapeCreditEnd:      {"shape.credit", "bit", "credit", "ends with a credit"},
		shapeBracketed:      {"shape.bracketed", "bit", "brackets", "all of it in brackets"},
		shapeYear:           {"shape.year", "bit", "numbers", "names a year"},
		shapeNames:          {"shape.letters", "num", "words", "{} word(s) of letters | no word of letters"},

		conceptAll:    {"concept.all", "num", "furniture", "{} word(s) of page furniture | no words of page furniture"},
		conceptShare:  {"concept.ratio", "ratio", "furniture", "{} of its words are of page furniture | no words of page furniture"},
		conceptKinds:  {"concept.kinds", "num", "furniture", "words of {} sort(s) of page furniture | no words of page furniture"},
		conceptOthers: {"concept.kinds.others", "num", "furniture", "words of {} sort(s) of page furniture"},

		wordingAll:   {"wording.all", "lean", "wording", "its words are {}"},
		wordingFirst: {"wording.first", "lean", "wording", "its first words are {}"},
		wordingLast:  {"wording.last", "lean", "wording", "its last words are {}"},
		wordingMax:   {"wording.max", "lean", "wording", "its most telling word is {}"},
		wordingMin:   {"wording.min", "lean", "wording", "its least telling word is {}"},
		wordingShare: {"wording.share", "ratio", "wording", "{} of its words and pairs of them are of residue elsewhere"},

		borderLeft:   {"border.left", "border", "border", "stands behind {}"},
		borderRight:  {"border.right", "border", "border", "stands before {}"},
		borderPieces: {"border.pieces", "num", "paragraph", "in a paragraph of {} piece(s)"},
		borderIndex:  {"border.index", "num", "paragraph", "{} piece(s) before it in its paragraph | first in its paragraph"},
		borderToEnd:  {"border.end", "num", "paragraph", "{} piece(s) behind it in its paragraph | last in its paragraph"},
		borderOpener: {"border.opener", "near", "opener", "pieces since a notice opened: {} | no notice opened before it"},
		borderTable:  {"border.table", "bit", "table", "in a table"},
		borderTables: {"border.tables", "num", "table", "{} paragraph(s) of tables around"},

		placeBefore:      {"place.before", "log/2", "place", "{} word(s) before it | first in the text"},
		placeAfter:       {"place.after", "log/2", "place", "{} word(s) after it | last in the text"},
		placeShare:       {"place.share", "ratio", "place", "{} of the text before it | first in the text"},
		placePieces:      {"place.pieces", "num", "place", "{} piece(s) before it | first in the text"},
		placePiecesAfter: {"place.pieces.after", "num", "place", "{} piece(s) after it | last in the text"},
		placeParas:       {"place.paragraphs", "num", "place", "{} paragraph(s) before its own | in the first paragraph"},
		placeParasAfter:  {"place.paragraphs.after", "num", "place", "{} paragraph(s) after its own | in the last paragraph"},

		textWords:   {"text.words", "log/2", "(text)", "a text of {} words"},
		textPieces:  {"text.pieces", "log", "(text)", "a text of {} pieces"},
		textMean:    {"text.mean", "log/2", "(text)", "pieces of {} words in the text"},
		textProse:   {"text.prose", "ratio", "(text)", "{} of the text is prose"},
		textParas:   {"text.paragraphs", "log", "(text)", "a text of {} paragraphs"},
		textWrapped: {"text.wrapped", "bit", "(text)", "the text was wrapped"},

		aroundWords:    {"around.words", "log/2", "around", "pieces of {} word(s) around it"},
		aroundEnds:     {"around.ends", "ratio", "around", "{} of the pieces around end like sentences | no piece around ends like a sentence"},
		aroundDigits:   {"around.digits", "ratio", "around", "{} of the text around digits | no digits around"},
		aroundYears:    {"around.years", "ratio", "around", "{} of the pieces around name a year | no year around"},
		aroundNameless: {"around.letters", "ratio", "around", "{} of the pieces around hold no word of letters | all pieces around hold words"},
		runPieces:      {"run.pieces", "log", "run", "in a run of {} short piece(s) | not among short pieces"},
		runIndex:       {"run.index", "log", "run", "{} short piece(s) before it in a run"},
		runLean:        {"run.lean", "chance", "run", "words of the run of short pieces: residue with {}"},

		nextNear: {"concept.next", "share", "furniture around", "{} of the words of the next pieces are of page furniture | no page furniture behind it | last in the text"},
		lastNear: {"concept.last", "share", "furniture around", "{} of the words of the pieces before are of page furniture | no page furniture before it | first in the text"},
		tailNear: {"concept.tail", "share", "furniture around", "{} of the words from here on are of page furniture | no page furniture from here on"},
		restNear: {"concept.rest", "share", "furniture around", "{} of the words of the rest are of page furniture | no page furniture in the rest"},

		sharedRest:     {"shared.rest", "ratio", "vocabulary", "{} of its words stand in the rest, too | none of its words stand in the rest"},
		sharedCount:    {"shared.count", "num", "vocabulary", "{} of its words stand in the rest, too | none of its words stand in the rest"},
		sharedContent:  {"shared.content", "num", "vocabulary", "{} word(s) with a meaning"},
		sharedMean:     {"shared.mean", "log/4", "vocabulary", "its words stand in {} other piece(s)"},
		sharedCapitals: {"shared.capitals", "ratio", "vocabulary", "{} of its capitalised words stand in the rest, too"},

		repeatWhole:  {"repeat.whole", "num", "repetition", "stands {} more time(s) in the text | stands once in the text"},
		repeatNumber: {"repeat.number", "num", "repetition", "stood {} time(s) before in the text | stood nowhere before"},
		repeatShare:  {"repeat.share", "ratio", "repetition", "{} of it stands in the text more than once | nothing of it stands twice"},

		proseBefore:      {"prose.before", "bit", "prose", "stands before all prose"},
		proseAfter:       {"prose.after", "bit", "prose", "stands behind all prose"},
		proseNear:        {"prose.near", "near", "prose", "pieces to the nearest prose: {} | no prose near it"},
		proseCountBefore: {"prose.count.before", "num", "prose", "{} sentence(s) of prose before it | no prose before it"},
		proseCountAfter:  {"prose.count.after", "num", "prose", "{} sentence(s) of prose after it | no prose after it"},

		ruleText:      {"rule.text", "share", "rest", "rules name {} of the other pieces | rules name nothing else in the text"},
		ruleTextCount: {"rule.text.count", "num", "rest", "rules name {} other piece(s) | rules name nothing else in the text"},
		ruleAfter:     {"rule.after", "num", "rest", "rules name {} of the next pieces | rules name none of the next pieces"},
		ruleBefore:    {"rule.before", "num", "rest", "rules name {} of the pieces before | rules name none of the pieces before"},

		leanBefore:     {"lean.before", "chance", "neighbours", "words of the piece before it: residue with {} | | first in the text"},
		leanAfter:      {"lean.after", "chance", "neighbours", "words of the piece after it: residue with {} | | last in the text"},
		leanBefore2:    {"lean.before2", "chance", "neighbours", "words two pieces before it: residue with {} | | among the first"},
		leanAfter2:     {"lean.after2", "chance", "neighbours", "words two pieces after it: residue with {} | | among the last"},
		leanNext5:      {"lean.next5", "chance", "neighbours", "words of the next five pieces: residue with {}"},
		leanLast5:      {"lean.last5", "chance", "neighbours", "words of the five pieces before: residue with {}"},
		leanTail:       {"lean.tail", "chance", "rest", "words from here on: residue with {}"},
		leanHead:       {"lean.head", "chance", "rest", "words up to here: residue with {}"},
		leanRest:       {"lean.rest", "chance", "rest", "words of the rest: residue with {}"},
		leanHigh:       {"lean.high", "num", "rest", "{} other piece(s) read like residue | nothing else reads like residue"},
		leanHighAfter:  {"lean.high.after", "num", "rest", "{} piece(s) after it read like residue | nothing after it reads like residue"},
		leanHighBefore: {"lean.high.before", "num", "rest", "{} piece(s) before it read like residue | nothing before it reads like residue"},
		leanMedian:     {"lean.median", "beside", "wording", "its words beside those of the rest: {}"},
		leanRank:       {"lean.rank", "ratio", "wording", "{} of the pieces read less like residue"},
	}
	for i := range maxConcepts {
		t[atConcepts+i] = feature{"concept." + lexicon.concepts[i], "num", "furniture", "{} word(s) about: " + lexicon.concepts[i] + " | no words about: " + lexicon.concepts[i]}
	}
	for i, place := range [...]string{"before", "after", "before2", "after2"} {
		where := [...]string{"before it", "after it", "two before it", "two after it"}[i]
		copy(t[atNeighbours+i*neighbourColumns:], []feature{
			{"neighbour." + place + ".words", "log/2", "neighbours", "{} word(s) in the piece " + where + " | | no piece " + where},
			{"neighbour." + place + ".prose", "bit", "neighbours", "prose in the piece " + where + " | no prose in the piece " + where + " | no piece " + where},
			{"neighbour." + place + ".rule", "level", "neighbours", "a rule {} the piece " + where + " | no rule names the piece " + where + " | no piece " + where},
			{"neighbour." + place + ".ends", "bit", "neighbours", "the piece " + where + " ends like a sentence | the piece " + where + " does not end like a sentence | no piece " + where},
			{"neighbour." + place + ".capitals", "ratio", "neighbours", "{} of the words of the piece " + where + " open with a capital | no capitals in the piece " + where + " | no piece " + where},
			{"neighbour." + place + ".shared", "ratio", "neighbours", "{} of its words stand in the piece " + where + " | none of its words stand in the piece " + where + " | no piece " + where},
		})
	}
	for i := range ruleKinds {
		name := "other"
		if i < len(signalKinds) {
			name = string(signalKinds[i])
		}
		t[atRules+i] = feature{"rule." + name, "level", "rule", "a rule about " + name + " {} it | no rule names it"}
	}
	for i := range t {
		if t[i].name == "" {
			panic(fmt.Sprintf("piece: feature %d has no line", i))
		}
	}
	return t
}()
