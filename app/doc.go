// Package app is the one place where parts are joined: it opens the store, registers the kinds of every wing, hands the
// trees of units and places to the kernel, and gives the faces what they need. Reading it is reading the wiring.
//
//	a, err := app.Open(ctx, app.Options{Data: "./anlan-data"})
//	defer a.Close()
//	err = a.Book.Read(ctx, actor, 0, func(v *book.View) error { … })
//
// A data folder holds the embedded database (book.db), attachments (blob/), and keys (keys/: the private one 0600); with
// a database address, tables and attachments are in PostgreSQL and only the keys stay in the folder.
// Nothing is decided here that a package below could decide. Imported by the faces only.
package app
