// Package accident is the kind of work-safety accidents (生产安全事故): what happened when and where, who was hurt, what was
// lost; 生产安全事故报告和调查处理条例 (国务院令第493号) and 生产安全事故统计调查制度.
//
// Deaths are rows of an accident (伤亡人员), so 97 deaths in 87 accidents are two measures over one kind. The grade
// (一般/较大/重大/特别重大) is computed from deaths, serious injuries and direct loss by art. 3 of 493号令: the worst of the
// three decides, "以上" includes the number. Names of casualties are personal data.
// An incident that is being dealt with (突发事件) is another kind. A wing package: imports the record floor and below.
package accident
