package book_test

import (
	"cmp"
	"errors"
	"slices"
	"testing"

	"anlan/ground/fault"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/record/recordtest"
	"anlan/store"
	"anlan/store/journal"
)

// before orders two driver values, absent ones last whatever the direction.
func before(a, b any, down bool) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return 1
	case b == nil:
		return -1
	}
	c := 0
	if s, ok := a.(string); ok {
		c = cmp.Compare(s, b.(string))
	} else {
		c = cmp.Compare(a.(int64), b.(int64))
	}
	if down {
		c = -c
	}
	return c
}

func TestPagesJoinToTheWholeListInItsOrder(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{Blobs: anyBlob{}}, recordtest.Kind)
		made, done := samples(w, 120)
		middle := done[len(done)-1].Position
		for i := range 60 { // some are edited, some withdrawn, so that as of the middle past rows are among them
			c := book.Change{Kind: "sample", ID: done[i*2].ID, Action: access.Edit, Record: recordtest.New(made[i*2].Number, "430602")}
			if i%3 == 0 {
				c = book.Change{Kind: "sample", ID: done[i*2].ID, Action: access.Withdraw, Reason: "重复"}
			}
			w.Must(c)
		}
		columns := recordtest.Kind.Columns()
		for _, asOf := range []journal.Position{0, middle} {
			w.Read(w.Admin, asOf, func(v *book.View) {
				for _, sort := range []string{"", "title", "colour", "seen_on", "reported_at", "paid", "cost", "heads", "level_m", "is_open", "insured", "other", "site", "due_on"} {
					for _, down := range []bool{false, true} {
						q := book.Query{Kind: "sample", Sort: sort, Down: down, Withdrawn: true}
						var want []any
						if err := v.Each(book.Query{Kind: "sample", Withdrawn: true}, func(r any) error { want = append(want, r); return nil }); err != nil {
							t.Fatal(err)
						}
						at := slices.IndexFunc(columns, func(c string) bool {
							return sort != "" && (c == sort || c == sort+"_fen" || c == sort+"_id")
						})
						slices.SortStableFunc(want, func(a, b any) int {
							c := 0
							if at >= 0 {
								c = before(recordtest.Kind.Values(a, nil)[at], recordtest.Kind.Values(b, nil)[at], down)
							}
							if c == 0 {
								c = before(recordtest.Kind.Head(a).Row, recordtest.Kind.Head(b).Row, down)
							}
							return c
						})
						for _, size := range []int{1, 7, 50} {
							if size == 1 && sort != "cost" {
								continue
							}
							q.Limit, q.After = size, nil
							var got []any
							for {
								page, next, err := v.List(q)
								if err != nil {
									t.Fatalf("sort %q: %v", sort, err)
								}
								if got = append(got, page...); next == nil {
									break
								}
								if len(page) != size {
									t.Fatalf("sort %q: a page of %d where %d were asked for", sort, len(page), size)
								}
								q.After = next
							}
							same := func(a, b any) bool { return recordtest.Kind.Head(a).Began == recordtest.Kind.Head(b).Began }
							if !slices.EqualFunc(got, want, same) {
								t.Errorf("as of %d, sort %q down %v by %d: %d records in another order than %d", asOf, sort, down, size, len(got), len(want))
							}
						}
						if n, err := v.Count(q); err != nil || n != int64(len(want)) {
							t.Errorf("count: %d, %v; want %d", n, err, len(want))
						}
					}
				}
			})
		}
	})
}

func TestAQuestionForAListSaysAllThatIsWrongWithIt(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{}, recordtest.Kind)
		w.Read(w.Admin, 0, func(v *book.View) {
			for _, c := range []struct {
				name string
				q    book.Query
				want []*fault.Declaration
			}{
				{"an unknown kind", book.Query{Kind: "sampel"}, []*fault.Declaration{book.ErrNoKind}},
				{"two unknown fields", book.Query{Kind: "sample", Filters: []book.Filter{{"colur", field.OpIs, "红"}, {"siet", field.OpStated, ""}}}, []*fault.Declaration{book.ErrNoField, book.ErrNoField}},
				{"a list of rows", book.Query{Kind: "sample", Filters: []book.Filter{{"line", field.OpStated, ""}}}, []*fault.Declaration{book.ErrNoField}},
				{"a value that is none", book.Query{Kind: "sample", Filters: []book.Filter{{"colour", field.OpIs, "绿"}, {"heads", field.OpAtLeast, "many"}}}, []*fault.Declaration{field.ErrUnknownCode, field.ErrNotANumber}},
				{"no value", book.Query{Kind: "sample", Filters: []book.Filter{{"title", field.OpIs, ""}}}, []*fault.Declaration{book.ErrBadFilter}},
				{"an order that there is not", book.Query{Kind: "sample", Filters: []book.Filter{{"colour", field.OpAbove, "红"}}}, []*fault.Declaration{book.ErrNoOrder}},
				{"an unknown comparison", book.Query{Kind: "sample", Filters: []book.Filter{{"heads", "~", "1"}}}, []*fault.Declaration{book.ErrBadFilter}},
				{"an unknown state", book.Query{Kind: "sample", Filters: []book.Filter{{"state", field.OpIs, "好"}}}, []*fault.Declaration{book.ErrBadState}},
				{"a deadline that is no day", book.Query{Kind: "sample", Filters: []book.Filter{{"due_on", field.OpAtMost, "明天"}}}, nil},
				{"an unknown order", book.Query{Kind: "sample", Sort: "colur"}, []*fault.Declaration{book.ErrNoField}},
			} {
				_, _, err := v.List(c.q)
				var l fault.List
				if internal := l.Add(err); internal != nil || len(l) == 0 {
					t.Errorf("%s: got %v", c.name, err)
					continue
				}
				for i, want := range c.want {
					if len(l) != len(c.want) || !l[i].Is(want) {
						t.Errorf("%s: got %v, want %s", c.name, l, want.Code)
					}
				}
			}
		})
	})
}

func TestAFilterIsReadAsItIsWritten(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		written string
		want    book.Filter
	}{
		{"found_on >= 2023-01-01", book.Filter{"found_on", field.OpAtLeast, "2023-01-01"}},
		{"  title =  a b ", book.Filter{"title", field.OpIs, "a b"}},
		{"grade in 重大, 一般", book.Filter{"grade", field.OpIn, "重大, 一般"}},
		{"closed_on absent", book.Filter{"closed_on", field.OpAbsent, ""}},
	} {
		if got, err := book.ParseFilter(c.written); err != nil || got != c.want {
			t.Errorf("%q: got %v, %v", c.written, got, err)
		}
	}
	for _, written := range []string{"", "found_on", "found_on >=", "found_on stated 1", "found_on ~ 1", ">= 1"} {
		if got, err := book.ParseFilter(written); !errors.Is(err, book.ErrBadFilter) {
			t.Errorf("%q: got %v, %v", written, got, err)
		}
	}
}
