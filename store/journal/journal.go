package journal

import (
	"encoding/base64"
	"fmt"
	"time"

	"anlan/ground/ident"
	"anlan/store"
)

// Position is a place in the journal (日志位置), counted from 1. As of position 0 the book is empty.
type Position int64

// Hash is a SHA-256 hash of the tree. Its text is standard Base64, as in checkpoints and proofs.
type Hash [32]byte

// String is the Base64 form.
func (h Hash) String() string { return base64.StdEncoding.EncodeToString(h[:]) }

// MarshalText is the Base64 form, for JSON.
func (h Hash) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText reads the Base64 form.
func (h *Hash) UnmarshalText(text []byte) (err error) {
	*h, err = ParseHash(string(text))
	return err
}

// ParseHash reads the Base64 form; the inverse of String. Fault: ErrNotAHash.
func ParseHash(text string) (h Hash, err error) {
	b, err := base64.StdEncoding.Strict().DecodeString(text)
	if err != nil || len(b) != len(h) {
		return h, ErrNotAHash.With(text)
	}
	if h = Hash(b); h.String() != text { // the decoder overlooks line ends
		return Hash{}, ErrNotAHash.With(text)
	}
	return h, nil
}

// Head is the newest state of the journal: what a checkpoint signs.
type Head struct {
	Book       ident.ID
	Epoch      int64 // 1, and one more for each restore that lost entries
	Size       Position
	Root       Hash      // over the first Size bodies
	RecordedAt time.Time // of the newest entry; of the founding when there is none
	Unit       string    // the bureau's name, empty until Inscribe
	Place      string    // its place code (GB/T 2260), empty until Inscribe
}

// Origin is the name of this log in checkpoints. Two histories never share origin, size and key.
func (h Head) Origin() string { return fmt.Sprintf("anlan/%s/%d", h.Book, h.Epoch) }

// Checkpoint is the head as it is signed.
func (h Head) Checkpoint() Checkpoint { return Checkpoint{h.Origin(), h.Size, h.Root} }

const founded = `INSERT INTO book_head (id, book_id, epoch, size, root, edge, recorded_at) VALUES (1, ?, 1, 0, ?, ?, ?)`

// Found begins a book: an empty journal in epoch 1. Fault: ErrFounded when there is one already.
func Found(tx *store.Tx, book ident.ID, at time.Time) error {
	if book.IsZero() {
		return fmt.Errorf("journal: a book needs an id")
	}
	if _, found, err := readHead(tx, ""); err != nil {
		return err
	} else if found {
		return ErrFounded.With(tx.Dialect().String())
	}
	_, err := tx.Exec(founded, book, emptyRoot, []byte{}, at.UnixMicro())
	return err
}

// Inscribe writes on the book whose it is: the bureau's name and place code. It is a label for people and tools; the
// records of unit and place are the truth.
func Inscribe(tx *store.Tx, unit, place string) error {
	n, err := tx.Exec("UPDATE book_head SET unit = ?, place = ? WHERE id = 1", unit, place)
	if err == nil && n != 1 {
		return ErrNoBook.With()
	}
	return err
}

// HeadOf reads the head. Fault: ErrNoBook.
func HeadOf(tx *store.Tx) (Head, error) {
	row, found, err := readHead(tx, "")
	if err != nil {
		return Head{}, err
	}
	if !found {
		return Head{}, ErrNoBook.With()
	}
	return row.head(), nil
}

type headRow struct {
	Book       ident.ID
	Epoch      int64
	Size       Position
	Root       Hash
	Edge       []byte
	RecordedAt int64
	Unit       *string
	Place      *string
}

// readHead reads the one row of the head, locked when lock says so. Fault: ErrHeadDamaged.
func readHead(tx *store.Tx, lock string) (r headRow, found bool, err error) {
	var root []byte
	found, err = tx.QueryRow([]any{&r.Book, &r.Epoch, &r.Size, &root, &r.Edge, &r.RecordedAt, &r.Unit, &r.Place},
		"SELECT book_id, epoch, size, root, edge, recorded_at, unit, place FROM book_head WHERE id = 1"+lock)
	if err != nil || !found {
		return r, false, err
	}
	if len(root) != hashBytes {
		return r, false, ErrHeadDamaged.With(r.Size)
	}
	r.Root = Hash(root)
	return r, true, nil
}

func (r headRow) head() Head {
	h := Head{Book: r.Book, Epoch: r.Epoch, Size: r.Size, Root: r.Root, RecordedAt: micros(r.RecordedAt)}
	if r.Unit != nil {
		h.Unit = *r.Unit
	}
	if r.Place != nil {
		h.Place = *r.Place
	}
	return h
}

func micros(us int64) time.Time { return time.UnixMicro(us).UTC() }
