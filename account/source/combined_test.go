package source_test

import (
	"context"
	"errors"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"anlan/account/source"
	"anlan/ground/lang"
	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/record/recordtest"
	"anlan/store"
	"anlan/store/journal"
)

// fromPostings answers from the records of a view.
type fromPostings struct{ *book.View }

func (b fromPostings) Values(_ context.Context, asks []source.Ask) ([]source.Number, error) {
	out := make([]source.Number, len(asks))
	for i, a := range asks {
		x, s, err := b.Balance(book.Ask{Measure: a.Measure, Period: a.Period, Unit: a.Unit})
		if err != nil {
			return nil, err
		}
		n := x.Count
		if s.Valued {
			n = x.Value
		}
		out[i] = source.Number{Value: big.NewRat(n, s.Scale), Records: int(x.Count)}
	}
	return out, nil
}

// sources reads the sources as of a position.
func (w *world) sources(asOf journal.Position, see func(v *book.View, c *source.Combined)) {
	w.Helper()
	w.Read(w.Admin, asOf, func(v *book.View) {
		c, err := source.Read(v, fromPostings{v}, measures())
		if err != nil {
			w.Fatal(err)
		}
		see(v, c)
	})
}

// answer is one figure, as of a position.
func (w *world) answer(asOf journal.Position, measure string, unit place.Unit, span string) (a source.Answer) {
	w.Helper()
	w.sources(asOf, func(_ *book.View, c *source.Combined) {
		answers, err := c.Values(w.Ctx, []source.Ask{{Measure: measure, Unit: unit, Period: period.MustParse(span)}})
		if err != nil {
			w.Fatal(err)
		}
		a = answers[0]
	})
	return a
}

// is sees that a figure is a number; "" is none recorded.
func (w *world) is(measure string, unit place.Unit, span, want string) source.Answer {
	w.Helper()
	a := w.answer(0, measure, unit, span)
	got := ""
	if a.Value != nil {
		got = a.Value.RatString()
	}
	if got != want {
		w.Errorf("%s of %s in %s: got %q (missing %v), want %q", measure, unit, span, got, a.Missing, want)
	}
	return a
}

func TestACoveredUnitIsCountedByItsReturns(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := found(t, d)
		w.must(seen("1", "430600", "2023-05-06", 100), seen("2", "430602-01", "2023-05-07", 10), seen("3", "430621", "2023-05-08", 1), seen("4", "430621", "2023-06-08", 1))
		w.is("sample.seen", "430600", "2023-05", "3")
		w.must(covers("sample.seen", "430602", "2023-01-01", "", source.Returns, "samples.seen"), covers("sample.cost", "430602", "2023-05-01", "", source.Returns, "samples.cost"))
		a := w.is("sample.seen", "430600", "2023-05", "")
		if want := (source.Missing{Source: source.Returns, Unit: "430602", Code: "samples.seen", Period: period.MustParse("2023-05")}); !slices.Equal(a.Missing, []source.Missing{want}) {
			t.Errorf("missing: got %v, want %v", a.Missing, want)
		}
		w.must(filed("samples", "430602", "2023-05", source.Flash, value("seen", 40)), nilReturn("samples", "430602", "2023-06"))
		before := w.is("sample.seen", "430600", "2023-05", "42")
		if diff := cmp.Diff([]source.Sort{source.Records, source.Returns}, before.Sources()); diff != "" || before.Edition() != source.Flash || before.Records != 3 {
			t.Errorf("got sources %v, edition %s, %d records", before.Sources(), before.Edition(), before.Records)
		}
		w.is("sample.seen", "430602", "2023-05", "40")
		w.is("sample.seen", "430602-01", "2023-05", "") // covered from above, and files nothing
		w.is("sample.seen", "430600", "2023-06", "1")   // nil is 0
		w.is("sample.seen", "430600", "2023-07", "")    // absent is not
		w.is("sample.seen", "430600", "2023-05..06", "43")
		w.is("sample.cost", "430600", "2023-05", "") // the return does not state it
		w.is("sample.cost", "430600", "2023-01..04", "0")
		at := journal.Position(0)
		w.sources(0, func(v *book.View, _ *source.Combined) { at = v.At() })
		newer := filed("samples", "430602", "2023-05", source.Verified, value("seen", 44), source.ReturnValue{Item: "cost", Value: maybe.Some(field.Scaled(1_500_000))})
		w.must(newer)
		after := w.is("sample.seen", "430600", "2023-05", "46")
		if len(after.Others) == 0 || after.Others[0].Edition != source.Flash || after.Others[0].Difference.Cmp(big.NewRat(4, 1)) != 0 || after.Edition() != source.Verified {
			t.Errorf("the earlier edition is not shown: %+v", after.Others)
		}
		w.is("sample.cost", "430600", "2023-05", "15101") // 1.5万元 of the return, 101元 of records
		if a := w.answer(at, "sample.seen", "430600", "2023-05"); a.Value == nil || a.Value.Cmp(big.NewRat(42, 1)) != 0 {
			t.Errorf("as it was known then: got %v, want 42", a.Value)
		}
		w.Sound()
	})
}

