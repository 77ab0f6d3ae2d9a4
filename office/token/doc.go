// Package token is the tokens (令牌) by which programs come to the API: who issued them, for what they are good and until when.
//
//	tokens := token.New(b, clock, rand.Reader, users, known)
//	secret, t, err := tokens.Issue(ctx, actor, user, token.Request{Name: "county-sync", Scope: "read write:hazard", Ends: until})
//	bearer, err := tokens.Resume(ctx, secret, address)   // each request: bearer.Actor acts, within bearer.Scope
//	bearer.Scope.Allows(true, "hazard", "safety")        // true
//
// A token belongs to a user and never is more than its user is now: the record is read for every request. It has a name, a scope and an
// end, at most a year away. The secret is shown once; what is kept is its SHA-256, in a table that is neither journalled nor exported nor
// backed up, like what people sign in by. The journal holds that a token was issued or revoked, by whom, for whom and what for; what a
// token does stands under its user's name, via api and the token's name.
//
// Nobody issues a token in the name of another, but for whoever runs the program on the machine itself: it would be a second pair of
// hands for one who must not have them.
//
// HTTP does not live here (face/api), nor who may sign in (office/login). A wing package: imports the record floor and below.
package token
