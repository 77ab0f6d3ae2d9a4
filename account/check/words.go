package check

import "unicode/utf8"

// The words by which official writing says what a figure is. Longer words stand before the shorter ones that they end in.
var (
	// ups and downs are verbs of change; what a figure behind them states is the change.
	ups   = wordsOf("净增加", "净增长", "增加", "增长", "上升", "提高", "提升", "上涨", "扩大", "净增", "增幅", "涨幅", "增多", "攀升", "调增", "增收", "增支")
	downs = wordsOf("减少", "下降", "降低", "压减", "缩减", "回落", "下滑", "下跌", "缩小", "降幅", "减幅", "核减", "调减", "压缩", "减收", "减支")
	// shortUps and shortDowns are verbs of change only behind a comparison (比上年多3起).
	shortUps   = wordsOf("增", "升", "多", "高", "涨")
	shortDowns = wordsOf("减", "降", "少", "低")

	// fillers stand between what a figure is of and the figure; each says that the figures that follow belong to several
	// things, in their order.
	fillers = wordsOf("分别达到", "分别为", "分别达", "分别是", "各为", "各是", "均为", "达到了", "达到", "高达", "约为", "共计", "合计为", "总计为", "为", "是", "达", "了", "约", "共", "有",
		"仅", "已", "仍", "就", "：", ":", "“", "”", "\"", " ", "　")
	each = wordsOf("分别", "各")

	// comparisons are the grounds of a change.
	comparisons = wordsOf("同比上年度", "同比上年", "同比去年", "较上年同期", "比上年同期", "与上年同期相比", "与去年同期相比", "与上年同比", "与去年同比", "与上年相比", "与去年相比", "较上年度", "较上年",
		"较去年同期", "较去年", "比上年度", "比上年", "比去年同期", "比去年", "同比", "同期")
	// otherGrounds are comparisons with something else than the year before, or of another kind of value.
	otherGrounds = wordsOf("环比", "可比", "同口径", "不变价", "实际增长", "剔除", "扣除", "年均", "平均每年", "较年初", "比年初", "较上月", "比上月", "高于", "低于", "快于", "超年度", "较预算", "比预算", "较年初预算",
		"两年平均", "复合")
	// constantPrices are quantities whose growth is stated at constant prices beside values at current ones.
	constantPrices = wordsOf("生产总值", "增加值", "GDP", "总产值", "可支配收入", "零售总额", "经济总量")

	// scopes are what a count extends over.
	scopes = []struct{ word, scope string }{
		{"市本级", "市本级"}, {"省本级", "省本级"}, {"县本级", "县本级"}, {"区本级", "区本级"}, {"本级", "本级"},
		{"全市", "市"}, {"我市", "市"}, {"本市", "市"}, {"全省", "省"}, {"我省", "省"}, {"本省", "省"}, {"全国", "国"}, {"我国", "国"},
		{"全县", "县"}, {"我县", "县"}, {"全区", "区"}, {"我区", "区"}, {"全州", "州"}, {"全镇", "镇"}, {"全局", "局"}, {"我局", "局"},
	}

	// editions are the stages of an amount of money.
	editions = []struct{ word, edition string }{
		{"调整后预算", "调整预算"}, {"调整预算", "调整预算"}, {"全年预算", "调整预算"}, {"追加", "追加"}, {"年初", "预算"}, {"预算", "预算"}, {"决算", "决算"}, {"执行数", "决算"},
		{"实际", "决算"}, {"计划", "目标"}, {"目标", "目标"}, {"任务", "目标"}, {"初步", "初步"}, {"核定", "核定"},
	}

	// coreHeads and coreTails are taken off a subject before it is compared, noise out of its middle.
	coreHeads = wordsOf("其中", "包括", "另外", "同时", "截至", "其他的", "含", "另", "并", "而", "即", "度", "年末", "年底", "年初", "年中", "全年", "累计", "总共", "共计", "一共", "共", "发生", "各类", "各项", "实际",
		"实有", "现有", "预计", "完成", "核定", "造成", "、", "和", "及", "与", "以及", "中", "期间", "，", ",", "：", ":", "；", ";", " ", "　", "\t", "末", "底", "初")
	coreTails = wordsOf("共发生", "发生", "人员数", "总人数", "起数", "人数", "总数", "总额", "总量", "数额", "金额", "数量", "总计", "合计", "人员", "数", "额", "的", "了", " ", "，")
	noise     = wordsOf("年初预算数", "年初预算", "全年预算数", "全年预算", "调整后预算数", "调整后预算", "预算数", "决算数", "执行数", "预算", "决算", "执行", "“", "”", "\"", " ")

	// generics name nothing by themselves; such a subject is that of the figure before.
	generics = map[string]bool{"": true, "支出": true, "收入": true, "实际支出": true, "资金": true, "经费": true, "人员": true, "规模": true, "本年": true, "年末": true, "年初": true}

	casualties = []string{"死亡", "遇难", "亡人", "失踪", "重伤", "轻伤", "受伤"}
)

func runes(s string) int { return utf8.RuneCountInString(s) }
