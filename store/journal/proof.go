package journal

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"

	"anlan/ground/lang"
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

// Prove is ProveInclusion with the body of the entry, beside a signed checkpoint of that size.
func Prove(tx *store.Tx, position, size Position, note string) (Proof, error) {
	inclusion, err := ProveInclusion(tx, position, size)
	if err != nil {
		return Proof{}, err
	}
	e, err := EntryAt(tx, position)
	return Proof{inclusion, e.Body, note}, err
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

const (
	proofHeader = "c2sp.org/tlog-proof@v1\n"
	extraPrefix = "extra "
)

// Proof is what somebody who has no database needs to see that an entry is in the journal: its body, the proof, and the
// checkpoint that it fits (C2SP tlog-proof, extension .tlog-proof, the body being the extra data).
type Proof struct {
	Inclusion
	Body []byte
	Note string // the signed checkpoint
}

// Text is the proof as a file.
func (p Proof) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s%s%s\nindex %d\n", proofHeader, extraPrefix, base64.StdEncoding.EncodeToString(p.Body), p.Position-1)
	for _, h := range p.Path {
		b.WriteString(h.String() + "\n")
	}
	b.WriteString("\n" + p.Note)
	return b.String()
}

// Open checks the proof with a key of the book, and gives the checkpoint that it rests on. Faults: ErrProofFails, and those
// of PublicKey.Open.
func (p Proof) Open(key PublicKey) (Checkpoint, error) {
	c, err := key.Open(p.Note)
	if err != nil {
		return c, err
	}
	return c, p.Verify(c.Root, p.Body)
}

// ParseProof reads what Text wrote. Nothing is checked here but the form: give it to Open. Fault: ErrNotAProof.
func ParseProof(text string) (p Proof, err error) {
	rest, ok := strings.CutPrefix(text, proofHeader)
	if !ok {
		return p, ErrNotAProof.With(lang.Text{Zh: "缺少“" + strings.TrimSpace(proofHeader) + "”一行", En: "no line " + strings.TrimSpace(proofHeader)})
	}
	head, note, ok := strings.Cut(rest, "\n\n")
	if !ok {
		return p, ErrNotAProof.With(lang.Of("没有封存点", "no checkpoint"))
	}
	lines := strings.Split(head, "\n")
	if len(lines) < 2 {
		return p, ErrNotAProof.With(lang.Of("没有日志记录", "no entry"))
	}
	if p.Body, ok = parseExtra(lines[0]); !ok {
		return Proof{}, ErrNotAProof.With(lang.Of("没有日志记录", "no entry"))
	}
	index, err := parseIndex(lines[1])
	if err != nil {
		return Proof{}, err
	}
	for _, line := range lines[2:] {
		h, err := ParseHash(line)
		if err != nil || len(p.Path) == readMax {
			return Proof{}, ErrNotAProof.With(wrongLine(line))
		}
		p.Path = append(p.Path, h)
	}
	c, err := ParseCheckpoint(note)
	if err != nil {
		return Proof{}, err
	}
	p.Position, p.Size, p.Note = index+1, c.Size, note
	if p.Position > p.Size {
		return Proof{}, ErrNotAProof.With(wrongLine(lines[1]))
	}
	return p, nil
}

// parseExtra reads the line with the body, which is written in one way only.
func parseExtra(line string) (body []byte, ok bool) {
	encoded, ok := strings.CutPrefix(line, extraPrefix)
	if !ok || len(encoded) > base64.StdEncoding.EncodedLen(bodyBytesMax) {
		return nil, false
	}
	body, err := base64.StdEncoding.Strict().DecodeString(encoded)
	return body, err == nil && len(body) > 0 && base64.StdEncoding.EncodeToString(body) == encoded
}

// wrongLine is a line that cannot be read, as the last part of a sentence.
func wrongLine(line string) lang.Text {
	return lang.Text{Zh: "“" + line + "”一行不对", En: "line " + line}
}

func parseIndex(line string) (Position, error) {
	digits, ok := strings.CutPrefix(line, "index ")
	if !ok {
		return 0, ErrNotAProof.With(wrongLine(line))
	}
	n, ok := decimal(digits)
	if !ok {
		return 0, ErrNotAProof.With(wrongLine(line))
	}
	return n, nil
}
