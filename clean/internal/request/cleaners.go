package request

import (
	"fmt"
	"sync"

	"github.com/winnowtext/winnow/clean"
)

// maxRules is how many bytes of rules a request may bring: a hundred rules of the
// usual length.
const maxRules = 64 << 10

// maxCleaners is how many cleaners are kept: those of modes and kinds that people
// try out one after the other. Each takes some hundred KB beside the models, which
// all share.
const maxCleaners = 16

// Cleaners makes a cleaner for each set of options, and keeps those that were asked
// for last. It is safe for several goroutines.
type Cleaners struct {
	base clean.Options

	mu    sync.Mutex
	ready []*kept // the last to be used first
}

type kept struct {
	key     string
	once    sync.Once
	cleaner *clean.Cleaner
	err     error
}

// NewCleaners returns Cleaners whose options are those of base where a request does
// not say otherwise. The error is what is wrong with base.
func NewCleaners(base clean.Options) (*Cleaners, error) {
	cs := &Cleaners{base: base}
	_, err := cs.Get(&Options{})
	return cs, err
}

// Get returns the cleaner of the options.
func (cs *Cleaners) Get(o *Options) (*clean.Cleaner, error) {
	if len(o.Rules) > maxRules {
		return nil, wrong("rules: more than %d KB", maxRules>>10)
	}
	opt, err := o.Over(cs.base)
	if err != nil {
		return nil, err
	}
	k := cs.at(keyOf(&opt, o.Rules))
	k.once.Do(func() {
		if k.cleaner, k.err = clean.New(opt); k.err != nil {
			k.err = &Error{k.err} // what base asks for alone was tried first
		}
	})
	return k.cleaner, k.err
}

// keyOf is the same for options that make the same cleaner.
func keyOf(opt *clean.Options, rules string) string {
	// Maps are printed in the order of their keys.
	return fmt.Sprint(opt.Mode, opt.Engine, opt.Policy, opt.Title, opt.NoTables, opt.NoLinks, opt.NoImages, opt.Mojibake,
		opt.Comments, opt.Explain, opt.Structure, "\n", rules)
}

// at returns the place of the cleaner of that key, in front of the others.
func (cs *Cleaners) at(key string) *kept {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	k := &kept{key: key}
	i := 0
	for ; i < len(cs.ready); i++ {
		if cs.ready[i].key == key {
			k = cs.ready[i]
			break
		}
	}
	if i == len(cs.ready) {
		cs.ready = append(cs.ready, nil)
	}
	copy(cs.ready[1:i+1], cs.ready[:i])
	cs.ready[0] = k
	if len(cs.ready) > maxCleaners {
		cs.ready = cs.ready[:maxCleaners]
	}
	return k
}
