package figure

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/quagmt/udecimal"
)

// number makes a token of the digit number at i. The kinds of number that are no figure are tried in an order in which
// the more certain sign goes first: its neighbours, then its own shape, then what follows.
func (s *Scanner) number(i int) Token {
	l := readLiteral(s.text, i)
	m := s.measure(l.end)
	before, beforeAt := s.before(i)
	if end, ok := s.numbered(i, l, before); ok {
		return s.token(ClassOrdinal, i, end)
	}
	if end, ok := s.uuid(i); ok {
		return s.token(ClassCode, i, end)
	}
	if t, ok := s.document(i, l, before); ok {
		return t
	}
	if t, ok := s.phone(i, l, m); ok {
		return t
	}
	if d, end, ok := s.date(i, l, m); ok {
		t := s.token(ClassDate, i, end)
		t.Date = d
		return t
	}
	if s.quoted(i) {
		return s.token(ClassSlogan, i, l.end)
	}
	switch {
	case l.flaw == TwoPoints || l.flaw == Grouping:
		return s.malformed(i, l, m)
	case isLetter(before), strings.ContainsRune("-:/", before) && s.letterBefore(beforeAt), strings.ContainsRune("_=&?#@\\", before):
		if m.unit.def().dim != money && m.unit != Percent { // GDP4710.67亿元 states a value, PM2.5 does not
			return s.code(i, l.end)
		}
	case l.long || m.end == l.end && s.letterAfter(l.end):
		return s.code(i, l.end)
	}
	if end, ok := s.joined(l.end); ok && m.end == l.end {
		return s.token(ClassSlogan, i, end)
	}
	if end, class, ok := s.ratio(l); ok && m.end == l.end {
		return s.token(class, i, end)
	}
	if m.end == l.end {
		if c, ok := s.mark(i, l, before); ok {
			return s.token(c, i, l.end)
		}
	}
	if t, ok := s.span(i, l, m); ok {
		return t
	}
	if t, ok := s.compound(i, l, m); ok {
		return t
	}
	return s.stated(i, l, m)
}

// numbered says whether a literal is the number of an item and the year that the item begins with: 4．2025年工作计划. Nobody counts years to
// ten-thousandths.
func (s *Scanner) numbered(i int, l literal, before rune) (end int, ok bool) {
	if l.whole > 2 || l.decimals != 4 || l.flaw == TwoPoints || !strings.HasPrefix(s.text[l.end:], "年") || before != 0 && !unicode.IsSpace(before) && !strings.ContainsRune("。；：", before) {
		return 0, false
	}
	_, end = digitRun(s.text, i)
	year := s.text[end+pointAt(s.text, end):]
	return end, strings.HasPrefix(year, "19") || strings.HasPrefix(year, "20")
}

// money is the dimension of 元.
var money = unitWords["元"].def().dim

// stated makes a figure of a literal and its measure.
func (s *Scanner) stated(i int, l literal, m measure) Token {
	from, negative := s.sign(i, m)
	form, hedgeAt := s.hedge(from)
	if m.form != Plain {
		form = m.form
	} else if form != Plain {
		from = hedgeAt
	}
	if form == Near && m.unit.def().dim == unitWords["年"].def().dim { // 近5年 are the last five years
		form, from = Plain, i
	}
	value, err := udecimal.NewFromUint64(l.coef, uint8(min(l.decimals, decimalsMax+1)))
	if err != nil || l.decimals > decimalsMax {
		return s.code(i, l.end)
	}
	if negative {
		value = value.Neg()
	}
	t := s.token(ClassFigure, from, m.end)
	t.Digits = i
	t.Flaw = l.flaw
	t.Figure = Figure{value: value, decimals: uint8(l.decimals), form: form, unit: m.unit}
	return t
}

