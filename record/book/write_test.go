package book_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/record/recordtest"
	"anlan/store"
	"anlan/store/blob"
	"anlan/store/outbox"

	"github.com/google/go-cmp/cmp"
)

// relic is a small kind for what the others do not have: a field that is fixed, a reference, an attachment, a rule.
type relic struct {
	record.Head
	Code    string
	Sample  ident.ID
	Picture []field.File
	Weight  int64
}

var errTooHeavy = fault.Define("booktest.too_heavy", fault.Invalid, "%d太重", "%d is too heavy")

var relics = record.Define("relic", "文物", "relic", func(r *relic) *record.Head { return &r.Head },
	field.Text("code", "代码", "code", func(r *relic) *string { return &r.Code }).Required().Fixed(),
	field.Ref("sample", "sample", "样本", "sample", func(r *relic) *ident.ID { return &r.Sample }),
	field.Attachment("picture", "照片", "picture", func(r *relic) *[]field.File { return &r.Picture }),
	field.Number("weight", "重量", "weight", func(r *relic) *int64 { return &r.Weight }),
).Rule(func(r *relic) error {
	if r.Weight > 100 {
		return errTooHeavy.With(r.Weight)
	}
	return nil
})

func newRelic(code string) *relic {
	r := &relic{Code: code}
	r.Unit = "430600"
	return r
}

// shelf holds the attachments of a test.
type shelf map[blob.Sum]bool

func (s shelf) Has(_ context.Context, sum blob.Sum) (bool, error) { return s[sum], nil }

func TestAnApplyWritesEverythingOrNothingAndSaysEveryFault(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{}, recordtest.Kind, relics)
		var changes []book.Change
		for i := range 3_500 { // more than is held at once
			changes = append(changes, recordtest.Create("sample", sampleOf(i, "red", "2023-05-06")))
		}
		w.Must(changes[:1]...)
		w.Must(recordtest.Create("sample", sampleOf(3_000, "red", "2023-05-06")))
		before := head(t, w.Book)
		bad := func(i int, r any) { changes[i] = recordtest.Create("sample", r) }
		bad(1_500, sampleOf(7, "red", "2023-05-06"))     // stands in the batch already
		bad(1_700, recordtest.New("YB-01700", "439999")) // no such unit
		bad(2_900, sampleOf(2_901, "red", "2023-05-06")) // the next one comes too late
		changes[2_000] = book.Change{Kind: "sample", ID: ident.ID{1}, Action: access.Edit, Record: sampleOf(2_000, "red", "2023-05-06")}
		want := map[int]*fault.Declaration{1: book.ErrDuplicate, 1_501: book.ErrDuplicate, 1_701: book.ErrNoSuchUnit, 2_001: book.ErrNoRecord, 2_902: book.ErrDuplicate, 3_001: book.ErrDuplicate}
		_, err := w.Apply(w.Admin, changes...)
		var faults fault.List
		if internal := faults.Add(err); internal != nil || len(faults) != len(want) {
			t.Fatalf("got %v, want %d faults", err, len(want))
		}
		for _, f := range faults {
			if d := want[f.Where.Row]; d == nil || !f.Is(d) {
				t.Errorf("change %d: got %v, want %v", f.Where.Row, f, d)
			}
		}
		if after := head(t, w.Book); after != before {
			t.Errorf("the refused changes wrote %d entries", after-before)
		}
		w.Sound()

		// A fault that comes first does not hide the ones that the index would have found.
		_, err = w.Apply(w.Admin, append([]book.Change{recordtest.Create("sample", recordtest.New("x", "439999"))}, changes[2_990:]...)...)
		faults = nil
		if internal := faults.Add(err); internal != nil || len(faults) != 2 || !faults[0].Is(book.ErrNoSuchUnit) || !faults[1].Is(book.ErrDuplicate) || faults[1].Where.Row != 12 {
			t.Errorf("got %v", err)
		}

		// The same without what is wrong goes in, and counts.
		var good []book.Change
		for i, c := range changes {
			if want[i+1] == nil && c.Action == access.Create {
				good = append(good, c)
			}
		}
		done := w.Must(good...)
		if n := w.Count(0, "sample.seen", "2023", "430600"); n != int64(len(good))+2 || len(done) != len(good) || int(head(t, w.Book)-before) != len(good) {
			t.Errorf("%d were given and %d counted", len(good), n-2)
		}
		w.Sound()
	})
}

