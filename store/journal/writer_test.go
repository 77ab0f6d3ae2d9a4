package journal_test

import (
	"bytes"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"anlan/ground/ident"
	"anlan/store"
	"anlan/store/journal"
	"anlan/store/storetest"
	"github.com/google/go-cmp/cmp"
)

func TestABookIsFoundedOnce(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, db *store.DB) {
		err := db.Read(t.Context(), func(tx *store.Tx) error { _, err := journal.HeadOf(tx); return err })
		if !errors.Is(err, journal.ErrNoBook) {
			t.Errorf("before the founding: got %v, want ErrNoBook", err)
		}
		err = db.InTx(t.Context(), func(tx *store.Tx) error { _, err := journal.Lock(tx); return err })
		if !errors.Is(err, journal.ErrNoBook) {
			t.Errorf("locking before the founding: got %v, want ErrNoBook", err)
		}
		newBook(t, db)
		err = db.InTx(t.Context(), func(tx *store.Tx) error { return journal.Found(tx, bookID, start) })
		if !errors.Is(err, journal.ErrFounded) {
			t.Errorf("again: got %v, want ErrFounded", err)
		}
		inTx(t, db, func(tx *store.Tx) error { return journal.Inscribe(tx, "岳阳市应急管理局", "430600") })
		read(t, db, func(tx *store.Tx) error {
			h, err := journal.HeadOf(tx)
			want := journal.Head{Book: bookID, Epoch: 1, Root: h.Root, RecordedAt: start, Unit: "岳阳市应急管理局", Place: "430600"}
			if diff := cmp.Diff(want, h); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if got := h.Root.String(); got != "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" { // SHA-256 of nothing
				t.Errorf("the root of the empty book is %s", got)
			}
			return err
		})
	})
}

func TestEntriesComeBackAsTheyWent(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, db *store.DB) {
		newBook(t, db)
		want := []journal.Entry{
			{Kind: "hazard", Record: ident.ID{7}, Version: 1, Action: "create", Body: []byte(`{"a":"隐患"}`)},
			{Kind: "journal", Action: "note", Body: []byte{0, 1, 255}},
		}
		inTx(t, db, func(tx *store.Tx) error {
			w, err := journal.Lock(tx)
			if err != nil {
				return err
			}
			w.Stamp(start)
			for _, e := range want {
				if _, err := w.Append(e); err != nil {
					return err
				}
			}
			return w.Flush()
		})
		read(t, db, func(tx *store.Tx) error {
			i := 0
			err := journal.Entries(tx, 0, 99, func(s journal.Stored) error {
				if diff := cmp.Diff(want[i], journal.Entry{Kind: s.Kind, Record: s.Record, Version: s.Version, Action: s.Action, Body: s.Body}); diff != "" {
					t.Errorf("(-want +got)\n%s", diff)
				}
				if i++; s.Position != journal.Position(i) || !s.RecordedAt.Equal(start) || s.Leaf != journal.LeafHash(s.Body) {
					t.Errorf("got %+v", s)
				}
				return nil
			})
			if i != len(want) {
				t.Errorf("%d entries, want %d", i, len(want))
			}
			return err
		})
	})
}

func TestEntriesOfASpan(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, db *store.DB) {
		newBook(t, db, 2500)
		for _, c := range []struct {
			name                   string
			after, upTo, from, end journal.Position
		}{
			{"all", 0, 2500, 1, 2500},
			{"more than there are", 2000, 9999, 2001, 2500},
			{"one", 1023, 1024, 1024, 1024},
			{"none", 7, 7, 0, 0},
			{"none, turned round", 9, 7, 0, 0},
		} {
			t.Run(c.name, func(t *testing.T) {
				var first, last, n journal.Position
				read(t, db, func(tx *store.Tx) error {
					return journal.Entries(tx, c.after, c.upTo, func(s journal.Stored) error {
						if n++; first == 0 {
							first = s.Position
						}
						last = s.Position
						_, err := journal.HeadOf(tx) // the transaction is free while an entry is looked at
						return err
					})
				})
				if first != c.from || last != c.end || n > 0 && n != c.end-c.from+1 {
					t.Errorf("got %d…%d (%d), want %d…%d", first, last, n, c.from, c.end)
				}
			})
		}
		stop := errors.New("stop")
		err := db.Read(t.Context(), func(tx *store.Tx) error {
			return journal.Entries(tx, 0, 10, func(journal.Stored) error { return stop })
		})
		if err != stop {
			t.Errorf("got %v, want what the use gave", err)
		}
		err = db.Read(t.Context(), func(tx *store.Tx) error { _, err := journal.EntryAt(tx, 2501); return err })
		if !errors.Is(err, journal.ErrNoPosition) {
			t.Errorf("got %v, want ErrNoPosition", err)
		}
	})
}

// TestAppendingNeverKeepsMuch: an import of any length is written piece by piece, and is still one transaction.
func TestAppendingNeverKeepsMuch(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, db *store.DB) {
		newBook(t, db)
		large := bytes.Repeat([]byte("大"), 1<<19)
		fill := func(tx *store.Tx) (*journal.Writer, error) {
			w, err := journal.Lock(tx)
			if err != nil {
				return nil, err
			}
			w.Stamp(start)
			for range 6 {
				if _, err := w.Append(journal.Entry{Kind: "k", Action: "a", Body: large}); err != nil {
					return nil, err
				}
			}
			return w, nil
		}
		err := db.InTx(t.Context(), func(tx *store.Tx) error {
			_, err := fill(tx)
			return err // without Flush
		})
		if err == nil || !strings.Contains(err.Error(), "6 entries appended and not flushed") {
			t.Errorf("got %v", err)
		}
		if v := verify(t, db); !v.Sound() || v.Entries != 0 {
			t.Errorf("after the refusal: %d entries, %v", v.Entries, v.Findings)
		}
		inTx(t, db, func(tx *store.Tx) error {
			w, err := fill(tx)
			if err != nil {
				return err
			}
			if err := w.Flush(); err != nil {
				return err
			}
			return w.Flush() // nothing more to do
		})
		if v := verify(t, db); !v.Sound() || v.Entries != 6 {
			t.Errorf("%d entries, %v", v.Entries, v.Findings)
		}
	})
}

