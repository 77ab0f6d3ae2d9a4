package web

import (
	"anlan/app"
	"anlan/ground/lang"
	"anlan/office/role"
	"anlan/record/access"
)

// rightsTable is the page that says who may do what.
type rightsTable struct {
	Roles []rightsRole
	Rows  []rightsRow
}

type rightsRole struct{ Code, Label, Sees string }

type rightsRow struct {
	Label string
	Kind  bool
	Cells []string
}

// rights shows the roles with what each may do, to whoever may read roles.
func (s *Server) rights(v *visit) error {
	if err := v.actor().Allow(access.Read, role.Kind.Code(), role.Kind.Label()); err != nil {
		return err
	}
	all, err := s.app.Roles(v.r.Context(), v.actor())
	if err != nil {
		return err
	}
	var x rightsTable
	for _, r := range all {
		x.Roles = append(x.Roles, rightsRole{r.Code, r.Label.In(v.lang), r.Clearance.Label().In(v.lang)})
	}
	for _, r := range app.RightsTable(all, s.app.Book.Kinds()) {
		row := rightsRow{Label: r.Label.In(v.lang), Kind: r.Kind}
		for _, c := range r.Cells {
			row.Cells = append(row.Cells, c.In(v.lang))
		}
		x.Rows = append(x.Rows, row)
	}
	p := v.page(v.t("谁可以做什么", "Who may do what"))
	p.Wing = "office"
	p.Lead = v.t("每人只在自己的单位及其下属范围内；同一种类以最具体的一行为准", "each within the units that they act for; of the lines about a kind the nearest holds")
	p.Crumbs = []anchor{{Text: sectionOf(role.Kind.Code()).Label.In(v.lang), To: "/wings/office"}, {Text: v.t(lang.Zh(role.Kind.Label().Zh), lang.En(role.Kind.Label().En)), To: "/records/role"}}
	return v.show(p, rightsPage(p, x))
}
