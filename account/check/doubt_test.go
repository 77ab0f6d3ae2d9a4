package check

import (
	"strings"
	"testing"
)

// TestAnAnnouncedRelationThatFailsNeverVanishes states relations plainly and breaks them beyond rounding: each is
// contradicted, or asked with its arithmetic.
func TestAnAnnouncedRelationThatFailsNeverVanishes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text, asked string // asked is the arithmetic in the question; empty where it is a contradiction
	}{
		{"a balance of four", "年初结转10万元、收入100万元、支出90万元、年末结转30万元。", "10万元 + 100万元 − 90万元 = 20万元，文中为30万元"},
		{"a balance of three", "本年收入300万元，本年支出200万元，年末结余50万元。", "300万元 − 200万元 = 100万元，文中为50万元"},
		{"a row and its total", "办公费5万元、印刷费3万元、差旅费2万元，合计15万元。", ""},
		{"a row and a total that is too small", "办公费5.0万元，印刷费3.0万元，差旅费2.0万元，共计9.0万元。", ""},
		{"a row that says 等", "办公费5.0万元、印刷费3.0万元等，合计15.0万元。", "5.0万元 + 3.0万元 = 8.0万元，文中为15.0万元"},
		{"a row that stands behind other things", "全年预算90.0万元；办公费5.0万元、印刷费3.0万元，合计15.0万元。", "5.0万元 + 3.0万元 = 8.0万元，文中为15.0万元"},
		{"a row of which each stands behind a semicolon", "办公费5.0万元；印刷费3.0万元；差旅费2.0万元等，合计15.0万元。", "5.0万元 + 3.0万元 + 2.0万元 = 10.0万元，文中为15.0万元"},
		{"an opening balance behind the income", "本年收入100万元，年初结转和结余10万元，本年支出90万元，年末结转和结余30万元。", "10万元 + 100万元 − 90万元 = 20万元，文中为30万元"},
		{"a closing balance before the expenditure", "年初结转10万元，年末结转30万元，收入100万元、支出90万元。", "10万元 + 100万元 − 90万元 = 20万元，文中为30万元"},
		{"scores that exceed their total", "自评得分95分，其中投入10分，过程30分，产出35分，效果21分。", ""},
		{"scores that fall short", "自评得分95分，其中：决策10分、过程30分、产出30分、效益21分。", ""},
		{"examples", "全年培训300场，其中安全生产100场、防灾减灾50场。", "100场 + 50场 = 150场，文中为300场"},
		{"people of two qualities", "共培训100人，其中党员60人、女性55人。", "60人 + 55人 = 115人，文中为100人"},
		{"qualities in parentheses", "在职92人（其中女40人、党员70人、本科50人）。", "40人 + 70人 + 50人 = 160人，文中为92人"},
		{"firms of two kinds", "检查企业100家，其中危化企业60家、规模以上企业50家。", "60家 + 50家 = 110家，文中为100家"},
		{"posts exceed", "编制100人，其中行政编制60人、事业编制50人。", ""},
	} {
		f := checked(t, c.text)
		asked := ""
		for _, n := range f.NotCheckable {
			asked += n.Why.Zh
			if !n.Why.Whole() || n.Quote == "" || n.Line != 2 {
				t.Errorf("%s: %+v lacks something", c.name, n)
			}
		}
		if c.asked == "" && f.Summary.Contradictions != 1 || c.asked != "" && (f.Summary.Contradictions != 0 || !strings.Contains(asked, c.asked)) {
			t.Errorf("%s: %s\n  %v, asked: %s", c.name, c.text, found(f), asked)
		}
	}
}

func TestTotals(t *testing.T) {
	runClaims(t, []string{"sum"}, []claimCase{
		{"of all", "办公费5万元、印刷费3万元、差旅费2万元，合计10万元。", []string{"sum holds 10万元 | 5万元 3万元 2万元"}},
		{"of the last ones", "全年预算90.0万元；办公费5.0万元、印刷费3.0万元，合计8.0万元。", []string{"sum holds 8.0万元 | 5.0万元 3.0万元"}},
		{"within rounding", "办公费5万元、印刷费3万元、差旅费2万元，合计11万元。", []string{"sum rounding 11万元 | 5万元 3万元 2万元"}},
		{"another unit stands in the row", "食品2箱、棉被5件、大衣3件，共计11件。", nil},
		{"one name twice", "甲县收入5.0万元、乙县收入3.0万元、收入2.0万元，合计30.0万元。", nil},
	})
}
