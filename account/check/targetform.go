package check

import (
	"slices"
	"strings"

	"anlan/account/check/reading"
	"anlan/ground/figure"
)

// Bounds on the forms of a document whose indicators are read.
const (
	formsMax     = 2_000
	formRowsMax  = 50_000 // indicators, of all its forms
	formLooksMax = 12     // lines above a form in which its project is named

	formWordBytes = 120 // of a heading
)

// targetForm is a table of performance indicators (绩效指标) with their targets: 绩效目标表, or the part of 自评表 that repeats it.
type targetForm struct {
	doc     *reading.Document
	project string // as named; empty for a whole department, or where the form names none
	year    int    // 0 where none can be told
	office  string
	line    int // of its headings
	quote   string
	rows    []*targetRow
	reasons string // the heading under which a deviation is explained; empty where the form has none
}

// targetRow is an indicator in a form. Its cells are nil where the form has no such column, or the row nothing in it.
type targetRow struct {
	name, level           string // 三级指标, 二级指标
	value, points, actual *reading.Cell
	sign, unit            string // of the value, where they have columns of their own
	reason                string
	line                  int
	quote                 string
}

// The headings of a form. What stands in brackets behind them does not matter: 分值（10）.
var (
	levelHeadings  = []string{"二级指标"}
	nameHeadings   = []string{"三级指标", "指标名称", "指标"}
	valueHeadings  = []string{"年度指标值", "指标值", "年度目标值", "目标值", "年初指标值", "年初目标值", "全年目标值", "预期指标值", "计划指标值", "绩效目标值"}
	signHeadings   = []string{"指标性质", "运算符号", "计算符号", "比较符号"}
	unitHeadings   = []string{"度量单位", "计量单位", "指标单位"}
	pointsHeadings = []string{"分值", "权重", "标准分"}
	scoreHeadings  = []string{"得分", "自评得分", "自评分"}
	actualHeadings = []string{"实际完成值", "完成值", "全年完成值", "全年实际值", "实际值", "实际完成指标值"}
	reasonHeadings = []string{"偏差原因", "未完成原因", "偏离原因"} // with what follows: 分析及改进措施
	projectNames   = []string{"项目名称", "项目支出名称", "一级项目名称", "二级项目名称"}
)

// formHead is the row of headings of a form: the column of each, from 1; 0 where it has none.
type formHead struct {
	row, width                                                             int
	level, name, value, sign, unit, points, actual, reason, project, score int
}

// formsIn are the forms of a document.
func formsIn(doc *reading.Document) (forms []*targetForm) {
	head := &paper{doc: doc, file: &File{}}
	rows := 0
	for i, t := range doc.Tables {
		var f *targetForm
		var h formHead
		for r := 1; r <= t.Rows && rows < formRowsMax; r++ {
			if next, ok := formHeadOf(t, r); ok {
				if len(forms) == formsMax {
					return forms
				}
				if head.year == 0 && head.file.Organisation == "" {
					head.head()
				}
				h = next
				f = &targetForm{doc: doc, year: head.file.Year, office: head.file.Organisation, line: lineOfRow(t, r), quote: rowText(t, r), project: projectAbove(doc, i, r)}
				if h.reason > 0 {
					f.reasons = formWord(t.At(r, h.reason))
				}
				forms = append(forms, f)
				continue
			}
			if f == nil {
				continue
			}
			if isFormEnd(t, r) {
				f = nil
				continue
			}
			if row, project := h.read(t, r); row != nil {
				if h.project > 0 && project != "" && project != f.project { // a list of many projects
					if len(f.rows) == 0 {
						forms = forms[:len(forms)-1]
					}
					if f = formOf(forms, t, project, f); !slices.Contains(forms, f) {
						forms = append(forms, f)
					}
				}
				f.rows = append(f.rows, row)
				rows++
			}
		}
	}
	return slices.DeleteFunc(forms, func(f *targetForm) bool { return len(f.rows) == 0 })
}

