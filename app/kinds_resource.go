package app

import (
	"anlan/record"
	"anlan/resource/asset"
	"anlan/resource/budgetline"
	"anlan/resource/building"
	"anlan/resource/carryover"
	"anlan/resource/compliance"
	"anlan/resource/disclosure"
	"anlan/resource/establishment"
	"anlan/resource/fund"
	"anlan/resource/income"
	"anlan/resource/internalrule"
	"anlan/resource/procurement"
	"anlan/resource/project"
	"anlan/resource/stocktake"
	"anlan/resource/threepublic"
	"anlan/resource/thrift"
	"anlan/resource/voucher"
)

// resourceKinds are the kinds of money and things: posts, budget and expenditure, internal control, assets.
func resourceKinds() []record.Of {
	return []record.Of{
		establishment.Kind,
		budgetline.Kind,
		income.Kind,
		carryover.Kind,
		voucher.Kind,
		threepublic.Kind,
		fund.Kind,
		project.Workflow,
		procurement.Kind,
		internalrule.Kind,
		compliance.Workflow,
		disclosure.Kind,
		thrift.Kind,
		asset.Kind,
		stocktake.Kind,
		building.Kind,
	}
}
