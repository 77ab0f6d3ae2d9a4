package indicator

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"anlan/ground/fault"
	"anlan/ground/figure"
	"anlan/ground/width"
)

// scan cuts a text into tokens, the last of which is the end. A character that is no part of the language is a fault and
// passed over, so that all are found at once.
func scan(file, content string) ([]token, fault.List) {
	s := &scanner{file: file, rest: strings.TrimPrefix(content, bom), at: mark{1, 1}, size: len(content)}
	switch {
	case len(content) > fileBytesMax:
		s.fault(mark{}, ErrTooLarge.With(partFile, fileBytesMax))
		return nil, s.faults
	case !utf8.ValidString(content):
		s.fault(firstInvalid(content), ErrNotText.With())
		return nil, s.faults
	}
	for s.next() {
		if len(s.tokens) > tokensMax {
			s.fault(s.at, ErrTooLarge.With(partWords, tokensMax))
			break
		}
		if len(s.faults) >= faultsMax {
			break
		}
	}
	s.add(endToken, "", s.at)
	return s.tokens, s.faults
}

// bom is what some editors put before a text.
const bom = "\ufeff"

// firstInvalid is the place of the first byte that is not UTF-8.
func firstInvalid(s string) mark {
	at := mark{1, 1}
	for i, r := range s {
		if _, n := utf8.DecodeRuneInString(s[i:]); r == utf8.RuneError && n == 1 {
			break
		}
		at = at.after(r)
	}
	return at
}

type scanner struct {
	file   string
	rest   string
	at     mark // of rest
	size   int  // of the whole content, in bytes
	from   int  // offset of the token that is being scanned
	tokens []token
	faults fault.List
}

func (s *scanner) fault(at mark, f *fault.Fault) {
	f.Where = at.in(s.file)
	s.faults = append(s.faults, f)
}

func (s *scanner) add(kind tokenKind, text string, at mark) {
	s.tokens = append(s.tokens, token{kind, text, at, s.from, s.size - len(s.rest)})
}

func (m mark) after(r rune) mark {
	if r == '\n' {
		return mark{m.line + 1, 1}
	}
	return mark{m.line, m.col + 1}
}

// take moves past the first n bytes and gives them.
func (s *scanner) take(n int) string {
	t := s.rest[:n]
	for _, r := range t {
		s.at = s.at.after(r)
	}
	s.rest = s.rest[n:]
	return t
}

// head is the first character, folded to half width, and its length; 0 at the end.
func (s *scanner) head() (rune, int) {
	r, n := utf8.DecodeRuneInString(s.rest)
	return width.Rune(r), n
}

// next scans one token, or passes blanks or a comment; false at the end.
func (s *scanner) next() bool {
	r, n := s.head()
	at := s.at
	s.from = s.size - len(s.rest)
	switch {
	case n == 0:
		return false
	case unicode.IsSpace(r):
		s.take(n)
	case r == '#':
		line, _, _ := strings.Cut(s.rest, "\n")
		s.take(len(line))
	case r == '"' || r == '“':
		s.text(r, n)
	case isDigit(r):
		s.number()
	case isLatin(r):
		s.name()
	case unicode.IsLetter(r):
		s.word()
	case signs[r] != "":
		s.take(n)
		sign := signs[r]
		if second, m := s.head(); second == '=' && (sign == "<" || sign == ">") {
			s.take(m)
			sign += "="
		}
		s.add(signToken, sign, at)
	default:
		s.fault(at, ErrStray.With(s.take(n)))
	}
	return true
}

// text scans a label or source: up to the closing quote, on one line. “ is closed by ”.
func (s *scanner) text(open rune, n int) {
	at, closing := s.at, "\""
	if open == '“' {
		closing = "”"
	}
	line, _, _ := strings.Cut(s.rest[n:], "\n")
	body, _, closed := strings.Cut(line, closing)
	switch {
	case !closed:
		s.take(n + len(line))
		s.fault(at, ErrUnclosed.With(closing))
		return
	case strings.TrimSpace(body) == "" || strings.ContainsFunc(body, unicode.IsControl):
		s.fault(at, ErrEmptyText.With())
	case utf8.RuneCountInString(body) > textRunesMax:
		s.fault(at, ErrTooLarge.With(partText, textRunesMax))
	}
	s.take(n + len(body) + len(closing))
	s.add(textToken, body, at)
}

