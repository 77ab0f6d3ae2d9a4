// Package bench compares ways of doing one work on one machine in one sitting: the ways take turns (ours, peer, ours, peer,
// …), and what is claimed is their ratio, with its spread, because the load of a machine moves bare times by a factor of two.
//
//	sides := []bench.Side{{Name: "ours", Run: ours}, {Name: "peer", Run: peer}}
//	table, err := bench.Alternate(ctx, 3, sides...)
//	table.Print(os.Stdout)       // a table in Markdown, as README.md beside this file holds it
//
// The folders below are programs, each with its own workload and peers:
//
//	bench/figures   200 indicators over 50 thousand and 5 million records, against plain SQL in three databases
//	bench/journal   appending, proving and verifying entries, against a bare table and bare hashing
//	bench/import    importing 100,000 rows of XLSX, against reading the file alone
//	bench/write     the write path, against a bare INSERT of the row
//	bench/check     checking prose with all rules, against finding its numbers alone
//	bench/tamper    some sixty ways to cheat, each done for real, and what the verifiers say of it; nothing is timed
//
// What does not live here: benchmarks of one function (they stand beside it, in its tests). Nothing imports these programs.
package bench
