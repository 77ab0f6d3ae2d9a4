package compare

import (
	"math/big"
	"slices"
	"strings"

	"anlan/account/indicator"
	"anlan/ground/figure"
	"anlan/ground/lang"
)

// finding asks about a rate that differs, with all figures that follow from it.
func (c *comparison) finding(s *stand, overs, unders []side) Finding {
	f := Finding{Indicator: s.of.Code(), Line: int(s.figures[0].Line.Number)}
	var stated, ours []string
	var when, whenEn []string
	for _, m := range s.figures {
		f.Figures = append(f.Figures, m.ID)
		stated = append(stated, m.String())
		ours = append(ours, atDigits(m.value, m.Decimals())+m.Unit().String())
		when, whenEn = append(when, m.period.Label().Zh), append(whenEn, m.period.Label().En)
	}
	for _, m := range c.matches {
		if slices.ContainsFunc(m.origins, func(id string) bool { return slices.Contains(f.Figures, id) }) {
			f.Figures = append(f.Figures, m.ID)
		}
	}
	label := s.of.Label()
	zh := label.Zh + "：文中" + pairs(lang.Chinese, when, stated) + "；按" + s.over.label.Zh + s.over.list(lang.Chinese) + "除以" + s.under.label.Zh + s.under.list(lang.Chinese) + "，应为" + strings.Join(ours, "、") + "。"
	en := label.En + ": the text says " + pairs(lang.English, whenEn, stated) + "; " + s.over.label.En + " " + s.over.list(lang.English) + " over " + s.under.label.En + " " + s.under.list(lang.English) + " give " + strings.Join(ours, ", ") + "."
	for _, o := range overs {
		zh += "用" + o.label.Zh + o.list(lang.Chinese) + "作分子，正得文中之数：是另一种口径，还是把" + o.label.Zh + "当成了" + s.over.label.Zh + "？"
		en += " With " + o.label.En + " " + o.list(lang.English) + " over the line they give what is printed: another scope, or was " + o.label.En + " taken for " + s.over.label.En + "?"
	}
	for _, u := range unders {
		zh += "用" + u.label.Zh + u.list(lang.Chinese) + "作分母，正得文中之数：是另一种口径，还是把" + u.label.Zh + "当成了" + s.under.label.Zh + "？"
		en += " With " + u.label.En + " " + u.list(lang.English) + " under the line they give what is printed: another scope, or was " + u.label.En + " taken for " + s.under.label.En + "?"
	}
	f.Message = lang.Text{Zh: zh, En: en}
	return f
}

// list writes the values of a side with their marks: 4710.67亿元、4841.78亿元（未核实）.
func (s *side) list(l lang.Lang) string {
	var all []string
	for k, v := range s.values {
		text := plainIn(v, l)
		if k < len(s.marks) && s.marks[k] != (lang.Text{}) {
			text += lang.Text{Zh: "（" + s.marks[k].Zh + "）", En: " (" + s.marks[k].En + ")"}.In(l)
		}
		all = append(all, text)
	}
	return strings.Join(all, lang.Of("、", ", ").In(l))
}

func plainIn(v indicator.Value, l lang.Lang) string {
	if v.State() != indicator.Computed {
		return v.Text().In(l)
	}
	return plain(v)
}

// pairs writes what was said of some times: 2022年为0.022人/亿元、2023年为0.018人/亿元.
func pairs(l lang.Lang, when, what []string) string {
	all := make([]string, len(when))
	for k := range when {
		all[k] = lang.Text{Zh: when[k] + "为" + what[k], En: what[k] + " (" + when[k] + ")"}.In(l)
	}
	return strings.Join(all, lang.Of("、", ", ").In(l))
}

// atDigits is x at the digits of the figure that should state it.
func atDigits(x *big.Rat, decimals int) string {
	f, err := figure.Round(x, decimals, figure.One)
	if err != nil {
		return figure.DecimalText(x)
	}
	return f.Number()
}
