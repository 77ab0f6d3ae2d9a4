package check

import (
	"strings"
	"testing"
)

// A value that stands behind 比 and its year is what a change starts from, and holds or does not.
func TestAChangeFromAnEarlierValueIsJudgedByIt(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Verdict{
		"2023年检查12次，比2022年10次增长20%。":    Holds,
		"2023年检查12次，比2022年的10次增长20%。":   Holds,
		"2023年死亡5人，比2022年10人下降60%。":     Contradiction,
		"2023年培训12期，同2022年10期相比增长20%。":  Holds,
		"2023年支出12.5万元，比上年10.0万元增长25%。": Holds,
		"2023年支出12.5万元，比上年10.0万元增长35%。": Contradiction,
	} {
		f := Check(document(t, "a.txt", text), Options{})
		if f.Summary.Relations != 1 || f.Summary.Contradictions != map[Verdict]int{Contradiction: 1}[want] {
			t.Errorf("%s: %+v", text, f.Summary)
		}
	}
}

// A total that the rows above it do not come to is asked about where nothing else says what the rows are.
func TestTheTotalOfASmallTableIsAskedAbout(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, table, want string }{
		{"one column", "|项目|金额（万元）|\n|---|---|\n|工资|100|\n|办公|200|\n|差旅|50|\n|合计|360|\n", "100 + 200 + 50 = 350，表中为360"},
		{"one column that adds up", "|项目|金额（万元）|\n|---|---|\n|工资|100|\n|办公|200|\n|合计|300|\n", ""},
		{"one of two columns", "|项目|预算数|决算数|\n|---|---|---|\n|工资|100|90|\n|办公|200|180|\n|合计|310|270|\n", "100 + 200 = 300，表中为310"},
		{"counts are not rounded", "|部门|事故起数|死亡人数|\n|---|---|---|\n|甲县|10|3|\n|乙县|20|4|\n|合计|31|7|\n", "10起 + 20起 = 30起，表中为31起"},
		{"rows that are parts of others", "|项目|金额（万元）|\n|---|---|\n|工资|100|\n|其中：奖金|20|\n|合计|100|\n", ""},
		{"rows with numbers of levels", "|项目|金额（万元）|\n|---|---|\n|一、工资|100|\n|（一）奖金|20|\n|合计|100|\n", ""},
	} {
		f := Check(document(t, "a.md", "# 2023年支出表\n\n"+c.table), Options{})
		var said []string
		for _, r := range f.Relations {
			if r.Verdict == Contradiction || r.Verdict == Rounding {
				t.Errorf("%s accuses: %s", c.name, r.Message.Zh)
			}
			if r.Rule == "table" && r.Verdict == Noted {
				said = append(said, r.Message.Zh)
			}
		}
		if got := strings.Join(said, "\n"); c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}

func TestAQuoteCutsNoFigureInTwo(t *testing.T) {
	t.Parallel()
	f := Check(document(t, "a.txt", "预算执行率为120%，培训了100人，支出120万元。"), Options{})
	if len(f.NotCheckable) != 1 || !strings.HasSuffix(strings.TrimSuffix(f.NotCheckable[0].Quote, "。"), "支出120万元") && strings.HasSuffix(f.NotCheckable[0].Quote, "支出1") {
		t.Errorf("%+v", f.NotCheckable)
	}
}
