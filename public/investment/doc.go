// Package investment is the kind of planned investments (投资计划): programme, amount, who pays, by which document.
//
// Planned is not spent: what was paid stands in vouchers of another wing. An amount counts on the day of the plan. For forest
// fire stations each record is the station of one county, so that counting records counts counties; CountedTwice finds two of
// one place. A wing package: imports the record floor and below.
package investment
