package line

// Prose lines, by which the article's place is known. From the study on
// flattened text: 20 words, end punctuation, .22 function words.
const (
	proseWords    = 20
	proseCJK      = 20 // characters, in scripts without spaces
	proseStop     = 0.22
	proseGap      = 2 // lines between two prose lines of one pair
	extendGap     = 3 // lines between the zone and a sentence that extends it
	extendDropped = 1 // what a line counts that was dropped already
	sentenceWords = 9 // a shorter line that ends like a sentence
	sentenceStop  = 0.2
	maxShortWords = 25 // a longer one is a sentence, whatever it ends with
)

// Dedupe drops a second copy only of lines this long: shorter ones recur in
// verse, lists and speech.
const (
	dupWords   = 30 // words, or characters in scripts without spaces
	dupLetters = 60 // bytes
	dupGap     = 2  // lines between a copy and its original, or between copies
)

// Rules whose words are ordinary ones act in pages that hold residue beyond
// doubt, or at the edge of the page.
const (
	minEvidence = 5 // lines named by rules, certain ones counted twice
	edgeLines   = 2 // lines that may stand between the place and the page's end
)

// maxPageHits is how many lines of a page a rule about dates, names or menus
// may drop: where it finds more, they are a list's or a forum's own.
const maxPageHits = 3

// maxTagWords is how many words an agency tag in brackets may have.
const maxTagWords = 4

// Probabilities of being residue above which a piece of flattened text goes, by mode.
const (
	Recall    = .75
	Balanced  = .52
	Precision = .4
)

// The same of pieces that stand in other texts of the site, too.
const (
	RecallingRecall    = .7
	RecallingBalanced  = .5
	RecallingPrecision = .35
)

// What the model of memories must say at least of what the model of pieces calls residue:
// where other texts hold it, and where none does.
const (
	recallingAgain = .3
	recallingOnce  = .85
)

// What a rule needs of the model before it acts: no author writes what a rule about
// advertisements finds, but many write a name or a date.
const (
	plainConsent    = .05
	capitalsConsent = .1
	innerConsent    = .2
	placeConsent    = .4
)

// foulShare is the share of a text's words that are residue, by what the model says,
// from which on it is a page with all that stands around its article.
const foulShare = .25

// What a piece of such a page needs beyond the mode's, in log-odds, but in a paragraph of so
// many pieces: menus that were joined to one line look more like sentences.
const (
	foulOdds = .5
	longLine = 8
)

// A text is sparse in which so many pieces may be residue at most: there a piece needs so
// much more than the mode's, in log-odds.
const (
	sparsePieces = 3
	sparseOdds   = .9
)

// Probabilities above which a piece goes that the model is known to misjudge. Chosen by
// looking at what was lost out of fold, of scraped texts, golds and flattened pages.
const (
	openingDoubt     = .85
	repeatedDoubt    = .8
	listedDoubt      = .75
	figuresDoubt     = .85
	itemDoubt        = .93
	linkedDoubt      = .93
	amongDoubt       = .75
	wholeDoubt       = .8
	wrappedDoubt     = .87
	subheadDoubt     = .85
	foulOpeningDoubt = .8
	bareDoubt        = .97
	fewDoubt         = .93
	betweenDoubt     = .45  // of one piece between two that go
	guarded          = .995 // what is the article's whatever the model knows
)
