package model

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
)

// A Phrase says in words what a feature's value means.
type Phrase struct {
	// Topic is what the feature is about. Features of one topic are one reason
	// together, in the words of the one that counted most. A topic in brackets
	// is no reason for one row against another: all have the same value.
	Topic string
	// Unit says how to read the byte: log, ratio, bit, num, signed or steps, as
	// the quantisers of this package write them, log/N and ratio/N for values
	// that were multiplied by N before, others for a logarithmic count of which
	// the row itself is one, or a unit of the step's own.
	Unit string
	// Words hold {} for the value. Zero are the words for the value zero, None
	// those for 255, the sign that there is nothing to measure. Without words
	// a feature gives no reason.
	Words, Zero, None string
}

// NewPhrase makes a phrase of its topic, its unit and "words | words for zero | words
// for none", of which the last two may be left out.
func NewPhrase(topic, unit, words string) (Phrase, error) {
	f := strings.Split(words, "|")
	if len(f) > 3 {
		return Phrase{}, fmt.Errorf("%q is not words | words for zero | words for none", words)
	}
	f = append(f, "", "")
	return Phrase{topic, unit, strings.TrimSpace(f[0]), strings.TrimSpace(f[1]), strings.TrimSpace(f[2])}, nil
}

// Say puts a value in words; "" when there is nothing to say. own says what a
// value of a unit that is not known here is called.
func (p *Phrase) Say(v uint8, own func(unit string, v uint8) string) string {
	unit, div := p.Unit, 1.0
	if name, n, ok := strings.Cut(unit, "/"); ok {
		unit = name
		div, _ = strconv.ParseFloat(n, 64) // a test reads all tables
	}
	switch unit {
	case "log", "ratio", "others", "bit", "steps", "signed":
		if v == math.MaxUint8 {
			return p.None
		}
	default:
		if v == math.MaxUint8 && p.None != "" {
			return p.None
		}
	}
	switch unit {
	case "bit":
		if v == 0 {
			return p.Zero
		}
		return p.Words
	case "log":
		if v == 0 {
			return p.Zero
		}
		n := unlog(v) / div
		s := strconv.FormatFloat(n, 'f', -1, 64)
		if div > 1 {
			s = strconv.FormatFloat(n, 'f', 1, 64)
		}
		if v >= 8 && div == 1 {
			s = "about " + s
		}
		return fill(p.Words, s)
	case "num":
		if v == 0 && p.Zero != "" {
			return p.Zero
		}
		return fill(p.Words, strconv.Itoa(int(v)))
	case "ratio":
		if v == 0 {
			return p.Zero
		}
		return fill(p.Words, strconv.FormatFloat(float64(v)/ratioMax/div, 'f', 2, 64))
	case "others":
		if v <= 1 {
			return p.Zero
		}
		return fill(p.Words, strconv.FormatFloat(unlog(v)-1, 'f', -1, 64))
	case "steps":
		if v <= 1 {
			return p.Zero
		}
		return fill(p.Words, strconv.Itoa(int(v)))
	case "signed":
		side := "before"
		d := int(v) - signedZero
		switch {
		case d == 0:
			return p.Zero
		case d > 0:
			side = "after"
		default:
			d = -d
		}
		return strings.ReplaceAll(fill(p.Words, strconv.FormatFloat(unlog(uint8(d)), 'f', -1, 64)), "{-}", side)
	}
	s := own(p.Unit, v)
	if s == "" {
		return p.Zero
	}
	return strings.ReplaceAll(p.Words, "{}", s)
}

// fill puts a number into words; "(s)" is the ending of a plural.
func fill(words, number string) string {
	plural := "s"
	if number == "1" {
		plural = ""
	}
	return strings.ReplaceAll(strings.ReplaceAll(words, "{}", number), "(s)", plural)
}

// unlog is the number in the middle of those that Log puts at v.
func unlog(v uint8) float64 {
	if v < 8 {
		return float64(v)
	}
	width := 1 << (v/4 - 1)
	low := (4 + int(v%4)) * width
	return float64(low + (width-1)/2)
}

// A Reason is a topic that moved a verdict.
type Reason struct {
	Weight float32 // what its features added to the log-odds
	Text   string
}

// Phrases are those of all features of a model.
type Phrases struct {
	List   []Phrase
	topics []string // in the order of their names
	topic  []int16  // of each feature
	of     [][]int  // the features of each topic
	reason []bool   // whether a topic may be one
	said   []said   // of each feature
}

// said is what was said of the values of a feature before, of rows that went and of
// those that stayed.
type said [2][256]atomic.Pointer[string]

