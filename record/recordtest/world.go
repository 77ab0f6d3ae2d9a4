package recordtest

import (
	"context"
	"math/rand/v2"
	"testing"
	"time"

	"anlan/ground/clock"
	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/store"
	"anlan/store/journal"
	"anlan/store/storetest"
)

// World is a founded book over kinds of the test's own, with two trees that do not change: the bureau 430600, two counties
// under it, a section each.
type World struct {
	testing.TB
	Ctx   context.Context
	Place store.Options // where the database is
	DB    *store.DB
	Book  *book.Book
	Clock *clock.Stepped
	Admin access.Actor
	books int // made so far: each has a random source of its own
}

// Clerk is a role that writes records of every kind, of the tests too, and sees values up to a sensitivity.
func Clerk(clearance access.Sensitivity) access.Role {
	return access.Role{Code: "clerk", Label: lang.Of("文员", "clerk"), Clearance: clearance, Rights: clerkRights}
}

var clerkRights = access.MustRights("*: read create edit withdraw step register")

// Start is where the clock of a world stands; each reading moves it on by a millisecond.
var Start = time.Date(2024, 1, 31, 1, 0, 0, 0, time.UTC)

// Found makes a world. Members of o that are not given are those of the world; the random source is seeded.
func Found(t testing.TB, d store.Dialect, o book.Options, kinds ...record.Of) *World {
	t.Helper()
	at := storetest.Migrated(t, d)
	w := &World{TB: t, Ctx: t.Context(), Place: at, DB: storetest.OpenAt(t, at), Clock: clock.NewStepped(Start, time.Millisecond),
		Admin: access.Actor{Name: "测试管理员", Role: access.Administrator, Via: "test"}}
	Make(t, w.DB, kinds...)
	w.Book = w.With(o, kinds...)
	if _, err := w.Book.Found(w.Ctx, w.Admin, "测试局", "430600"); err != nil {
		t.Fatalf("found: %v", err)
	}
	return w
}

// With is a book over the same database with other options or kinds, as a later version of the program would have.
func (w *World) With(o book.Options, kinds ...record.Of) *book.Book { return w.over(w.DB, o, kinds...) }

// Another is a book over connections of its own to the same database, as another process would have.
func (w *World) Another(o book.Options, kinds ...record.Of) *book.Book {
	w.Helper()
	return w.over(storetest.OpenAt(w, w.Place), o, kinds...)
}

func (w *World) over(db *store.DB, o book.Options, kinds ...record.Of) *book.Book {
	if o.Clock == nil {
		o.Clock = w.Clock
	}
	if o.Random == nil {
		o.Random = rand.NewChaCha8([32]byte{byte(w.books)})
		w.books++
	}
	if o.Trees == nil {
		o.Trees = Trees{}
	}
	return book.New(db, kinds, o)
}

// Apply makes changes as an actor.
func (w *World) Apply(actor access.Actor, changes ...book.Change) ([]book.Done, error) {
	return w.Book.Apply(w.Ctx, actor, changes)
}

// Must makes changes as the administrator.
func (w *World) Must(changes ...book.Change) []book.Done {
	w.Helper()
	done, err := w.Apply(w.Admin, changes...)
	if err != nil {
		w.Fatalf("apply: %v", err)
	}
	return done
}

// Read opens a view as an actor.
func (w *World) Read(actor access.Actor, asOf journal.Position, see func(v *book.View)) {
	w.Helper()
	if err := w.Book.Read(w.Ctx, actor, asOf, func(v *book.View) error { see(v); return nil }); err != nil {
		w.Fatalf("read: %v", err)
	}
}

// Get is a record as the administrator sees it now.
func (w *World) Get(kind string, id ident.ID) (r any) {
	w.Helper()
	w.Read(w.Admin, 0, func(v *book.View) {
		var err error
		if r, err = v.Get(kind, id); err != nil {
			w.Fatal(err)
		}
	})
	return r
}

// Count is the count of a measure over a unit.
func (w *World) Count(asOf journal.Position, measure, span string, unit place.Unit) (n int64) {
	w.Helper()
	p, err := period.Parse(span)
	if err != nil {
		w.Fatal(err)
	}
	w.Read(w.Admin, asOf, func(v *book.View) {
		b, _, err := v.Balance(book.Ask{Measure: measure, Period: p, Unit: unit})
		if err != nil {
			w.Fatalf("%s %s: %v", measure, span, err)
		}
		n = b.Count
	})
	return n
}

// Sound sees that the tables are what the journal says and the postings what the records give.
func (w *World) Sound() {
	w.Helper()
	for _, prove := range []func(context.Context) (book.Verification, error){w.Book.Replay, w.Book.Repost} {
		if v, err := prove(w.Ctx); err != nil || len(v.Findings) > 0 {
			w.Errorf("not sound: %v %v", err, v.Findings)
		}
	}
}

// Create is a change that makes a record.
func Create(kind string, r any) book.Change {
	return book.Change{Kind: kind, Action: access.Create, Record: r}
}

// Run runs a test on both databases, in parallel.
func Run(t *testing.T, test func(t *testing.T, d store.Dialect)) {
	t.Helper()
	t.Parallel()
	for _, d := range storetest.Dialects {
		t.Run(d.String(), func(t *testing.T) {
			t.Parallel()
			test(t, d)
		})
	}
}

// Trees are the trees of a world.
type Trees struct{}

// Units is the tree of units: 430600 over 430602 and 430621, a section -01 under each of them.
func (Trees) Units(*store.Tx, journal.Position) (place.Tree[place.Unit], error) {
	return place.NewTree([]place.Edge[place.Unit]{{Child: "430602", Parent: "430600"}, {Child: "430621", Parent: "430600"},
		{Child: "430602-01", Parent: "430602"}, {Child: "430621-01", Parent: "430621"}}), nil
}

// Kinds: they are made from no records.
func (Trees) Kinds() []string { return nil }

// Places is the tree of places: 430600 over 430602 and 430621.
func (Trees) Places(*store.Tx, journal.Position) (place.Tree[place.Code], error) {
	return place.NewTree([]place.Edge[place.Code]{{Child: "430602", Parent: "430600"}, {Child: "430621", Parent: "430600"}}), nil
}
