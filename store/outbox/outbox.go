// Package outbox holds events until they have left (待发事件): an event is written in the transaction of the change it
// tells of, so nothing is sent that was not committed, and it stays until its delivery is confirmed, so nothing that was
// committed goes unsent.
//
//	err := outbox.Write(tx, []outbox.Event{{Position: p, Topic: "hazard.closed", Body: body}})   // with the change
//	events, err := outbox.Pending(tx, 500)                                                        // later, in order
//	err = outbox.Forget(tx, events)                                                               // once delivered
//
// Events are in the order of the journal, several of one entry in the order they were written. Delivery is at least
// once: who receives an event twice knows it by position and line. How events travel (function calls in one process, a
// message system between several) is not decided here. On the store floor: imports store and journal.
package outbox

import (
	"fmt"

	"anlan/store"
	"anlan/store/journal"
)

const (
	bodyBytesMax   = 1 << 20 // an event names what happened; a larger thing is read from the record
	pendingRowsMax = 10_000
)

// Event is something that happened, for whoever subscribes to its topic.
type Event struct {
	Position journal.Position `db:"position"` // of the entry it belongs to
	Line     int64            `db:"line"`     // among the events of that entry; given by Write
	Topic    string           `db:"topic"`
	Body     []byte           `db:"body"` // canonical JSON
}

var columns = []string{"position", "line", "topic", "body"}

// Write adds the events of one transaction, in order of position, and numbers the lines of each entry from 0. All
// events of an entry are written by one call.
func Write(tx *store.Tx, events []Event) error {
	for i := range events {
		e := &events[i]
		if e.Position < 1 || e.Topic == "" || len(e.Body) > bodyBytesMax {
			return fmt.Errorf("outbox: event %d needs a position, a topic and at most %d bytes", i+1, bodyBytesMax)
		}
		if e.Line = 0; i > 0 && events[i-1].Position == e.Position {
			e.Line = events[i-1].Line + 1
		}
	}
	_, err := tx.InsertRows("outbox", columns, func(yield func([]any) bool) {
		row := make([]any, len(columns))
		for _, e := range events {
			row[0], row[1], row[2], row[3] = int64(e.Position), e.Line, e.Topic, append([]byte{}, e.Body...)
			if !yield(row) {
				return
			}
		}
	})
	return err
}

// Pending gives the oldest events that have not left, at most limit (and never more than 10,000).
func Pending(tx *store.Tx, limit int) ([]Event, error) {
	return store.Select[Event](tx, "SELECT position, line, topic, body FROM outbox ORDER BY position, line LIMIT ?",
		min(limit, pendingRowsMax))
}

// Waiting is how many events have not left.
func Waiting(tx *store.Tx) (n int64, err error) {
	_, err = tx.QueryRow([]any{&n}, "SELECT count(*) FROM outbox")
	return n, err
}

// Forget removes events that were delivered.
func Forget(tx *store.Tx, events []Event) error {
	for _, e := range events {
		if _, err := tx.Exec("DELETE FROM outbox WHERE position = ? AND line = ?", e.Position, e.Line); err != nil {
			return err
		}
	}
	return nil
}
