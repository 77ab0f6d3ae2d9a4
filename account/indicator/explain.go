package indicator

import (
	"fmt"
	"strings"

	"anlan/ground/lang"
)

// Explain writes a figure so that a clerk can do it again by hand: the expression in words, each measure that was read with its
// period, value and number of records, each step of the arithmetic, the rounding, and the source and hash of the definition.
//
//	事故死亡人数同比（2023年，430600）：−11%
//	  算式　（事故死亡人数 − 事故死亡人数（上年同期）） ÷ 事故死亡人数（上年同期）
//	  取数　事故死亡人数（2023年）：97 人，记录97条，accident.deaths
//	  　　　事故死亡人数（2022年）：109 人，记录109条，accident.deaths
//	  计算　97 人 − 109 人 = −12 人
//	  　　　−12 人 ÷ 109 人 ≈ −0.11009174
//	  修约　保留0位小数，四舍五入：−11%
func (r Result) Explain(l lang.Lang) string {
	w := &explanation{lang: l, seen: map[string]bool{}}
	i := r.question.Indicator
	label := i.label
	if i.code == "" {
		label = i.Words()
	}
	head := label.In(l) + " (" + r.question.Period.Label().In(l) + ", " + string(r.question.Unit) + "): "
	if l != lang.English {
		head = label.Zh + "（" + r.question.Period.Label().Zh + "，" + string(r.question.Unit) + "）："
	}
	w.out.WriteString(head + r.Text().In(l) + "\n")
	w.row(lang.Of("算式", "expression"), i.Words().In(l))
	parts := r.parts()
	for _, p := range parts {
		if len(p.Of) == 0 && p.Code != "" {
			w.row(lang.Of("取数", "read"), w.read(p))
			for _, t := range p.Origin.Parts {
				w.row(lang.Of("来源", "from"), t.In(l))
			}
			for _, t := range p.Origin.Others {
				w.row(lang.Of("另据", "also"), t.In(l))
			}
		}
	}
	for _, p := range parts {
		if len(p.Of) > 0 && !p.plainNumber() {
			w.step(p)
		}
	}
	if last := parts[len(parts)-1]; last.Value.unit != i.unit {
		w.row(computedRow, equals(last.Value.operand(l), r.Value().Text().In(l)))
	}
	if r.outcome.state == Computed {
		w.row(lang.Of("修约", "rounded"), fmt.Sprintf(lang.Of("保留%d位小数，四舍五入：%s", "decimals: %d, halves away from zero: %s").In(l),
			i.decimals, spaced(printed(r.Decimal(), i.grouped), i.unit)))
	} else {
		w.row(lang.Of("原因", "because"), r.outcome.why.In(l))
	}
	if i.source != "" {
		w.row(lang.Of("出处", "source"), i.source)
	}
	w.row(lang.Of("定义", "definition"), strings.TrimSpace(i.code+" sha256:"+i.Hash()))
	return w.out.String()
}

type explanation struct {
	out     strings.Builder
	lang    lang.Lang
	heading string
	seen    map[string]bool
}

// row writes one line below its heading, which stands once for the lines that share it. What was said is not said again.
func (w *explanation) row(heading lang.Text, line string) {
	h := heading.In(w.lang)
	if w.seen[h+line] {
		return
	}
	w.seen[h+line] = true
	column := h
	if h == w.heading {
		column = ""
	}
	w.heading = h
	if w.lang == lang.English {
		fmt.Fprintf(&w.out, "  %-12s%s\n", column, line)
		return
	}
	w.out.WriteString("  " + column + strings.Repeat("　", 3-len([]rune(column))) + line + "\n")
}

// read tells a measure or a constant.
func (w *explanation) read(p *Part) string {
	value := p.Value.Text().In(w.lang)
	if c, ok := p.node.ref.(*constant); ok {
		return fmt.Sprintf(lang.Of("%s：常数 %s，%s", "%s: constant %s, %s").In(w.lang), c.label.In(w.lang), value, c.code)
	}
	what := dated(p.Words(), p.Period).In(w.lang)
	if p.Value.state != Computed || p.Records == NotCounted {
		return fmt.Sprintf(lang.Of("%s：%s，%s", "%s: %s, %s").In(w.lang), what, value, p.Code)
	}
	return fmt.Sprintf(lang.Of("%s：%s，记录%d条，%s", "%s: %s, records: %d, %s").In(w.lang), what, value, p.Records, p.Code)
}

var computedRow = lang.Of("计算", "computed")

// step is one step: the operands, the operator, what came out. Operands of one dimension are brought to the unit of the first
// before, each in a row of its own.
func (w *explanation) step(p *Part) {
	result := p.Value.Text().In(w.lang)
	switch p.node.kind {
	case nameNode:
		w.row(computedRow, equals(dated(labelOf(p.node.ref), p.Period).In(w.lang), result))
		return
	case pointsNode:
		w.row(computedRow, equals(p.Of[0].Value.operand(w.lang), result))
		return
	}
	values := make([]string, len(p.Of))
	for k, o := range p.Of {
		values[k] = o.Value.operand(w.lang)
		if to := p.Of[0].Value.unit; p.node.kind != bandNode && o.Value.unit != to && !bare(to) && o.Value.unit.Dimension() == to.Dimension() {
			values[k] = o.Value.into(to).operand(w.lang)
			w.row(computedRow, equals(o.Value.operand(w.lang), o.Value.into(to).Text().In(w.lang)))
		}
	}
	w.row(computedRow, equals(p.operation(w.lang, values), result))
}

// equals joins two values; an approximate right one brings its own sign.
func equals(left, right string) string {
	if strings.HasPrefix(right, "≈") {
		return left + " " + right
	}
	return left + " = " + right
}

// operation spells a part with values in place of its operands.
func (p *Part) operation(l lang.Lang, values []string) string {
	spelt := map[*node]string{}
	n := *p.node
	n.of = make([]*node, len(values))
	for k, v := range values {
		if k > 0 && n.kind <= divideNode && strings.HasPrefix(v, "−") {
			v = "(" + v + ")"
		}
		n.of[k] = &node{kind: nameNode}
		spelt[n.of[k]] = v
	}
	return withValues(l, spelt).write(&n, 0)
}

// plainNumber says whether the part is a number with a minus before it, which is no step.
func (p *Part) plainNumber() bool {
	return p.node.kind == negateNode && p.Of[0].node.kind == literalNode
}
