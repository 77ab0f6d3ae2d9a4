package browser

import (
	"os"
	"path/filepath"
	"testing"
)

// ledger is a sheet as a section keeps it: a title and a unit above the headings, a heading that is nearly a name, two rows with faults.
const ledger = `2024年1月隐患台账,,,,
,,,,单位：万元
隐患编号,隐患名称,隐患级别,排查日期,整改投入
YH-70001,示例消防通道堵塞,重大事故隐患,2024-01-06,1.5
YH-70002,示例配电箱无门,重大,2024-13-06,0.2
YH-70003,示例临边无护栏,重大,2024-01-08,0.3
YH-00004,示例隐患04：已换箱体,一般事故隐患,2023-05-05,
`

// TestSheetIsCorrectedInThePageAndImported: a section officer uploads a ledger, says which column is which, corrects what is refused in the page, and
// has the receipt; the ledger uploaded again changes nothing.
func TestSheetIsCorrectedInThePageAndImported(t *testing.T) {
	file := filepath.Join(t.TempDir(), "台账.csv")
	must(t, os.WriteFile(file, []byte(ledger), 0o600))
	for _, l := range []look{desk, phone} {
		t.Run(l.String(), func(t *testing.T) {
			t.Parallel()
			s := open(t)
			p := s.sits(t, l)
			before := s.count("hazard")
			p.signIn("keshi")
			p.open("/records/hazard")
			p.follow(p.t("导入", "Import"))
			p.attach("sheet", file)
			p.follow(p.t("上传", "Upload"))
			p.reads(p.t("名称相近", "the names are alike"), "示例消防通道堵塞")
			p.followTo(p.t("下一步", "Next"), 422)
			p.reads(p.t("第5行", "row 5"), p.t("第6行", "row 6"), p.t("!第4行", "!row 4"), p.t("还没有写入", "nothing is written yet"))
			p.fill("value.5.found_on", "2024-01-16")
			p.fill("value.5.grade", "重大事故隐患")
			p.do(p.clicking(`[name="everywhere.5.grade"]`))
			p.follow(p.t("保存更正", "Keep the corrections"))
			p.reads(p.t("已在页面更正 3 格", "corrected in the page: 3"), "示例隐患04：已换箱体")
			if s.count("hazard") != before {
				t.Error("looking has written")
			}
			p.fill("reason", "一月台账")
			p.follow(p.t("导入 4 条", "Import 4 records"))
			p.reads(p.t("已写入", "written"), p.t("日志位置", "position in the journal"))
			if s.count("hazard") != before+3 || s.hazard("YH-70003").Grade != "major" || s.hazard("YH-70001").Cost.V != 15_000_00 {
				t.Errorf("%d hazards, %+v", s.count("hazard"), s.hazard("YH-70001"))
			}
			p.follow(p.t("看记录", "To the records"))
			p.reads("YH-70001")
		})
	}
}
