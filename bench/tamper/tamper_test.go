package main

import (
	"testing"

	"anlan/bench"
	"anlan/store"
	"anlan/store/storetest"
)

// Which drills are made besides the first and the last, which alter nothing: all of them on SQLite and a fourth of them on PostgreSQL,
// whose tables are the same; in a short run, such as one under the race detector, an eighth of those. The program makes all on both.
const (
	postgresEvery = 4
	shortEvery    = 8
)

// TestEachWayToCheatIsCaughtAndToldApart makes the drills. The first of them alters nothing, and nothing is found; after the last
// the book is what it was.
func TestEachWayToCheatIsCaughtAndToldApart(t *testing.T) {
	for _, d := range storetest.Dialects {
		t.Run(d.String(), func(t *testing.T) {
			t.Parallel()
			if d == store.PostgreSQL {
				storetest.PostgresURL(t) // or it is said that it is not tested
			}
			place, err := bench.NewPlace("tampertest", t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			s, err := found(t.Context(), place, d)
			if err != nil {
				t.Fatal(err)
			}
			defer func() {
				if err := place.Drop(t.Context(), s.keeper, "book"); err != nil {
					t.Error(err)
				}
			}()
			if err := s.close(); err != nil {
				t.Fatal(err)
			}
			every := 1
			if d == store.PostgreSQL {
				every = postgresEvery
			}
			if testing.Short() {
				every *= shortEvery
			}
			for i, x := range append(drills[:len(drills):len(drills)], drills[0]) {
				if i%every != 0 && i < len(drills) {
					continue
				}
				o, err := s.drill(t.Context(), x)
				if err != nil {
					t.Fatalf("%s: %v", x.name, err)
				}
				if complaint := x.judge(o); complaint != "" {
					t.Errorf("%s: %s", x.name, complaint)
				} else if !x.named(s, o) {
					t.Errorf("%s: told as %s, which does not name position %d", x.name, told(o), x.at(s))
				}
			}
		})
	}
}
