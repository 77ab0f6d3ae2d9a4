package classification

import (
	"anlan/ground/code"
	"anlan/ground/lang"
)

// Economic is a 款 of the economic classification of departments: five digits, as 30217.
type Economic string

// Class is the 类: the first three digits; "" where the code is not of five digits.
func (e Economic) Class() string {
	if !digits(string(e), 5) {
		return ""
	}
	return string(e[:3])
}

func digits(s string, n int) bool {
	if len(s) != n {
		return false
	}
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// Economics is the list of economic classes. A label begins with the code, because 309 and 310 share their names.
var Economics = func() code.List[Economic] {
	values := make([]code.Value[Economic], len(economics))
	for i, x := range economics {
		values[i] = code.Value[Economic]{Code: x.code, Label: lang.Text{Zh: string(x.code) + " " + x.zh, En: string(x.code) + " " + x.en}}
	}
	return code.NewList("支出经济分类科目改革方案（财预〔2017〕98号），部门预算支出经济分类", values...)
}()

var economics = []struct {
	code   Economic
	zh, en string
}{
	// 工资福利支出
	{"30101", "基本工资", "basic pay"},
	{"30102", "津贴补贴", "allowances"},
	{"30103", "奖金", "bonuses"},
	{"30106", "伙食补助费", "meal subsidies"},
	{"30107", "绩效工资", "performance pay"},
	{"30108", "机关事业单位基本养老保险缴费", "basic pension contributions"},
	{"30109", "职业年金缴费", "occupational annuity contributions"},
	{"30110", "职工基本医疗保险缴费", "basic medical insurance contributions"},
	{"30111", "公务员医疗补助缴费", "civil service medical contributions"},
	{"30112", "其他社会保障缴费", "other social insurance contributions"},
	{"30113", "住房公积金", "housing fund"},
	{"30114", "医疗费", "medical expenses"},
	{"30199", "其他工资福利支出", "other wages and welfare"},
	// 商品和服务支出
	{"30201", "办公费", "office expenses"},
	{"30202", "印刷费", "printing"},
	{"30203", "咨询费", "consulting"},
	{"30204", "手续费", "bank charges"},
	{"30205", "水费", "water"},
	{"30206", "电费", "electricity"},
	{"30207", "邮电费", "post and telecommunications"},
	{"30208", "取暖费", "heating"},
	{"30209", "物业管理费", "property management"},
	{"30211", "差旅费", "travel"},
	{"30212", "因公出国（境）费用", "travel abroad on duty"},
	{"30213", "维修（护）费", "repairs and maintenance"},
	{"30214", "租赁费", "rent"},
	{"30215", "会议费", "meetings"},
	{"30216", "培训费", "training"},
	{"30217", "公务接待费", "official hospitality"},
	{"30218", "专用材料费", "special materials"},
	{"30224", "被装购置费", "uniforms"},
	{"30225", "专用燃料费", "special fuel"},
	{"30226", "劳务费", "labour fees"},
	{"30227", "委托业务费", "commissioned services"},
	{"30228", "工会经费", "trade union funds"},
	{"30229", "福利费", "welfare"},
	{"30231", "公务用车运行维护费", "running of official vehicles"},
	{"30239", "其他交通费用", "other transport"},
	{"30240", "税金及附加费用", "taxes and surcharges"},
	{"30299", "其他商品和服务支出", "other goods and services"},
	// 对个人和家庭的补助
	{"30301", "离休费", "pensions of veteran cadres"},
	{"30302", "退休费", "retirement pensions"},
	{"30303", "退职（役）费", "severance pay"},
	{"30304", "抚恤金", "survivors' pensions"},
	{"30305", "生活补助", "living allowances"},
	{"30306", "救济费", "relief payments"},
	{"30307", "医疗费补助", "medical subsidies"},
	{"30308", "助学金", "grants for students"},
	{"30309", "奖励金", "awards"},
	{"30310", "个人农业生产补贴", "subsidies to farmers"},
	{"30311", "代缴社会保险费", "social insurance paid for others"},
	{"30399", "其他对个人和家庭的补助", "other transfers to persons"},
	// 债务利息及费用支出
	{"30701", "国内债务付息", "interest on domestic debt"},
	{"30702", "国外债务付息", "interest on foreign debt"},
	{"30703", "国内债务发行费用", "issuing costs of domestic debt"},
	{"30704", "国外债务发行费用", "issuing costs of foreign debt"},
	// 资本性支出（基本建设）
	{"30901", "房屋建筑物购建（基本建设）", "buildings, construction plan"},
	{"30902", "办公设备购置（基本建设）", "office equipment, construction plan"},
	{"30903", "专用设备购置（基本建设）", "special equipment, construction plan"},
	{"30905", "基础设施建设（基本建设）", "infrastructure, construction plan"},
	{"30906", "大型修缮（基本建设）", "major repairs, construction plan"},
	{"30907", "信息网络及软件购置更新（基本建设）", "networks and software, construction plan"},
	{"30908", "物资储备（基本建设）", "reserves, construction plan"},
	{"30913", "公务用车购置（基本建设）", "official vehicles, construction plan"},
	{"30919", "其他交通工具购置（基本建设）", "other vehicles, construction plan"},
	{"30921", "文物和陈列品购置（基本建设）", "relics and exhibits, construction plan"},
	{"30922", "无形资产购置（基本建设）", "intangible assets, construction plan"},
	{"30999", "其他基本建设支出", "other capital construction"},
	// 资本性支出
	{"31001", "房屋建筑物购建", "buildings"},
	{"31002", "办公设备购置", "office equipment"},
	{"31003", "专用设备购置", "special equipment"},
	{"31005", "基础设施建设", "infrastructure"},
	{"31006", "大型修缮", "major repairs"},
	{"31007", "信息网络及软件购置更新", "networks and software"},
	{"31008", "物资储备", "reserves"},
	{"31009", "土地补偿", "compensation for land"},
	{"31010", "安置补助", "resettlement"},
	{"31011", "地上附着物和青苗补偿", "compensation for structures and crops"},
	{"31012", "拆迁补偿", "compensation for demolition"},
	{"31013", "公务用车购置", "official vehicles"},
	{"31019", "其他交通工具购置", "other vehicles"},
	{"31021", "文物和陈列品购置", "relics and exhibits"},
	{"31022", "无形资产购置", "intangible assets"},
	{"31099", "其他资本性支出", "other capital expenditure"},
	// 对企业补助（基本建设）
	{"31101", "资本金注入（基本建设）", "capital for enterprises, construction plan"},
	{"31199", "其他对企业补助（基本建设）", "other subsidies to enterprises, construction plan"},
	// 对企业补助
	{"31201", "资本金注入", "capital for enterprises"},
	{"31203", "政府投资基金股权投资", "equity of government investment funds"},
	{"31204", "费用补贴", "cost subsidies"},
	{"31205", "利息补贴", "interest subsidies"},
	{"31299", "其他对企业补助", "other subsidies to enterprises"},
	// 对社会保障基金补助
	{"31302", "对社会保险基金补助", "subsidies to social insurance funds"},
	{"31303", "补充全国社会保障基金", "national social security fund"},
	{"31304", "对机关事业单位职业年金的补助", "subsidies to occupational annuities"},
	// 其他支出
	{"39907", "国家赔偿费用支出", "state compensation"},
	{"39908", "对民间非营利组织和群众性自治组织补贴", "subsidies to non-profit and self-governing bodies"},
	{"39909", "经常性赠与", "current grants"},
	{"39910", "资本性赠与", "capital grants"},
	{"39999", "其他支出", "other expenditure"},
}
