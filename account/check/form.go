package check

import (
	"slices"
	"strings"

	"anlan/ground/figure"
	"anlan/ground/lang"
)

// Forms of performance evaluation (项目支出绩效自评表, 部门整体支出绩效自评表, 基础数据表) are many small tables in one: a row of headings
// speaks for the rows below it, down to the next. What they claim does not depend on how their columns are laid out otherwise.

// formRatio is a column with a rate, and the columns of the same rows that give it.
type formRatio struct {
	heading  []string
	of, over []string
}

var formRatios = []formRatio{
	{[]string{"执行率", "预算执行率", "资金执行率"}, []string{"全年执行数", "执行数", "实际执行数", "实际支出数"}, []string{"全年预算数", "预算数", "调整预算数"}},
	{[]string{"控制率"}, []string{"在职人数", "实际在职人数", "实有人数", "实际数", "实际规模", "实际投资"}, []string{"编制数", "批复数", "批复规模", "批复投资"}},
}

// formWholes are the items of 基础数据表 that are the sum of others below them, by the names that provinces give them. An item
// without a row, or with nothing in its cell, counts as none.
var formWholes = []struct {
	whole []string
	parts [][]string
}{
	{[]string{"三公经费", "“三公”经费", "三公经费合计", "“三公”经费合计"}, [][]string{
		{"公务用车购置和维护经费", "公务用车购置和运行维护费", "公务用车购置及运行维护费", "公务用车购置及运行费", "公务用车购置和维护费"},
		{"出国经费", "因公出国（境）费", "因公出国（境）费用", "因公出国(境)费", "因公出国(境)费用"},
		{"公务接待", "公务接待费"}}},
	{[]string{"公务用车购置和维护经费", "公务用车购置和运行维护费", "公务用车购置及运行维护费", "公务用车购置及运行费", "公务用车购置和维护费"}, [][]string{
		{"公车购置", "公务用车购置", "公务用车购置费"},
		{"公车运行维护", "公务用车运行维护", "公务用车运行维护费", "公务用车运行费"}}},
}

// judgeForms judges what the forms claim in a table.
func (sh *sheet) judgeForms() {
	for i := range sh.rows {
		heads := sh.headingsOf(i)
		if heads == nil {
			continue
		}
		end := i + 1
		for end < len(sh.rows) && sh.headingsOf(end) == nil {
			end++
		}
		for _, r := range formRatios {
			sh.judgeFormRatio(heads, r, i+1, end)
		}
		sh.judgeExecutionScore(heads, i+1, end)
		sh.judgeFunding(heads, i+1, end)
	}
	sh.judgeScores()
	sh.judgeWholes()
}

// headingsOf are the texts of a row by column when it is one of headings: two or more cells in words, none of them an amount, and
// an amount right below. A cell over several columns heads its first.
func (sh *sheet) headingsOf(row int) []string {
	r, words := sh.rows[row], 0
	for k, m := range r.cells {
		if m != nil {
			return nil
		}
		if r.texts[k] != "" && !isBlankCell(r.texts[k]) {
			words++
		}
	}
	if words < 2 || row+1 >= len(sh.rows) || !slices.ContainsFunc(sh.rows[row+1].cells, func(m *mention) bool { return m != nil }) {
		return nil
	}
	return r.texts
}

// columnOf is the column with one of several headings; −1 where there is none. Units behind a heading do not matter: 全年执行数（B）.
func columnOf(heads, names []string) int {
	return slices.IndexFunc(heads, func(h string) bool {
		h, _, _ = strings.Cut(strings.ReplaceAll(h, "(", "（"), "（")
		return slices.Contains(names, h)
	})
}

// judgeFormRatio judges the rates of a column: 执行率 = 全年执行数 ÷ 全年预算数.
func (sh *sheet) judgeFormRatio(heads []string, r formRatio, from, to int) {
	at, of, over := columnOf(heads, r.heading), columnOf(heads, r.of), columnOf(heads, r.over)
	if at < 0 || of < 0 || over < 0 {
		return
	}
	for _, row := range sh.rows[from:to] {
		m, a, b := row.cells[at], row.cells[of], row.cells[over]
		if m == nil || a == nil || b == nil || !m.percent() || row.loose {
			continue
		}
		sh.paper.settle(claim{rule: "rate", what: lang.Of(lang.Zh(heads[at]), lang.En(heads[at])), form: ratio, stated: m, operands: []*mention{a, b}, padded: true})
	}
}