func TestFaultsBeyondTheBoundAreCutOff(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{}, recordtest.Kind)
		for name, wrong := range map[string]book.Change{"before the lock": recordtest.Create("simple", recordtest.New("1", "430600")),
			"under the lock": recordtest.Create("sample", recordtest.New("1", "439999"))} {
			changes := make([]book.Change, 1_500)
			for i := range changes {
				changes[i] = wrong
			}
			_, err := w.Apply(w.Admin, changes...)
			var faults fault.List
			if internal := faults.Add(err); internal != nil || len(faults) != 1_001 || !faults[1_000].Is(book.ErrMoreFaults) {
				t.Errorf("%s: got %d faults, %v", name, len(faults), internal)
			}
		}
		if _, err := w.Apply(w.Admin, make([]book.Change, 200_001)...); !errors.Is(err, book.ErrTooManyChanges) {
			t.Errorf("200,001 changes: got %v", err)
		}
	})
}

func TestNaturalKeysAreJudgedInTheOrderOfTheChanges(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{}, recordtest.Kind)
		a := w.Must(recordtest.Create("sample", recordtest.New("甲", "430600")))[0]
		b := w.Must(recordtest.Create("sample", recordtest.New("乙", "430600")))[0]
		rename := func(of book.Done, to string) book.Change {
			return book.Change{Kind: "sample", ID: of.ID, Action: access.Edit, Record: recordtest.New(to, "430600")}
		}
		withdraw := func(of book.Done) book.Change {
			return book.Change{Kind: "sample", ID: of.ID, Action: access.Withdraw, Reason: "重复"}
		}
		made := func(number string) book.Change { return recordtest.Create("sample", recordtest.New(number, "430600")) }
		for _, c := range []struct {
			name    string
			changes []book.Change
			refused int // number of the change; 0: none
		}{
			{"a key that another record has", []book.Change{rename(a, "乙")}, 1},
			{"a key that a record of the same batch has", []book.Change{made("丙"), rename(a, "丙")}, 2},
			{"a new record with a key that is given up afterwards", []book.Change{made("甲"), rename(a, "丁")}, 1},
			{"a swap without a place in between", []book.Change{rename(a, "乙"), rename(b, "甲")}, 1},
			{"a key that has been given up before", []book.Change{rename(a, "甲2"), made("甲"), rename(a, "甲3")}, 0},
			{"a swap by way of a third", []book.Change{rename(a, "中"), rename(b, "甲4"), rename(a, "乙4")}, 0},
			{"a withdrawn record gives its key up", []book.Change{withdraw(b), made("甲4")}, 0},
		} {
			_, err := w.Apply(w.Admin, c.changes...)
			var faults fault.List
			if internal := faults.Add(err); internal != nil {
				t.Fatalf("%s: %v", c.name, internal)
			}
			switch {
			case c.refused == 0 && err != nil:
				t.Errorf("%s: got %v", c.name, err)
			case c.refused > 0 && (len(faults) == 0 || !faults[0].Is(book.ErrDuplicate) || len(c.changes) > 1 && faults[0].Where.Row != c.refused):
				t.Errorf("%s: got %v, want a duplicate at change %d", c.name, err, c.refused)
			}
			w.Sound()
		}
	})
}

func TestTheCallerKeepsTheRecordItGave(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{}, recordtest.Kind)
		s := recordtest.New(" 1 ", "430600")
		s.Title = "　标题 "
		changes := []book.Change{recordtest.Create("sample", s)}
		done := w.Must(changes...)
		if s.Number != " 1 " || s.ID != (ident.ID{}) || s.Version != 0 || changes[0].Record != any(s) {
			t.Errorf("the record was changed: %+v", s)
		}
		if got := w.Get("sample", done[0].ID).(*recordtest.Sample); got.Title != "标题" || got.Number != "1" {
			t.Errorf("stored: %q %q", got.Number, got.Title)
		}
	})
}

