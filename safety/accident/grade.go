package accident

import (
	"anlan/ground/code"
	"anlan/ground/maybe"
	"anlan/ground/money"
)

// Grade is the grade of an accident.
type Grade string

// Grades of accidents, gravest last.
const (
	GradeOrdinary    Grade = "ordinary"
	GradeSerious     Grade = "serious"
	GradeMajor       Grade = "major"
	GradeExceptional Grade = "exceptional"
)

// Grades is the list of grades.
var Grades = code.NewList("生产安全事故报告和调查处理条例（国务院令第493号）第三条",
	code.Of(GradeOrdinary, "一般事故", "ordinary"),
	code.Of(GradeSerious, "较大事故", "serious"),
	code.Of(GradeMajor, "重大事故", "major"),
	code.Of(GradeExceptional, "特别重大事故", "exceptional"),
)

// thresholds from which on a grade applies ("以上" includes the number, art. 44): the gravest that any column reaches.
var thresholds = []struct {
	grade           Grade
	deaths, serious int
	loss            money.Fen
}{
	{GradeExceptional, 30, 100, 1 * money.Yi},
	{GradeMajor, 10, 50, 5000 * money.Wan},
	{GradeSerious, 3, 10, 1000 * money.Wan},
}

// Days after the accident within which a death counts (493号令 art. 13).
const (
	windowDays      = 30
	windowDaysShort = 7 // road traffic and fires
)

// window is the number of days after the accident within which a death counts.
func (a *Accident) window() int {
	if a.Sector == SectorRoad || a.Sector == SectorFire {
		return windowDaysShort
	}
	return windowDays
}

// late says whether a death of the accident came too late to count.
func (a *Accident) late(c Casualty) bool {
	return c.Fate == Death && a.OccurredOn.Add(a.window()).Before(c.DiedOn)
}

// derive computes what the measures need: which rows count nowhere, and the grade.
func (a *Accident) derive() {
	for i := range a.Casualties {
		c := &a.Casualties[i]
		c.Uncounted = maybe.None[bool]()
		if a.late(*c) || !a.CancelledOn.IsZero() {
			c.Uncounted = maybe.Some(true)
		}
	}
	a.grade()
}

// grade computes the grade by 493号令 art. 3, of the deaths that count. Missing persons do not count until they are found or
// declared dead.
func (a *Accident) grade() {
	deaths, serious := 0, 0
	for _, c := range a.Casualties {
		switch {
		case c.Fate == Death && !a.late(c):
			deaths++
		case c.Fate == Serious:
			serious++
		}
	}
	a.Grade = GradeOrdinary
	for _, t := range thresholds {
		if deaths >= t.deaths || serious >= t.serious || a.Loss.OK && a.Loss.V >= t.loss {
			a.Grade = t.grade
			return
		}
	}
}
