package check

import "testing"

// TestInnocents are the texts from which false alarms come: none of them may be accused of anything.
func TestInnocents(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text string }{
		{"a list of examples", "全年投入500.25万元，其中设备购置120.30万元、业务培训80.15万元。"},
		{"parts of parts", "全年支出500.00万元，包括工资300.00万元（含奖金50.00万元）、运行费200.00万元。"},
		{"the same noun in two scopes", "2023年，全市发生生产安全事故60起。\n2023年，市本级发生生产安全事故4起。"},
		{"department and unit", "2023年，全局基本支出2030.18万元。\n2023年，局机关基本支出1630.18万元。"},
		{"one budget and all", "一般公共预算支出2030.18万元。\n本年支出合计3030.18万元。"},
		{"editions", "年初预算100.00万元，调整预算130.00万元，支出决算120.00万元。"},
		{"first and verified reports", "2023年，全市初步统计直接经济损失2.05亿元。\n2023年，全市核定直接经济损失2.35亿元。"},
		{"a part of the year and the year", "1—6月，全市发生事故30起。\n2023年，全市发生事故60起。"},
		{"rounding carried twice", "收入0.445亿元，其中税收0.444亿元，占99.8%。"},
		{"a comparable basis", "税收收入100.00亿元，比上年减少5.00亿元，按同口径增长2.0%。"},
		{"constant prices", "规模工业增加值500.0亿元，比上年增加20.0亿元，增长6.2%。"},
		{"percentages of percentages", "完成率98%，比上年提高2个百分点，其中城区99%。"},
		{"list commas", "收、支总计各是4125.49,4143.91万元。"},
		{"thousands separators", "收入1,050.76万元，其中拨款1,000.26万元、其他50.50万元。"},
		{"numbers that are no figures", "依据湘财绩〔2023〕12号第5条，电话0730-8888888，落实“631”机制、“五个确保”、“四个一律”，代码2240106。"},
		{"enumeration words", "一是开展整治5次；二是组织培训3次；三是其中抽查10家。"},
		{"compared with an earlier year", "2023年检查12次，比2022年10次增长20%。\n2023年发生事故13起，较2021年17起下降23.5%。\n检查12次，比去年同期的10次增长20%。\n2023年培训12期，同2022年10期相比增长20%。"},
		{"two budgets", "年初预算数100.00万元，调整预算数150.00万元，决算数120.00万元，完成年初预算的120%，完成调整预算的80%。"},
		{"a budget and what it was adjusted to", "预算100.00万元，调整后150.00万元，执行120.00万元，执行率80%。"},
		{"which budget is not said", "预算数100.00万元，调整预算数150.00万元，决算数120.00万元，完成预算的120%。"},
		{"a gain that became a loss", "2023年由盈转亏，亏损30.00万元，上年盈利20.00万元，同比减少50.00万元，下降250%。"},
		{"a loss that became a gain", "2023年扭亏为盈，盈利30.00万元，上年亏损20.00万元，同比增加50.00万元，增长250%。"},
		{"a deficit after a surplus", "2023年财政赤字50.00万元，上年结余50.00万元，同比减少100.00万元，下降200%。"},
		{"a year in the heading only", "2022年\n全市发生事故103起。\n2023年\n全市发生事故87起。"},
		{"text flattened from a table", "项目 | 预算 | 决算 |\n合计 | 100.00 | 90.00 |\n其中 | 120.00 |"},
		{"late entries", "1—11月，全市发生事故60起（含后期补录11起），同比减少4起、下降6.3%。"},
		{"two counting rules", "按应急部门口径，全市发生道路事故40起；按交通部门口径，全市发生道路事故16起。"},
		{"plan and result", "计划培训300人，实际培训320人，完成率107%。"},
		{"the year before behind the year", "2023年，全市发生事故39起，2022年33起，同比上升18.18%。"},
		{"the same period of the year before behind it", "2023年，全市发生事故39起，上年同期33起，同比上升18.2%。"},
		{"the year before of something else", "2023年，全市发生事故39起，2022年较大事故7起，同比上升18.18%。"},
		{"nothing before", "受伤2人，受伤人数增加2人、去年同期无。"},
		{"no change", "全市发生事故6起，同比持平，死亡2人，同比上升100%。"},
		{"zero of zero", "因公出国费支出决算0万元，完成预算的0%，减少0万元，降低0%。"},
		{"a rank", "全市发生事故87起，综合排名由第5位上升到第2位。"},
		{"a target with a bound", "野生动物收容所≥200平方米，实际204.46平方米，得10分，满分10分。"},
		{"a goal after the year", "新建专职消防队52个，力争今年6月实现全覆盖，2025年达到60个。"},
		{"shares of different wholes", "甲企业5家，占全省的10%；乙企业8家，占全国的2%。"},
		{"a list longer than its rates", "全市发生事故30起、死亡31人、受伤12人，同比分别下降6.2%、8.8%。"},
		{"two subjects and two rates without 分别", "发生各类生产安全事故87起、死亡97人，同比下降15.5%、下降11%。"},
		{"rates in another order than the subjects", "全市发生事故87起、死亡97人，同比下降11%、下降15.5%。"},
		{"one rate behind two subjects", "全市发生事故87起、死亡97人，同比下降15.5%。"},
		{"one rate behind two amounts", "全市发生事故87起、死亡97人，同比减少16起、12人，下降15.5%。"},
		{"more subjects than rates without 分别", "全市发生事故87起、死亡97人、受伤15人，同比下降15.5%、下降11%。"},
		{"two rates of two grounds", "全市发生事故87起、死亡97人，同比下降15.5%、环比下降7.3%。"},
		{"quarters", "一季度收入30.50亿元，二季度收入28.30亿元，全年收入120.10亿元。"},
		{"planned and done in two sections", "新增城镇就业82.7万人。\n今年新增城镇就业70万人以上。"},
		{"a whole of several units", "新建站点50个，其中水库7座、管网93公里。"},
		{"carried over beside parts", "总支出500.00万元，其中基本支出300.00万元、项目支出200.00万元，年末结转结余60.00万元。"},
		{"two projects with one word", "其他项目20万元；其他专项25万元。"},
		{"budget growth against spending growth", "全年预算100.00万元，比上年增加10.00万元；实际支出90.00万元，比上年增长20%。"},
		{"items of the final amounts below a budget", "“三公”经费年初预算22.00万元，支出决算8.77万元。\n（一）因公出国（境）费0万元。\n（二）公务用车购置及运行费8.47万元。\n（三）公务接待费0.30万元。\n"},
		{"items of the year before", "2023年“三公”经费8.77万元。\n（一）2022年因公出国（境）费0万元。\n（二）2022年公务用车购置及运行费9.47万元。\n（三）2022年公务接待费0.30万元。\n"},
		{"a bare 0 among whole numbers", "全年支出101万元，其中人员经费60万元、公用经费40万元、其他0万元。"},
		{"a zero that is vague beside whole numbers", "全年支出100.4万元，其中人员经费60万元、公用经费40万元、其他0万元。"},
		{"a list that goes on behind 其他", "全年支出100.50万元，其中人员经费60.30万元、其他支出40.20万元，年末另有其他专项20.00万元。"},
		{"a share of something greater than the total beside it", "全省总装机9157万千瓦，新能源装机4091万千瓦，占全国总量的2.5%。"},
		{"a total of another noun", "全省总产值9157亿元，新能源装机4091万千瓦、占比44.7%。"},
		{"a budget with what was carried over told apart", "2023年收入预算1100.25万元。上年结转20.00万元。支出预算1120.25万元。"},
		{"a budget whose income includes what was carried over", "2023年收入预算1100.25万元（含上年结转20.00万元），支出预算1080.25万元。"},
		{"income and expenditure of two funds", "2023年一般公共预算收入预算1100.25万元。\n2023年支出预算1980.75万元。"},
		{"a part with its own whole between", "登记企业10万户、增长6.3%，存量达200万户，其中个体工商户100万户。"},
		{"something else than a part behind 其中", "全年培训20人，其中3月参加考试，报名总数达30人。"},
		{"profits of which one outweighs losses", "利润10亿元、增长5%，其中甲公司12亿元。"},
		{"posts of two offices", "局机关编制50人，在职48人。\n下属单位编制50人，在职44人。"},
		{"posts of two units", "执法支队编制20人，在职18人。\n救援中心编制20人，在职19人。"},
		{"posts of the office and of a unit", "我局编制20人，在职18人。\n救援中心编制20人，在职19人。"},
		{"posts of units of the office", "我局执法支队编制20人，在职18人。\n我局救援中心编制20人，在职19人。"},
		{"posts and people of two years", "2022年末，编制100人，在职90人。\n2023年末，编制100人，在职92人。"},
		{"an amount of change in a list that falls and a rate that rises of another thing", "收、支各减少12.67、25.70万元，人均增长23.51%。"},
		{"an increase near what there is", "直接经济损失约417.7万元，比上年增加约417.7万元。"},
		{"appropriation by fund with one left out", "一、财政拨款收入    300.00\n1、一般公共预算    200.00\n2、政府性基金    50.00\n"},
		{"purchases of goods and works only", "政府采购预算38.20万元，其中货物7.80万元、工程10.00万元。"},
	} {
		f := checked(t, c.text)
		if f.Summary.Contradictions > 0 {
			for _, r := range f.Relations {
				if r.Verdict == Contradiction {
					t.Errorf("%s: %s\n  is accused by %s: %s", c.name, c.text, r.Rule, r.Message.Zh)
				}
			}
		}
	}
}
