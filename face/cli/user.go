package cli

import (
	"context"
	"strings"
	"time"

	"anlan/app"
	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/office/login"
	"anlan/office/role"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
)

// userVerbs are what an administrator at the machine does with users, in the order of the help.
var userVerbs = []subverb[func(e *env, ctx context.Context, a *app.App, args []string, o userOptions) error]{
	{"add", []string{"NAME"}, (*env).userAdd},
	{"list", nil, (*env).userList},
	{"password", []string{"NAME"}, (*env).userPassword},
	{"suspend", []string{"NAME"}, (*env).userSuspend},
	{"resume", []string{"NAME"}, (*env).userResume},
	{"sessions", []string{"NAME"}, (*env).userSessions},
	{"totp", []string{"NAME"}, (*env).userTOTP},
	{"identity", []string{"NAME"}, (*env).userIdentity},
	{"acts", []string{"NAME"}, (*env).userActs},
	{"roles", nil, (*env).userRoles},
}

// userOptions are the options of all of them.
type userOptions struct {
	unit, as, name, reason, issuer, subject string
	revoke, off                             bool
}

var userVerb = verb{
	name: "user", args: "add NAME --unit UNIT --as ROLE --name 姓名 | list | password NAME | suspend NAME --reason TEXT | resume NAME | sessions NAME [--revoke] | totp NAME --off | identity NAME (--issuer URL --subject TEXT | --off) | acts NAME | roles [--format json]",
	about: lang.Of("登记、停用可以登录的用户，给初始密码，结束登录，关闭动态口令（手机丢失时）；列出各角色可以做什么",
		"enter and suspend users who sign in, give them a first password, end their sessions, switch a lost second factor off; say what each role may do"),
	example: "anlan user add lijun --unit 430600-01 --as section --name 李军",
	run: func(ctx context.Context, e *env) (int, error) {
		e.formatted()
		var o userOptions
		set := func(into *string) func(string) error { return func(v string) error { *into = v; return nil } }
		e.Declare("unit", "UNIT", lang.Of("add：代表哪个单位办事，也管其下属单位", "add: the unit that it acts for, and all units under it"), set(&o.unit))
		e.Declare("as", "ROLE", lang.Of("add：登录后的角色，见 anlan user roles", "add: the role of whoever signs in, see anlan user roles"), set(&o.as))
		e.Declare("name", "NAME", lang.Of("add：本人姓名", "add: the name of the person"), set(&o.name))
		e.Declare("reason", "TEXT", lang.Of("理由，记入日志", "the reason, for the journal"), set(&o.reason))
		e.Declare("issuer", "URL", lang.Of("identity：统一身份认证平台的网址，与 serve --oidc-issuer 相同", "identity: address of the identity provider, as serve --oidc-issuer has it"), set(&o.issuer))
		e.Declare("subject", "TEXT", lang.Of("identity：平台给本人的编号（sub），须确知是本人的", "identity: what the provider calls the person (sub); be sure that it is this person"), set(&o.subject))
		revoke := e.Toggle("revoke", lang.Of("sessions：结束全部登录", "sessions: end all of them"))
		off := e.Toggle("off", lang.Of("totp：关闭第二因素（动态口令和通行密钥）；identity：解除全部关联", "totp: switch the second factor off, codes and passkeys; identity: unlink all of them"))
		run, args, err := parseSubverb(e, userVerbs)
		if err != nil {
			return notDone, err
		}
		o.revoke, o.off = *revoke, *off
		a, err := e.open(ctx)
		if err != nil {
			return notDone, err
		}
		defer a.Close()
		if err := run(e, ctx, a, args, o); err != nil {
			return notDone, err
		}
		return inOrder, nil
	},
}

// ownRole gives a user the role of the book whose code was named, where it is none of the program's.
func (e *env) ownRole(ctx context.Context, a *app.App, u *login.User) error {
	if _, shipped := login.Roles.Find(u.Role); shipped && u.Role != login.OwnRole {
		return nil
	}
	return a.Book.Read(ctx, e.actor(), 0, func(v *book.View) error {
		r, err := v.Find(role.Kind.Code(), string(u.Role))
		if kind, known := fault.KindOf(err); known && kind == fault.NotFound {
			all, err := a.Roles(ctx, e.actor())
			if err != nil {
				return err
			}
			var codes []string
			for _, x := range all {
				codes = append(codes, x.Code)
			}
			e.Misused = true
			return ErrNoRole.With(string(u.Role), strings.Join(codes, " "))
		}
		if err == nil {
			u.Role, u.Own = login.OwnRole, r.(*role.Role).ID
		}
		return err
	})
}

// ErrNoRole says that there is no such role.
var ErrNoRole = fault.Define("cli.no_role", fault.Invalid,
	"没有“%s”这个角色，可选：%s", "there is no role %q; the roles are %s")

