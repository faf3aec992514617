package line

import (
	"strings"

	"github.com/winnowtext/winnow/clean/internal/piece"
	"github.com/winnowtext/winnow/clean/internal/work"
)

// A listing is a run of lines of code, of configuration or of what a program wrote. Many
// of its lines have no sign of their own, such as SELECT or a name and a comma: they belong
// to it for what stands around them, as far as no prose parts them.
const (
	listingCode  = 3   // lines with signs that a listing has at least
	listingGap   = 2   // lines without any between two that have some
	listingBlank = 1   // blank lines between two
	codeWords    = 12  // of a line with a name in it that is code
	flagBytes    = 200 // of a command
)

// listed reports whether line i stands within a listing. All lines are read when the first
// one is asked for in a pass.
func (m *Memory) listed(by *piece.Memory, lines []Line, i int) bool {
	if inListing(lines, i) || printed(lines[i].Text) {
		return true
	}
	if !m.listingsRead {
		m.listingsRead = true
		m.readListings(by, lines)
	}
	return m.listings[i]
}

// A codeRow is what a line of the text, or a piece of a long one, looks like.
type codeRow struct {
	from, to int // pieces
	look     rowLook
	blank    int // blank lines before it
}

type rowLook uint8

const (
	rowPlain rowLook = iota
	rowName          // one word in small letters: in a listing, or at its end, it is code
	rowHint          // in a listing it is code
	rowCode
	rowProse // it ends a listing
)

// readListings marks the lines that stand within listings.
func (m *Memory) readListings(by *piece.Memory, lines []Line) {
	m.listings = work.Zeroed(m.listings, len(lines))
	m.codeRows = m.codeRows[:0]
	code := 0
	base := leastIndent(lines)
	for i := 0; i < len(lines); {
		m.Clock.Step()
		from, size := i, 0
		for i < len(lines) && (i == from || lines[i].Glued) {
			size += len(lines[i].Text)
			i++
		}
		step := i - from
		if size > maxCodeBytes {
			step = 1 // text that lost its line ends
		}
		for k := from; k < i; k += step {
			_, start := by.Whole(k)
			r := codeRow{from: k, to: k + step, blank: lines[k].Blank}
			r.look = lookOfRow(by, r, by.Text()[start:by.Pieces()[k+step-1].End], base)
			if r.look == rowCode {
				code++
			}
			m.codeRows = append(m.codeRows, r)
		}
	}
	if code >= listingCode {
		m.markListings()
	}
}

func leastIndent(lines []Line) int {
	least := maxCodeBytes
	for i := range lines {
		if !lines[i].Glued && least > 0 {
			least = min(least, indentOf(lines[i].Text))
		}
	}
	return least
}

func indentOf(text string) int { return len(text) - len(strings.TrimLeft(text, " \t")) }

// markListings marks the pieces of rows that make a listing.
func (m *Memory) markListings() {
	rows := m.codeRows
	for at := 0; at < len(rows); {
		if rows[at].look != rowCode {
			at++
			continue
		}
		first, last, code, hints := at, at, 0, 0
		gap, held := 0, 0
		for ; at < len(rows); at++ {
			r := &rows[at]
			if r.look == rowProse || at > first && r.blank > listingBlank {
				break
			}
			switch r.look {
			case rowCode:
				code++
				hints += held
				last, gap, held = at, 0, 0
			case rowHint, rowName:
				held++
				gap = 0
			default:
				gap++
			}
			if gap > listingGap {
				break
			}
		}
		at = max(at, last+1)
		if code < listingCode || (code+hints)*2 < last+1-first {
			continue
		}
		for first > 0 && rows[first].blank == 0 && rows[first-1].look == rowHint {
			first--
		}
		for last+1 < len(rows) && rows[last+1].blank == 0 && (rows[last+1].look == rowHint || rows[last+1].look == rowName && rows[last].look != rowName) {
			last++
		}
		for i := rows[first].from; i < rows[last].to; i++ {
			m.listings[i] = true
		}
		at = max(at, last+1)
	}
}

