package check

import "testing"

func TestShares(t *testing.T) {
	runClaims(t, []string{"share", "sum"}, []claimCase{
		{"a whole that is named behind the share", "政府采购支出200万元。授予中小企业合同150万元，占75%，其中授予小微企业100万元，占50%（占政府采购支出）。", nil},
		{"of a whole that 其中 gives", "支出200万元，其中基本支出50万元，占25%。", []string{"share holds 25% | 50万元 200万元"}},
		{"of a whole named in an earlier line", "全年基本支出2030.2万元。\n人员经费1604.6万元，占基本支出79.04%。", []string{"share holds 79.04% | 1604.6万元 2030.2万元"}},
		{"of a whole with a longer name", "一般公共预算基本支出2030.2万元。\n人员经费1604.6万元，占基本支出79.04%。", []string{"share holds 79.04% | 1604.6万元 2030.2万元"}},
		{"wrong", "全年基本支出2030.2万元。\n人员经费1604.6万元，占基本支出79.94%。", []string{"share contradiction 79.94% | 1604.6万元 2030.2万元"}},
		{"shares that make 100% show that parts are all", "全年基本支出200.01万元。\n人员经费150.01万元，占基本支出75%。\n公用经费50.01万元，占基本支出25%。",
			[]string{"share holds 75% | 150.01万元 200.01万元", "share holds 25% | 50.01万元 200.01万元", "sum rounding 200.01万元 | 150.01万元 50.01万元"}},
		{"the part named again before 占", "地方收入100223万元。其中税收收入66342万元，增长5%，税收收入占地方收入66.19%。", []string{"share holds 66.19% | 66342万元 100223万元"}},
		{"of a whole with its value in the words", "项目支出40.00万元，占总支出100.00万元的40%。", []string{"share holds 40% | 40.00万元 100.00万元"}},
		{"wrong, of a whole with its value in the words", "项目支出40.00万元（占总支出100.00万元的比重为50%）。", []string{"share contradiction 50% | 40.00万元 100.00万元"}},
		{"of the whole before it, which is no part", "项目支出40.00万元，占总支出100.00万元的40%，占财政拨款80.00万元的50%。", []string{"share holds 40% | 40.00万元 100.00万元"}},
		{"occupied, no share", "林地40.00公顷，占用耕地100.00公顷的40%。", nil},
		{"padded with a zero", "支出85.00万元，其中甲22.50万元，占26.50%；乙62.50万元，占73.5%。",
			[]string{"sum holds 85.00万元 | 22.50万元 62.50万元", "share rounding padded 26.50% | 22.50万元 85.00万元", "share holds 73.5% | 62.50万元 85.00万元"}},
		{"a whole that is not given", "园区增加值占全省比重增至76%。", nil},
		{"of the total beside it", "新增装机4178万千瓦、总装机达9157万千瓦，新能源装机达4091万千瓦、占比达47.7%。", []string{"share contradiction 47.7% | 4091万千瓦 9157万千瓦"}},
		{"the whole of another year", "2022年基本支出2030.2万元。\n2023年人员经费1604.6万元，占基本支出80%。", nil},
	})
}

func TestAShareOfAnUngivenWholeIsNotCheckable(t *testing.T) {
	t.Parallel()
	f := checked(t, "人员经费1604.6万元，占财政总支出3%。")
	if len(f.NotCheckable) != 1 || f.Summary.NotCheckable != 1 || f.Summary.Relations != 0 {
		t.Errorf("got %+v, want one claim that cannot be checked", f.NotCheckable)
	}
}
