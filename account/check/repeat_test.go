package check

import "testing"

func TestRepeats(t *testing.T) {
	runClaims(t, []string{"repeat", "unit"}, []claimCase{
		{"another unit", "总支出1234.56万元。\n二、情况\n总支出1234.56亿元。", []string{"unit contradiction 1234.56亿元 | 1234.56万元"}},
		{"another unit of another thing or year", "总支出1234.56万元。\n二、情况\n总收入1234.56亿元。\n2022年总支出1234.56亿元。", []string{"repeat holds 1234.56亿元 | 1234.56亿元"}},
		{"the same again", "2023年，全市发生各类生产安全事故87起、死亡97人。\n2023年，全市发生各类生产安全事故87起、死亡97人。",
			[]string{"repeat holds 87起 | 87起", "repeat holds 97人 | 97人"}},
		{"the same with a typing error in its name", "2023年，全市发生各类生产安全事故87起。\n2023年，全市发生给类生产安全事故87起。", []string{"repeat holds 87起 | 87起"}},
		{"another value", "2023年，全市发生各类生产安全事故87起、死亡97人。\n2023年，全市发生各类生产安全事故87起、死亡79人。",
			[]string{"repeat holds 87起 | 87起", "repeat contradiction 79人 | 97人"}},
		{"rates of the same", "2023年，全市发生生产安全事故87起，同比下降15.5%。\n2023年，全市发生生产安全事故87起，同比下降15.9%。",
			[]string{"repeat holds 87起 | 87起", "repeat contradiction 15.9% | 15.5%"}},
		{"an amount with many digits under another name", "共投入经费预算14856.17万元。\n上述14856.17万元资金全部到位。", []string{"repeat holds 14856.17万元 | 14856.17万元"}},
		{"a supplement in parentheses", "全市发生事故60起（含后期补录道路运输事故11起）。\n道路运输发生45起（含后期补录道路运输事故10）。", []string{"repeat contradiction 10 | 11起"}},
		{"coarser", "全市财政专项资金投入1604.62万元。\n全市财政专项资金投入1604.6万元。", []string{"repeat holds 1604.6万元 | 1604.62万元"}},
		{"a power of ten", "2023年，全市专项资金总投入1604.62万元。\n2023年，全市专项资金总投入16046.2万元。", []string{"unit contradiction 16046.2万元 | 1604.62万元"}},
		{"people beside posts that agree", "市某局编制100人。实有在职32人。\n我局及二级单位编制数100人，在职人员92人。", []string{"repeat holds 100人 | 100人", "repeat contradiction 92人 | 32人"}},
		{"posts beside people that agree", "编制105人，在职92人。\n编制数100人，在职人员92人。", []string{"repeat contradiction 100人 | 105人", "repeat holds 92人 | 92人"}},
		{"done and planned", "城镇新增就业82.7万人。\n今年城镇新增就业70万人。", nil},
		{"a month and the year", "2023年，全市发生生产安全事故60起。\n2023年11月，全市发生生产安全事故4起。", nil},
		{"two scopes", "2023年，全市发生生产安全事故60起。\n2023年，全省发生生产安全事故600起。", nil},
		{"two years", "2023年，全市发生生产安全事故60起。\n2022年，全市发生生产安全事故64起。", nil},
		{"two things", "洪涝补助20万元。\n普查经费20万元。", nil},
		{"budget and final amount", "2023年，全市应急专项资金预算100.5万元。\n2023年，全市应急专项资金决算99.5万元。", nil},
	})
}

func TestAcross(t *testing.T) {
	runClaims(t, []string{"across"}, []claimCase{
		{"basic and project expenditure", "2023年基本支出2030.18万元。\n2023年项目支出1235.34万元。\n2023年决算支出3265.52万元。", []string{"across holds 3265.52万元 | 2030.18万元 1235.34万元"}},
		{"one wrong digit", "2023年基本支出2030.18万元。\n2023年项目支出1235.34万元。\n2023年决算支出3265.82万元。", []string{"across contradiction 3265.82万元 | 2030.18万元 1235.34万元"}},
		{"another scope", "2023年基本支出2030.18万元。\n2023年项目支出1235.34万元。\n2023年决算支出4100.00万元。", nil},
		{"a table before the prose", "单位：万元\n合计 | 车辆 | 接待 |\n预算数 | 决算数 | 预算数 | 决算数 | 预算数 | 决算数 |\n22.00 | 8.77 | 14.00 | 8.47 | 8.00 | 0.30 |\n三公经费年初预算22.00万元，支出决算8.77万元。",
			[]string{"across holds 22.00万元 | 22.00", "across holds 8.77万元 | 8.77"}},
		{"a table with another final amount", "单位：万元\n合计 | 车辆 | 接待 |\n预算数 | 决算数 | 预算数 | 决算数 | 预算数 | 决算数 |\n22.00 | 8.77 | 14.00 | 8.47 | 8.00 | 0.80 |\n接待费支出决算为0.30万元，完成预算的3.75%。",
			[]string{"across contradiction 0.30万元 | 0.80"}},
	})
}

func TestFiguresOfTablesNameTheirCells(t *testing.T) {
	t.Parallel()
	f := checked(t, "单位：万元\n合计 | 车辆 | 接待 |\n预算数 | 决算数 | 预算数 | 决算数 | 预算数 | 决算数 |\n22.00 | 8.77 | 14.00 | 8.47 | 8.00 | 0.30 |\n三公经费支出决算8.77万元。")
	for _, g := range f.Figures {
		if g.Text == "8.77" && g.Cell != "T1R3C2" {
			t.Errorf("8.77 stands in cell %q, want T1R3C2", g.Cell)
		}
	}
}

