package journal

import (
	"fmt"
	"slices"
	"strings"

	"anlan/store"
	"golang.org/x/mod/sumdb/tlog"
)

// Inclusion proves that a body is the entry at Position of the journal of Size: at most 1 + log₂ Size hashes.
type Inclusion struct {
	Position Position `json:"position"`
	Size     Position `json:"size"`
	Path     []Hash   `json:"path"`
}

// Consistency proves that the journal of size New begins with the journal of size Old.
type Consistency struct {
	Old  Position `json:"old"`
	New  Position `json:"new"`
	Path []Hash   `json:"path"`
}

// RootAt is the root of the journal as of a position. Faults: ErrNoPosition, ErrMissingEntry.
func RootAt(tx *store.Tx, size Position) (Hash, error) {
	if err := within(tx, 0, size); err != nil {
		return Hash{}, err
	}
	h, err := tlog.TreeHash(int64(size), reader(tx))
	return Hash(h), err
}

// ProveInclusion makes the proof that the entry at position is in the journal of size. One query.
// Faults: ErrNoPosition, ErrMissingEntry.
func ProveInclusion(tx *store.Tx, position, size Position) (Inclusion, error) {
	if err := within(tx, 1, position, size); err != nil {
		return Inclusion{}, err
	}
	path, err := tlog.ProveRecord(int64(size), int64(position)-1, reader(tx))
	return Inclusion{position, size, ours(path)}, err
}

// ProveConsistency makes the proof that the journal of size new begins with that of size old. One query.
// Faults: ErrNoPosition, ErrMissingEntry.
func ProveConsistency(tx *store.Tx, old, new Position) (Consistency, error) {
	if err := within(tx, 0, old, new); err != nil {
		return Consistency{}, err
	}
	if old == 0 { // every journal begins with the empty one
		return Consistency{old, new, []Hash{}}, nil
	}
	path, err := tlog.ProveTree(int64(new), int64(old), reader(tx))
	return Consistency{old, new, ours(path)}, err
}

// Verify checks the proof against the root of the journal of size p.Size. Fault: ErrProofFails.
func (p Inclusion) Verify(root Hash, body []byte) error { return p.VerifyLeaf(root, LeafHash(body)) }

// VerifyLeaf is Verify for one who holds the leaf's hash only.
func (p Inclusion) VerifyLeaf(root, leaf Hash) error {
	if p.Position < 1 || p.Position > p.Size {
		return ErrProofFails.With(p.Position, p.Size)
	}
	if err := tlog.CheckRecord(theirs(p.Path), int64(p.Size), tlog.Hash(root), int64(p.Position)-1, tlog.Hash(leaf)); err != nil {
		return ErrProofFails.Because(err, p.Position, p.Size)
	}
	return nil
}

// Verify checks the proof against the two roots. Fault: ErrProofFails.
func (p Consistency) Verify(old, new Hash) error {
	if p.Old == 0 && p.New >= 0 && len(p.Path) == 0 && old == emptyRoot {
		return nil
	}
	if p.Old < 1 || p.Old > p.New {
		return ErrProofFails.With(p.Old, p.New)
	}
	if err := tlog.CheckTree(theirs(p.Path), int64(p.New), tlog.Hash(new), int64(p.Old), tlog.Hash(old)); err != nil {
		return ErrProofFails.Because(err, p.Old, p.New)
	}
	return nil
}

// within checks least ≤ positions[0] ≤ positions[1] … ≤ the size of the journal.
func within(tx *store.Tx, least Position, positions ...Position) error {
	head, err := HeadOf(tx)
	if err != nil {
		return err
	}
	for _, p := range positions {
		if p < least || p > head.Size {
			return ErrNoPosition.With(p, head.Size)
		}
		least = p
	}
	return nil
}

const readMax = 64 // hashes asked for at once: no proof needs more for fewer than 2⁶² entries

