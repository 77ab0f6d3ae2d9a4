// Package budgetline is the kind of budget lines (预算指标): money that the treasury lets the bureau spend, as each document
// gives it.
//
// A line has a stage: in the budget of the year's start (年初), carried in from last year (上年结转), supplied or taken back in
// the year (追加、追减), or moved between lines (调剂). The paper writes 追减 as a positive number; what counts is derived, so that
//
//	budget.total = budget.initial + budget.carried_in + budget.added + budget.adjusted
//
// holds by construction (全年预算数); and so does the division of it by the money out of which it is planned (按收入性质分):
//
//	budget.total = budget.general_public + budget.government_fund + budget.special_account + budget.other
//
// By 预算法 art. 46 lines are made down to the functional item (项), and basic ones down to
// the economic 款; basic money may be planned for staff and operating costs only. What was spent is another kind (支出凭证).
// A wing package: imports the record floor and below.
package budgetline
