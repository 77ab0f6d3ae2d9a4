package standard

import (
	"anlan/ground/fault"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record"
)

// How many items a place must have at least.
const (
	townshipItems = 6
	villageItems  = 3
)

// Register is what is kept of a place under a standard. The last three are derived.
type Register struct {
	record.Head
	Code       place.Code
	Name       string
	From       period.Day
	Until      period.Day // the first day on which there is no such place any more
	Standard   string
	Items      []Item
	AcceptedOn period.Day
	LapsedOn   period.Day // the first day on which it is up to the standard no more
	Met        int64
	Complete   bool
	MetUntil   period.Day
}

// Item is one item of the standard.
type Item struct {
	Name     string
	Met      bool
	Evidence string
}

// Township is a township under the standard 乡镇“六有”.
type Township struct{ Register }

// Village is a village under the standard 村“三有”.
type Village struct{ Register }

// derive counts the items and finds the day from which the place no longer counts as up to the standard.
func (r *Register) derive(least int) {
	r.Met, r.MetUntil = 0, r.LapsedOn
	for _, i := range r.Items {
		if i.Met {
			r.Met++
		}
	}
	r.Complete = len(r.Items) >= least && r.Met == int64(len(r.Items))
	if !r.Until.IsZero() && (r.MetUntil.IsZero() || r.Until.Before(r.MetUntil)) {
		r.MetUntil = r.Until
	}
}

// Faults of both registers.
var (
	ErrEndsBeforeBeginning = fault.Define("standard.ends_before_beginning", fault.Invalid,
		"撤并日期%s早于设立日期%s", "no longer from %s is before from %s")
	ErrLapsedBeforeAccepted = fault.Define("standard.lapsed_before_accepted", fault.Invalid,
		"取消达标日期%s没有在它之前的达标验收日期", "it lapsed on %s and was not accepted before")
)

func (r *Register) inOrder() error {
	switch {
	case !r.Until.IsZero() && r.Until.Before(r.From):
		return ErrEndsBeforeBeginning.With(r.Until, r.From)
	case !r.LapsedOn.IsZero() && (r.AcceptedOn.IsZero() || r.LapsedOn.Before(r.AcceptedOn)):
		return ErrLapsedBeforeAccepted.With(r.LapsedOn)
	}
	return nil
}

// What a place may be doubted for, though it is recorded as it came.
var (
	ErrAcceptedIncomplete = fault.Define("standard.accepted_incomplete", fault.Conflict,
		"%s已于%s达标验收，%d项中只有%d项达标，不计入达标数", "%s was accepted on %s; of %d items %d are met, and it does not count")
	ErrMetWithoutEvidence = fault.Define("standard.met_without_evidence", fault.Conflict,
		"%s的“%s”达标，没有佐证材料", "%s meets %s without evidence")
)

// Doubts lists what about the township does not fit together; none is a reason not to record it.
func (t *Township) Doubts() fault.List { return t.doubts(townshipItems) }

// Doubts lists what about the village does not fit together; none is a reason not to record it.
func (v *Village) Doubts() fault.List { return v.doubts(villageItems) }

func (r *Register) doubts(least int) (doubts fault.List) {
	for _, i := range r.Items {
		if i.Met && i.Evidence == "" {
			doubts = append(doubts, ErrMetWithoutEvidence.With(r.Name, i.Name))
		}
	}
	if !r.AcceptedOn.IsZero() && !r.Complete {
		doubts = append(doubts, ErrAcceptedIncomplete.With(r.Name, r.AcceptedOn, max(len(r.Items), least), r.Met))
	}
	return doubts
}
