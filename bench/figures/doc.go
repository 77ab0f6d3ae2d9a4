// Command figures computes 200 indicators of a bureau with its 200 units from 50 thousand and from 5 million records (goals
// P3a), and the same figures by plain SQL over the same records: in SQLite, in PostgreSQL and in DuckDB.
//
//	go run ./bench/figures -records 50000
//	go run ./bench/figures -records 5000000 -rounds 3 -duckdb
//
// The kind of record here is made for this: a case (案件) of one of 25 sorts, with a grade, a day, perhaps a closing day and an
// amount; 8 measures of each sort are 200 measures, and 8 indicators of each sort ask them for this year, last year, and the
// ends of both. Up to 100,000 records go in through the one write path. More are put into the tables directly, rows and
// postings as the write path would write them but without journal entries, and the output says so.
//
// Ours is indicator.Eval over app.Figures, reading included, in a snapshot of its own each time. The peers get the simplest
// question that gives the same numbers: no unit is asked for, because the whole book is meant, and no withdrawn records are
// left out, because there are none. Each does the work in three ways: a query for each figure; the same with an index made
// for these very queries; and, which no report does by itself, all figures of a span in one grouped query. All results are
// compared with ours before anything is timed.
package main