// judgeExecutionScore reports that the score of the execution rate is its share of the points (10分 × 执行率). Some schemes score in
// steps, so that another score is no contradiction.
func (sh *sheet) judgeExecutionScore(heads []string, from, to int) {
	points, rate, score := columnOf(heads, []string{"分值"}), columnOf(heads, formRatios[0].heading), columnOf(heads, []string{"得分"})
	if points < 0 || rate < 0 || score < 0 {
		return
	}
	for _, row := range sh.rows[from:to] {
		p, r, s := row.cells[points], row.cells[rate], row.cells[score]
		if p == nil || r == nil || s == nil || !r.percent() || isZero(p) {
			continue
		}
		sh.judgePointsOf(s, p, row)
		c := claim{rule: "rate", what: lang.Of("得分率", "the rate of the score"), form: ratio, stated: r, operands: []*mention{s, p}, padded: true,
			exact: func(operand int) bool { return operand == 1 || s.Decimals() == 0 }}
		if c.holds() {
			sh.paper.settle(c)
		}
	}
}

// fundingColumns are the columns of a form that have the money of a project by its sources.
var fundingColumns = []string{"年初预算数", "年初预算", "全年预算数", "预算数", "调整预算数", "全年执行数", "执行数", "实际执行数", "实际支出数"}

// fundingSources are the sources that a form lists below 年度资金总额, to the last of them.
var fundingSources = []string{"财政拨款", "财政资金", "结转", "其他资金"}

// judgeFunding judges 年度资金总额, which is the sum of the sources below it: 当年财政拨款, 上年结转资金, 其他资金. A source without an amount is none.
func (sh *sheet) judgeFunding(heads []string, from, to int) {
	at := slices.IndexFunc(sh.rows[from:to], func(r *sheetRow) bool { return strings.HasSuffix(r.item(), "资金总额") })
	if at < 0 || sh.table.Flat && !sh.even() {
		return
	}
	whole := sh.rows[from+at]
	var sources []*sheetRow
	for _, row := range sh.rows[from+at+1 : to] {
		name := row.item()
		if !slices.ContainsFunc(fundingSources, func(w string) bool { return strings.Contains(name, w) }) || len(sources) > 0 && row.saysAmong() || row.loose {
			return
		}
		sources = append(sources, row)
		if strings.HasSuffix(name, "其他资金") {
			break
		}
	}
	if len(sources) < 2 || !strings.HasSuffix(sources[len(sources)-1].item(), "其他资金") || whole.loose {
		return
	}
	for k, m := range whole.cells {
		if m == nil || m.percent() || columnOf(heads[k:k+1], fundingColumns) != 0 {
			continue
		}
		c := claim{rule: "table", what: lang.Of(lang.Zh(whole.item()), lang.En(whole.item())), stated: m}
		for _, row := range sources {
			if row.cells[k] != nil {
				c.operands = append(c.operands, row.cells[k])
			}
		}
		if len(c.operands) == 0 || len(c.operands) == 1 && sameValue(m, c.operands[0]) && len(sources) == 2 {
			continue
		}
		c.form = total(len(c.operands))
		sh.paper.settle(c)
	}
}

// item is the name that a row begins with, behind cells that span several rows; empty where it has none.
func (r *sheetRow) item() (name string) {
	for k, t := range r.texts {
		if r.cells[k] != nil {
			break
		}
		if n := itemName(compact(t)); n != "" && !isBlankCell(t) {
			name = n
		}
	}
	return name
}

// saysAmong says whether a row is among those above it (其中).
func (r *sheetRow) saysAmong() bool {
	return slices.ContainsFunc(r.texts, func(t string) bool { return strings.HasPrefix(strings.TrimSpace(t), "其中") })
}

// scoreLine is a line of an evaluation: what it may give and what it was given.
type scoreLine struct{ points, score *mention }

// unitPoints is the unit of a score.
var unitPoints, _ = figure.UnitOf("分")

