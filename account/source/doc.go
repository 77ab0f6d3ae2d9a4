// Package source is where figures come from besides records (数据来源): returns that other units send, final accounts, documents
// that are cited, figures that were published, and the coverage that says which of them is the figure.
//
//	stat_form            报表制度        a form with its items; an item is a measure named FORM.ITEM
//	stat_return          报表            the values of a unit for a period, in an edition; a nil return is one too
//	final_accounts_line  决算            one line of a unit's final accounts; what is published of money comes from here
//	reconciliation       决算与账务调节  why a line of the final accounts is not the sum of its vouchers
//	cited_figure         引用数据        a number or a claim (首次, 唯一, 全省第二) that rests on a document
//	published_figure     已公布数据      what was printed in an earlier year
//	coverage             数据来源范围    which source is the figure of a measure, for a unit and a span of days
//	withholding          不予公开        a figure that is computed and not printed
//
// Read loads what a question needs from a view of the book; Combined answers questions from records and these sources
// together, by the rule of docs/sources.md: where a unit is covered its source is the figure of it and all below it, elsewhere
// records are, and what a source should have stated and has not makes the figure none recorded, never 0.
//
//	coverage  case.filed  430602  from 2023-01-01  return enforcement.cases
//	case.filed of 430600 in 2023 = records of 430600 without 430602, and the return of 430602 for 2023
//
// Judge refuses what contradicts other records while it is written: coverages that overlap, an item that the form has not.
// What can be recorded and looks wrong (a total that is not the sum of its parts) is a doubt: see Doubts. Rests says what the
// vouchers do not explain of the final accounts, and Solvable whether what is printed gives away what is withheld.
//
// Arithmetic over measures does not live here (package indicator, which knows nothing of where its figures come from), nor
// GDP and population (office/statistic). On the account floor: imports the record floor and below; app joins it to indicator.
package source
