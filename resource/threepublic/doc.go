// Package threepublic is the kind of budgets of the three publics ("三公"经费预算): what may at most be spent in a year on
// travel abroad, official vehicles and hospitality, as the finance bureau approves it item by item.
//
// It is a bound and no money of its own: the money stands in the budget lines, basic and project alike, and what was spent
// is derived from vouchers by their economic class (measures three_public.spent…, of another kind). A later change of an
// item is a line of its own with the difference. A wing package: imports the record floor and below.
package threepublic
