// Package intake keeps a sheet between its upload to a page and its import (待导入的表格): the file, what somebody has said of its columns, and
// what was typed in place of its values.
//
//	drafts := intake.New(db, clock, rand.Reader)
//	d, err := drafts.Begin(ctx, user, "hazard", "台账.xlsx", content)
//	err = drafts.Say(ctx, user, d.ID, func(s *intake.Said) error { s.Row, s.Columns = 3, columns; return nil })
//	d, err = drafts.Find(ctx, user, d.ID)                      // d.Request() is what exchange.Import is asked
//	err = drafts.Close(ctx, user, d.ID, receipt)               // the file is let go, the receipt stays for a day
//
// A draft is its user's alone and ends a day after it was last touched; a user has few at a time, the oldest goes. It stands in the database,
// so that any of several processes finds it, and is neither journalled nor backed up: nothing of it is in the book. The import itself
// is judged and written by record/exchange, which leaves a record with the hash of the file.
//
// What was said of the columns of a sheet is remembered by unit, kind and shape of the sheet (its headings in their columns), so that next
// month's sheet is proposed as this month's was read. It is a proposal and nothing more.
//
// HTTP does not live here (face/web). A wing package: imports the record floor and below.
package intake
