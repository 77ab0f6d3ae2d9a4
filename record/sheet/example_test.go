package sheet_test

import (
	"fmt"
	"strings"

	"anlan/record/sheet"
)

// A ledger with a title above its headings, as an office keeps it, read by what its columns are called.
func Example() {
	const text = "2023年整改台账,单位：万元\n编 号*,整改投入\nHZ-0001,12.5\n"
	book, err := sheet.Read("台账.csv", strings.NewReader(text), int64(len(text)))
	if err != nil {
		fmt.Println(err)
		return
	}
	table, err := book.Table("", []sheet.Heading{{Names: []string{"编号", "serial"}, Required: true}, {Names: []string{"整改投入", "cost"}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for row, err := range table.Rows() {
		where := table.Where(row.Number, 1)
		fmt.Println(row.Cells[0].Text, row.Cells[1].Text, table.Unit, where.Column, where.Cell, err)
	}
	// Output: HZ-0001 12.5 万元 整改投入 B3 <nil>
}
