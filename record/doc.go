// Package record is the kernel's declaration of a record kind (记录类型): fields, natural key, measures, workflow, once, in
// one Go file of a wing. Everything else follows from it: tables, checks, list, sheet, history, figures.
//
//	var Kind = record.Define("hazard", "事故隐患", "hazard", func(h *Hazard) *record.Head { return &h.Head },
//		serial, title, grade, foundOn, listedOn, closedOn, steps,
//	).Key(serial).Measures(Found, Listed, Open)
//
//	var Workflow = record.Flow(Kind, States, Found,
//		record.Transition("close", "销号", "close", Rectified, Closed, (*Hazard).Close, record.FourEyes),
//	)
//
// Define and Flow check what they are given and panic at start when it is inconsistent, saying where; nothing is found in
// December by the auditor. Workflow stands apart from Kind so that a rule may mention Kind.
//
// Of is a kind with its struct type erased: what the engine (record/book), sheets (record/exchange) and faces work with.
// Two states are reserved in every kind: kept (no workflow) and withdrawn (作废), which counts nowhere.
//
// What does not live here: writing (record/book), balances (record/posting), questions (record/query).
// On the record floor: imports ground, access, field, measure.
package record
