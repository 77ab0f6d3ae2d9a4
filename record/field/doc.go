// Package field defines the fields of a record kind: one typed declaration from which column, JSON, sheet cell, check,
// filter and condition follow.
//
//	grade   = field.Code("grade", "隐患级别", "grade", func(h *Hazard) *Grade { return &h.Grade }, Grades).Required()
//	foundOn = field.Day("found_on", "排查日期", "found on", func(h *Hazard) *period.Day { return &h.FoundOn }, field.NotFuture)
//	cost    = field.Money("cost", "整改投入", "cost", func(h *Hazard) *maybe.Of[money.Fen] { return &h.Cost })
//
// The accessor ties the field to a member of an ordinary struct, and the compiler follows it: a text rule on a day, a sum
// over text, or another kind's field in a condition does not compile. A value that may be absent while its zero means
// something is a maybe.Of; for text, code, reference and day the empty value is the absence and is stored as NULL.
//
// Each type is one file that gives a codec: driver value ↔ struct value ↔ text. The text form is what a sheet and the
// journal hold, and parsing it gives the same value back. A column, code and type are for ever: a field is retired, never
// renamed (Retire keeps the column; forms and sheets forget it).
//
// A condition (Cond) is data over stored fields of one record, never Go: the same condition gives a Go predicate, SQL and
// words. Measures are built of conditions in package measure; kinds are built of fields in package record.
// On the record floor: imports ground and access.
package field
