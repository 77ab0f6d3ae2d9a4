package access

import (
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
)

// Sensitivity is how far a value may travel. Each level includes those below it.
type Sensitivity int

// The levels, from open to closed.
const (
	Public     Sensitivity = iota // 公开
	Internal                      // 内部
	Personal                      // 个人信息 (个人信息保护法)
	Restricted                    // 限制知悉：案件点名、举报人身份
)

// Label names the level.
func (s Sensitivity) Label() lang.Text {
	return [...]lang.Text{
		lang.Of("公开", "public"), lang.Of("内部", "internal"),
		lang.Of("个人信息", "personal"), lang.Of("限制知悉", "restricted"),
	}[s]
}

// Action is what an actor does to a record: one of those below, or the code of a transition.
type Action string

// Actions that every kind has.
const (
	Read     Action = "read"
	Create   Action = "create"
	Edit     Action = "edit"
	Withdraw Action = "withdraw"
	// Reinstate (恢复) takes a withdrawal back. Whoever may withdraw records of a kind may reinstate them; no right names it.
	Reinstate Action = "reinstate"
	// Register (补录) creates a record that is already in a later state, as when last year's ledger is imported.
	Register Action = "register"
)

// Actor is who acts. The zero Actor may nothing.
type Actor struct {
	Name    string
	For     string // login name of whoever has delegated to Name what is done now; empty: Name acts for itself
	Role    Role
	Unit    place.Unit // the actor acts for this unit and all units under it
	Via     string     // cli, web, api, import, job
	Address string     // where the request came from; empty on the machine itself
	Proof   Proof      // whether it has shown lately that it is who it says; see Sure
}

// Delegation is that From has delegated its work to somebody, through a day.
type Delegation struct {
	From string // login name
	Last period.Day
}

// Faults of this package.
var (
	ErrMayNot = fault.Define("access.may_not", fault.Denied,
		"%s（%s）无权对“%s”执行“%s”", "%s (%s) may not, on %s, do %q")
	ErrOutOfScope = fault.Define("access.out_of_scope", fault.Denied,
		"单位%s不在%s的管辖范围内", "unit %s is outside the scope of %s")
	ErrNoActor = fault.Define("access.no_actor", fault.Denied,
		"没有操作人，不能读写记录", "records cannot be read or written without an actor")
)

// May says whether the actor's role allows the action on kind at all; which records is the scope's question. kind may also be something
// beside the records, as the signing key: that is an administrator's. What the public may read everybody may.
func (a Actor) May(action Action, kind string) bool {
	return a.Name != "" && a.Role.Code != "" && (a.Role.Rights.Allow(action, kind) || action == Read && Reader.Rights.Allow(Read, kind))
}

// Allow is May as a fault.
func (a Actor) Allow(action Action, kind string, label lang.Text) error {
	if a.Name == "" || a.Role.Code == "" {
		return ErrNoActor.With()
	}
	if !a.May(action, kind) {
		return ErrMayNot.With(a.Name, a.Role.Label, label, string(action))
	}
	return nil
}

// Sees says whether the actor may see values of sensitivity s.
func (a Actor) Sees(s Sensitivity) bool { return s <= a.Role.Clearance }

// Behalf names who acted, and for whom where it was delegated: 张三（代李四）.
func Behalf(name, on string) lang.Text {
	if on == "" {
		return lang.Text{Zh: name, En: name}
	}
	return lang.Text{Zh: name + "（代" + on + "）", En: name + " for " + on}
}