func TestReferencesFilesAndFixedFields(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		there := shelf{blob.Sum{1}: true}
		w := recordtest.Found(t, d, book.Options{Blobs: there}, recordtest.Kind, relics)
		target := w.Must(recordtest.Create("sample", recordtest.New("目标", "430600")))[0].ID
		gone := w.Must(recordtest.Create("sample", recordtest.New("作废", "430600")))[0].ID
		w.Must(book.Change{Kind: "sample", ID: gone, Action: access.Withdraw, Reason: "重复"})
		picture := func(first byte) []field.File {
			return []field.File{{SHA256: [32]byte{first}, Size: 3, Name: "照片.jpg"}}
		}
		for _, c := range []struct {
			name  string
			put   func(*relic)
			want  *fault.Declaration
			field string
		}{
			{"nothing", func(*relic) {}, nil, ""},
			{"a record that is there", func(r *relic) { r.Sample = target }, nil, ""},
			{"a record that is not", func(r *relic) { r.Sample = ident.ID{9} }, book.ErrNoSuchRef, "sample"},
			{"a record that was withdrawn", func(r *relic) { r.Sample = gone }, book.ErrNoSuchRef, "sample"},
			{"a file that is stored", func(r *relic) { r.Picture = picture(1) }, nil, ""},
			{"a file that is not", func(r *relic) { r.Picture = picture(2) }, book.ErrNoSuchFile, "picture"},
			{"what a rule refuses", func(r *relic) { r.Weight = 101 }, errTooHeavy, ""},
			{"a place that there is not", func(r *relic) { r.Place = "999999" }, book.ErrNoSuchPlace, "place"},
		} {
			r := newRelic("一")
			c.put(r)
			done, err := w.Apply(w.Admin, recordtest.Create("relic", r))
			var faults fault.List
			if internal := faults.Add(err); internal != nil {
				t.Fatalf("%s: %v", c.name, internal)
			}
			if c.want == nil && err != nil || c.want != nil && (len(faults) != 1 || !faults[0].Is(c.want) || faults[0].Where.Field != c.field) {
				t.Errorf("%s: got %v", c.name, err)
			}
			if c.want == nil {
				w.Must(book.Change{Kind: "relic", ID: done[0].ID, Action: access.Withdraw, Reason: "下一例"})
			}
		}
		// A record that is withdrawn is none to refer to, in the same batch too.
		last := w.Must(recordtest.Create("sample", recordtest.New("末", "430600")))[0].ID
		to := func(code string) book.Change {
			r := newRelic(code)
			r.Sample = last
			return recordtest.Create("relic", r)
		}
		if _, err := w.Apply(w.Admin, to("甲"), book.Change{Kind: "sample", ID: last, Action: access.Withdraw, Reason: "重复"}, to("乙")); !errors.Is(err, book.ErrNoSuchRef) {
			t.Errorf("a reference to what the batch has withdrawn: got %v", err)
		}
		r := newRelic("二")
		r.Sample, r.Picture = target, picture(1)
		id := w.Must(recordtest.Create("relic", r))[0].ID
		w.Must(book.Change{Kind: "sample", ID: target, Action: access.Withdraw, Reason: "重复"})
		r.Weight = 5
		w.Must(book.Change{Kind: "relic", ID: id, Action: access.Edit, Record: r}) // what it referred to before may have gone
		r.Code = "三"
		if _, err := w.Apply(w.Admin, book.Change{Kind: "relic", ID: id, Action: access.Edit, Record: r}); !errors.Is(err, book.ErrFixed) || !strings.Contains(err.Error(), "二") {
			t.Errorf("changing what is fixed: got %v", err)
		}
		if got := w.Get("relic", id).(*relic); got.Picture[0].Name != "照片.jpg" || got.Weight != 5 || got.Code != "二" {
			t.Errorf("got %+v", got)
		}
		w.Sound()
	})
}

