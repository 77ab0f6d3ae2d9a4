package classification

import "anlan/ground/lang"

// Function is an item (项) of the functional classification: seven digits, as 2240106 安全监管.
type Function string

// Class is the 类: the first three digits; "" where the code is not an item of a known class.
func (f Function) Class() string {
	if !digits(string(f), 7) || classes[string(f[:3])].Zh == "" {
		return ""
	}
	return string(f[:3])
}

// WellFormed says whether the code is an item of a known class (类). Whether the item itself is valid in a year is asked of
// ValidIn, because the items are issued anew each year and a voucher is kept as it was booked.
func (f Function) WellFormed() bool { return f.Class() != "" }

// ClassName is the name of the 类; no text where the class is unknown.
func (f Function) ClassName() lang.Text { return classes[f.Class()] }

// ValidIn says whether the item is valid in a year. Only the items of 类 224 are kept here; those of other classes are
// taken as valid, since nothing is known against them.
func (f Function) ValidIn(year int) bool {
	if f.Class() != "224" {
		return f.WellFormed()
	}
	_, ok := f.title(year)
	return ok
}

// Name is the name of the item in a year, with that of its 款 where the item alone says little; no text where it is not
// kept here.
func (f Function) Name(year int) lang.Text {
	t, ok := f.title(year)
	if !ok {
		return lang.Text{}
	}
	group := divisions[string(f[:5])]
	return lang.Text{Zh: group.Zh + "-" + t.name.Zh, En: group.En + ": " + t.name.En}
}

func (f Function) title(year int) (title, bool) {
	for _, t := range titles {
		if t.code == f && (t.from == 0 || t.from <= year) && (t.until == 0 || year <= t.until) {
			return t, true
		}
	}
	return title{}, false
}

// title is an item with the first and the last year in which it is valid; 0 leaves the side open.
type title struct {
	code        Function
	from, until int
	name        lang.Text
}

// classes are the 类 of expenditure that are in force.
var classes = map[string]lang.Text{
	"201": lang.Of("一般公共服务支出", "general public services"),
	"202": lang.Of("外交支出", "foreign affairs"),
	"203": lang.Of("国防支出", "national defence"),
	"204": lang.Of("公共安全支出", "public security"),
	"205": lang.Of("教育支出", "education"),
	"206": lang.Of("科学技术支出", "science and technology"),
	"207": lang.Of("文化旅游体育与传媒支出", "culture, tourism, sports and media"),
	"208": lang.Of("社会保障和就业支出", "social security and employment"),
	"210": lang.Of("卫生健康支出", "health"),
	"211": lang.Of("节能环保支出", "energy saving and environment"),
	"212": lang.Of("城乡社区支出", "urban and rural communities"),
	"213": lang.Of("农林水支出", "agriculture, forestry and water"),
	"214": lang.Of("交通运输支出", "transport"),
	"215": lang.Of("资源勘探工业信息等支出", "resources, industry and information"),
	"216": lang.Of("商业服务业等支出", "commerce and services"),
	"217": lang.Of("金融支出", "finance"),
	"219": lang.Of("援助其他地区支出", "aid to other regions"),
	"220": lang.Of("自然资源海洋气象等支出", "natural resources, oceans and meteorology"),
	"221": lang.Of("住房保障支出", "housing security"),
	"222": lang.Of("粮油物资储备支出", "grain, oil and material reserves"),
	"223": lang.Of("国有资本经营预算支出", "state capital operations"),
	"224": lang.Of("灾害防治及应急管理支出", "disaster prevention and emergency management"),
	"229": lang.Of("其他支出", "other expenditure"),
}

// divisions are the 款 of 类 224, under their present names (22402 was 消防事务, 22404 was 煤矿安全).
var divisions = map[string]lang.Text{
	"22401": lang.Of("应急管理事务", "emergency management affairs"),
	"22402": lang.Of("消防救援事务", "fire and rescue affairs"),
	"22404": lang.Of("矿山安全", "mine safety"),
	"22405": lang.Of("地震事务", "earthquake affairs"),
	"22406": lang.Of("自然灾害防治", "natural disaster prevention"),
	"22407": lang.Of("自然灾害救灾及恢复重建支出", "disaster relief and rebuilding"),
	"22499": lang.Of("其他灾害防治及应急管理支出", "other disaster prevention and emergency management"),
}

