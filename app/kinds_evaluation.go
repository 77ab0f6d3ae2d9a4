package app

import (
	"anlan/account/evaluation"
	"anlan/account/indicator/own"
	"anlan/record"
)

// evaluationKinds are the kinds of what is made of figures: indicators, schemes, judgements, kept runs.
func evaluationKinds() []record.Of {
	return []record.Of{
		own.Kind,
		evaluation.SchemeKind,
		evaluation.JudgementKind,
		evaluation.KeptKind,
	}
}
