package journal

import (
	"errors"

	"anlan/ground/fault"
	"anlan/store"
	"github.com/transparency-dev/merkle/compact"
)

// Verification is what VerifyTree found.
type Verification struct {
	Head        Head
	Entries     Position   // rows read
	Root        Hash       // recomputed from the bodies; zero when the rows have gaps
	Checkpoints int        // compared: kept in the book, given, and sworn to by changes of key
	Changes     []Rotation // of key; one that was declared lost is shown by each verifier
	Epochs      []Epoch    // after the first: what restores have lost
	Lost        int        // given checkpoints of entries that an epoch declares lost; each verifier shows it
	Findings    fault.List // at most findingsMax
	More        int        // findings beyond those
}

// Sound says that nothing is wrong.
func (v *Verification) Sound() bool { return len(v.Findings) == 0 }

// follow reads the changes of key and lets the trusted key vouch for the others. A change that is not what it should be
// vouches for nobody.
func (v *verifier) follow(tx *store.Tx, key PublicKey) (PublicKey, error) {
	changes, err := Rotations(tx)
	if forged, ok := errors.AsType[*fault.Fault](err); ok && forged.Is(ErrRotationForged) {
		v.found(forged)
		return key, nil
	}
	v.Changes = changes
	return key.Follow(changes...), err
}

const findingsMax = 100

func (v *Verification) found(f *fault.Fault) {
	if len(v.Findings) < findingsMax {
		v.Findings = append(v.Findings, f)
	} else {
		v.More++
	}
}

// VerifyTree recomputes the journal from its bodies and compares every stored hash, the head, every checkpoint that the
// book keeps and those that are known outside (signed notes), and the gaplessness and order of the entries. It shares
// no hashing code with the writer. What is wrong becomes a finding, as exactly as can be proved: with stored hashes
// above an entry still true, an edited body and an edited hash are told apart; after a rewrite of everything only a
// checkpoint speaks, and the finding names the span between the last that fits and the first that does not.
// The error is for what could not be read. Memory is bounded; run it in a Read.
func VerifyTree(tx *store.Tx, key PublicKey, known ...string) (*Verification, error) {
	row, found, err := readHead(tx, "")
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, ErrNoBook.With()
	}
	v := &verifier{Verification: &Verification{Head: row.head()}, head: row, misfits: map[Position]misfit{}, forked: map[Position]bool{}}
	if err := v.readEpochs(tx); err != nil {
		return nil, err
	}
	if key, err = v.follow(tx, key); err != nil {
		return nil, err
	}
	if err := v.readCheckpoints(tx, key, known); err != nil {
		return nil, err
	}
	v.bodies = (&compact.RangeFactory{Hash: v.hashes.node}).NewEmptyRange(0)
	v.keep = func(id compact.NodeID, h []byte) { v.nodes[id.Level] = h }
	if err := v.walk(tx); err != nil {
		return nil, err
	}
	v.judgeEnd(v.last)
	v.tellMoved()
	return v.Verification, nil
}
