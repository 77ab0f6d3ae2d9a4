// Package login says who signs in (登录): the users of a book, what they sign in by, and their sessions.
//
// A user (用户) is a record like any other: journalled, versioned, imported and exported, in the scope of its unit. Its role and
// unit are its rights, so every change of rights is a change of a record, with who made it and when. Only an administrator writes
// users, those of its own unit and of the units under it; nobody changes their own rights, and a login name is for ever.
//
//	users := login.New(b, clock, rand.Reader, login.Options{})
//	s, err := users.SignIn(ctx, login.Attempt{Name: "lijun", Password: "…", Address: "10.0.0.7"}) // s.Token goes into the cookie
//	s, err = users.Resume(ctx, token, address)                                                   // each request: s.Actor acts
//
// What somebody signs in by stands beside the records, in tables that are neither journalled nor exported nor backed up: a password
// as an argon2id hash, the secret of a second factor (TOTP, RFC 6238), recovery codes and tokens as SHA-256. The journal holds that a
// password was set, a second factor switched on or off, a session ended (book.Act), by whom and for whom.
//
// A session ends when its user signs out, after 30 minutes without a request, after 12 hours, when somebody revokes it, when its user is
// suspended or its password is set. The record is read for every request: new rights hold at once. While the password must be
// changed the actor of a session is the zero actor, which may nothing.
//
// Failures make the next attempt wait, longer each time, and lock nobody out: they count by name and address, and by name over all
// addresses that are new to it, so that strangers cannot keep somebody from signing in where they always do. A name that is not
// there is answered as a wrong password is, in the same time.
//
// Pages, cookies and their headers do not live here (face/web), nor the decision what a role may (record/access).
// A wing package: imports the record floor and below.
package login
