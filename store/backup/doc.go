// Package backup writes a whole book into one file while it is in use (备份), and brings it back (恢复) only after the
// copy has proved itself.
//
//	made, err := backup.Write(ctx, db, blobs, now, "book-2026-03-01.zip")
//
//	staged, err := backup.Stage(ctx, "book-2026-03-01.zip", target, backup.Proof{Key: key, Known: notes})
//	… whoever opens the book may look at staged.DB first (replay against the tables) …
//	kept, err := staged.Replace(ctx)      // or staged.Discard(ctx)
//
// The file is a ZIP archive that any tool opens: manifest.json, table/<name>.jsonl with a canonical JSON array for each
// row in the order of its primary key (blobs in Base64), blob/<sha256> for each attachment. It names no database: what
// came from SQLite goes into PostgreSQL and back, and the same content gives the same tables, byte for byte. The
// tables are read in one snapshot; the attachments are copied after it, so each that a row names is there. The private
// key is not in it.
//
// Stage makes the tables of the backup's version in a place beside the target, loads them, and proves: each member
// against its hash in the manifest, the journal by VerifyTree with every checkpoint known outside, the head against the
// manifest. Then it brings the tables up to date. No table of the target is touched before Replace, which keeps what it
// replaces and needs one rename; attachments are added to those of the target, where they harm nobody. A copy that is older than a checkpoint known outside, or than the book it would
// replace, is refused; with Proof.Accept it becomes a new epoch whose first entry says what is lost.
// On the store floor: imports store, journal, blob, canonical and ground.
package backup
