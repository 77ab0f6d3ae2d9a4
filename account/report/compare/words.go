package compare

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"anlan/ground/width"
)

// The words that stand around a subject in official writing and do not change what it is of. A word that narrows or widens it
// (市本级, 新增, 预算) must never be here: what is left over beside a wording is what tells 事业编制 from 编制.
var (
	heads = longestFirst("全市", "我市", "本市", "全局", "我局", "本局", "我单位", "本单位", "我县", "全县", "全区", "我区", "全年", "本年度", "当年度", "本年", "当年", "今年", "年度", "年末", "年底", "年内", "年",
		"上年度", "上年", "去年", "上半年", "下半年", "前三季度", "一季度", "二季度", "三季度", "四季度", "期末", "截至", "截止", "末", "底", "初", "度", "月", "期间", "中", "内", "共计", "总计", "合计", "累计", "一共", "共", "其中", "包括", "另有", "另外", "另", "还有", "有", "以及", "和", "及", "与", "同时", "先后", "并", "，", "、",
		"：", "；", "。", ",", ":", ";", "各类", "各项", "各种", "全部", "实有", "现有", "核定", "实际", "发生", "造成", "导致", "安排", "办理", "发布", "成功应对", "有效应对", "应对", "开展", "查出", "排查", "发现", "达到", "为", "对", "到", "至")
	tails = longestFirst("分别达到", "分别为", "分别是", "各为", "均为", "达到了", "达到", "高达", "达", "约为", "约", "为", "是", "由", "从", "共计", "合计为", "合计", "总计为", "总计", "累计", "共发生", "发生了", "发生", "共有", "共", "总数", "总额", "总量",
		"金额", "数额", "总人数", "人数", "起数", "件数", "数量", "次数", "决算数", "决算", "执行数", "本年", "全年", "上年度", "上年", "去年", "年末", "数", "额", "了", "有", "：", ":", "，", "仅", "已", "计", "下降到", "降到", "降至", "下降至", "上升到", "上升至",
		"升至", "增加到", "增至", "减少到", "减至", "提高到", "到", "至")
	dropped = "“”\"‘’'《》〈〉「」『』【】（）()[]·|"
)

func longestFirst(words ...string) []string {
	slices.SortStableFunc(words, func(a, b string) int { return len(b) - len(a) })
	return words
}

// fold writes words as they are compared: half-width, capital letters, without blanks, quotation marks, brackets and 的.
func fold(words string) string {
	return strings.Map(func(r rune) rune {
		r = width.Rune(r)
		if unicode.IsSpace(r) || r == '的' || strings.ContainsRune(dropped, r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, words)
}

// withoutMark takes the number of a list off the head of words: 1. （一） ①.
func withoutMark(words string) string {
	rest := strings.TrimLeft(strings.TrimSpace(words), "（(")
	after := strings.TrimLeft(width.Narrow(rest), "0123456789一二三四五六七八九十")
	if len(after) == len(width.Narrow(rest)) {
		return words
	}
	for _, mark := range []string{".", "、", ")"} {
		if tail, ok := strings.CutPrefix(after, mark); ok {
			return tail
		}
	}
	return words
}

// trimTails takes words off the end of s as long as there are any, but never all of s.
func trimTails(s string) string {
	for again := true; again; {
		again = false
		for _, w := range tails {
			if rest, ok := strings.CutSuffix(s, w); ok && rest != "" {
				s, again = rest, true
				break
			}
		}
	}
	return s
}

// trimHeads takes words off the head of s as long as there are any.
func trimHeads(s string) string {
	for again := true; again; {
		again = false
		for _, w := range heads {
			if rest, ok := strings.CutPrefix(s, w); ok {
				s, again = rest, true
				break
			}
		}
	}
	return s
}

// neutral says whether words change nothing of the subject behind them.
func neutral(words string) bool { return trimHeads(words) == "" }

func runes(s string) int { return utf8.RuneCountInString(s) }
