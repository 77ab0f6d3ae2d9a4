package app

import (
	"anlan/account/evaluation"
	"anlan/record"
)

// evaluationKinds are the kinds of evaluation: schemes, judgements, kept runs.
func evaluationKinds() []record.Of {
	return []record.Of{
		evaluation.SchemeKind,
		evaluation.JudgementKind,
		evaluation.KeptKind,
	}
}
