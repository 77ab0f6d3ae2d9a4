// Package seed holds the places and units that a bureau begins with (初始区划和单位): files in the form of an export, imported
// when a book is founded, like anybody's; from then on they are records of the book that it may change.
//
//	430600-place.jsonl   岳阳市, its nine counties (GB/T 2260), and 屈原管理区 under its statistical code 430671
//	430600-unit.jsonl    the bureau with its sections and subordinates, the bureaus of the counties, and the four zones
//
// Townships come by import (`anlan import place FILE`). A zone without a place code is a unit 430600-9N.
// What does not live here: the kinds (resource/place, resource/unit). A wing package: imports nothing of the house.
package seed

import "embed"

// Files holds the seeds as <place code>-<kind>.jsonl.
//
//go:embed *.jsonl
var Files embed.FS
