package document_test

import (
	"bytes"
	"fmt"

	"anlan/account/report/document"
)

func Example() {
	d := document.Document{
		Title: "2023年度部门整体支出绩效自评报告",
		Basis: document.Basis{Book: "430600", Position: 58, Root: "9LkQ="},
		Blocks: []document.Block{
			document.Heading{Level: 1, Text: document.Inlines{document.Text("安全生产情况")}},
			document.Paragraph{document.Text("全年发生事故"), document.Figure{ID: "accidents", Name: "事故起数", Text: "87起", Value: "87", Unit: "起"}, document.Text("。")},
		},
	}
	var file bytes.Buffer
	if err := d.RenderDOCX(&file); err != nil {
		fmt.Println(err)
	}
	controls, err := document.ControlsIn("report.docx", &file, -1)
	fmt.Println(controls[0].Tag, controls[0].Text, "line", controls[0].Line, err)
	for _, line := range d.Lines() {
		fmt.Println(line)
	}
	// Output:
	// accidents 87起 line 3 <nil>
	// 2023年度部门整体支出绩效自评报告
	// 一、安全生产情况
	// 全年发生事故87起。
	// 本报告数据截至账册“430600”日志位置58，根值9LkQ=。
}