// formOf is the form of a project in a list, as the one before it in all else.
func formOf(forms []*targetForm, t *reading.Table, project string, like *targetForm) *targetForm {
	for k := len(forms) - 1; k >= 0 && forms[k].line == like.line && forms[k].doc == like.doc; k-- {
		if forms[k].project == project {
			return forms[k]
		}
	}
	next := *like
	next.project, next.rows = project, nil
	return &next
}

// formHeadOf reads a row as headings: the name of an indicator, and its target or its points.
func formHeadOf(t *reading.Table, row int) (h formHead, ok bool) {
	h = formHead{row: row, width: rowWidth(t, row)}
	named := false
	for k := 1; k <= h.width && !named; k++ {
		c := t.At(row, k)
		named = c != nil && len(c.Text) <= formWordBytes && strings.Contains(c.Text, "标")
	}
	if !named {
		return h, false
	}
	words := make([]string, h.width+1)
	for k := 1; k <= h.width; k++ {
		words[k] = formWord(t.At(row, k))
	}
	find := func(names []string, before int) (column int) {
		for k := 1; k <= h.width && (before == 0 || k < before); k++ {
			if slices.Contains(names, words[k]) {
				column = k
			}
		}
		return column
	}
	h.value = find(valueHeadings, 0)
	h.score = find(scoreHeadings, 0)
	h.points = find(pointsHeadings, h.score)
	if h.value == 0 && h.points == 0 {
		return h, false
	}
	for _, names := range nameHeadings { // of two trees side by side, the nearer
		if h.name = find([]string{names}, h.value); h.name > 0 {
			break
		}
	}
	if h.name == 0 {
		return h, false
	}
	h.level, h.sign, h.unit = find(levelHeadings, h.name), find(signHeadings, 0), find(unitHeadings, 0)
	h.actual, h.project = find(actualHeadings, 0), find(projectNames, h.name)
	h.reason = slices.IndexFunc(words, func(word string) bool {
		return slices.ContainsFunc(reasonHeadings, func(w string) bool { return strings.HasPrefix(word, w) })
	})
	h.reason = max(h.reason, 0)
	return h, true
}

// read takes a row of the form; nil where it names no indicator. In a table that lost the places of its cells a row that is
// shorter than the headings has lost those of merged cells, at its left; it counts only where its points are a number.
func (h formHead) read(t *reading.Table, row int) (*targetRow, string) {
	shift := 0
	if t.Flat {
		shift = h.width - rowWidth(t, row)
	}
	at := func(column int) *reading.Cell {
		if column == 0 || column-shift < 1 {
			return nil
		}
		if c := t.At(row, column-shift); c != nil && !isBlankCell(compact(c.Text)) {
			return c
		}
		return nil
	}
	text := func(column int) string {
		if c := at(column); c != nil {
			return compact(c.Text)
		}
		return ""
	}
	r := &targetRow{name: text(h.name), level: text(h.level), value: at(h.value), points: at(h.points), actual: at(h.actual),
		sign: text(h.sign), unit: text(h.unit), reason: text(h.reason), line: lineOfRow(t, row), quote: rowText(t, row)}
	if r.points != nil {
		if _, ok := pointsOf(r.points); !ok {
			r.points = nil
			if shift != 0 {
				return nil, ""
			}
		}
	}
	if shift < 0 || shift > 0 && h.points > 0 && r.points == nil || r.name == "" || nameKey(r.name) == "" || r.value == nil && r.points == nil {
		return nil, ""
	}
	return r, text(h.project)
}

// isFormEnd says whether a row is the total of a form.
func isFormEnd(t *reading.Table, row int) bool {
	for k := 1; k <= t.Columns; k++ {
		if slices.Contains([]string{"总分", "合计", "总计", "得分合计"}, formWord(t.At(row, k))) {
			return true
		}
	}
	return false
}

// formWord is what a cell says, without spaces and what stands in brackets.
func formWord(c *reading.Cell) string {
	if c == nil || len(c.Text) > formWordBytes {
		return ""
	}
	word := strings.ReplaceAll(strings.ReplaceAll(compact(c.Text), "(", "（"), ")", "）")
	for {
		head, rest, opened := strings.Cut(word, "（")
		_, tail, closed := strings.Cut(rest, "）")
		if !opened || !closed {
			return head
		}
		word = head + tail
	}
}