func TestAnItemIsTheSumOfThoseWhoFileIt(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := found(t, d)
		w.must(filed("samples", "430602", "2023-05", source.Monthly, value("seen", 4), value("standing", 7)), filed("samples", "430621", "2023-05", source.Monthly, value("seen", 5), value("standing", 8)),
			filed("samples", "430602", "2023-06", source.Monthly, value("seen", 1)), nilReturn("samples", "430623", "2023-06"))
		w.is("samples.seen", "430602", "2023-05", "4")
		w.is("samples.standing", "430602", "2023-05", "7")
		w.is("samples.seen", "430602", "2023-05..06", "5")
		w.is("samples.seen", "430600", "2023-05", "") // 430623 files in this year, and has not for May
		w.must(nilReturn("samples", "430623", "2023-05"))
		w.is("samples.seen", "430600", "2023-05", "9")
		w.is("samples.seen", "430600", "2023-06", "") // 430621 has not filed
		w.is("samples.seen", "430600", "2022-05", "") // nobody has
	})
}

func TestPrintAndCitationsAnswerForTheirPeriods(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := found(t, d)
		print := func(value int64, basis source.Basis) *source.PublishedFigure {
			return &source.PublishedFigure{Measure: "sample.cost", Subject: "430600", Period: period.Year(2022), Value: scaled(value), Measured: "亿元", Basis: basis, Document: "2022年度报告", Page: "3"}
		}
		w.must(print(4, source.AsPublished), print(3, source.Comparable), covers("sample.cost", "430600", "2022-01-01", "2023-01-01", source.Published, ""))
		w.is("sample.cost", "430600", "2022", "400000000")
		w.is("sample.cost", "430600", "2022-05", "")
		w.must(print(5, source.Restated))
		a := w.is("sample.cost", "430600", "2022", "500000000")
		if len(a.Others) != 2 || a.Others[0].Basis != source.AsPublished || a.Others[1].Basis != source.Comparable {
			t.Errorf("the other bases: got %+v", a.Others)
		}
		w.must(&source.CitedFigure{Code: "rank", Period: period.Year(2023), Subject: "430600", Value: maybe.Some(scaled(2)), Measured: "个", Claim: "全省第二", Issuer: "示例机关",
			Document: "示例〔2024〕1号", Page: "3", Quote: "列全省第二。", IssuedOn: day("2024-01-15")})
		w.is("cited.rank", "430600", "2023", "2")
		w.is("cited.rank", "430600", "2022", "")
		w.sources(0, func(v *book.View, _ *source.Combined) {
			c, ok, err := source.ClaimOf(v, "rank")
			if err != nil || !ok || c.Claim != "全省第二" || c.Words() != "示例机关，示例〔2024〕1号，第3页，2024-01-15" {
				t.Errorf("got %+v, %v, %v: %s", c, ok, err, c.Words())
			}
			if _, ok, err := source.ClaimOf(v, "only"); ok || err != nil {
				t.Errorf("a claim that nobody cited: %v, %v", ok, err)
			}
		})
	})
}

