package journal

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"anlan/ground/lang"
	"anlan/store"
	"anlan/store/canonical"
	"golang.org/x/mod/sumdb/note"
)

const rotationAction = "rotate"

// Rotation says that one key signs in place of another from a position on (更换密钥). Both keys have signed that, over the
// journal as it was before; of a key that was declared lost only the new one could.
type Rotation struct {
	Position   Position   `json:"position"` // of its entry: checkpoints of this size and larger are signed by the new key
	RecordedAt time.Time  `json:"recorded_at"`
	Before     Checkpoint `json:"before"` // the journal up to the entry
	From       string     `json:"from"`   // public key
	To         string     `json:"to"`     // public key
	Lost       bool       `json:"lost,omitempty"`
	By         string     `json:"by"`
	Reason     string     `json:"reason,omitempty"`

	note string // the signed statement
}

const (
	rotationHeader = "anlan key rotation"
	rotationLost   = "the old key is lost"
)

// statement is what the keys sign: what it is, the checkpoint before it, both keys, and whether the old one is lost, a line
// each.
func (r Rotation) statement() string {
	text := rotationHeader + "\n" + r.Before.Text() + r.From + "\n" + r.To + "\n"
	if r.Lost {
		text += rotationLost + "\n"
	}
	return text
}

// Rotate lets a new key sign in place of the old one from the next entry on. old nil says that the key from is lost and that
// nobody can sign for it. Call Flush after it.
func (w *Writer) Rotate(from PublicKey, old, to *Key, by, reason string) (Rotation, error) {
	switch {
	case !w.stamped:
		return Rotation{}, fmt.Errorf("journal: rotation before Stamp")
	case w.head.Size != w.edge.size:
		return Rotation{}, fmt.Errorf("journal: rotation among entries that are not flushed")
	case from.String() == to.Public().String():
		return Rotation{}, fmt.Errorf("journal: a key cannot take its own place")
	}
	r := Rotation{Position: w.edge.size + 1, RecordedAt: micros(w.at), Before: w.head.Checkpoint(), From: from.String(), To: to.Public().String(),
		Lost: old == nil, By: by, Reason: reason}
	signers := []note.Signer{to.signer}
	if old != nil {
		signers = append(signers, old.signer)
	}
	signed, err := note.Sign(&note.Note{Text: r.statement()}, signers...)
	if err != nil {
		return Rotation{}, fmt.Errorf("journal: sign rotation: %w", err)
	}
	r.note = string(signed)
	if r, err = parseRotation(r.note); err != nil { // as every verifier will
		return Rotation{}, err
	}
	r.RecordedAt, r.By, r.Reason = micros(w.at), by, reason
	body, err := r.body()
	if err != nil {
		return Rotation{}, err
	}
	if _, err := w.Append(Entry{Kind: Kind, Action: rotationAction, Body: body}); err != nil {
		return Rotation{}, err
	}
	_, err = w.tx.Exec("INSERT INTO journal_rotation (position) VALUES (?)", int64(r.Position))
	return r, err
}

func (r Rotation) body() ([]byte, error) {
	var o canonical.Object
	o.Text("action", rotationAction)
	o.Text("by", r.By)
	o.Text("kind", Kind)
	o.Text("note", r.note)
	o.Int("position", int64(r.Position))
	if r.Reason != "" {
		o.Text("reason", r.Reason)
	}
	o.Text("recorded_at", r.RecordedAt.UTC().Format(instantForm))
	return o.Bytes()
}

// parseRotation reads a signed statement and checks the signatures that it must have.
func parseRotation(signed string) (r Rotation, err error) {
	bad := func(zh lang.Zh, en lang.En) (Rotation, error) {
		return Rotation{}, ErrNotARotation.With(lang.Of(zh, en))
	}
	if len(signed) > checkpointBytesMax {
		return bad("太长", "too long")
	}
	text, _, ok := strings.Cut(signed, "\n\n")
	lines := strings.Split(text, "\n")
	if !ok || len(lines) < 6 || len(lines) > 7 || lines[0] != rotationHeader || len(lines) == 7 && lines[6] != rotationLost {
		return bad("应有一个封存点和两个密钥", "it must hold a checkpoint and two keys")
	}
	if r.Before, err = ParseCheckpoint(strings.Join(lines[1:4], "\n") + "\n\n"); err != nil {
		return Rotation{}, err
	}
	r.Position, r.From, r.To, r.Lost, r.note = r.Before.Size+1, lines[4], lines[5], len(lines) == 7, signed
	needed := []string{r.To}
	if !r.Lost {
		needed = append(needed, r.From)
	}
	if r.From == r.To {
		return bad("两个密钥是同一个", "the two keys are one")
	}
	for _, key := range needed {
		v, err := note.NewVerifier(key)
		if err != nil {
			return Rotation{}, ErrNotARotation.Because(err, lang.Text{Zh: "密钥“" + key + "”不对", En: "the key " + strconv.Quote(key)})
		}
		opened, err := note.Open([]byte(signed), note.VerifierList(v))
		if err != nil {
			return Rotation{}, ErrNotSigned.Because(err, fmt.Sprintf("%s+%08x", v.Name(), v.KeyHash()))
		}
		if opened.Text != r.statement() {
			return bad("其中有两段文本", "two texts")
		}
	}
	return r, nil
}

// Rotations are the changes of key, the oldest first, as their entries say. Fault: ErrRotationForged when an entry is not
// what the table that leads to it says, is not signed, or does not begin where the one before it ended.
func Rotations(tx *store.Tx) (out []Rotation, err error) {
	positions, err := store.Select[Position](tx, "SELECT position FROM journal_rotation ORDER BY position")
	if err != nil {
		return nil, err
	}
	for _, p := range positions {
		piece, err := readPiece(tx, p-1, p)
		if err != nil {
			return nil, err
		}
		if len(piece) == 0 {
			return nil, ErrRotationForged.With(p)
		}
		r, err := readRotation(piece[0])
		if err != nil || len(out) > 0 && out[len(out)-1].To != r.From {
			return nil, ErrRotationForged.Because(err, p)
		}
		out = append(out, r)
	}
	return out, nil
}

// readRotation reads the entry that Rotate wrote.
func readRotation(s Stored) (Rotation, error) {
	v, err := canonical.Parse(s.Body)
	if err != nil {
		return Rotation{}, err
	}
	signed, _ := v.Member("note").Text()
	r, err := parseRotation(signed)
	if err != nil {
		return Rotation{}, err
	}
	if r.Position != s.Position || s.Kind != Kind || s.Action != rotationAction {
		return Rotation{}, ErrNotARotation.With(lang.Of("它在另一个日志位置", "it stands at another position"))
	}
	r.RecordedAt = s.RecordedAt
	r.By, _ = v.Member("by").Text()
	r.Reason, _ = v.Member("reason").Text()
	return r, nil
}
