package check

import (
	"math/big"
	"strings"

	"anlan/ground/lang"
)

// checkFormulas contradicts the cells of a workbook that show another number than their own formula gives. A formula that cannot be
// computed from the cells of its sheet is not among them.
func (p *paper) checkFormulas() {
	for _, g := range p.doc.Formulas {
		stored, computed := plain(g.Stored), plain(g.Computed)
		p.file.add(Relation{
			Rule: "formula", Verdict: Contradiction, Line: g.Line, Cell: g.Cell.Name,
			Quote: g.Cell.Text, Figures: []string{}, Formula: g.Text, Stated: stored, Expected: &Bounds{computed, computed},
			Message: lang.Of(
				lang.Zh("单元格"+g.Cell.Name+"显示"+g.Cell.Text+"，存的结果是"+stored+"；按它自己的公式"+g.Text+"，由同表各格应得"+computed+"。改动后没有重算，还是在结果上直接改了数？"),
				lang.En("cell "+g.Cell.Name+" shows "+g.Cell.Text+" and stores "+stored+"; its own formula "+g.Text+" gives "+computed+" from the cells of the sheet. Was it not computed again after a change, or typed over?")),
		})
	}
}

// plain writes a number without zeros at its end, with at most ten decimal places.
func plain(v *big.Rat) string {
	s := v.FloatString(10)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}
