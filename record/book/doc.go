// Package book is the one write path of the house and the one way to read: a book (账册) is one journal with the records,
// postings and events that belong to it.
//
// Every change, by whatever door, is a Change given with an actor to Apply:
//
//	lock the head → load → authorise → check → guard → [row, old row to past, entry, secrets, postings, event] → commit
//
// The head row of the journal is locked before anything is read, so all changes of a book are serial on both databases
// and a rule may read what it likes. Apply takes a slice: all or nothing, every fault of every change at once, and what it
// holds does not grow with the number of changes.
//
//	done, err := b.Apply(ctx, actor, []book.Change{{Kind: "hazard", Action: access.Create, Record: &h}})
//	err = b.Read(ctx, actor, 0, func(v *book.View) error { … v.Get("hazard", id) … })
//
// A View is one consistent snapshot as of a journal position, seen by an actor with the rights of today: records outside
// its scope are not there, fields above its clearance are absent, in lists, filters, orders, history and figures alike.
//
// A Judge refuses a record that contradicts others as it goes in, a Whole what all the changes of an Apply make together, before
// they are committed. Rehearse does all that Apply does, and takes it back.
//
// An entry is canonical JSON (RFC 8785) of who, when, what, why and the whole content; a field above internal stands in
// it as a commitment SHA-256(salt ‖ value), value and salt beside it in journal_secret. Replay compares entries with
// tables version by version; Repost makes all postings again and compares (journal verify).
//
// A kind of which the book has no record, or none of a year or any before it, gives no figures of that year (View.RecordedBy):
// nobody has recorded what its measures count, and that is not 0. Events are written to the outbox for the kinds that somebody subscribes to, and for no others.
//
// ReadRecorded is Read for what people get to see: who read records of persons is an entry too, without the values (阅读留痕).
//
// Settle opens the accounts of measures that are new or were changed; until an account is whole, figures come from the one
// before and say so (View.Standing), and a kind whose measure has none takes no changes.
//
// Group is Apply for many who write at once: what gathers while one transaction commits goes into the next together, and each request is
// answered for itself. Enter puts into the journal that something was done beside the records (Act), in the transaction that does it.
//
// What does not live here: the tree of hashes (store/journal), definitions (record), sums (record/posting), sheets.
// On the record floor: imports ground, store, record and its packages; account, app and faces use it.
package book
