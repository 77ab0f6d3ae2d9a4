package check

import "strings"

// lexicon is a list of words that are looked for together. A word is found by one byte of its first or last character,
// so that a look costs little however many words there are. Where words overlap the one that stands first is found.
type lexicon struct {
	heads, tails [256][]entry
}

type entry struct {
	word string
	sign sign
}

// wordsOf makes a lexicon.
func wordsOf(words ...string) *lexicon {
	l := &lexicon{}
	l.add(0, words...)
	return l
}

func (l *lexicon) add(s sign, words ...string) {
	for _, w := range words {
		e := entry{w, s}
		h, t := headKey(w, 0), w[len(w)-1]
		l.heads[h] = append(l.heads[h], e)
		l.tails[t] = append(l.tails[t], e)
	}
}

// headKey is the byte by which words that start at i are found: the last of a character's three, or the first.
func headKey(s string, i int) byte {
	if s[i] >= 0xE0 && i+2 < len(s) {
		return s[i+2]
	}
	return s[i]
}

// cutTail takes a word off the end of s; word is empty where none stands there.
func (l *lexicon) cutTail(s string) (rest, word string) {
	if s == "" {
		return s, ""
	}
	for _, e := range l.tails[s[len(s)-1]] {
		if strings.HasSuffix(s, e.word) {
			return s[:len(s)-len(e.word)], e.word
		}
	}
	return s, ""
}

// cutHead takes a word off the head of s.
func (l *lexicon) cutHead(s string) (rest, word string) {
	if s == "" {
		return s, ""
	}
	for _, e := range l.heads[headKey(s, 0)] {
		if strings.HasPrefix(s, e.word) {
			return s[len(e.word):], e.word
		}
	}
	return s, ""
}

// trimTails takes words off the end of s as long as there are any, but never all of s.
func (l *lexicon) trimTails(s string) string {
	for {
		rest, word := l.cutTail(s)
		if word == "" || rest == "" {
			return s
		}
		s = rest
	}
}

// trimHeads takes words off the head of s as long as there are any.
func (l *lexicon) trimHeads(s string) string {
	for {
		rest, word := l.cutHead(s)
		if word == "" {
			return s
		}
		s = rest
	}
}

// in says whether any of the words stands in s.
func (l *lexicon) in(s string) bool {
	_, word := l.find(s)
	return word != ""
}

// is says whether s is one of the words.
func (l *lexicon) is(s string) bool {
	rest, word := l.cutTail(s)
	return word != "" && rest == ""
}

// find is the first of the words in s and its offset.
func (l *lexicon) find(s string) (at int, word string) {
	for i := 0; i < len(s); {
		for _, e := range l.heads[headKey(s, i)] {
			if strings.HasPrefix(s[i:], e.word) {
				return i, e.word
			}
		}
		i = next(s, i)
	}
	return -1, ""
}

// words are all words, in no order that means anything.
func (l *lexicon) words() (all []string) {
	for _, entries := range l.heads {
		for _, e := range entries {
			all = append(all, e.word)
		}
	}
	return all
}

// next is the offset of the character behind that at i.
func next(s string, i int) int {
	if c := s[i]; c >= 0xE0 && c < 0xF0 && i+3 <= len(s) && (s[i+1]^0x80|s[i+2]^0x80)&0xC0 == 0 && (i+3 == len(s) || s[i+3]&0xC0 != 0x80) {
		return i + 3 // as nearly all are
	}
	for i++; i < len(s) && s[i]&0xC0 == 0x80; i++ {
	}
	return i
}

// sign is what a sentence says somewhere, so that rules need not look at sentences that are not theirs.
type sign uint32

const (
	saysParts sign = 1 << iota
	saysBreakdown
	saysTotal
	saysComparable
	saysLoss
	saysEvaluation
	saysWithinPosts
	saysBelowBudget
	saysAboveBudget
	saysControlled
	saysHarvest
	saysCarried
	saysStock
	saysAdded
	saysComposed
	saysSteady
	saysStruck
	saysPerHead
)

// signs are the words of each sign.
var signs = func() *lexicon {
	l := &lexicon{}
	l.add(saysParts, partMarkers...)
	l.add(saysBreakdown, breakdownWords...)
	l.add(saysTotal, "合计", "共计", "总计")
	l.add(saysLoss, "亏", "赤字", "转盈", "转正", "转负", "净流出")
	l.add(saysComparable, "可比口径", "同口径", "不变价", "可比价", "扣除价格", "实际增长", "剔除")
	l.add(saysEvaluation, "评价", "自评")
	l.add(saysWithinPosts, "编制控制", "未超编", "编制内", "编制范围", "没有超编", "无超编")
	l.add(saysBelowBudget, "小于预算", "低于预算", "少于预算", "未超预算", "未超出预算", "控制在预算")
	l.add(saysAboveBudget, "大于预算", "超出预算", "超过预算")
	l.add(saysControlled, "控制较好", "控制良好", "控制到位", "控制有力")
	l.add(saysHarvest, "成灾", "绝收")
	l.add(saysCarried, "结转", "结余", "余额")
	l.add(saysStock, "期初", "期末", "结存", "库存")
	l.add(saysComposed, "构成", "组成")
	l.add(saysSteady, "持平", "番")
	l.add(saysStruck, "受灾")
	l.add(saysPerHead, "人均")
	l.add(saysAdded, "追加", "调增", "全年预算", "调整后预算")
	return l
}()

// says tells whether a sentence has a sign; all signs are looked for at once.
func (s *sentence) says(what sign) bool {
	if !s.looked {
		text := s.text()
		for i := 0; i < len(text); i = next(text, i) {
			for _, e := range signs.heads[headKey(text, i)] {
				if strings.HasPrefix(text[i:], e.word) {
					s.signs |= e.sign
				}
			}
		}
		s.looked = true
	}
	return s.signs&what != 0
}
