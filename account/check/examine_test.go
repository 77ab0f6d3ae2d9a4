package check

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"anlan/account/check/reading"
	"anlan/account/check/sample"

	"github.com/google/go-cmp/cmp"
)

func examined(t testing.TB, text string) Examination {
	t.Helper()
	doc, err := reading.Read("a.txt", strings.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	return Examine(doc)
}

func TestExamineIsCheckWithEveryNumber(t *testing.T) {
	t.Parallel()
	doc, err := reading.Read("a.txt", strings.NewReader(sample.Text()), int64(len(sample.Text())))
	if err != nil {
		t.Fatal(err)
	}
	e := Examine(doc)
	if diff := cmp.Diff(Check(doc, Options{Figures: true}), e.File, cmp.AllowUnexported(File{})); diff != "" {
		t.Error(diff)
	}
	named := 0 // relations of figures; a skipped heading is of none
	for _, r := range e.File.Relations {
		if len(r.Figures) > 0 {
			named++
		}
	}
	if len(e.Mentions) != e.File.Summary.Figures || len(e.Claims) != named {
		t.Errorf("%d mentions of %d figures, %d claims of %d relations", len(e.Mentions), e.File.Summary.Figures, len(e.Claims), named)
	}
}

func TestAMentionSaysWhatTheWordsSay(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"基本支出2030.18万元。", "2030.18万元 level 基本支出|| 2023"},
		{"2022年末结转结余10.62万元。", "10.62万元 level 末结转结余|| 2022 end dated"},
		{"对照2022年，年初预算1685.91万元。", "1685.91万元 level 年初预算|| 2022 start"},
		{"2023年1—6月发生事故40起。", "40起 level 发生事故|| 2023/1-6 dated"},
		{"上半年发生事故40起。", "40起 level 上半年发生事故|| 2023/上半年 dated"},
		{"“三公”经费预算62.1万元，实际支出39.50万元。", "62.1万元 level “三公”经费预算|| 2023; 39.50万元 level 实际支出|“三公”经费预算| 2023"},
		{"事故87起、死亡97人，同比分别下降15.5%、11%。", "87起 level 事故|| 2023; 97人 level 、死亡|| 2023 of 事故; 15.5% growth- 同比分别下降|| 2023; 11% growth- 同比分别下降|| 2023"},
		{"死亡率由2022年的0.022人/亿元降到2023年的0.018人/亿元。", "0.022人/亿元 base 死亡率由的||降到2023年的 2022 dated; 0.018人/亿元 level- 的|死亡率由的| 2023 dated"},
		{"4家化工企业和20家工贸企业完成试点。", "4家 level ||化工企业和 2023; 20家 level 化工企业和||工贸企业完成试点 2023"},
		{"全省发生事故1200起，占全国的3%。", "1200起 level 全省发生事故|| 2023 scope 省; 3% share 占全国的|| 2023"},
	} {
		e := examined(t, "某市某局2023年度部门整体支出绩效自评报告\n\n"+c.text)
		var all []string
		for _, m := range e.Mentions {
			s := fmt.Sprintf("%s %s%s %s|%s|%s %d", m.String(), m.Sense, map[int]string{1: "+", -1: "-"}[m.Way], m.Said, m.Lent, m.After, m.Year)
			if m.Part != "" {
				s += "/" + m.Part
			}
			for word, on := range map[string]bool{" start": m.AtStart, " end": m.AtEnd} {
				if on {
					s += word
				}
			}
			if m.Dated {
				s += " dated"
			}
			if m.Of != "" {
				s += " of " + m.Of
			}
			if m.Scope != "" {
				s += " scope " + m.Scope
			}
			all = append(all, s)
		}
		if got := strings.Join(all, "; "); got != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.text, got, c.want)
		}
	}
}

func TestAClaimComputesWithOtherValues(t *testing.T) {
	t.Parallel()
	e := examined(t, "某市某局2023年度报告\n\n“三公”经费预算62.1万元，实际支出39.50万元，控制率为63.61%。")
	i := slices.IndexFunc(e.Claims, func(c Claim) bool { return e.File.Relations[c.Relation].Rule == "rate" })
	if i < 0 {
		t.Fatal("no claim of a rate")
	}
	c := e.Claims[i]
	if x, ok := c.Value([]*big.Rat{big.NewRat(3, 1), big.NewRat(4, 1)}); !ok || x.Cmp(big.NewRat(3, 4)) != 0 {
		t.Errorf("3 over 4 is %v, %v", x, ok)
	}
	if _, ok := c.Value([]*big.Rat{big.NewRat(3, 1)}); ok {
		t.Error("it computes with one operand")
	}
	if _, ok := c.Value([]*big.Rat{big.NewRat(3, 1), new(big.Rat)}); ok {
		t.Error("it divides by 0")
	}
}

func TestAFigureOfATableIsAMention(t *testing.T) {
	t.Parallel()
	const page = "<h1>某局2023年度报告</h1><table><tr><th>项目</th><th>金额（万元）</th></tr><tr><td>三公经费</td><td>其中39.50以内</td></tr></table>"
	doc, err := reading.Read("a.html", strings.NewReader(page), int64(len(page)))
	if err != nil {
		t.Fatal(err)
	}
	all := Examine(doc).Mentions
	if len(all) != 1 || all[0].Cell == nil || all[0].Cell.Row != 2 || all[0].Cell.Column != 2 || all[0].Said != "其中" || all[0].Year != 2023 {
		t.Errorf("mentions %+v", all)
	}
}
