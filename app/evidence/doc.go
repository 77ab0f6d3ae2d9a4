// Package evidence packs what stands behind a figure, or behind a published report, into one archive (证据包) that somebody can take away and
// verify without the book.
//
//	err := evidence.Figure(ctx, a, actor, evidence.Question{Code: "work_safety.deaths", Period: p, Unit: u, Lang: lang.Chinese}, w)
//	err = evidence.Publication(ctx, a, actor, publication, lang.Chinese, w)
//
//	README.txt              what is here, what was left out and why, how to verify it: in Chinese and in English
//	figure.json             of a figure: its value, its arithmetic, its definition, the position
//	published/              of a report: its files byte for byte, with checkpoint, proof and key
//	behind.xlsx             each record behind the figures, with what it adds to which, and the file of its proof
//	records/KIND.xlsx       these records, as an export shows them to whoever asks: within scope and clearance, numbers of persons masked
//	proofs/KIND-N.tlog-proof   of a figure: that the version is in the journal that was signed, for anlan verify
//	documents/              the attachments of the records
//	key.pub                 the key of the journal
//
// What is packed is read under the rights of whoever asks and journalled as any export is. A record out of scope is a line without content, so that
// the sum can still be seen. Everything is bounded; what a bound has left out is said in README.txt.
//
// Under app: imports app and the floors below; face/web imports it.
package evidence
