package journal

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"math/bits"

	"anlan/ground/fault"
	"anlan/store"
	"github.com/transparency-dev/merkle/compact"
)

// verifier walks the entries once, with two trees: one of the bodies and, once a body did not fit its stored leaf hash,
// one of the stored leaf hashes. Whichever of the two the stored nodes above agree with, the other was altered.
type verifier struct {
	*Verification
	factory     compact.RangeFactory
	bodies      *compact.Range
	stored      *compact.Range // nil while both are the same
	nodes       [64][]byte     // of the entry at hand in the tree of bodies, by level
	nodesStored [64][]byte
	keep        compact.VisitFn // fills nodes
	keepStored  compact.VisitFn
	lost        bool // rows are missing or moved: nothing above single entries can be recomputed
	unsettled   []Position
	shift       shift
	recordedAt  int64
	checkpoints []knownCheckpoint // by size
	next        int               // of checkpoints
	lastGood    Position          // the newest checkpoint that fits
	rewritten   bool              // a checkpoint did not fit: later ones do not either
}

// walkQuery gives all entries in order, by primary key; streamed.
const walkQuery = "SELECT position, recorded_at, hashes, body FROM journal_entry ORDER BY position"

func (v *verifier) walk(tx *store.Tx) (last Position, err error) {
	rows, err := tx.Query(walkQuery)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	if err := v.judgeCheckpoints(0); err != nil {
		return 0, err
	}
	for rows.Next() {
		r := rows.Values()
		position, _ := r[0].(int64)
		at, _ := r[1].(int64)
		hashes, _ := r[2].([]byte)
		body, _ := r[3].([]byte)
		p := Position(position)
		if p != last+1 {
			v.found(errRemoved.With(last+1, p-1))
			v.lost = true
		}
		if v.Entries > 0 && at < v.recordedAt {
			v.found(errTimeDecreased.With(p))
		}
		v.recordedAt = at
		if err := v.entry(p, hashes, body); err != nil {
			return 0, err
		}
		if err := v.judgeCheckpoints(p); err != nil {
			return 0, err
		}
		last = p
		v.Entries++
	}
	return last, rows.Close()
}

// entry compares one row with what its body gives.
func (v *verifier) entry(p Position, hashes, body []byte) error {
	levels := bits.TrailingZeros64(uint64(p)) + 1
	if v.shift.look(p, len(hashes)/hashBytes) || len(hashes) != levels*hashBytes {
		v.lost = true
	}
	leaf := leafHash(body)
	fits := len(hashes) >= hashBytes && bytes.Equal(leaf, hashes[:hashBytes])
	if v.lost {
		if !fits {
			v.found(errUnsettled.With(p))
		}
		return nil
	}
	if !fits {
		if err := v.fork(); err != nil {
			return err
		}
		v.unsettled = append(v.unsettled, p)
	}
	if v.stored != nil {
		if err := v.stored.Append(bytes.Clone(hashes[:hashBytes]), v.keepStored); err != nil {
			return fmt.Errorf("journal: verify entry %d: %w", p, err)
		}
	}
	if err := v.bodies.Append(leaf, v.keep); err != nil {
		return fmt.Errorf("journal: verify entry %d: %w", p, err)
	}
	for level := 1; level < levels; level++ {
		v.node(p, level, hashes[level*hashBytes:(level+1)*hashBytes])
	}
	return nil
}

// node compares a stored node with the trees. It covers the entries after p − 2^level up to p.
func (v *verifier) node(p Position, level int, stored []byte) {
	fitsBodies := bytes.Equal(stored, v.nodes[level])
	if v.stored == nil {
		if !fitsBodies {
			v.found(errNodeAltered.With(p, level))
		}
		return
	}
	fitsStored := bytes.Equal(stored, v.nodesStored[level])
	switch first := p - 1<<level; {
	case fitsBodies != fitsStored:
		v.settle(first, fitsStored)
	case !fitsBodies && !v.anyUnsettledAfter(first):
		v.found(errNodeAltered.With(p, level))
	}
}

// fork starts the tree of the stored leaf hashes from that of the bodies, which was the same until now.
func (v *verifier) fork() (err error) {
	if v.stored == nil {
		v.stored, err = v.factory.NewRange(0, v.bodies.End(), append([][]byte(nil), v.bodies.Hashes()...))
	}
	return err
}

func (v *verifier) anyUnsettledAfter(first Position) bool {
	n := len(v.unsettled)
	return n > 0 && v.unsettled[n-1] > first
}

// settle says of the entries after a position whose body and leaf hash differ which of the two is true.
func (v *verifier) settle(first Position, hashIsTrue bool) {
	open := v.unsettled[:0]
	for _, p := range v.unsettled {
		switch {
		case p <= first:
			open = append(open, p)
		case hashIsTrue:
			v.found(errEdited.With(p))
		default:
			v.found(errLeafAltered.With(p))
		}
	}
	v.unsettled = open
}

// shift finds out whether rows stand at other positions than those their hashes were made for: how many hashes a row
// holds tells how often 2 divides its position, and a row that was moved by k gives itself away within k rows.
type shift struct {
	first      Position // whose number of hashes is wrong; 0 while none is
	candidates []int    // by how many places the rows may have moved
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
	k := s.candidates[0] // the nearest
	if k > 0 {
		return errCutOut.With(s.first, k)
	}
	return errSlippedIn.With(s.first, -k)
}

func leafHash(body []byte) []byte {
	h := sha256.New()
	h.Write([]byte{0})
	h.Write(body)
	return h.Sum(nil)
}

func nodeHash(left, right []byte) []byte {
	var b [1 + 2*hashBytes]byte
	b[0] = 1
	copy(b[1:], left)
	copy(b[1+hashBytes:], right)
	sum := sha256.Sum256(b[:])
	return sum[:]
}
