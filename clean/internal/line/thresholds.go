package line

// Hard-wrapped text: mail and old agency copy is wrapped at 65 to 80 columns;
// quoted or indented text adds a few.
const (
	minWrapWidth = 50  // columns of the longest line
	maxWrapWidth = 100 // columns
	// maxLineBytes is the length of a line that is judged: a novel without line
	// ends has more, an article never. Longer ones stay as they are.
	maxLineBytes = 256 << 10
	minWrapPairs = 4   // lines that directly follow another one
	minWrapShare = 0.7 // of these pairs, how many break where the width asks for it
)

// Prose lines, by which the article's place is known. From the study on
// flattened text: 20 words, end punctuation, .22 function words.
const (
	proseWords    = 20
	proseCJK      = 20 // characters, in scripts without spaces
	proseStop     = 0.22
	passageWords  = 40 // with the end of a sentence among them
	proseGap      = 2  // lines between two prose lines of one pair
	extendGap     = 3  // lines between the zone and a sentence that extends it
	extendDropped = 1  // what a line counts that was dropped already
	sentenceWords = 9  // a shorter line that ends like a sentence
	sentenceStop  = 0.2
)

// Dedupe drops a second copy only of lines this long: shorter ones recur in
// verse, lists and speech.
const (
	dupWords   = 30 // words, or characters in scripts without spaces
	dupLetters = 60 // bytes
	dupGap     = 2  // lines between a copy and its original, or between copies
)

// Borders of the text, where menus and link lists are. Chosen together on the
// residue corpus, for at most .6 % of words lost.
const (
	minBorderNamed    = 2  // lines a rule named
	maxBorderPerNamed = 20 // lines in all for each of them
	maxShortWords     = 25 // a longer line is never dropped for its place
	maxHeadlineGap    = 12 // lines between headline and first paragraph
	islandSpan        = 3  // lines looked at on either side of a sentence
	islandDropped     = 2  // of them residue; all, around a paragraph
	minIslandProse    = 3  // paragraphs a text must have before others may go
	leadGap           = 12 // lines around the zone in which paragraphs stay
	sentenceGap       = 3  // the same for sentences
	maxGapStep        = 4  // lines between two named ones in a box within the text
	minGapNamed       = 3
)

// The headline of another piece after the last paragraph.
const (
	minTrailingWords = 5
	maxTrailingWords = 16
	trailingSpan     = 8 // lines looked at for paragraphs before it
	minTrailingProse = 3
	minSectionWords  = 4 // of a heading that shows how the text's own look
)

// Rules whose words are ordinary ones act in texts that hold residue beyond
// doubt, or at the edge of the text.
const (
	minEvidence = 5 // lines named by rules, certain ones counted twice
	edgeLines   = 2 // lines that may stand between the place and the text's end
)

// maxPageHits is how many lines of a page a rule about dates, names or menus
// may drop: where it finds more, they are a list's or a forum's own.
const maxPageHits = 3

// maxTagWords is how many words an agency tag in brackets may have.
const maxTagWords = 4

// The model's probabilities of being residue. Chosen together, out of fold,
// for at most 1 % of words lost in dirty texts and 97 % of clean texts
// unchanged.
const (
	sureResidue       = .9  // lines above it tell that a text is dirty
	minSure           = 5   // how many of them
	minSureNamed      = 2   // of these, how many a rule named
	dirtyThreshold    = .3  // above it a line of a dirty text goes
	mixedThreshold    = .45 // the same where fewer lines than mixedShare are residue for sure
	mixedShare        = .3
	proseThreshold    = .6  // the same for lines that read like paragraphs
	sentenceThreshold = .95 // the same for sentences among the paragraphs
	titleThreshold    = .9  // the same for the line that may be the headline
	gluedThreshold    = .7  // the same for pieces of a page on one line
	cleanThreshold    = .975
)

// maxModelWords is the longest line that the model drops: a longer one is more
// likely a whole article on one line, and never a label, menu or teaser.
const maxModelWords = 250

// A line whose log-odds after the first trees are below settledKeep stays.
const (
	firstTrees  = 40
	settledKeep = -1.5
)

// What rules need of these in a text taken for clean, where the gold texts of
// articles hold words like theirs as often as residue.
const (
	plainConsent     = .1
	capitalsConsent  = .3
	foulConsent      = .3 // of such a line, to tell that there is residue beside the paragraphs
	edgeConsent      = .65
	innerConsent     = .95
	placeConsent     = .95
	placeEdgeConsent = .94
)
