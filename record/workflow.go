package record

import (
	"errors"
	"fmt"
	"slices"

	"anlan/ground/code"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/record/access"
)

// StateSpec is a state with its label.
type StateSpec struct {
	State State
	Label lang.Text
}

// Step is a transition without the struct behind it.
type Step struct {
	Action   string
	Label    lang.Text
	From, To State
	FourEyes bool
	Steps    bool     // of four eyes: only steps are work
	Reason   bool     // a reason must be given
	Roles    []string // who may; empty: whoever may write the kind
}

type workflow struct {
	states []StateSpec
	start  State
	steps  []Step
	guards []func(r any, m Moment) error
	due    map[State]func(r any, m Moment) period.Day
}

// Faults of transitions.
var (
	ErrNoSuchStep = fault.Define("record.no_such_step", fault.Conflict,
		"“%s”当前为“%s”，不能“%s”，可以：%s", "%s is %s and cannot %q now; possible: %s")
	ErrOwnWork = fault.Define("record.own_work", fault.Denied,
		"“%s”由%s办理，“%s”必须由另一人办理", "%q was done by %s; %q must be done by another person")
	ErrNoReason = fault.Define("record.no_reason", fault.Invalid,
		"“%s”需要写明理由", "%q needs a reason")
)

// Part is a part of a workflow: a Transition or a Deadline.
type Part interface {
	addTo(w *workflow, record any) error
}

// Option says more about a transition.
type Option func(*Step)

// FourEyes: whoever entered the record, changed it last or made the previous step may not make this one, for themselves or for somebody
// else, nor may anybody for whom that was done. Nobody is exempt, administrators included.
func FourEyes(s *Step) { s.FourEyes = true }

// StepsAlone makes FourEyes look at who made the previous step alone: where whoever is to decide also writes into the record, as remarks.
func StepsAlone(s *Step) { s.Steps = true }

// Reasoned asks for a reason.
func Reasoned(s *Step) { s.Reason = true }

// Flow gives kind its states and transitions; start is the state of a new record. It panics, saying where, on a state that
// the list does not have or that no transition touches, a reserved name, a transition or deadline twice, and a guard over
// another struct.
func Flow[T any, S ~string](k *Kind[T], states code.List[S], start S, parts ...Part) *Kind[T] {
	w := &workflow{start: State(start), due: map[State]func(any, Moment) period.Day{}}
	for _, v := range states.Values {
		k.demand(codeForm.MatchString(string(v.Code)), "workflow: state code %q is not 2 to 30 of a-z, 0-9, _", v.Code)
		k.demand(State(v.Code) != Kept && State(v.Code) != Withdrawn, "workflow: state %s is reserved", v.Code)
		w.states = append(w.states, StateSpec{State(v.Code), v.Label})
	}
	w.states = append(w.states, withdrawnSpec)
	k.demand(w.knows(w.start), "workflow: start %q is not in the list of states", start)
	k.demand(k.flow == nil, "workflow: given twice")
	for _, p := range parts {
		err := p.addTo(w, new(T))
		k.demand(err == nil, "workflow: %v", err)
	}
	for _, v := range states.Values {
		k.demand(w.touches(State(v.Code)), "workflow: no transition touches state %s", v.Code)
	}
	k.flow = w
	return k
}

var (
	withdrawnSpec = StateSpec{Withdrawn, lang.Of("作废", "withdrawn")}
	keptSpec      = StateSpec{Kept, lang.Of("有效", "kept")}
)

// knows says whether s is one of the kind's own states.
func (w *workflow) knows(s State) bool {
	return s != Withdrawn && slices.ContainsFunc(w.states, func(x StateSpec) bool { return x.State == s })
}

// touches says whether s is where a record starts, or a transition leads from it or to it.
func (w *workflow) touches(s State) bool {
	return s == w.start || slices.ContainsFunc(w.steps, func(x Step) bool { return x.From == s || x.To == s })
}

type transition[T any] struct {
	step  Step
	guard func(*T, Moment) error
}

// actionTaken are the actions that every kind has.
var actionTaken = words("read create edit withdraw reinstate register step")

// Transition moves a record from one state to another; guard is a method of the struct, which may refuse with a fault and
// may set fields. It may be nil.
func Transition[T any, S ~string](action string, zh lang.Zh, en lang.En, from, to S, guard func(*T, Moment) error, options ...Option) Part {
	t := transition[T]{Step{Action: action, Label: lang.Of(zh, en), From: State(from), To: State(to)}, guard}
	for _, o := range options {
		o(&t.step)
	}
	return t
}

func (t transition[T]) addTo(w *workflow, record any) error {
	step := t.step
	_, ours := record.(*T)
	switch {
	case !codeForm.MatchString(step.Action) || actionTaken[step.Action]:
		return fmt.Errorf("action %q is reserved, or not 2 to 30 of a-z, 0-9, _", step.Action)
	case !step.Label.Whole():
		return fmt.Errorf("transition %s lacks a label in one language", step.Action)
	case !w.knows(step.From) || !w.knows(step.To):
		return fmt.Errorf("transition %s leads from %q to %q, which are not both in the list of states", step.Action, step.From, step.To)
	case !ours:
		return fmt.Errorf("the guard of transition %s is over another struct", step.Action)
	}
	for _, s := range w.steps {
		if s.Action == step.Action && s.From == step.From {
			return fmt.Errorf("transition %s stands twice from %s", s.Action, s.From)
		}
	}
	w.steps = append(w.steps, step)
	w.guards = append(w.guards, func(r any, m Moment) error {
		if t.guard == nil {
			return nil
		}
		return t.guard(r.(*T), m)
	})
	return nil
}

