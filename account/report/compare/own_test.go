package compare_test

import (
	"testing"

	"anlan/account/check/reading"
	"anlan/account/report/compare"
	"anlan/ground/lang"
	"anlan/ground/period"

	"github.com/google/go-cmp/cmp"
)

// Test_what_a_report_says_of_its_own_figures_comes_before_their_words: the words name nothing, or something else.
func Test_what_a_report_says_of_its_own_figures_comes_before_their_words(t *testing.T) {
	t.Parallel()
	w := published(t)
	w.add("raw.staff", "2023", "42", "人")
	w.add("raw.change", "2023", "-8", "起")
	set := setOf(t, w, "indicator own.staff \"行政编制\" \"staff\" in 人 printed 0 = raw.staff\nindicator own.change \"变化\" \"change\" in 起 printed 0 = raw.change\n")
	year := period.Year(2023)
	own := []compare.Own{{Line: 1, Text: "42人", Indicator: "own.staff", Period: year}, {Line: 1, Text: "42人", Indicator: "own.staff", Period: year},
		{Line: 2, Text: "8起", Indicator: "own.change", Period: year, Turned: true}, {Line: 2, Text: "9起", Indicator: "own.change", Period: year},
		{Line: 3, Text: "41人", Indicator: "own.staff", Period: year}, {Line: 3, Text: "7个", Indicator: "own.staff", Period: year}, {Line: 3, Text: "7个", Indicator: "own.none", Period: year},
		{Line: 4, Text: "42人", Name: "总得分", Indicator: "department", Period: year}}
	doc := document(t, "report.txt", "某某42人，另有42人，再有42人。\n某某下降8起。\n某某41人，某某7个。\n行政编制42人。")
	r, err := compare.Compare(t.Context(), doc, compare.Terms{Set: set, Catalogue: w, Records: w, Period: year, Unit: "430600", Bureau: "430600", Own: own, NotOwn: lang.Text{}})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range r.Figures {
		got = append(got, f.Text+" "+f.Indicator+" "+string(f.Verdict))
	}
	want := []string{"42人 own.staff agrees", "42人 own.staff agrees", "42人  not_recorded", "8起 own.change agrees", "41人 own.staff differs", "7个  not_recorded", "42人  not_recorded"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if why := r.Figures[len(r.Figures)-1].Why; why == nil || why.Zh != "是这份报告的“总得分”，按评分方案department得出，不是指标" {
		t.Errorf("what is scored is said to be %v", why)
	}
	if r.Own != 4 {
		t.Errorf("%d figures are its own", r.Own)
	}
}

// Test_what_a_falling_rate_needs_is_above_zero: 下降11% of a fall of 11 needs some hundred the year before, and names that year.
func Test_what_a_falling_rate_needs_is_above_zero(t *testing.T) {
	t.Parallel()
	w := published(t)
	w.add("raw.deaths", "2023", "98", "人")
	w.say("raw.deaths", "2022", "109")
	set := setOf(t, w, "indicator own.rate \"死亡人数同比\" \"change of deaths\" in % printed 2 = (raw.deaths - raw.deaths @ last_year) / raw.deaths @ last_year\n")
	year := period.Year(2023)
	doc := document(t, "report.txt", "某某下降11%。\n某某11 + 2 = 13。")
	doc.Lines[1].Kind = reading.Note
	r, err := compare.Compare(t.Context(), doc, compare.Terms{Set: set, Catalogue: w, Records: w, Period: year, Unit: "430600", Bureau: "430600",
		Own: []compare.Own{{Line: 1, Text: "11%", Indicator: "own.rate", Period: year, Turned: true}}})
	if err != nil {
		t.Fatal(err)
	}
	if notes := r.Figures[0].Notes; len(notes) != 1 || notes[0].Zh != "若raw.deaths − raw.deaths（上年同期）为-11人，印出的数要求raw.deaths（2022年）在96—105人之间" {
		t.Errorf("notes %v", notes)
	}
	for _, f := range r.Figures[1:] {
		if f.Verdict != compare.NotRecorded || f.Why == nil || f.Why.En != "it is arithmetic in a footnote; the figures that it takes are compared in the text" {
			t.Errorf("%s in a footnote is %s, %v", f.Text, f.Verdict, f.Why)
		}
	}
}
