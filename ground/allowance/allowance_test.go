package allowance_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"anlan/ground/allowance"
)

var start = time.Date(2024, 1, 31, 1, 0, 0, 0, time.UTC)

func TestAKeyHasItsReserveAndThenItsRate(t *testing.T) {
	t.Parallel()
	o := allowance.New[string](allowance.Rate{Each: time.Minute, Reserve: 3})
	for i := range 3 {
		if left, ok := o.Take("a", start); !ok || left != float64(2-i) {
			t.Errorf("%d: got %v, %v left", i, ok, left)
		}
	}
	if _, ok := o.Take("a", start.Add(59*time.Second)); ok {
		t.Error("the fourth in a minute is taken")
	}
	if _, ok := o.Take("b", start); !ok {
		t.Error("what one took is taken from another")
	}
	if _, ok := o.Take("a", start.Add(time.Minute)); !ok {
		t.Error("after a minute there is none")
	}
}

// TestWhatIsKnownHasABound: strangers without end neither fill the memory nor are let in without end, and nobody who is known loses by them.
func TestWhatIsKnownHasABound(t *testing.T) {
	t.Parallel()
	o := allowance.New[string](allowance.Rate{Each: time.Minute, Reserve: 3, Known: 100})
	o.Take("known", start)
	taken := 0
	for i := range 5_000 {
		if _, ok := o.Take(fmt.Sprint("stranger ", i), start); ok {
			taken++
		}
	}
	if taken != 99+3 {
		t.Errorf("%d of 5,000 strangers were let in; 99 are known and the others share 3", taken)
	}
	if left, ok := o.Take("known", start); !ok || left != 1 {
		t.Errorf("who was known has %v left, %v", left, ok)
	}
	if _, ok := o.Take("a new one", start.Add(time.Hour)); !ok {
		t.Error("after an hour nobody new is let in")
	}
}

func TestManyAtOnceTakeNoMoreThanThereIs(t *testing.T) {
	t.Parallel()
	o := allowance.New[int](allowance.Rate{Each: time.Hour, Reserve: 10})
	var taken atomic.Int64
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			if _, ok := o.Take(1, start); ok {
				taken.Add(1)
			}
		})
	}
	all.Wait()
	if taken.Load() != 10 {
		t.Errorf("%d were taken of 10", taken.Load())
	}
}

func TestASourceIsTheNetworkOfOneSender(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"10.0.0.1", "10.0.0.1", true}, {"10.0.0.1", "10.0.0.2", false}, {"10.0.0.1", "::ffff:10.0.0.1", true},
		{"2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true}, {"2001:db8:1:2::1", "2001:db8:1:3::1", false}, {"fe80::1%eth0", "fe80::2%eth1", true},
		{"", "nonsense", true}, {"", "10.0.0.1", false},
	} {
		if got := allowance.Source(c.a) == allowance.Source(c.b); got != c.same {
			t.Errorf("%q and %q: %v", c.a, c.b, got)
		}
	}
}
