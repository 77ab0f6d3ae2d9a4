package bench

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"
)

// Side is one way of doing the work.
type Side struct {
	Name string
	// Before makes ready what Run needs and is not timed; nil when there is nothing.
	Before func(ctx context.Context) error
	// Run does the whole work once.
	Run func(ctx context.Context) error
	// Warm stands in for Run in the first round, which is not kept; nil is Run itself.
	Warm func(ctx context.Context) error
}

// Table is what a comparison gave: the times of each side, in the order of the rounds.
type Table struct {
	sides []Side
	times [][]time.Duration
	// Work is how many units of work a run does and what they are: 100000 "rows"; 0 prints no rate.
	Work int
	Unit string
}

// RoundsMin is the least number of rounds that a claim may rest on.
const RoundsMin = 3

// Alternate runs the sides in turn, so many rounds, after one round that warms them up and is not kept. The work of the first
// side is what the others are compared with.
func Alternate(ctx context.Context, rounds int, sides ...Side) (*Table, error) {
	t := &Table{sides: sides, times: make([][]time.Duration, len(sides))}
	for round := range rounds + 1 {
		for i, s := range sides {
			if round == 0 && s.Warm != nil {
				s.Run = s.Warm
			}
			took, err := timed(ctx, s)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", s.Name, err)
			}
			if round > 0 {
				t.times[i] = append(t.times[i], took)
			}
		}
	}
	return t, nil
}

func timed(ctx context.Context, s Side) (time.Duration, error) {
	if s.Before != nil {
		if err := s.Before(ctx); err != nil {
			return 0, err
		}
	}
	start := time.Now()
	err := s.Run(ctx)
	return time.Since(start), err
}

// Took is how long something takes that is done once, such as filling tables.
func Took(do func() error) (time.Duration, error) {
	start := time.Now()
	err := do()
	return time.Since(start).Round(time.Millisecond), err
}

// Print writes the table in Markdown: of each side the median time with the least and the greatest, and the median of its
// ratios to the first side, round by round, with the least and the greatest.
func (t *Table) Print(w io.Writer) {
	fmt.Fprint(w, "| | median (least – most) | ")
	if t.Work > 0 {
		fmt.Fprintf(w, "%s/s | ", t.Unit)
	}
	fmt.Fprint(w, "ratio to the first |\n|---|---|---|")
	if t.Work > 0 {
		fmt.Fprint(w, "---|")
	}
	fmt.Fprintln(w)
	for i, s := range t.sides {
		times := slices.Sorted(slices.Values(t.times[i]))
		fmt.Fprintf(w, "| %s | %s (%s – %s) | ", s.Name, short(median(times)), short(times[0]), short(times[len(times)-1]))
		if t.Work > 0 {
			fmt.Fprintf(w, "%.0f | ", float64(t.Work)/median(times).Seconds())
		}
		ratios := make([]float64, len(times))
		for round, d := range t.times[i] {
			ratios[round] = float64(d) / float64(t.times[0][round])
		}
		slices.Sort(ratios)
		fmt.Fprintf(w, "%s (%s – %s) |\n", times3(median(ratios)), times3(ratios[0]), times3(ratios[len(ratios)-1]))
	}
	fmt.Fprintln(w)
}

// median is that of a sorted list; of an even number the lower one.
func median[V any](sorted []V) V { return sorted[(len(sorted)-1)/2] }

// short is a time with three digits.
func short(d time.Duration) string {
	unit := time.Nanosecond
	for d/unit >= 1000 {
		unit *= 10
	}
	return d.Round(unit).String()
}

// times3 is a ratio with about three digits.
func times3(r float64) string {
	switch {
	case r >= 100:
		return fmt.Sprintf("%.0f×", r)
	case r >= 10:
		return fmt.Sprintf("%.1f×", r)
	}
	return fmt.Sprintf("%.2f×", r)
}
