// Package indicatortest runs tests of indicators and histories that are written in the field's words, in files *.figures.
//
// A file tells a history, change by change, and asks for figures between the changes:
//
//	# Deaths per 亿元 of GDP are deaths, not accidents; a withdrawn record leaves today's figure, not yesterday's.
//	record accident  a1  on 2022-03-04  deaths 1
//	record accident  a2  on 2022-08-15  deaths 2
//	record statistic g1  code gdp  year 2022  value "4710.67 亿元"
//	withdraw a2 because 重复报送
//	eval work_safety.deaths_per_gdp  year 2022
//	    0.000 人/亿元  from 1 人 / 4710.67 亿元  records a1 g1
//	eval work_safety.deaths_per_gdp  year 2022  as of 3
//	    0.001 人/亿元  from 3 人 / 4710.67 亿元  records a1 a2 g1
//	eval work_safety.deaths + work_safety.accidents  year 2022
//	    fails indicator.unit_mismatch  人 起
//
// README.md beside this file describes every line of it. The history is played in a World, which is whatever keeps records
// and gives figures of them: the record kernel on either database, or a naive list in memory. The same files must pass in all.
//
//	func Test_figures(t *testing.T) {
//		indicatortest.Run(t, "testdata/*.figures", func(t testing.TB) indicatortest.World { return openWorld(t) }, definitions...)
//	}
//
// What does not live here: fixtures of a bureau's year (the demo), and tests of the language alone (package indicator).
// Imported by tests only.
package indicatortest
