package loss

import (
	"slices"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/maybe"
	"anlan/ground/money"
)

// ErrByAnotherUnit: a report counts where its reporting unit stands, so the record must belong to that unit.
var ErrByAnotherUnit = fault.Define("loss.by_another_unit", fault.Invalid,
	"填报单位%s与所属单位%s不一致，灾情会计入另一单位", "the reporting unit %s is not the unit %s of the record, and the loss would count there")

func (r *Report) byItsUnit() error {
	if r.Reporter != r.Unit {
		return ErrByAnotherUnit.With(string(r.Reporter), string(r.Unit))
	}
	return nil
}

// ranks says which edition takes the place of which.
var ranks = []Edition{First, FollowUp, Verified, Corrected}

// Newest is the edition that counts, nil when there is none. A follow-up that comes in after the verified report does not
// take its place, whatever its day.
func (r *Report) Newest() *Issue {
	var newest *Issue
	for i := range r.Issues {
		x := &r.Issues[i]
		if newest == nil {
			newest = x
			continue
		}
		rank, than := slices.Index(ranks, x.Edition), slices.Index(ranks, newest.Edition)
		if rank > than || rank == than && !x.As.Before(newest.As) {
			newest = x
		}
	}
	return newest
}

// takeNewest copies the newest edition to the record, where the measures read it.
func (r *Report) takeNewest() {
	var x Issue
	if newest := r.Newest(); newest != nil {
		x = *newest
	}
	r.Edition, r.As = x.Edition, x.As
	r.Affected, r.Relocated, r.Deaths, r.Missing = x.Affected, x.Relocated, x.Deaths, x.Missing
	r.Collapsed, r.Crops, r.Loss = x.Collapsed, x.Crops, x.Loss
}

// What a report may be doubted for, though it is recorded as it came.
var (
	ErrNotOneFirst = fault.Define("loss.not_one_first", fault.Conflict,
		"灾害%s的报告应有且只有一次首报，并排在最前", "the report of disaster %s should have exactly one first edition, before the others")
	ErrAfterVerified = fault.Define("loss.after_verified", fault.Conflict,
		"第%d次是核报之后的%s，核报之后只能更正", "edition %d comes after the verified one and is a %s; only a correction may")
	ErrBackwards = fault.Define("loss.backwards", fault.Conflict,
		"第%d次的统计截止日期%s早于上一次的%s", "edition %d is as of %s, before the one that it follows (%s)")
	ErrUnexplained = fault.Define("loss.unexplained", fault.Conflict,
		"第%d次的“%s”由%s变为%s，没有变动说明", "edition %d changes %s from %s to %s without an explanation")
	ErrNoLongerSaid = fault.Define("loss.no_longer_said", fault.Conflict,
		"第%d次没有填写“%s”，上一次是%s；没有的填0", "edition %d does not state %s, which was %s before; none is 0")
	ErrPartsDiffer = fault.Define("loss.parts_differ", fault.Conflict,
		"第%d次的分项损失合计%s元，直接经济损失%s元，相差%s元", "the parts of the loss in edition %d come to %s 元, the direct loss is %s 元: a difference of %s 元")
	ErrMoreThanAffected = fault.Define("loss.more_than_affected", fault.Conflict,
		"第%d次的“%s”%d人，多于受灾人口%d人", "in edition %d %s is %d, more than the %d people affected")
)

// riseTenths is how far a figure may rise from one edition to the next without an explanation, in tenths of it.
const riseTenths = 3

// Doubts lists what about the report does not fit together, edition by edition; none is a reason not to record it.
func (r *Report) Doubts() (doubts []error) {
	verified := false
	for i := range r.Issues {
		x, n := &r.Issues[i], i+1
		if (x.Edition == First) != (i == 0) {
			doubts = append(doubts, ErrNotOneFirst.With(r.Event))
		}
		if verified && x.Edition != Corrected {
			v, _ := Editions.Find(x.Edition)
			doubts = append(doubts, ErrAfterVerified.With(n, v.Label))
		}
		verified = verified || x.Edition == Verified
		if i > 0 {
			doubts = append(doubts, x.since(&r.Issues[i-1], n)...)
		}
		doubts = append(doubts, x.doubts(n)...)
	}
	return doubts
}

// figure is a number of an edition: its label, its value in the smallest unit, and how it is printed.
type figure struct {
	label lang.Text
	value maybe.Of[int64]
	show  func(int64) any
}

func (x *Issue) figures() []figure {
	plain := func(v int64) any { return v }
	loss := maybe.Of[int64]{V: int64(x.Loss.V), OK: x.Loss.OK}
	return []figure{
		{affected.Label, x.Affected, plain}, {relocated.Label, x.Relocated, plain}, {deaths.Label, x.Deaths, plain}, {missing.Label, x.Missing, plain},
		{collapsed.Label, x.Collapsed, plain},
		{issueLoss.Label, loss, func(v int64) any { return money.Fen(v) }},
	}
}

// since compares edition n with the one before it: figures only rise, and slowly, unless it is explained.
func (x *Issue) since(before *Issue, n int) (doubts []error) {
	if x.As.Before(before.As) {
		doubts = append(doubts, ErrBackwards.With(n, x.As, before.As))
	}
	was := before.figures()
	for i, now := range x.figures() {
		old := was[i].value
		switch {
		case !old.OK:
		case !now.value.OK:
			doubts = append(doubts, ErrNoLongerSaid.With(n, now.label, now.show(old.V)))
		case x.Explanation == "" && (now.value.V < old.V || old.V > 0 && now.value.V-old.V > old.V*riseTenths/10):
			doubts = append(doubts, ErrUnexplained.With(n, now.label, now.show(old.V), now.show(now.value.V)))
		}
	}
	return doubts
}

// doubts of edition n by itself. Parts that are not recorded add nothing; parts and whole are compared when any part stands.
func (x *Issue) doubts(n int) (doubts []error) {
	sum, stated := money.Fen(0), false
	for _, part := range []maybe.Of[money.Fen]{x.Homes, x.Farming, x.Industry, x.Works, x.Services} {
		sum, stated = sum+part.V, stated || part.OK
	}
	if stated && x.Loss.OK && sum != x.Loss.V {
		doubts = append(doubts, ErrPartsDiffer.With(n, sum, x.Loss.V, max(sum-x.Loss.V, x.Loss.V-sum)))
	}
	for _, f := range x.figures()[1:4] { // relocated, deaths, missing
		if x.Affected.OK && f.value.OK && f.value.V > x.Affected.V {
			doubts = append(doubts, ErrMoreThanAffected.With(n, f.label, f.value.V, x.Affected.V))
		}
	}
	return doubts
}
