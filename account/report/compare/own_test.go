package compare_test

import (
	"testing"

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
