// Package delegation is the kind of delegations (离岗代理): who does somebody's work while that person is away, from which day to which.
//
//	lijun → wangfang  2024-02-01 to 2024-02-07  出差
//
// Whoever it is given to chooses, when signed in, to act for the other, and has then the rights, the units and the clearance that the other
// has at that moment, in place of its own: never more than the other has. What it does is entered as done by it for the other. A delegation
// ends by itself after its last day, and earlier where it is withdrawn. Somebody who acts for another delegates nothing.
//
// Source says to whoever signs people in which delegations hold. A wing package: imports the record floor and below.
package delegation
