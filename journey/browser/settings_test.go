package browser

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const schemeOfTheYear = "scheme     own\nyear       2023\nname       自拟方案\nsubject    department\ngroup      投入 | 40\nline       在职人员控制率 | 40\n  indicator  evaluation.staff_control\n" +
	"  criterion  ≤100%计满分，每超过1个百分点扣0.5分，扣完为止\n  broken     按比例\ngroup      效果 | 60\nline       履职成效 | 60\n  indicator  认定\n  criterion  好60分；一般30分；差0分\n"

// TestAdministratorImportsASchemeWithAFaultAndMendsIt: what is wrong is told at its line and nothing is kept; mended it is seen first, and then it is
// the bureau's, with who kept it and why.
func TestAdministratorImportsASchemeWithAFaultAndMendsIt(t *testing.T) {
	for _, l := range []look{desk, phone} {
		t.Run(l.String(), func(t *testing.T) {
			t.Parallel()
			s := open(t)
			p := s.sits(t, l)
			p.signIn("guanli")
			p.open("/settings")
			p.goes(200, p.clicking(`main a[href="/settings/schemes"]`))
			p.reads("hunan@2023", "!own@2023")
			write := func(text string) string {
				path := filepath.Join(t.TempDir(), "own.scheme")
				if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
				return path
			}
			check := p.t("检查并看会变什么", "Check it and see what changes")
			p.attach("file", write(strings.Replace(schemeOfTheYear, "line       履职成效 | 60", "line       履职成效 | 50", 1)))
			p.followTo(check, 422)
			p.reads("own.scheme", p.t("什么都没有保存", "nothing was kept"), "!own@2023")
			p.attach("file", write(schemeOfTheYear))
			p.follow(check)
			p.reads(p.t("现在什么都没有写入", "Nothing is written yet"), "履职成效", "100")
			p.fill("reason", "岳财绩〔2023〕示例1号")
			p.follow(p.t("保存", "Keep"))
			p.reads("own@2023", p.t("第1版", "version 1"), p.t("由人认定", "judged by people"))
			p.open("/settings/schemes")
			p.reads("own@2023")
		})
	}
}
