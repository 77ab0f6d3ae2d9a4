package ident_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"anlan/ground/clock"
	"anlan/ground/ident"
)

var noon = time.Date(2023, 5, 6, 4, 0, 0, 0, time.UTC)

func maker(c clock.Clock) *ident.Maker { return ident.NewMaker(c, rand.NewChaCha8([32]byte{1})) }

func make7(t testing.TB, m *ident.Maker) ident.ID {
	t.Helper()
	id, err := m.V7()
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestIDsOfOneMakerAlwaysIncrease(t *testing.T) {
	t.Parallel()
	c := clock.NewStepped(noon, 0)
	m := maker(c)
	last := ident.ID{}
	for i := range 10_000 { // more than the 4,096 that one millisecond counts
		switch i {
		case 3000:
			c.Set(noon.Add(-time.Hour)) // a clock that jumps back
		case 6000:
			c.Set(time.Date(1960, 1, 1, 0, 0, 0, 0, time.UTC))
		case 8000:
			c.Set(noon.Add(time.Hour))
		}
		id := make7(t, m)
		if bytes.Compare(id[:], last[:]) <= 0 || id.String() <= last.String() {
			t.Fatalf("id %d: %s does not follow %s", i, id, last)
		}
		if id[6]>>4 != 7 || id[8]>>6 != 2 {
			t.Fatalf("%s has not version and variant of RFC 9562", id)
		}
		last = id
	}
}

func TestIDTellsItsMillisecond(t *testing.T) {
	t.Parallel()
	id := make7(t, maker(clock.NewStepped(noon, 0)))
	var ms int64
	for _, b := range id[:6] {
		ms = ms<<8 | int64(b)
	}
	if got := time.UnixMilli(ms).UTC(); !got.Equal(noon) {
		t.Errorf("got %s, want %s", got, noon)
	}
}

func TestSeededMakerGivesTheSameIDs(t *testing.T) {
	t.Parallel()
	a, b := maker(clock.NewStepped(noon, time.Second)), maker(clock.NewStepped(noon, time.Second))
	for range 100 {
		if x, y := make7(t, a), make7(t, b); x != y {
			t.Fatalf("got %s and %s", x, y)
		}
	}
}

func TestRandomIDTellsNothingOfItsTime(t *testing.T) {
	t.Parallel()
	early, err := maker(clock.NewStepped(noon, 0)).V4()
	if err != nil {
		t.Fatal(err)
	}
	late, err := maker(clock.NewStepped(noon.AddDate(10, 0, 0), 0)).V4()
	if err != nil || early != late || early[6]>>4 != 4 || early[8]>>6 != 2 {
		t.Errorf("got %s and %s, %v", early, late, err)
	}
}

func TestMakerReportsAnEmptyRandomSource(t *testing.T) {
	t.Parallel()
	m := ident.NewMaker(clock.NewStepped(noon, 0), strings.NewReader("short"))
	if _, err := m.V7(); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("got %v", err)
	}
	if _, err := m.V4(); !errors.Is(err, io.EOF) {
		t.Errorf("got %v", err)
	}
}

func TestMakerServesManyAtOnce(t *testing.T) {
	t.Parallel()
	m := maker(clock.NewStepped(noon, 0))
	var mu sync.Mutex
	var wg sync.WaitGroup
	seen := map[ident.ID]bool{}
	for range 8 {
		wg.Go(func() {
			for range 500 {
				id, err := m.V7()
				mu.Lock()
				if err != nil || seen[id] {
					t.Errorf("%s came twice, %v", id, err)
				}
				seen[id] = true
				mu.Unlock()
			}
		})
	}
	wg.Wait()
}

func TestIDAndItsTextAreOne(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var id, back ident.ID
		copy(id[:], rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "id"))
		if got, err := ident.Parse(id.String()); err != nil || got != id {
			t.Fatalf("%s reads as %s, %v", id, got, err)
		}
		if got, err := ident.Parse(strings.ToUpper(id.String())); err != nil || got != id {
			t.Fatalf("%s in capitals reads as %s, %v", id, got, err)
		}
		if text, err := json.Marshal(id); err != nil || json.Unmarshal(text, &back) != nil || back != id {
			t.Fatalf("JSON %s of %s gives %s, %v", text, id, back, err)
		}
		if v, err := id.Value(); err != nil || back.Scan(v) != nil || back != id {
			t.Fatalf("stored %v of %s gives %s, %v", v, id, back, err)
		}
		if back.Scan([16]byte(id)) != nil || back != id || back.Scan([]byte(id.String())) != nil || back != id {
			t.Fatalf("%s is not read from the driver's other forms", id)
		}
	})
}

func TestWhatIsNoIDIsRefused(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"0190f3a2", "0190f3a27c1e7b4d9a553f2d8c6b1e04", "0190f3a2-7c1e-7b4d-9a55-3f2d8c6b1e0g", "0190f3a2-7c1e-7b4d-9a553-f2d8c6b1e04",
		"{0190f3a2-7c1e-7b4d-9a55-3f2d8c6b1e04}", " 0190f3a2-7c1e-7b4d-9a55-3f2d8c6b1e0", "岳应急罚〔2026〕12号"} {
		if id, err := ident.Parse(s); !errors.Is(err, ident.ErrNotAnID) || !id.IsZero() {
			t.Errorf("%q: got %s, %v", s, id, err)
		}
	}
	if id, err := ident.Parse(""); err != nil || !id.IsZero() || id.String() != "" {
		t.Errorf("the empty text is no id, got %s, %v", id, err)
	}
	var id ident.ID
	if err := id.Scan(7); err == nil {
		t.Error("an integer is no id")
	}
	if v, err := id.Value(); v != nil || err != nil || id.Scan(nil) != nil {
		t.Errorf("no id is NULL, got %v, %v", v, err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("0190f3a2-7c1e-7b4d-9a55-3f2d8c6b1e04")
	f.Add("0190F3A2-7C1E-7B4D-9A55-3F2D8C6B1E04")
	f.Add("00000000-0000-0000-0000-000000000000")
	f.Fuzz(func(t *testing.T, s string) {
		id, err := ident.Parse(s)
		if err == nil && !id.IsZero() && id.String() != strings.ToLower(s) {
			t.Fatalf("%q reads as %s", s, id)
		}
	})
}

func BenchmarkV7(b *testing.B) {
	m := maker(clock.NewStepped(noon, time.Microsecond))
	for b.Loop() {
		if _, err := m.V7(); err != nil {
			b.Fatal(err)
		}
	}
}
