// Package enforcement is the kind of administrative enforcement cases (行政执法案件), with the penalty that was decided;
// 行政处罚法 (2021) and 安全生产违法行为行政处罚办法.
//
//	filed ─ inform ─▶ informed ─ decide ─▶ decided ─ close ─▶ closed
//	  ├──── decide (simple procedure, art. 51) ─▶
//	  └──── drop ─────▶ dropped ◀──── drop ────┘ (informed)
//
// What was decided, paid, remitted and revoked are four amounts; 处罚…万元 in a report is the sum of what was decided, on the
// day of the decision. The day by which a case must be decided (90 days after filing, art. 60) is stamped when it is filed.
// A decision is made by another officer than whoever informed the party. Whom the case is about may be a person: the name is
// personal data.
//
// What does not fit (decided too late, a number of another year, more paid than decided) is a doubt, not a refusal.
// Inspections that find nothing and permits are other kinds; cases of counties that arrive as a return are no records here.
// A wing package: imports the record floor and below.
package enforcement
