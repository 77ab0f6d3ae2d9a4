// Package evaluation turns figures into a score (评价): schemes, judgements, runs.
//
// A Scheme (评分方案) is a year's tree of lines with points, criteria, targets and scoring rules, as a finance bureau issues it.
// It is a record, a text file (ParseFile, Scheme.Text) and a spreadsheet with the columns of the form (ReadSheet, WriteSheet);
// the three hold the same. Define checks it against the indicators of a book and gives a Rubric. Rubric.Evaluate computes a Run
// (评分结果) from an indicator.Source, which is bound to one journal position, and from Judgements (评分认定), which are people's:
//
//	scheme ── Define(indicators) ──▶ rubric ── Evaluate(source, judgements) ──▶ run: score, lost points and why, line by line
//
// A line is scored from its indicator by its rule, or by the group's decision where the form asks for a judgement. A judged line
// without a decision is not scored, a value that nobody recorded is not scored, and nothing is ever guessed: a run with such
// lines has no grade. Numbers are exact rationals; Points.Text rounds once, when printing, an exact half away from zero. Every
// score carries the arithmetic that a clerk can redo by hand.
//
// Sources: 财预〔2013〕53号 (the common trees), 财预〔2020〕10号 (points, levels, grades of project evaluation), the forms of
// Hunan's finance departments (湘财绩).
//
// What does not live here: the wordings of rules (package rule), the shipped schemes (package shipped), the lint of targets
// (package lint), the arithmetic of indicators (package indicator). On the account floor: imports indicator and the record
// floor; report and app import it.
package evaluation
