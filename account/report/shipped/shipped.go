// Package shipped holds the report templates that come with the program (随系统提供的报告模板).
//
// What does not live here: the language of templates (package report). On the account floor: imports nothing of the house.
package shipped

import "embed"

// Files holds the shipped templates by name.
//
//go:embed *.report
var Files embed.FS
