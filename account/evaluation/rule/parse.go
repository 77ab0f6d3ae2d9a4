package rule

import (
	"math/big"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"anlan/ground/figure"
	"anlan/ground/width"
)

// Bounds of a wording.
const (
	runesMax = 2_000
	itemsMax = 20 // ① to ⑳
)

// Patterns of the parts of a clause, after folding.
const (
	number  = `-?[0-9]{1,18}(?:\.[0-9]{1,9})?`
	units   = `%|‰|个百分点|百分点|亿元|万元|元|人次|人|起|例|项|处|件|次|个|家|户|天|日|分|平方米`
	amount  = `(` + number + `)(` + units + `)?`
	points  = `(满分|全分|不得分|不计分|零分|[0-9]{1,9}(?:\.[0-9]{1,9})?分)`
	subject = `[\p{Han}"“”x]{0,24}?`
	gives   = `(?:的|部分)*(?:得|计|记|为|给|:)*`
)

var (
	floorClause  = regexp.MustCompile(`(?:直至|直到)?(?:扣完为止|扣至0分为止|扣完分值为止|最低[得计]?0分)`)
	bothSides    = regexp.MustCompile(`(?:超过|超出|高于)[(或/](?:降低|低于|减少|短少|不足)\)?`)
	hanOne       = regexp.MustCompile(`(每(?:\p{Han}{1,4}?)?)(一|两|二|三|四|五|六|七|八|九|十)(个?百分点|%)`)
	joined       = regexp.MustCompile(`[,;、](得|计|记|给|按满分|扣)`)
	percentHan   = regexp.MustCompile(`百分之(` + number + `)`)
	standard     = regexp.MustCompile(`^以` + amount + `为(?:标准|基准|基础)$`)
	deduct       = regexp.MustCompile(`^每(超过|超出|超|高于|增加|上升|低于|低|少于|减少|降低|下降|偏离|偏差)` + amount + `扣[减除]?(` + number + `)分$`)
	incident     = regexp.MustCompile(`^(?:每)?(?:发现|出现|有|存在|发生)?(?:一|1|每)(?:例|项|处|次|起|个|条|笔)[^0-9]*扣[减除]?(` + number + `)分$`)
	brokenClause = regexp.MustCompile(`^不[足满](?:1步|一步|` + number + `)?(?:个?百分点|%)?的?(?:部分)?(按比例|不扣|不计|舍去|进一|按.{1,8}计)(?:算|扣分|扣减|分)?$`)
	waived       = regexp.MustCompile(`^(?:没有|当年无|无|未)[^0-9]{1,30}?(?:按满分计算|按满分计|计满分|得满分|不扣分)$`)
	byShare      = regexp.MustCompile(`^按?(?:实际)?完成(?:比例|率)(?:[计得给]分)$`)
	quotient     = regexp.MustCompile(`^(?:得分=)?(?:(完成值|实际值|实际完成值|执行数)[÷/](目标值|预算数|` + number + `(?:` + units + `)?)|(目标值|` + number + `(?:` + units + `)?)[÷/](?:完成值|实际值|实际完成值))[×*](分值|满分|` + number + `分)$`)
	rate         = regexp.MustCompile(`^(?:得分=)?(?:预算)?(?:执行率|完成率)[×*](分值|满分|` + number + `分?)$`)
	reached      = regexp.MustCompile(`^(?:达到|完成)(?:年度)?(?:目标值|指标值|目标)` + gives + points + `$`)
	otherwise    = regexp.MustCompile(`^(?:否则|其余|其他|未达到的?|不达标的?)` + gives + points + `$`)
	rangeBand    = regexp.MustCompile(`^(?:` + subject + `在)?` + amount + `(含|不含)?[-~至到]` + amount + `(含|不含)?(?:之间)?` + gives + points + `$`)
	chainBand    = regexp.MustCompile(`^` + amount + `(<|≤|<=)` + subject + `(<|≤|<=)` + amount + gives + points + `$`)
	signBand     = regexp.MustCompile(`^` + subject + `(≥|>=|≤|<=|>|<|=|大于等于|不低于|不少于|达到|大于|超过|高于|小于等于|不超过|不高于|小于|低于|不足|等于)` + amount + `(含)?(?:及?(以上|以下))?` + gives + points + `$`)
	tailBand     = regexp.MustCompile(`^` + subject + amount + `(含|不含)?及?(以上|以下)` + gives + points + `$`)
	pointsEnd    = regexp.MustCompile(`([0-9]+(?:\.[0-9]+)?)分$`)
	pointBand    = regexp.MustCompile(`^` + subject + amount + gives + points + `$`)
	shareLevel   = regexp.MustCompile(`^(\p{Han}{1,30}?):?(` + number + `)%?[-~至到](` + number + `)%(?:含)?(?:的?分值)?$`)
	pointLevel   = regexp.MustCompile(`^(\p{Han}{1,20}?)(?:得|计|记|为|给|:)*` + points + `$`)
	itemPoints   = regexp.MustCompile(`^(.{1,200}?)(?:[,;:]+(?:得|计|记|给)?)?(` + number + `)分$`)
	brackets     = regexp.MustCompile(`\((不?含)[^()]{0,12}\)`)
)