// giveScores gives the cells below the headings of points and scores their unit, which is not that of the table's money. In a table that
// lost the places of its cells nobody knows which they are.
func (sh *sheet) giveScores() {
	if sh.table.Flat && !sh.even() {
		return
	}
	var columns []int
	for i, row := range sh.rows {
		if heads := sh.headingsOf(i); heads != nil {
			columns = columns[:0]
			for k := range heads {
				if columnOf(heads[k:k+1], pointsHeadings) == 0 || columnOf(heads[k:k+1], scoreHeadings) == 0 {
					columns = append(columns, k)
				}
			}
			continue
		}
		for _, k := range columns {
			if m := row.cells[k]; m != nil && m.Unit() == figure.One {
				m.Figure = m.WithUnit(unitPoints)
			}
		}
	}
}

// judgeScores judges the lines of an evaluation: none has more than its points, and their sums are those of the last row, and of the rows
// between that add up the lines above them (小计). Whether the points of the execution rate, which stand in another part of the form, are
// among them is told by the points.
func (sh *sheet) judgeScores() {
	points, score, from := sh.scoreColumns()
	if from == 0 {
		return
	}
	var lines []scoreLine
	parts := []int{0} // where the lines of each 小计 begin
	for _, row := range sh.rows[from:] {
		p, s := row.cells[points], row.cells[score]
		switch total := row.isScoreTotal(); {
		case row.says("小计"):
			if p != nil {
				judgeScorePart(sh.paper, lines, parts, scoreLine{p, s})
			}
			parts = append(parts, len(lines))
			continue
		case total && p != nil && len(lines) >= 2:
			sh.judgeScoreTotal(lines, scoreLine{p, s})
			return
		case total:
			return
		case p == nil && s == nil:
			continue
		case p == nil, isZero(p): // points on top (加分), or a form that is laid out otherwise: its sums are not understood
			return
		case s != nil:
			sh.judgePointsOf(s, p, row)
		}
		lines = append(lines, scoreLine{p, s})
	}
}

// scoreColumns finds the columns of points and scores, and the row below their headings.
func (sh *sheet) scoreColumns() (points, score, from int) {
	for i, r := range sh.rows {
		score = columnOf(r.texts, scoreHeadings)
		points = -1
		for k := 0; k < score; k++ { // of points of several levels, those of the line
			if columnOf(r.texts[k:k+1], pointsHeadings) == 0 {
				points = k
			}
		}
		if points >= 0 && score >= 0 && columnOf(r.texts, []string{"三级指标", "指标", "指标名称", "二级指标"}) >= 0 {
			return points, score, i + 1
		}
	}
	return 0, 0, 0
}

func isZero(m *mention) bool {
	s, ok := m.bounds()
	return ok && s.value.sign() == 0
}

func (r *sheetRow) isScoreTotal() bool { return r.says("总分", "合计", "总计", "得分合计") }

// says whether a cell of the row says one of the words and nothing else.
func (r *sheetRow) says(words ...string) bool {
	return slices.ContainsFunc(r.texts, func(t string) bool { return slices.Contains(words, t) })
}

// judgePointsOf contradicts a score of more than its points.
func (sh *sheet) judgePointsOf(score, points *mention, row *sheetRow) {
	had, ok := score.bounds()
	most, ok2 := points.bounds()
	if row.loose || !ok || !ok2 || score.Unit() != points.Unit() || had.value.cmp(most.value) <= 0 {
		return
	}
	numbers := []*number{score.n, points.n}
	p := sh.paper
	if !p.first(numbers) {
		return
	}
	s, of := score.short(), points.short()
	p.report(Relation{
		Rule: "score", Verdict: Contradiction, Line: score.n.lineNumber(), Quote: strings.Join(slices.DeleteFunc(slices.Clone(row.texts), isBlankCell), " | "),
		Stated: score.Number(), Expected: &Bounds{"0", points.Number()},
		Message: lang.Text{Zh: "得分超过分值：得分为" + s + "，该项分值只有" + of + "，请核对。", En: "a score above its points: " + s + " of " + of + "; check the figures."},
	}, nil, numbers, []*mention{score, points})
}

