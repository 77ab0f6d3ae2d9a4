package check

import (
	"slices"
	"strings"
	"testing"

	"anlan/account/check/reading"
)

func document(t *testing.T, name, text string) *reading.Document {
	t.Helper()
	d, err := reading.Read(name, strings.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

const (
	togetherReport = `某市应急管理局2023年度部门整体支出绩效自评报告
2023年全市一般公共预算基本支出2030.18万元，项目支出1235.34万元。
2023年全市生产安全事故死亡人数97人，比2022年全市生产安全事故死亡人数减少12人。
`
	togetherTable = `某市应急管理局2023年度部门决算
单位：万元
| 项目 | 决算数 |
| 基本支出 | 2030.18 |
| 项目支出 | 1253.34 |
| 合计 | 3283.52 |
2023年全市一般公共预算基本支出2033.18万元。
`
	togetherBefore = `某市应急管理局2022年度部门整体支出绩效自评报告
2022年全市生产安全事故死亡人数109人。
`
)

func TestDocumentsOfADepartmentAreHeldAgainstEachOther(t *testing.T) {
	t.Parallel()
	f := Together("某市应急管理局", nil, []*reading.Document{document(t, "报告.txt", togetherReport), document(t, "决算.txt", togetherTable)})
	if diff := found(f); !slices.Contains(diff, "repeat contradiction 2033.18万元 | 2030.18万元") {
		t.Errorf("%q", diff)
	}
	for _, r := range f.Relations {
		if !strings.Contains(r.Message.Zh, "报告.txt") || !strings.Contains(r.Message.Zh, "决算.txt") || !r.Message.Whole() {
			t.Errorf("%s: %s", r.Rule, r.Message.Zh)
		}
	}
	files := map[string]bool{}
	for _, g := range f.Figures {
		files[g.File] = true
	}
	if len(files) != 2 || f.Summary.Contradictions != 1 || f.Year != 2023 || len(f.Between) != 2 {
		t.Errorf("%v %+v", files, f)
	}
}

func TestADifferenceThatNoSlipExplainsIsAQuestion(t *testing.T) {
	t.Parallel()
	other := strings.ReplaceAll(togetherTable, "2033.18", "1987.65")
	f := Together("某市应急管理局", nil, []*reading.Document{document(t, "报告.txt", togetherReport), document(t, "决算.txt", other)})
	i := slices.IndexFunc(f.Relations, func(r Relation) bool { return r.Rule == "repeat" })
	if i < 0 || f.Relations[i].Verdict != Noted || len(f.Relations[i].Notes) != 1 || !strings.Contains(f.Relations[i].Message.Zh, "不符") || f.Relations[i].Key == "" || f.Summary.Notes != 1 {
		t.Errorf("%+v", f.Relations)
	}
}

func TestLastYearsReportIsHeldAgainstWhatThisYearsSaysOfIt(t *testing.T) {
	t.Parallel()
	for last, want := range map[string]string{"109": "repeat holds 109人 | 109人", "108": "repeat note 109人 | 108人"} {
		before := document(t, "2022.txt", strings.ReplaceAll(togetherBefore, "109", last))
		now := document(t, "2023.txt", "某市应急管理局2023年度部门整体支出绩效自评报告\n2022年全市生产安全事故死亡人数109人。2023年97人。\n")
		if got := found(Together("某市应急管理局", []*reading.Document{before}, []*reading.Document{now})); !slices.Contains(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestWhatOneDocumentSaysAloneIsNotRepeated(t *testing.T) {
	t.Parallel()
	alone := "全年支出100万元，其中人员经费60万元、公用经费30万元、项目经费20万元。\n"
	f := Together("甲", nil, []*reading.Document{document(t, "a.txt", "某局2023年度报告\n"+alone), document(t, "b.txt", "某局2023年度报告\n没有数据。\n")})
	if len(f.Relations) != 0 || f.Summary.Relations != 0 {
		t.Errorf("%+v", f.Relations)
	}
}