func TestAnUnchangedEditIsNoVersionAndAStaleOneIsRefused(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{}, recordtest.Kind)
		first := w.Must(recordtest.Create("sample", sampleOf(1, "red", "2023-05-06")))[0]
		edit := func(expect int64, colour recordtest.Colour) (book.Done, error) {
			done, err := w.Apply(w.Admin, book.Change{Kind: "sample", ID: first.ID, Expect: expect, Action: access.Edit, Record: sampleOf(1, colour, "2023-05-06")})
			if err != nil {
				return book.Done{}, err
			}
			return done[0], nil
		}
		if done, err := edit(1, "red"); err != nil || !done.Same || done.Version != 1 || done.Position != first.Position || done.Row != first.Row {
			t.Errorf("an edit that changes nothing: %+v, %v", done, err)
		}
		if done, err := edit(1, "blue"); err != nil || done.Same || done.Version != 2 {
			t.Errorf("an edit: %+v, %v", done, err)
		}
		if _, err := edit(1, "red"); !errors.Is(err, book.ErrStale) || !strings.Contains(err.Error(), "YB-00001") {
			t.Errorf("an edit of version 1 when 2 stands: got %v", err)
		}
		if _, err := edit(0, "red"); err != nil {
			t.Errorf("an edit of whatever version stands: got %v", err)
		}
		w.Must(book.Change{Kind: "sample", ID: first.ID, Expect: 3, Action: access.Withdraw, Reason: "重复"})
		if _, err := edit(4, "blue"); !errors.Is(err, book.ErrWithdrawn) {
			t.Errorf("an edit of a withdrawn record: got %v", err)
		}
		w.Sound()
	})
}

func TestAKeyAnswersTheSameRequestAndIsForgottenAfterNinetyDays(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{}, recordtest.Kind)
		c := recordtest.Create("sample", sampleOf(1, "red", "2023-05-06"))
		c.Key = "k"
		first := w.Must(c)[0]
		if again := w.Must(c)[0]; again.ID != first.ID || again.Row != first.Row || !again.Same {
			t.Errorf("again: %+v, first: %+v", again, first)
		}
		other := access.Actor{Name: "另一人", Role: access.Administrator, Via: "test"}
		if _, err := w.Apply(other, c); !errors.Is(err, book.ErrDuplicate) {
			t.Errorf("the key of another actor is another key: got %v", err)
		}
		twice := recordtest.Create("sample", sampleOf(2, "red", "2023-05-06"))
		twice.Key = "l"
		if done := w.Must(twice, twice); done[0].ID != done[1].ID || done[0].Same || !done[1].Same {
			t.Errorf("twice in one batch: %+v", done)
		}
		c.Key = strings.Repeat("k", 201)
		if _, err := w.Apply(w.Admin, c); !errors.Is(err, book.ErrBadKey) {
			t.Errorf("a key of 201 bytes: got %v", err)
		}
		c = recordtest.Create("sample", sampleOf(3, "red", "2023-05-06"))
		c.Key = "k"
		w.Clock.Set(recordtest.Start.AddDate(0, 0, 89))
		if _, err := w.Apply(w.Admin, c); !errors.Is(err, book.ErrKeyReused) {
			t.Errorf("after 89 days: got %v", err)
		}
		w.Clock.Set(recordtest.Start.AddDate(0, 0, 91))
		if _, err := w.Apply(w.Admin, c); err != nil {
			t.Errorf("after 91 days: got %v", err)
		}
	})
}

func TestEventsAreWrittenForWhoeverTakesThemAndForNobodyElse(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{Subscribed: []string{"relic"}}, recordtest.Kind, relics)
		sample := w.Must(recordtest.Create("sample", sampleOf(1, "red", "2023-05-06")))[0]
		made := w.Must(recordtest.Create("relic", newRelic("a")))[0]
		heavy := newRelic("a")
		heavy.Weight = 7
		changed := w.Must(book.Change{Kind: "relic", ID: made.ID, Expect: 1, Action: access.Edit, Record: heavy},
			book.Change{Kind: "sample", ID: sample.ID, Expect: 1, Action: access.Withdraw, Reason: "重复"})[0]
		var events []outbox.Event
		err := w.DB.Read(w.Ctx, func(tx *store.Tx) (err error) { events, err = outbox.Pending(tx, 10); return err })
		want := []outbox.Event{
			{Position: made.Position, Topic: "relic.create", Body: fmt.Appendf(nil, `{"id":"%s","version":1}`, made.ID)},
			{Position: changed.Position, Topic: "relic.edit", Body: fmt.Appendf(nil, `{"id":"%s","version":2}`, made.ID)},
		}
		if diff := cmp.Diff(events, want); err != nil || diff != "" {
			t.Errorf("%v %s", err, diff)
		}
	})
}

