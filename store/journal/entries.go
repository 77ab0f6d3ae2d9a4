package journal

import (
	"bytes"
	"time"

	"anlan/ground/ident"
	"anlan/store"
)

// Stored is an entry of the journal.
type Stored struct {
	Position   Position
	RecordedAt time.Time
	Kind       string
	Record     ident.ID
	Version    int64
	Action     string
	Body       []byte
	Leaf       Hash // as stored beside the body; LeafHash(Body) in a sound journal
}

const (
	chunkEntries = 1024
	chunkBytes   = 4 << 20
)

// Entries gives the entries after a position up to another, in order. They are read in pieces of at most 4 MiB and one
// entry, so do may use the transaction; the body belongs to do.
func Entries(tx *store.Tx, after, upTo Position, do func(Stored) error) error {
	for after < upTo {
		piece, err := readPiece(tx, after, upTo)
		if err != nil {
			return err
		}
		if len(piece) == 0 {
			return nil
		}
		for _, e := range piece {
			if err := do(e); err != nil {
				return err
			}
		}
		after = piece[len(piece)-1].Position
	}
	return nil
}

// EntryAt is one entry. Faults: ErrNoPosition.
func EntryAt(tx *store.Tx, position Position) (Stored, error) {
	piece, err := readPiece(tx, position-1, position)
	if err != nil {
		return Stored{}, err
	}
	if len(piece) == 0 {
		head, err := HeadOf(tx)
		if err != nil {
			return Stored{}, err
		}
		return Stored{}, ErrNoPosition.With(position, head.Size)
	}
	return piece[0], nil
}

// pieceQuery gives entries of a span in order, by primary key, bounded by LIMIT.
const pieceQuery = `SELECT position, recorded_at, kind, record_id, version, action, hashes, body FROM journal_entry
	WHERE position > ? AND position <= ? ORDER BY position LIMIT ?`

func readPiece(tx *store.Tx, after, upTo Position) ([]Stored, error) {
	rows, err := tx.Query(pieceQuery, after, upTo, chunkEntries)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var piece []Stored
	for size := 0; size < chunkBytes && rows.Next(); {
		e, err := readEntry(rows.Values())
		if err != nil {
			return nil, err
		}
		piece = append(piece, e)
		size += len(e.Body)
	}
	return piece, rows.Close()
}

func readEntry(v []any) (Stored, error) {
	position, _ := v[0].(int64)
	at, _ := v[1].(int64)
	kind, _ := v[2].(string)
	record, _ := v[3].(string)
	version, _ := v[4].(int64)
	action, _ := v[5].(string)
	hashes, _ := v[6].([]byte)
	body, _ := v[7].([]byte)
	id, err := ident.Parse(record)
	if err != nil || len(hashes) < hashBytes {
		return Stored{}, ErrMissingEntry.With(position)
	}
	return Stored{Position(position), micros(at), kind, id, version, action, bytes.Clone(body), Hash(hashes)}, nil
}
