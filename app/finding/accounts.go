package finding

import (
	"strings"

	"anlan/account/source"
	"anlan/app"
	"anlan/ground/fault"
	"anlan/ground/money"
	"anlan/ground/place"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/resource/voucher"
)

// What returns and final accounts may be doubted for.
var (
	ErrTotal = fault.Define("finding.total", fault.Conflict,
		"%s：合计与分项不符", "%s: the total is not its parts")
	ErrProject = fault.Define("finding.project_accounts", fault.Conflict,
		"决算“%s”为%s元，项目“%s”的凭证合计%s元、调节%s元，相差%s元", "the final accounts have %s at %s 元; the vouchers of project %q come to %s 元 and reconciliations to %s 元: %s 元 lie between")
)

// statements: totals of returns and final accounts that are not their parts, and what vouchers do not explain.
func (s *search) statements() error {
	sources, err := app.Figures{View: s.view}.Sources()
	if err != nil {
		return err
	}
	bureau := place.Unit(s.view.Head.Place)
	doubts, err := sources.Doubts(source.Ask{Unit: bureau, Period: s.period})
	if err != nil {
		return err
	}
	for _, d := range doubts {
		doubt := ErrTotal.With(d.Words())
		form, _, _ := strings.Cut(d.Total, ".")
		if form == source.FinalForm {
			s.add(doubt, nil, nil)
			continue
		}
		r, err := s.view.Find(source.ReturnKind.Code(), form, string(d.Unit), d.Period, string(d.Edition))
		if err != nil {
			return err
		}
		s.add(doubt, source.ReturnKind, r)
	}
	return s.projects(bureau)
}

// projects holds the lines of the final accounts that name a project against the vouchers of that project.
func (s *search) projects(bureau place.Unit) error {
	year := int64(s.period.Last().Year())
	ofYear := []book.Filter{{Field: "entity", Op: field.OpIs, Value: string(bureau)}, {Field: "year", Op: field.OpIs, Value: s.period.Last().String()[:4]}}
	lines, err := all[source.FinalLine](s, source.FinalKind, ofYear...)
	if err != nil || len(lines) == 0 {
		return err
	}
	reconciled, err := all[source.Reconciliation](s, source.ReconciliationKind, ofYear...)
	if err != nil {
		return err
	}
	vouchers, err := all[voucher.Voucher](s, voucher.Kind, s.in("paid_on")...)
	if err != nil {
		return err
	}
	paid, between := map[string]money.Fen{}, map[string]money.Fen{}
	for _, v := range vouchers {
		paid[v.Project] += v.Amount
	}
	for _, r := range reconciled {
		between[r.Item] += r.Amount
	}
	for _, l := range lines {
		if l.Project == "" || l.Year != year {
			continue
		}
		if rest := l.Amount - paid[l.Project] - between[l.Item]; rest != 0 {
			s.add(ErrProject.With(l.Name, l.Amount, l.Project, paid[l.Project], between[l.Item], rest), source.FinalKind, l)
		}
	}
	return nil
}
