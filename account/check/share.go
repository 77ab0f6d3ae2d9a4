package check

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"anlan/ground/lang"
)

// checkShares judges 占基本支出79.04%: the share is of the figure right before it, and of a whole that the words name, or
// that 其中 has given. Shares of one whole that make 100% show that their parts are all of it, so that these are added.
func checkShares(s *sentence) {
	for k := 1; k+1 < len(s.mentions); k++ {
		s.shareOfValue(s.mentions[k-1], s.mentions[k], s.mentions[k+1])
	}
	for k, m := range s.mentions {
		behind := s.line.Text[m.n.End:]
		if m.kind != share || k > 0 && strings.HasPrefix(strings.TrimLeft(s.mentions[k-1].lead, "，,、（( 　"), "占") || strings.HasPrefix(behind, "（占") || strings.HasPrefix(behind, "(占") { // of a whole that is named behind it
			continue
		}
		if part := s.partOfShare(m); part != nil {
			s.judgeShare(m, part)
		}
	}
}

// ofValue stands between the value of a whole and the share of it: 占总支出100万元的40%.
var ofValue = regexp.MustCompile(`^[ 　]*的?(?:比重|比例)?(?:约?为|达到?|是|约)?$`)

// shareOfValue judges 项目支出40万元，占总支出100万元的40%, where the words of the share have the whole with its value.
func (s *sentence) shareOfValue(part, whole, m *mention) {
	name, ok := strings.CutPrefix(strings.TrimLeft(whole.lead, "，,、（( 　"), "占")
	if !ok || strings.HasPrefix(name, "用") || m.kind != level || !m.percent() || whole.kind != level || part.kind != level || part.percent() || !part.sameDimension(whole) ||
		part.listSize > 1 || whole.listSize > 1 || m.listSize > 1 || m.depth != whole.depth || !ofValue.MatchString(s.line.Text[whole.n.End:m.n.Offset]) || !strings.Contains(s.line.Text[whole.n.End:m.n.Offset], "的") && !strings.Contains(s.line.Text[whole.n.End:m.n.Offset], "比") {
		return
	}
	if strings.Trim(s.line.Text[part.n.End:whole.opens], "，,、（( 　") != "" {
		return
	}
	m.kind, m.whole, m.core = share, name, ""
	whole.core, whole.subject = normal(name), strings.TrimSpace(name)
	c := shareClaim(m, part, whole)
	c.padded = s.padded(m)
	s.paper.settle(c)
	s.paper.shareOf(whole, part, m)
}

func (s *sentence) judgeShare(m, part *mention) {
	wholes := s.wholesOf(m, part)
	if len(wholes) == 0 {
		s.keepWhole(m, part)
		s.paper.notCheckable(int(s.line.Number), quote(s, []*number{part.n, m.n}), lang.Of(
			lang.Zh("占比所依的总体“"+m.whole+"”没有给出数值"), lang.En("the whole of this share (“"+m.whole+"”) has no figure in the text")))
		return
	}
	best := wholes[0]
	if i := slices.IndexFunc(wholes, func(w *mention) bool { return w.isTotalOf(part) }); i > 0 {
		best = wholes[i]
	}
	for _, w := range wholes {
		if c := shareClaim(m, part, w); c.holds() {
			best = w
			break
		}
	}
	c := shareClaim(m, part, best)
	c.padded = s.padded(m)
	c.presumed = part.partOf != best && (len(wholes) > 1 || like(best.core, wholeName(m.whole)) != equal) && !(m.whole == "" && best.isTotalOf(part))
	s.paper.settle(c)
	s.paper.shareOf(best, part, m)
}

func shareClaim(m, part, whole *mention) claim {
	return claim{rule: "share", what: lang.Of(lang.Zh(name(part)+"占"+name(whole)+"的比重"), lang.En("the share of "+name(part)+" in "+name(whole))), form: ratio, stated: m, operands: []*mention{part, whole}}
}

// partOfShare is the figure that a share is of: that in its place in a list of as many before it; the one right before it,
// with nothing but marks before 占; or the one that the words before 占 name.
func (s *sentence) partOfShare(m *mention) (part *mention) {
	if core := normal(m.core); core != "" { // 税收收入66342万元 …，税收收入占地方财政收入66.19%
		if m.listSize > 1 {
			return nil
		}
		s.back(m.place, func(o *mention) bool {
			if o.kind == level && o.core == core && !o.percent() {
				part = o
			}
			return part == nil
		})
		return part
	}
	if m.list == 0 {
		return nil
	}
	last := s.mentions[m.list-1]
	between := s.line.Text[last.n.End:s.mentions[m.list].n.Offset]
	i := strings.LastIndex(between, "占")
	if i < 0 || last.kind != level || last.percent() || last.listSize != m.listSize || strings.Trim(between[:i], "，,、（( 　约共") != "" {
		return nil
	}
	return s.mentions[last.list+m.place-m.list]
}

