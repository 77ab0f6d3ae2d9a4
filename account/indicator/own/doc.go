// Package own holds the indicators that a bureau defines itself (自定指标): records of its book, each with one definition in the
// language of package indicator, beside those that come with the program.
//
// A Definition of the book stands in place of the program's of the same code; one that is retired (停用) stands for none, so
// that the code names nothing. Read lists them as known at a journal position, and Define joins them with the program's files
// into the Set that answers at that position: a report as of a position goes by the definitions as they stood.
//
//	position 57   work_safety.deaths_per_gdp   = accident.deaths / statistic.gdp                  version 1
//	position 80   work_safety.deaths_per_gdp   = (accident.deaths + disaster.deaths) / statistic.gdp   version 2
//	the set as of 79 has version 1, that of now version 2; before 57 it has the program's, if there is one
//
// A definition is sound by itself when it goes into the book; whether all of them together are (names, units, circles) app
// judges inside the transaction, because measures, items of forms and schemes stand beside them. Faults name the file of a
// definition as book:CODE.
//
// What does not live here: the language (package indicator), the program's files (package shipped), reading and writing of
// indicator files (app). On the account floor: imports indicator and the record floor; app imports it.
package own
