package figure

import (
	"maps"
	"strings"
)

// unitWords are the words for units, with the usual multiples before them, so that a reader of text needs one look-up.
// Built once, never changed.
var unitWords = func() map[string]Unit {
	m := map[string]Unit{"": One}
	for _, d := range measured {
		u := asUnit(unit{symbol: d.word, dim: Dimension{d.base}, scale: d.scale, counts: d.word == "分" || d.word == "年" || d.word == "岁"})
		m[d.word] = u
		for _, alias := range strings.Fields(d.aliases) {
			m[alias] = u
		}
	}
	for _, word := range strings.Fields(classifiers) {
		m[word] = asUnit(unit{symbol: word, dim: Dimension{word}, counts: true})
	}
	for _, word := range []string{"名", "位"} {
		m[word] = asUnit(unit{symbol: word, dim: Dimension{"人"}, counts: true})
	}
	multiplied := map[string]Unit{}
	for word, u := range m {
		if !u.multiplies() {
			continue
		}
		for _, before := range strings.Fields("百 千 万 十万 百万 千万 亿 十亿 百亿 千亿 万亿") {
			_, exponent := cutMultiple(before)
			if _, taken := m[before+word]; !taken {
				multiplied[before+word] = u.multiple(before, exponent)
			}
		}
	}
	maps.Copy(m, multiplied)
	return m
}()

// classifiers count things (量词), each a dimension of its own.
const classifiers = `起 人 人次 人日 处 个 户 户次 间 间次 家 家次 次 班次 条 件 台 套 辆 辆次 车次 场 场次 期 轮 支 篇 项 宗 份 册 头 只 羽 所 座 栋 幢 排
批 批次 架 架次 艘 艘次 列 门 片 块 口 眼 根 株 棵 具 张 本 部 类 种 级 档 层 对 组 队 单 笔 例 枚 颗 瓶 箱 袋 桶 床 顶 盏 尾 匹 孔 扇 集 部次 例次 床位
个工作日 工日 学时 课时 人月 人年 趟 道 幅 人份`

// measured are the units with a scale. The word is what String prints; the aliases are read as the same unit.
var measured = []struct {
	word, base string
	scale      scale
	aliases    string
}{
	// money (货币)
	{"元", "元", scale{}, "圆 人民币元"},
	{"角", "元", ten(-1), ""},
	{"美元", "美元", scale{}, ""},
	{"港元", "港元", scale{}, "港币"},
	{"欧元", "欧元", scale{}, ""},
	{"日元", "日元", scale{}, ""},
	{"英镑", "英镑", scale{}, ""},

	// ratios: multiples of a bare number
	{"%", "", ten(-2), "％ ﹪"},
	{"‰", "", ten(-3), ""},
	{"成", "", ten(-1), ""},
	{"倍", "", scale{}, ""},

	// differences of ratios
	{"个百分点", "百分点", scale{}, "百分点"},
	{"个千分点", "百分点", ten(-1), "千分点"},

	// scores (得分), never fen
	{"分", "分", scale{}, ""},

	// length
	{"毫米", "米", ten(-3), "mm"},
	{"厘米", "米", ten(-2), "cm 公分"},
	{"分米", "米", ten(-1), "dm"},
	{"米", "米", scale{}, "m 公尺"},
	{"公里", "米", ten(3), "km 千米"},

	// area; 亩 is 1/15 公顷
	{"平方厘米", "平方米", ten(-4), "cm² cm2"},
	{"平方米", "平方米", scale{}, "m² m2 ㎡ 平米"},
	{"公顷", "平方米", ten(4), "hm² hm2 ha"},
	{"亩", "平方米", scale{4, -1, 3, 0}, ""},
	{"平方公里", "平方米", ten(6), "km² km2 平方千米"},

	// volume
	{"毫升", "立方米", ten(-6), "mL ml"},
	{"升", "立方米", ten(-3), "L"},
	{"立方米", "立方米", scale{}, "m³ m3 方"},

	// mass
	{"微克", "克", ten(-6), "μg"},
	{"毫克", "克", ten(-3), "mg"},
	{"克", "克", scale{}, "g"},
	{"斤", "克", scale{2, 0, 3, 0}, "市斤"},
	{"公斤", "克", ten(3), "kg 千克"},
	{"吨", "克", ten(6), "t"},

	// time; months and days do not convert, neither do 年 and 天
	{"秒", "秒", scale{}, "s 秒钟"},
	{"分钟", "秒", scale{2, 1, 1, 0}, "min"},
	{"小时", "秒", scale{4, 2, 2, 0}, "h 个小时"},
	{"天", "秒", scale{7, 3, 2, 0}, "d 日"},
	{"周", "秒", scale{7, 3, 2, 1}, "个星期 星期"},
	{"个月", "月", scale{}, "月"},
	{"年", "月", scale{2, 1, 0, 0}, "周年"},

	{"岁", "岁", scale{}, "周岁"},

	// energy and power
	{"瓦", "瓦", scale{}, "W"},
	{"千瓦", "瓦", ten(3), "kW"},
	{"兆瓦", "瓦", ten(6), "MW"},
	{"千瓦时", "千瓦时", scale{}, "kWh 度"},
	{"伏", "伏", scale{}, "V"},
	{"千伏", "伏", ten(3), "kV"},
	{"千伏安", "千伏安", scale{}, "kVA"},

	// weather and the rest
	{"摄氏度", "摄氏度", scale{}, "℃ °C"},
	{"百帕", "帕", ten(2), "hPa"},
	{"兆帕", "帕", ten(6), "MPa"},
	{"分贝", "分贝", scale{}, "dB"},
	{"标准煤吨", "标准煤吨", scale{}, "吨标准煤"},
}
