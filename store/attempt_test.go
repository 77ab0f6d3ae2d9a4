package store_test

import (
	"errors"
	"testing"

	"anlan/store"
	"anlan/store/storetest"
)

func TestAnAttemptThatFailsIsTakenBackAloneAndTheRestStands(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		countTable(t, db)
		refused := errors.New("refused")
		add := func(tx *store.Tx, id, n int64) error {
			_, err := tx.Exec("INSERT INTO counted (id, n) VALUES (?, ?)", id, n)
			return err
		}
		checked := 0
		inTx(t, db, func(tx *store.Tx) error {
			for _, c := range []struct {
				name string
				do   func() error
				want error
			}{
				{"one that succeeds", func() error {
					tx.BeforeCommit(func() error { checked++; return nil })
					return add(tx, 2, 10)
				}, nil},
				{"one that is refused", func() error {
					tx.BeforeCommit(func() error { return errors.New("of an attempt that was taken back") })
					return errors.Join(add(tx, 3, 100), refused)
				}, refused},
				{"one whose statement fails", func() error { return errors.Join(add(tx, 4, 1_000), add(tx, 2, 1_000)) }, store.ErrUnique},
				{"one that drops the error of its statement", func() error {
					_, _ = add(tx, 5, 10_000), add(tx, 2, 10_000)
					return nil
				}, store.ErrUnique},
				{"one that leaves rows open", func() error {
					if err := add(tx, 6, 100_000); err != nil {
						return err
					}
					_, err := tx.Query("SELECT id FROM counted")
					return errors.Join(err, refused)
				}, refused},
				{"one after them", func() error { return add(tx, 3, 20) }, nil},
			} {
				got, lost := tx.Attempt(c.do)
				if lost != nil || !errors.Is(got, c.want) || (got == nil) != (c.want == nil) {
					t.Errorf("%s: got %v, lost %v", c.name, got, lost)
				}
			}
			return nil
		})
		if n := counted(t, db); n != 30 || checked != 1 {
			t.Errorf("%d stand, %d checks were made", n, checked)
		}
	})
}

func TestAnAttemptInsideOneThatIsRefusedGoesWithIt(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, db *store.DB) {
		countTable(t, db)
		refused := errors.New("refused")
		inTx(t, db, func(tx *store.Tx) error {
			got, lost := tx.Attempt(func() error {
				if inner, lost := tx.Attempt(func() error { _, err := tx.Exec(count); return err }); inner != nil || lost != nil {
					t.Errorf("inside: got %v, lost %v", inner, lost)
				}
				return refused
			})
			if !errors.Is(got, refused) || lost != nil {
				t.Errorf("got %v, lost %v", got, lost)
			}
			return nil
		})
		if n := counted(t, db); n != 0 {
			t.Errorf("%d stand", n)
		}
	})
}