func TestTheTwoWidthsOfANumberAreOneRecord(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{}, recordtest.Kind)
		wide := recordtest.New("ＹＢ－０１（２）", "430602")
		first := w.Must(recordtest.Create("sample", wide))[0]
		if wide.Number != "ＹＢ－０１（２）" {
			t.Errorf("the caller's own record was changed to %q", wide.Number)
		}
		if r := w.Get("sample", first.ID).(*recordtest.Sample); r.Number != "YB-01(2)" {
			t.Errorf("kept as %q", r.Number)
		}
		for _, number := range []string{"YB-01(2)", "ＹＢ－０１（２）", "YB－01（2)"} {
			if _, err := w.Apply(w.Admin, recordtest.Create("sample", recordtest.New(number, "430621"))); !errors.Is(err, book.ErrDuplicate) {
				t.Errorf("%s a second time: got %v", number, err)
			}
			w.Read(w.Admin, 0, func(v *book.View) {
				r, err := v.Find("sample", number)
				if err != nil || recordtest.Kind.Head(r).ID != first.ID {
					t.Errorf("%s is found as %v (%v)", number, r, err)
				}
				n, err := v.Count(book.Query{Kind: "sample", Filters: []book.Filter{{Field: "number", Op: field.OpIs, Value: number}}})
				if err != nil || n != 1 {
					t.Errorf("a filter by %s finds %d (%v)", number, n, err)
				}
			})
		}
		if _, err := w.Apply(w.Admin, recordtest.Create("sample", recordtest.New("ＡＡ", "430621")), recordtest.Create("sample", recordtest.New("AA", "430621"))); !errors.Is(err, book.ErrDuplicate) {
			t.Errorf("both in one batch: got %v", err)
		}
		done := w.Must(book.Change{Kind: "sample", ID: first.ID, Expect: 1, Action: access.Edit, Record: wide})
		if !done[0].Same {
			t.Error("writing the number in full width again is called a change")
		}
		w.Sound()
	})
}

func TestAFieldThatNamesAKindNamesOneThatIsThere(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{}, recordtest.Kind, tags)
		_, err := w.Apply(w.Admin, recordtest.Create("tag", newTag("smaple")))
		if !errors.Is(err, book.ErrNoKind) || !strings.Contains(err.Error(), `field "target": there is no kind "smaple"; the nearest is "sample"`) {
			t.Errorf("an unknown kind: got %v", err)
		}
		w.Must(recordtest.Create("tag", newTag("sample")))
		w.Book = w.With(book.Options{}, tags) // a later program has no samples any more: what stands stays and can be edited
		w.Read(w.Admin, 0, func(v *book.View) {
			r, err := v.Find("tag", "sample")
			if err != nil {
				t.Fatal(err)
			}
			edited := *r.(*tag)
			edited.Colour = "red"
			if _, err := w.Apply(w.Admin, book.Change{Kind: "tag", ID: edited.ID, Expect: 1, Action: access.Edit, Record: &edited}); err != nil {
				t.Errorf("a tag of a kind that has gone: got %v", err)
			}
		})
	})
}

// tag says something of a kind.
type tag struct {
	record.Head
	Target, Colour string
}

var tagTarget = field.Text("target", "记录类型", "kind", func(x *tag) *string { return &x.Target }).Required().NamesKind()

var tags = record.Define("tag", "标签", "tag", func(x *tag) *record.Head { return &x.Head }, tagTarget,
	field.Text("colour", "颜色", "colour", func(x *tag) *string { return &x.Colour })).Key(tagTarget)

func newTag(target string) *tag {
	x := &tag{Target: target}
	x.Unit = "430600"
	return x
}

