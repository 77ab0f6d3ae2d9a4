package finding

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"

	"anlan/account/source"
	"anlan/app"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/resource/project"
	"anlan/resource/voucher"
)

// What returns and final accounts may be doubted for.
var (
	ErrTotal = fault.Define("finding.total", fault.Conflict,
		"%s：合计与分项不符", "%s: the total is not its parts")
	ErrProject = fault.Define("finding.project_accounts", fault.Conflict,
		"决算“%s”为%s元，项目%s的凭证合计%s元、调节%s元，相差%s元", "the final accounts have %s at %s 元; the vouchers of project %s come to %s 元 and reconciliations to %s 元: %s 元 lie between")
	ErrTotalMissing = fault.Define("finding.total_missing", fault.Conflict,
		"%d年%s的%s没有“%s”（决算项目代码%s）：请补上这一行%s", "the final accounts of %d (%s), %s, lack %q (item %s): add the line%s")
	ErrProjectLines = fault.Define("finding.project_lines", fault.Conflict,
		"%d年%s的%s：“项目支出”为%s元，表内列出的%d个项目合计%s元，相差%s元", "the final accounts of %d (%s), %s: project expenditure is %s 元, the %d projects in the table come to %s 元; %s 元 lie between")
)

// statements: totals of returns and final accounts that are not their parts, returns that leave items out, and of whole years
// what vouchers do not explain of the accounts.
func (s *search) statements() error {
	sources, err := app.Figures{View: s.view}.Sources()
	if err != nil {
		return err
	}
	bureau := place.Unit(s.view.Head.Place)
	ask := source.Ask{Unit: bureau, Period: s.period}
	doubts, err := sources.Doubts(ask)
	if err != nil {
		return err
	}
	finals, err := all[source.FinalLine](s, source.FinalKind)
	if err != nil {
		return err
	}
	var failed error // that a name could not be looked up
	named := func(u place.Unit) lang.Text {
		name, err := app.UnitNamed(s.view, string(u))
		failed = cmp.Or(failed, err)
		return name
	}
	for _, d := range doubts {
		doubt := ErrTotal.With(d.Words(named))
		form, _, _ := strings.Cut(d.Total, ".")
		if form != source.FinalForm {
			if err := s.ofReturn(doubt, form, d.Unit, d.Period, d.Edition); err != nil {
				return err
			}
			continue
		}
		found := Finding{Doubt: doubt}
		if ways := linesOf(finals, d); len(ways) > 0 { // none where the actor may not see them
			found.Way, found.Others = ways[0], ways[1:]
		}
		s.found = append(s.found, found)
	}
	gaps, err := sources.Gaps(ask)
	if err != nil {
		return err
	}
	for _, g := range gaps {
		doubt, _ := errors.AsType[*fault.Fault](g.Err(named))
		if err := s.ofReturn(doubt, g.Form, g.Unit, g.Period, g.Edition); err != nil {
			return err
		}
	}
	if failed != nil {
		return failed
	}
	for _, year := range s.years() {
		if err := s.accounts(sources, bureau, year, finals); err != nil {
			return err
		}
	}
	return nil
}

// ofReturn keeps a finding about a return.
func (s *search) ofReturn(doubt *fault.Fault, form string, unit place.Unit, span string, edition source.Edition) error {
	r, err := s.view.Find(source.ReturnKind.Code(), form, string(unit), span, string(edition))
	if err == nil {
		s.add(doubt, source.ReturnKind, r)
	}
	return err
}

// linesOf are the ways to the lines of the final accounts that a doubt is about, the total's first.
func linesOf(finals []*source.FinalLine, d source.Doubt) (out []Way) {
	for _, code := range d.Items() {
		for _, l := range finals {
			if source.FinalForm+"."+l.Item == code && l.Entity == d.Unit && period.Year(int(l.Year)).String() == d.Period && l.Edition == d.Edition &&
				(d.Table == "" || l.Table == d.Table || l.Table == d.Beside) {
				out = append(out, wayTo(source.FinalKind, l))
			}
		}
	}
	return out
}

// accounts holds the final accounts of a year against the records: amounts that look as if they were in another unit of money, items
// that the records and reconciliations do not explain, and the lines of projects against the vouchers of each.
func (s *search) accounts(sources *source.Combined, bureau place.Unit, year period.Period, finals []*source.FinalLine) error {
	y := int64(year.First().Year())
	finals = slices.DeleteFunc(slices.Clone(finals), func(l *source.FinalLine) bool { return l.Entity != bureau || l.Year != y })
	if len(finals) == 0 {
		return nil
	}
	if err := s.missingTotals(finals); err != nil {
		return err
	}
	s.projectLines(finals)
	ofItem := func(code string) any {
		for _, l := range finals {
			if source.FinalForm+"."+l.Item == code {
				return l
			}
		}
		return nil
	}
	slips, err := sources.Slips(s.ctx, s.view.Tx(), bureau, y)
	if err != nil {
		return err
	}
	for _, slip := range slips {
		doubt, _ := errors.AsType[*fault.Fault](slip.Err())
		s.add(doubt, source.FinalKind, ofItem(slip.Item))
	}
	rests, err := sources.Rests(s.ctx, s.view.Tx(), bureau, y)
	if err != nil {
		return err
	}
	for _, r := range rests {
		if doubt, wrong := errors.AsType[*fault.Fault](r.Err()); wrong {
			s.add(doubt, source.FinalKind, ofItem(r.Item))
		}
	}
	return s.projects(year, finals)
}

// statedTotals are the items that table 01 has to state: without one a figure of the report is none recorded, or goes by the vouchers.
var statedTotals = []string{"income", "expenditure", "carry_in", "carry_out"}

