// Package publicreport is the kind of reports from the public (举报) of hazards, illegal acts and concealed accidents.
//
//	received ─ accept ─▶ accepted ─ verify ─▶ verified ─ close ─▶ closed
//	    └───── refuse (with the reason) ─▶ refused          └─ verify again (with the reason)
//
// Who reported, by which telephone, what he said and whom he named are restricted (限制知悉): in the journal they stand as
// commitments, and roles without that clearance never see them, in lists, exports or proofs. The figures read none of them.
// Verified is counted on the day of verification where it was true in whole or in part; a reward belongs to a report that was.
// Documents of administration that are called reports are no public reports. A wing package: imports the record floor and below.
package publicreport
