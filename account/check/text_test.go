package check

import (
	"strings"
	"testing"

	"anlan/ground/lang"
)

func TestTheTextUnderlinesTheFiguresOfARelation(t *testing.T) {
	t.Parallel()
	r := Report{Files: []File{{File: "a.txt", Summary: Summary{Relations: 1, Contradictions: 1},
		Figures: []Figure{{ID: "f1", Text: "10人", Unit: "人", Line: 3, Offset: 6}, {ID: "f2", Text: "10人", Line: 3, Offset: 20}, {ID: "f3", Text: "8人", Line: 3, Offset: 30}},
		Relations: []Relation{{Rule: "sum", Verdict: Contradiction, Line: 3, Quote: "共10人，其中甲10人、乙8人。", Figures: []string{"f1", "f2", "f3"},
			Formula: "f2 + f3 = f1", Stated: "10", Expected: &Bounds{"18", "18"}, Unit: "人", Mend: &Mend{Figure: "f1", Value: "18"},
			Message: lang.Text{Zh: "合计不符", En: "the sum differs"}}}}}}
	var b strings.Builder
	if err := r.WriteText(&b, lang.Chinese); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"✗ 第3行  合计不符\n",
		"    共10人，其中甲10人、乙8人。\n      ~~~~        ~~~~    ~~~\n",
		"先看：若把第3行的“10人”改为18人，即可相符", "✗矛盾1",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("want %q in\n%s", want, b.String())
		}
	}
}
