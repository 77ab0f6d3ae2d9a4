// Package shipped holds the report templates that come with the program (随系统提供的报告模板), each with its prose and the
// attachments that it names.
//
//	department.report   部门整体支出绩效自评报告 with its attachments: basic-data, department-form, and project-form for each project
//	earmark.report      省级安全生产预防及应急专项资金绩效自评报告
//	spine.report        one page: staff, hazards, accidents
//
// What does not live here: the language of templates (package report). On the account floor: imports nothing of the house.
package shipped

import "embed"

// Files holds the shipped templates by name.
//
//go:embed *.report *.prose
var Files embed.FS
