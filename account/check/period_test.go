package check

import "testing"

func TestPeriods(t *testing.T) {
	runClaims(t, []string{"period"}, []claimCase{
		{"the report's own work in another year", "评价小组对我局2022年整体支出开展了绩效评价，具体情况如下。", []string{"period contradiction 2022年 | 2023年"}},
		{"in other words", "小组围绕预算执行，评价了本局2022年部门整体支出的绩效。", []string{"period contradiction 2022年 | 2023年"}},
		{"two balances of one year-end", "2022年结转结余10.62万元，2023年收入100.00万元，支出94.01万元，2022年末结转结余16.61万元。", []string{"period contradiction 16.61万元 | 10.62万元 2023年 2022年"}},
		{"a span that ends before it starts", "2023年5月至2022年4月开展整治。", []string{"period contradiction 2023年5月至2022年4月"}},
		{"a year compared with itself", "2022年发生事故12起，与2022年相比减少3起。", []string{"period contradiction 2022年 | 2022年"}},
		{"a year compared with itself, in one breath", "2016年度支出决算比2016年度减少3.00万元。", []string{"period contradiction 2016年 | 2016年"}},
		{"a year compared with itself, behind its own", "2022年，全市发生事故12起，较2022年同期下降20%。", []string{"period contradiction 2022年 | 2022年"}},
		{"a year compared with its budget", "2024年决算支出比2024年预算减少3.00万元，2024年预算比2024年增加1.00万元。", nil},
		{"parts of a year compared", "2023年底在建12个，比2023年初减少3个。2023年下半年比2023年上半年减少2起。2023年三季度与2023年相比下降。", nil},
		{"two years, each compared with the one before", "2023年12起，比2022年减少3起；2022年15起，比2021年减少1起。", nil},
		{"last year's evaluation", "根据对我局2022年整体支出开展的绩效评价结果进行了整改。", nil},
		{"a comparison with last year", "我局2023年整体支出与2022年相比开展评价更细。", nil},
		{"balances of two year-ends", "2022年结转结余10.62万元，2023年支出94.01万元，2023年末结转结余16.61万元。", nil},
		{"months into the next year", "防火期为2023年12月至2024年3月，每年10月至次年4月。", nil},
	})
}

func TestOrders(t *testing.T) {
	runClaims(t, []string{"order"}, []claimCase{
		{"staff within posts", "编制100人，在职92人，在编制控制范围内。", []string{"order holds 92人 | 100人"}},
		{"staff beyond posts", "编制100人，在职103人，在编制控制范围内。", []string{"order contradiction 103人 | 100人"}},
		{"no such claim", "编制100人，在职103人。", nil},
		{"crops", "农作物受灾面积30.5公顷，成灾面积12.1公顷，绝收面积2.3公顷。", []string{"order holds 12.1公顷 | 30.5公顷", "order holds 2.3公顷 | 12.1公顷"}},
		{"more without harvest than with loss", "农作物受灾面积30.5公顷，成灾面积2.1公顷，绝收面积12.3公顷。", []string{"order holds 2.1公顷 | 30.5公顷", "order contradiction 12.3公顷 | 2.1公顷"}},
		{"who died in a disaster", "全市受灾人口1200人，因灾死亡2人。", []string{"order holds 2人 | 1200人"}},
		{"more died than were struck", "全市受灾人口100人，因灾死亡200人。", []string{"order contradiction 200人 | 100人"}},
		{"struck in hundreds of thousands", "全市受灾人口1.2万人，紧急转移安置1300人，死亡3人。", []string{"order holds 3人 | 1.2万人"}},
		{"struck in one county, died in all", "全县受灾人口100人，全市死亡200人。", nil},
		{"a range in the wrong order", "最大雨量180—100毫米。", []string{"order contradiction 180—100毫米"}},
		{"a range", "最大雨量100—180毫米，气温-5—3℃，投资9000—1万元。", nil},
	})
}

func TestDirections(t *testing.T) {
	runClaims(t, []string{"direction"}, []claimCase{
		{"below the budget", "接待费年初预算22.00万元，支出决算8.77万元，小于预算的主要原因是厉行节约。", []string{"direction holds 8.77万元 | 22.00万元"}},
		{"not below the budget", "接待费年初预算8.77万元，支出决算22.00万元，小于预算的主要原因是厉行节约。", []string{"direction contradiction 22.00万元 | 8.77万元"}},
		{"well controlled", "“三公”经费全年预算62.1万元，实际支出39.50万元，控制较好。", []string{"direction holds 39.50万元 | 62.1万元"}},
		{"not well controlled", "“三公”经费全年预算62.1万元，实际支出69.50万元，控制较好。", []string{"direction contradiction 69.50万元 | 62.1万元"}},
		{"nothing to compare", "费用控制较好。", nil},
	})
}

func TestDigits(t *testing.T) {
	runClaims(t, []string{"digits"}, []claimCase{
		{"two points", "全年支出1.2.3万元。", []string{"digits contradiction 1.2.3万元"}},
		{"groups that are none", "全年支出1,23.4万元。", []string{"digits note 1,23.4万元"}},
		{"half and full width in one number", "全年支出1２.5万元。", []string{"digits note 1２.5万元"}},
		{"a version and a heading number", "系统2.1.3版上线。\n1.1.2 经费", nil},
	})
}
