package delegation

import (
	"anlan/ground/fault"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/field"
	"anlan/store"
)

// Delegation is one delegation. Its unit is that of whoever delegates.
type Delegation struct {
	record.Head
	From   string // login name of whoever is away
	To     string // login name of whoever acts meanwhile
	Begins period.Day
	Last   period.Day // the last day on which it holds
	Why    string
}

// Fields, in the order of the form.
var (
	delegator = field.Text("delegator", "离岗人（登录名）", "who is away (login name)", func(d *Delegation) *string { return &d.From }, field.Max(30)).Required().Fixed()
	delegate  = field.Text("delegate", "代理人（登录名）", "who acts (login name)", func(d *Delegation) *string { return &d.To }, field.Max(30)).Required().Fixed()
	begins    = field.Day("from_on", "代理自", "from", func(d *Delegation) *period.Day { return &d.Begins }).Required()
	last      = field.Day("last_on", "代理至（含当日）", "until, that day included", func(d *Delegation) *period.Day { return &d.Last }).Required()
	why       = field.Text("why", "事由", "why", func(d *Delegation) *string { return &d.Why }, field.Max(200)).Required()
)

// Kind is the kind of delegations.
var Kind = record.Define("delegation", "离岗代理", "delegation", func(d *Delegation) *record.Head { return &d.Head },
	delegator, delegate, begins, last, why,
).Key(delegator, delegate, begins).ForGood().Rule((*Delegation).inOrder, begins, last).Rule((*Delegation).ofTwo, delegator, delegate).WriterRule(mayWrite)

// Faults of delegations.
var (
	ErrEndsBefore = fault.Define("delegation.ends_before", fault.Invalid,
		"代理至%s，早于代理自%s", "the delegation ends on %s, before it begins on %s")
	ErrToOneself = fault.Define("delegation.to_oneself", fault.Invalid,
		"%s不能由自己代理", "%s cannot act for themselves")
	ErrNotOwn = fault.Define("delegation.not_own", fault.Denied,
		"离岗代理由离岗人%s本人或管理员登记和变更", "a delegation is written by whoever is away, %s, or an administrator")
	ErrDelegated = fault.Define("delegation.delegated", fault.Denied,
		"正在代%s办理，不能再委托他人", "what is done for %s cannot be delegated further")
)

func (d *Delegation) inOrder() error {
	if d.Last.Before(d.Begins) {
		return fault.At(ErrEndsBefore.With(d.Last, d.Begins), fault.Where{Field: "last_on"})
	}
	return nil
}

func (d *Delegation) ofTwo() error {
	if d.From == d.To {
		return fault.At(ErrToOneself.With(d.From), fault.Where{Field: "delegate"})
	}
	return nil
}

// mayWrite: nobody gives away what is another's, nor what was only lent.
func mayWrite(_, after *Delegation, m record.Moment) error {
	switch {
	case m.Actor.For != "":
		return ErrDelegated.With(m.Actor.For)
	case m.Actor.Role.Code == access.Administrator.Code, m.Actor.Unit != "" && m.Actor.Name == after.From:
		return nil
	}
	return ErrNotOwn.With(after.From)
}

// Source gives the delegations of a book to whoever signs people in (login.Delegations).
type Source struct{}

// To lists what is delegated to somebody on a day, the earliest end first. A person has some of them at most.
func (Source) To(tx *store.Tx, login string, day period.Day) ([]access.Delegation, error) {
	rows, err := tx.Query("SELECT delegator, last_on FROM delegation WHERE delegate = ? AND from_on <= ? AND last_on >= ? AND state <> 'withdrawn' ORDER BY last_on, delegator",
		login, day.String(), day.String())
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []access.Delegation
	for rows.Next() {
		var d access.Delegation
		if err := rows.Scan(&d.From, &d.Last); err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, rows.Err()
}
