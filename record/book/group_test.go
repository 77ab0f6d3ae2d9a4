package book_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/record/recordtest"
	"anlan/store"
	"anlan/store/journal"
	"anlan/store/storetest"
)

// TestManyWritersShareTransactionsAndEachIsAnsweredForItself: 64 write at once, as persons of their own; once they all get on, once
// there are some among them whose every change contradicts what stands, and those fail alone.
func TestManyWritersShareTransactionsAndEachIsAnsweredForItself(t *testing.T) {
	for _, contrary := range []int{0, 8} {
		t.Run(fmt.Sprint(contrary), func(t *testing.T) {
			recordtest.Run(t, func(t *testing.T, d store.Dialect) { manyWriters(t, d, contrary) })
		})
	}
}

func manyWriters(t *testing.T, d store.Dialect, contrary int) {
	w := recordtest.Found(t, d, book.Options{}, recordtest.Kind)
	taken := sampleOf(99_999, "red", "2023-05-06")
	w.Must(recordtest.Create("sample", taken))
	first := head(t, w.Book)
	group := book.NewGroup(w.Book)
	const writers = 64
	rounds := 50
	if testing.Short() { // as under the race detector, which sees as much in eight
		rounds = 8
	}
	var mu sync.Mutex
	seen := map[journal.Position]string{} // who was answered with it
	var wg sync.WaitGroup
	for n := range writers {
		wg.Go(func() {
			actor := access.Actor{Name: fmt.Sprintf("甲%d", n), Role: recordtest.Clerk(access.Personal), Unit: "430602", Via: "test"}
			for i := range rounds {
				s := sampleOf(n*rounds+i, "red", "2023-05-06")
				if n < contrary {
					s.Number = taken.Number
				}
				done, err := group.Apply(w.Ctx, actor, []book.Change{recordtest.Create("sample", s)})
				if n < contrary {
					if !errors.Is(err, book.ErrDuplicate) || done != nil {
						t.Errorf("a number that stands: got %v, %v", done, err)
					}
					continue
				}
				if err != nil {
					t.Errorf("writer %d: %v", n, err)
					return
				}
				mu.Lock()
				if by, twice := seen[done[0].Position]; twice {
					t.Errorf("position %d was given to %s and to %s", done[0].Position, by, actor.Name)
				}
				seen[done[0].Position] = actor.Name
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	group.Close()
	group.Close()
	made := (writers - contrary) * rounds
	if last := head(t, w.Book); len(seen) != made || int(last-first) != made {
		t.Errorf("%d positions were given and %d taken, %d records were made", len(seen), last-first, made)
	}
	if n := w.Count(0, "sample.seen", "2023", "430600"); n != int64(made)+1 {
		t.Errorf("%d are counted, %d were made", n, made+1)
	}
	w.Read(w.Admin, 0, func(v *book.View) {
		err := v.Each(book.Query{Kind: "sample"}, func(r any) error {
			if s := r.(*recordtest.Sample); s.Number != taken.Number && s.MovedBy != seen[journal.Position(s.Began)] {
				t.Errorf("%s is by %s, and %s was answered with its position", s.Number, s.MovedBy, seen[journal.Position(s.Began)])
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
	w.Sound()
	if _, err := group.Apply(w.Ctx, w.Admin, []book.Change{recordtest.Create("sample", sampleOf(1, "red", "2023-05-06"))}); err == nil {
		t.Error("a closed group took a request")
	}
}

// gate is a kind whose rule holds the worker at the record called 门 until it is opened, so that others gather behind it; its rule
// has a mistake, too.
func gate(begun chan<- struct{}, open <-chan struct{}) record.Of {
	code := field.Text("code", "代码", "code", func(r *relic) *string { return &r.Code }).Required()
	return record.Define("gate", "门", "gate", func(r *relic) *record.Head { return &r.Head }, code).Key(code).Rule(func(r *relic) error {
		switch {
		case r.Code == "门":
			begun <- struct{}{}
			<-open
		case strings.HasPrefix(r.Code, "错"):
			panic("a mistake in a rule")
		}
		return nil
	})
}

func passing(code string) book.Change {
	r := &relic{Code: code}
	r.Unit = "430602"
	return recordtest.Create("gate", r)
}

func TestWhatGathersGoesInTogetherAndFailsAlone(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		begun, open := make(chan struct{}, 8), make(chan struct{}) // the rule is asked again when the number is found taken
		w := recordtest.Found(t, d, book.Options{}, gate(begun, open))
		group := book.NewGroup(w.Book)
		defer group.Close()
		type answer struct {
			done []book.Done
			err  error
		}
		ask := func(ctx context.Context, changes ...book.Change) <-chan answer {
			c := make(chan answer, 1)
			go func() {
				done, err := group.Apply(ctx, w.Admin, changes)
				c <- answer{done, err}
			}()
			return c
		}
		keyed := func(code string) book.Change {
			c := passing(code)
			c.Key = "k-1"
			return c
		}
		held := ask(w.Ctx, passing("门"))
		<-begun // the worker is inside a transaction: from here on all others wait
		gone, leave := context.WithCancel(w.Ctx)
		dropped := ask(gone, passing("不要了"))
		leave()
		if a := <-dropped; !errors.Is(a.err, context.Canceled) {
			t.Errorf("who gives up while waiting: got %v", a.err)
		}
		first := ask(w.Ctx, keyed("一"))
		var others []<-chan answer
		for _, changes := range [][]book.Change{
			{passing("二"), passing("三")}, {passing("四"), passing("四")}, {passing("错")}, {passing("门")}, {passing("五")},
		} {
			others = append(others, ask(w.Ctx, changes...))
		}
		go func() {
			open <- struct{}{}
			<-begun // the second 门, in the transaction of all others
			close(open)
		}()
		if a := <-held; a.err != nil {
			t.Fatal(a.err)
		}
		one := <-first
		if one.err != nil {
			t.Fatal(one.err)
		}
		for i, want := range []string{"", "already", "a mistake in a rule", "already", ""} {
			a := <-others[i]
			if (a.err == nil) != (want == "") || a.err != nil && !strings.Contains(a.err.Error(), want) {
				t.Errorf("request %d: got %v, want %q", i, a.err, want)
			}
		}
		if again := <-ask(w.Ctx, keyed("一")); again.err != nil || !again.done[0].Same || again.done[0].Position != one.done[0].Position || again.done[0].ID != one.done[0].ID {
			t.Errorf("the same key again: got %+v, was %+v", again, one)
		}
		if other := <-ask(w.Ctx, keyed("二十")); !errors.Is(other.err, book.ErrKeyReused) {
			t.Errorf("the same key with another body: got %v", other.err)
		}
		var codes []string
		w.Read(w.Admin, 0, func(v *book.View) {
			err := v.Each(book.Query{Kind: "gate"}, func(r any) error { codes = append(codes, r.(*relic).Code); return nil })
			if err != nil {
				t.Fatal(err)
			}
		})
		slices.Sort(codes)
		if got := strings.Join(codes, " "); got != "一 三 二 五 门" {
			t.Errorf("got %s", got)
		}
		w.Sound()
	})
}

func TestARequestThatIsRefusedBeforeTheLockWaitsForNobody(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{}, recordtest.Kind)
		group := book.NewGroup(w.Book)
		defer group.Close()
		_, err := group.Apply(w.Ctx, access.Actor{Name: "审计员", Role: access.Auditor}, []book.Change{recordtest.Create("sample", sampleOf(1, "red", "2023-05-06"))})
		if !errors.Is(err, access.ErrMayNot) {
			t.Errorf("got %v", err)
		}
		if done, err := group.Apply(w.Ctx, w.Admin, nil); done != nil || err != nil {
			t.Errorf("nothing: got %v, %v", done, err)
		}
		if _, err := group.Apply(w.Ctx, w.Admin, make([]book.Change, 200_001)); !errors.Is(err, book.ErrTooManyChanges) {
			t.Errorf("got %v", err)
		}
	})
}

// BenchmarkWriters is one change at a time by many writers, alone and in a group: changes/s.
func BenchmarkWriters(b *testing.B) {
	for _, d := range storetest.Dialects {
		for _, writers := range []int{1, 16, 64} {
			for _, way := range []string{"alone", "group"} {
				b.Run(fmt.Sprintf("%s/%d/%s", d, writers, way), func(b *testing.B) {
					w := recordtest.Found(b, d, book.Options{}, recordtest.Kind)
					apply := w.Book.Apply
					if way == "group" {
						g := book.NewGroup(w.Book)
						defer g.Close()
						apply = g.Apply
					}
					var next atomic.Int64
					b.ResetTimer()
					var wg sync.WaitGroup
					for range writers {
						wg.Go(func() {
							for n := next.Add(1); n <= int64(b.N); n = next.Add(1) {
								if _, err := apply(w.Ctx, w.Admin, []book.Change{recordtest.Create("sample", sampleOf(int(n), "red", "2023-05-06"))}); err != nil {
									b.Error(err)
									return
								}
							}
						})
					}
					wg.Wait()
					b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "changes/s")
				})
			}
		}
	}
}
