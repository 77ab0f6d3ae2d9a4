// Package drill is the kind of drills (演练): what was exercised, how, by how many, what went wrong and when it was mended.
//
// A drill is no incident and no call: it is a kind of its own, so an exercise enters no figure of real events. Participants are
// counted in 人次: who takes part in two drills is counted twice. A problem is mended (整改) when it was tried again, and
// Overdue lists those that were not. Plans are another kind, named by reference. A wing package: imports the record floor and
// below.
package drill
