package journal

import (
	"iter"

	"github.com/transparency-dev/merkle/compact"
	"golang.org/x/mod/sumdb/tlog"
)

// Leaves is a tree of the journal's hashes that stands beside it: over the records behind a figure. Positions in its proofs
// count from 1, as in the journal. The zero value is the tree without leaves.
type Leaves struct {
	stored []tlog.Hash // by tlog's numbering
	size   int64
}

// Add puts a body behind the others.
func (l *Leaves) Add(body []byte) error {
	hashes, err := tlog.StoredHashesForRecordHash(l.size, tlog.Hash(LeafHash(body)), l.reader())
	if err != nil {
		return err
	}
	l.stored = append(l.stored, hashes...)
	l.size++
	return nil
}

func (l *Leaves) reader() tlog.HashReaderFunc {
	return func(indexes []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(indexes))
		for i, x := range indexes {
			out[i] = l.stored[x]
		}
		return out, nil
	}
}

// Size is how many bodies it has.
func (l *Leaves) Size() Position { return Position(l.size) }

// Root is the root over all bodies.
func (l *Leaves) Root() (Hash, error) {
	h, err := tlog.TreeHash(l.size, l.reader())
	return Hash(h), err
}

// Prove makes the proof that a body stands at a position; Inclusion.Verify checks it against the root. Fault: ErrNoPosition.
func (l *Leaves) Prove(at Position) (Inclusion, error) {
	if at < 1 || at > l.Size() {
		return Inclusion{}, ErrNoPosition.With(at, l.Size())
	}
	path, err := tlog.ProveRecord(l.size, int64(at)-1, l.reader())
	return Inclusion{at, l.Size(), ours(path)}, err
}

// RootOf computes the root over bodies by the implementation that judges, which shares nothing with Leaves.
func RootOf(bodies iter.Seq[[]byte]) (Hash, error) {
	h := &rehasher{}
	r := (&compact.RangeFactory{Hash: h.node}).NewEmptyRange(0)
	for b := range bodies {
		if err := r.Append(h.leaf(b), nil); err != nil {
			return Hash{}, err
		}
	}
	if r.End() == 0 {
		return emptyRoot, nil
	}
	root, err := r.GetRootHash(nil)
	if err != nil {
		return Hash{}, err
	}
	return Hash(root), nil
}