// sign looks for a sign before the digit at i: −18.18%, ＋5. A hyphen after a letter, a digit or a unit joins, and one
// between 汉字 and a bare number numbers something (表-3).
func (s *Scanner) sign(i int, m measure) (from int, negative bool) {
	r, at := s.before(i)
	if r != '-' && r != '−' && r != '－' && r != '+' && r != '＋' {
		return i, false
	}
	b, _ := s.before(at)
	switch {
	case isLetter(b), b >= '0' && b <= '9', b >= '０' && b <= '９', b == '%', b == ')', b == '）', b == '-', b == '—',
		b == '年', b == '月', b == '日', b == '号':
		return i, false
	case b >= 0x4E00 && b <= 0x9FFF && m.unit == One:
		if form, _ := s.hedge(at); form == Plain {
			return i, false
		}
	}
	return at, r != '+' && r != '＋'
}

// hedge looks for a word before i that widens the number (约, 超过), and says where it starts.
func (s *Scanner) hedge(i int) (Form, int) {
	last, at := s.before(i)
	switch last {
	case '约', '近', '超', '逾', '过', '出', '破', '足', '到', '于', '少', '多', '为', '≥', '≤':
	default:
		return Plain, i
	}
	best, bestAt := Plain, i
	for _, w := range formWords {
		if w.before && strings.HasSuffix(s.text[:i], w.word) && i-len(w.word) < bestAt {
			best, bestAt = w.form, i-len(w.word)
		}
	}
	if best == Plain {
		return Plain, i
	}
	switch prev, _ := s.before(at); {
	case bestAt != at: // a word of two characters is unmistakable
	case last == '约' && strings.ContainsRune("节合预签违制履简", prev), // 节约20万元
		last == '近' && strings.ContainsRune("附邻临新靠最", prev),
		last == '超' && strings.ContainsRune("赶反", prev):
		return Plain, i
	}
	return best, bestAt
}

// document recognises document numbers: 〔2023〕12号, [2023]12号, （2023）12号. A number behind 〔 is never a figure.
func (s *Scanner) document(i int, l literal, before rune) (Token, bool) {
	switch before {
	case '〔', '﹝', '[', '［', '【', '（', '(':
	default:
		return Token{}, false
	}
	if l.whole == 4 && l.decimals == 0 && !l.grouped {
		if r, size := s.after(l.end); strings.ContainsRune("〕﹞]］】）)", r) && size > 0 {
			end := l.end + size
			if r, size := s.after(end); r == ' ' || r == '第' {
				end += size
			}
			if n, next := digitRun(s.text, end); n > 0 && s.follows(next, "号", "期") {
				return s.token(ClassDocument, i, next+len("号")), true
			}
		}
	}
	if before == '〔' || before == '﹝' {
		return s.token(ClassDocument, i, l.end), true
	}
	return Token{}, false
}

// phone recognises telephone numbers: mobile numbers, area codes, service numbers, and bare numbers behind 电话, 热线, 传真.
func (s *Scanner) phone(i int, l literal, m measure) (Token, bool) {
	if l.decimals > 0 || l.grouped || l.whole < 3 || m.end > l.end {
		return Token{}, false
	}
	if l.whole == 11 && s.text[i] == '1' && i+1 < len(s.text) && s.text[i+1] >= '3' {
		return s.token(ClassPhone, i, l.end), true
	}
	if r, size := s.after(l.end); (l.whole == 3 || l.whole == 4) && (r == '-' || r == '—' || r == '–' || r == ')' || r == '）') {
		n, end := digitRun(s.text, l.end+size)
		switch {
		case l.zero && (n == 7 || n == 8):
			return s.token(ClassPhone, i, end), true
		case (l.coef == 400 || l.coef == 800) && n >= 3 && n <= 7:
			if s.follows(end, "-") {
				if m, next := digitRun(s.text, end+1); m > 0 {
					end = next
				}
			}
			return s.token(ClassPhone, i, end), true
		}
	}
	if l.whole >= 5 && l.whole <= 8 {
		near := s.text[max(0, i-5*utf8.UTFMax, s.lineAt):i]
		for _, w := range []string{"电话", "热线", "传真", "拨打", "手机"} {
			if strings.Contains(near, w) {
				return s.token(ClassPhone, i, l.end), true
			}
		}
	}
	return Token{}, false
}

