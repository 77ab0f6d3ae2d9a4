// Package callout is the kind of calls (叫应), as the register keeps them: whom who called by which way at which rung of "631",
// and whether a named person acknowledged.
//
// Sent, answered, acknowledged and carried out are four facts with four clocks. Only a named person who acknowledges makes a
// call an answered one (有叫有应): that a machine says a message was delivered is no answer. Names and telephone numbers are
// personal data. The ladder that decides whom to call next, and channels, are no records and live elsewhere in this wing.
// What does not fit is a doubt (Doubts), not a refusal. A wing package: imports the record floor and below.
package callout
