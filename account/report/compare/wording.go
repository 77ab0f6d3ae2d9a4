package compare

import (
	"strings"

	"anlan/account/indicator"
)

// wording is words by which an indicator is printed, folded, in their order; the figure stands between before and behind.
type wording struct {
	before, behind []string
	runes          int
}

// wordingsOf are an indicator's name and what its definition says besides.
func wordingsOf(i *indicator.Indicator) []wording {
	out := []wording{wordingOf([]string{i.Label().Zh})}
	for _, text := range i.Also() {
		out = append(out, wordingOf(strings.Fields(text)))
	}
	return out
}

func wordingOf(words []string) (w wording) {
	to := &w.before
	for _, word := range words {
		if word == indicator.FigureMark {
			to = &w.behind
			continue
		}
		if f := fold(word); f != "" {
			*to = append(*to, f)
		}
	}
	if n := len(w.before); n > 0 {
		w.before[n-1] = withoutExpenditure(trimTails(w.before[n-1]))
	}
	for _, word := range append(w.before[:len(w.before):len(w.before)], w.behind...) {
		w.runes += runes(word)
	}
	return w
}

// withoutExpenditure makes 公用经费支出 into 公用经费: the same amount.
func withoutExpenditure(s string) string {
	if rest, ok := strings.CutSuffix(s, "支出"); ok && strings.HasSuffix(rest, "费") {
		return rest
	}
	return s
}

// strength is how sure a wording is met.
type strength int

const (
	unmet  strength = iota
	nearly          // its words are there, and others that may make it something else
	fully           // its words are there, and nothing beside them that matters
)

// surroundings are what a report says around a figure, folded.
type surroundings struct {
	own     []string // ways to read the words before it in its clause, the plainest first, without those that change nothing behind them
	earlier string   // what stands before them: the sentence, then the heading above
	after   string   // the words behind it up to a mark or the next figure
	beyond  string   // those up to the end of the clause

	narrowed bool // it is said of a part: under the name of a place, or behind one with a colon
	fate     bool // it counts what became of people
}

// met says how sure the wording is met in its surroundings.
func (w *wording) met(c *surroundings) strength {
	behind := w.metBehind(c)
	if behind == unmet {
		return unmet
	}
	best := unmet
	for _, own := range c.own {
		best = max(best, w.metBefore(own, c.earlier))
	}
	return min(best, behind)
}

// metBehind looks for the words behind the figure.
func (w *wording) metBehind(c *surroundings) strength {
	if len(w.behind) == 0 {
		return fully
	}
	const gapRunes = 4 // between the figure and what it counts: 4个中心城区乡镇
	result := fully
	at := strings.Index(c.after, w.behind[0])
	if at < 0 || len(w.before) == 0 && runes(c.after[:at]) > gapRunes {
		result = nearly
	}
	rest := c.after + c.beyond
	for _, word := range w.behind {
		i := strings.Index(rest, word)
		if i < 0 {
			return unmet
		}
		rest = rest[i+len(word):]
	}
	return result
}

// metBefore looks for the words before the figure: the last must stand in the figure's own clause.
func (w *wording) metBefore(own, earlier string) strength {
	k := len(w.before) - 1
	if k < 0 {
		if neutral(own) {
			return fully
		}
		return nearly
	}
	i := strings.LastIndex(own, w.before[k])
	if i < 0 {
		return unmet
	}
	result := fully
	if i+len(w.before[k]) < len(own) {
		result = nearly
	}
	head := own[:i]
	for k--; k >= 0; k-- {
		at := strings.LastIndex(head, w.before[k])
		if at < 0 {
			break
		}
		head = head[:at]
	}
	if !neutral(head) {
		result = nearly
	}
	for ; k >= 0; k-- {
		at := strings.LastIndex(earlier, w.before[k])
		if at < 0 {
			return unmet
		}
		earlier = earlier[:at]
	}
	return result
}
