// Package document is the one tree from which a report is written as Word (公文) and as a web page.
//
// A Document holds a title, blocks (headings, numbered and plain paragraphs, tables, page breaks, the signature) and, in
// them, inlines: text, bold, notes, and figures (文中数据). A Figure keeps what is printed and what it stands for, so
// that in Word it is a content control tagged with its id, on the page an element with its value, and in figures.json an
// entry that says where it stands:
//
//	d := document.Document{
//		Title: "2023年度部门整体支出绩效自评报告",
//		Basis: document.Basis{Book: "430600", Position: 58, Root: "9Lk…="},
//		Blocks: []document.Block{
//			document.Heading{Level: 1, Text: document.Inlines{document.Text("安全生产情况")}}, // printed 一、安全生产情况
//			document.Paragraph{document.Text("全年发生事故"), document.Figure{ID: "accidents", Name: "事故起数", Text: "87起", Value: "87", Unit: "起"}},
//		},
//	}
//	err := d.RenderDOCX(w)
//
// The layout is GB/T 9704-2012: A4, margins 37, 28, 26 and 35 mm, 22 lines of 28 characters on exact lines of 29 points,
// 仿宋 三号 body, 小标宋 二号 title, 黑体 and 楷体 for the upper two levels of headings, "— 1 —" outside at the foot.
// Heading numbers 一、 （一） 1. （1） are given here, so that none can be skipped.
//
// The same tree gives the same bytes, on any machine and with any later compiler: parts stand in a fixed order with
// fixed times and are stored, not compressed. A tree that cannot be printed truly (a control character, an id used twice,
// a table with holes) is refused before a byte is written, all its faults at once.
//
// Values are not computed, rounded or formatted here; they arrive finished. Reading documents back is package reading;
// ControlsIn lists the figures of a Word file through it. On the account floor, below report: imports ground and reading.
package document