func (e *env) userAdd(ctx context.Context, a *app.App, args []string, o userOptions) error {
	var lacking []string
	for _, must := range [...]struct{ name, value string }{{"unit", o.unit}, {"as", o.as}, {"name", o.name}} {
		if must.value == "" {
			lacking = append(lacking, must.name)
		}
	}
	if len(lacking) > 0 {
		return e.Missing(lacking...)
	}
	u := &login.User{Login: args[0], Name: o.name, Role: login.Role(o.as)}
	u.Unit = place.Unit(o.unit)
	if err := e.ownRole(ctx, a, u); err != nil {
		return err
	}
	done, err := a.Book.Apply(ctx, e.actor(), []book.Change{{Kind: login.Kind.Code(), Action: access.Create, Record: u, Reason: o.reason}})
	if err != nil {
		return err
	}
	return e.giveFirstPassword(ctx, a, args[0], done[0].ID)
}

// giveFirstPassword prints a password, which is nowhere else, and nothing beside it.
func (e *env) giveFirstPassword(ctx context.Context, a *app.App, name string, id ident.ID) error {
	password, err := a.Users.SetPassword(ctx, e.actor(), id, "")
	if err != nil {
		return err
	}
	if e.format == "json" {
		return writeJSON(e.out, map[string]string{"login": name, "id": id.String(), "password": password})
	}
	e.print(lang.Of("%s", "%s"), password)
	e.say(lang.Of("以上是%s的初始密码，只显示这一次；请当面交给本人，首次登录时必须更改", "this is the first password of %s, shown this once: hand it over in person; it must be changed at the first sign-in"), name)
	return nil
}

func (e *env) userPassword(ctx context.Context, a *app.App, args []string, _ userOptions) error {
	u, err := a.Users.Find(ctx, e.actor(), args[0])
	if err != nil {
		return err
	}
	return e.giveFirstPassword(ctx, a, u.Login, u.ID)
}

func (e *env) userList(ctx context.Context, a *app.App, _ []string, _ userOptions) error {
	all, err := a.Users.List(ctx, e.actor())
	if err != nil {
		return err
	}
	if e.format == "json" {
		for _, s := range all {
			if err := writeLine(e.out, plainUser(s)); err != nil {
				return err
			}
		}
		return nil
	}
	t := table{out: e.out}
	if len(all) > 0 {
		t.row(lang.Of("登录名", "login").In(e.lang), lang.Of("姓名", "name").In(e.lang), lang.Of("单位", "unit").In(e.lang), lang.Of("角色", "role").In(e.lang),
			lang.Of("状态", "state").In(e.lang), lang.Of("密码", "password").In(e.lang), lang.Of("第二因素", "second factor").In(e.lang), lang.Of("最近登录", "last signed in").In(e.lang))
	}
	for _, s := range all {
		t.row(s.Login, s.Name, string(s.Unit), roleLabel(s.Role).In(e.lang), record.StateLabel(login.Workflow, s.State).In(e.lang), passwordWord(s).In(e.lang),
			spokenYes(s.SecondFactor).In(e.lang), shownTime(s.SignedIn))
	}
	t.flush()
	e.say(lang.Of("共%d个用户", "%d users"), len(all))
	return nil
}

// userJSON is a user for programs.
type userJSON struct {
	Login        string     `json:"login"`
	ID           ident.ID   `json:"id"`
	Name         string     `json:"name"`
	Unit         place.Unit `json:"unit"`
	Role         login.Role `json:"role"`
	State        string     `json:"state"`
	Password     bool       `json:"password"`
	MustChange   bool       `json:"must_change"`
	SecondFactor bool       `json:"second_factor"`
	SignedIn     time.Time  `json:"signed_in_at,omitzero"`
}

func plainUser(s login.Standing) userJSON {
	return userJSON{s.Login, s.ID, s.Name, s.Unit, s.Role, string(s.State), s.Password, s.MustChange, s.SecondFactor, s.SignedIn}
}

func roleLabel(r login.Role) lang.Text {
	v, _ := login.Roles.Find(r)
	return v.Label
}

func passwordWord(s login.Standing) lang.Text {
	switch {
	case !s.Password:
		return lang.Of("未设", "none")
	case s.MustChange:
		return lang.Of("初始", "first")
	}
	return lang.Of("已设", "own")
}

func spokenYes(yes bool) lang.Text {
	if yes {
		return lang.Of("有", "yes")
	}
	return lang.Of("无", "no")
}

// shownTime is an instant as the bureau's clock shows it; "—" for none.
func shownTime(t time.Time) string {
	if t.IsZero() {
		return "—"
	}
	return t.In(period.Shanghai).Format("2006-01-02 15:04:05")
}

func (e *env) userSuspend(ctx context.Context, a *app.App, args []string, o userOptions) error {
	return e.userStep(ctx, a, args[0], login.Suspend, o.reason)
}

