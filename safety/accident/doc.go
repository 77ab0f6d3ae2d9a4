// Package accident is the kind of work-safety accidents (生产安全事故): what happened when and where, who was hurt, what was
// lost; 生产安全事故报告和调查处理条例 (国务院令第493号) and 生产安全事故统计调查制度.
//
// Deaths are rows of an accident (伤亡人员), so 97 deaths in 87 accidents are two measures over one kind. The grade
// (一般/较大/重大/特别重大) is computed from deaths, serious injuries and direct loss by art. 3 of 493号令: the worst of the
// three decides, "以上" includes the number. Names of casualties are personal data.
//
// A death within 30 days after the accident (7 days for road traffic and fires, art. 13) changes the figures of the day of
// the accident, also when the report is long out; a later one stays in the record and counts in no figure. A figure printed
// before is asked as of its position and does not move.
//
//	occurred 2023-12-20, died 2024-01-18   counts in 2023
//	occurred 2023-12-20, died 2024-01-20   too late, counts nowhere (不计入统计)
//
// An accident that turns out to be none by the rule (natural disaster, crime, illness) is cancelled (核销) by the authority
// that may: it stays, with day and document, and no longer counts. What does not fit and must be recorded as it came is a
// doubt (Doubts), not a refusal: a number of another year, a death before the accident, an accident below the threshold.
//
// An incident that is being dealt with (突发事件) is another kind. A wing package: imports the record floor and below.
package accident
