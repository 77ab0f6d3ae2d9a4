package check

import "testing"

func TestWhatAWholeIsMadeOf(t *testing.T) {
	runClaims(t, []string{"sum"}, []claimCase{
		{"before its parts", "全年支出100万元，由基本支出60万元、项目支出40万元构成。", []string{"sum holds 100万元 | 60万元 40万元"}},
		{"in one breath", "全年支出100万元由基本支出60万元和项目支出40万元两部分组成。", []string{"sum holds 100万元 | 60万元 40万元"}},
		{"behind its parts", "由基本支出60万元、项目支出40万元构成的全年支出100万元。", []string{"sum holds 100万元 | 60万元 40万元"}},
		{"that its parts do not make", "全年支出100万元，由工资60万元、水电费30万元构成。", []string{"sum contradiction 100万元 | 60万元 30万元"}},
		{"people", "检查组12人，由专家5人、干部7人组成。", []string{"sum holds 12人 | 5人 7人"}},
		{"people who may be counted twice", "检查组12人，由专家5人、干部6人组成。", nil},
		{"examples", "全年支出100万元，主要由工资60万元、水电费30万元构成。\n全年支出100万元，由工资60万元、水电费30万元等构成。", nil},
		{"other things", "系统投入100万元，由3个模块、2个平台组成。\n评审组由5名专家、2名干部组成，共评审项目12个。", nil},
		{"what another year's is made of", "2023年支出100万元，2022年支出由工资60万元、水电费30万元构成。", nil},
	})
}
