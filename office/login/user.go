package login

import (
	"regexp"

	"anlan/ground/code"
	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/field"
)

// Role is the code of a role that comes with the program, or OwnRole; a user is never the public.
type Role string

// OwnRole says that the user has a role which the bureau has defined, that of User.Own.
const OwnRole Role = "own"

// Roles is the list of roles.
var Roles = func() code.List[Role] {
	var values []code.Value[Role]
	for _, r := range access.Roles() {
		values = append(values, code.Value[Role]{Code: Role(r.Code), Label: r.Label})
	}
	return code.NewList("安澜", append(values, code.Of(OwnRole, "本单位定义的角色", "a role of our own"))...)
}()

// shipped gives the rights of a role that comes with the program; any other has none.
func (r Role) shipped() access.Role {
	for _, x := range access.Roles() {
		if x.Code == string(r) {
			return x
		}
	}
	return access.Role{}
}

// User is somebody who may sign in. The owner of the record is the unit that the user acts for, with all units under it.
type User struct {
	record.Head
	Login string
	Name  string // of the person
	Role  Role
	From  period.Day // the first day on which it may sign in; none: from now on
	Until period.Day // the first day on which it no longer may; none: without end
	Own   ident.ID   // the bureau's own role that it has, where Role is OwnRole
}

// loginForm keeps login names one word that every keyboard types the same.
var loginForm = regexp.MustCompile(`^[a-z][a-z0-9._-]{1,29}$`)

var aLogin = field.Rule[string]{
	Words: lang.Of("2到30个小写字母、数字、点、减号、下划线，以字母开头", "2 to 30 of a–z, 0–9, dot, hyphen and underscore, a letter first"),
	Holds: func(s string, _ period.Day) bool { return loginForm.MatchString(s) },
}

// Fields, in the order of the form.
var (
	loginName = field.Text("login", "登录名", "login name", func(u *User) *string { return &u.Login }, aLogin).Required().Fixed()
	fullName  = field.Person("full_name", "姓名", "name", func(u *User) *string { return &u.Name }, field.Max(50)).Required()
	role      = field.Code("role", "角色", "role", func(u *User) *Role { return &u.Role }, Roles).Required()
	from      = field.Day("from_on", "启用日期", "from", func(u *User) *period.Day { return &u.From })
	until     = field.Day("until_on", "停用日期", "until", func(u *User) *period.Day { return &u.Until }).
			Note("从这一天起不能登录", "the first day on which it may no longer sign in")
	own = field.Ref("own_role", "role", "本单位定义的角色", "role of our own", func(u *User) *ident.ID { return &u.Own })
)

// Kind is the kind of users.
var Kind = record.Define("login_user", "用户", "user", func(u *User) *record.Head { return &u.Head },
	loginName, fullName, role, from, until, own,
).Key(loginName).Rule((*User).inOrder).Rule((*User).oneRole, role, own).WriterRule(mayWrite)

// The states.
const (
	Active    record.State = "active"
	Suspended record.State = "suspended"
)

// States of a user.
var States = code.NewList("安澜",
	code.Of(Active, "在用", "active"),
	code.Of(Suspended, "停用", "suspended"),
)

// The steps of a user.
const (
	Suspend access.Action = "suspend"
	Resume  access.Action = "resume"
)

// Workflow is Kind with its steps. A user who is suspended cannot sign in, and its sessions end with the next request.
var Workflow = record.Flow(Kind, States, Active,
	record.Transition[User](string(Suspend), "停用", "suspend", Active, Suspended, nil, record.Reasoned),
	record.Transition[User](string(Resume), "恢复", "resume", Suspended, Active, nil),
)

// Faults of users.
var (
	ErrUntilBeforeFrom = fault.Define("login_user.until_before_from", fault.Invalid,
		"停用日期%s不在启用日期%s之后", "the user may sign in until %s, which is not after %s, from when on it may")
	ErrOneRole = fault.Define("login_user.one_role", fault.Invalid,
		"角色选“本单位定义的角色”时要写明是哪一个，选别的角色时不写", "a role of our own is named where the role says so, and nowhere else")
	ErrNotAdministrator = fault.Define("login_user.not_administrator", fault.Denied,
		"用户由管理员登记和变更，%s是%s", "users are written by an administrator; %s is %s")
	ErrOwnRights = fault.Define("login_user.own_rights", fault.Denied,
		"%s不能改动自己的角色、单位、起止日期和状态，由另一位管理员办理", "%s may not change their own role, unit, days or state; another administrator does it")
)

func (u *User) oneRole() error {
	if (u.Role == OwnRole) == u.Own.IsZero() {
		return fault.At(ErrOneRole.With(), fault.Where{Field: "own_role"})
	}
	return nil
}

func (u *User) inOrder() error {
	if !u.Until.IsZero() && !u.From.Before(u.Until) && !u.From.IsZero() {
		return ErrUntilBeforeFrom.With(u.Until, u.From)
	}
	return nil
}

// mayWrite: a second account in the hands of the same person would undo every rule that asks for two, so whoever does the work
// does not open accounts.
func mayWrite(before, after *User, m record.Moment) error {
	if m.Actor.Role.Code != access.Administrator.Code {
		return ErrNotAdministrator.With(m.Actor.Name, m.Actor.Role.Label)
	}
	if before == nil || !before.is(m.Actor) {
		return nil
	}
	if before.Role != after.Role || before.Own != after.Own || before.Unit != after.Unit || before.From != after.From || before.Until != after.Until || before.State != after.State {
		return ErrOwnRights.With(m.Actor.Name)
	}
	return nil
}

// is says whether the actor is this user, or acts for it. Whoever runs the program on the machine acts for no unit, and is no user, whatever
// its name.
func (u *User) is(a access.Actor) bool {
	return a.Unit != "" && (a.Name == u.Login || a.For == u.Login)
}
