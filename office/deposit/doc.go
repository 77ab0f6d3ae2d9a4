// Package deposit keeps what was worked out for somebody until it is taken away (暂存的结果): of uploaded reports, what a check found in them.
//
//	deposits := deposit.New(db, clock, rand.Reader)
//	d, err := deposits.Put(ctx, user, deposit.Result{Name: "自评报告.docx", Said: said, Content: archive})
//	d, err = deposits.Find(ctx, user, d.ID)
//	err = deposits.Keep(ctx, user, d.ID)          // for thirty days instead of two hours
//	err = deposits.Drop(ctx, user, d.ID)
//
// A deposit is its user's alone and nobody else's, administrators included. It ends two hours after it was made, so that what somebody did not
// ask to be kept is not; a user has few, of which the oldest that is not kept goes first. It stands in the database, so that any of several
// processes finds it, and is neither journalled nor backed up: nothing of it is in the book.
//
// What a result holds is for whoever made it; HTTP does not live here (face/web). A wing package: imports the store and below.
package deposit
