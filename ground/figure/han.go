package figure

import (
	"strings"
	"unicode/utf8"

	"github.com/quagmt/udecimal"
)

// han looks at the 汉字 numeral at i. Most are parts of words (进一步, 统一) and give no token; those that count words
// (三个方面) are ClassWord; the few that state a value are figures: 百分之十五, 近百人, 一百二十户, 三人.
func (s *Scanner) han(i int) (Token, bool) {
	if t, ok := s.percentIn(i); ok {
		return t, true
	}
	n := readNumeral(s.text, i)
	before, beforeAt := s.before(i)
	after, _ := s.after(n.end)
	switch {
	case s.quoted(i):
		if n.runes > 1 || startsUnit(after) || after == '大' || after == '+' {
			return s.token(ClassSlogan, i, n.end), true
		}
	case after == '分' && s.follows(n.end, "分之"):
		if second := readNumeral(s.text, n.end+len("分之")); second.runes > 0 {
			return s.token(ClassRatio, i, second.end), true
		}
	case (before == '（' || before == '(') && (after == '）' || after == ')'),
		s.startsSentence(i) && (after == '、' || after == '．' || after == '是' || after == '要' || after == '.'):
		return s.token(ClassOrdinal, i, n.end), true
	case strings.ContainsRune("数几好上", before):
		if _, end := s.unitAt(n.end); end > n.end {
			return s.token(ClassWord, beforeAt, end), true
		}
	default:
		if t, ok := s.hanDate(i, n); ok {
			return t, true
		}
		return s.hanFigure(i, n)
	}
	s.i = n.end
	return Token{}, false
}

// percentIn reads 百分之十五点五, 千分之3, 百分之90.
func (s *Scanner) percentIn(i int) (Token, bool) {
	unit := Percent
	switch {
	case s.follows(i, "百分之"):
	case s.follows(i, "千分之"):
		unit = unitWords["‰"]
	default:
		return Token{}, false
	}
	at := i + len("百分之")
	l := literal{end: at}
	if _, _, ok := digitAt(s.text, at); ok {
		l = readLiteral(s.text, at)
	} else if n := readNumeral(s.text, at); n.runes > 0 && n.valid && n.exponent == 0 {
		l = literal{coef: n.coef, decimals: n.decimals, end: n.end}
	}
	if l.end == at || l.decimals > decimalsMax || l.long {
		return Token{}, false
	}
	return s.statedAt(i, i, l.end, udecimal.MustFromUint64(l.coef, uint8(l.decimals)), l.decimals, unit), true
}

// statedAt makes the figure of a 汉字 numeral, with the words around it that widen it.
func (s *Scanner) statedAt(i, digits, end int, value udecimal.Decimal, decimals int, unit Unit) Token {
	form, from := s.hedge(i)
	if after, next := s.widened(end); form == Plain {
		form, end = after, next
	}
	t := s.token(ClassFigure, from, end)
	t.Digits = digits
	t.Figure = Figure{value: value, decimals: uint8(decimals), form: form, unit: unit}
	return t
}

// hanDate reads 二〇二三年, 二○二三年十二月三十一日, 十二月, 三十一日.
func (s *Scanner) hanDate(i int, n numeral) (Token, bool) {
	var d Date
	end := n.end
	switch {
	case n.digits && n.runes == 4 && n.coef >= 1800 && n.coef <= 2199 && s.follows(end, "年"):
		d.Year, end = int16(n.coef), end+len("年")
		end = s.hanMonth(&d, end)
	case n.valid && s.follows(end, "月") && n.coef <= 12 && n.exponent == 0:
		if end = s.hanMonth(&d, i); d.Month == 0 {
			return Token{}, false
		}
	default:
		return Token{}, false
	}
	t := s.token(ClassDate, i, end)
	t.Date = d
	return t, true
}

// hanMonth reads 十二月三十一日 at i; i when there is no month.
func (s *Scanner) hanMonth(d *Date, i int) int {
	n := readNumeral(s.text, i)
	if n.runes == 0 || !n.valid || n.coef < 1 || n.coef > 12 || !s.follows(n.end, "月") {
		return i
	}
	d.Month, i = int16(n.coef), n.end+len("月")
	if n := readNumeral(s.text, i); n.runes > 0 && n.valid && n.coef >= 1 && n.coef <= 31 && s.follows(n.end, "日") {
		d.Day, i = int16(n.coef), n.end+len("日")
	}
	return i
}

// hanFigure reads a numeral with a unit: 一百二十户, 近百人, 三百余万元, 三人, 十五个; otherwise it passes over it.
func (s *Scanner) hanFigure(i int, n numeral) (Token, bool) {
	at, over := n.end, false
	if s.follows(at, "余", "多") {
		at, over = at+len("余"), true
	}
	unit, end := s.unitAt(at)
	if end == at || unit.def().dim == One.def().dim && unit != unitWords["倍"] && unit != unitWords["成"] {
		s.i = n.end
		return Token{}, false
	}
	form, _ := s.hedge(i)
	if form == Plain {
		form, _ = s.widened(end)
	}
	if !n.valid || !s.hanStates(i, n, unit, s.text[at:end], over || form != Plain) {
		if before, _ := s.before(i); n.exponent > 0 && n.runes == 1 && before != 0 { // 万元 without a number
			s.i = n.end
			return Token{}, false
		}
		return s.token(ClassWord, i, end), true
	}
	if n.exponent > 0 {
		word := map[int16]string{4: "万", 8: "亿", 12: "万亿"}[n.exponent]
		u, ok := unitWords[word+unit.def().symbol]
		if !ok {
			s.i = n.end
			return Token{}, false
		}
		unit = u
	}
	t := s.statedAt(i, i, end, udecimal.MustFromUint64(n.coef, uint8(n.decimals)), n.decimals, unit)
	if over {
		t.Figure.form = Over
	}
	return t, true
}

// hanStates says whether a valid numeral with a unit states a value. 三个, 一批, 四处 count words or are words; 十四届 is
// an ordinal; 千吨, 百亿 are sizes unless a word says how many (近百人, 百余人); 三四个 is a guess.
func (s *Scanner) hanStates(i int, n numeral, unit Unit, word string, widened bool) bool {
	first, size := utf8.DecodeRuneInString(s.text[i:])
	_, startsWithPower := hanPower(first)
	switch {
	case startsWithPower && first != '十':
		return widened
	case n.digits && n.runes > 1:
		return false
	case n.runes > 1 || unit == unitWords["%"] || unit.def().dim == Points.def().dim:
		return true
	case first == '一':
		return false
	}
	if next, _ := s.after(i + size); next == '处' && first == '四' {
		return false
	}
	return widened || word == "元" || strings.Contains("人名起户间辆成倍", word)
}

// ordinal reads 第3, 第十四, 第12条, 第729号 at i, also set apart as 第 3 页; without a number it passes over 第.
func (s *Scanner) ordinal(i int) (Token, bool) {
	at := i + len("第")
	if strings.HasPrefix(s.text[at:], " ") {
		if n, _ := digitRun(s.text, at+1); n > 0 {
			at++
		}
	}
	n, end := digitRun(s.text, at)
	if n == 0 {
		han := readNumeral(s.text, at)
		if han.runes == 0 {
			s.i = at
			return Token{}, false
		}
		end = han.end
	}
	class := ClassOrdinal
	switch {
	case s.follows(end, "条", "款", "项", "章"):
		class = ClassArticle
	case s.follows(end, "号"):
		class, end = ClassDocument, end+len("号")
	}
	t := s.token(class, i, end)
	t.Digits = at
	return t, true
}
