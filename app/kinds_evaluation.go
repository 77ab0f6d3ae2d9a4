package app

import (
	"anlan/account/evaluation"
	"anlan/account/indicator/own"
	owntemplate "anlan/account/report/own"
	"anlan/office/manuscript"
	"anlan/record"
)

// evaluationKinds are the kinds of what is made of figures: indicators, schemes, judgements, kept runs, and of the templates and the prose of reports.
func evaluationKinds() []record.Of {
	return []record.Of{
		own.Kind,
		evaluation.SchemeKind,
		evaluation.JudgementKind,
		evaluation.KeptKind,
		owntemplate.Kind,
		manuscript.Writing,
		manuscript.Sign,
	}
}
