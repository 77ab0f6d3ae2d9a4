package report_test

import (
	"errors"
	"strings"
	"testing"

	"anlan/account/report"
	"anlan/ground/fault"
	"anlan/ground/lang"
)

// TestAFigureBehindAVerbOfChangeIsItsSize: 下降−15.5% is never printed, and a verb that the figure contradicts is refused.
func TestAFigureBehindAVerbOfChangeIsItsSize(t *testing.T) {
	t.Parallel()
	number := func(n int64) *int64 { return &n }
	for _, c := range []struct {
		prose       string
		now, before int64
		want        string // as printed
		fault       error
		says        string
	}{
		{"比上年下降{=change}。", 87, 103, "比上年下降15.5%。", nil, ""},
		{"比上年下降了{=change as 约 5}。", 87, 103, "比上年下降了约15%。", nil, ""},
		{"同比增长{=change}。", 103, 87, "同比增长18.4%。", nil, ""},
		{"比上年减少{=fewer}。", 87, 103, "比上年减少16起。", nil, ""},
		{"比上年多{=fewer}。", 103, 87, "比上年多16起。", nil, ""},
		{"降到{=accidents}。", 87, 103, "降到87起。", nil, ""},
		{"同比为{=change}。", 87, 103, "同比为−15.5%。", nil, ""},
		{"比上年{=change as change}。", 87, 103, "比上年下降15.5%。", nil, ""},

		{"比上年下降{=change}。", 103, 87, "", report.ErrWrongWay, "a.report 第2行 第6字：“下降”后面的“事故起数同比”是18.4%（上升）"},
		{"比上年增长{=change}。", 87, 103, "", report.ErrWrongWay, "请去掉“增长”，给数据加上印法 as change"},
		{"比上年减少{=fewer}。", 103, 87, "", report.ErrWrongWay, "as fewer"},
		{"比上年增加{=fewer}。", 87, 103, "", report.ErrWrongWay, "是16起（下降）"},
		{"比上年下降{=change}。", 87, 87, "", report.ErrWrongWay, "（持平）"},
		{"比上年下降{=change as change}。", 87, 103, "", report.ErrWayTwice, "as change"},
	} {
		b, err := build(t, counts{now: number(c.now), before: number(c.before)}, "title 标题\n"+c.prose)
		if !errors.Is(err, c.fault) {
			t.Errorf("%s with %d after %d: got %v, want %v", c.prose, c.now, c.before, err, c.fault)
			continue
		}
		if c.fault != nil {
			if got := fault.In(err, lang.Chinese); !strings.Contains(got, c.says) {
				t.Errorf("%s with %d after %d: %q does not say %q", c.prose, c.now, c.before, got, c.says)
			}
			continue
		}
		if got := strings.Join(prose(b), ""); got != c.want {
			t.Errorf("%s with %d after %d: got %q, want %q", c.prose, c.now, c.before, got, c.want)
		}
	}
}

func TestADraftMarksAVerbThatItsFigureContradicts(t *testing.T) {
	t.Parallel()
	s := sheetOf("90", "", "", "")
	s.amounts["hazard.found 2022"] = rat("100")
	b, err := s.buildAs(t, "indicator change \"隐患同比\" \"change\" in % printed 0\n = (hazard.found - hazard.found @ last_year) / hazard.found @ last_year\n", one("title 标题\n比上年增长{=change}。"), true)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(prose(b), ""); !strings.HasPrefix(got, "比上年增长−10%〔请核实：“增长”后面的“隐患同比”是−10%（下降）") || !errors.Is(b.Frozen(), report.ErrWrongWay) {
		t.Errorf("the draft says %q, and is frozen with %v", got, b.Frozen())
	}
}