// Say puts a value of a feature in words, see Phrase.Say; own says besides whether they
// hang on nothing but the value and whether the row stays. Such words are found once.
func (p *Phrases) Say(f int, v uint8, stays bool, own func(unit string, v uint8) (s string, always bool)) string {
	memo := &p.said[f][Side(stays)][v]
	if s := memo.Load(); s != nil {
		return *s
	}
	always := true
	s := p.List[f].Say(v, func(unit string, v uint8) (s string) {
		s, always = own(unit, v)
		return s
	})
	if always {
		memo.Store(&s)
	}
	return s
}

// NewPhrases is for features in that order.
func NewPhrases(list []Phrase) *Phrases {
	p := &Phrases{List: list, said: make([]said, len(list))}
	for _, one := range list {
		p.topics = append(p.topics, one.Topic)
	}
	slices.Sort(p.topics)
	p.topics = slices.Compact(p.topics)
	for _, one := range list {
		at, _ := slices.BinarySearch(p.topics, one.Topic)
		p.topic = append(p.topic, int16(at))
	}
	p.of, p.reason = make([][]int, len(p.topics)), make([]bool, len(p.topics))
	for f, t := range p.topic {
		p.of[t] = append(p.of[t], f)
	}
	for t, name := range p.topics {
		p.reason[t] = name != "" && name[0] != '('
	}
	return p
}

// Reasons returns the topics that moved a verdict most in the direction of
// sign, at most so many. moved is what each feature added to the log-odds, and
// say puts a feature in words.
func (p *Phrases) Reasons(moved []float32, sign float32, most int, say func(f int) string) []Reason {
	var room [256]float32
	sums := room[:]
	if len(p.topics) > len(sums) {
		sums = make([]float32, len(p.topics))
	}
	sums = sums[:len(p.topics)]
	for f, m := range moved {
		sums[p.topic[f]] += m
	}
	rs := make([]Reason, 0, most)
	for len(rs) < most {
		at, strongest := -1, float32(0)
		for t, m := range sums {
			if m*sign > strongest && p.reason[t] {
				at, strongest = t, m*sign
			}
		}
		if at < 0 {
			break
		}
		// Where the strongest has nothing to say, or what was said, the next one speaks.
		for f := next(p.of[at], moved, sign, -1); f >= 0; f = next(p.of[at], moved, sign, f) {
			if s := say(f); s != "" && !slices.ContainsFunc(rs, func(r Reason) bool { return r.Text == s }) {
				rs = append(rs, Reason{sums[at], s})
				break
			}
		}
		sums[at] = 0
	}
	return rs
}

// next returns the feature of a topic that moved a verdict most in the direction of sign,
// of those behind one in that order, where that is not -1; -1 where there is none.
func next(of []int, moved []float32, sign float32, behind int) int {
	found, strongest := -1, float32(0)
	for _, f := range of {
		m := moved[f] * sign
		if behind >= 0 && (m > moved[behind]*sign || m == moved[behind]*sign && f <= behind) {
			continue
		}
		if m > strongest {
			found, strongest = f, m
		}
	}
	return found
}

// Check returns what is wrong with a phrase: it must have a topic, words, and a unit
// that is known here or named in units.
func (p Phrase) Check(units []string) error {
	unit, n, over := strings.Cut(p.Unit, "/")
	by, err := strconv.Atoi(n)
	switch {
	case p.Topic == "" || p.Words == "":
		return errors.New("no topic or no words")
	case over && (unit != "log" && unit != "ratio" || err != nil || by < 2):
		return fmt.Errorf("unit %s", p.Unit)
	case !slices.Contains([]string{"log", "ratio", "others", "bit", "num", "signed", "steps"}, unit) && !slices.Contains(units, unit):
		return fmt.Errorf("unit %s is not known", p.Unit)
	case unit != "bit" && !strings.Contains(p.Words, "{}"):
		return fmt.Errorf("no {} in %q", p.Words)
	case (unit == "signed" || unit == "steps") && p.Zero == "":
		return errors.New("no words for zero")
	}
	return nil
}

// Holds reports whether a byte may be a value of the phrase's unit. Those of a step's
// own units all may.
func (p Phrase) Holds(v uint8) bool {
	unit, _, _ := strings.Cut(p.Unit, "/")
	switch {
	case v == math.MaxUint8 && (unit != "bit" || p.None != ""):
		return true // nothing to measure
	case unit == "bit":
		return v <= 1
	case unit == "ratio":
		return v <= ratioMax
	case unit == "log" || unit == "others":
		return v <= Log(math.MaxInt32)
	}
	return true
}
