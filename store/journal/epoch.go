package journal

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"anlan/store"
	"anlan/store/canonical"
)

// What the journal says of itself is of this kind and concerns no record.
const (
	Kind        = "journal"
	epochAction = "epoch"
)

// Loss is what a restore could not bring back: the newest head known outside, which the restored copy does not reach.
type Loss struct {
	Known  Checkpoint // of this book, larger than what was restored or of a later epoch
	By     string     // who accepted the loss
	Reason string
}

// Epoch is an epoch after the first, as its first entry says. Everything before Position is of an earlier epoch; of
// those, the entries between Position and Lost.Size are lost, or were recorded anew as other entries.
type Epoch struct {
	Epoch      int64      `json:"epoch"`
	Position   Position   `json:"position"`
	RecordedAt time.Time  `json:"recorded_at"`
	Lost       Checkpoint `json:"lost"`
	By         string     `json:"by"`
	Reason     string     `json:"reason"`
}

const instantForm = "2006-01-02T15:04:05.000000Z" // RFC 3339 in UTC to the µs

// OpenEpoch begins a new epoch, because entries that were known outside are lost: its first entry says which. From
// then on checkpoints have another origin, so the two histories cannot be taken for each other. Call Flush after it.
func (w *Writer) OpenEpoch(l Loss) (Position, error) {
	known, ok := w.head.epochOf(l.Known.Origin)
	switch {
	case !ok:
		return 0, ErrOtherBook.With(l.Known.Origin, w.head.Origin())
	case !w.Head().Before(l.Known):
		return 0, fmt.Errorf("journal: nothing of %s at %d is lost in %s at %d", l.Known.Origin, l.Known.Size, w.head.Origin(), w.head.Size)
	case !w.stamped:
		return 0, fmt.Errorf("journal: epoch before Stamp")
	}
	e := Epoch{known + 1, w.edge.size + 1, micros(w.at), l.Known, l.By, l.Reason}
	body, err := e.body()
	if err != nil {
		return 0, err
	}
	position, err := w.Append(Entry{Kind: Kind, Action: epochAction, Body: body})
	if err != nil {
		return 0, err
	}
	w.head.Epoch = e.Epoch
	_, err = w.tx.Exec("INSERT INTO journal_epoch (epoch, position) VALUES (?, ?)", e.Epoch, position)
	return position, err
}

func (e Epoch) body() ([]byte, error) {
	var lost, o canonical.Object
	lost.Text("origin", e.Lost.Origin)
	lost.Text("root", e.Lost.Root.String())
	lost.Int("size", int64(e.Lost.Size))
	o.Text("action", epochAction)
	o.Text("by", e.By)
	o.Int("epoch", e.Epoch)
	o.Text("kind", Kind)
	o.Object("lost", &lost)
	o.Int("position", int64(e.Position))
	o.Text("reason", e.Reason)
	o.Text("recorded_at", e.RecordedAt.UTC().Format(instantForm))
	return o.Bytes()
}

// Epochs are the epochs after the first, as their entries say. Fault: ErrEpochForged when an entry says something else
// than the table that leads to it.
func Epochs(tx *store.Tx) ([]Epoch, error) {
	type row struct {
		Epoch    int64    `db:"epoch"`
		Position Position `db:"position"`
	}
	rows, err := store.Select[row](tx, "SELECT epoch, position FROM journal_epoch ORDER BY epoch")
	if err != nil {
		return nil, err
	}
	var epochs []Epoch
	for _, r := range rows {
		piece, err := readPiece(tx, r.Position-1, r.Position)
		if err != nil {
			return nil, err
		}
		if len(piece) == 0 {
			return nil, ErrEpochForged.With(r.Epoch, r.Position)
		}
		e, ok := readEpoch(piece[0])
		if !ok || e.Epoch != r.Epoch || len(epochs) > 0 && e.Position <= epochs[len(epochs)-1].Position {
			return nil, ErrEpochForged.With(r.Epoch, r.Position)
		}
		epochs = append(epochs, e)
	}
	return epochs, nil
}

// readEpoch reads the entry that OpenEpoch wrote.
func readEpoch(s Stored) (e Epoch, ok bool) {
	v, err := canonical.Parse(s.Body)
	if err != nil || s.Kind != Kind || s.Action != epochAction {
		return e, false
	}
	text := func(v canonical.Value, name string) string {
		t, is := v.Member(name).Text()
		ok = ok && is
		return t
	}
	number := func(v canonical.Value, name string) int64 {
		n, is := v.Member(name).Int()
		ok = ok && is
		return n
	}
	ok = true
	lost := v.Member("lost")
	root, err := ParseHash(text(lost, "root"))
	e = Epoch{
		Epoch: number(v, "epoch"), Position: Position(number(v, "position")), RecordedAt: s.RecordedAt,
		Lost: Checkpoint{text(lost, "origin"), Position(number(lost, "size")), root},
		By:   text(v, "by"), Reason: text(v, "reason"),
	}
	return e, ok && err == nil && e.Position == s.Position
}

// epochOf is the epoch of an origin of this book; ok is false when it is none.
func (h Head) epochOf(origin string) (epoch int64, ok bool) {
	digits, ok := strings.CutPrefix(origin, fmt.Sprintf("anlan/%s/", h.Book))
	if !ok {
		return 0, false
	}
	epoch, err := strconv.ParseInt(digits, 10, 64)
	return epoch, err == nil && epoch >= 1 && strconv.FormatInt(epoch, 10) == digits
}

// Owns says whether a checkpoint is of this book, in whatever epoch.
func (h Head) Owns(c Checkpoint) bool {
	_, ok := h.epochOf(c.Origin)
	return ok
}

// Before says whether a checkpoint of this book knows of entries that this head does not reach: it is larger, or of a
// later epoch.
func (h Head) Before(c Checkpoint) bool {
	epoch, ok := h.epochOf(c.Origin)
	return ok && (epoch > h.Epoch || epoch == h.Epoch && c.Size > h.Size)
}

// At is the head that a checkpoint of this book speaks of.
func (h Head) At(c Checkpoint) Head {
	h.Epoch, _ = h.epochOf(c.Origin)
	h.Size, h.Root = c.Size, c.Root
	return h
}