func TestFinalAccountsAndWhatExplainsThem(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := found(t, d)
		accounts := &source.Form{Code: "final", Name: "决算", Issuer: "财政部", Grain: source.PerYear, Items: []source.FormItem{
			{Code: "expenditure", LabelZh: "本年支出", LabelEn: "expenditure", Unit: "元", Shape: source.Flow, StandsFor: "sample.cost"},
			{Code: "basic", LabelZh: "基本支出", LabelEn: "basic", Unit: "元", Shape: source.Flow, PartOf: "expenditure"},
			{Code: "project", LabelZh: "项目支出", LabelEn: "project", Unit: "元", Shape: source.Flow, PartOf: "expenditure"},
			{Code: "wages", LabelZh: "工资", LabelEn: "wages", Unit: "元", Shape: source.Flow, PartOf: "basic"}}}
		accounts.Unit = "430600"
		var old *source.Form
		w.Read(w.Admin, 0, func(v *book.View) {
			r, err := v.Find("stat_form", "final")
			if err != nil {
				t.Fatal(err)
			}
			old = r.(*source.Form)
		})
		w.Must(book.Change{Kind: "stat_form", ID: old.ID, Action: "edit", Record: accounts})
		line := func(n int64, item string, yuan int64, e source.Edition) *source.FinalLine {
			return &source.FinalLine{Entity: "430600", Year: 2023, Table: source.Public03, Line: n, Item: item, Name: item, Amount: money.Fen(100 * yuan), Edition: e}
		}
		w.must(line(1, "expenditure", 90, source.Draft), line(1, "expenditure", 100, source.Approved), line(2, "basic", 60, source.Approved), line(3, "project", 30, source.Approved), line(4, "project", 6, source.Approved),
			seen("1", "430600", "2023-05-06", 80))
		a := w.is("final.expenditure", "430600", "2023", "100")
		if a.Edition() != source.Approved || len(a.Others) != 1 || a.Others[0].Edition != source.Draft {
			t.Errorf("got edition %s and others %+v", a.Edition(), a.Others)
		}
		w.is("final.project", "430600", "2023", "36") // two lines of one table
		w.is("final.expenditure", "430600", "2023-05", "")
		rest := func(want string) {
			t.Helper()
			w.sources(0, func(v *book.View, c *source.Combined) {
				rests, err := c.Rests(w.Ctx, v.Tx(), "430600", 2023)
				if err != nil || len(rests) != 1 || rests[0].Unexplained.RatString() != want {
					t.Fatalf("got %+v, %v, want a rest of %s", rests, err, want)
				}
				if err := source.Unexplained(rests); (err != nil) != (want != "0") || err != nil && (!errors.Is(err, source.ErrUnexplained) || !strings.Contains(err.Error(), want)) {
					t.Errorf("got %v", err)
				}
			})
		}
		rest("20")
		w.must(&source.Reconciliation{Number: "1", Entity: "430600", Year: 2023, Item: "expenditure", Reason: source.OwnFunds, Amount: 2_500, Document: "示例附表"})
		rest("-5")
		// What explains a part of a part explains the whole.
		w.must(&source.Reconciliation{Number: "2", Entity: "430600", Year: 2023, Item: "wages", Reason: source.Refund, Amount: -500, Document: "示例附表"})
		rest("0")
		w.must(filed("samples", "430602", "2023-05", source.Monthly, value("seen", 40), value("red", 30), value("other", 6)), filed("samples", "430602", "2023-06", source.Monthly, value("seen", 40), value("red", 30)))
		w.sources(0, func(_ *book.View, c *source.Combined) {
			doubts, err := c.Doubts(source.Ask{Unit: "430600", Period: period.Year(2023)})
			if err != nil || len(doubts) != 2 {
				t.Fatalf("got %+v, %v, want two doubts", doubts, err)
			}
			for i, want := range []string{
				"“示例县局”（430602） 2023年5月 月报：“样本数”（samples.seen）为40个，其他样本数 + 红色样本数 = 36个，相差4个",
				"“示例县局”（430600） 2023年 决算批复 公开03表 支出决算表：“本年支出”（final.expenditure）为100元，基本支出 + 项目支出 = 96元，相差4元"} {
				if got := doubts[i].Words(func(u place.Unit) lang.Text { return lang.Named(lang.Of("示例县局", "a county"), string(u)) }).Zh; got != want {
					t.Errorf("got  %s\nwant %s", got, want)
				}
			}
		})
		w.Sound()
	})
}

func TestAWithheldFigureIsFoundByItsUnitAndPeriod(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := found(t, d)
		w.must(&source.Withholding{Code: "work_safety.deaths", Subject: "430600", Period: period.Year(2023), Ground: "政府信息公开条例第十四条", Decided: "示例局", DecideOn: day("2024-01-15")})
		w.sources(0, func(_ *book.View, c *source.Combined) {
			if got, ok := c.Withheld("work_safety.deaths", "430600", period.Year(2023)); !ok || got.By != "示例局" {
				t.Errorf("got %+v, %v", got, ok)
			}
			if _, ok := c.Withheld("work_safety.deaths", "430602", period.Year(2023)); ok {
				t.Error("that of another unit is withheld too")
			}
		})
	})
}