// Parse reads a wording. Faults: ErrNotUnderstood, ErrMixed, ErrTooLong, ErrOverlap, ErrGap, ErrLevelOrder, ErrZeroStep.
func Parse(text string) (Rule, error) {
	if n := utf8.RuneCountInString(text); n > runesMax {
		return Rule{}, ErrTooLong.With(runesMax)
	}
	if !utf8.ValidString(text) {
		return Rule{}, ErrNotUnderstood.With(shownText(strings.ToValidUTF8(text, "�")))
	}
	folded := fold(text)
	if strings.ContainsRune(folded, '①') {
		return checklist(folded)
	}
	var w wording
	for _, c := range strings.FieldsFunc(joined.ReplaceAllString(folded, "$1"), func(r rune) bool { return r == ',' || r == ';' || r == '、' }) {
		ok, err := w.take(c)
		if err != nil {
			return Rule{}, err
		}
		if !ok {
			return Rule{}, ErrNotUnderstood.With(shownText(c))
		}
	}
	form, err := w.form(text)
	return Rule{form, w.waived}, err
}

func shownText(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

// fold brings a wording to one way of writing: half width, no blanks, clauses separated by ; or ,.
func fold(s string) string {
	s = strings.Map(func(r rune) rune {
		switch r {
		case '。', '\n':
			return ';'
		case '–', '—', '－', '−', '～':
			return '-'
		case '＜':
			return '<'
		case '＞':
			return '>'
		}
		if r = width.Rune(r); unicode.IsSpace(r) || unicode.IsControl(r) {
			return -1
		}
		return r
	}, s)
	s = brackets.ReplaceAllString(s, "$1")
	s = bothSides.ReplaceAllString(s, "偏离")
	s = percentHan.ReplaceAllString(s, "$1%")
	s = hanOne.ReplaceAllStringFunc(s, func(m string) string {
		for han, digit := range hanDigits {
			m = strings.Replace(m, han, digit, 1)
		}
		return m
	})
	s = floorClause.ReplaceAllString(s, ";")
	return strings.NewReplacer("(", ";", ")", ";").Replace(s)
}

var hanDigits = map[string]string{"一": "1", "二": "2", "两": "2", "三": "3", "四": "4", "五": "5", "六": "6", "七": "7", "八": "8", "九": "9", "十": "10"}

// wording is what the clauses read so far say.
type wording struct {
	bands     []rawBand
	otherwise *big.Rat
	deduction *Deduction
	broken    Broken
	from      Amount
	ratio     *Ratio
	reached   bool
	reachedAt *big.Rat // points of 达到目标值; nil: 满分
	levels    []Level
	share     bool
	waived    string
	forms     int // clauses of which a wording has one
}

// take reads one clause; ok is false where it is none that is known.
func (w *wording) take(c string) (ok bool, err error) {
	switch {
	case brokenClause.MatchString(c):
		w.broken = brokenOf(brokenClause.FindStringSubmatch(c)[1])
	case waived.MatchString(c):
		w.waived = c
	case standard.MatchString(c):
		m := standard.FindStringSubmatch(c)
		w.from = amountOf(m[1], m[2])
	case deduct.MatchString(c):
		m := deduct.FindStringSubmatch(c)
		w.forms++
		w.deduction = &Deduction{Side: sideOf(m[1]), Step: amountOf(m[2], m[3]), Per: rat(m[4])}
		if w.deduction.Step.Number.Sign() <= 0 {
			return true, ErrZeroStep.With(shownText(c))
		}
	case incident.MatchString(c):
		w.forms++
		w.deduction = &Deduction{Side: Over, Count: true, Per: rat(incident.FindStringSubmatch(c)[1])}
	case byShare.MatchString(c):
		w.forms++
		w.ratio = &Ratio{}
	case quotient.MatchString(c), rate.MatchString(c):
		w.forms++
		w.ratio = ratioOf(c)
	case reached.MatchString(c):
		w.reached = true
		w.reachedAt = pointsOf(reached.FindStringSubmatch(c)[1])
	case otherwise.MatchString(c):
		w.otherwise = pointsOf(otherwise.FindStringSubmatch(c)[1])
		return w.otherwise != nil, nil
	default:
		return w.graded(c), nil
	}
	return true, nil
}

// graded reads a band or a level.
func (w *wording) graded(c string) bool {
	if m := shareLevel.FindStringSubmatch(c); m != nil {
		w.levels, w.share = append(w.levels, Level{m[1], rat(m[2]), rat(m[3])}), true
		return true
	}
	if b, ok := bandOf(c); ok {
		b.text = c
		w.bands = append(w.bands, b)
		return true
	}
	if m := pointLevel.FindStringSubmatch(c); m != nil {
		p := pointsOf(m[2])
		if p == nil {
			return false
		}
		w.levels = append(w.levels, Level{m[1], p, p})
		return true
	}
	return false
}

// form joins what was read, or says that it does not belong together.
func (w *wording) form(text string) (Form, error) {
	kinds := w.forms
	if len(w.levels) > 0 {
		kinds++
	}
	alone := w.reached && w.ratio == nil && w.deduction == nil
	if alone {
		kinds++
	}
	if len(w.bands) > 0 && w.deduction == nil {
		kinds++
	}
	switch {
	case kinds == 0:
		return nil, ErrNotUnderstood.With(shownText(text))
	case kinds > 1, w.broken != "" && w.deduction == nil, w.from.Stated() && w.deduction == nil,
		w.otherwise != nil && len(w.bands) == 0 && !alone, w.deduction != nil && len(w.bands) > 1:
		return nil, ErrMixed.With(shownText(text))
	case w.deduction != nil:
		return w.deducted(text)
	case w.ratio != nil:
		return *w.ratio, nil
	case alone:
		if w.otherwise != nil && w.otherwise.Sign() != 0 {
			return nil, ErrMixed.With(shownText(text))
		}
		return Reached{full: w.reachedAt}, nil
	case len(w.levels) > 0:
		return levelsOf(w.levels, w.share)
	}
	return settle(w.bands, w.otherwise)
}

// deducted is a deduction with the standard that a single band states: ≤100%计5分.
func (w *wording) deducted(text string) (Form, error) {
	d := *w.deduction
	d.Broken, d.From = w.broken, w.from
	if len(w.bands) == 0 {
		return d, nil
	}
	b := w.bands[0]
	at := b.low.at
	if !at.Stated() {
		at = b.high.at
	}
	if d.Count || d.From.Stated() || b.low.at.Stated() && b.high.at.Stated() && !equal(b.low.at, b.high.at) ||
		d.Side == Over && b.low.at.Stated() && !b.high.at.Stated() || d.Side == Below && b.high.at.Stated() && !b.low.at.Stated() {
		return nil, ErrMixed.With(shownText(text))
	}
	d.From, d.full = at, b.points
	return d, nil
}

func levelsOf(levels []Level, share bool) (Form, error) {
	for i, l := range levels {
		if l.High.Cmp(l.Low) < 0 || i > 0 && l.High.Cmp(levels[i-1].Low) > 0 || share && l.High.Cmp(l.Low) == 0 || l.Low.Sign() < 0 {
			return nil, ErrLevelOrder.With(l.Name)
		}
	}
	if share {
		return Levels{Levels: levels, Share: true}, nil
	}
	return Levels{Levels: levels, full: levels[0].High}, nil
}

// checklist reads ①…2分；②…2分.
func checklist(folded string) (Rule, error) {
	var c Checklist
	head, rest, _ := strings.Cut(folded, "①")
	if head != "" {
		return Rule{}, ErrNotUnderstood.With(shownText(head))
	}
	for i := 0; ; i++ {
		next := strings.Index(rest, mark(i+1))
		part := rest
		if i+1 < itemsMax && next >= 0 {
			part = rest[:next]
		}
		m := itemPoints.FindStringSubmatch(strings.Trim(part, ",;:、"))
		if m == nil || strings.Trim(m[1], ",;:、") == "" || i >= itemsMax {
			return Rule{}, ErrNotUnderstood.With(shownText(mark(i) + part))
		}
		c.Items = append(c.Items, Item{strings.Trim(m[1], ",;:、"), rat(m[2])})
		if len(part) == len(rest) {
			return Rule{Form: c}, nil
		}
		rest = rest[next+len(mark(i+1)):]
	}
}

// bandOf reads a clause such as 80%含-90%计4分, 0<x≤10%计4分, ≥90%得满分, 90%以上计6分, 0计5分. Digits that run together are not
// taken apart: 好60分 is no 6 with 0分.
func bandOf(c string) (rawBand, bool) {
	b, ok := anyBand(c)
	if m := pointsEnd.FindStringSubmatch(c); ok && m != nil && (b.points == nil || rat(m[1]).Cmp(b.points) != 0) {
		return b, false
	}
	return b, ok
}

func anyBand(c string) (b rawBand, ok bool) {
	if m := rangeBand.FindStringSubmatch(c); m != nil {
		unit := m[2]
		if unit == "" { // 80-90%
			unit = m[5]
		}
		b = rawBand{low: end{amountOf(m[1], unit), m[3] != "不含", m[3] != ""}, high: end{amountOf(m[4], m[5]), m[6] == "含", m[6] != ""}, points: pointsOf(m[7])}
		return b, true
	}
	if m := chainBand.FindStringSubmatch(c); m != nil {
		unit := m[2]
		if unit == "" {
			unit = m[6]
		}
		return rawBand{low: end{amountOf(m[1], unit), m[3] != "<", true}, high: end{amountOf(m[5], m[6]), m[4] != "<", true}, points: pointsOf(m[7])}, true
	}
	if m := signBand.FindStringSubmatch(c); m != nil && !(m[1] != "达到" && m[5] != "") {
		return signed(m[1], m[5], end{amountOf(m[2], m[3]), true, true}, m[4] == "含", pointsOf(m[6])), true
	}
	if m := tailBand.FindStringSubmatch(c); m != nil {
		e := end{amountOf(m[1], m[2]), m[3] != "不含", m[3] != ""}
		if m[4] == "以上" {
			return rawBand{low: e, points: pointsOf(m[5])}, true
		}
		e.in = m[3] == "含"
		return rawBand{high: e, points: pointsOf(m[5])}, true
	}
	if m := pointBand.FindStringSubmatch(c); m != nil {
		e := end{amountOf(m[1], m[2]), true, true}
		return rawBand{low: e, high: e, points: pointsOf(m[3])}, true
	}
	return b, false
}

func signed(sign, tail string, e end, included bool, points *big.Rat) rawBand {
	switch sign {
	case "≥", ">=", "大于等于", "不低于", "不少于", "达到":
		return rawBand{low: e, points: points}
	case ">", "大于", "超过", "高于":
		e.in = included
		return rawBand{low: e, points: points}
	case "≤", "<=", "小于等于", "不超过", "不高于":
		return rawBand{high: e, points: points}
	case "<", "小于", "低于", "不足":
		e.in = included
		return rawBand{high: e, points: points}
	}
	return rawBand{low: e, high: e, points: points}
}

func ratioOf(c string) *Ratio {
	if m := rate.FindStringSubmatch(c); m != nil {
		return &Ratio{Target: Amount{big.NewRat(100, 1), figure.Percent}, full: fullOf(m[1])}
	}
	m := quotient.FindStringSubmatch(c)
	r := &Ratio{Reverse: m[1] == "", full: fullOf(m[4])}
	target := m[2] + m[3]
	if target != "目标值" && target != "预算数" {
		digits := strings.TrimRightFunc(target, func(r rune) bool { return !unicode.IsDigit(r) })
		r.Target = amountOf(digits, target[len(digits):])
	}
	return r
}

func fullOf(s string) *big.Rat {
	if s == "分值" || s == "满分" {
		return nil
	}
	return rat(strings.TrimSuffix(s, "分"))
}

func sideOf(word string) Side {
	switch word {
	case "低于", "低", "少于", "减少", "降低", "下降":
		return Below
	case "偏离", "偏差":
		return Either
	}
	return Over
}

func brokenOf(word string) Broken {
	switch word {
	case "按比例":
		return Proportional
	case "不扣", "不计", "舍去":
		return Dropped
	}
	return Begun
}

// pointsOf is nil for the full score.
func pointsOf(s string) *big.Rat {
	switch s {
	case "满分", "全分":
		return nil
	case "不得分", "不计分", "零分":
		return new(big.Rat)
	}
	return rat(strings.TrimSuffix(s, "分"))
}

func rat(s string) *big.Rat {
	r, _ := new(big.Rat).SetString(s) // the patterns let only decimals through
	return r
}

func amountOf(digits, unit string) Amount {
	u, _ := figure.UnitOf(unit)
	return Amount{rat(digits), u}
}

// ParseAmount reads a number with its unit as a target states it: 90%, 4710.67亿元, 0; ok is false for anything else.
func ParseAmount(s string) (a Amount, ok bool) {
	s = fold(s)
	cut := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsDigit(r) && r != '.' && r != '-' })
	if cut < 0 {
		cut = len(s)
	}
	if !wholeNumber.MatchString(s[:cut]) {
		return Amount{}, false
	}
	u, known := figure.UnitOf(s[cut:])
	return Amount{rat(s[:cut]), u}, known
}

var wholeNumber = regexp.MustCompile(`^` + number + `$`)