func (e *env) userResume(ctx context.Context, a *app.App, args []string, o userOptions) error {
	return e.userStep(ctx, a, args[0], login.Resume, o.reason)
}

func (e *env) userStep(ctx context.Context, a *app.App, name string, step access.Action, reason string) error {
	u, err := a.Users.Find(ctx, e.actor(), name)
	if err != nil {
		return err
	}
	c := book.Change{Kind: login.Kind.Code(), ID: u.ID, Expect: u.Version, Action: step, Reason: reason}
	done, err := a.Book.Apply(ctx, e.actor(), []book.Change{c})
	if err != nil {
		return err
	}
	return e.printStep(ctx, a, e.actor(), c, done[0])
}

func (e *env) userSessions(ctx context.Context, a *app.App, args []string, o userOptions) error {
	u, err := a.Users.Find(ctx, e.actor(), args[0])
	if err != nil {
		return err
	}
	if o.revoke {
		n, err := a.Users.Revoke(ctx, e.actor(), u.ID)
		if err != nil {
			return err
		}
		e.say(lang.Of("已结束%s的%d个登录", "of %s %d sessions were ended"), u.Login, n)
		return nil
	}
	all, err := a.Users.Sessions(ctx, e.actor(), u.ID)
	if err != nil {
		return err
	}
	if e.format == "json" {
		for _, s := range all {
			if err := writeLine(e.out, sessionJSON{s.ID, s.Began, s.Seen, s.Ends, s.Address, s.Agent}); err != nil {
				return err
			}
		}
		return nil
	}
	t := table{out: e.out}
	for _, s := range all {
		t.row(shownTime(s.Began), shownTime(s.Seen), s.Address, s.Agent)
	}
	t.flush()
	e.say(lang.Of("%s有%d个登录", "%s has %d sessions"), u.Login, len(all))
	return nil
}

// sessionJSON is a session for programs.
type sessionJSON struct {
	ID      ident.ID  `json:"id"`
	Began   time.Time `json:"began_at"`
	Seen    time.Time `json:"seen_at"`
	Ends    time.Time `json:"ends_at"`
	Address string    `json:"address"`
	Agent   string    `json:"agent"`
}

func (e *env) userTOTP(ctx context.Context, a *app.App, args []string, o userOptions) error {
	if !o.off {
		return e.Missing("off")
	}
	u, err := a.Users.Find(ctx, e.actor(), args[0])
	if err != nil {
		return err
	}
	if err := a.Users.DropSecondFactor(ctx, e.actor(), u.ID, o.reason); err != nil {
		return err
	}
	e.say(lang.Of("已关闭%s的第二因素（动态口令和通行密钥），其登录已全部结束；请本人登录后重新开启", "the second factor of %s, codes and passkeys, is off and its sessions were ended; have it switched on again at the next sign-in"), u.Login)
	return nil
}

// userActs lists what was done to what a user signs in by; the versions of the user itself are those of anlan history.
func (e *env) userActs(ctx context.Context, a *app.App, args []string, _ userOptions) error {
	u, err := a.Users.Find(ctx, e.actor(), args[0])
	if err != nil {
		return err
	}
	done, err := a.Users.Acts(ctx, e.actor(), u.ID)
	if err != nil {
		return err
	}
	t := table{out: e.out}
	for _, x := range done {
		if e.format == "json" {
			if err := writeLine(e.out, x); err != nil {
				return err
			}
			continue
		}
		t.row(shownTime(x.At), login.ActLabel(x.Action).In(e.lang), access.Behalf(x.Name, x.For).In(e.lang), x.Via, x.Address, x.Reason)
	}
	t.flush()
	e.say(lang.Of("共%d次", "%d acts"), len(done))
	return nil
}

// userIdentity links a user to what an identity provider calls it, or unlinks it.
func (e *env) userIdentity(ctx context.Context, a *app.App, args []string, o userOptions) error {
	var lacking []string
	for _, must := range [...]struct{ name, value string }{{"issuer", o.issuer}, {"subject", o.subject}} {
		if must.value == "" && !o.off {
			lacking = append(lacking, must.name)
		}
	}
	if len(lacking) > 0 {
		return e.Missing(lacking...)
	}
	u, err := a.Users.Find(ctx, e.actor(), args[0])
	if err != nil {
		return err
	}
	if !o.off {
		if err := a.Users.Link(ctx, e.actor(), u.ID, o.issuer, o.subject); err != nil {
			return err
		}
		e.say(lang.Of("%s可以用这个身份登录了", "%s may sign in by that identity now"), u.Login)
		return nil
	}
	n, err := a.Users.Unlink(ctx, e.actor(), u.ID, o.reason)
	if err != nil {
		return err
	}
	e.say(lang.Of("已解除%s的%d个身份", "%[2]d identities of %[1]s were unlinked"), u.Login, n)
	return nil
}
