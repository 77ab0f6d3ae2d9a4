package book_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"anlan/ground/ident"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/recordtest"
	"anlan/store"
)

func TestAnActIsEnteredWithWhatItDoesOrNotAtAll(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{}, recordtest.Kind)
		id := w.Must(recordtest.Create("sample", sampleOf(1, "red", "2023-05-06")))[0].ID
		refused := errors.New("refused")
		note := func(tx *store.Tx, at time.Time) error {
			_, err := tx.Exec("INSERT INTO idempotency (actor, key, request_sha256, version, position, recorded_at) VALUES ('x', 'y', ?, 0, 0, ?)", []byte{1}, at.UnixMicro())
			return err
		}
		for _, c := range []struct {
			name  string
			actor access.Actor
			act   book.Act
			do    func(*store.Tx, time.Time) error
			want  string // in the error; empty: it is entered
		}{
			{"what it does fails", w.Admin, book.Act{Of: "login", Action: "test"}, func(tx *store.Tx, at time.Time) error { return errors.Join(note(tx, at), refused) }, "refused"},
			{"nobody acts", access.Actor{}, book.Act{Of: "login", Action: "test"}, note, "without an actor"},
			{"it takes the name of a kind", w.Admin, book.Act{Of: "sample", Action: "test"}, note, "no name for acts"},
			{"it takes the name of readings", w.Admin, book.Act{Of: "reading", Action: "test"}, note, "no name for acts"},
			{"its reason cannot be kept", w.Admin, book.Act{Of: "login", Action: "test", Reason: strings.Repeat("长", 1_001)}, note, "at most 1000"},
			{"it is done", w.Admin, book.Act{Of: "login", Action: "test", About: id, Reason: "理由"}, func(tx *store.Tx, at time.Time) error { return nil }, ""},
			{"it is about nothing", w.Admin, book.Act{Of: "login", Action: "test"}, func(tx *store.Tx, at time.Time) error { return nil }, ""},
		} {
			before := head(t, w.Book)
			at, err := w.Book.Enter(w.Ctx, c.actor, c.act, c.do)
			after := head(t, w.Book)
			switch {
			case c.want == "" && (err != nil || at != before+1 || after != at):
				t.Errorf("%s: got %v at %d, the head went from %d to %d", c.name, err, at, before, after)
			case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want) || after != before):
				t.Errorf("%s: got %v, the head went from %d to %d", c.name, err, before, after)
			}
		}
		var kept int64
		err := w.DB.Read(w.Ctx, func(tx *store.Tx) error {
			_, err := tx.QueryRow([]any{&kept}, "SELECT count(*) FROM idempotency")
			return err
		})
		if err != nil || kept != 0 {
			t.Errorf("%d rows of refused acts stand, %v", kept, err)
		}
		if _, err := w.Book.Enter(w.Ctx, w.Admin, book.Act{Of: "login", Action: "test", About: ident.ID{1}}, func(*store.Tx, time.Time) error { return nil }); err != nil {
			t.Error(err)
		}
		w.Sound()
	})
}
