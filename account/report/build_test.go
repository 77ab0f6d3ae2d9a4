package report_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"anlan/account/indicator"
	"anlan/account/report"
	"anlan/account/report/document"
	"anlan/ground/fault"
	"anlan/ground/figure"
	"anlan/ground/lang"
	"anlan/ground/period"
)

// counts are the measures of these tests with their figures of this year and the one before; a measure without is none
// recorded.
type counts struct {
	now, before *int64
	records     int
}

func (counts) Lookup(code string) (indicator.Measure, bool) {
	unit, ok := figure.UnitOf("起")
	return indicator.Measure{Code: code, Label: lang.Of("事故起数", "accidents"), Unit: unit, Shape: indicator.Flow}, ok && code == "accident.count"
}

func (counts) Codes() []string { return []string{"accident.count"} }

func (c counts) Values(_ context.Context, asks []indicator.Ask) ([]indicator.Quantity, error) {
	out := make([]indicator.Quantity, len(asks))
	for i, a := range asks {
		n := c.now
		if a.Period.String() == "2022" {
			n = c.before
		}
		if n != nil {
			out[i] = indicator.Number(*n, c.records)
		}
	}
	return out, nil
}

const indicators = `
indicator accidents  "事故起数"  "accidents"  in 起  printed 0 grouped
  = accident.count
indicator fewer  "事故减少起数"  "fewer accidents"  in 起  printed 0
  = accident.count @ last_year - accident.count
indicator change  "事故起数同比"  "change in accidents"  in %  printed 1
  = (accident.count - accident.count @ last_year) / accident.count @ last_year
`

var year2023 = func() period.Period {
	p, err := period.Parse("2023")
	if err != nil {
		panic(err)
	}
	return p
}()

// build builds a template over the counts of two years.
func build(t *testing.T, c counts, template string) (*report.Built, error) {
	t.Helper()
	file, err := indicator.Parse("a.indicators", []byte(indicators))
	if err != nil {
		t.Fatal(err)
	}
	set, err := indicator.Define(c, file)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := report.Parse("a.report", template)
	if err != nil {
		t.Fatal(err)
	}
	return parsed.Build(t.Context(), set, figuresOnly{c}, report.Subject{Bureau: "示例局", Unit: "430600", Period: year2023, Synthetic: true,
		Basis: document.Basis{Book: "b", Position: 58, Root: "r"}})
}