// unnamedWholes mean the whole that was spoken of.
var unnamedWholes = wordsOf("总数", "总额", "总量", "全部", "其")

// wholeName is the name of a whole as subjects are compared.
func wholeName(words string) string {
	for _, s := range scopes {
		if i := strings.LastIndex(words, s.word); i >= 0 {
			words = words[i+len(s.word):]
			break
		}
	}
	return normal(words)
}

// wholesOf are the figures that a share may be of, the likeliest first.
func (s *sentence) wholesOf(m, part *mention) (out []*mention) {
	fits := func(w *mention) bool {
		return w != part && w.kind == level && w.sameDimension(part) && w.period.year == part.period.year && !w.Form().Vague() && w.listSize == 1
	}
	whole := wholeName(m.whole)
	if whole == "" || unnamedWholes.in(whole) || generic(whole) || runes(whole) < 2 {
		if part.partOf != nil { // else what stands before it in the sentence: 规上企业20家，其中亏损5家，占25%
			out = append(out, part.partOf)
		}
		for _, w := range s.mentions {
			if fits(w) && w != part.partOf && (w.place < part.place || strings.Contains(w.subject, "总")) {
				out = append(out, w)
			}
		}
		return out
	}
	if part.partOf != nil && like(part.partOf.core, whole) != unlike {
		out = append(out, part.partOf)
	}
	for k := part.place - 1; k >= 0; k-- {
		if w := s.mentions[k]; fits(w) && like(w.core, whole) != unlike {
			out = append(out, w)
		}
	}
	known := s.paper.subjects.get(whole)
	for k := len(known) - 1; k >= 0; k-- {
		if fits(known[k]) && (s.near(known[k]) || s.paper.between.before(m, known[k])) {
			out = append(out, known[k])
		}
	}
	return out
}

// isTotalOf says whether the words call a figure the total of what the next figure is a part of: 总装机9157万千瓦，新能源装机4091万千瓦、占比44.7%.
func (m *mention) isTotalOf(part *mention) bool {
	noun, called := strings.CutPrefix(normal(m.core), "总")
	return called && runes(noun) >= 2 && part.sentence == m.sentence && part.place == m.place+1 && part.depth == m.depth &&
		part.core != noun && strings.HasSuffix(part.core, noun)
}

// near says whether a figure stands within the window before the sentence.
func (s *sentence) near(m *mention) bool {
	return int(s.line.Number)-int(m.n.line.Number) <= windowLines
}

// padded says whether a percentage ends in zeros where another of the sentence has fewer digits; 0% and 100% are written
// without decimals anyway and show nothing.
func (s *sentence) padded(m *mention) bool {
	if m.Decimals() == 0 || !strings.HasSuffix(m.Number(), "0") {
		return false
	}
	for _, o := range s.mentions {
		if o.percent() && o.Decimals() < m.Decimals() && !o.Value().IsZero() && numberOf(o.Figure).cmp(hundred) != 0 {
			return true
		}
	}
	return false
}

// parted is a part of a whole with the share that was stated of it.
type parted struct{ part, share *mention }

// sharesMax bounds the parts that are kept of one whole.
const sharesMax = 60

// shareOf keeps a part of a whole; when the shares make 100% at their printed precision, the parts are added.
func (p *paper) shareOf(whole, part, share *mention) {
	key := strconv.Itoa(whole.n.id)
	known := p.shares.get(key)
	if len(known) >= sharesMax {
		return
	}
	for _, k := range known {
		if k.part == part {
			return
		}
	}
	known = append(known[:len(known):len(known)], parted{part, share})
	p.shares.put(key, known)
	if len(known) < 2 {
		return
	}
	parts, shares := make([]*mention, len(known)), make([]span, len(known))
	for i, k := range known {
		parts[i] = k.part
		var ok bool
		if shares[i], ok = k.share.bounds(); !ok {
			return
		}
	}
	low, high, _ := total(len(shares)).bounds(shares)
	if low.cmp(one) > 0 || high.cmp(one) < 0 {
		return
	}
	p.settle(claim{rule: "sum", what: lang.Of(lang.Zh(name(whole)+"的组成（各部分占比合计100%）"), lang.En("the parts of "+name(whole)+" (their shares make 100%)")),
		form: total(len(parts)), stated: whole, operands: parts})
}
