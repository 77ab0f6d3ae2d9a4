package measure_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/measure"
	"anlan/record/posting"
	"anlan/record/recordtest"
	"anlan/store"
	"anlan/store/journal"
)

// posts is what a sample posts to a measure of its kind.
func posts(t *testing.T, code string, s *recordtest.Sample) (out []string) {
	t.Helper()
	for i, spec := range recordtest.Kind.MeasureSpecs() {
		if spec.Code == code {
			for _, p := range recordtest.Kind.Post(s, i, nil) {
				out = append(out, fmt.Sprintf("%s %+d %+d", p.Day, p.Count, p.Value))
			}
			return out
		}
	}
	t.Fatalf("no measure %s", code)
	return nil
}

func TestWhatARecordPosts(t *testing.T) {
	t.Parallel()
	d := period.MustDay
	for _, c := range []struct {
		name, measure string
		put           func(*recordtest.Sample)
		want          string
	}{
		{"a flow on its day", "sample.seen", func(s *recordtest.Sample) { s.On = d(2023, 5, 6) }, "2023-05-06 +1 +0"},
		{"a flow without its day", "sample.seen", func(*recordtest.Sample) {}, ""},
		{"a flow under a condition", "sample.red", func(s *recordtest.Sample) { s.On, s.Colour = d(2023, 5, 6), "red" }, "2023-05-06 +1 +0"},
		{"a flow whose condition fails", "sample.red", func(s *recordtest.Sample) { s.On, s.Colour = d(2023, 5, 6), "blue" }, ""},
		{"a flow whose condition is absent", "sample.red", func(s *recordtest.Sample) { s.On = d(2023, 5, 6) }, ""},
		{"a sum", "sample.cost", func(s *recordtest.Sample) { s.On, s.Cost = d(2023, 5, 6), maybe.Some(money.Fen(250)) }, "2023-05-06 +1 +250"},
		{"a sum of a stated zero", "sample.cost", func(s *recordtest.Sample) { s.On, s.Cost = d(2023, 5, 6), maybe.Some(money.Fen(0)) }, "2023-05-06 +1 +0"},
		{"a sum of nothing", "sample.cost", func(s *recordtest.Sample) { s.On = d(2023, 5, 6) }, ""},
		{"a stock that stands", "sample.standing", func(s *recordtest.Sample) { s.On = d(2023, 5, 6) }, "2023-05-06 +1 +0"},
		{"a stock that ended", "sample.standing", func(s *recordtest.Sample) { s.On, s.Until = d(2023, 5, 6), d(2023, 12, 31) }, "2023-05-06 +1 +0 · 2023-12-31 -1 +0"},
		{"a stock through its last day", "sample.through", func(s *recordtest.Sample) {
			s.On, s.Until, s.Floors = d(2023, 5, 6), d(2023, 12, 31), maybe.Some(int64(2))
		}, "2023-05-06 +1 +0 · 2024-01-01 -1 +0"},
		{"a stock through the last day there is", "sample.through", func(s *recordtest.Sample) {
			s.On, s.Until, s.Floors = d(2023, 5, 6), d(9999, 12, 31), maybe.Some(int64(2))
		}, "2023-05-06 +1 +0"},
		{"a stock that ends before it begins", "sample.standing", func(s *recordtest.Sample) { s.On, s.Until = d(2023, 5, 6), d(2023, 1, 1) }, "2023-05-06 +1 +0 · 2023-05-06 -1 +0"},
		{"a stock with a value", "sample.held", func(s *recordtest.Sample) {
			s.On, s.Until, s.Cost = d(2023, 5, 6), d(2023, 6, 1), maybe.Some(money.Fen(9))
		}, "2023-05-06 +1 +9 · 2023-06-01 -1 -9"},
		{"rows", "sample.lines", func(s *recordtest.Sample) { s.On, s.Lines = d(2023, 5, 6), make([]recordtest.Line, 3) }, "2023-05-06 +3 +0"},
		{"no rows", "sample.lines", func(s *recordtest.Sample) { s.On = d(2023, 5, 6) }, ""},
		{"a sum of rows", "sample.line_sum", func(s *recordtest.Sample) {
			s.On = d(2023, 5, 6)
			s.Lines = []recordtest.Line{{What: "red", Fen: maybe.Some(money.Fen(5))}, {What: "blue", Fen: maybe.Some(money.Fen(7))}, {What: "red"}, {What: "red", Fen: maybe.Some(money.Fen(-2))}}
		}, "2023-05-06 +2 +3"},
		{"a withdrawn record", "sample.seen", func(s *recordtest.Sample) { s.On, s.State = d(2023, 5, 6), record.Withdrawn }, ""},
	} {
		s := recordtest.New("1", "430602")
		c.put(s)
		if got := strings.Join(posts(t, c.measure, s), " · "); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// measureOf makes measures that may differ in one thing.
func measureOf(conds ...int64) *measure.Measure[recordtest.Sample] {
	if conds == nil {
		return measure.Count("sample.m", "数", "number", "个", recordtest.On)
	}
	return measure.Count("sample.m", "数", "number", "个", recordtest.On, recordtest.Heads.AtLeast(conds[0]))
}

func TestADefinitionsHashChangesExactlyWhenTheQuestionDoes(t *testing.T) {
	t.Parallel()
	same := [][2]*measure.Measure[recordtest.Sample]{
		{measureOf(), measure.Count("sample.m", "另一名称", "another label", "个", recordtest.On)},
		{measureOf(5), measureOf(5)},
	}
	for i, m := range same {
		if m[0].Hash() != m[1].Hash() {
			t.Errorf("%d: %q and %q ask the same", i, m[0].Canon(), m[1].Canon())
		}
	}
	seen := map[[32]byte]string{}
	for _, m := range []*measure.Measure[recordtest.Sample]{
		measureOf(), measureOf(5), measureOf(6),
		measure.Count("sample.n", "数", "number", "个", recordtest.On),
		measure.Count("sample.m", "数", "number", "件", recordtest.On),
		measure.Count("sample.m", "数", "number", "个", recordtest.Until),
		measure.Count("sample.m", "数", "number", "个", recordtest.On, recordtest.Heads.AtMost(5)),
		measure.Count("sample.m", "数", "number", "个", recordtest.On, recordtest.Heads.AtLeast(5), recordtest.Open.Is(true)),
		measure.Sum("sample.m", "数", "number", recordtest.Cost, recordtest.On),
		measure.Sum("sample.m", "数", "number", recordtest.Heads, recordtest.On),
		measure.StockOf("sample.m", "数", "number", "个", recordtest.On, recordtest.Until),
		measure.StockThrough("sample.m", "数", "number", "个", recordtest.On, recordtest.Until),
		measure.ValueStock("sample.m", "数", "number", recordtest.Cost, recordtest.On, recordtest.Until),
		measure.CountRows("sample.m", "数", "number", "个", recordtest.Lines, recordtest.On),
		measure.CountRows("sample.m", "数", "number", "个", recordtest.Lines, recordtest.On, recordtest.LineWhat.Is("red")),
		measure.SumRows("sample.m", "数", "number", recordtest.Lines, recordtest.LineFen, recordtest.On),
	} {
		if before, twice := seen[m.Hash()]; twice {
			t.Errorf("%q and %q have one hash", before, m.Canon())
		}
		seen[m.Hash()] = m.Canon()
	}
}

func TestADefinitionIsToldInWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		m      *measure.Measure[recordtest.Sample]
		zh, en string
	}{
		{measureOf(5), "按日期计入，人数不小于5", "counts on seen on, heads is at least 5"},
		{measure.Sum("sample.m", "数", "number", recordtest.Cost, recordtest.On, recordtest.Cost.Above(maybe.Some(money.Fen(100_000)))),
			"按日期计入，合计费用，费用大于1000.00", "counts on seen on, adds cost, cost is more than 1000.00"},
		{measure.StockOf("sample.m", "数", "number", "个", recordtest.On, recordtest.Until), "自日期起计入，至当日起不再计入", "counts from seen on, no longer from until"},
		{measure.StockThrough("sample.m", "数", "number", "个", recordtest.On, recordtest.Until), "自日期起计入，计至至当日", "counts from seen on, up to and including until"},
		{measure.CountRows("sample.m", "数", "number", "个", recordtest.Lines, recordtest.On, recordtest.LineWhat.In("red", "blue")),
			"按日期计入，计明细各行，颜色为红、蓝（深）", "counts on seen on, counts rows of lines, colour is one of red, dark blue"},
	} {
		if got := c.m.Words(); got.Zh != c.zh || got.En != c.en {
			t.Errorf("got %q / %q, want %q / %q", got.Zh, got.En, c.zh, c.en)
		}
	}
}

