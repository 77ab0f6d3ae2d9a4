package journal

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"math/bits"
	"slices"

	"anlan/ground/fault"
	"anlan/store"
	"anlan/store/canonical"
	"github.com/transparency-dev/merkle/compact"
)

// verifier walks the entries once. While every stored hash is what the bodies give, the compact range is all it needs;
// from the first difference on, inquest finds out beside it which of the two is true.
type verifier struct {
	*Verification
	hashes      rehasher
	bodies      *compact.Range
	nodes       [64][]byte // that the entry at hand completes, by level
	keep        compact.VisitFn
	before      [][]byte // hashes of the range before the entry at hand
	inquest     *inquest // nil while nothing differs
	lost        bool     // rows are missing or moved: nothing above single entries can be recomputed
	shift       shift
	misfits     map[Position]misfit // bodies that are not what is stored for them; at most findingsMax
	last        Position            // row seen
	recordedAt  int64               // of it
	head        headRow
	checkpoints []Checkpoint // by size
	next        int          // of checkpoints
	lastGood    Position     // the newest checkpoint that fits
	forked      map[Position]bool
	rewritten   bool // a checkpoint did not fit: later ones do not either
}

func (v *verifier) walk(tx *store.Tx) error {
	if err := v.judge(0); err != nil {
		return err
	}
	return walkEntries(tx, v.row)
}

// row takes the next row of the table, whatever its position.
func (v *verifier) row(r pageRow, hashes, body []byte) error {
	p := r.position
	v.Entries++
	switch {
	case p < 1:
		v.found(errBeforeFirst.With(p))
		return nil
	case p == v.last: // only where the key of the table is gone
		v.found(errTwice.With(p))
		return nil
	case p != v.last+1:
		v.found(errRemoved.With(v.last+1, p-1))
		v.lost = true
	}
	if v.last = p; p > v.head.Size {
		return nil // what stands behind the head is wrong whatever it says
	}
	if p > 1 && r.recordedAt < v.recordedAt {
		v.found(errTimeDecreased.With(p))
	}
	v.recordedAt = r.recordedAt
	if bytes.HasPrefix(body, rotationPrefix) && !v.knowsChange(p) && ofJournal(body) {
		v.found(errRotationHidden.With(p))
	}
	if bytes.HasPrefix(body, epochPrefix) && !v.knowsEpoch(p) && ofJournal(body) {
		v.found(errEpochHidden.With(p))
	}
	if err := v.entry(p, hashes, body); err != nil {
		return err
	}
	return v.judge(p)
}

// How the bodies begin of what the journal says of itself; a transition of some record may be called so, too.
var (
	rotationPrefix = []byte(`{"action":"rotate"`)
	epochPrefix    = []byte(`{"action":"epoch"`)
)

// ofJournal says whether an entry is the journal's own.
func ofJournal(body []byte) bool {
	content, err := canonical.Parse(body)
	kind, _ := content.Member("kind").Text()
	return err == nil && kind == Kind
}

func (v *verifier) knowsChange(p Position) bool {
	return slices.ContainsFunc(v.Changes, func(r Rotation) bool { return r.Position == p })
}

func (v *verifier) knowsEpoch(p Position) bool {
	return slices.ContainsFunc(v.Epochs, func(e Epoch) bool { return e.Position == p })
}

// entry compares one row with what its body gives.
func (v *verifier) entry(p Position, hashes, body []byte) error {
	levels := bits.TrailingZeros64(uint64(p)) + 1
	if v.shift.look(p, len(hashes)/hashBytes) || len(hashes) != levels*hashBytes {
		v.lost = true
	}
	leaf := v.hashes.leaf(body)
	v.noteMisfit(p, leaf, hashes)
	if v.lost {
		if len(hashes) < hashBytes || !bytes.Equal(leaf, hashes[:hashBytes]) {
			v.found(errUnsettled.With(p))
		}
		return nil
	}
	v.before = append(v.before[:0], v.bodies.Hashes()...)
	if err := v.bodies.Append(leaf, v.keep); err != nil {
		return fmt.Errorf("journal: verify entry %d: %w", p, err)
	}
	if v.inquest == nil {
		same := true
		for level := range levels {
			same = same && bytes.Equal(v.nodes[level], hashes[level*hashBytes:(level+1)*hashBytes])
		}
		if same {
			return nil
		}
		v.inquest = newInquest(v.before)
	}
	for _, verdict := range v.inquest.entry(p, Hash(leaf), hashes) {
		v.found(verdict.fault())
	}
	return nil
}

