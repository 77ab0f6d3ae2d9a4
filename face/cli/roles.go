package cli

import (
	"context"

	"anlan/app"
	"anlan/ground/lang"
	"anlan/record/access"
)

// userRoles prints who may do what: the table of rights, or each role with its lines for programs.
func (e *env) userRoles(ctx context.Context, a *app.App, _ []string, _ userOptions) error {
	all, err := a.Roles(ctx, e.actor())
	if err != nil {
		return err
	}
	if e.format == "json" {
		for _, r := range all {
			if err := writeLine(e.out, plainRole(r)); err != nil {
				return err
			}
		}
		return nil
	}
	t := table{out: e.out}
	codes, labels, sees := []string{""}, []string{""}, []string{lang.Of("可看到", "sees up to").In(e.lang)}
	for _, r := range all {
		codes, labels, sees = append(codes, r.Code), append(labels, r.Label.In(e.lang)), append(sees, r.Clearance.Label().In(e.lang))
	}
	if e.lang == lang.Chinese {
		t.row(codes...)
	}
	t.row(labels...)
	t.row(sees...)
	for _, row := range app.RightsTable(all, a.Book.Kinds()) {
		label := row.Label.In(e.lang)
		if row.Kind {
			label = "  " + label
		}
		cells := []string{label}
		for _, c := range row.Letters {
			cells = append(cells, c.In(e.lang))
		}
		t.row(cells...)
	}
	t.flush()
	e.print(lang.Of("\n看=查看 登=登记 改=修改 废=作废 办=办理全部步骤 补=补录（直接登记为后面的状态）；数字是可办理的步骤数，anlan user roles --format json 列出是哪些",
		"\nR read  C create  E edit  W withdraw  S all steps  G register (enter in a later state); a number counts the steps that may be made, anlan user roles --format json names them"))
	return nil
}

// roleJSON is a role for programs.
type roleJSON struct {
	Code      string      `json:"code"`
	Label     lang.Text   `json:"label"`
	Clearance string      `json:"clearance"`
	Rights    []rightJSON `json:"rights"`
}

type rightJSON struct {
	Of      string          `json:"of"`
	Actions []access.Action `json:"actions"`
}

func plainRole(r access.Role) roleJSON {
	out := roleJSON{Code: r.Code, Label: r.Label, Clearance: r.Clearance.Label().En}
	for _, l := range r.Rights.Lines() {
		out.Rights = append(out.Rights, rightJSON{l.Of, append([]access.Action{}, l.Actions...)})
	}
	return out
}
