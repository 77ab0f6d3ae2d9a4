// Package journal is the log of the book (日志): every change is one entry, the entries are the leaves of a Merkle tree,
// and signed tree heads (checkpoints, 封存点) that somebody else keeps make it impossible to remove or rewrite an entry
// unseen.
//
// Appending happens in the transaction of the change and begins with the head's lock, which makes all changes of a book
// serial:
//
//	w, err := journal.Lock(tx)               // first of all, before anything is read
//	at := w.Stamp(now)                       // never before the newest entry
//	position, err := w.Append(journal.Entry{Kind: "hazard", Record: id, Version: 1, Action: "create", Body: body})
//	err = w.Flush()                          // entries and their hashes in one bulk insert, then the head
//
// Positions count from 1; the newest is the size of the tree; as of N includes N. The leaf hash is SHA-256(0x00 ‖ body),
// a node SHA-256(0x01 ‖ left ‖ right) (RFC 6962, section 2.1), so the root after N entries is over the first N bodies.
// Each row of journal_entry holds the hashes that its entry completes (golang.org/x/mod/sumdb/tlog's "stored hashes",
// by row instead of by index): the hash of level L and index N, counted from 0, is number L of row (N+1)·2^L. The head
// holds the right edge, so appending reads one row however large the book is.
//
// Proofs need no database to be checked: Inclusion.Verify, Consistency.Verify, PublicKey.Open. Their files follow
// C2SP: signed-note and tlog-checkpoint with origin "anlan/<book>/<epoch>", tlog-proof for an inclusion; both proofs are
// JSON as well. VerifyTree recomputes everything from the bodies with another implementation (transparency-dev/merkle)
// and says what is wrong, and where. A restore that lost entries opens a new epoch (OpenEpoch), whose checkpoints have
// another origin, so that no two histories carry the same name.
//
// A key can be changed (Writer.Rotate): the statement is an entry that the old and the new key have signed over the journal
// before it, so whoever trusts one key of a book opens what the others signed, each in its own time (PublicKey.Follow);
// of a key that was declared lost only its successor could sign, and every verifier shows that.
//
// Whoever watches the log from outside cosigns its checkpoints (Key.Cosign, Cosigner.Cosigned; package witness decides whether), and
// WriteTiles gives it as files that the tools of others read (C2SP tlog-cosignature, tlog-tiles).
//
// What lives here beside it: a checkpoint's key (Ed25519, file mode 0600). What does not: what a body says (the record
// kernel writes canonical JSON), the tables journal_secret and idempotency (made here, written by the kernel), and
// comparing the tables with the bodies (replay, above). On the store floor: imports store, canonical and ground.
package journal
