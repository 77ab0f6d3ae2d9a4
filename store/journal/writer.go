package journal

import (
	"fmt"
	"time"

	"anlan/ground/ident"
	"anlan/store"
)

const (
	bodyBytesMax    = 16 << 20 // of one entry; a larger thing is a blob
	pendingBytesMax = 4 << 20  // of bodies held before they are written, so that an import of any length stays small
)

// Entry is one change, ready to be appended.
type Entry struct {
	Kind    string   // code of the record kind, or of what the journal says of itself
	Record  ident.ID // none for what concerns no record
	Version int64    // of the record, from 1; 0 for no record
	Action  string   // create, update, close …
	Body    []byte   // canonical JSON, kept until Flush: do not change it
}

// Writer appends to the journal. It holds the head's lock until its transaction ends.
type Writer struct {
	tx      *store.Tx
	head    Head
	edge    edge
	hasher  *hasher
	stamped bool
	at      int64 // µs, of the entries appended now
	behind  time.Duration
	pending []pendingEntry
	hashes  []byte // of the pending entries
	bytes   int    // of the pending bodies
	row     []any  // scratch
}

type pendingEntry struct {
	Entry
	at     int64
	hashes []byte
}

// Lock locks the head and reads the right edge. It must be the first thing that a changing transaction does, so that
// what it reads afterwards is as of the head. A transaction may make another Writer once the last one is flushed, or what it
// wrote was taken back (store.Tx.Attempt).
// Faults: ErrNoBook; ErrHeadDamaged when the head contradicts itself, which no appending may cover up.
func Lock(tx *store.Tx) (*Writer, error) {
	row, found, err := readHead(tx, tx.Dialect().ForUpdate())
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, ErrNoBook.With()
	}
	w := &Writer{tx: tx, head: row.head(), hasher: newHasher()}
	var ok bool
	if w.edge, ok = readEdge(row.Size, row.Edge); !ok || w.edge.root(w.hasher) != row.Root {
		return nil, ErrHeadDamaged.With(row.Size)
	}
	tx.BeforeCommit(w.flushed)
	return w, nil
}

// Head is the head as it will be with what was appended; Root is of the last Flush or Lock.
func (w *Writer) Head() Head {
	h := w.head
	h.Size = w.edge.size
	return h
}

// Stamp gives the instant at which the following entries are recorded: now, truncated to the µs, or the instant of the
// newest entry when the clock has jumped back behind it (see Behind). It must be called before Append.
func (w *Writer) Stamp(now time.Time) time.Time {
	newest := w.head.RecordedAt
	if w.stamped {
		newest = micros(w.at)
	}
	at := now.UTC().Truncate(time.Microsecond)
	w.behind = max(newest.Sub(at), 0)
	if w.behind > 0 {
		at = newest
	}
	w.stamped, w.at = true, at.UnixMicro()
	return at
}

// Behind is how far the clock stood behind the newest entry at the last Stamp; 0 in a healthy machine. Whoever stamps
// notes it, because it means that the clock was set back.
func (w *Writer) Behind() time.Duration { return w.behind }

// Append adds an entry and gives its position. It is written by Flush, or earlier when much is pending.
// Fault: ErrEntryTooLarge over 16 MiB.
func (w *Writer) Append(e Entry) (Position, error) {
	switch {
	case !w.stamped:
		return 0, fmt.Errorf("journal: append before Stamp")
	case e.Kind == "" || e.Action == "" || len(e.Body) == 0:
		return 0, fmt.Errorf("journal: an entry needs kind, action and body")
	case len(e.Body) > bodyBytesMax:
		return 0, ErrEntryTooLarge.With(len(e.Body)>>20, bodyBytesMax>>20)
	}
	from := len(w.hashes)
	w.hashes = w.edge.append(w.hasher, w.hasher.leaf(e.Body), w.hashes)
	w.pending = append(w.pending, pendingEntry{e, w.at, w.hashes[from:len(w.hashes):len(w.hashes)]})
	if w.bytes += len(e.Body); w.bytes >= pendingBytesMax {
		if err := w.writeEntries(); err != nil {
			return 0, err
		}
	}
	return w.edge.size, nil
}

// Flush writes what is pending and the head. It may be called more than once; the transaction does not commit while an
// entry stands outside the head.
func (w *Writer) Flush() error {
	if w.head.Size == w.edge.size {
		return nil
	}
	if err := w.writeEntries(); err != nil {
		return err
	}
	w.head.Size, w.head.Root, w.head.RecordedAt = w.edge.size, w.edge.root(w.hasher), micros(w.at)
	_, err := w.tx.Exec("UPDATE book_head SET epoch = ?, size = ?, root = ?, edge = ?, recorded_at = ? WHERE id = 1",
		w.head.Epoch, w.head.Size, w.head.Root[:], w.edge.bytes(), w.at)
	return err
}

var entryColumns = []string{"position", "recorded_at", "kind", "record_id", "version", "action", "hashes", "body"}

func (w *Writer) writeEntries() error {
	first := w.edge.size - Position(len(w.pending)) + 1
	rows := func(yield func([]any) bool) {
		w.row = append(w.row[:0], make([]any, len(entryColumns))...)
		for i := range w.pending {
			p := &w.pending[i]
			w.row[0], w.row[1], w.row[2] = int64(first)+int64(i), p.at, p.Kind
			if w.row[3] = nil; !p.Record.IsZero() {
				w.row[3] = p.Record.String()
			}
			w.row[4], w.row[5], w.row[6], w.row[7] = p.Version, p.Action, p.hashes, p.Body
			if !yield(w.row) {
				return
			}
		}
	}
	if _, err := w.tx.InsertRows("journal_entry", entryColumns, rows); err != nil {
		return err
	}
	clear(w.pending) // bodies go free
	w.pending, w.hashes, w.bytes = w.pending[:0], w.hashes[:0], 0
	return nil
}

// flushed keeps a transaction from committing entries that the head does not know.
func (w *Writer) flushed() error {
	if n := w.edge.size - w.head.Size; n != 0 {
		return fmt.Errorf("journal: %d entries appended and not flushed", n)
	}
	return nil
}