// TestEachShapeIsTheSameByPostingsAndBySQL makes random records, edits and withdrawals, and asks every measure over units,
// places and spans, now and as of the middle.
func TestEachShapeIsTheSameByPostingsAndBySQL(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := recordtest.Found(t, d, book.Options{}, recordtest.Kind)
		r := rand.New(rand.NewPCG(7, 7))
		var done []book.Done
		var middle journal.Position
		for round := range 3 {
			var changes []book.Change
			for i := range 60 {
				s := recordtest.Any(r)
				s.Number = fmt.Sprint(round, "-", i)
				changes = append(changes, recordtest.Create("sample", s))
			}
			done = append(done, w.Must(changes...)...)
			for i := range 20 {
				x := &done[r.IntN(len(done))]
				s := recordtest.Any(r)
				s.Number = fmt.Sprint("改", round, i)
				c := book.Change{Kind: "sample", ID: x.ID, Action: access.Edit, Record: s}
				if i%5 == 0 {
					c = book.Change{Kind: "sample", ID: x.ID, Action: access.Withdraw, Reason: "重复"}
				}
				if _, err := w.Apply(w.Admin, c); err != nil && !errors.Is(err, book.ErrWithdrawn) {
					t.Fatal(err)
				}
			}
			if round == 1 {
				if err := w.Book.Fold(w.Ctx); err != nil {
					t.Fatal(err)
				}
				h, err := w.Book.Head(w.Ctx)
				if err != nil {
					t.Fatal(err)
				}
				middle = h.Size
			}
		}
		county := access.Actor{Name: "县局", Role: access.Administrator, Unit: "430602", Via: "test"}
		for _, asOf := range []journal.Position{0, middle} {
			for _, actor := range []access.Actor{w.Admin, county} {
				w.Read(actor, asOf, func(v *book.View) {
					for _, spec := range recordtest.Kind.MeasureSpecs() {
						for _, span := range []string{"2023", "2022", "2023-01..03", "2023-Q1", "2023-05", "2023-03-T2", "1970", "0001"} {
							for _, a := range []book.Ask{{}, {Unit: "430602"}, {Unit: "430602-01"}, {Place: "430602"}, {Place: "430600"}} {
								a.Measure, a.Period = spec.Code, mustPeriod(t, span)
								agree(t, v, a, spec)
							}
						}
					}
				})
			}
		}
		w.Sound()
	})
}

func agree(t *testing.T, v *book.View, a book.Ask, s *measure.Spec) {
	t.Helper()
	by, _, err := v.Balance(a)
	if err != nil {
		t.Fatalf("%+v: %v", a, err)
	}
	sql, err := v.BalanceBySQL(a)
	if err != nil {
		t.Fatalf("%+v by SQL: %v", a, err)
	}
	var listed posting.Balance
	items, err := v.Records(a, 0, 10_000)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range items {
		listed.Count, listed.Value = listed.Count+x.Count, listed.Value+x.Value
	}
	if !s.Valued {
		sql.Value, by.Value, listed.Value = 0, 0, 0
	}
	if by != sql || by != listed {
		t.Errorf("as of %d, %s in %s of %q %q: postings %v, SQL %v, records %v", v.AsOf, s.Code, a.Period, a.Unit, a.Place, by, sql, listed)
	}
}

func mustPeriod(t *testing.T, s string) period.Period {
	t.Helper()
	p, err := period.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
