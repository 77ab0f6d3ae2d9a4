package dossier

import (
	"io"
	"math/big"
	"sort"
	"strconv"
	"strings"

	"anlan/account/check"
	"anlan/account/check/opinion"
	"anlan/account/report/document"
	"anlan/ground/lang"
)

// Names of the tables.
const (
	OpinionName = "审核意见表"
	SummaryName = "汇总表"
)

// opinionDocument is the table of a department as a form on paper that lies on its side.
func opinionDocument(t *opinion.Table) *document.Document {
	d := &document.Document{Title: OpinionName, Landscape: true, Closing: "本表由程序依据公开文本自动核对形成，所列均为需要核实的问题，不是结论。“复核结论”填“不成立”并写明理由的，下次核对时不再计入。"}
	d.Blocks = append(d.Blocks, document.Paragraph{document.Text("部门：" + printable(t.Department) + "。疑点" + strconv.Itoa(len(t.Rows)-t.Count(opinion.Closed)) + "条：新增" + strconv.Itoa(t.Count(opinion.New)) +
		"，未改" + strconv.Itoa(t.Count(opinion.Open)) + "，不成立" + strconv.Itoa(t.Count(opinion.Dismissed)) + "；比上次消除" + strconv.Itoa(t.Count(opinion.Closed)) + "条。" + leftOut(t.Left) + unreadSaid(t.Unread))})
	rows := document.Table{Columns: columnsOf(9, 5, 9, 17, 22, 13, 14, 17, 11, 11), Header: []document.Row{cellsOf("编号", "状态", "位置", "原文", "疑点", "计算", "可能的合理解释", "建议", "单位说明", "复核结论")}}
	for _, r := range t.Rows {
		rows.Rows = append(rows.Rows, cellsOf(r.Key, string(r.State), strings.TrimSpace(r.File+" "+r.Place), r.Quote, r.Doubt, r.Arithmetic, r.Innocent, r.Advice, r.Statement, r.Conclusion))
	}
	if len(rows.Rows) == 0 {
		rows.Rows = []document.Row{cellsOf("", "", "", "", "没有发现疑点", "", "", "", "", "")}
	}
	d.Blocks = append(d.Blocks, rows)
	if len(t.Sound) > 0 {
		sound := document.Table{Caption: "相符的关系", Columns: columnsOf(22, 12, 14, 80), Header: []document.Row{cellsOf("文件", "位置", "结论", "计算")}}
		for _, s := range t.Sound {
			sound.Rows = append(sound.Rows, cellsOf(s.File, s.Place, s.Verdict, s.Arithmetic))
		}
		d.Blocks = append(d.Blocks, sound)
		if t.LeftSound > 0 {
			d.Blocks = append(d.Blocks, document.Paragraph{document.Text(leftOut(t.LeftSound))})
		}
	}
	return d
}

// summaryRow is a finding with its department.
type summaryRow struct {
	department string
	opinion.Row
}

// sortSummary puts what is most at stake first; of the same, what was told first.
func sortSummary(rows []summaryRow) {
	sort.SliceStable(rows, func(i, k int) bool { return rows[i].Before(&rows[k].Row) })
}

// summaryDocument is what all departments must still look at, in the order of what is at stake.
func summaryDocument(rows []summaryRow, left int) *document.Document {
	d := &document.Document{Title: "疑点" + SummaryName, Landscape: true, Closing: "按涉及金额、分值由大到小排列；不成立和已消除的不列。所列均为需要核实的问题，不是结论。"}
	t := document.Table{Columns: columnsOf(5, 15, 18, 10, 40, 12, 8, 6), Header: []document.Row{cellsOf("序号", "部门", "文件", "位置", "疑点", "相差金额（万元）", "相差分值", "状态")}}
	for i, r := range rows {
		t.Rows = append(t.Rows, cellsOf(strconv.Itoa(i+1), r.department, r.File, r.Place, r.Doubt, decimals(r.Money, big.NewRat(1, 10_000), 4), decimals(r.Points, big.NewRat(1, 1), 2), string(r.State)))
	}
	if len(t.Rows) == 0 {
		t.Rows = []document.Row{cellsOf("", "", "", "", "没有发现疑点", "", "", "")}
	}
	d.Blocks = append(d.Blocks, t)
	if left > 0 {
		d.Blocks = append(d.Blocks, document.Paragraph{document.Text(leftOut(left))})
	}
	return d
}

func unreadSaid(unread bool) string {
	if unread {
		return "本部门有文件没有读出，见目录页。"
	}
	return ""
}

func leftOut(n int) string {
	if n == 0 {
		return ""
	}
	return "另有" + strconv.Itoa(n) + "条未列出，见 --format json。"
}

// decimals writes a number in a scale, without zeros at its end; empty where there is none.
func decimals(r, scale *big.Rat, places int) string {
	if r == nil {
		return ""
	}
	s := new(big.Rat).Mul(r, scale).FloatString(places)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

func columnsOf(widths ...int) []document.Column {
	out := make([]document.Column, len(widths))
	for i, w := range widths {
		out[i].Width = w
	}
	return out
}

func cellsOf(texts ...string) document.Row {
	row := make(document.Row, len(texts))
	for i, s := range texts {
		if s != "" {
			row[i].Text = document.Inlines{document.Text(printable(s))}
		}
	}
	return row
}

// printable is a text of somebody's report as a document may hold it.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' {
			return ' '
		}
		if r == '\ufffd' {
			return '□'
		}
		return r
	}, check.Visible(s))
}

// forms are the forms of a document by their ending.
func forms(d *document.Document) map[string]func(io.Writer) error {
	return map[string]func(io.Writer) error{".xlsx": d.RenderXLSX, ".docx": d.RenderDOCX}
}

var (
	opinionLink = lang.Of("审核意见表", "findings")
	summaryLink = lang.Of("汇总表", "all findings")
)
