// Package access says who acts, what they may do, and which records and fields they may see.
//
// An Actor (操作人) is who, in which role, for which units, through which door. Nothing is read or written without one:
// a forgotten actor does not compile. A Scope is a predicate on (unit, place, kind, sensitivity): it becomes part of each
// query's WHERE, and is asked again on the loaded record.
//
//	auditor := access.Actor{Name: "审计员", Role: access.Auditor, Unit: "430600", Via: "cli"}
//	auditor.May(access.Read, "hazard")   // true
//	auditor.May("close", "hazard")       // false
//	auditor.Sees(access.Personal)        // true; that it was read is journalled, see book.ReadRecorded
//
// Sensitivity is one of public < internal < personal < restricted; a field above the actor's clearance is absent for it,
// not blank: in lists, exports, history and proofs alike. What a role may do where is one table
// (roles.go), by area and kind; a bureau adds roles of its own as records (office/role). Sign-in does not live here.
// On the record floor: imports ground; everything that touches records imports it.
package access
