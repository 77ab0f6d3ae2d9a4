package report

import (
	"cmp"
	"math/big"
	"slices"
	"strings"

	"anlan/account/check"
	"anlan/account/indicator"
	"anlan/account/report/document"
	"anlan/ground/fault"
	"anlan/ground/lang"
)

// directed sets the figure behind a verb of change (比上年下降{deaths-change}): where the verb is true, its size is printed without the
// sign. A verb that the figure contradicts, and one before a form that puts its own, are refused; a draft marks them.
func (p *page) directed(before string, name string, at fault.Where, in document.Inlines) document.Inlines {
	word, up := check.Way(before)
	ref, declared := p.references[name]
	n, known := p.numbers[name]
	if word == "" || !declared || !known {
		return in
	}
	counts := p.results[name].Question().Indicator.Change()
	sign := signOf(n.decimal)
	rises := sign
	if counts == indicator.Fall {
		rises = -sign
	}
	said := -1
	if up {
		said = 1
	}
	switch {
	case ref.form.word == "change" || ref.form.word == "fewer":
		return p.forbidden(ErrWayTwice.With(word, ref.form.word), at, in)
	case counts == indicator.NoChange && sign >= 0: // an amount by which something else changed: 支出减少{saved}
		return in
	case rises != said:
		form := "change"
		if counts == indicator.Fall {
			form = "fewer"
		}
		return p.forbidden(ErrWrongWay.With(word, p.results[name].Question().Indicator.Label(), n.text, ways[rises+1], word, form), at, in)
	case sign > 0:
		return in
	}
	return p.size(up, ref, n, in)
}

// ways are what a change is, from a fall to a rise.
var ways = []lang.Text{lang.Of("下降", "a fall"), lang.Of("持平", "no change"), lang.Of("上升", "a rise")}

// size sets the figure of a change without its sign, which the verb before it has.
func (p *page) size(up bool, ref *reference, n number, in document.Inlines) document.Inlines {
	for i, x := range in {
		f, ok := x.(document.Figure)
		if !ok {
			continue
		}
		f.Text = strings.Replace(f.Text, "−", "", 1)
		if ref.form.wide() {
			n.value = new(big.Rat).Neg(n.value)
			text, err := ref.form.state(n, f.Name)
			if err != nil {
				return p.forbidden(err, ref.at, in)
			}
			f.Text = text
		}
		if f.Lead = words["change"][1]; up {
			f.Lead = words["change"][0]
		}
		in[i] = f
	}
	return in
}

// forbidden keeps what forbids a figure where it stands, and marks it in a draft.
func (p *page) forbidden(err error, at fault.Where, in document.Inlines) document.Inlines {
	mark, internal := p.forbid(at, err)
	switch {
	case internal != nil:
		p.failed = cmp.Or(p.failed, internal)
	case mark != "":
		return append(slices.Clip(in), mark)
	}
	return in
}