func mustBuild(t *testing.T, c counts, template string) *report.Built {
	t.Helper()
	b, err := build(t, c, template)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func n(x int64) *int64 { return &x }

// prose is the text of the paragraphs and headings.
func prose(b *report.Built) (out []string) {
	for _, x := range b.Document.Blocks {
		switch x := x.(type) {
		case document.Heading:
			out = append(out, x.Text.String())
		case document.Paragraph:
			out = append(out, document.Inlines(x).String())
		}
	}
	return out
}

func TestAFormPutsTheWordThatTheSignAsksFor(t *testing.T) {
	t.Parallel()
	const template = "title 标题\nfigure a accidents as plain\nfigure f fewer as fewer\nfigure c change as change\n事故{a}，{f}，同比{c}。"
	for _, c := range []struct {
		name        string
		now, before *int64
		want        string
	}{
		{"fewer than before", n(87), n(103), "事故87起，减少16起，同比下降15.5%。"},
		{"more than before", n(1200), n(1000), "事故1,200起，增加200起，同比增长20.0%。"},
		{"as many as before", n(50), n(50), "事故50起，持平（0起），同比持平（0.0%）。"},
		{"none now", n(0), n(4), "事故0起，减少4起，同比下降100.0%。"},
		{"none before: no rate", n(4), n(0), "事故4起，增加4起，同比无法计算。"},
		{"a change that is printed as none", n(99_999), n(100_000), "事故99,999起，减少1起，同比持平（0.0%）。"},
		{"none recorded this year", nil, n(4), "事故无记录，无记录，同比无记录。"},
		{"none recorded the year before", n(4), nil, "事故4起，无记录，同比无记录。"},
	} {
		if diff := cmp.Diff([]string{c.want}, prose(mustBuild(t, counts{now: c.now, before: c.before}, template))); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestTheSizeOfAFallIsPrintedAndItsValueKeepsTheSign(t *testing.T) {
	t.Parallel()
	b := mustBuild(t, counts{now: n(87), before: n(103)}, "title 标题\nfigure c change as change\n{c}")
	f := b.Document.Figures()[0]
	if f.Text != "15.5%" || f.Value != "-15.5" {
		t.Errorf("printed %q for the value %q, want 15.5%% and -15.5", f.Text, f.Value)
	}
}

func TestAFigureThatIsPrintedTwiceHasTwoNamesAndOneValue(t *testing.T) {
	t.Parallel()
	b := mustBuild(t, counts{now: n(87), before: n(103), records: 87},
		"title 标题\nfigure a accidents\nfigure a.2 fewer as fewer\n# 概况{a}\n{a}，{a.2}，{a.2}\n又是{a}")
	var ids, texts []string
	for _, f := range b.Document.Figures() {
		ids, texts = append(ids, f.ID), append(texts, f.Text)
	}
	if diff := cmp.Diff([]string{"a", "a.3", "a.2", "a.2.2", "a.4"}, ids); diff != "" {
		t.Errorf("ids: %s", diff)
	}
	if diff := cmp.Diff([]string{"87起", "87起", "16起", "16起", "87起"}, texts); diff != "" {
		t.Errorf("texts: %s", diff)
	}
	if _, err := b.Render(); err != nil {
		t.Errorf("a report with a figure printed twice cannot be written: %v", err)
	}
}

func TestTheReportSaysOfItselfWhatItsTemplateAsksFor(t *testing.T) {
	t.Parallel()
	b := mustBuild(t, counts{now: n(1)}, "// a comment\ntitle {period}{bureau}|自评报告\nfigure a accidents\n### 截至{last-day}\n{bureau}{period}：{ a }\r\n")
	if want := "2023年示例局\n自评报告"; b.Document.Title != want {
		t.Errorf("title %q, want %q", b.Document.Title, want)
	}
	if diff := cmp.Diff([]string{"截至2023年12月31日", "示例局2023年：1起"}, prose(b)); diff != "" {
		t.Error(diff)
	}
	if h, ok := b.Document.Blocks[0].(document.Heading); !ok || h.Level != 3 || !b.Document.Synthetic || b.Document.Author != "示例局" {
		t.Errorf("the heading, the mark of invented records or the author is lost: %+v", b.Document)
	}
}

func TestFiguresJSONSaysWhatEachFigureIsAndHowToHaveItAgain(t *testing.T) {
	t.Parallel()
	files, err := mustBuild(t, counts{now: n(87), before: n(103), records: 87}, "title 标题\nfigure a accidents\n# 一节\n{a}").Render()
	if err != nil {
		t.Fatal(err)
	}
	var f report.FiguresFile
	if err := json.Unmarshal(files[report.Figures], &f); err != nil {
		t.Fatal(err)
	}
	want := report.FiguresFile{Book: "b", Position: 58, Root: "r", Figures: []document.Placed{{Section: "一、一节", Paragraph: 3, Figure: document.Figure{
		ID: "a", Name: "事故起数", Text: "87起", Value: "87", Unit: "起", Code: "accidents", Period: "2023", UnitCode: "430600", Source: "records", Records: 87,
		Recompute: "anlan indicator accidents --period 2023 --unit 430600 --as-of 58"}}}}
	if diff := cmp.Diff(want, f); diff != "" {
		t.Error(diff)
	}
}

func TestAFigureWithoutAValueHasNoneInFiguresJSON(t *testing.T) {
	t.Parallel()
	b := mustBuild(t, counts{now: n(4), before: n(0)}, "title 标题\nfigure c change as change\n{c}")
	if f := b.Document.Figures()[0]; f.Value != "" || f.Text != "无法计算" {
		t.Errorf("got value %q and text %q, want none and 无法计算", f.Value, f.Text)
	}
}

func TestAnUnknownIndicatorIsSaidWithItsPlaceInTheTemplate(t *testing.T) {
	t.Parallel()
	_, err := build(t, counts{}, "title 标题\nfigure a accident\nfigure b  no.such\nfigure c change\n{a}{b}{c}")
	var l fault.List
	if internal := l.Add(err); internal != nil || len(l) != 2 || !errors.Is(err, indicator.ErrNotDefined) {
		t.Fatalf("got %v, want two unknown indicators", err)
	}
	if got := l.In(lang.Chinese); !strings.HasPrefix(got, "a.report 第2行 第10字：") || !strings.Contains(got, "accidents") || !strings.Contains(got, "a.report 第3行 第11字：") {
		t.Errorf("got %s", got)
	}
}