func TestWhatIsSaidBesideTheContentIsJudgedToo(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{}, recordtest.Kind)
		for _, c := range []struct {
			name  string
			actor string
			put   func(*book.Change)
			want  *fault.Declaration
			field string
		}{
			{"a reason that cannot be stored", "甲", func(c *book.Change) { c.Reason = "a\x00" }, field.ErrBadText, "reason"},
			{"a reason that is no text", "甲", func(c *book.Change) { c.Reason = "\xff" }, field.ErrBadText, "reason"},
			{"a reason as long as a report", "甲", func(c *book.Change) { c.Reason = strings.Repeat("长", 1_001) }, book.ErrLongReason, "reason"},
			{"a key that is no text", "甲", func(c *book.Change) { c.Key = "\xff" }, field.ErrBadText, "key"},
			{"a name that is no text", "甲\x00", func(*book.Change) {}, field.ErrBadText, "actor"},
			{"a decision before there were devices", "甲", func(c *book.Change) { c.DecidedAt = recordtest.Start.AddDate(-60, 0, 0) }, book.ErrBadDecided, "decided_at"},
			{"a decision that is to come", "甲", func(c *book.Change) { c.DecidedAt = recordtest.Start.AddDate(0, 0, 2) }, book.ErrBadDecided, "decided_at"},
			{"a decision of a week ago", "甲", func(c *book.Change) { c.DecidedAt = recordtest.Start.AddDate(0, 0, -7) }, nil, ""},
		} {
			change := recordtest.Create("sample", sampleOf(1, "red", "2023-05-06"))
			c.put(&change)
			_, err := w.Apply(access.Actor{Name: c.actor, Role: access.Administrator, Via: "test"}, change)
			var faults fault.List
			if internal := faults.Add(err); internal != nil {
				t.Fatalf("%s: %v", c.name, internal)
			}
			if c.want == nil && err != nil || c.want != nil && (len(faults) != 1 || !faults[0].Is(c.want) || faults[0].Where.Field != c.field) {
				t.Errorf("%s: got %v", c.name, err)
			}
		}
		w.Sound()
	})
}

// TestWhatAnApplyHoldsDoesNotGrowWithTheChanges weighs the heap early and late in one Apply: rows, postings, secrets and
// bodies of the changes in between would be tens of megabytes.
func TestWhatAnApplyHoldsDoesNotGrowWithTheChanges(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 30,000 records")
	}
	const early, late, all, growthMax = 5_000, 29_000, 30_000, 8 << 20
	w := recordtest.Found(t, store.SQLite, book.Options{}, recordtest.Kind)
	weigh := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	var before, after uint64
	made := 0
	kind := record.Define("weighed", "称", "weighed", func(r *relic) *record.Head { return &r.Head },
		field.Text("code", "代码", "code", func(r *relic) *string { return &r.Code }).Required(),
		field.Person("who", "谁", "who", func(r *relic) *string { return &r.Code }),
	).Rule(func(*relic) error {
		switch made++; made {
		case early:
			before = weigh()
		case late:
			after = weigh()
		}
		return nil
	})
	recordtest.Make(t, w.DB, kind)
	w.Book = w.With(book.Options{}, kind)
	changes := make([]book.Change, all)
	for i := range changes {
		changes[i] = recordtest.Create("weighed", newRelic(strings.Repeat("重", 40)+fmt.Sprint(i)))
	}
	w.Must(changes...)
	if after > before+growthMax {
		t.Errorf("the heap grew by %d KiB between change %d and change %d", (after-before)>>10, early, late)
	}
	runtime.KeepAlive(changes)
}

func TestKindsThatDoNotFitTogetherDoNotStart(t *testing.T) {
	t.Parallel()
	lone := record.Define("lone", "孤", "lone", func(r *relic) *record.Head { return &r.Head },
		field.Ref("sample", "nobody", "样本", "sample", func(r *relic) *ident.ID { return &r.Sample }))
	clash := record.Define("sample_line", "撞", "clash", func(r *relic) *record.Head { return &r.Head },
		field.Text("code", "代码", "code", func(r *relic) *string { return &r.Code }))
	for name, c := range map[string]struct {
		kinds []record.Of
		want  string
	}{
		"a kind twice":                       {[]record.Of{recordtest.Kind, recordtest.Kind}, "table sample is declared by kind sample"},
		"a kind that is a list of another":   {[]record.Of{recordtest.Kind, clash}, "table sample_line is declared by kind sample and by kind sample_line"},
		"a reference to a kind not there":    {[]record.Of{lone}, "refers to kind nobody"},
		"a reference to a kind that is left": {[]record.Of{relics}, "refers to kind sample"},
	} {
		func() {
			defer func() {
				if said := fmt.Sprint(recover()); !strings.Contains(said, c.want) {
					t.Errorf("%s: got %q, want %q", name, said, c.want)
				}
			}()
			book.New(nil, c.kinds, book.Options{Random: strings.NewReader("")})
		}()
	}
}