// code consumes the letters, digits and joints of a code, model or address from i on, at least up to end.
func (s *Scanner) code(i, end int) Token {
	for end < len(s.text) {
		c := s.text[end]
		if !isLetter(rune(c)) && c-'0' > 9 && !(strings.IndexByte("-_./:=&?", c) >= 0 && end+1 < len(s.text) && (isLetter(rune(s.text[end+1])) || s.text[end+1]-'0' <= 9)) {
			break
		}
		end++
	}
	return s.token(ClassCode, i, end)
}

// uuid recognises 018e3f9f-0000-7000-8000-9c5a0caa9576 (RFC 9562) around a digit, and gives its end.
func (s *Scanner) uuid(i int) (end int, ok bool) {
	const size = 36
	from, end := i, i+1
	for from > 0 && i-from < size && isHexOrDash(s.text[from-1]) {
		from--
	}
	for end < len(s.text) && end-from <= size && isHexOrDash(s.text[end]) {
		end++
	}
	if end-from != size {
		return 0, false
	}
	for k, c := range []byte(s.text[from:end]) {
		if (c == '-') != (k == 8 || k == 13 || k == 18 || k == 23) {
			return 0, false
		}
	}
	return end, true
}

func isHexOrDash(c byte) bool { return c-'0' <= 9 || c|0x20 >= 'a' && c|0x20 <= 'f' || c == '-' }

func (s *Scanner) letterBefore(i int) bool { r, _ := s.before(i); return isLetter(r) }
func (s *Scanner) letterAfter(i int) bool  { r, _ := s.after(i); return isLetter(r) }

// malformed is a number with two points or wrong groups: with a unit nobody can read it, without one it is a heading
// number or a version (3.1.2).
func (s *Scanner) malformed(i int, l literal, m measure) Token {
	if m.end == l.end && l.flaw == TwoPoints {
		return s.code(i, l.end)
	}
	t := s.token(ClassMalformed, i, m.end)
	t.Flaw = l.flaw
	return t
}

// joined recognises names made of digits: 4+4, 1+2+N, 4×4, 8·11.
func (s *Scanner) joined(i int) (end int, ok bool) {
	for end = i; ; ok = true {
		r, size := s.after(end)
		if r != '+' && r != '＋' && r != '×' && r != '·' && r != '•' {
			return end, ok
		}
		if n, next := digitRun(s.text, end+size); n > 0 {
			end = next
		} else if r, letter := s.after(end + size); isLetter(r) {
			end += size + letter
		} else {
			return end, ok
		}
	}
}

// ratio recognises 3：2 and 1/3, and times of day as 15:30.
func (s *Scanner) ratio(l literal) (end int, c Class, ok bool) {
	r, size := s.after(l.end)
	if r != ':' && r != '：' && r != '∶' && r != '/' || l.decimals > 0 {
		return 0, 0, false
	}
	n, end := digitRun(s.text, l.end+size)
	if n == 0 {
		return 0, 0, false
	}
	if n == 2 && l.coef <= 24 && r != '/' {
		if second, next := digitRun(s.text, end+1); s.follows(end, ":") && second == 2 {
			end = next
		}
		return end, ClassDate, true
	}
	return end, ClassRatio, true
}

// mark recognises what bare numbers are by their place: list marks, captions, numbered things, codes by their length.
func (s *Scanner) mark(i int, l literal, before rune) (Class, bool) {
	after, size := s.after(l.end)
	switch {
	case l.decimals == 0 && l.whole <= 3 && (after == '.' || after == '．' || after == '、' || after == '）' || after == ')'):
		next, _ := s.after(l.end + size)
		opened := before == '（' || before == '('
		if (after == '）' || after == ')') && opened || s.startsSentence(i) && (after != '、' || next < '0' || next > '9') {
			return ClassOrdinal, true
		}
	case after == '号':
		return ClassCode, true
	}
	switch {
	case before == '图' || before == '表' || before == '注' || s.endsWith(i, "附件") || s.endsWith(i, "日志位置"):
		return ClassCode, true
	case l.decimals == 0 && !l.grouped && (l.whole >= 6 || l.zero && l.whole > 1):
		return ClassCode, true
	case after == '强':
		return ClassSlogan, true
	}
	return 0, false
}

func (s *Scanner) endsWith(i int, word string) bool { return strings.HasSuffix(s.text[:i], word) }

