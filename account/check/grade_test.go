package check

import "testing"

func TestScoresInProse(t *testing.T) {
	runClaims(t, []string{"score", "sum"}, []claimCase{
		{"the scores make the total", "投入10分，得9分；过程20分，得18分；产出40分，得38分；效果30分，得28分，自评总分93分，评价等级为优。", []string{"sum holds 93分 | 9分 18分 38分 28分"}},
		{"they do not", "投入10分，得9分；过程20分，得18分；产出40分，得38分；效果30分，得28分，自评总分95分，评价等级为优。", []string{"sum contradiction 95分 | 9分 18分 38分 28分"}},
		{"in lines of their own", "综合得分93分，等级为优。\n（一）投入（10分），自评得分9分。\n（二）过程（20分），自评得分18分。\n（三）产出（40分），自评得分38分。\n（四）效果（30分），自评得分28分。", []string{"sum holds 93分 | 9分 18分 38分 28分"}},
		{"some of the indicators", "投入10分，得9分；过程20分，得18分；产出40分，得38分，自评总分95分。", nil},
		{"more than there are", "投入10分，得12分。", []string{"score contradiction 12分 | 10分"}},
		{"what was taken off or added", "投入10分，扣2分，得8分；附加5分，得100分。", nil},
		{"a grade", "2023年度部门整体支出绩效自评得分85分，评价等级为“良”。", nil},
		{"a grade that is another's", "2023年度部门整体支出绩效自评得分85分，评价等级为“优”。", []string{"score note 85分"}},
		{"a grade before its score", "评价等级为“良”，自评得分95.5分。", []string{"score note 95.5分"}},
		{"grades of its own", "85分以上为优。自评得分85分，评价等级为优。", nil},
		{"no grade", "自评得分85分，中心工作完成良好。\n自评得分85分，等级评定工作由评价中心完成。", nil},
	})
}
