package clean

// A Decision tells what happened to one piece of the input and why. The
// pieces of a result, kept and removed, are in order the whole visible text of
// the input, white space and invisible characters aside.
type Decision struct {
	// Kept tells whether the piece is in the text.
	Kept bool `json:"kept"`
	// Kind says what a removed piece is. A kept piece has one when it would
	// have been removed, but the policy for its kind says otherwise.
	Kind Kind `json:"kind,omitempty"`
	// Rule is the id of the rule that decided, such as "paywall.meter", or
	// "model" where the block or line classifier did.
	Rule string `json:"rule"`
	// Step is the step that decided: prune, classify, context, line or dedupe.
	Step string `json:"step"`
	// P is the classifier's probability that the piece belongs to the article,
	// in [0,1]; it is 0 where no classifier was asked.
	P float64 `json:"p,omitempty"`
	// Where is the place: a CSS path in a page, "line N" in a text.
	Where string `json:"where"`
	// Text is the piece itself.
	Text string `json:"text"`
}
