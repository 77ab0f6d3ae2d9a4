// Package demonstration is the kind of demonstration places (示范创建): communities for disaster reduction (综合减灾示范社区),
// national and provincial, and townships for safe development (安全发展示范乡镇), by the document that named them.
//
// A place counts in the period in which it was named. The title may be taken back after a re-check (动态管理); what was named in a
// year is still what was named in it. Without a document there is no title: it is required. A wing package: imports the record
// floor and below.
package demonstration
