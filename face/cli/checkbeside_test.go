package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"anlan/account/check/folder"
	"anlan/account/check/reading"
	"github.com/google/go-cmp/cmp"
)

func factTable(t *testing.T, rows ...string) *facts {
	t.Helper()
	path := filepath.Join(t.TempDir(), "参照.csv")
	if err := os.WriteFile(path, []byte("项目,期间,数值,计量单位,单位\n"+strings.Join(rows, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	table, err := readFacts(path)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func askingOf(t *testing.T, text string, organisations ...string) folder.Asking {
	t.Helper()
	doc, err := reading.Read("报告.txt", strings.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	return folder.Asking{Department: "某局", Organisations: organisations, Documents: []*reading.Document{doc}}
}

// Of a long table only what the reports can speak of is looked at, each fact on the line of its row.
func TestFactsThatAReportCannotSpeakOfAreLeftOut(t *testing.T) {
	t.Parallel()
	const report = "某局2023年度报告\n项目\n支出100万元，常住人口80万人，亿元GDP死亡率0.02人。\n"
	for _, c := range []struct {
		row  string
		want bool
	}{
		{"项目支出,2023,1,万元,", true},
		{"项目支出决算数,2023,1,万元,", true},
		{"项目支出,2022,1,万元,", true},
		{"项目支出,2021,1,万元,", false},
		{"常住人口数,2023年末,1,万人,", true},
		{"GDP（现价）,2023,1,亿元,", true},
		{"公用经费,2023,1,万元,", false},
		{"项目支出,2023,1,万元,某局", true},
		{"项目支出,2023,1,万元,别的局", false},
	} {
		doc, err := factTable(t, "别的事,2023,1,次,", c.row).about(askingOf(t, report, "某局"))
		if err != nil {
			t.Fatal(err)
		}
		want := ""
		if c.want {
			cells := strings.Split(c.row, ",")
			when := cells[1]
			if !strings.Contains(when, "年") {
				when += "年"
			}
			want = "3 " + when + cells[0] + cells[2] + cells[3] + "。"
		}
		got := ""
		for _, l := range doc.Lines {
			if l.Text != "" {
				got += fmt.Sprintf("%d %s", l.Number, l.Text)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", c.row, diff)
		}
	}
}

func TestMoreFactsThanAreRememberedAreSaid(t *testing.T) {
	t.Parallel()
	rows := make([]string, factsMax+1)
	for i := range rows {
		rows[i] = fmt.Sprintf("第%d个项目支出,2023,1,万元,", i)
	}
	asking := askingOf(t, "某局2023年度报告\n项目支出100万元。\n")
	if _, err := factTable(t, rows...).about(asking); !errors.Is(err, ErrTooManyFacts) || !strings.Contains(err.Error(), "某局") {
		t.Errorf("got %v", err)
	}
	if _, err := factTable(t, rows[1:]...).about(asking); err != nil {
		t.Error(err)
	}
	for i := range rows {
		rows[i] = fmt.Sprintf("第%d项公用支出,2023,1,万元,", i)
	}
	rows[7] = "项目支出,2023,1,万元,"
	doc, err := factTable(t, rows...).about(asking)
	if err != nil || strings.Trim(doc.Text, "\n") != "2023年项目支出1万元。" {
		t.Errorf("got %v", err)
	}
}
