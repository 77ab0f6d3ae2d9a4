package app

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/place"
	"anlan/office/delegation"
	"anlan/office/login"
	"anlan/office/role"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
)

// roles judges the roles that a bureau defines beside the kinds that they name, and those who have one.
type roles struct{ kinds []record.Of }

// Faults of roles beside other records.
var (
	ErrNoSuchStep = fault.Define("app.no_such_step", fault.Invalid,
		"“%s”没有步骤“%s”，可选：%s", "%q has no step %q; it has %s")
	ErrNoSuchUser = fault.Define("app.no_such_user", fault.Invalid,
		"没有在用的用户“%s”", "there is no user %q who may sign in")
	ErrDelegatorUnit = fault.Define("app.delegator_unit", fault.Invalid,
		"%s属于单位%s，离岗代理的所属单位应当是它，不是%s", "%s is of unit %s, to which the delegation belongs, and not to %s")
	ErrRoleOfBelow = fault.Define("app.role_of_below", fault.Denied,
		"角色“%s”是单位%s定义的，只能给该单位及其下属的用户", "the role %q was defined by unit %s and is for users of that unit and those under it")
)

// Kinds are the kinds that are judged.
func (roles) Kinds() []string {
	return []string{role.Kind.Code(), login.Kind.Code(), delegation.Kind.Code()}
}

// Judge gives the faults of a role, or of a user who has one.
func (j roles) Judge(at book.Beside, _ string, r any) error {
	switch r := r.(type) {
	case *role.Role:
		return j.steps(r)
	case *login.User:
		return ownedAbove(at, r)
	case *delegation.Delegation:
		return ofUsers(at, r)
	}
	return nil
}

// ofUsers: both are users, and the delegation belongs to the unit of whoever delegates, so that nobody enters one for somebody out of reach.
func ofUsers(at book.Beside, d *delegation.Delegation) error {
	var faults fault.List
	for _, x := range [...]struct{ login, field string }{{d.From, "delegator"}, {d.To, "delegate"}} {
		var unit place.Unit
		found, err := at.Tx.QueryRow([]any{&unit}, "SELECT unit FROM login_user WHERE login = ? AND state = ?", x.login, string(login.Active))
		if err != nil {
			return err
		}
		switch {
		case !found:
			err = fault.At(ErrNoSuchUser.With(x.login), fault.Where{Field: x.field})
		case x.login == d.From && unit != d.Unit:
			err = fault.At(ErrDelegatorUnit.With(x.login, string(unit), string(d.Unit)), fault.Where{Field: "unit"})
		}
		if err := faults.Add(err); err != nil {
			return err
		}
	}
	return faults.Err()
}

// steps refuses steps that no kind has of those that a line is about.
func (j roles) steps(r *role.Role) error {
	var faults fault.List
	for i, l := range r.Lines {
		actions, err := access.ParseActions(l.Actions)
		if err != nil {
			return err
		}
		known := j.known(l.Of)
		for _, a := range actions {
			if !access.Plain(a) && !slices.Contains(known, string(a)) {
				fields := fault.Where{Field: fmt.Sprintf("right.%d.actions", i+1)}
				if err := faults.Add(fault.At(ErrNoSuchStep.With(l.Of, string(a), orNone(known)), fields)); err != nil {
					return err
				}
			}
		}
	}
	return faults.Err()
}

// known lists the steps of the kinds that a line is about.
func (j roles) known(of string) (out []string) {
	for _, k := range j.kinds {
		if of != access.Everywhere && of != k.Code() && of != access.AreaOf(k.Code()) {
			continue
		}
		for _, s := range k.Steps() {
			if !slices.Contains(out, s.Action) {
				out = append(out, s.Action)
			}
		}
	}
	return out
}

func orNone(words []string) lang.Text {
	if len(words) == 0 {
		return lang.Of("无", "none")
	}
	all := strings.Join(words, " ")
	return lang.Text{Zh: all, En: all}
}

