package check

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"anlan/account/check/reading"
	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files")

const small = `某市某局2023年度部门整体支出绩效自评报告
全年支出100.50万元，其中人员经费60.20万元、公用经费40.80万元，人员经费占全年支出的59.90%。
编制100人，在职92人，在职人员控制率为92%。
`

// TestTheJSONIsAContract compares the whole result of a small report: names and meanings must not change.
func TestTheJSONIsAContract(t *testing.T) {
	t.Parallel()
	doc, err := reading.Read("small.txt", strings.NewReader(small), int64(len(small)))
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	report := Report{Tool: Tool{"anlan", "1"}, Files: []File{Check(doc, Options{Figures: true})}}
	if err := report.WriteJSON(&got); err != nil {
		t.Fatal(err)
	}
	golden := filepath.Join("testdata", "small.json")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if report.Contradictions() != 1 {
		t.Errorf("%d contradictions, want 1", report.Contradictions())
	}
}

func TestOnlyNamedFiguresAreListedUnlessAllAreAskedFor(t *testing.T) {
	t.Parallel()
	f := checked(t, small)
	named := map[string]bool{}
	for _, r := range f.Relations {
		for _, id := range r.Figures {
			named[id] = true
		}
	}
	if len(f.Figures) != len(named) || f.Summary.Numbers <= len(named) {
		t.Errorf("%d figures listed, %d named, %d numbers", len(f.Figures), len(named), f.Summary.Numbers)
	}
	for i, g := range f.Figures {
		if !named[g.ID] || i > 0 && g.Offset <= f.Figures[i-1].Offset {
			t.Errorf("figure %s is not named, or not in order", g.ID)
		}
	}
}

func TestAMendSettlesOtherContradictionsToo(t *testing.T) {
	t.Parallel()
	f := checked(t, "本年收入3282.14万元，本年支出3265.52万元，年末结转结余96.62万元。\n2023年基本支出2030.18万元。\n2023年项目支出1235.34万元，其中专项389.27万元、其他项目846.57万元。")
	for _, r := range f.Relations {
		if r.Rule == "sum" && r.Verdict == Contradiction && (r.Mend == nil || r.Mend.Value == "") {
			t.Errorf("no mend for %+v", r)
		}
	}
}

func TestEmptyListsAreNotNull(t *testing.T) {
	t.Parallel()
	b, err := json.Marshal(checked(t, "没有数字。"))
	if err != nil || bytes.Contains(b, []byte("null")) {
		t.Errorf("got %s (%v)", b, err)
	}
}

func TestTheHeadOfAReport(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text, organisation string
		year               int
	}{
		{"2023年度某市应急管理局整体支出绩效自评报告\n正文。", "某市应急管理局", 2023},
		{"某市安全生产委员会办公室关于2023年1—11月份全市生产安全事故情况的通报\n正文。", "某市安全生产委员会办公室", 2023},
		{"2026年某省政府工作报告\n正文。", "某省政府", 2026},
		{"说明\n2022年度收支情况如下。", "", 2022},
	} {
		doc, err := reading.Read("a.txt", strings.NewReader(c.text), int64(len(c.text)))
		if err != nil {
			t.Fatal(err)
		}
		f := Check(doc, Options{})
		if f.Year != c.year || f.Organisation != c.organisation {
			t.Errorf("%q: %q %d, want %q %d", c.text, f.Organisation, f.Year, c.organisation, c.year)
		}
	}
}