// rowWidth is the last column of a row that was written.
func rowWidth(t *reading.Table, row int) int {
	for k := t.Columns; k >= 1; k-- {
		if t.At(row, k) != nil {
			return k
		}
	}
	return 0
}

// eachCell gives the cells that begin in a row.
func eachCell(t *reading.Table, row int, take func(*reading.Cell) (more bool)) {
	for k := 1; k <= t.Columns; k++ {
		if c := t.At(row, k); c != nil && c.Row == row && c.Column == k && len(c.Parts) > 0 && !take(c) {
			return
		}
	}
}

func rowText(t *reading.Table, row int) string {
	var texts []string
	eachCell(t, row, func(c *reading.Cell) bool { texts = append(texts, compact(c.Text)); return true })
	return strings.Join(texts, " | ")
}

func lineOfRow(t *reading.Table, row int) (line int) {
	eachCell(t, row, func(c *reading.Cell) bool { line = c.Parts[0].Line; return false })
	return line
}

// projectAbove is the project that is named above a form: in its table, in the one right before it, or in a line.
func projectAbove(doc *reading.Document, table, row int) string {
	t := doc.Tables[table]
	for r := row - 1; r >= 1; r-- {
		if _, another := formHeadOf(t, r); another {
			return ""
		}
		if name := projectIn(t, r); name != "" {
			return name
		}
	}
	first := lineOfTable(t)
	for i := first - 1; i >= 1 && first-i <= formLooksMax; i-- {
		l := doc.Line(i)
		if len(l.Cells) > 0 && l.Cells[0].Table != t {
			before, r := l.Cells[0].Table, l.Cells[0].Row
			if _, another := formHeadOf(before, r); another {
				return ""
			}
			if name := projectIn(before, r); name != "" {
				return name
			}
			continue
		}
		for _, word := range projectNames {
			if rest, ok := strings.CutPrefix(compact(l.Text), word); ok {
				return strings.Trim(rest, "：: ")
			}
		}
	}
	return ""
}

// projectIn is the name of a project that a row of a form gives: 项目名称 | 应急演练.
func projectIn(t *reading.Table, row int) string {
	for k := 1; k < t.Columns; k++ {
		if !slices.Contains(projectNames, strings.TrimRight(formWord(t.At(row, k)), "：:")) {
			continue
		}
		for next := k + 1; next <= t.Columns; next++ {
			if c := t.At(row, next); c != nil && c.Column > k && compact(c.Text) != "" && c != t.At(row, k) {
				return compact(c.Text)
			}
		}
	}
	return ""
}

func lineOfTable(t *reading.Table) int {
	for _, c := range t.Cells {
		if len(c.Parts) > 0 {
			return c.Parts[0].Line
		}
	}
	return 0
}

// nameKey is a name as names are compared: without numbering, brackets, marks and spaces.
func nameKey(name string) string {
	name = compact(name)
	if rest, ok := strings.CutPrefix(name, "指标"); ok { // 指标1：
		if trimmed := strings.TrimLeft(rest, "0123456789１２３４５６７８９"); trimmed != rest {
			name = strings.TrimLeft(trimmed, "：:、.．")
		}
	}
	if rest := strings.TrimLeft(name, "0123456789"); rest != name && (strings.HasPrefix(rest, "、") || strings.HasPrefix(rest, ".") || strings.HasPrefix(rest, "．")) {
		name = rest
	}
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("、.．，,。；;：:“”\"‘’'（）()《》〈〉…—-－·", r) {
			return -1
		}
		return r
	}, name)
}

// pointsOf are the points that a cell gives: a number and nothing else, or 分 or % behind it.
func pointsOf(c *reading.Cell) (figure.Figure, bool) {
	text := strings.TrimSuffix(strings.TrimSuffix(compact(c.Text), "分"), "%")
	f, err := figure.Parse(text)
	return f, err == nil && f.Unit() == figure.One && !f.Form().Vague()
}
