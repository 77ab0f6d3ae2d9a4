package report

import (
	"errors"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"anlan/ground/fault"
)

func TestProseNamesAFigureByItsIndicator(t *testing.T) {
	t.Parallel()
	tmpl, err := Parse("a.report", "title {bureau}\n# 一\n死亡{=work_safety.deaths}，上年{=work_safety.deaths @ last_year}，{=work_safety.deaths}。\n")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"work-safety.deaths", "work-safety.deaths---last-year"}, tmpl.order); diff != "" {
		t.Error(diff)
	}
	for bad, col := range map[string]int{"死亡{=}。": 3, "死亡{=a b}。": 3, "死亡{=a.b @ 哪年}。": 3, "死亡{=a.b as 大概}。": 3} {
		_, err := Parse("a.report", "title {bureau}\n"+bad+"\n")
		var l fault.List
		if internal := l.Add(err); internal != nil || len(l) == 0 || l[0].Where.Line != 2 || l[0].Where.Col != col {
			t.Errorf("%s: got %v", bad, err)
		}
	}
}

func TestWhatWasDeclaredForProseThatIsGoneIsDropped(t *testing.T) {
	t.Parallel()
	folder := fstest.MapFS{
		"a.report":   {Data: []byte("title {bureau}\nfigure deaths work_safety.deaths\nclaim first first\n# 甲\n## 乙\ninclude b.prose\n# 丙\n一段。\ninclude c.prose\n")},
		"b.prose":    {Data: []byte("自己写的一段。\n### 小标题\n")},
		"c.prose":    {Data: []byte("又一段。\n")},
		"other.note": {},
	}
	if _, err := Read(folder, "a.report"); !errors.Is(err, ErrFigureUnused) {
		t.Errorf("got %v, want %v", err, ErrFigureUnused)
	}
	tmpl, err := ReadWritten(folder, "a.report")
	if err != nil {
		t.Fatal(err)
	}
	if len(tmpl.order)+len(tmpl.claims)+len(tmpl.names) != 0 {
		t.Errorf("still declared: %v %v", tmpl.order, tmpl.claims)
	}
	if diff := cmp.Diff([]Slot{{"b.prose", []string{"甲", "乙"}, false}, {"c.prose", []string{"丙"}, true}}, tmpl.Slots()); diff != "" {
		t.Error(diff)
	}
}
