package figure

import (
	"strings"
	"unicode/utf8"
)

// measure is what follows the digits of a number: its unit and the words that widen it.
type measure struct {
	unit Unit
	form Form
	end  int // offset behind them; where the digits end when there is neither
}

// measure reads the unit at i, after at most one blank: 万元, 余万元, 万余元, 人/亿元, 毫米以上.
func (s *Scanner) measure(i int) measure {
	m := measure{end: i}
	at := i
	if r, size := s.after(at); r == ' ' || r == '\u00A0' {
		at += size
	}
	over := func() {
		if m.form == Plain && s.follows(at, "余", "多") {
			m.form, at = Over, at+len("余")
		}
	}
	over()
	u, end := s.unitAt(at)
	if end == at || s.follows(at, "月", "日") { // those make dates
		return s.bare(i)
	}
	if u.def().dim == One.def().dim && u != Percent && s.follows(end, "余", "多") { // 1万余人
		if v, next := s.unitAt(end + len("余")); next > end+len("余") {
			if w, ok := unitWords[u.def().symbol+v.def().symbol]; ok {
				u, end, m.form = w, next, Over
			}
		}
	}
	u, end = s.per(at, u, end)
	at = end
	over()
	m.unit, m.end = u, at
	if m.form == Plain {
		m.form, m.end = s.widened(at)
	}
	return m
}

// bare reads the words that widen a number without a unit: 3000余, 5左右.
func (s *Scanner) bare(i int) measure {
	if s.follows(i, "余") {
		return measure{form: Over, end: i + len("余")}
	}
	form, end := s.widened(i)
	return measure{form: form, end: end}
}

// widened reads 左右, 以上, 以内 and the like at i.
func (s *Scanner) widened(i int) (Form, int) {
	switch r, _ := s.after(i); r {
	case '左', '上', '以', '之', '及':
	default:
		return Plain, i
	}
	for _, w := range formWords {
		if !w.before && len(w.word) > len("余") && s.follows(i, w.word) && !s.follows(i+len(w.word), "述") {
			return w.form, i + len(w.word)
		}
	}
	return Plain, i
}

// per reads what stands below the line: 人/亿元, 微克/立方米, 立方米每秒, 次/10万公顷.
func (s *Scanner) per(from int, u Unit, end int) (Unit, int) {
	r, size := s.after(end)
	if r != '/' && r != '／' && (r != '每' || !s.follows(end+size, "秒", "小时", "天", "分钟")) {
		return u, end
	}
	at := end + size
	n, digits := digitRun(s.text, at)
	if n > 7 {
		return u, end
	}
	_, next := s.unitAt(digits)
	if next == digits {
		return u, end
	}
	compound, ok := UnitOf(s.text[from:next])
	if !ok {
		return u, end
	}
	return compound, next
}

// unitLongest is how many characters the longest unit word has that starts with a character; 0 for most, because a
// number is followed by something else more often than not. Characters beyond U+FFFF start none.
var unitLongest = func() (longest [0x10000]uint8) {
	for w := range unitWords {
		if r, _ := utf8.DecodeRuneInString(w); w != "" {
			longest[r] = max(longest[r], uint8(utf8.RuneCountInString(w)))
		}
	}
	return longest
}()

func startsUnit(r rune) bool { return r < 0x10000 && unitLongest[r] > 0 }

// unitRunesMax bounds the characters of a unit word, multiples included.
const unitRunesMax = 8

// unitAt is the longest unit word at i, and the offset behind it; i when there is none. A word that goes on to another
// meaning (人民, 分别, 成功) is none.
func (s *Scanner) unitAt(i int) (Unit, int) {
	first, size := s.after(i)
	if size == 0 || !startsUnit(first) {
		return One, i
	}
	var ends [unitRunesMax]int
	n := 0
	for at := i; n < int(unitLongest[first]) && n < len(ends); n++ {
		r, size := s.after(at)
		if size == 0 || r < utf8.RuneSelf && !isLetter(r) && r != '%' && r != '2' && r != '3' || r >= 0x3000 && r < 0x3400 && r != '㎡' {
			break
		}
		at += size
		ends[n] = at
	}
	for n--; n >= 0; n-- {
		word := s.text[i:ends[n]]
		if u, ok := unitWords[word]; ok && s.unitEnds(word, ends[n]) {
			return u, ends[n]
		}
	}
	return One, i
}

// unitEnds says whether the unit word before end is not the beginning of a longer word.
func (s *Scanner) unitEnds(word string, end int) bool {
	next, size := s.after(end)
	if size == 0 {
		return true
	}
	last, lastSize := utf8.DecodeLastRuneInString(word)
	if isLetter(last) {
		return !isLetter(next)
	}
	if last == '成' {
		return !(next >= 0x4E00 && next <= 0x9FFF) || strings.ContainsRune("以左多的", next)
	}
	if rest, _ := cutMultiple(word); len(rest) != lastSize {
		return true
	}
	return !strings.ContainsRune(goesOn[last], next)
}

// goesOn lists, for the units of one character that begin other words, the characters that continue those words.
var goesOn = map[rune]string{
	'人': "民才均大员工事身", '分': "别析之布类配散级为成公管局行支", '部': "门分委队长署属", '组': "织建成", '场': "所馆面景",
	'期': "间末货限", '台': "账风阶州湾", '家': "庭长属园乡", '支': "出持付撑部行", '层': "次面级", '次': "日生要序数", '条': "件例款",
	'本': "级年市省月地科季次单局区县", '名': "单称义", '位': "于置", '处': "置理罚级长于在分", '张': "家贴", '口': "岸径",
	'根': "据本", '对': "于口接比照外应标本策", '头': "部", '片': "区", '门': "诊类", '类': "型别", '种': "植子业", '起': "重伏步来点诉草",
	'户': "籍外口", '间': "接距隔", '列': "入为", '天': "然气津", '升': "级至高学", '克': "服", '方': "面案式向法", '周': "边岁一二三四五六",
	'道': "路德", '集': "中成体团合", '元': "旦月", '所': "有在属以", '排': "查放序名", '单': "位元一项",
	'尾': "矿", '例': "如", '批': "准示复发", '只': "有要能",
	'座': "谈", '具': "有体", '株': "洲", '幅': "度",
}
