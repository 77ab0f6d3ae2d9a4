package accident

import (
	"anlan/ground/code"
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

// grade computes the grade by 493号令 art. 3. Missing persons do not count until they are found or declared dead.
func (a *Accident) grade() {
	deaths, serious := 0, 0
	for _, c := range a.Casualties {
		switch c.Fate {
		case Death:
			deaths++
		case Serious:
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
