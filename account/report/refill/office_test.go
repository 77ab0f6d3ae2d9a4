package refill_test

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"anlan/account/check/reading/office"
	"anlan/account/report/refill"
)

// TestAReportSavedByLibreOfficeIsRefilled: LibreOffice writes the whole file anew, splits runs, and until 7.5 drops the tags of
// content controls; the figures are found by their placeholders, and what the file held is still said.
func TestAReportSavedByLibreOfficeIsRefilled(t *testing.T) {
	t.Parallel()
	if _, err := office.Installed(); err != nil {
		if strings.Contains(os.Getenv("ANLAN_REQUIRE"), "soffice") {
			t.Fatal(err)
		}
		t.Skip("SKIPPED: soffice is not installed, so no file went through it")
	}
	docx := before().word(t)
	accidents := control(t, docx, "accidents")
	docx = edited(t, docx, "全年事故", "一年来，全市共发生事故", ">97人<", ">95人<", accidents, "", "，目标为", "，其中事故</w:t></w:r>"+accidents+`<w:r><w:t xml:space="preserve">，整改率98.5%，目标为`)
	saved, err := office.Convert(t.Context(), office.Job{Name: "report.docx", Content: docx, To: "docx"})
	if err != nil {
		t.Fatal(err)
	}
	r := refilled(t, saved, before().with(year{"accidents": "88起 88 起", "basic": "2100.5万元 2100.5 万元", "temporary": "4人 4 人"}))
	want := []refill.Item{
		{What: refill.Changed, ID: "basic", Held: "2030.18万元", Found: "2030.18万元", Now: "2100.5万元"},
		{What: refill.Overtyped, ID: "deaths", Held: "97人", Found: "95人", Now: "97人"},
		{What: refill.Changed, ID: "accidents", Held: "87起", Found: "87起", Now: "88起"},
		{What: refill.Changed, ID: "temporary", Held: "3人", Found: "3人", Now: "4人", Part: "footnotes"},
		{What: refill.Moved, ID: "accidents", Found: "87起", From: "二、安全生产"},
		{What: refill.Numeral, Found: "98.5%"},
	}
	if diff := cmp.Diff(want, r.Items, short); diff != "" {
		t.Error(diff)
	}
	text := lines(t, r.Content)
	for _, s := range []string{"基本支出2100.5万元", "一年来，全市共发生事故，死亡97人", "其中事故88起，整改率98.5%", "另有临时人员4人", "日志位置120"} {
		if !strings.Contains(text, s) {
			t.Errorf("%q is not in\n%s", s, text)
		}
	}
	// And once more by way of LibreOffice: nothing is left to say but the numeral.
	if saved, err = office.Convert(t.Context(), office.Job{Name: "report.docx", Content: r.Content, To: "docx"}); err != nil {
		t.Fatal(err)
	}
	again := refilled(t, saved, before().with(year{"accidents": "88起 88 起", "basic": "2100.5万元 2100.5 万元", "temporary": "4人 4 人"}))
	if diff := cmp.Diff(want[len(want)-1:], again.Items, short); diff != "" {
		t.Error(diff)
	}
}