type deadline[T any] struct {
	state State
	due   func(*T, Moment) period.Day
}

// Deadline stamps the day by which a record must leave the state, when it enters it; a later change of the rule does not
// move it.
func Deadline[T any, S ~string](state S, due func(*T, Moment) period.Day) Part {
	return deadline[T]{State(state), due}
}

func (d deadline[T]) addTo(w *workflow, record any) error {
	_, ours := record.(*T)
	switch {
	case !w.knows(d.state):
		return fmt.Errorf("a deadline is for %q, which is not in the list of states", d.state)
	case !ours || d.due == nil:
		return fmt.Errorf("the deadline of %s has no rule, or one over another struct", d.state)
	case w.due[d.state] != nil:
		return fmt.Errorf("state %s has two deadlines", d.state)
	}
	w.due[d.state] = func(r any, m Moment) period.Day { return d.due(r.(*T), m) }
	return nil
}

// States lists the states of the kind, withdrawn last.
func (k *Kind[T]) States() []StateSpec {
	if k.flow == nil {
		return []StateSpec{keptSpec, withdrawnSpec}
	}
	return k.flow.states
}

// Start is the state of a new record.
func (k *Kind[T]) Start() State {
	if k.flow == nil {
		return Kept
	}
	return k.flow.start
}

// Steps lists the transitions.
func (k *Kind[T]) Steps() []Step {
	if k.flow == nil {
		return nil
	}
	return k.flow.steps
}

// Move makes the transition on r: four eyes, reason, guard, state. Rights are the caller's question.
func (k *Kind[T]) Move(r any, action string, m Moment) error {
	h := k.Head(r)
	for i, s := range k.Steps() {
		if s.Action != action || s.From != h.State {
			continue
		}
		switch {
		case s.FourEyes && k.ownWork(h, s, m) != nil:
			return k.ownWork(h, s, m)
		case s.Reason && m.Reason == "":
			return ErrNoReason.With(s.Label)
		}
		if err := k.flow.guards[i](r, m); err != nil {
			return err
		}
		h.State, h.MovedBy = s.To, m.Actor.Name
		return nil
	}
	return ErrNoSuchStep.With(NameOf(k, r), StateLabel(k, h.State), action, k.possible(h.State))
}

// ownWork is the fault of a step that asks for other eyes than those of whoever had a hand in the record.
func (k *Kind[T]) ownWork(h *Head, s Step, m Moment) error {
	for _, x := range m.Hands {
		if x.are(m.Actor) && !(s.Steps && access.Plain(x.Did)) {
			return ErrOwnWork.With(ActionLabel(k, x.Did), access.Behalf(x.By, x.For), s.Label)
		}
	}
	if (Hand{By: h.MovedBy}).are(m.Actor) {
		return ErrOwnWork.With(StateLabel(k, h.State), h.MovedBy, s.Label)
	}
	return nil
}

// Reached judges a record that is entered in a later state (补录) by the steps that lead there: of one of the ways from the start
// to its state, every step must find in the record what it asks for. It gives the fault of the shortest way, at the state. The
// record stays as it is; who made the steps, and why, is not known of it and not asked.
func (k *Kind[T]) Reached(r any, m Moment) error {
	if k.flow == nil || k.Head(r).State == k.flow.start {
		return nil
	}
	var first error
	ways := [][]int{nil} // of steps, the shorter first
	for len(ways) > 0 {
		way := ways[0]
		ways = ways[1:]
		at, been := k.flow.start, []State{k.flow.start}
		for _, i := range way {
			at = k.flow.steps[i].To
			been = append(been, at)
		}
		if at == k.Head(r).State {
			err := k.walk(r, way, m)
			if err == nil {
				return nil
			}
			if first == nil {
				first = err
			}
			continue
		}
		for i, s := range k.flow.steps {
			if s.From == at && !slices.Contains(been, s.To) {
				ways = append(ways, append(slices.Clone(way), i))
			}
		}
	}
	if f, ok := errors.AsType[*fault.Fault](first); ok && f.Where.Field != "" {
		return first
	}
	return fault.At(first, fault.Where{Field: "state"})
}

// walk asks the guard of each step of a way, of a copy of r.
func (k *Kind[T]) walk(r any, way []int, m Moment) error {
	r = k.Clone(r)
	for _, i := range way {
		k.Head(r).State = k.flow.steps[i].From
		if err := k.flow.guards[i](r, m); err != nil {
			return err
		}
	}
	return nil
}

func (k *Kind[T]) possible(s State) (t lang.Text) {
	for _, step := range k.Steps() {
		if step.From == s {
			t.Zh += "、" + step.Label.Zh
			t.En += ", " + step.Action
		}
	}
	if t.Zh == "" {
		return lang.Of("无", "nothing")
	}
	return lang.Text{Zh: t.Zh[len("、"):], En: t.En[len(", "):]}
}

// StateLabel names a state of a kind; a state it does not know names itself.
func StateLabel(k Of, s State) lang.Text {
	for _, x := range k.States() {
		if x.State == s {
			return x.Label
		}
	}
	return lang.Text{Zh: string(s), En: string(s)}
}

// DueOn is the deadline of the state that r has entered; none when the state has no deadline.
func (k *Kind[T]) DueOn(r any, m Moment) period.Day {
	if k.flow == nil {
		return period.Day{}
	}
	if due := k.flow.due[k.Head(r).State]; due != nil {
		return due(r, m)
	}
	return period.Day{}
}
