package refill_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"anlan/account/indicator"
	"anlan/account/report"
	"anlan/account/report/document"
	"anlan/account/report/refill"
	"anlan/ground/figure"
	"anlan/ground/lang"
	"anlan/ground/period"
)

// accidents are those of 2023 and of the year before.
type accidents struct{ now, before int64 }

func (accidents) Lookup(code string) (indicator.Measure, bool) {
	unit, ok := figure.UnitOf("起")
	return indicator.Measure{Code: code, Label: lang.Of("事故起数", "accidents"), Unit: unit, Shape: indicator.Flow}, ok && code == "accident.count"
}

func (accidents) Codes() []string { return []string{"accident.count"} }

func (c accidents) Values(_ context.Context, asks []indicator.Ask) ([]indicator.Quantity, error) {
	out := make([]indicator.Quantity, len(asks))
	for i, a := range asks {
		out[i] = indicator.Number(c.now, int(c.now))
		if a.Period.String() == "2022" {
			out[i] = indicator.Number(c.before, int(c.before))
		}
	}
	return out, nil
}

// built is a report that prints changes with their sign: the words before them are for whoever edits it.
func (c accidents) built(t *testing.T) *report.Built {
	t.Helper()
	file, err := indicator.Parse("a.indicators", []byte(`
indicator fewer  "事故减少起数"  "fewer accidents"  in 起  printed 0
  = accident.count @ last_year - accident.count
indicator change  "事故起数同比"  "change in accidents"  in %  printed 1
  = (accident.count - accident.count @ last_year) / accident.count @ last_year
`))
	if err != nil {
		t.Fatal(err)
	}
	set, err := indicator.Define(c, file)
	if err != nil {
		t.Fatal(err)
	}
	year, err := period.Parse("2023")
	if err != nil {
		t.Fatal(err)
	}
	var questions []indicator.Question
	for _, code := range []string{"change", "fewer"} {
		i, err := set.Indicator(code)
		if err != nil {
			t.Fatal(err)
		}
		questions = append(questions, indicator.Question{Indicator: i, Period: year})
	}
	results, err := indicator.Eval(t.Context(), c, questions...)
	if err != nil {
		t.Fatal(err)
	}
	computed := map[string]report.Computed{}
	figures := make([]document.Figure, len(results))
	for i, r := range results {
		q := r.Question().Indicator
		computed[q.Code()] = report.Computed{Result: r, Unit: q.Unit()}
		figures[i] = document.Figure{ID: q.Code(), Name: q.Label().Zh, Text: r.Text().Zh, Value: r.Decimal(), Unit: q.Unit().String(), Exact: r.Value().Rat()}
	}
	return &report.Built{Computed: computed, Document: document.Document{
		Title: "标题", Author: "示例局", Basis: document.Basis{Book: "示例", Position: 58, Root: root}, Origin: document.Origin{Template: "department", Period: "2023"},
		Blocks: []document.Block{document.Paragraph{txt("同比为"), figures[0], txt("。相差"), figures[1], txt("。")}},
	}}
}

// TestAVerbThatSomebodyPutBeforeAFigureIsHeldAgainstItsValue: the report prints −15.5%, somebody writes 比上年下降15.5% in Word, and the value changes.
func TestAVerbThatSomebodyPutBeforeAFigureIsHeldAgainstItsValue(t *testing.T) {
	t.Parallel()
	fell, rose, same := accidents{87, 103}, accidents{103, 87}, accidents{87, 87}
	for name, c := range map[string]struct {
		then, now accidents
		edit      []string
		want      []refill.Item
		text      string
	}{
		"nobody put one": {fell, rose, nil,
			[]refill.Item{{What: refill.Changed, ID: "change", Held: "−15.5%", Found: "−15.5%", Now: "18.4%"}, {What: refill.Changed, ID: "fewer", Held: "16起", Found: "16起", Now: "−16起"}}, "同比为18.4%。相差−16起。"},
		"true, with the sign left in": {fell, fell, []string{"同比为", "比上年下降"},
			[]refill.Item{{What: refill.Changed, ID: "change", Held: "−15.5%", Found: "−15.5%", Now: "15.5%"}}, "比上年下降15.5%。"},
		"true, with the sign taken out": {fell, fell, []string{"同比为", "比上年减少了", "−15.5%", "15.5%"},
			[]refill.Item{{What: refill.Restated, ID: "change", Held: "−15.5%", Found: "15.5%", Now: "15.5%"}}, "比上年减少了15.5%。"},
		"下降 before a rise": {fell, rose, []string{"同比为", "比上年下降", "−15.5%", "15.5%", "相差", "变动"},
			[]refill.Item{{What: refill.Direction, ID: "change", Held: "−15.5%", Found: "15.5%", Now: "18.4%", Word: "增长"}, {What: refill.Changed, ID: "fewer", Held: "16起", Found: "16起", Now: "−16起"}}, "比上年下降15.5%。变动−16起。"},
		"降低 before a rise": {fell, rose, []string{"同比为", "比上年降低", "相差", "变动"},
			[]refill.Item{{What: refill.Direction, ID: "change", Held: "−15.5%", Found: "−15.5%", Now: "18.4%", Word: "增长"}, {What: refill.Changed, ID: "fewer", Held: "16起", Found: "16起", Now: "−16起"}}, "比上年降低−15.5%。"},
		"上升, 提高 and 增加 before a fall": {rose, fell, []string{"同比为", "同比上升", "相差", "事故比上年增加", "−16起", "16起"},
			[]refill.Item{{What: refill.Direction, ID: "change", Held: "18.4%", Found: "18.4%", Now: "15.5%", Word: "下降"}, {What: refill.Direction, ID: "fewer", Held: "−16起", Found: "16起", Now: "16起", Word: "减少"}}, "同比上升18.4%。事故比上年增加16起。"},
		"增加 before what is counted as fewer, and is more": {rose, rose, []string{"相差", "事故比上年增加"},
			[]refill.Item{{What: refill.Changed, ID: "fewer", Held: "−16起", Found: "−16起", Now: "16起"}}, "事故比上年增加16起。"},
		"下降 where nothing has changed": {fell, same, []string{"同比为", "比上年下降", "相差", "变动"},
			[]refill.Item{{What: refill.Direction, ID: "change", Held: "−15.5%", Found: "−15.5%", Now: "0.0%", Word: "持平"}, {What: refill.Changed, ID: "fewer", Held: "16起", Found: "16起", Now: "0起"}}, "比上年下降−15.5%。"},
		"下降到 opens a level": {fell, rose, []string{"同比为", "下降到", "相差", "变动"},
			[]refill.Item{{What: refill.Changed, ID: "change", Held: "−15.5%", Found: "−15.5%", Now: "18.4%"}, {What: refill.Changed, ID: "fewer", Held: "16起", Found: "16起", Now: "−16起"}}, "下降到18.4%。"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var docx bytes.Buffer
			if err := c.then.built(t).Document.RenderDOCX(&docx); err != nil {
				t.Fatal(err)
			}
			e, err := refill.Open("报告.docx", edited(t, docx.Bytes(), c.edit...))
			if err != nil {
				t.Fatal(err)
			}
			r, err := e.Refill(c.now.built(t))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, r.Items, short); diff != "" {
				t.Error(diff)
			}
			for _, i := range r.Items {
				if i.What == refill.Direction && !strings.Contains(i.Quote, i.Found) {
					t.Errorf("%q does not say where it stands", i.Quote)
				}
			}
			if text := lines(t, r.Content); !strings.Contains(text, c.text) {
				t.Errorf("%q is not in\n%s", c.text, text)
			}
		})
	}
}
