package rules

import (
	"fmt"
	"strconv"
	"strings"
)

// Elements of a form, as symbols of the trie's edges. Words are symbols below
// symSpecial; the others hold their argument in the lower bits.
const (
	symSpecial uint32 = 1 << 24
	symKind    uint32 = 0xFF << 24
	symNumber  uint32 = 1 << 24 // {n}
	symDate    uint32 = 2 << 24 // {date}
	symName    uint32 = 3 << 24 // {name}
	symNames   uint32 = 4 << 24 // {names}
	symAny     uint32 = 5 << 24 // {any<=k}
	symList    uint32 = 6 << 24 // {LIST}
	symColon   uint32 = 7 << 24 // {:}
	symUpper   uint32 = 8 << 24 // {caps}
)

// Limits that keep forms small and their matching linear.
const (
	maxExpansions = 2000 // plain forms one line may stand for
	maxAny        = 8    // largest k of {any<=k}
	maxAnyPerForm = 2
	maxFormWords  = 40
)

// parseForm reads a form and returns all plain forms it stands for:
// alternatives (a|b), options [a], words and placeholders.
func (s *Set) parseForm(text string) ([][]uint32, error) {
	p := formParser{text: text}
	plain, err := p.alternatives(0)
	if err != nil {
		return nil, err
	}
	if p.pos < len(text) {
		return nil, fmt.Errorf("unexpected %q in %q", text[p.pos], text)
	}
	forms := make([][]uint32, 0, len(plain))
	for _, f := range plain {
		syms, err := s.symbols(f)
		if err != nil {
			return nil, fmt.Errorf("%w in %q", err, text)
		}
		forms = append(forms, syms)
	}
	return forms, nil
}

// symbols reads a plain form.
func (s *Set) symbols(text string) ([]uint32, error) {
	var syms []uint32
	anys, words := 0, 0
	for rest := text; rest != ""; {
		literal, after, found := strings.Cut(rest, "{")
		lit := s.vocabulary.AddText(literal)
		words += len(lit)
		syms = append(syms, lit...)
		if !found {
			break
		}
		name, after, found := strings.Cut(after, "}")
		if !found {
			return nil, fmt.Errorf("missing '}'")
		}
		sym, err := s.placeholder(name)
		if err != nil {
			return nil, err
		}
		switch sym & symKind {
		case symAny:
			anys++
		case symList:
			words++
		}
		syms = append(syms, sym)
		rest = after
	}
	switch {
	case len(syms) == 0:
		return nil, fmt.Errorf("nothing to find")
	case len(syms) > maxFormWords:
		return nil, fmt.Errorf("more than %d words", maxFormWords)
	case anys > maxAnyPerForm:
		return nil, fmt.Errorf("more than %d {any}", maxAnyPerForm)
	case words == 0 && anys > 0:
		return nil, fmt.Errorf("nothing but {any}")
	}
	return syms, nil
}

type formParser struct {
	text string
	pos  int
}

func (p *formParser) alternatives(depth int) ([]string, error) {
	if depth > 8 {
		return nil, fmt.Errorf("brackets too deep in %q", p.text)
	}
	var all []string
	for {
		seq, err := p.sequence(depth)
		if err != nil {
			return nil, err
		}
		if all = append(all, seq...); len(all) > maxExpansions {
			return nil, fmt.Errorf("%q stands for more than %d forms", p.text, maxExpansions)
		}
		if p.pos >= len(p.text) || p.text[p.pos] != '|' {
			return all, nil
		}
		p.pos++
	}
}

func (p *formParser) sequence(depth int) ([]string, error) {
	seqs := []string{""}
	for p.pos < len(p.text) {
		next := []string{""}
		switch c := p.text[p.pos]; c {
		case '|', ')', ']':
			return seqs, nil
		case '(', '[':
			p.pos++
			inner, err := p.alternatives(depth + 1)
			if err != nil {
				return nil, err
			}
			closing := byte(')')
			if c == '[' {
				closing = ']'
				inner = append(inner, "")
			}
			if p.pos >= len(p.text) || p.text[p.pos] != closing {
				return nil, fmt.Errorf("missing %q in %q", closing, p.text)
			}
			p.pos++
			next = inner
		default:
			end := strings.IndexAny(p.text[p.pos:], "|()[]")
			if end < 0 {
				end = len(p.text) - p.pos
			}
			next[0] = p.text[p.pos : p.pos+end]
			p.pos += end
		}
		if len(seqs)*len(next) > maxExpansions {
			return nil, fmt.Errorf("%q stands for more than %d forms", p.text, maxExpansions)
		}
		out := make([]string, 0, len(seqs)*len(next))
		for _, a := range seqs {
			for _, b := range next {
				out = append(out, a+b)
			}
		}
		seqs = out
	}
	return seqs, nil
}

func (s *Set) placeholder(name string) (uint32, error) {
	switch name {
	case "n", "time":
		return symNumber, nil
	case "date":
		return symDate, nil
	case "name":
		return symName, nil
	case "names":
		return symNames, nil
	case ":":
		return symColon, nil
	case "caps":
		return symUpper, nil
	}
	if k, ok := strings.CutPrefix(name, "any<="); ok {
		n, err := strconv.Atoi(k)
		if err != nil || n < 1 || n > maxAny {
			return 0, fmt.Errorf("{%s}: want a number from 1 to %d", name, maxAny)
		}
		return symAny | uint32(n), nil
	}
	bit, ok := s.listBits[name]
	if !ok {
		return 0, fmt.Errorf("unknown placeholder {%s}", name)
	}
	for i := range uint32(maxLists) {
		if bit == 1<<i {
			return symList | i, nil
		}
	}
	return 0, fmt.Errorf("unknown placeholder {%s}", name)
}