func TestWhatPrintGivesAway(t *testing.T) {
	t.Parallel()
	ask := func(unit string) source.Ask {
		return source.Ask{Measure: "m.m", Unit: place.Unit(unit), Period: period.Year(2023)}
	}
	sum := func(units ...string) source.Linear {
		f := source.Linear{}
		for _, u := range units {
			f[ask(u)] = big.NewRat(1, 1)
		}
		return f
	}
	for _, c := range []struct {
		name              string
		printed, withheld []source.Linear
		leaks             int
	}{
		{"nothing is printed", nil, []source.Linear{sum("a")}, 0},
		{"a total and all other parts", []source.Linear{sum("a", "b", "c"), sum("b"), sum("c")}, []source.Linear{sum("a")}, 1},
		{"a total and one of two other parts", []source.Linear{sum("a", "b", "c"), sum("b")}, []source.Linear{sum("a")}, 0},
		{"two parts withheld", []source.Linear{sum("a", "b", "c"), sum("c")}, []source.Linear{sum("a"), sum("b")}, 0},
		{"two overlapping sums", []source.Linear{sum("a", "b"), sum("b", "c"), sum("a", "c")}, []source.Linear{sum("a"), sum("a", "b", "c")}, 2},
		{"a rate of a printed base", []source.Linear{{ask("a"): big.NewRat(1, 1), ask("b"): big.NewRat(-3, 7)}, sum("b")}, []source.Linear{sum("a")}, 1},
		{"itself", []source.Linear{sum("a")}, []source.Linear{sum("a")}, 1},
	} {
		leaks := source.Solvable(c.printed, c.withheld)
		if len(leaks) != c.leaks {
			t.Errorf("%s: got %d leaks, want %d", c.name, len(leaks), c.leaks)
		}
		for _, l := range leaks { // the proof is right
			left := map[source.Ask]*big.Rat{}
			add := func(f source.Linear, times *big.Rat) {
				for a, x := range f {
					if left[a] == nil {
						left[a] = new(big.Rat)
					}
					left[a].Add(left[a], new(big.Rat).Mul(x, times))
				}
			}
			add(c.withheld[l.Withheld], big.NewRat(-1, 1))
			for i, x := range l.By {
				add(c.printed[i], x)
			}
			for a, x := range left {
				if x.Sign() != 0 {
					t.Errorf("%s: the factors %v leave %s of %v", c.name, l.By, x, a)
				}
			}
		}
	}
}

// A form is tied to a withheld one if some forms with it make the withheld one up and no fewer of them do: every choice of forms is tried.
func TestWhatCanHaveAPartInAGiveawayIsFound(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	vector := func() source.Linear {
		f := source.Linear{}
		for _, u := range []string{"a", "b", "c", "d"} {
			if x := random.Int64N(3) - 1; x != 0 {
				f[source.Ask{Measure: "m.m", Unit: place.Unit(u), Period: period.Year(2023)}] = big.NewRat(x, 1)
			}
		}
		return f
	}
	both := 0
	for range 500 {
		printed := make([]source.Linear, 5)
		for i := range printed {
			printed[i] = vector()
		}
		hidden := []source.Linear{vector()}
		if len(hidden[0]) == 0 {
			continue
		}
		chosen := func(set int) (out []source.Linear) {
			for i, f := range printed {
				if set>>i&1 == 1 {
					out = append(out, f)
				}
			}
			return out
		}
		makes := func(set int) bool { return len(source.Solvable(chosen(set), hidden)) > 0 }
		want := make([]bool, len(printed))
		for set := range 1 << len(printed) {
			fewest := makes(set)
			for i := range printed {
				fewest = fewest && (set>>i&1 == 0 || !makes(set&^(1<<i)))
			}
			for i := range printed {
				want[i] = want[i] || fewest && set>>i&1 == 1
			}
		}
		if slices.Contains(want, true) && slices.Contains(want, false) {
			both++
		}
		if got := source.Tied(printed, hidden); !slices.Equal(got, want) {
			t.Fatalf("printed %v, withheld %v: got %v, want %v", printed, hidden, got, want)
		}
	}
	if both < 50 {
		t.Errorf("only %d cases of 500 have forms of both sorts", both)
	}
}