func TestAppendRefuses(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, store.SQLite)
	newBook(t, db)
	good := journal.Entry{Kind: "k", Action: "a", Body: []byte("{}")}
	for _, c := range []struct {
		name    string
		stamped bool
		entry   journal.Entry
		want    string
	}{
		{"before Stamp", false, good, "before Stamp"},
		{"no kind", true, journal.Entry{Action: "a", Body: good.Body}, "needs kind"},
		{"no action", true, journal.Entry{Kind: "k", Body: good.Body}, "needs kind"},
		{"no body", true, journal.Entry{Kind: "k", Action: "a"}, "needs kind"},
		{"a body of 17 MiB", true, journal.Entry{Kind: "k", Action: "a", Body: make([]byte, 17<<20)}, "17 MiB"},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := db.InTx(t.Context(), func(tx *store.Tx) error {
				w, err := journal.Lock(tx)
				if err != nil {
					return err
				}
				if c.stamped {
					w.Stamp(start)
				}
				_, err = w.Append(c.entry)
				return err
			})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func TestTimeNeverGoesBack(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, db *store.DB) {
		newBook(t, db)
		stamp := func(now, want time.Time, behind time.Duration) {
			t.Helper()
			inTx(t, db, func(tx *store.Tx) error {
				w, err := journal.Lock(tx)
				if err != nil {
					return err
				}
				if got := w.Stamp(now); !got.Equal(want) || w.Behind() != behind {
					t.Errorf("%v is stamped %v, behind by %v, want %v and %v", now, got, w.Behind(), want, behind)
				}
				if _, err := w.Append(journal.Entry{Kind: "k", Action: "a", Body: []byte("{}")}); err != nil {
					return err
				}
				return w.Flush()
			})
		}
		noon := start.Add(4 * time.Hour)
		stamp(noon.Add(700*time.Nanosecond), noon, 0) // to the µs
		stamp(noon, noon, 0)
		stamp(noon.Add(-time.Hour), noon, time.Hour)
		stamp(start.AddDate(-60, 0, 0), noon, noon.Sub(start.AddDate(-60, 0, 0))) // before 1970
		stamp(noon.Add(time.Second).In(time.FixedZone("北京", 8*3600)), noon.Add(time.Second), 0)
		if v := verify(t, db); !v.Sound() {
			t.Error(v.Findings)
		}
	})
}

func TestABookFoundedBefore1970(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, db *store.DB) {
		old := time.Date(1949, 10, 1, 7, 0, 0, 123456000, time.UTC)
		inTx(t, db, func(tx *store.Tx) error { return journal.Found(tx, bookID, old) })
		inTx(t, db, func(tx *store.Tx) error {
			w, err := journal.Lock(tx)
			if err != nil {
				return err
			}
			w.Stamp(old.Add(time.Second))
			if _, err := w.Append(journal.Entry{Kind: "k", Action: "a", Body: []byte("{}")}); err != nil {
				return err
			}
			return w.Flush()
		})
		read(t, db, func(tx *store.Tx) error {
			e, err := journal.EntryAt(tx, 1)
			if !e.RecordedAt.Equal(old.Add(time.Second)) {
				t.Errorf("got %v", e.RecordedAt)
			}
			return err
		})
	})
}

// TestWritersAtOnceMakeOneJournal: however many write, positions have no gap and the tree is that of the bodies.
func TestWritersAtOnceMakeOneJournal(t *testing.T) {
	t.Parallel()
	const writers, times = 6, 8
	both(t, func(t *testing.T, db *store.DB) {
		newBook(t, db)
		var wg sync.WaitGroup
		for range writers {
			wg.Go(func() {
				for i := range times {
					err := db.InTx(t.Context(), func(tx *store.Tx) error {
						if err := appendEntries(tx, 1+i%3); err != nil {
							return err
						}
						if i%4 == 3 {
							return errRefused
						}
						return nil
					})
					if err != nil && err != errRefused {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		want := journal.Position(writers * (1 + 2 + 3 + 2 + 3 + 1)) // i = 3 and 7 were refused
		if v := verify(t, db); !v.Sound() || v.Entries != want {
			t.Errorf("%d entries, want %d, %v", v.Entries, want, v.Findings)
		}
	})
}

var errRefused = errors.New("refused")

func TestADamagedHeadIsNotAppendedTo(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, db *store.DB) {
		newBook(t, db, 5)
		for _, c := range []struct{ name, tamper string }{
			{"another size", "UPDATE book_head SET size = 4"},
			{"another root", "UPDATE book_head SET root = edge"},
			{"an edge that is cut", "UPDATE book_head SET edge = substr(edge, 1, 32)"},
		} {
			t.Run(c.name, func(t *testing.T) {
				err := db.InTx(t.Context(), func(tx *store.Tx) error {
					if _, err := tx.Exec(c.tamper); err != nil {
						return err
					}
					_, err := journal.Lock(tx)
					return err
				})
				if !errors.Is(err, journal.ErrHeadDamaged) {
					t.Errorf("got %v, want ErrHeadDamaged", err)
				}
			})
		}
	})
}
