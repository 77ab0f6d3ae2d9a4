package webhook

import (
	"net/url"
	"slices"
	"strings"

	"anlan/ground/code"
	"anlan/ground/fault"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/field"
)

// Hook says whom to tell of what. The owner of the record is the unit whose changes it tells, with all units under it.
type Hook struct {
	record.Head
	Name      string
	URL       string
	OwnHost   string // host of the URL that may be reached inside the bureau's own networks
	Target    string // kind of which it tells; empty: all
	Actions   string // codes separated by blanks; empty: all
	Clearance Clearance
}

// Clearance is how much of a record is sent. Values of persons never are.
type Clearance string

// The clearances.
const (
	Public   Clearance = "public"
	Internal Clearance = "internal"
)

// Clearances is the list of clearances.
var Clearances = code.NewList("安澜",
	code.Of(Public, "公开", "public"),
	code.Of(Internal, "内部", "internal"),
)

// sees gives the clearance in the words of package access.
func (c Clearance) sees() access.Sensitivity {
	if c == Internal {
		return access.Internal
	}
	return access.Public
}

// Fields, in the order of the form. An address may have a key in it, so it is seen by whoever writes hooks and by nobody else.
var (
	name    = field.Text("name", "名称", "name", func(h *Hook) *string { return &h.Name }, field.Max(40)).Required().Fixed()
	address = field.Text("url", "网址", "address", func(h *Hook) *string { return &h.URL }, field.Max(500)).Required().Sensitive(access.Restricted).
		Note("https://…；内网主机可以用http，并在“内网主机”里写明", "https://…; a host of the own network may have http and is named below")
	ownHost = field.Text("own_host", "内网主机", "host of the own network", func(h *Hook) *string { return &h.OwnHost }, field.Max(100)).Sensitive(access.Restricted).
		Note("网址在本机或内网时，写明它的主机名或地址；不填则不连内网", "where the address is on this machine or in the own network, its host; left empty, private addresses are refused")
	target  = field.Text("target", "记录类型代码", "kind", func(h *Hook) *string { return &h.Target }, field.Max(30)).NamesKind().Note("不填为全部", "all when left out")
	actions = field.Text("actions", "操作代码", "actions", func(h *Hook) *string { return &h.Actions }, field.Max(200)).
		Note("如create edit close，用空格分开；不填为全部", "as create edit close, separated by blanks; all when left out")
	clearance = field.Code("clearance", "发送到哪一级", "how much is sent", func(h *Hook) *Clearance { return &h.Clearance }, Clearances).Required().
			Note("个人信息从不发送", "values of persons never are")
)

// Kind is the kind of hooks.
var Kind = record.Define("webhook", "回调", "webhook", func(h *Hook) *record.Head { return &h.Head },
	name, address, ownHost, target, actions, clearance,
).Key(name).Rule((*Hook).inOrder).WriterRule(mayWrite)

// The states.
const (
	Active record.State = "active"
	Paused record.State = "paused"
)

// States of a hook.
var States = code.NewList("安澜",
	code.Of(Active, "在用", "active"),
	code.Of(Paused, "暂停", "paused"),
)

// Workflow is Kind with its steps. What happens while a hook is paused is told when it goes on.
var Workflow = record.Flow(Kind, States, Active,
	record.Transition[Hook]("pause", "暂停", "pause", Active, Paused, nil, record.Reasoned),
	record.Transition[Hook]("resume", "恢复", "resume", Paused, Active, nil),
)

// Faults of hooks.
var (
	ErrBadURL = fault.Define("webhook.bad_url", fault.Invalid,
		"网址应是 https://…，不带用户名和#；http 只用于在“内网主机”里写明的主机", "the address is to be https://… without a user and without #; http is for the host that is named as one of the own network")
	ErrOtherHost = fault.Define("webhook.other_host", fault.Invalid,
		"内网主机“%s”不是网址里的主机“%s”", "the host of the own network, %q, is not that of the address, %q")
	ErrNotAdministrator = fault.Define("webhook.not_administrator", fault.Denied,
		"回调由管理员登记和变更，%s是%s", "hooks are written by an administrator; %s is %s")
)

func (h *Hook) inOrder() error {
	u, err := url.Parse(h.URL)
	if err != nil || u.Hostname() == "" || u.User != nil || u.Fragment != "" || u.Scheme != "https" && (u.Scheme != "http" || h.OwnHost == "") {
		f := ErrBadURL.With()
		f.Where.Field = address.Code
		return f
	}
	if h.OwnHost != "" && !strings.EqualFold(h.OwnHost, u.Hostname()) {
		f := ErrOtherHost.With(h.OwnHost, u.Hostname())
		f.Where.Field = ownHost.Code
		return f
	}
	return nil
}

// mayWrite: a hook carries what its unit does out of the house.
func mayWrite(_, _ *Hook, m record.Moment) error {
	if m.Actor.Role.Code != access.Administrator.Code {
		return ErrNotAdministrator.With(m.Actor.Name, m.Actor.Role.Label)
	}
	return nil
}

// wants says whether the hook tells of an action on a kind.
func (h *Hook) wants(kind, action string) bool {
	return (h.Target == "" || h.Target == kind) && (h.Actions == "" || slices.Contains(strings.Fields(h.Actions), action))
}
