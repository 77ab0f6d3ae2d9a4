// Package report writes the report (报告): a template in which every number is a reference to a figure becomes Word, a web
// page and figures.json, its attachments (附件) Word and workbooks, and the files are published in a way that can be verified
// without the database.
//
//	figure accidents  work_safety.accidents
//	# 安全生产
//	全市共发生各类生产安全事故{accidents}。
//
// Prose is people's; figures are computed. A digit typed by hand in the prose, and a claim such as 首次 or 唯一, is refused
// when the template is read: such words need a source that can be cited. When the report is built, a printed form that is
// untrue (560余 of 560) and parts that do not add up are refused; parts that do not add up only because each was rounded
// are noted. docs/report-language.md has the whole language.
//
// Rows and paragraphs on projects, names of sections and measures come from records too (projects, each, list), so that a
// template serves any bureau; what nobody recorded is left out where the template says so (?), and Built.Omitted names it.
//
// What a report is made of (figures, provenance, citations, scores, what is withheld, what is unexplained) comes through
// Sources, which app joins from the packages that hold it.
//
// Publish computes as of position N, writes the files, then applies a publication record (SHA-256 of each file, N, the
// root at N) and puts beside them:
//
//	checkpoint   the signed tree head after that entry (C2SP note)
//	proof.json   the publication's entry, its inclusion proof, the consistency proof from N
//	key.pub      the public key of the book
//
// Among the files are the sets of records behind the figures (package census): sets.json says how each figure was counted and
// computed, sets.jsonl has a line for each record. No set is published that could give a withheld figure away.
// verify.html does for laymen, in their browser, what Verify does.
//
// Verify redoes all of it from the folder alone, the counting and the arithmetic too, and names each file that differs. ProveRecord
// shows of one record whether a figure counts it. What is proved: the files are those published, the figures follow from the sets,
// and the journal they were computed from is the one that was signed. What it does not: that a record was true
// when it was entered.
//
// The same data and position give the same bytes of every file but the PDF. Layout is package document;
// arithmetic is package indicator. On the account floor: imports indicator, evaluation, document, and
// the record floor; app imports it.
package report
