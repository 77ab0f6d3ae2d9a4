package app_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"anlan/app"
	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/store"
	"anlan/store/journal"
)

// alter changes tables behind the book's back.
func (w *world) alter(queries ...string) {
	w.Helper()
	err := w.app.DB.InTx(w.ctx, func(tx *store.Tx) error {
		for _, q := range queries {
			if _, err := tx.Exec(q); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		w.Fatal(err)
	}
}

func TestAnAccountThatSaysItIsUnfinishedDoesNotHideItsPostings(t *testing.T) {
	onBoth(t, func(w *world) {
		w.small()
		w.alter("UPDATE account SET filled_through = 1000000 WHERE measure = 'accident.deaths'", "UPDATE posting SET count = 0 WHERE count = 2")
		v, err := w.book.Replay(w.ctx)
		if err != nil || !errors.Is(v.Findings, book.ErrAccountDiffers) {
			w.Errorf("got %v %v, want %v", err, v.Findings, book.ErrAccountDiffers)
		}
	})
}

func TestTheBureauOfTheBookIsThatOfItsFounding(t *testing.T) {
	onBoth(t, func(w *world) {
		for _, q := range []string{"UPDATE book_head SET place = '430602'", "UPDATE book_head SET place = '430600', unit = '假局'"} {
			w.alter(q)
			v, err := w.book.Replay(w.ctx)
			if err != nil || !errors.Is(v.Findings, book.ErrHeadDiffers) {
				w.Errorf("%s: got %v %v, want %v", q, err, v.Findings, book.ErrHeadDiffers)
			}
		}
	})
}

func TestAKeyOfAnotherBookDoesNotSign(t *testing.T) {
	t.Parallel()
	w := found(t, store.SQLite)
	other, err := journal.NewKey(seeded(3), "anlan/01a2153c-4736-7000-b405-8377a32ade1c/1")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(w.app.KeyFolder(), "journal.key")
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := other.Save(path); err != nil {
		t.Fatal(err)
	}
	if _, err := w.app.Seal(w.ctx); !errors.Is(err, app.ErrForeignKey) {
		t.Errorf("got %v, want %v", err, app.ErrForeignKey)
	}
}

func TestAPeriodThatIsNotOverIsNotPublished(t *testing.T) {
	t.Parallel()
	w := found(t, store.SQLite)
	_, err := w.app.Report(w.ctx, w.admin, app.ReportRequest{Period: period.MustParse("2024"), Dir: filepath.Join(t.TempDir(), "r")})
	if !errors.Is(err, app.ErrPeriodNotOver) {
		t.Errorf("got %v, want %v", err, app.ErrPeriodNotOver)
	}
}

func TestAnAmountThatWouldBreakEverySumIsRefused(t *testing.T) {
	t.Parallel()
	w := found(t, store.SQLite)
	h := newHazard(1, "430602-01", "2023-05-06")
	h.Cost = maybe.Some(money.Max)
	if _, err := w.apply(w.admin, create("hazard", h)); !errors.Is(err, field.ErrTooBig) {
		t.Errorf("got %v, want %v", err, field.ErrTooBig)
	}
}