// created is the year of the set that made 类 224, after the reform of the institutions of 2018.
const created = 2019

var titles = []title{
	{"2240101", created, 0, administration},
	{"2240102", created, 0, generalAffairs},
	{"2240103", created, 0, services},
	{"2240104", created, 0, lang.Of("灾害风险防治", "disaster risk prevention")},
	{"2240105", created, 0, lang.Of("国务院安委会专项", "work safety commission of the State Council")},
	{"2240106", created, 0, lang.Of("安全监管", "safety supervision")},
	{"2240108", created, 0, lang.Of("应急救援", "emergency rescue")},
	{"2240109", created, 0, lang.Of("应急管理", "emergency management")},
	{"2240150", created, 0, institution},
	{"2240199", created, 0, lang.Of("其他应急管理支出", "other emergency management")},

	{"2240201", created, 0, administration},
	{"2240202", created, 0, generalAffairs},
	{"2240203", created, 0, services},
	{"2240204", created, 0, lang.Of("消防应急救援", "fire fighting and rescue")},
	{"2240250", created, 0, institution},
	{"2240299", created, 0, lang.Of("其他消防救援事务支出", "other fire and rescue affairs")},

	{"2240401", created, 0, administration},
	{"2240402", created, 0, generalAffairs},
	{"2240403", created, 0, services},
	{"2240404", created, 0, lang.Of("矿山安全监察事务", "mine safety inspection")},
	{"2240405", created, 0, lang.Of("矿山应急救援事务", "mine rescue")},
	{"2240450", created, 0, institution},
	{"2240499", created, 0, lang.Of("其他矿山安全支出", "other mine safety")},

	{"2240501", created, 0, administration},
	{"2240502", created, 0, generalAffairs},
	{"2240503", created, 0, services},
	{"2240504", created, 0, lang.Of("地震监测", "earthquake monitoring")},
	{"2240505", created, 0, lang.Of("地震预测预报", "earthquake prediction")},
	{"2240506", created, 0, lang.Of("地震灾害预防", "earthquake disaster prevention")},
	{"2240507", created, 0, lang.Of("地震应急救援", "earthquake rescue")},
	{"2240508", created, 0, lang.Of("地震环境探察", "survey of the seismic environment")},
	{"2240509", created, 0, lang.Of("防震减灾信息管理", "information on earthquake mitigation")},
	{"2240510", created, 0, lang.Of("防震减灾基础管理", "basic management of earthquake mitigation")},
	{"2240550", created, 0, lang.Of("地震事业机构", "earthquake institutions")},
	{"2240599", created, 0, lang.Of("其他地震事务支出", "other earthquake affairs")},

	{"2240601", created, 0, lang.Of("地质灾害防治", "geological disaster prevention")},
	{"2240602", created, 0, lang.Of("森林草原防灾减灾", "disaster reduction in forests and grassland")},
	{"2240699", created, 0, lang.Of("其他自然灾害防治支出", "other natural disaster prevention")},

	{"2240701", created, 2020, lang.Of("中央自然灾害生活补助", "central living aid in disasters")},
	{"2240702", created, 2020, lang.Of("地方自然灾害生活补助", "local living aid in disasters")},
	{"2240703", created, 0, lang.Of("自然灾害救灾补助", "disaster relief grants")},
	{"2240704", created, 0, lang.Of("自然灾害灾后重建补助", "rebuilding grants")},
	{"2240799", created, 0, lang.Of("其他自然灾害救灾及恢复重建支出", "other relief and rebuilding")},

	{"2249999", created, 0, lang.Of("其他灾害防治及应急管理支出", "other disaster prevention and emergency management")},
}

// Items that several 款 have.
var (
	administration = lang.Of("行政运行", "administrative running costs")
	generalAffairs = lang.Of("一般行政管理事务", "general administrative affairs")
	services       = lang.Of("机关服务", "services for the organ")
	institution    = lang.Of("事业运行", "running costs of institutions")
)