// judgeScoreTotal judges the last row: the points and the scores are the sums of the lines, with or without those of the execution rate.
func (sh *sheet) judgeScoreTotal(lines []scoreLine, sum scoreLine) {
	var points, scores []*mention
	for _, l := range lines {
		points = append(points, l.points)
		if l.score != nil {
			scores = append(scores, l.score)
		}
	}
	outside := sh.paper.executed
	sh.paper.executed = nil
	for _, with := range []bool{false, true} {
		if with && outside == nil {
			break
		}
		p, s := points, scores
		if with {
			p, s = append(slices.Clip(p), outside.points), append(slices.Clip(s), outside.score)
		}
		c := scoreSum(lang.Of("分值合计", "the points"), sum.points, p)
		if !c.holds() {
			continue
		}
		sh.paper.settle(c)
		if sum.score != nil && len(s) == len(p) {
			sh.paper.settle(scoreSum(lang.Of("得分合计", "the scores"), sum.score, s))
		}
		return
	}
}

// judgeScorePart judges a row that adds up the lines above it: those since the last such row, or, where the parts have parts, since one before.
// Which ones, the points tell; where they tell none, nothing is judged.
func judgeScorePart(paper *paper, lines []scoreLine, parts []int, sum scoreLine) {
	for i := len(parts) - 1; i >= 0; i-- {
		var p, s []*mention
		for _, l := range lines[parts[i]:] {
			p = append(p, l.points)
			if l.score != nil {
				s = append(s, l.score)
			}
		}
		c := scoreSum(lang.Of("分值小计", "the points of a part"), sum.points, p)
		if len(p) == 0 || !c.holds() {
			continue
		}
		paper.settle(c)
		if sum.score != nil && len(s) == len(p) {
			paper.settle(scoreSum(lang.Of("得分小计", "the scores of a part"), sum.score, s))
		}
		return
	}
}

func scoreSum(what lang.Text, stated *mention, parts []*mention) claim {
	return claim{rule: "sum", what: what, form: total(len(parts)), stated: stated, operands: parts, exact: func(int) bool { return true }}
}

// executionLine is the row of the execution rate, points, rate and score under their headings; nil where the table has none.
func (sh *sheet) executionLine() *scoreLine {
	for i := range sh.rows {
		heads := sh.headingsOf(i)
		points, score := columnOf(heads, []string{"分值"}), columnOf(heads, []string{"得分"})
		if points < 0 || score < 0 || columnOf(heads, formRatios[0].heading) < 0 {
			continue
		}
		if row := sh.rows[i+1]; row.cells[points] != nil && row.cells[score] != nil {
			p, s := *row.cells[points], *row.cells[score] // as they are now: the columns are given the unit of the table later
			return &scoreLine{&p, &s}
		}
	}
	return nil
}

// judgeWholes judges the items of 基础数据表 that are made of others.
func (sh *sheet) judgeWholes() {
	names := make([]string, len(sh.rows))
	for i, r := range sh.rows {
		for k, t := range r.texts {
			if r.cells[k] == nil && t != "" {
				names[i] = itemName(t)
				break
			}
		}
	}
	for _, w := range formWholes {
		at := slices.IndexFunc(names, func(n string) bool { return slices.Contains(w.whole, n) })
		if at < 0 {
			continue
		}
		var parts []*sheetRow
		for _, p := range w.parts {
			if i := slices.IndexFunc(names[at+1:], func(n string) bool { return slices.Contains(p, n) }); i >= 0 {
				parts = append(parts, sh.rows[at+1+i])
			}
		}
		if len(parts) != len(w.parts) {
			continue
		}
		for k, m := range sh.rows[at].cells {
			if m == nil || sh.rows[at].loose || m.percent() {
				continue
			}
			c := claim{rule: "table", what: lang.Of(lang.Zh(names[at]), lang.En(names[at])), stated: m}
			sound := true
			for _, p := range parts {
				switch {
				case p.cells[k] != nil:
					c.operands = append(c.operands, p.cells[k])
				case p.loose || p.taken[k]:
					sound = false
				}
			}
			if !sound || len(c.operands) == 0 {
				continue
			}
			c.form = total(len(c.operands))
			sh.paper.settle(c)
		}
	}
}

// itemName is the name of an item without its number and what leads to it: 1、, 其中：.
func itemName(t string) string {
	t = trimListMark(t)
	for _, lead := range []string{"其中：", "其中:", "其中"} {
		t = strings.TrimPrefix(t, lead)
	}
	t = strings.TrimLeft(t, "0123456789.、．（）() ")
	return strings.TrimSuffix(strings.TrimSuffix(t, "："), ":")
}