// number scans digits with at most one point, then the unit that may follow on the same line.
func (s *scanner) number() {
	at := s.at
	raw := s.take(run(s.rest, func(r rune) bool { return isDigit(width.Rune(r)) || width.Rune(r) == '.' }))
	digits := width.Narrow(raw)
	switch {
	case strings.Count(digits, ".") > 1 || strings.HasSuffix(digits, "."):
		s.fault(at, ErrNumber.With(raw))
	case len(digits) > digitsMax:
		s.fault(at, ErrTooLarge.With(partNumber, digitsMax))
	case s.thousands():
		s.fault(at, ErrThousands.With(raw+s.rest[:4]))
		s.take(4)
	}
	s.add(numberToken, digits, at)
	s.unit()
}

// thousands says whether a comma with exactly three digits follows without a blank, as in 16,424: two arguments or one
// number, nobody can tell.
func (s *scanner) thousands() bool {
	return len(s.rest) >= 4 && s.rest[0] == ',' && run(s.rest[1:], isDigit) == 3
}

// unit scans the unit that may stand behind a number, on the same line.
func (s *scanner) unit() {
	blanks := run(s.rest, isBlank)
	if n := unitLength(s.rest[blanks:]); n > 0 {
		s.take(blanks)
		at := s.at
		s.add(unitToken, s.take(n), at)
	}
}

// unitLength is how many bytes at the head of s are a unit, known or not; 0 when there is none.
func unitLength(s string) int {
	n := unitWord(s)
	if n == 0 || keywords[s[:n]] || isLatin(rune(s[0])) && inCode(s[n:]) {
		return 0
	}
	for {
		slash := run(s[n:], func(r rune) bool { return width.Rune(r) == '/' || r == '·' })
		more := unitWord(s[n+slash:])
		if slash == 0 || more == 0 || !joins(s[:n], s[n:n+slash], s[n+slash:], more) {
			return n
		}
		n += slash + more
	}
}

// joins says whether the word of n bytes behind a slash belongs to the unit before it: when it is written in Chinese, or
// makes a known unit and begins no code. So 分/个百分点 is one unit, and 100 人/staff.in_post a quotient.
func joins(unit, slash, behind string, n int) bool {
	if behind[0] >= utf8.RuneSelf {
		return true
	}
	_, known := figure.UnitOf(unit + slash + behind[:n])
	return known && !inCode(behind[n:])
}

// unitWord is the length of one word of a unit: letters of any script, digits inside (m3), and the signs of units.
func unitWord(s string) int {
	if r, _ := utf8.DecodeRuneInString(s); isDigit(width.Rune(r)) {
		return 0
	}
	return run(s, func(r rune) bool {
		return unicode.IsLetter(r) || isDigit(r) || strings.ContainsRune("%％﹪‰°²³", r) || r >= '㎀' && r <= '㏟'
	})
}

// declared scans the unit behind "in": everything up to the next blank.
func (s *scanner) declared() {
	s.take(run(s.rest, isBlank))
	at := s.at
	if n := run(s.rest, func(r rune) bool { return !unicode.IsSpace(r) && r != '#' }); n > 0 {
		s.add(unitToken, s.take(n), at)
	}
}

// name scans a code, a function or a keyword.
func (s *scanner) name() {
	at := s.at
	n := width.Narrow(s.take(run(s.rest, func(r rune) bool { r = width.Rune(r); return isLatin(r) || isDigit(r) || r == '_' || r == '.' })))
	switch {
	case len(n) > codeBytesMax:
		s.fault(at, ErrTooLarge.With(partCode, codeBytesMax))
	case !keywords[n]:
		s.add(nameToken, n, at)
	default:
		s.add(keywordToken, n, at)
		if n == "in" {
			s.declared()
		}
	}
}

// word scans a word in Chinese characters.
func (s *scanner) word() {
	at := s.at
	if w := s.take(run(s.rest, func(r rune) bool { return unicode.IsLetter(r) && !isLatin(width.Rune(r)) })); w == chineseElse {
		s.add(keywordToken, "else", at)
	} else {
		s.add(wordToken, w, at)
	}
}

// run is the length in bytes of the longest head of s that in holds for.
func run(s string, in func(rune) bool) int {
	if n := strings.IndexFunc(s, func(r rune) bool { return !in(r) }); n >= 0 {
		return n
	}
	return len(s)
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }
func isLatin(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }
func isBlank(r rune) bool { return r == ' ' || r == '\t' || r == '　' }

// inCode says whether s goes on as a code or a call would.
func inCode(s string) bool {
	return s != "" && (s[0] == '.' || s[0] == '_' || s[0] == '(' || isLatin(rune(s[0])) || isDigit(rune(s[0])))
}
