// Package income is the kind of income (收入): money that came in, by the source under which the final accounts print it
// (部门决算 收入决算表). An appropriation (财政拨款) names its budget. A refund or correction is a negative income of its own
// day, never an edit. What may be spent of it is another kind (预算指标). A wing package: imports the record floor and below.
package income
