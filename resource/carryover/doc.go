// Package carryover is the kind of balances carried over (结转结余): money unspent whose task goes on (结转), and money unspent
// whose task is done or dropped (结余), as they stand from a day until a day.
//
// They are a stock: what stands at the end of one year stands at the beginning of the next, until it is spent, taken back
// or stated anew. A balance that was spent counts no longer from the day given. A wing package: imports the record floor and below.
package carryover
