// Package role is the kind of roles that a bureau defines itself (角色): who may do what to which records, where none of the roles that come
// with the program fits.
//
//	hr  人事科  personal    people: read create edit withdraw    watch call safety: read
//
// A role is a record like any other: journalled, versioned, corrected with a reason, withdrawn. Its lines are those of package access, and
// mean what they mean there: of the lines about a kind the nearest holds alone. A user has it by naming it (office/login), and what is
// changed in it holds for its users from their next request on. Rights over users, roles and what stands beside the records are the
// administrator's and in no role of a bureau.
//
// Source gives a role to whoever signs people in. A wing package: imports the record floor and below.
package role
