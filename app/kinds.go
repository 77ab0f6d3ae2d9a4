package app

import (
	"slices"

	"anlan/account/report"
	"anlan/ground/place"
	"anlan/office/comment"
	"anlan/office/delegation"
	"anlan/office/extra"
	"anlan/office/login"
	"anlan/office/role"
	"anlan/office/savedview"
	"anlan/record"
	"anlan/record/exchange"
	"anlan/resource/staff"
	"anlan/safety/accident"
	"anlan/safety/enterprise"
	"anlan/safety/hazard"
	"anlan/store"
	"anlan/store/journal"

	places "anlan/resource/place"
	units "anlan/resource/unit"
)

// Kinds are the kinds of every wing, in the order in which they are shown and written.
func Kinds() []record.Of {
	return slices.Concat([]record.Of{
		places.Kind,
		units.Kind,
		staff.Kind,
		enterprise.Kind,
		hazard.Workflow,
		accident.Kind,
		report.Kind,
		exchange.Kind,
		extra.Kind,
		login.Workflow,
		role.Kind,
		delegation.Kind,
		savedview.Kind,
		comment.Kind,
	},
		accountKinds(),
		resourceKinds(),
		dutyKinds(),
		evaluationKinds(),
	)
}

// trees hands the trees of units and places down to the kernel. The bureau itself is known from the founding on, before
// any record says so.
type trees struct{}

// Kinds are what the trees are made from: the book reads them again when a record of these has changed.
func (trees) Kinds() []string { return []string{places.Kind.Code(), units.Kind.Code()} }

func (trees) Units(tx *store.Tx, asOf journal.Position) (place.Tree[place.Unit], error) {
	head, err := journal.HeadOf(tx)
	if err != nil {
		return place.Tree[place.Unit]{}, err
	}
	return units.Tree(tx, asOf, place.Unit(head.Place))
}

func (trees) Places(tx *store.Tx, asOf journal.Position) (place.Tree[place.Code], error) {
	head, err := journal.HeadOf(tx)
	if err != nil {
		return place.Tree[place.Code]{}, err
	}
	return places.Tree(tx, asOf, place.Code(head.Place))
}