// missingTotals finds accounts with a table 01 whose totals are nowhere stated, often because the line has no code of an item.
func (s *search) missingTotals(finals []*source.FinalLine) error {
	forms, err := all[source.Form](s, source.FormKind)
	if err != nil {
		return err
	}
	labels := map[string]lang.Text{}
	for _, f := range forms {
		for _, x := range f.Items {
			if f.Code == source.FinalForm {
				labels[x.Code] = lang.Text{Zh: x.LabelZh, En: x.LabelEn}
			}
		}
	}
	for _, of := range editionsOf(finals) {
		first := slices.IndexFunc(of, func(l *source.FinalLine) bool { return l.Table == source.Public01 })
		if first < 0 {
			continue
		}
		for _, item := range statedTotals {
			label, known := labels[item]
			if !known || slices.ContainsFunc(of, func(l *source.FinalLine) bool { return l.Item == item }) {
				continue
			}
			way, hint := of[first], lang.Text{}
			if i := slices.IndexFunc(of, func(l *source.FinalLine) bool { return l.Item == "" && meansTotal(l.Name, label.Zh) }); i >= 0 {
				way = of[i]
				hint = lang.Of(lang.Zh("；第"+strconv.FormatInt(way.Line, 10)+"行“"+way.Name+"”没有填代码，应填"+item), lang.En("; line "+strconv.FormatInt(way.Line, 10)+", "+way.Name+", has no item: it should be "+item))
			}
			s.add(ErrTotalMissing.With(way.Year, editionLabel(way), tableLabel(of[first]), label, item, hint), source.FinalKind, way)
		}
	}
	return nil
}

// meansTotal says whether the name of a line is that of a total: 本年收入合计, 年初结转和结余.
func meansTotal(name, label string) bool {
	return strings.NewReplacer("合计", "", "总计", "", " ", "", "　", "").Replace(name) == strings.TrimSuffix(label, "决算数")
}

// projectLines holds 项目支出 of each table against the projects that the same table lists, of projects and their parts the upper ones. A
// table with a total of its other projects is held against that by its parts.
func (s *search) projectLines(finals []*source.FinalLine) {
	for _, of := range editionsOf(finals) {
		byTable := map[source.Table][]*source.FinalLine{}
		var tables []source.Table
		for _, l := range of {
			if byTable[l.Table] == nil {
				tables = append(tables, l.Table)
			}
			byTable[l.Table] = append(byTable[l.Table], l)
		}
		for _, table := range tables {
			var total *source.FinalLine
			var listed []*source.FinalLine
			subtotals := false
			for _, l := range byTable[table] {
				switch {
				case l.Item == "project" && l.Project == "":
					subtotals = subtotals || total != nil
					total = l
				case l.Item == "project_other_total":
					subtotals = true
				case l.Item != "project" && (l.Project != "" || strings.HasPrefix(l.Item, "project_")):
					listed = append(listed, l)
				}
			}
			if total == nil || subtotals || len(listed) == 0 {
				continue
			}
			sum, projects := money.Fen(0), 0
			for _, l := range listed {
				if !slices.ContainsFunc(listed, func(o *source.FinalLine) bool { return o.Project != "" && strings.HasPrefix(l.Project, o.Project+"-") }) {
					sum, projects = sum+l.Amount, projects+1
				}
			}
			if rest := total.Amount - sum; rest != 0 {
				s.add(ErrProjectLines.With(total.Year, editionLabel(total), tableLabel(total), total.Amount, projects, sum, rest), source.FinalKind, total)
			}
		}
	}
}

// editionsOf are the lines by their edition.
func editionsOf(finals []*source.FinalLine) (out [][]*source.FinalLine) {
	for _, e := range []source.Edition{source.Draft, source.Approved} {
		if of := slices.DeleteFunc(slices.Clone(finals), func(l *source.FinalLine) bool { return l.Edition != e }); len(of) > 0 {
			out = append(out, of)
		}
	}
	return out
}

func editionLabel(l *source.FinalLine) lang.Text {
	e, _ := source.FinalEditions.Find(l.Edition)
	return e.Label
}

func tableLabel(l *source.FinalLine) lang.Text {
	t, _ := source.Tables.Find(l.Table)
	return t.Label
}

// projects holds the lines of the final accounts that name a project against the vouchers of that project and of its parts.
func (s *search) projects(year period.Period, finals []*source.FinalLine) error {
	reconciled, err := all[source.Reconciliation](s, source.ReconciliationKind, book.Filter{Field: "year", Op: field.OpIs, Value: year.First().String()[:4]})
	if err != nil {
		return err
	}
	known, err := all[project.Project](s, project.Workflow)
	if err != nil {
		return err
	}
	if n, err := s.view.Count(book.Query{Kind: voucher.Kind.Code(), Filters: in(year, "paid_on")}); err != nil || n == 0 {
		return err // a year of which the book has accounts and no vouchers
	}
	named, between := map[string]lang.Text{}, map[string]money.Fen{}
	for _, l := range finals {
		named[l.Project] = lang.Named(lang.Text{}, l.Project)
	}
	for _, p := range known {
		named[p.Code] = p.Named()
	}
	for _, r := range reconciled {
		between[r.Item] += r.Amount
	}
	for _, l := range finals {
		if l.Project == "" {
			continue
		}
		paid, err := app.PaidOn(s.view, l.Project, year)
		if err != nil {
			return err
		}
		if rest := l.Amount - paid - between[l.Item]; rest != 0 {
			s.add(ErrProject.With(l.Name, l.Amount, named[l.Project], paid, between[l.Item], rest), source.FinalKind, l)
		}
	}
	return nil
}
