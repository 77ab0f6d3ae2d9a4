// Package project is the kind of projects (项目) of a year with their performance targets (绩效目标): what the money of a project
// is for, and what it promises.
//
//	draft ─ declare ─▶ declared ─ approve ─▶ approved ─ adjust ─▶ approved
//	  ▲──── return ───────┘
//
// Targets are approved with the budget (预算批复时批复绩效目标) by somebody else than who declared them. From then on the annual
// goal and the rows of targets change only by the step adjust, which names a new document; a plain edit or an import that
// changes one is refused and says what stood, what was given and what is needed. What was achieved is entered freely.
//
// A target is measurable when relation, value, unit, period, baseline and source are separate fields; whether they are there
// is for the lint of targets to say. Whether a measurable target was reached is derived. Counted are projects and targets
// that were approved, in their year. Money spent is another kind (支出凭证), scores are given elsewhere.
// Sources: 项目支出绩效评价管理办法 (财预〔2020〕10号), 财预〔2021〕101号 (first-level indicators). A wing package: imports the
// record floor and below.
package project
