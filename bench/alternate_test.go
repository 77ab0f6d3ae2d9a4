package bench

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestSidesTakeTurnsAndTheFirstRoundIsNotKept(t *testing.T) {
	t.Parallel()
	var said []string
	say := func(what string) func(context.Context) error {
		return func(context.Context) error { said = append(said, what); return nil }
	}
	table, err := Alternate(t.Context(), 2, Side{Name: "ours", Before: say("ready"), Run: say("ours")}, Side{Name: "peer", Run: say("peer"), Warm: say("warm")})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"ready", "ours", "warm", "ready", "ours", "peer", "ready", "ours", "peer"}
	if !slices.Equal(said, want) {
		t.Errorf("got %v, want %v", said, want)
	}
	if len(table.times) != 2 || len(table.times[0]) != 2 || len(table.times[1]) != 2 {
		t.Errorf("kept %v, want two rounds of two sides", table.times)
	}
}

func TestAFailureNamesTheSide(t *testing.T) {
	t.Parallel()
	broken := errors.New("no disk")
	_, err := Alternate(t.Context(), 1, Side{Name: "peer", Run: func(context.Context) error { return broken }})
	if !errors.Is(err, broken) || !strings.HasPrefix(err.Error(), "peer: ") {
		t.Errorf("got %v", err)
	}
}

func TestATableTellsTimesRatesAndRatiosRoundByRound(t *testing.T) {
	t.Parallel()
	table := &Table{sides: []Side{{Name: "bare"}, {Name: "ours"}}, Work: 1000, Unit: "rows",
		times: [][]time.Duration{{10 * time.Millisecond, 20 * time.Millisecond, 12345 * time.Microsecond}, {30 * time.Millisecond, 30 * time.Millisecond, 1500 * time.Millisecond}}}
	var got strings.Builder
	table.Print(&got)
	want := `| | median (least – most) | rows/s | ratio to the first |
|---|---|---|---|
| bare | 12.3ms (10ms – 20ms) | 81004 | 1.00× (1.00× – 1.00×) |
| ours | 30ms (30ms – 1.5s) | 33333 | 3.00× (1.50× – 122×) |

`
	if diff := cmp.Diff(got.String(), want); diff != "" {
		t.Errorf("(-got +want):\n%s", diff)
	}
}
