package access

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/lang"
)

// Line gives actions on records of a kind (hazard), of an area (safety), or of whatever has no line of its own (*).
type Line struct {
	Of      string
	Actions []Action // Anything stands for all; empty: none
}

// Words of rights that are no action of one record.
const (
	// Step is every transition of a workflow.
	Step Action = "step"
	// Anything is every action there is, what is done beside the records too.
	Anything Action = "*"
	// Everywhere is what a line is about that holds for whatever has no line of its own.
	Everywhere = "*"
)

// Rights are what a role may do. Of the lines about a kind the nearest holds, alone: that of the kind, then that of its area, then that of
// everything; so a line that takes something away is written like one that gives. The nil Rights give nothing.
type Rights struct {
	lines []Line
	by    map[string]map[Action]bool
}

// Faults of rights.
var (
	ErrNoSuchArea = fault.Define("access.no_such_area", fault.Invalid,
		"“%s”既不是记录种类，也不是业务板块；板块有：%s", "%q is neither a kind of record nor an area; the areas are %s")
	ErrNoSuchAction = fault.Define("access.no_such_action", fault.Invalid,
		"“%s”不是操作，应为%s，或某一步骤的代码（如close）", "%q is no action; expected one of %s, or the code of a step (as close)")
	ErrTwoLines = fault.Define("access.two_lines", fault.Invalid,
		"“%s”写了两行，只能写一行", "%q has two lines and may have one")
)

var actionForm = regexp.MustCompile(`^[a-z][a-z0-9_]{1,29}$`)

// plain are the actions that every kind has, and Step, in the order in which they are shown.
var plain = []Action{Read, Create, Edit, Withdraw, Step, Register}

// ActionLabel names an action that every kind has; a transition is named by its kind.
func ActionLabel(a Action) lang.Text {
	switch a {
	case Read:
		return lang.Of("查看", "read")
	case Create:
		return lang.Of("登记", "create")
	case Edit:
		return lang.Of("修改", "edit")
	case Withdraw:
		return lang.Of("作废", "withdraw")
	case Reinstate:
		return lang.Of("恢复", "reinstate")
	case Step:
		return lang.Of("办理", "steps")
	case Register:
		return lang.Of("补录", "register")
	}
	return lang.Text{Zh: string(a), En: string(a)}
}

// ParseActions reads actions as they are written in a line: read create edit.
func ParseActions(text string) ([]Action, error) {
	var out []Action
	for _, w := range strings.Fields(text) {
		a := Action(w)
		if !actionForm.MatchString(w) || a == Reinstate {
			words := make([]string, len(plain))
			for i, p := range plain {
				words[i] = string(p)
			}
			return nil, ErrNoSuchAction.With(w, strings.Join(words, " "))
		}
		if !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	return out, nil
}

// KnownOf refuses what a line cannot be about: anything but a kind, an area, or *.
func KnownOf(of string) error {
	if of == Everywhere || areaOf[of] != "" || slices.ContainsFunc(areas, func(a Area) bool { return a.Code == of }) {
		return nil
	}
	var codes []string
	for _, a := range areas {
		codes = append(codes, a.Code)
	}
	return ErrNoSuchArea.With(of, strings.Join(codes, " "))
}

// NewRights joins lines. Faults: ErrNoSuchArea, ErrTwoLines.
func NewRights(lines ...Line) (*Rights, error) {
	r := &Rights{lines: slices.Clone(lines), by: map[string]map[Action]bool{}}
	for _, l := range lines {
		if err := KnownOf(l.Of); err != nil {
			return nil, err
		}
		if r.by[l.Of] != nil {
			return nil, ErrTwoLines.With(l.Of)
		}
		r.by[l.Of] = map[Action]bool{}
		for _, a := range l.Actions {
			r.by[l.Of][a] = true
		}
	}
	return r, nil
}

// MustRights reads the rights of a role that comes with the program, a line "money assets: read create" for each; it panics on others.
func MustRights(text string) *Rights {
	var lines []Line
	for row := range strings.Lines(text) {
		of, actions, _ := strings.Cut(strings.TrimSpace(row), ":")
		for _, code := range strings.Fields(of) {
			l := Line{Of: code}
			for _, a := range strings.Fields(actions) {
				l.Actions = append(l.Actions, Action(a))
			}
			lines = append(lines, l)
		}
	}
	r, err := NewRights(lines...)
	if err != nil {
		panic(fmt.Sprintf("access: %v", err))
	}
	return r
}

// Lines are the lines as they were given.
func (r *Rights) Lines() []Line {
	if r == nil {
		return nil
	}
	return slices.Clone(r.lines)
}

// Names says whether a kind or an area has a line of its own.
func (r *Rights) Names(of string) bool { return r != nil && r.by[of] != nil }

// Plain says whether an action is one that every kind has, or Step; any other is the code of a transition.
func Plain(a Action) bool { return a == Reinstate || slices.Contains(plain, a) }

// Of are the actions that the rights give on a kind or an area, in the order in which they are shown, transitions last.
func (r *Rights) Of(of string) []Action {
	on := r.on(of)
	if on[Anything] {
		return slices.Clone(plain)
	}
	var out []Action
	for _, a := range plain {
		if on[a] {
			out = append(out, a)
		}
	}
	var steps []Action
	for a := range on {
		if !slices.Contains(plain, a) {
			steps = append(steps, a)
		}
	}
	slices.Sort(steps)
	return append(out, steps...)
}

// on is the line that holds for a kind or an area.
func (r *Rights) on(of string) map[Action]bool {
	if r == nil {
		return nil
	}
	for _, code := range []string{of, areaOf[of], Everywhere} {
		if by, ok := r.by[code]; ok {
			return by
		}
	}
	return nil
}

// Allow says whether the rights give an action on a kind.
func (r *Rights) Allow(action Action, kind string) bool {
	if action == Reinstate {
		action = Withdraw
	}
	on := r.on(kind)
	return on[Anything] || on[action] || on[Step] && !slices.Contains(plain, action)
}