// misfit is a body that is not what is stored for it.
type misfit struct{ computed, stored Hash }

func (v *verifier) noteMisfit(p Position, leaf, hashes []byte) {
	if len(hashes) >= hashBytes && !bytes.Equal(leaf, hashes[:hashBytes]) && len(v.misfits) < findingsMax {
		v.misfits[p] = misfit{Hash(leaf), Hash(hashes)}
	}
}

// tellMoved: a body that does not fit its place, and whose hash is the one stored at another such place, was moved from there.
func (v *verifier) tellMoved() {
	at := map[Hash]Position{}
	for p, m := range v.misfits {
		at[m.stored] = p
	}
	for i, f := range v.Findings {
		if !f.Is(errEdited) && !f.Is(errUnsettled) {
			continue
		}
		p, _ := f.Args[0].(Position)
		if from, ok := at[v.misfits[p].computed]; ok && from != p {
			v.Findings[i] = errMoved.With(p, from)
		}
	}
}

// rehasher computes the verifier's own hashes; it shares nothing with the writer's. Results are cut from pages, because
// the range keeps a few of millions and a piece of memory for each would cost more than hashing.
type rehasher struct {
	leafInput []byte
	page      []byte
}

const hashPage = 512 * hashBytes

func (h *rehasher) leaf(body []byte) []byte {
	h.leafInput = append(append(h.leafInput[:0], 0), body...)
	return h.keep(sha256.Sum256(h.leafInput))
}

func (h *rehasher) node(left, right []byte) []byte { return h.keep(nodeHash(left, right)) }

func (h *rehasher) keep(sum [sha256.Size]byte) []byte {
	if len(h.page) < hashBytes {
		h.page = make([]byte, hashPage)
	}
	kept := h.page[:hashBytes:hashBytes]
	h.page = h.page[hashBytes:]
	copy(kept, sum[:])
	return kept
}

func nodeHash(left, right []byte) [sha256.Size]byte {
	var b [1 + 2*hashBytes]byte
	b[0] = 1
	copy(b[1:], left)
	copy(b[1+hashBytes:], right)
	return sha256.Sum256(b[:])
}

// shift finds out whether rows stand at other positions than those their hashes were made for: how many hashes a row
// holds tells how often 2 divides its position, and a row that was moved by k gives itself away within k rows.
type shift struct {
	first      Position // whose number of hashes is wrong; 0 while none is
	candidates []int    // by how many places the rows may have moved, the nearest first
}

const shiftMax = 32

// look takes the next row and says whether rows have moved.
func (s *shift) look(p Position, hashes int) bool {
	if s.first == 0 {
		if hashes == bits.TrailingZeros64(uint64(p))+1 {
			return false
		}
		s.first = p
		for k := 1; k <= shiftMax; k++ {
			s.candidates = append(s.candidates, k, -k)
		}
	}
	open := s.candidates[:0]
	for _, k := range s.candidates {
		if q := p + Position(k); q > 0 && hashes == bits.TrailingZeros64(uint64(q))+1 {
			open = append(open, k)
		}
	}
	s.candidates = open
	return true
}

// finding tells what is known in the end.
func (s *shift) finding() *fault.Fault {
	switch {
	case s.first == 0:
		return nil
	case len(s.candidates) == 0: // one row only, or no single shift explains them
		return errRowDamaged.With(s.first)
	}
	k := s.candidates[0]
	if k > 0 {
		return errCutOut.With(s.first, k)
	}
	return errSlippedIn.With(s.first, -k)
}