// lookOfRow is what the text of a row looks like.
func lookOfRow(by *piece.Memory, r codeRow, text string, base int) rowLook {
	if len(text) > maxCodeBytes {
		return rowProse
	}
	for i := r.from; i < r.to; i++ {
		if by.Prose(i) {
			return rowProse
		}
	}
	indent := indentOf(text)
	text = strings.TrimSpace(text)
	if len(text) >= paragraphBytes && endsSentence(text) && !strings.HasPrefix(text, "-- ") && !strings.HasPrefix(text, "# ") {
		return rowProse
	}
	if strings.Contains(text, "://") {
		return rowPlain
	}
	look := shapeOfCode(text)
	if look == rowPlain && indent > base {
		look = rowHint
	}
	return look
}

// What the first word of a line of code may be, in the case that stands below.
type codeOpener uint8

const (
	clause   codeOpener = 1 << iota // of a query
	clauseBy                        // the same before BY
	junction                        // of a query, or of a label in capitals as likely
	keyword                         // of a language
	command                         // of a shell
	level                           // of a log
)

var codeOpeners = func() map[string]codeOpener {
	all := map[string]codeOpener{}
	for kind, words := range map[codeOpener]string{
		clause:   "SELECT FROM WHERE HAVING INSERT DELETE RETURNING PARTITION",
		clauseBy: "GROUP ORDER PARTITION",
		junction: "AND OR ON AS WITH JOIN LEFT INNER OUTER CROSS UNION VALUES LIMIT SET CASE WHEN THEN ELSE END CREATE ALTER DROP UPDATE NOT IN",
		keyword:  "def class import from return if elif else else: try: except finally: for while func fn let const var public private static void package using namespace struct enum end fi done then do begin pass break continue continue; break; yield raise print async await export function type interface",
		command:  "git sudo apt apt-get yum dnf pip pip3 npm npx yarn docker kubectl curl wget cd mkdir chmod chown ssh scp brew cargo go python python3 make export echo cat ls rm cp mv systemctl psql mysql",
		level:    "INFO ERROR WARN WARNING DEBUG FATAL TRACE [INFO] [ERROR] [WARN] [WARNING] [DEBUG]",
	} {
		for _, w := range strings.Fields(words) {
			all[w] |= kind
		}
	}
	return all
}()

// A signClass says for what a byte may be a sign: most lines have none of them.
type signClass uint8

const (
	bracketSign signClass = 1 << iota // of code
	codeMark                          // of code where it stands in the right place
	colonSign
	barSign   // of a table
	nameSign  // within a name
	otherSign // what else hints look at
)

var signClasses = func() (t [256]signClass) {
	for class, signs := range map[signClass]string{bracketSign: "(){}[]=<>;*", codeMark: "$#/&", colonSign: ":", barSign: "+|\xE2", nameSign: "_", otherSign: ",\"-"} {
		for i := range len(signs) {
			t[signs[i]] |= class
		}
	}
	for c := '0'; c <= '9'; c++ {
		t[c] = otherSign
	}
	return t
}()

