// Package shipped holds the forms that come with the program (随程序提供的报表制度): files in the form of an export, imported when a
// book is founded, like anybody's; from then on they are records of the book that it may change.
//
//	final          部门决算公开表的项目: what the lines of final accounts are counted by
//	enforcement    安全生产执法统计: what counties and zones send of their cases
//
// What does not live here: forms of one bureau, which are records of its book. Imports nothing of the house.
package shipped

import _ "embed"

// Forms is the sheet of forms, a line each (JSONL).
//
//go:embed stat_form.jsonl
var Forms []byte
