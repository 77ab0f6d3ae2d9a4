// Package store keeps what must not be lost (存储): one SQL text over SQLite, the embedded default, and PostgreSQL.
//
// A use opens one transaction at its top, and everything it calls takes the *Tx and cannot open another:
//
//	err := db.InTx(ctx, func(tx *store.Tx) error {
//		found, err := tx.QueryRow([]any{&size}, "SELECT size FROM book_head WHERE id = ?", 1)
//		…
//		_, err = tx.Exec("UPDATE book_head SET size = ? WHERE id = 1", size+1)
//		return err
//	})
//
// InTx writes: BEGIN IMMEDIATE on SQLite's single writer (WAL, synchronous=FULL, foreign keys on), READ COMMITTED on
// PostgreSQL. Read is one consistent snapshot. A statement that failed ends its transaction on both databases, unless it
// stands in an Attempt, which is taken back alone; a second statement while Rows are open is refused on both; one call is
// one statement on both.
//
// The two databases give the same bytes. A value is NULL, int64, string or []byte and nothing else: booleans are 0 and
// 1, instants µs UTC, money fen, a sum is CAST(sum(x) AS bigint), and a result that is a float or a decimal is refused.
// Text columns of PostgreSQL are COLLATE "C". Placeholders are `?`. U+0000 and invalid UTF-8 are refused at the door
// (ErrBadText). The few places where the databases differ are methods of Dialect, with the reason beside them.
//
// Errors of both drivers become the faults of this package once, here: busy, read-only, disk full, corrupt, connection
// lost, unique, foreign key, check, newer schema … ViolationOf says which constraint of which table was hit.
//
// What lives below this folder: migration (the files that make the tables), journal (the Merkle log), blob
// (attachments by hash), outbox (events), canonical (RFC 8785 JSON), backup, and storetest (both databases in one test).
// On the store floor: imports ground; everything above may import it.
package store
