// Package record is the kernel's declaration of a record kind (记录类型): fields, natural key, measures, workflow, once, in
// one Go file of a wing. Everything else follows from it: tables, checks, list, sheet, history, figures.
//
//	var Kind = record.Define("hazard", "事故隐患", "hazard", func(h *Hazard) *record.Head { return &h.Head },
//		number, title, grade, foundOn, listedOn, closedOn, steps,
//	).Key(number).Measures(Found, Listed, Open)
//
//	var Workflow = record.Flow(Kind, States, StateFound,
//		record.Transition("close", "销号", "close", StateRectified, StateClosed, (*Hazard).Close, record.FourEyes),
//	)
//
// Define and Flow check what they are given and panic at start when it cannot become tables, entries and sheets, saying
// where: nothing is found in December by the auditor. Workflow stands apart from Kind so that a rule may mention Kind.
//
// Of is a kind with its struct type erased: what the engine (record/book), sheets (record/exchange) and faces work with.
// Two states are reserved in every kind: kept (no workflow) and withdrawn (作废), which counts nowhere. Ext are the values of
// fields that a bureau adds by itself (office/extra), checked by Extras.
//
// DDL is what a kind's migration holds; Readable are the views for people who ask with plain SQL.
//
// What does not live here: writing and reading (record/book), balances (record/posting), the types of fields
// (record/field). On the record floor: imports ground, store, access, field and measure; wings declare kinds with it.
package record
