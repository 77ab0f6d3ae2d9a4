package check_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"anlan/account/check"
	"anlan/account/check/reading"
	"anlan/account/check/reading/packtest"
)

func TestACellThatShowsAnotherNumberThanItsFormulaGivesIsContradicted(t *testing.T) {
	t.Parallel()
	x := excelize.NewFile()
	defer x.Close()
	for i, row := range [][]any{{"2023年度支出决算表"}, {"项目", "决算数"}, {"人员经费", 1604.62}, {"公用经费", 425.57}, {"合计", nil}} {
		if err := x.SetSheetRow("Sheet1", "A"+string(rune('1'+i)), &row); err != nil {
			t.Fatal(err)
		}
	}
	if err := x.SetCellFormula("Sheet1", "B5", "SUM(B3:B4)"); err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	if err := x.Write(&file); err != nil {
		t.Fatal(err)
	}
	for stored, want := range map[string]string{"2030.19": "", "2030.18": "2030.19"} {
		// a spreadsheet stores the result with the formula; the library does not
		content := packtest.Repack(t, file.Bytes(), func(_, part string) string { return strings.Replace(part, "</f>", "</f><v>"+stored+"</v>", 1) })
		doc, err := reading.Read("决算.xlsx", bytes.NewReader(content), int64(len(content)))
		if err != nil {
			t.Fatal(err)
		}
		f := check.Check(doc, check.Options{})
		got := ""
		for _, r := range f.Relations {
			if r.Rule == "formula" {
				got = r.Expected.Low
				if r.Cell != "Sheet1!B5" || r.Stated != stored || r.Verdict != check.Contradiction || r.Formula != "=SUM(B3:B4)" || !strings.Contains(r.Message.Zh, "Sheet1!B5") || r.Key == "" {
					t.Errorf("%+v", r)
				}
			}
		}
		if got != want {
			t.Errorf("stored %s: expected %q, want %q", stored, got, want)
		}
		if want == "" && f.Summary.Contradictions > 0 || want != "" && f.Contradictions() == 0 {
			t.Errorf("stored %s: %+v", stored, f.Summary)
		}
	}
}
