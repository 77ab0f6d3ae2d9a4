package reading_test

import (
	"fmt"
	"log"
	"strings"

	"anlan/account/check/reading"
)

// A table in plain text has a grid like any other; where its cells may have shifted, it says so.
func ExampleRead() {
	const text = "2023年度支出表\n单位：万元\n| 项目 | 预算数 | 决算数 |\n| 基本支出 | 2100 | 2030.18 |\n"
	doc, err := reading.Read("支出表.txt", strings.NewReader(text), int64(len(text)))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(doc.Title, doc.Encoding)
	for _, l := range doc.Lines {
		fmt.Println(l.Number, l.Kind)
	}
	t := doc.Tables[0]
	c := t.At(2, 4)
	fmt.Println(t.Rows, t.Columns, t.Flat, c.Text, "line", c.Parts[0].Line)
	// Output:
	// 2023年度支出表 UTF-8
	// 1 title
	// 2 paragraph
	// 3 row
	// 4 row
	// 2 4 true 2030.18 line 4
}
