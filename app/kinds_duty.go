package app

import (
	"anlan/call/callout"
	"anlan/call/evacuation"
	"anlan/office/statistic"
	"anlan/office/webhook"
	"anlan/public/demonstration"
	"anlan/public/fireteam"
	"anlan/public/investment"
	"anlan/public/notice"
	"anlan/public/pilot"
	"anlan/public/publicity"
	"anlan/public/publicreport"
	"anlan/public/recognition"
	"anlan/public/standard"
	"anlan/public/survey"
	"anlan/public/training"
	"anlan/record"
	"anlan/relief/disaster"
	"anlan/relief/loss"
	"anlan/respond/drill"
	"anlan/respond/plan"
	"anlan/safety/enforcement"
	"anlan/watch/bulletin"
	"anlan/watch/rainfall"
)

// dutyKinds are the kinds of the work itself: safety, warning, calls, response, relief, the public, statistics.
func dutyKinds() []record.Of {
	return []record.Of{
		enforcement.Workflow,
		bulletin.Kind,
		notice.Workflow,
		rainfall.Kind,
		callout.Kind,
		evacuation.Workflow,
		plan.Workflow,
		drill.Kind,
		disaster.Kind,
		loss.Kind,
		training.Kind,
		publicity.Kind,
		publicreport.Workflow,
		survey.Kind,
		standard.Townships.Kind,
		standard.Villages.Kind,
		demonstration.Kind,
		fireteam.Kind,
		pilot.Kind,
		recognition.Kind,
		investment.Kind,
		statistic.Kind,
		webhook.Workflow,
	}
}
