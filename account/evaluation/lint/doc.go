// Package lint reads performance targets (绩效目标) as a finance bureau's reviewer would: of each target it says whether it is
// measurable (a value with unit, relation, period, baseline and source), worded so that it can be checked, not stated twice, and
// not met before the year began; of each project whether its targets cover output, benefit and satisfaction and what its money
// was spent on. Each finding says what to write instead.
//
//	for _, f := range lint.Check(p).Findings { fmt.Println(f.Words.Zh, f.Instead.Zh) }
//
// A finding is a question to whoever writes the target, shown from its text alone; nothing is refused here. Vague words are
// those of the list vague; numbers are compared exactly.
//
// Sources: 项目支出绩效评价管理办法 (财预〔2020〕10号), 中央部门项目支出核心绩效目标和指标设置及取值指引 (财预〔2021〕101号).
//
// What does not live here: targets as records (resource/project), scores (package evaluation). On the account floor, inside
// evaluation: imports ground; app maps records to its structs.
package lint
