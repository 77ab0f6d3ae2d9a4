package figure_test

import (
	"fmt"

	"anlan/ground/figure"
)

func ExampleParse() {
	f, err := figure.Parse("2.05亿元")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(f, f.Interval(), f.Interval().Times(f.Unit().Scale()))
	// Output: 2.05亿元 [2.045, 2.055] [204500000, 205500000]
}

func ExampleScanner() {
	text := "2023年岳应急罚〔2023〕12号，罚款约3.5万元，居全省第2。"
	for s := figure.NewScanner(text); ; {
		t, ok := s.Next()
		if !ok {
			break
		}
		fmt.Println(t.Column, t.Class, text[t.Offset:t.End])
	}
	// Output:
	// 1 date 2023年
	// 11 document_number 2023〕12号
	// 22 figure 约3.5万元
	// 32 ordinal 第2
}
