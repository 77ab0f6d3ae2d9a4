// Package witness is the role of one who watches logs (见证): a county bureau, the finance bureau or the audit office keeps the
// newest checkpoint of each log that it watches, and cosigns the next one when the log has proved that it only went on.
// Whoever holds a checkpoint with enough cosignatures knows that everybody was shown the same history.
//
//	w, err := witness.Open(dir)
//	log, err := w.Watch(key, origin, false)             // once: whose checkpoints are cosigned
//	signed, err := w.Cosign(witness.Submission{Old: 120, Path: path, Note: note}, now)
//
// Cosign refuses, each with a fault of its own: a log that nobody watches, a new epoch of one that is watched, a signature by
// another key, a checkpoint smaller than the one before (a cut tail, a database rolled back), another root at the same size
// (a fork, kept as evidence), a proof that does not hold (something that was cosigned is not in the log as it was).
//
// It travels as files, or by HTTP (Handler, Ask): C2SP tlog-witness, POST add-checkpoint, answered 200, 400, 403, 404, 409 or
// 422. A Policy says which witnesses are known and how many of them are enough (C2SP tlog-policy); Judge holds a checkpoint
// against it, without a network.
//
// The format of a cosignature and the key are those of package journal. What does not live here: the book (a witness needs
// none), and making proofs from it. On the store floor: imports journal and ground.
package witness
