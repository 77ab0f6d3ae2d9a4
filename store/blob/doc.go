// Package blob keeps attachments (附件) by the SHA-256 of their content: what has the same content is stored once, what
// has a name can never change, and what was tampered with is found when it is read.
//
//	ref, err := blobs.Put(ctx, upload)             // on the disk, fsynced, before this returns
//	ref, err = blobs.PutIf(ctx, upload, look)      // look reads it first, and what it gives is why it is not kept
//	… a change that names ref.Sum is applied …
//	r, err := blobs.Open(ctx, ref.Sum)             // the last Read fails with ErrTampered when the hash is wrong
//
// A blob is put before the transaction that names it. If that transaction never comes, the blob is an orphan, which
// harms nobody; sweeping them is for a program that knows all names, and never runs beside a backup.
// With SQLite blobs are files in the data folder (ab/abcdef…, written aside, synced and then renamed, so that a name
// never stands over half a content); with PostgreSQL they are rows of 1 MiB, so that every process sees them.
// What a file is, who may read it and its name live in the record that refers to it.
// On the store floor: imports store and ground.
package blob
