package app

import (
	"anlan/record"
	"anlan/resource/budgetline"
	"anlan/resource/carryover"
	"anlan/resource/establishment"
	"anlan/resource/income"
	"anlan/resource/threepublic"
	"anlan/resource/voucher"
)

// resourceKinds are the kinds of money and things: posts, budget and expenditure, assets, internal control.
func resourceKinds() []record.Of {
	return []record.Of{
		establishment.Kind,
		budgetline.Kind,
		income.Kind,
		carryover.Kind,
		voucher.Kind,
		threepublic.Kind,
	}
}
