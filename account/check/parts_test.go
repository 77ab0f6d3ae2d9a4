package check

import "testing"

func TestParts(t *testing.T) {
	runClaims(t, []string{"sum", "part"}, []claimCase{
		{"parts that make the whole", "全年支出100.5万元，其中人员经费60.2万元、公用经费40.3万元。", []string{"sum holds 100.5万元 | 60.2万元 40.3万元"}},
		{"parts that make the whole by rounding only", "全年支出100.5万元，其中人员经费60.24万元、公用经费40.27万元。", []string{"sum holds 100.5万元 | 60.24万元 40.27万元"}},
		{"a last digit that rounding explains", "收入合计300.01万元，其中拨款收入200.01万元、其他收入100.01万元。", []string{"sum rounding 300.01万元 | 200.01万元 100.01万元"}},
		{"其他 closes a list that falls short", "收入合计300.01万元，其中拨款收入200.01万元、其他收入90.00万元。", []string{"sum contradiction 300.01万元 | 200.01万元 90.00万元"}},
		{"parts in parentheses", "配备车辆12辆（其中消防车5辆、指挥车3辆、运输车4辆）。", []string{"sum holds 12辆 | 5辆 3辆 4辆"}},
		{"parts in parentheses that exceed the whole", "配备车辆12辆（其中消防车5辆、指挥车3辆、运输车6辆）。", []string{"sum contradiction 12辆 | 5辆 3辆 6辆"}},
		{"其中 opens the next sentence", "全年收入792.5万元。其中：拨款收入700.5万元，其他收入92.0万元。", []string{"sum holds 792.5万元 | 700.5万元 92.0万元"}},
		{"several columns", "11月发生事故4起、死亡5人，其中道路事故3起、死亡4人，建筑事故1起、死亡1人。", []string{"sum holds 4起 | 3起 1起", "sum holds 5人 | 4人 1人"}},
		{"a column that another one confirms", "11月发生事故4起、死亡6人，其中道路事故3起、死亡4人，建筑事故1起、死亡1人。", []string{"sum holds 4起 | 3起 1起", "sum contradiction 6人 | 4人 1人"}},
		{"shares between the parts", "本年支出200万元，其中：基本支出50万元，占25%；项目支出150万元，占75%。", []string{"sum holds 200万元 | 50万元 150万元"}},
		{"a division that is complete by rule", "全年基本支出200万元，其中人员经费150万元，公用经费60万元。", []string{"sum contradiction 200万元 | 150万元 60万元"}},
		{"one wrong digit in many", "预算14856.17万元，其中中央财政下达11682.00万元，省级配套3174.67万元。", []string{"sum contradiction 14856.17万元 | 11682.00万元 3174.67万元"}},
		{"two digits in turn", "预算14856.17万元，其中中央财政下达11682.00万元，省级配套1374.17万元。", []string{"sum contradiction 14856.17万元 | 11682.00万元 1374.17万元"}},
		{"a decimal point one place off", "预算14856.17万元，其中中央财政下达11682.00万元，省级配套317.417万元。", []string{"sum contradiction 14856.17万元 | 11682.00万元 317.417万元"}},
		{"亿元 for 万元", "预算14856.17万元，其中中央财政下达11682.00万元，省级配套3174.17亿元。", []string{"sum contradiction 14856.17万元 | 11682.00万元 3174.17亿元"}},
		{"what no slip explains accuses nobody", "预算14856.17万元，其中中央财政下达11682.00万元，省级配套1234.56万元。", nil},
		{"changes of parts with their signs", "三公经费支出减少0.28万元，其中：车辆费用减少0.29万元，接待费用增加0.01万元。", []string{"sum holds 0.28万元 | 0.29万元 0.01万元"}},
		{"a part is at most its whole", "受灾面积30公顷，其中绝收2公顷。", []string{"part holds 2公顷 | 30公顷"}},
		{"a part greater than its whole", "全市共发生事故60起（含后期补录道路事故61起）。", []string{"part contradiction 61起 | 60起"}},
		{"a total behind its parts", "甲项目60万元、乙项目40万元，合计100万元。", []string{"sum holds 100万元 | 60万元 40万元"}},
		{"a total that says how many parts it has", "甲项目60万元、乙项目40万元，两项合计110万元。", []string{"sum contradiction 110万元 | 60万元 40万元"}},
		{"the name of a part may end in growth", "项目总预算2921.00万元，其中支持外贸发展370.00万元，支持商销稳增长30.00万元，总部经济2521.00万元，合计2921.00万元。", []string{"sum holds 2921.00万元 | 370.00万元 30.00万元 2521.00万元"}},
		{"a part that may be a change accuses nobody", "项目总预算2921.00万元，其中支持外贸发展370.00万元，支持商销稳增长30.00万元，总部经济2531.00万元。", nil},
		{"examples are no breakdown", "全年培训300场，其中安全生产100场、防灾减灾50场。", nil},
		{"mainly is no breakdown", "资金300万元，主要包括设备100万元、培训50万元。", nil},
		{"few counts may leave others out", "核定编制100人，其中行政编制42人、事业编制48人。", nil},
		{"a balance behind the parts is no part", "全年支出100万元，其中人员经费60万元、公用经费40万元，年末结转5万元。", []string{"sum holds 100万元 | 60万元 40万元"}},
		{"another whole behind a semicolon", "收入100万元，其中拨款90万元；支出95万元，其中人员70万元。", []string{"part holds 90万元 | 100万元", "part holds 70万元 | 95万元"}},
		{"a bare 0 is nothing", "收入合计300.01万元，其中拨款收入200.01万元、事业收入0万元、其他收入100.31万元。", []string{"sum contradiction 300.01万元 | 200.01万元 0万元 100.31万元"}},
		{"其他 is not left out where the others make the whole", "收入合计300.01万元，其中拨款收入300.01万元、事业收入0万元、其他收入3万元。", []string{"sum contradiction 300.01万元 | 300.01万元 0万元 3万元"}},
		{"parts of nothing", "共有车辆0辆，其中消防车0辆、指挥车3辆、其他用车0辆。", []string{"sum contradiction 0辆 | 0辆 3辆 0辆"}},
		{"purchases are of goods, works and services", "政府采购预算83.20万元，其中服务30.40万元、货物7.80万元、工程0万元。", []string{"sum contradiction 83.20万元 | 30.40万元 7.80万元 0万元"}},
		{"a part of expenditure greater than it", "支出预算3015.47万元，其中：财政拨款支出预算3715.47万元。", []string{"part contradiction 3715.47万元 | 3015.47万元"}},
		{"a part that is counted among a whole that grew", "经营主体达116.37万户、增长6.3%，其中企业410.1万户、增长7.7%。", []string{"part contradiction 410.1万户 | 116.37万户"}},
		{"vague parts are not added", "投入约500万元，其中省级近300万元、市级200余万元。", nil},
		{"what stands behind a rate is no part", "总值达到5.5万亿元、增长4.8%，其中工业增长6.2%、财政收入3507.6亿元。", nil},
	})
}