// ownedAbove: whoever writes a role gives rights to all who have it, so it may be only that of the unit of whoever has it, or of one above.
func ownedAbove(at book.Beside, u *login.User) error {
	if u.Own.IsZero() {
		return nil
	}
	var owner place.Unit
	var code string
	found, err := at.Tx.QueryRow([]any{&owner, &code}, "SELECT unit, code FROM role WHERE id = ?", u.Own.String())
	if err != nil || !found || owner == u.Unit {
		return err
	}
	if slices.ContainsFunc(at.Units.Under(owner), func(h place.Held[place.Unit]) bool { return h.Node == u.Unit }) {
		return nil
	}
	return fault.At(ErrRoleOfBelow.With(code, string(owner)), fault.Where{Field: "own_role"})
}

// Roles lists the roles that a person may have: those that come with the program, then those of the book that the actor may see.
func (a *App) Roles(ctx context.Context, actor access.Actor) ([]access.Role, error) {
	out := access.Roles()
	if !actor.May(access.Read, role.Kind.Code()) {
		return out, nil
	}
	err := a.Book.Read(ctx, actor, 0, func(v *book.View) error {
		return v.Each(book.Query{Kind: role.Kind.Code(), Sort: "code"}, func(r any) error {
			x, err := r.(*role.Role).Access()
			out = append(out, x)
			return err
		})
	})
	return out, err
}

// RightsRow is a row of the table of rights: an area, or a kind of it about which a role has a line of its own.
type RightsRow struct {
	Of    string
	Label lang.Text
	Kind  bool
	Cells []lang.Text // of each role

	Letters []lang.Text // the same, a sign for each action
}

// RightsTable says for each role what it may do where; kinds that no role tells from their area have no row.
func RightsTable(all []access.Role, kinds []record.Of) (rows []RightsRow) {
	byCode := map[string]record.Of{}
	for _, k := range kinds {
		byCode[k.Code()] = k
	}
	row := func(of string, label lang.Text, k record.Of) {
		x := RightsRow{Of: of, Label: label, Kind: k != nil}
		for _, r := range all {
			x.Cells, x.Letters = append(x.Cells, said(r.Rights, of, k)), append(x.Letters, signs(r.Rights, of))
		}
		rows = append(rows, x)
	}
	for _, a := range access.Areas() {
		row(a.Code, a.Label, nil)
		for _, code := range a.Kinds {
			if slices.ContainsFunc(all, func(r access.Role) bool { return r.Rights.Names(code) }) {
				row(code, byCode[code].Label(), byCode[code])
			}
		}
	}
	return rows
}

// said are actions in words, "—" for none.
func said(r *access.Rights, of string, k record.Of) lang.Text {
	var zh, en []string
	for _, a := range r.Of(of) {
		label := access.ActionLabel(a)
		if k != nil && !access.Plain(a) {
			label = record.ActionLabel(k, a)
			label.En = string(a)
		}
		zh, en = append(zh, label.Zh), append(en, label.En)
	}
	if len(zh) == 0 {
		return lang.Of("—", "—")
	}
	return lang.Text{Zh: strings.Join(zh, " "), En: strings.Join(en, " ")}
}

// signOf are the signs of the actions that every kind has.
var signOf = map[access.Action]lang.Text{
	access.Read: lang.Of("看", "R"), access.Create: lang.Of("登", "C"), access.Edit: lang.Of("改", "E"),
	access.Withdraw: lang.Of("废", "W"), access.Step: lang.Of("办", "S"), access.Register: lang.Of("补", "G"),
}

// signs are actions as a narrow table has them: 看登改2, where 2 is how many steps are named one by one.
func signs(r *access.Rights, of string) (out lang.Text) {
	steps := 0
	for _, a := range r.Of(of) {
		if !access.Plain(a) {
			steps++
			continue
		}
		out.Zh += signOf[a].Zh
		out.En += signOf[a].En
	}
	if steps > 0 {
		out.Zh += strconv.Itoa(steps)
		out.En += strconv.Itoa(steps)
	}
	if out.Zh == "" {
		return lang.Of("—", "—")
	}
	return out
}
