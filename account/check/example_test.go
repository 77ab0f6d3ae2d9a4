package check_test

import (
	"fmt"
	"log"
	"strings"

	"anlan/account/check"
	"anlan/account/check/reading"
	"anlan/ground/lang"
)

// document reads a text as a file would be read.
func document(name, text string) *reading.Document {
	doc, err := reading.Read(name, strings.NewReader(text), int64(len(text)))
	if err != nil {
		log.Fatal(err)
	}
	return doc
}

func ExampleCheck() {
	f := check.Check(document("报告.txt", "某局2023年度报告\n全年支出100万元，其中人员经费60万元、公用经费30万元、项目经费20万元。\n"), check.Options{})
	for _, r := range f.Relations {
		fmt.Println(r.Rule, r.Verdict, r.Formula)
		fmt.Println(r.Message.In(lang.English))
	}
	// Output:
	// sum contradiction f3 + f4 + f5 = f2
	// the parts of “全年支出”: 60万元 + 30万元 + 20万元 = 110万元, but the text says 100万元; even if every figure was rounded it must lie between 108.5万元 and 111.5万元; check the figures.
}

// Approved targets are read once, and any number of self-evaluations is held against them.
func ExampleTargetsIn() {
	targets := check.TargetsIn(document("批复.txt", "项目名称：应急演练\n| 三级指标 | 年度指标值 | 分值 |\n| 开展演练 | ≥10次 | 30 |\n| 满意度 | ≥90% | 20 |\n"))
	f := check.Check(document("自评.txt", "项目名称：应急演练\n| 三级指标 | 年度指标值 | 实际完成值 | 分值 |\n| 开展演练 | ≥8次 | 9次 | 30 |\n| 满意度 | ≥90% | 95% | 20 |\n"), check.Options{Targets: targets})
	for _, r := range f.Relations {
		if r.Rule == "target" && r.Verdict == check.Contradiction {
			fmt.Println(r.Quote)
			fmt.Printf("stated %s%s, approved %s%s\n", r.Stated, r.Unit, r.Expected.Low, r.Unit)
		}
	}
	// Output:
	// 开展演练 | ≥8次 | 9次 | 30
	// stated 8次, approved 10次
}

// Documents of one office are held against each other: what one says alone is not said twice.
func ExampleTogether() {
	f := check.Together("某局", nil, []*reading.Document{
		document("报告.txt", "某市某局2023年度报告\n2023年全市一般公共预算基本支出2030.18万元。\n"),
		document("决算.txt", "某市某局2023年度决算\n2023年全市一般公共预算基本支出2033.18万元。\n"),
	})
	for _, r := range f.Relations {
		fmt.Println(r.Rule, r.Verdict, r.Stated)
	}
	// Output:
	// repeat contradiction 2033.18
}