// hashQuery gives the rows that hold the wanted hashes, by primary key. The list has one length, so it is prepared once.
var hashQuery = "SELECT position, hashes FROM journal_entry WHERE position IN (?" + strings.Repeat(", ?", readMax-1) + ")"

// reader reads stored hashes by tlog's numbering.
func reader(tx *store.Tx) tlog.HashReaderFunc {
	return func(indexes []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, 0, len(indexes))
		for piece := range slices.Chunk(indexes, readMax) {
			held, err := readHashes(tx, piece)
			if err != nil {
				return nil, err
			}
			for _, index := range piece {
				position, level := rowOf(index)
				b := held[position]
				if len(b) < (level+1)*hashBytes {
					return nil, ErrMissingEntry.With(position)
				}
				out = append(out, tlog.Hash(b[level*hashBytes:]))
			}
		}
		return out, nil
	}
}

// rowOf is where the hash of a tlog index stands.
func rowOf(index int64) (Position, int) {
	level, n := tlog.SplitStoredHashIndex(index)
	return Position(n+1) << level, level
}

func readHashes(tx *store.Tx, indexes []int64) (map[Position][]byte, error) {
	args := make([]any, readMax)
	for i := range args {
		args[i] = int64(0) // no entry
		if i < len(indexes) {
			position, _ := rowOf(indexes[i])
			args[i] = int64(position)
		}
	}
	rows, err := tx.Query(hashQuery, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	held := make(map[Position][]byte, len(indexes))
	for rows.Next() {
		var p Position
		var b []byte
		if err := rows.Scan(&p, &b); err != nil {
			return nil, err
		}
		held[p] = b
	}
	return held, rows.Err()
}

func ours(path []tlog.Hash) []Hash {
	out := make([]Hash, len(path))
	for i, h := range path {
		out[i] = Hash(h)
	}
	return out
}

func theirs(path []Hash) []tlog.Hash {
	out := make([]tlog.Hash, len(path))
	for i, h := range path {
		out[i] = tlog.Hash(h)
	}
	return out
}

const proofHeader = "c2sp.org/tlog-proof@v1\n"

// Text is the proof with the checkpoint it fits, as a file (C2SP tlog-proof, extension .tlog-proof).
func (p Inclusion) Text(note string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%sindex %d\n", proofHeader, p.Position-1)
	for _, h := range p.Path {
		b.WriteString(h.String() + "\n")
	}
	b.WriteString("\n" + note)
	return b.String()
}

// ParseInclusion reads what Text wrote and what other logs' tools write; "extra" data is not ours and is refused.
// The note's signature is not checked here: give it to PublicKey.Open and compare the sizes. Fault: ErrNotAProof.
func ParseInclusion(text string) (p Inclusion, note string, err error) {
	rest, ok := strings.CutPrefix(text, proofHeader)
	if !ok {
		return p, "", ErrNotAProof.With("no line " + strings.TrimSpace(proofHeader))
	}
	head, note, ok := strings.Cut(rest, "\n\n")
	if !ok {
		return p, "", ErrNotAProof.With("no checkpoint")
	}
	lines := strings.Split(head, "\n")
	index, err := parseIndex(lines[0])
	if err != nil {
		return p, "", err
	}
	for _, line := range lines[1:] {
		h, err := ParseHash(line)
		if err != nil || len(p.Path) == readMax {
			return Inclusion{}, "", ErrNotAProof.With("line " + line)
		}
		p.Path = append(p.Path, h)
	}
	c, err := parseCheckpointText(note)
	if err != nil {
		return Inclusion{}, "", err
	}
	p.Position, p.Size = index+1, c.Size
	if p.Position > p.Size {
		return Inclusion{}, "", ErrNotAProof.With(lines[0])
	}
	return p, note, nil
}

func parseIndex(line string) (Position, error) {
	digits, ok := strings.CutPrefix(line, "index ")
	if !ok {
		return 0, ErrNotAProof.With("line " + line)
	}
	n, ok := decimal(digits)
	if !ok {
		return 0, ErrNotAProof.With("line " + line)
	}
	return n, nil
}
