package check

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"anlan/account/check/reading"
)

// dense are texts of which nearly every sentence contradicts itself, in the ways that cost most.
var dense = []struct {
	name     string
	sentence func(r *rand.Rand) string
}{
	{"rates", func(r *rand.Rand) string {
		return "编制50人，" + row(r, 20, "，", "在职%d人，在职人员控制率%d%%") + "。"
	}},
	{"changes", func(r *rand.Rand) string { return row(r, 1, "", "发生%d起，同比减少%d起、下降99%%。") }},
	{"parts", func(r *rand.Rand) string {
		return "车10辆（其中" + row(r, 50, "、", "甲%d辆、乙%d辆") + "）。"
	}},
	{"parts of parts", func(r *rand.Rand) string {
		return "资金100万元，" + row(r, 50, "，", "包括甲%d万元、乙%d万元") + "。"
	}},
	{"totals", func(r *rand.Rand) string {
		return row(r, 25, "、", "甲%d万元、乙%d万元") + "，两项合计1万元。"
	}},
	{"tables", func(r *rand.Rand) string {
		return "支出表\n单位：万元\n项目    合计    基本支出    项目支出\n" + row(r, 30, "\n", "甲项工作    %d.00    %d.00") + "\n小计    99.00    98.00\n" +
			row(r, 8, "\n", "乙项工作    %[1]d.00    %[1]d.00    %[2]d.00") + "\n合计    77.00    66.00    11.00\n\n"
	}},
	{"one figure in many", func(r *rand.Rand) string {
		return row(r, 30, "；", "甲支出%d万元，占全年支出的%d%%") + "。"
	}},
}

// row writes a pattern with two numbers n times.
func row(r *rand.Rand, n int, between, pattern string) string {
	all := make([]string, n)
	for i := range all {
		all[i] = fmt.Sprintf(pattern, 10+r.IntN(90), 10+r.IntN(90))
	}
	return strings.Join(all, between)
}

// TestWorkGrowsWithTheText counts the operands that are weighed: twice the text may take twice the work and no more, beside
// the mends of the document, and a text of contradictions only a bounded number for each of its bytes.
func TestWorkGrowsWithTheText(t *testing.T) {
	t.Parallel()
	const perByteMax = 10
	for _, c := range dense {
		t.Run(strings.ReplaceAll(c.name, " ", "_"), func(t *testing.T) {
			t.Parallel()
			work := func(size int) int {
				r := rand.New(rand.NewPCG(1, 2))
				var b strings.Builder
				for b.WriteString("某市某局2023年度报告\n全年支出100万元。\n"); b.Len() < size; {
					b.WriteString(c.sentence(r) + "\n")
				}
				doc, err := reading.Read("a.txt", strings.NewReader(b.String()), int64(b.Len()))
				if err != nil {
					t.Fatal(err)
				}
				return examine(context.Background(), doc, Options{}, nil).work
			}
			const size = 128 << 10
			once, twice := work(size), work(2*size)
			if twice*10 > once*22+10*mendWork || twice > perByteMax*2*size+mendWork {
				t.Errorf("%d and %d operands for %d and %d bytes", once, twice, size, 2*size)
			}
		})
	}
}

func TestListsAreBoundedAndCountsAreNot(t *testing.T) {
	t.Parallel()
	f := checked(t, strings.Repeat("编制100人，在职92人，在职人员控制率为95%。\n", 2*listedMax+10))
	if s := f.Summary; s.Contradictions < 2*listedMax+10 || len(f.Relations) != 2*listedMax {
		t.Errorf("%d counted, %d listed", s.Contradictions, len(f.Relations))
	}
	var figures int
	f = checked(t, strings.Repeat("车10辆（其中"+strings.Repeat("甲50辆、", 99)+"乙50辆）。\n", 2*listedFigures/100+100))
	for _, r := range f.Relations {
		figures += len(r.Figures)
	}
	if figures > 2*listedFigures+sentenceFigures || f.Summary.Relations <= len(f.Relations) {
		t.Errorf("%d figures of %d relations listed, %d relations", figures, len(f.Relations), f.Summary.Relations)
	}
}
