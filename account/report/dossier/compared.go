package dossier

import (
	"io"
	"strconv"

	"anlan/account/report/compare"
	"anlan/account/report/document"
	"anlan/ground/lang"
)

// ComparedName is the table of a report beside the records.
const ComparedName = "比对表"

// comparedMax bounds the figures of such a table.
const comparedMax = 5_000

// ComparedForms are the forms of the table that sets each figure of a report beside what the records give, by their ending.
func ComparedForms(r *compare.Report) map[string]func(io.Writer) error {
	return forms(comparedDocument(r))
}

// comparedDocument puts what differs first, then every figure in the order of the verdicts and of the text.
func comparedDocument(r *compare.Report) *document.Document {
	d := &document.Document{Title: "报告数据与账册" + ComparedName, Landscape: true, Closing: "由程序按文中的名称、计量单位和时间对应指标，与账册中的记录比对；未对上和无据可比的没有判断。所列不符均为需要核实的问题，不是结论。"}
	s := r.Summary
	d.Blocks = append(d.Blocks, document.Paragraph{document.Text("报告：" + printable(r.File) + "；比对单位" + printable(string(r.UnitCode)) + "，期间" + printable(r.Period) + "。共" + strconv.Itoa(s.Figures) + "个数据：相符" +
		strconv.Itoa(s.Agrees) + "，舍入相符" + strconv.Itoa(s.ByRounding) + "，不符" + strconv.Itoa(s.Differs) + "，无据可比" + strconv.Itoa(s.NotRecorded) + "，未对上" + strconv.Itoa(s.NotAligned) + "。")})
	for _, f := range r.Findings {
		d.Blocks = append(d.Blocks, document.Paragraph{document.Text("第" + strconv.Itoa(f.Line) + "行：" + printable(f.Message.Zh))})
	}
	t := document.Table{Columns: columnsOf(7, 9, 30, 22, 13, 13, 13, 21), Header: []document.Row{cellsOf("结论", "位置", "原文", "指标", "文中", "账册", "相差", "说明")}}
	left := 0
	for _, v := range compare.Verdicts() {
		for i := range r.Figures {
			f := &r.Figures[i]
			switch {
			case f.Verdict != v:
				continue
			case len(t.Rows) >= comparedMax:
				left++
				continue
			}
			label, why := "", ""
			if f.Label != nil {
				label = f.Label.Zh
			}
			if f.Why != nil {
				why = f.Why.Zh
			}
			for _, n := range f.Notes {
				why += n.Zh
			}
			t.Rows = append(t.Rows, cellsOf(v.Text().In(lang.Chinese), "第"+strconv.Itoa(f.Line)+"行", f.Quote, label, f.Text, f.Recorded, f.Difference, why))
		}
	}
	if len(t.Rows) == 0 {
		t.Rows = []document.Row{cellsOf("", "", "文中没有数据", "", "", "", "", "")}
	}
	d.Blocks = append(d.Blocks, t)
	if left > 0 {
		d.Blocks = append(d.Blocks, document.Paragraph{document.Text("另有" + strconv.Itoa(left) + "个数据未列出。")})
	}
	return d
}
