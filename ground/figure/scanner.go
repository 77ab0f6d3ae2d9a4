package figure

import (
	"strings"
	"unicode/utf8"
)

// Scanner finds the numbers of a UTF-8 text in one pass, in order. Time is linear in the text; it keeps nothing but its
// position. Bytes that are not UTF-8 are passed over. Not for use by two goroutines.
type Scanner struct {
	text        string
	i           int // next byte
	last        int // end of the token before
	line        int
	lineAt      int // offset of the line's first byte
	counted     int // offset up to which code points of the line are counted
	column      int // code points of the line before counted
	quoteEnd    int // up to here the text stands in a short quotation: names and slogans
	quoteOpened int
}

// NewScanner scans text.
func NewScanner(text string) *Scanner {
	return &Scanner{text: text, line: 1}
}

// quoteRunesMax bounds a quotation that is taken for a name or slogan; longer ones are speech, with figures.
const quoteRunesMax = 24

// interesting marks the code points of three bytes at which a number or a quotation may start.
var interesting = func() (bits [0x10000 / 64]uint64) {
	for _, r := range "〇零○一二两三四五六七八九十百千万亿萬億第“「『０１２３４５６７８９" {
		bits[r>>6] |= 1 << (r & 63)
	}
	for r := '①'; r <= '⑳'; r++ {
		bits[r>>6] |= 1 << (r & 63)
	}
	return bits
}()

// Next is the next number; false at the end of the text.
func (s *Scanner) Next() (Token, bool) {
	text := s.text
	for s.i < len(text) {
		c := text[s.i]
		switch {
		case c < utf8.RuneSelf:
			if c-'0' <= 9 {
				return s.number(s.i), true
			}
			if c == '\n' {
				s.line++
				s.lineAt, s.counted, s.column = s.i+1, s.i+1, 0
			}
			s.i++
		case c >= 0xE2 && c < 0xF0 && s.i+2 < len(text):
			second, third := text[s.i+1]^0x80, text[s.i+2]^0x80
			if second|third > 0x3F { // not UTF-8
				s.i++
				continue
			}
			r := rune(c&0xF)<<12 | rune(second)<<6 | rune(third)
			if interesting[r>>6]&(1<<(r&63)) != 0 {
				if t, ok := s.start(r); ok {
					return t, true
				}
				continue
			}
			s.i += 3
		default:
			s.i++
		}
	}
	return Token{}, false
}

// start looks at a character at which a number may start, and moves behind what it has understood.
func (s *Scanner) start(r rune) (Token, bool) {
	switch {
	case r == '“' || r == '「' || r == '『':
		s.openQuote(s.i)
		s.i += 3
		return Token{}, false
	case r >= '０' && r <= '９':
		return s.number(s.i), true
	case r >= '①' && r <= '⑳':
		return s.token(ClassOrdinal, s.i, s.i+3), true
	case r == '第':
		return s.ordinal(s.i)
	}
	return s.han(s.i)
}

func (s *Scanner) openQuote(at int) {
	const size = len("“")
	closing := "”"
	switch s.text[at : at+size] {
	case "「":
		closing = "」"
	case "『":
		closing = "』"
	}
	end := min(len(s.text), at+size+3*quoteRunesMax)
	if k := strings.Index(s.text[at+size:end], closing); k >= 0 {
		s.quoteOpened, s.quoteEnd = at, at+size+k
	}
}

// quoted says whether i stands inside a short quotation.
func (s *Scanner) quoted(i int) bool { return i < s.quoteEnd && i > s.quoteOpened }

// token makes a token of s.text[from:end], and moves behind it.
func (s *Scanner) token(c Class, from, end int) Token {
	from = max(from, s.last) // a word behind the number before belongs to that one
	s.last = end
	if from > s.counted {
		s.column += utf8.RuneCountInString(s.text[s.counted:from])
		s.counted = from
	}
	column := s.column + 1
	if from < s.counted { // a word before the number, already passed
		column -= utf8.RuneCountInString(s.text[from:s.counted])
	}
	s.i = end
	return Token{Class: c, Offset: from, End: end, Digits: from, Line: s.line, Column: column}
}

// before is the character before i, 0 at the start of the text.
func (s *Scanner) before(i int) (r rune, at int) {
	if i == 0 {
		return 0, 0
	}
	if c := s.text[i-1]; c < utf8.RuneSelf {
		return rune(c), i - 1
	}
	r, size := utf8.DecodeLastRuneInString(s.text[:i])
	return r, i - size
}

// after is the character at i, 0 at the end of the text.
func (s *Scanner) after(i int) (r rune, size int) {
	if i >= len(s.text) {
		return 0, 0
	}
	if c := s.text[i]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(s.text[i:])
}

func (s *Scanner) follows(i int, words ...string) bool {
	for _, w := range words {
		if strings.HasPrefix(s.text[min(i, len(s.text)):], w) {
			return true
		}
	}
	return false
}

func isLetter(r rune) bool { return r|0x20 >= 'a' && r|0x20 <= 'z' && r < utf8.RuneSelf }
