package project

import (
	"strings"

	"anlan/ground/code"
	"anlan/ground/maybe"
	"anlan/record/field"
)

// Level is the first level of an indicator.
type Level string

// First levels; cost stands beside the others since 2021.
const (
	Cost         Level = "cost"
	Output       Level = "output"
	Benefit      Level = "benefit"
	Satisfaction Level = "satisfaction"
)

// Levels is the list of first levels.
var Levels = code.NewList("财预〔2021〕101号",
	code.Of(Cost, "成本指标", "cost"),
	code.Of(Output, "产出指标", "output"),
	code.Of(Benefit, "效益指标", "benefit"),
	code.Of(Satisfaction, "满意度指标", "satisfaction"),
)

// Relation is how the achieved value stands to the target.
type Relation string

// Relations.
const (
	AtLeast     Relation = "at_least"
	AtMost      Relation = "at_most"
	Equal       Relation = "equal"
	Qualitative Relation = "qualitative"
)

// Relations is the list of relations. A measurable target has a value, a qualitative one a wording.
var Relations = code.NewList("项目支出绩效目标申报表：指标性质",
	code.Of(AtLeast, "≥", "at least"),
	code.Of(AtMost, "≤", "at most"),
	code.Of(Equal, "=", "equal"),
	code.Of(Qualitative, "定性", "qualitative"),
)

// reach computes whether a measurable target was reached; absent where that is for people to judge or nothing is known yet.
// What people say of a qualitative target is kept.
func (t *Target) reach() {
	if t.Relation == Qualitative {
		return
	}
	t.Reached = maybe.None[bool]()
	if !t.Value.OK || !t.Achieved.OK {
		return
	}
	switch t.Relation {
	case AtLeast:
		t.Reached = maybe.Some(t.Achieved.V >= t.Value.V)
	case AtMost:
		t.Reached = maybe.Some(t.Achieved.V <= t.Value.V)
	case Equal:
		t.Reached = maybe.Some(t.Achieved.V == t.Value.V)
	}
}

// name is how a reader finds the target in the form.
func (t *Target) name() string {
	l, _ := Levels.Find(t.First)
	return l.Label.Zh + "-" + t.Second + "-" + t.Third
}

// promise is the part of a target that is approved, as the form prints it.
func (t *Target) promise() string {
	r, _ := Relations.Find(t.Relation)
	text := r.Label.Zh + plain(value.Text(t)) + t.Unit
	for _, part := range [...]struct{ before, text string }{
		{"", t.Wording}, {"", t.Period}, {baseline.Label.Zh, plain(baseline.Text(t))}, {source.Label.Zh, t.Source}, {points.Label.Zh, plain(points.Text(t))},
	} {
		if part.text != "" {
			text += "，" + part.before + part.text
		}
	}
	return text
}

// plain is a decimal without the zeros behind its last digit.
func plain(decimal string) string {
	if !strings.Contains(decimal, ".") {
		return decimal
	}
	return strings.TrimSuffix(strings.TrimRight(decimal, "0"), ".")
}

// promised is the target without what is entered after its approval.
func (t Target) promised() Target {
	t.Achieved, t.Achievement, t.Deviation, t.Reached = maybe.None[field.Scaled](), "", "", maybe.None[bool]()
	return t
}
