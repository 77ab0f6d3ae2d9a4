package check

import "testing"

func TestMeansPerHead(t *testing.T) {
	runClaims(t, []string{"rate"}, []claimCase{
		{"of spending", "在职人员100人，公用经费支出50.00万元，人均0.50万元。", []string{"rate holds 0.50万元 | 50.00万元 100人"}},
		{"of the gross product", "常住人口500.0万人，地区生产总值5000.0亿元，人均地区生产总值10.00万元。", []string{"rate holds 10.00万元 | 5000.0亿元 500.0万人"}},
		{"in yuan", "常住人口504.5万人，地区生产总值4841.78亿元，人均地区生产总值95972元。", []string{"rate holds 95972元 | 4841.78亿元 504.5万人"}},
		{"of other people, perhaps", "在职人员100人，公用经费支出50.00万元，人均0.73万元。", nil},
		{"of another amount", "常住人口500.0万人，地区生产总值5000.0亿元，人均可支配收入3.20万元。\n在职人员100人，公用经费支出50.00万元，人均培训费0.10万元。", nil},
		{"of which people, nobody says", "在职人员100人，退休人员50人，公用经费支出50.00万元，人均0.50万元。", nil},
	})
}
