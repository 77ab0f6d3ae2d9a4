package check

import "strings"

// Way is the verb of change on which a text ends and whether it says up, so that what is printed right behind it is the size of the
// change: 比上年下降, 同比增长了约, 较上年少. The word is empty where there is none; 下降到 and 降为 open a level and are none.
func Way(text string) (word string, up bool) {
	text = strings.TrimRight(text, " \t　")
	for trimmed := true; trimmed; {
		trimmed = false
		for _, filler := range []string{"约", "近", "了", "："} {
			if rest, ok := strings.CutSuffix(text, filler); ok {
				text, trimmed = strings.TrimRight(rest, " \t　"), true
			}
		}
	}
	if extent, ok := strings.CutSuffix(text, "为"); ok && strings.HasSuffix(extent, "幅") { // 降幅为
		text = extent
	}
	if _, word = downs.cutTail(text); word != "" {
		return word, false
	}
	if _, word = ups.cutTail(text); word != "" {
		return word, true
	}
	clause := text[strings.LastIndexAny(text, "，。；、,;")+1:]
	if !comparisons.in(clause) && !strings.ContainsAny(clause, "比较") || bounds.endsIn(clause) {
		return "", false
	}
	if _, word = shortDowns.cutTail(clause); word != "" {
		return word, false
	}
	_, word = shortUps.cutTail(clause)
	return word, word != ""
}

// bounds end in a verb of change and state none.
var bounds = wordsOf("至少", "最少", "至多", "最多", "不少", "不多", "许多", "缺少", "最高", "最低", "不高", "不低", "新增", "递增", "递减")

func (l *lexicon) endsIn(s string) bool {
	_, word := l.cutTail(s)
	return word != ""
}
