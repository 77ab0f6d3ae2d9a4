package journal

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"anlan/ground/lang"
	"anlan/store"
	"golang.org/x/mod/sumdb/note"
)

// Checkpoint is a tree head that is signed and given out (封存点; C2SP tlog-checkpoint).
type Checkpoint struct {
	Origin string   `json:"origin"`
	Size   Position `json:"size"`
	Root   Hash     `json:"root"`
}

// Text is the part that is signed: origin, size and root, a line each.
func (c Checkpoint) Text() string { return fmt.Sprintf("%s\n%d\n%s\n", c.Origin, c.Size, c.Root) }

// Sign is the checkpoint as a signed note.
func (k *Key) Sign(c Checkpoint) (string, error) {
	signed, err := note.Sign(&note.Note{Text: c.Text()}, k.signer)
	if err != nil {
		return "", fmt.Errorf("journal: sign checkpoint: %w", err)
	}
	return string(signed), nil
}

// Open reads a signed note and checks that this key signed it, or the key of the chain whose time it was. Faults: ErrNotACheckpoint, ErrNotSigned, ErrNotAKey.
func (k PublicKey) Open(signed string) (Checkpoint, error) {
	c, err := ParseCheckpoint(signed)
	if err != nil {
		return Checkpoint{}, err
	}
	opened, err := openBy(k.signerOf(c), signed)
	if err != nil {
		return Checkpoint{}, err
	}
	if !strings.HasPrefix(opened.Text, c.Text()) {
		return Checkpoint{}, ErrNotACheckpoint.With(lang.Of("其中有两段文本", "two texts"))
	}
	return c, nil
}

const checkpointBytesMax = 64 << 10 // with many witnesses' cosignatures

// ParseCheckpoint reads the three lines of a signed note and checks no signature, for whoever must first know whose it is: what it
// says is not to be relied on before PublicKey.Open. Further lines of the text are allowed by C2SP and not ours to judge.
// Fault: ErrNotACheckpoint.
func ParseCheckpoint(signed string) (c Checkpoint, err error) {
	if len(signed) > checkpointBytesMax {
		return c, ErrNotACheckpoint.With(lang.Of("太长", "too long"))
	}
	text, _, ok := strings.Cut(signed, "\n\n")
	lines := strings.Split(text, "\n")
	if !ok || len(lines) < 3 || lines[0] == "" {
		return c, ErrNotACheckpoint.With(lang.Of("应有来源、条数、根各一行，空一行，再有签名", "it must hold origin, size and root, an empty line and a signature"))
	}
	size, ok := decimal(lines[1])
	if !ok {
		return c, ErrNotACheckpoint.With(lang.Text{Zh: "条数“" + lines[1] + "”不对", En: "size " + lines[1]})
	}
	root, err := ParseHash(lines[2])
	if err != nil {
		return c, ErrNotACheckpoint.With(lang.Text{Zh: "根“" + lines[2] + "”不对", En: "root " + lines[2]})
	}
	return Checkpoint{lines[0], size, root}, nil
}

// decimal reads a number that is written in one way only: no sign, no leading zero.
func decimal(s string) (Position, bool) {
	n, err := strconv.ParseInt(s, 10, 64)
	return Position(n), err == nil && n >= 0 && strconv.FormatInt(n, 10) == s
}

// Seal signs the head and keeps the checkpoint in the book; the first note of a head is the one that is kept.
// Fault: ErrNoBook.
func Seal(tx *store.Tx, k *Key, at time.Time) (string, error) {
	head, err := HeadOf(tx)
	if err != nil {
		return "", err
	}
	signed, err := k.Sign(head.Checkpoint()) // Ed25519 is deterministic: the same head and key give the same note
	if err != nil {
		return "", err
	}
	_, err = tx.Exec(`INSERT INTO journal_checkpoint (epoch, size, recorded_at, note) VALUES (?, ?, ?, ?)
		ON CONFLICT (epoch, size) DO NOTHING`, head.Epoch, head.Size, at.UnixMicro(), signed)
	return signed, err
}

// Keep adds to a checkpoint that the book keeps the signatures that a copy of it bears, and gives the whole. A checkpoint that
// the book does not keep stays as it was given. Faults: those of Join.
func Keep(tx *store.Tx, signed string) (string, error) {
	c, err := ParseCheckpoint(signed)
	if err != nil {
		return "", err
	}
	epoch := epochIn(c.Origin)
	var kept string
	found, err := tx.QueryRow([]any{&kept}, "SELECT note FROM journal_checkpoint WHERE epoch = ? AND size = ?", epoch, c.Size)
	if err != nil || !found {
		return signed, err
	}
	if kept, err = Join(kept, signed); err != nil {
		return "", err
	}
	_, err = tx.Exec("UPDATE journal_checkpoint SET note = ? WHERE epoch = ? AND size = ?", kept, epoch, c.Size)
	return kept, err
}

// LastSealed is the newest checkpoint that the book keeps; found is false when nothing was sealed yet.
func LastSealed(tx *store.Tx) (signed string, found bool, err error) {
	found, err = tx.QueryRow([]any{&signed}, "SELECT note FROM journal_checkpoint ORDER BY epoch DESC, size DESC LIMIT 1")
	return signed, found, err
}

// SealedSize is the size of the newest checkpoint that the book keeps, 0 when it keeps none.
func SealedSize(tx *store.Tx) (size Position, err error) {
	var n int64
	_, err = tx.QueryRow([]any{&n}, "SELECT size FROM journal_checkpoint ORDER BY epoch DESC, size DESC LIMIT 1")
	return Position(n), err
}

// SealedFrom says whether the book keeps a checkpoint of a size or more.
func SealedFrom(tx *store.Tx, size Position) (bool, error) {
	var n int64
	_, err := tx.QueryRow([]any{&n}, "SELECT count(*) FROM journal_checkpoint WHERE size >= ?", int64(size))
	return n > 0, err
}

// SealedBefore counts the checkpoints of less than a size that the book keeps. A head is sealed where the journal ends, so that the number of
// those behind it never grows.
func SealedBefore(tx *store.Tx, size Position) (n int64, err error) {
	_, err = tx.QueryRow([]any{&n}, "SELECT count(*) FROM journal_checkpoint WHERE size < ?", int64(size))
	return n, err
}
