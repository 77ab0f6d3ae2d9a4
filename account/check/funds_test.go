package check

import "testing"

func TestFunds(t *testing.T) {
	const head = "支出预算371.47万元，其中：财政拨款支出预算371.47万元，比2022年预算增加24.71万元。"
	runClaims(t, []string{"sum"}, []claimCase{
		{"an appropriation by fund", head + "财政拨款支出预算中，一般公共预算拨款支出预算370.47万元，比2022年预算增加24.71万元；政府性基金拨款支出预算1万元，与2022年预算持平；国有资本经营预算拨款支出预算0万元，与2022年预算持平。",
			[]string{"sum holds 371.47万元 | 370.47万元 1万元 0万元"}},
		{"a fund that is off", head + "财政拨款支出预算中，一般公共预算拨款支出预算301.47万元，比2022年预算增加24.71万元；政府性基金拨款支出预算0.00万元；国有资本经营预算拨款支出预算0.00万元。",
			[]string{"sum contradiction 371.47万元 | 301.47万元 0.00万元 0.00万元"}},
		{"two funds are examples", head + "财政拨款支出预算中，一般公共预算拨款支出预算301.47万元；国有资本经营预算拨款支出预算0.00万元。", nil},
		{"of something else", head + "当年财政拨款支出执行中，一般公共预算拨款支出301.47万元；政府性基金拨款支出0.00万元；国有资本经营预算拨款支出0.00万元。", nil},
	})
}
