// Package loss is the kind of loss reports (灾情报告): what one unit reports of one disaster, in editions 首报, 续报, 核报, 更正;
// 自然灾害情况统计调查制度 (应急〔2020〕19号).
//
// A report is one record with a row an edition, so no edition is overwritten and none is counted twice. Figures read the newest
// edition only: a correction before a verified report, that before follow-ups, those before the first; of one rank the last day,
// then the last row. What the newest edition says is copied to the record (derived) and counts on the day on which the disaster
// began. Asked as of the day of publication, a figure is what the edition of that day said.
//
//	首报 06-18  deaths 0  loss 1,200万元 │
//	续报 06-20  deaths 0  loss 2,050万元 │ counts until the next row comes
//	核报 06-28  deaths 0  loss 1,980万元 ▶ counts
//
// A zero report (零报告) has zeros; what is left empty is not recorded. The official rule (exactly one first report, nothing
// after the verified one but a correction, no fall and no great rise without an explanation, parts that add up) is kept as
// doubts: what came in is recorded as it came. The disaster itself is another kind, named by its number; rolls of the dead and
// of damaged houses are others. A wing package: imports the record floor and below.
package loss
