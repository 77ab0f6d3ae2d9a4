package cli

import (
	"context"
	"strconv"
	"strings"
	"time"

	"anlan/app"
	"anlan/ground/lang"
	"anlan/office/token"
)

// tokenVerbs are what is done with tokens, in the order of the help.
var tokenVerbs = []subverb[func(e *env, ctx context.Context, a *app.App, args []string, o tokenOptions) error]{
	{"add", []string{"USER"}, (*env).tokenAdd},
	{"list", []string{"USER"}, (*env).tokenList},
	{"revoke", []string{"USER", "NAME"}, (*env).tokenRevoke},
	{"acts", []string{"USER"}, (*env).tokenActs},
}

// tokenOptions are the options of all of them.
type tokenOptions struct {
	name, scope string
	days        int
}

var tokenVerb = verb{
	name: "token", args: "add USER --name NAME --scope SCOPE --days N | list USER | revoke USER NAME | acts USER [--format json]",
	about: lang.Of("程序使用接口所需的令牌：签发、列出、撤销；令牌的权限不超过其用户现有的权限",
		"the tokens by which programs use the API: issue, list, revoke; a token never may more than its user may now"),
	example: `anlan token add lijun --name county-sync --scope "read write:hazard" --days 180`,
	run: func(ctx context.Context, e *env) (int, error) {
		e.formatted()
		var o tokenOptions
		set := func(into *string) func(string) error { return func(v string) error { *into = v; return nil } }
		e.Declare("name", "NAME", lang.Of("add：令牌的名称，日志里写明是它做的", "add: the name of the token, under which the journal has what it does"), set(&o.name))
		e.Declare("scope", "SCOPE", lang.Of("add：能做什么，如read、write:hazard、read:safety，用空格分开", "add: what it is good for, as read, write:hazard, read:safety, separated by blanks"), set(&o.scope))
		days := e.Count("days", "N", 0, lang.Of("add：多少天内有效，最多366天", "add: for how many days it is good, at most 366"))
		run, args, err := parseSubverb(e, tokenVerbs)
		if err != nil {
			return notDone, err
		}
		o.days = *days
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

func (e *env) tokenAdd(ctx context.Context, a *app.App, args []string, o tokenOptions) error {
	var lacking []string
	for _, must := range [...]struct{ name, value string }{{"name", o.name}, {"scope", o.scope}, {"days", strings.TrimLeft(strconv.Itoa(o.days), "0")}} {
		if must.value == "" {
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
	ends := a.Clock().Now().AddDate(0, 0, o.days)
	secret, t, err := a.Tokens.Issue(ctx, e.actor(), u.ID, token.Request{Name: o.name, Scope: o.scope, Ends: ends})
	if err != nil {
		return err
	}
	if e.format == "json" {
		return writeJSON(e.out, struct {
			tokenJSON
			Token string `json:"token"`
		}{plainToken(t), secret})
	}
	e.print(lang.Of("%s", "%s"), secret)
	e.say(lang.Of("以上是%s的令牌“%s”，只显示这一次；放在程序的配置里，不要放在网址或日志里", "this is the token %[2]q of %[1]s, shown this once: keep it in the configuration of the program, never in an address or a log"), u.Login, t.Name)
	return nil
}

// tokenJSON is a token for programs.
type tokenJSON struct {
	Name    string    `json:"name"`
	Scope   string    `json:"scope"`
	Made    time.Time `json:"made_at"`
	Ends    time.Time `json:"ends_at"`
	Seen    time.Time `json:"seen_at,omitzero"`
	From    string    `json:"seen_from,omitempty"`
	Revoked time.Time `json:"revoked_at,omitzero"`
}

func plainToken(t token.Token) tokenJSON {
	return tokenJSON{t.Name, t.Scope.String(), t.Made, t.Ends, t.Seen, t.SeenFrom, t.Revoked}
}

func (e *env) tokenList(ctx context.Context, a *app.App, args []string, _ tokenOptions) error {
	u, err := a.Users.Find(ctx, e.actor(), args[0])
	if err != nil {
		return err
	}
	all, err := a.Tokens.List(ctx, e.actor(), u.ID)
	if err != nil {
		return err
	}
	t := table{out: e.out}
	if len(all) > 0 && e.format != "json" {
		t.row(lang.Of("名称", "name").In(e.lang), lang.Of("授权范围", "scope").In(e.lang), lang.Of("签发", "issued").In(e.lang), lang.Of("到期", "ends").In(e.lang),
			lang.Of("最近使用", "last used").In(e.lang), lang.Of("从哪里", "from").In(e.lang), lang.Of("状态", "state").In(e.lang))
	}
	for _, x := range all {
		if e.format == "json" {
			if err := writeLine(e.out, plainToken(x)); err != nil {
				return err
			}
			continue
		}
		state := lang.Of("在用", "in force")
		switch {
		case !x.Revoked.IsZero():
			state = lang.Of("已撤销", "revoked")
		case !a.Clock().Now().Before(x.Ends):
			state = lang.Of("已到期", "over")
		}
		t.row(x.Name, x.Scope.String(), shownTime(x.Made), shownTime(x.Ends), shownTime(x.Seen), x.SeenFrom, state.In(e.lang))
	}
	t.flush()
	e.say(lang.Of("%s有%d个令牌", "%s has %d tokens"), u.Login, len(all))
	return nil
}

func (e *env) tokenRevoke(ctx context.Context, a *app.App, args []string, _ tokenOptions) error {
	u, err := a.Users.Find(ctx, e.actor(), args[0])
	if err != nil {
		return err
	}
	if err := a.Tokens.Revoke(ctx, e.actor(), u.ID, args[1]); err != nil {
		return err
	}
	e.say(lang.Of("已撤销%s的令牌“%s”", "the token %[2]q of %[1]s is revoked"), u.Login, args[1])
	return nil
}

// tokenActs lists what was done with the tokens of a user; what the tokens did stands with the records.
func (e *env) tokenActs(ctx context.Context, a *app.App, args []string, _ tokenOptions) error {
	u, err := a.Users.Find(ctx, e.actor(), args[0])
	if err != nil {
		return err
	}
	done, err := a.Tokens.Acts(ctx, e.actor(), u.ID)
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
		t.row(shownTime(x.At), token.ActLabel(x.Action).In(e.lang), x.Name, x.Via, x.Address, x.Reason)
	}
	t.flush()
	e.say(lang.Of("共%d次", "%d acts"), len(done))
	return nil
}
