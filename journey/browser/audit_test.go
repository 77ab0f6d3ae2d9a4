package browser

import (
	"os"
	"path/filepath"
	"testing"
)

// foreign is a report of somebody: parts that do not come to their sum, and a figure that the records do not give.
const foreign = `岳阳市应急管理局2023年度部门整体支出绩效自评报告
全年基本支出100万元，其中人员经费60万元、公用经费30万元。
2023年，全市发生生产安全事故死亡5人。
`

// TestAuditorChecksAReportFromElsewhere: an auditor uploads a report, reads what does not hold and what the records give, opens the
// figure behind it, and deletes what was found.
func TestAuditorChecksAReportFromElsewhere(t *testing.T) {
	file := filepath.Join(t.TempDir(), "自评报告.txt")
	must(t, os.WriteFile(file, []byte(foreign), 0o600))
	for _, l := range []look{desk, phone} {
		t.Run(l.String(), func(t *testing.T) {
			t.Parallel()
			s := open(t)
			p := s.sits(t, l)
			p.signIn("shenji")
			p.follow(p.t("核对", "check"))
			p.attach("reports", file)
			p.fill("period", "2023")
			p.goes(200, p.clicking(`main form button.primary`))
			result := p.path()
			p.reads("自评报告.txt", p.t("矛盾", "contradictions"), "人员经费60万元", p.t("与账册比对", "Beside the records"), p.t("自动删除", "deleted at"))
			p.goes(200, p.clicking(`.beside a.figure`))
			p.reads(p.t("由哪些数得来", "What it comes from"), p.t("证据包", "Evidence"))
			p.open(result)
			p.follow(p.t("看批注本", "Annotated copy"))
			p.reads("人员经费60万元", "✗")
			p.open(result)
			p.follow(p.t("现在删除", "Delete now"))
			p.reads(p.t("报告文件", "the reports"), "!自评报告.txt")
			p.opens(result, 404)
		})
	}
}
