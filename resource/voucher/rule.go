package voucher

import (
	"anlan/ground/classification"
	"anlan/ground/fault"
)

// Faults of vouchers.
var (
	ErrNotBasic = fault.Define("voucher.not_basic", fault.Invalid,
		"基本支出不能列支%s：只能用于301、303（人员经费）和302、310（公用经费）；属项目支出的，请填项目支出和项目编码", "basic expenditure cannot be spent on %s: only 301, 303 (staff costs) and 302, 310 (operating costs); if it is a project, say so with its code")
	ErrProjectCode = fault.Define("voucher.project_code", fault.Invalid,
		"%s的项目编码为“%s”：项目支出应有项目编码，基本支出不应有", "a voucher of %s has the project code %q: project expenditure has one, basic expenditure has none")
)

// derive computes under which cost and which of the three publics the voucher is printed.
func (v *Voucher) derive() {
	v.Cost, _ = classification.CostOf(v.Category, v.Economic)
	v.ThreePublic = classification.ThreePublicOf(v.Economic)
}

// ofItsProject: project money is spent on a project, and basic money on none.
func (v *Voucher) ofItsProject() error {
	if basic := v.Category == classification.Basic; basic == (v.Project != "") {
		c, _ := classification.Categories.Find(v.Category)
		return ErrProjectCode.With(c.Label, v.Project)
	}
	return nil
}

// ofItsCost: what a category may be spent on.
func (v *Voucher) ofItsCost() error {
	if v.Cost == "" {
		e, _ := classification.Economics.Find(v.Economic)
		return ErrNotBasic.With(e.Label)
	}
	return nil
}
