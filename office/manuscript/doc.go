// Package manuscript is the prose of reports (报告文稿) and who answers for it: a section (报告章节) for each place where the template of
// a report takes prose of people, with its writer, its day and its state, and the signing (报告会签) of the report as of one position.
//
//	起草 ──提交──▶ 已提交 ──审定──▶ 已审定 ──重新起草──▶ 起草
//	 ▲               │退回
//	 └── 已退回 ◀─────┘
//
// The text is in the language of templates (docs/report-language.md): figures are named in braces, and no number is typed. What is
// submitted or approved is not changed; another person than who submitted approves it. A signing names who signs and in which order;
// nobody signs out of turn or for another.
//
// What does not live here: reading the text and building the report (account/report), which sections a report has (app).
// A wing package: imports the record floor and below.
package manuscript
