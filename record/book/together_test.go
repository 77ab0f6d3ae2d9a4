package book_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"anlan/ground/fault"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/record/recordtest"
	"anlan/store"
	"anlan/store/journal"
	"anlan/store/storetest"
)

func TestManyProcessesWriteAtOnceInOneOrder(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{}, recordtest.Kind)
		shared := w.Must(recordtest.Create("sample", sampleOf(99_999, "red", "2023-05-06")))[0]
		first := head(t, w.Book)
		const processes, goroutines, rounds, batch = 3, 2, 8, 5
		var mu sync.Mutex
		var positions []journal.Position
		edits, stale := 0, 0
		var wg sync.WaitGroup
		for p := range processes {
			b := w.Another(book.Options{}, recordtest.Kind)
			for g := range goroutines {
				wg.Go(func() {
					for round := range rounds {
						var changes []book.Change
						for i := range batch {
							n := ((p*goroutines+g)*rounds+round)*batch + i
							changes = append(changes, recordtest.Create("sample", sampleOf(n, "red", "2023-05-06")))
						}
						done, err := b.Apply(w.Ctx, w.Admin, changes)
						if err != nil {
							t.Errorf("process %d: %v", p, err)
							return
						}
						// Everybody edits one record too, each on the version that it has read.
						now := sampleOf(99_999, "red", "2023-05-06")
						now.Title = fmt.Sprint(p, g, round)
						var version int64
						err = b.Read(w.Ctx, w.Admin, 0, func(v *book.View) error {
							r, err := v.Get("sample", shared.ID)
							if err == nil {
								version = r.(*recordtest.Sample).Version
							}
							return err
						})
						if err != nil {
							t.Errorf("process %d reads: %v", p, err)
							return
						}
						edited, err := b.Apply(w.Ctx, w.Admin, []book.Change{{Kind: "sample", ID: shared.ID, Expect: version, Action: access.Edit, Record: now}})
						mu.Lock()
						switch {
						case errors.Is(err, book.ErrStale):
							stale++
						case err != nil:
							t.Errorf("process %d edits: %v", p, err)
						default:
							edits++
							positions = append(positions, edited[0].Position)
						}
						for _, x := range done {
							positions = append(positions, x.Position)
						}
						mu.Unlock()
						if round%3 == 0 {
							if err := b.Fold(w.Ctx); err != nil {
								t.Errorf("process %d folds: %v", p, err)
							}
						}
					}
				})
			}
		}
		wg.Wait()
		const created = processes * goroutines * rounds * batch
		last := head(t, w.Book)
		if int(last-first) != created+edits || edits+stale != processes*goroutines*rounds || edits < rounds {
			t.Errorf("%d positions for %d records and %d edits, %d stale", last-first, created, edits, stale)
		}
		seen := map[journal.Position]bool{}
		for _, p := range positions {
			if seen[p] || p <= first || p > last {
				t.Errorf("position %d was given twice or is none", p)
			}
			seen[p] = true
		}
		if n := w.Count(0, "sample.seen", "2023", "430600"); n != created+1 {
			t.Errorf("%d are counted, %d were made", n, created+1)
		}
		if r := w.Get("sample", shared.ID).(*recordtest.Sample); r.Version != int64(edits)+1 {
			t.Errorf("version %d after %d edits", r.Version, edits)
		}
		w.Sound()
	})
}

// severed is a kind whose rule cuts the connection that writes the record called 断, from another connection.
func severed(w *recordtest.World, pid *int64, other *store.DB) record.Of {
	return record.Define("severed", "断", "severed", func(r *relic) *record.Head { return &r.Head },
		field.Text("code", "代码", "code", func(r *relic) *string { return &r.Code }).Required(),
	).Rule(func(r *relic) error {
		if r.Code != "断" || *pid == 0 {
			return nil
		}
		victim := *pid
		*pid = 0
		err := other.InTx(w.Ctx, func(tx *store.Tx) error {
			var yes bool
			_, err := tx.QueryRow([]any{&yes}, "SELECT pg_terminate_backend(CAST(? AS integer))", victim)
			return err
		})
		if err != nil {
			w.Errorf("cut the connection: %v", err)
		}
		return nil
	})
}

// backend remembers which connection of PostgreSQL a transaction runs on.
type backend struct{ pid *int64 }

func (b backend) Extras(tx *store.Tx) (map[string]record.Extras, error) {
	_, err := tx.QueryRow([]any{b.pid}, "SELECT CAST(pg_backend_pid() AS bigint)")
	return nil, err
}

func TestAPostgreSQLThatGoesAwayInTheMiddleLeavesNothingHalfWritten(t *testing.T) {
	t.Parallel()
	w := recordtest.Found(t, store.PostgreSQL, book.Options{}, recordtest.Kind)
	other := storetest.OpenAt(t, w.Place)
	var pid int64
	kind := severed(w, &pid, other)
	recordtest.Make(t, w.DB, kind)
	b := w.With(book.Options{Extras: backend{&pid}}, recordtest.Kind, kind)
	w.Book = b
	w.Must(recordtest.Create("sample", sampleOf(0, "red", "2023-05-06")))
	before := head(t, b)
	for _, at := range []int{0, 1, 700, 2_500} { // before anything, among what waits, after pieces were written
		var changes []book.Change
		for i := range 2_501 {
			r := newRelic(fmt.Sprintf("%04d", i))
			if i == at {
				r.Code = "断"
			}
			changes = append(changes, recordtest.Create("severed", r), recordtest.Create("sample", sampleOf(i+1, "red", "2023-05-06")))
		}
		_, err := b.Apply(w.Ctx, w.Admin, changes)
		if f, ok := errors.AsType[*fault.Fault](err); !ok || !f.Is(store.ErrConnectionLost) || f.Where.Row != 0 {
			t.Errorf("cut at record %d: got %v", at, err) // it is said once, and is no fault of a change
		}
		if after := head(t, b); after != before {
			t.Errorf("cut at record %d: %d entries were written", at, after-before)
		}
		if n := w.Count(0, "sample.seen", "2023", "430600"); n != 1 {
			t.Errorf("cut at record %d: %d are counted", at, n)
		}
		w.Sound()
	}
	w.Must(recordtest.Create("severed", newRelic("通"))) // over a new connection
	w.Sound()
}

func TestALockedBookIsBusyAndNothingIsWritten(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{}, recordtest.Kind)
		other := storetest.OpenAt(t, w.Place)
		before := head(t, w.Book)
		err := w.DB.InTx(w.Ctx, func(tx *store.Tx) error { // wait less than ten seconds
			rows, err := tx.Query(map[store.Dialect]string{store.SQLite: "PRAGMA busy_timeout = 50", store.PostgreSQL: "SET lock_timeout = 50"}[d])
			if err != nil {
				return err
			}
			return rows.Close()
		})
		if err != nil {
			t.Fatal(err)
		}
		err = other.InTx(w.Ctx, func(tx *store.Tx) error {
			if _, err := journal.Lock(tx); err != nil {
				return err
			}
			if _, err := w.Apply(w.Admin, recordtest.Create("sample", sampleOf(1, "red", "2023-05-06"))); !errors.Is(err, store.ErrBusy) {
				t.Errorf("a locked book: got %v", err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if after := head(t, w.Book); after != before {
			t.Errorf("%d entries were written", after-before)
		}
		w.Must(recordtest.Create("sample", sampleOf(1, "red", "2023-05-06")))
		w.Sound()
	})
}
