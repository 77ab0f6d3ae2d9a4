package cli

import (
	"context"
	"strconv"
	"time"

	"anlan/app"
	"anlan/ground/lang"
	"anlan/office/webhook"
	"anlan/record"
	"anlan/store/journal"
)

// webhookVerbs are what is done with hooks beside their records, in the order of the help.
var webhookVerbs = []subverb[func(e *env, ctx context.Context, a *app.App, args []string) error]{
	{"list", nil, (*env).webhookList},
	{"secret", []string{"NAME"}, (*env).webhookSecret},
	{"dead", []string{"NAME"}, (*env).webhookDead},
	{"resend", []string{"NAME", "[POSITION…]"}, (*env).webhookResend},
	{"acts", []string{"NAME"}, (*env).webhookActs},
}

var webhookVerb = verb{
	name: "webhook", args: "list | secret NAME | dead NAME | resend NAME [POSITION…] | acts NAME [--format json]",
	about: lang.Of("回调：把账册里发生的事告诉别的系统；密钥、死信和重发。回调本身是记录（webhook），serve在发",
		"webhooks tell other systems what happens in the book: secrets, dead letters, sending again; hooks are records (webhook), and serve sends"),
	example: "anlan webhook secret county",
	run: func(ctx context.Context, e *env) (int, error) {
		e.formatted()
		run, args, err := parseSubverb(e, webhookVerbs)
		if err != nil {
			return notDone, err
		}
		a, err := e.open(ctx)
		if err != nil {
			return notDone, err
		}
		defer a.Close()
		if err := run(e, ctx, a, args); err != nil {
			return notDone, err
		}
		return inOrder, nil
	},
}

func (e *env) webhookList(ctx context.Context, a *app.App, _ []string) error {
	all, err := a.Hooks.List(ctx, e.actor())
	if err != nil {
		return err
	}
	t := table{out: e.out}
	if len(all) > 0 && e.format != "json" {
		t.row(lang.Of("名称", "name").In(e.lang), lang.Of("单位", "unit").In(e.lang), lang.Of("记录类型", "kind").In(e.lang), lang.Of("状态", "state").In(e.lang),
			lang.Of("密钥", "secret").In(e.lang), lang.Of("待发", "waiting").In(e.lang), lang.Of("死信", "dead").In(e.lang))
	}
	for _, x := range all {
		if e.format == "json" {
			if err := writeLine(e.out, hookJSON{x.Name, string(x.Unit), x.Target, x.State, x.Secret, x.Through, x.Waiting, x.Dead}); err != nil {
				return err
			}
			continue
		}
		t.row(x.Name, string(x.Unit), x.Target, record.StateLabel(webhook.Workflow, x.State).In(e.lang), spokenYes(x.Secret).In(e.lang), strconv.FormatInt(x.Waiting, 10), strconv.FormatInt(x.Dead, 10))
	}
	t.flush()
	e.say(lang.Of("共%d个回调", "%d webhooks"), len(all))
	return nil
}

// hookJSON is a hook for programs.
type hookJSON struct {
	Name    string           `json:"name"`
	Unit    string           `json:"unit"`
	Kind    string           `json:"kind,omitempty"`
	State   record.State     `json:"state"`
	Secret  bool             `json:"secret"`
	Through journal.Position `json:"through"` // looked through up to here
	Waiting int64            `json:"waiting"`
	Dead    int64            `json:"dead"`
}

func (e *env) webhookSecret(ctx context.Context, a *app.App, args []string) error {
	h, err := a.Hooks.Find(ctx, e.actor(), args[0])
	if err != nil {
		return err
	}
	secret, err := a.Hooks.NewSecret(ctx, e.actor(), h)
	if err != nil {
		return err
	}
	if e.format == "json" {
		return writeJSON(e.out, map[string]string{"name": h.Name, "secret": secret})
	}
	e.print(lang.Of("%s", "%s"), secret)
	e.say(lang.Of("以上是回调“%s”的密钥，只显示这一次；对方用它核对签名，原来的密钥从此不用", "this is the secret of the webhook %q, shown this once: the receiver verifies signatures by it; the one before is no longer used"), h.Name)
	return nil
}

// letterJSON is a dead letter for programs.
type letterJSON struct {
	Position journal.Position `json:"position"`
	Attempts int64            `json:"attempts"`
	Since    time.Time        `json:"dead_since"`
	Status   int64            `json:"status,omitempty"`
	Why      string           `json:"why"`
}

func (e *env) webhookDead(ctx context.Context, a *app.App, args []string) error {
	h, err := a.Hooks.Find(ctx, e.actor(), args[0])
	if err != nil {
		return err
	}
	dead, err := a.Hooks.Dead(ctx, e.actor(), h)
	if err != nil {
		return err
	}
	t := table{out: e.out}
	for _, x := range dead {
		if e.format == "json" {
			if err := writeLine(e.out, letterJSON{x.Position, x.Attempts, x.At, x.Status, x.Why}); err != nil {
				return err
			}
			continue
		}
		t.row(strconv.FormatInt(int64(x.Position), 10), shownTime(x.At), x.Why)
	}
	t.flush()
	e.say(lang.Of("回调“%s”有%d封死信", "the webhook %q has %d dead letters"), h.Name, len(dead))
	return nil
}

func (e *env) webhookResend(ctx context.Context, a *app.App, args []string) error {
	h, err := a.Hooks.Find(ctx, e.actor(), args[0])
	if err != nil {
		return err
	}
	var positions []journal.Position
	for _, s := range args[1:] {
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil {
			return app.ErrBadPosition.With(s)
		}
		positions = append(positions, journal.Position(n))
	}
	n, err := a.Hooks.Resend(ctx, e.actor(), h, positions...)
	if err != nil {
		return err
	}
	e.say(lang.Of("回调“%s”的%d封死信将由serve重发", "%[2]d dead letters of the webhook %[1]q will be sent again by serve"), h.Name, n)
	return nil
}

func (e *env) webhookActs(ctx context.Context, a *app.App, args []string) error {
	h, err := a.Hooks.Find(ctx, e.actor(), args[0])
	if err != nil {
		return err
	}
	done, err := a.Hooks.Acts(ctx, e.actor(), h)
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
		t.row(shownTime(x.At), webhook.ActLabel(x.Action).In(e.lang), x.Name, x.Via, x.Address)
	}
	t.flush()
	e.say(lang.Of("共%d次", "%d acts"), len(done))
	return nil
}
