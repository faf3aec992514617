package clean

import (
	"math"

	"github.com/winnowtext/winnow/clean/internal/article"
)

// A Decision tells what happened to one piece of the input and why. The
// pieces of a result, kept and removed, are in order the whole visible text of
// the input, white space and invisible characters aside.
type Decision struct {
	// Kept reports whether the piece is in the text.
	Kept bool `json:"kept"`
	// Kind says what a removed piece is. A kept piece has one when it would
	// have been removed, but the policy for its kind says otherwise, and when it is
	// the lead of the text, "standfirst".
	Kind Kind `json:"kind,omitempty"`
	// Rule is the id of the rule that decided, such as "paywall.meter", or
	// "model" where the classifier of blocks or pieces did, and "memory" where
	// Options.Memory did.
	Rule string `json:"rule"`
	// Named is the id of the rule that gave the kind, where another one or the
	// classifier decided.
	Named string `json:"named,omitempty"`
	// Step is the step that decided: prune, classify, context, line or dedupe.
	Step string `json:"step"`
	// P is the classifier's probability that the piece belongs to the article,
	// in [0,1]; it is 0 where no classifier was asked.
	P float64 `json:"p,omitempty"`
	// Threshold is the least P with which the piece would stay, where the
	// classifier decided; else it is 0. All blocks of a page have the same;
	// pieces of a text that the classifier is known to misjudge need less, and
	// those that always stay, such as rows of tables and program code, have 1e-6.
	Threshold float64 `json:"threshold,omitempty"`
	// Reasons are up to three things that spoke for the decision most, the
	// strongest first. Where a rule decided, the one reason is what the rule
	// is about.
	Reasons []Reason `json:"reasons,omitempty"`
	// Where is the place: a CSS path in a page, "line N" or "line N, piece K" in a text.
	Where string `json:"where"`
	// Text is the piece itself.
	Text string `json:"text"`
}

// A Reason is something that spoke for a [Decision].
type Reason struct {
	// Text says it in words, such as "link density 0.91".
	Text string `json:"text"`
	// Weight is how far it moved the classifier's log-odds that the piece
	// belongs to the article: below zero away from it. It is 0 for rules.
	Weight float64 `json:"weight,omitempty"`
}

// ByModel is the Rule of decisions that the classifier took.
const ByModel = "model"

// decisions are the article's pieces as Decisions.
func decisions(pieces []article.Piece) []Decision {
	ds := make([]Decision, len(pieces))
	count := 0 // of reasons
	for i := range pieces {
		count += len(pieces[i].Reasons)
	}
	room := make([]Reason, count)
	for i := range pieces {
		p := &pieces[i]
		ds[i] = Decision{
			Kept: p.Kept, Kind: Kind(p.Kind), Rule: p.Rule, Named: p.Named, Step: p.Step, P: p.P, Threshold: p.Threshold,
			Where: p.Where, Text: p.Text,
		}
		if len(p.Reasons) == 0 {
			continue
		}
		k := len(p.Reasons)
		ds[i].Reasons, room = room[:k:k], room[k:]
		for k, r := range p.Reasons {
			ds[i].Reasons[k] = Reason{r.Text, math.Round(float64(r.Weight)*100) / 100}
		}
	}
	return ds
}