// startsSentence says whether i is the first character of a line or follows the end of a sentence, blanks aside.
func (s *Scanner) startsSentence(i int) bool {
	for {
		r, at := s.before(i)
		switch r {
		case 0, '\n', '\r', '\f', '。', '；', ';', '：', ':', '！', '|', '”':
			return true
		case ' ', '　', '\t', '\u00A0':
			i = at
		default:
			return false
		}
	}
}

// span recognises ranges: 100—180毫米, 5%—5.5%, 3至5人. With 至 or 到 a first number that has its own unit is where
// something came from (由15%到20%), not the end of a range.
func (s *Scanner) span(i int, l literal, m measure) (Token, bool) {
	if m.form != Plain {
		return Token{}, false
	}
	r, size := s.after(m.end)
	word := r == '至' || r == '到'
	if !word && r != '—' && r != '–' && r != '-' && r != '~' && r != '～' && r != '－' || word && m.end > l.end {
		return Token{}, false
	}
	at := m.end + size
	secondNegative := r != '-' && !word && s.follows(at, "-")
	if secondNegative {
		at++
	}
	if _, _, ok := digitAt(s.text, at); !ok {
		return Token{}, false
	}
	l2 := readLiteral(s.text, at)
	m2 := s.measure(l2.end)
	switch {
	case l2.flaw == TwoPoints || l2.flaw == Grouping || l2.long || l.long || max(l.decimals, l2.decimals) > decimalsMax:
		return Token{}, false
	case m.end > l.end && m.unit != m2.unit:
		return Token{}, false
	case m2.end == l2.end && (r == '-' || r == '－' || word): // 1-2 is a number of something
		if word {
			return Token{}, false
		}
		return s.code(i, l2.end), true
	case s.follows(m2.end, "月", "日", "年", "号"):
		return s.code(i, l.end), true
	}
	low, _ := udecimal.NewFromUint64(l.coef, uint8(l.decimals))
	high, _ := udecimal.NewFromUint64(l2.coef, uint8(l2.decimals))
	from, negative := s.sign(i, m2)
	if negative {
		low = low.Neg()
	}
	if secondNegative {
		high = high.Neg()
	}
	if m.end == l.end && high.LessThan(low) && m2.unit.def().scale != m2.unit.base() { // 9000—1万元 has two scales
		return Token{}, false
	}
	_, from = s.hedge(from)
	t := s.token(ClassFigure, from, m2.end)
	t.Digits = i
	t.Figure = Figure{value: low, to: &high, decimals: uint8(l.decimals), toPlace: uint8(l2.decimals), form: Range, unit: m2.unit}
	return t, true
}

// base is the scale of the unit without a multiple before it.
func (u Unit) base() scale {
	rest, _ := cutMultiple(u.def().symbol)
	if v, ok := unitWords[rest]; ok {
		return v.def().scale
	}
	return u.def().scale
}

// compound recognises 3亿2000万元 and 2万500元: a smaller multiple follows a greater one.
func (s *Scanner) compound(i int, l literal, m measure) (Token, bool) {
	if _, _, ok := digitAt(s.text, m.end); !ok || m.end == l.end {
		return Token{}, false
	}
	rest, exponent := cutMultiple(m.unit.def().symbol)
	if rest != "" || exponent == 0 || m.form != Plain || l.decimals > 0 {
		return Token{}, false
	}
	l2 := readLiteral(s.text, m.end)
	m2 := s.measure(l2.end)
	_, exponent2 := cutMultiple(m2.unit.def().symbol)
	shift := exponent - exponent2
	if shift <= 0 || shift > 12 || l2.decimals > 0 || l2.flaw != NoFlaw || l2.coef >= powersOfTen[shift] || l.coef > 1e6 || m2.end == l2.end ||
		s.follows(l2.end, "年", "月", "日") {
		return Token{}, false
	}
	l.coef, l.end = l.coef*powersOfTen[shift]+l2.coef, l2.end
	return s.stated(i, l, m2), true
}

var powersOfTen = func() (p [20]uint64) {
	p[0] = 1
	for i := 1; i < len(p); i++ {
		p[i] = p[i-1] * 10
	}
	return p
}()
