// Package evacuation is the kind of evacuations (人员转移), as the register keeps them: of one danger area, how many households
// and people were due (应转), moved (实转) and have returned (返回).
//
//	ordered ─ move ─▶ moved ─ return ─▶ returned
//	   └───── lift ─▶ lifted                           the order was taken back before anybody moved
//
// Due, moved and returned are three figures on three days; "received" is not "moved". More may move than were due (visitors).
// Nobody goes home before the return is approved: it needs the approval's number and another officer. The roll by household,
// with names and helpers, is another kind. A wing package: imports the record floor and below.
package evacuation