func TestThePublicExpenses(t *testing.T) {
	const flat = "单位：万元\n“三公”经费 | |\n合计 | 因公出国(境)费 | 公务用车购置及运行费 | 公务接待费 |\n小计 | 公务用车购置费 | 公务用车运行费 |\n预算数 | 决算数 | 预算数 | 决算数 | 预算数 | 决算数 | 预算数 | 决算数 |\n"
	form := func(cells string) string {
		return "2023年“三公”经费和机关运行经费预算表\n编制单位：某局                                        单位：万元\n\n" +
			"   合计          因公出国(境)费   公务接待费   公务用车购置费   公务用车运行费   机关运行经费\n\n" + cells + "\n\n"
	}
	const prose = "2023年“三公”经费预算数为1.00万元。其中：\n（一）因公出国（境）费0万元。\n（二）公务用车购置及运行费0万元。\n（三）公务接待费1.00万元。\n2023年机关运行经费预算为171.01万元。\n"
	runClaims(t, []string{"table", "across"}, []claimCase{
		{"what adds up in one column is meant in the other", flat + "22.00 | 8.77 | 84.00 | 8.47 | 14.00 | 8.47 | 8.00 | 0.30 |\n",
			[]string{"table holds 8.77 | 8.47 0.30", "table holds 8.47 | 8.47", "table contradiction 22.00 | 84.00 8.00", "table contradiction 84.00 | 14.00"}},
		{"where neither column adds up nobody knows which are there", flat + "22.00 | 8.77 | 84.00 | 8.47 | 14.00 | 8.41 | 8.00 | 0.30 |\n", nil},
		{"prose that gives what the table gives", form("        1.00                  1.00                                171.01") + prose,
			[]string{"table holds 1.00 | 1.00", "across holds 1.00万元 | 1.00", "across holds 1.00万元 | 1.00", "across holds 171.01万元 | 171.01"}},
		{"an amount that the others leave", form("        1.00                  1.00                                176.01") + prose,
			[]string{"table holds 1.00 | 1.00", "across holds 1.00万元 | 1.00", "across holds 1.00万元 | 1.00", "across contradiction 171.01万元 | 176.01"}},
		{"more amounts than the prose names", form("        1.00     2.00             1.00                                176.01") + prose,
			[]string{"across holds 1.00万元 | 1.00", "across holds 1.00万元 | 1.00"}},
	})
}

func TestRowsOfTables(t *testing.T) {
	runClaims(t, []string{"rate"}, []claimCase{
		{"a rate in a row", "| 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |\n年度资金总额 |\n| 32.4 | 31.69 | 10 | 97.80% | 9 |", []string{"rate rounding 97.80% | 31.69 32.4"}},
		{"a wrong rate in a row", "| 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |\n| 32.4 | 31.69 | 10 | 87.80% | 9 |", []string{"rate contradiction 87.80% | 31.69 32.4"}},
		{"a budget from a table", "单位：万元\n车辆 | 接待 |\n预算数 | 决算数 | 预算数 | 决算数 |\n14.00 | 8.47 | 8.00 | 0.30 |\n接待费支出决算为0.30万元，完成预算的3.75%。", []string{"rate holds 3.75% | 0.30万元 8.00"}},
	})
}

func TestMissing(t *testing.T) {
	runClaims(t, []string{"missing"}, []claimCase{
		{"a part without its amount", "2023年项目支出100.00万元，其中救灾专项20.00万元，其他项目80.00万元。\n2.其他项目。主要包括：培训经费30.00万元，用于培训；宣传经费，用于宣传；设备经费40.00万元。",
			[]string{"missing incomplete 80.00万元 | 30.00万元 40.00万元"}},
		{"every part with its amount", "2.其他项目。主要包括：培训经费30.00万元，用于培训；宣传经费10.00万元；设备经费40.00万元。", nil},
		{"tasks and no amounts", "职责主要包括：编制预案；组织演练2次；开展培训；发布预警。", nil},
	})
}

func TestTheMissingPartIsComputed(t *testing.T) {
	t.Parallel()
	f := checked(t, "2023年项目支出100.00万元，其中救灾专项20.00万元，其他项目80.00万元。\n2.其他项目。主要包括：培训经费30.00万元，用于培训；宣传经费，用于宣传；设备经费40.00万元。")
	for _, r := range f.Relations {
		if r.Rule == "missing" && r.Expected != nil && *r.Expected == (Bounds{"9.985", "10.015"}) {
			return
		}
	}
	t.Errorf("no missing part between 9.985 and 10.015 in %v", found(f))
}

func TestItems(t *testing.T) {
	list := "\n二、分布情况\n1.道路运输：%s，死亡5人，受伤2人。\n2.建筑施工：2起，死亡2人。\n3.其他：1起，死亡1人，受伤1人。\n三、要求\n"
	runClaims(t, []string{"sum"}, []claimCase{
		{"items make the whole", "1—11月，全市发生事故7起，死亡8人，受伤3人。" + replace(list, "4起"), []string{"sum holds 7起 | 4起 2起 1起", "sum holds 8人 | 5人 2人 1人", "sum holds 3人 | 2人 1人"}},
		{"a column that others confirm", "1—11月，全市发生事故7起，死亡8人，受伤3人。" + replace(list, "5起"), []string{"sum contradiction 7起 | 5起 2起 1起", "sum holds 8人 | 5人 2人 1人", "sum holds 3人 | 2人 1人"}},
		{"a count in words", "1—11月，全市发生事故7起，死亡8人，受伤3人。" + replace(list, "一起"), []string{"sum holds 8人 | 5人 2人 1人", "sum holds 3人 | 2人 1人"}},
		{"items that are no parts", "全市发生事故20起，死亡30人。" + replace(list, "4起"), nil},
	})
}
