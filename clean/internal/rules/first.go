package rules

import (
	"regexp/syntax"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What is told of a regular expression, so that it is tried on few lines: the bytes that
// a match may begin with, and a sign that it holds.

// A byteSet is a set of bytes.
type byteSet [4]uint64

func (s *byteSet) has(c byte) bool { return s[c/64]>>(c%64)&1 != 0 }

func (s *byteSet) add(c byte) { s[c/64] |= 1 << (c % 64) }

// everyByte holds all bytes.
var everyByte = byteSet{^uint64(0), ^uint64(0), ^uint64(0), ^uint64(0)}

// matches reports whether a text, which is not empty, matches. The expression is asked
// last.
func (p *pattern) matches(text string) bool {
	return p.first.has(text[0]) && strings.Contains(text, p.sign) && p.re.MatchString(text)
}

// firstBytes are the bytes that a text may begin with which a regular expression
// matches: few, where the expression begins with ^.
func firstBytes(parsed *syntax.Regexp) (set byteSet) {
	prog, err := syntax.Compile(parsed.Simplify())
	if err != nil {
		return everyByte
	}
	seen := make([]bool, len(prog.Inst))
	var visit func(pc uint32) bool // reports whether the first byte matters
	visit = func(pc uint32) bool {
		if seen[pc] {
			return true
		}
		seen[pc] = true
		switch i := &prog.Inst[pc]; i.Op {
		case syntax.InstFail:
			return true
		case syntax.InstNop, syntax.InstCapture, syntax.InstEmptyWidth:
			return visit(i.Out)
		case syntax.InstAlt, syntax.InstAltMatch:
			return visit(i.Out) && visit(i.Arg)
		case syntax.InstRune, syntax.InstRune1:
			for c := rune(0); c < utf8.RuneSelf; c++ {
				if i.MatchRune(c) {
					set.add(byte(c))
				}
			}
			for _, c := range i.Rune { // the ends of ranges, or a single one
				for fold := c; ; {
					if fold >= utf8.RuneSelf {
						set[2], set[3] = ^uint64(0), ^uint64(0)
					}
					if fold = unicode.SimpleFold(fold); fold == c {
						break
					}
				}
			}
			return true
		}
		return false // anything, or nothing at all
	}
	if prog.StartCond()&syntax.EmptyBeginText == 0 || !visit(uint32(prog.Start)) {
		return everyByte
	}
	return set
}

// heldSign returns a sign, such as @, that every match of a regular expression holds, ""
// where none is known.
func heldSign(re *syntax.Regexp) string {
	switch re.Op {
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			if s := heldSign(sub); s != "" {
				return s
			}
		}
	case syntax.OpCapture, syntax.OpPlus:
		return heldSign(re.Sub[0])
	case syntax.OpLiteral:
		for _, r := range re.Rune {
			if strings.ContainsRune(rareSigns, r) {
				return string(r)
			}
		}
	}
	return ""
}

// rareSigns are signs that few lines hold.
const rareSigns = "@[]{}<>|*_=#%&/\\"