// shapeOfCode tells code by the shape of one line.
func shapeOfCode(text string) rowLook {
	if text == "" {
		return rowPlain
	}
	var has signClass
	for i := range len(text) {
		has |= signClasses[text[i]]
	}
	if has&(bracketSign|codeMark|colonSign) != 0 && codeSign(text) || has&barSign != 0 && ruled(text) {
		return rowCode
	}
	word, rest, more := strings.Cut(text, " ")
	opens := codeOpeners[word]
	if has == 0 && opens == 0 {
		if more || strings.Trim(text, "abcdefghijklmnopqrstuvwxyz0123456789") != "" {
			return rowPlain
		}
		return rowName
	}
	signs := has&bracketSign != 0 || has&barSign != 0 && strings.Contains(text, "│")
	named := has&nameSign != 0 && hasName(text)
	ends := endsSentence(text)
	last := text[len(text)-1]
	switch {
	case opens&clauseBy != 0 && strings.HasPrefix(rest, "BY"), opens&clause != 0:
		return rowCode
	case has&barSign != 0 && strings.Contains(text, "│"):
		if strings.ContainsAny(text, "0123456789_") {
			return rowCode
		}
		return rowHint
	case text[0] == '"' && (strings.Contains(text, `": `) || strings.Contains(text, `":`) && (last == ',' || last == '{' || last == '[')):
		return rowCode
	case stamped(text) && more:
		return rowHint
	case opens&level != 0 && more && !ends:
		return rowCode
	case named && (signs || last == ',' || last == ':') && !ends && strings.Count(text, " ") < codeWords:
		return rowCode
	case opens&keyword != 0 && !ends && (last == ':' || last == '{' || last == ';' || signs):
		return rowCode
	case opens&command != 0 && more && !ends && len(text) <= flagBytes && (strings.Contains(text, " -") || strings.ContainsAny(rest, "/=|")):
		return rowCode
	case opens&junction != 0, opens&keyword != 0 && strings.Count(text, " ") < 4, opens&command != 0 && more, named:
		if !ends {
			return rowHint
		}
	case last == ',' && !strings.ContainsAny(text, " "), last == ';' && !ends, strings.HasPrefix(text, "-- "):
		return rowHint
	case strings.Trim(text, "()[]{},; ") == "", has&bracketSign != 0 && calls(text), has&colonSign != 0 && keySign(text):
		return rowHint
	case strings.Trim(text, "abcdefghijklmnopqrstuvwxyz0123456789") == "":
		return rowName
	}
	return rowPlain
}

// ruled reports whether a line is the rule of a table that a program drew: dashes with what
// parts columns.
func ruled(text string) bool {
	return len(text) >= 5 && strings.Trim(text, "-=+|─┼│├┤┬┴┌┐└┘═╪║ ") == "" && strings.ContainsAny(text, "+┼┬┴╪|") && strings.Contains(text, "--") || strings.Contains(text, "─┼─")
}

// hasName reports whether a name with an underscore within stands in a line, as those of
// programs do and those of people on networks, which a sign precedes, do not.
func hasName(text string) bool {
	for i := 1; i+1 < len(text); i++ {
		if text[i] != '_' {
			continue
		}
		if !isSmall(text[i-1]) || !isSmall(text[i+1]) {
			continue
		}
		from := i
		for from > 0 && (isLetter(text[from-1]) || isFigure(text[from-1]) || text[from-1] == '_') {
			from--
		}
		if from == 0 || strings.IndexByte("@#/", text[from-1]) < 0 {
			return true
		}
	}
	return false
}

func isSmall(c byte) bool  { return c >= 'a' && c <= 'z' }
func isFigure(c byte) bool { return c >= '0' && c <= '9' }

// calls reports whether a line holds a call: a name in small letters and a bracket, unless
// that holds the ending of a plural.
func calls(text string) bool {
	for i := 1; i+1 < len(text); i++ {
		if text[i] == '(' && (isSmall(text[i-1]) || text[i-1] == '_') {
			end := strings.IndexByte(text[i:], ')')
			if end > 4 || end > 0 && end < 3 && text[i+1] != 's' || end == 3 && text[i+1:i+3] != "en" && text[i+1:i+3] != "es" {
				return true
			}
		}
	}
	return false
}

// stamped reports whether a line opens with a day and a time to the second, as those of logs
// do: 2019-05-03 11:20:45.
func stamped(text string) bool {
	const form = "0000-00-00 00:00:00"
	if text[0] == '[' {
		text = text[1:]
	}
	if len(text) < len(form) {
		return false
	}
	for i := range len(form) {
		c := text[i]
		switch form[i] {
		case '0':
			if !isFigure(c) {
				return false
			}
		case ' ':
			if c != ' ' && c != 'T' {
				return false
			}
		default:
			if c != form[i] {
				return false
			}
		}
	}
	return true
}

// printed reports whether a line is rows of a table that a program drew, one behind the
// other: figures between lines.
func printed(text string) bool {
	const bar, least = "│", 3
	if strings.Count(text, bar) < least {
		return false
	}
	figures, letters := 0, 0
	for i := range len(text) {
		switch {
		case isFigure(text[i]):
			figures++
		case isLetter(text[i]):
			letters++
		}
	}
	return figures > letters
}
