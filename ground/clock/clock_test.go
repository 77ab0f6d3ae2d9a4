package clock_test

import (
	"sync"
	"testing"
	"time"

	"anlan/ground/clock"
)

var noon = time.Date(2023, 5, 6, 12, 0, 0, 123456789, time.FixedZone("", 8*3600))

func TestSteppedClockMovesByItsStep(t *testing.T) {
	t.Parallel()
	c := clock.NewStepped(noon, 1500*time.Millisecond)
	want := time.Date(2023, 5, 6, 4, 0, 0, 123456000, time.UTC)
	for range 3 {
		if got := c.Now(); !got.Equal(want) || got.Location() != time.UTC {
			t.Fatalf("got %s, want %s", got, want)
		}
		want = want.Add(1500 * time.Millisecond)
	}
	c.Set(noon.AddDate(-1, 0, 0))
	if got := c.Now(); got.Year() != 2022 {
		t.Errorf("a clock may be set back, got %s", got)
	}
	still := clock.NewStepped(noon, 0)
	if a, b := still.Now(), still.Now(); !a.Equal(b) {
		t.Errorf("a step of 0 stands still, got %s and %s", a, b)
	}
}

func TestSteppedClockServesManyAtOnce(t *testing.T) {
	t.Parallel()
	c := clock.NewStepped(noon, time.Microsecond)
	var mu sync.Mutex
	var wg sync.WaitGroup
	seen := map[time.Time]bool{}
	for range 8 {
		wg.Go(func() {
			for range 200 {
				at := c.Now()
				mu.Lock()
				if seen[at] {
					t.Errorf("%s came twice", at)
				}
				seen[at] = true
				mu.Unlock()
			}
		})
	}
	wg.Wait()
}

func TestInstantsAreUTCToTheMicrosecond(t *testing.T) {
	t.Parallel()
	for range 10 {
		if at := (clock.System{}).Now(); at.Location() != time.UTC || at.Nanosecond()%1000 != 0 || at.Year() < 2025 {
			t.Fatalf("got %s", at)
		}
	}
}
