// Package statistic is the kind of social and economic data (社会经济数据) that rates are computed over: gross product (GDP) in
// 亿元 and resident population in 万人, of one area and one year, with the bulletin that says so.
//
// One record is one area and year; a row is one edition of it (年报 from the bulletin, 核定 after the final account), with issuer,
// document, page and the sentence itself. The newest edition counts: 核定 before 年报 before 快报, of one rank the last published.
// A value that nobody compared with its document is unverified and says so wherever it is shown.
//
// The figures of the whole and of its counties come from different accounts and need not add up, so statistic.gdp reads records
// of the whole only (全域) and statistic.county_gdp those of counties: nothing is added twice. GDP counts on the last day of its
// year; the population stands through its year and no longer, so that a rate never divides by the year before unseen.
// A wing package: imports the record floor and below.
package statistic
