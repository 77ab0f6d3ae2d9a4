package source_test

import (
	"errors"
	"testing"

	"anlan/account/source"
	"anlan/ground/fault"
	"anlan/ground/maybe"
	"anlan/ground/period"
	"anlan/record/book"
	"anlan/record/field"
	"anlan/record/recordtest"
	"anlan/store"
)

func isFault(err, want error) bool { return err != nil && errors.Is(err, want) }

func TestBadFormsAreRefused(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := found(t, d)
		for _, c := range []struct {
			name string
			want error
			bad  func(f *source.Form)
		}{
			{"an item twice", source.ErrItemTwice, func(f *source.Form) { f.Items[1].Code = "seen" }},
			{"a part of what is not there", source.ErrUnknownItem, func(f *source.Form) { f.Items[1].PartOf = "sene" }},
			{"a part of itself", source.ErrPartOfItself, func(f *source.Form) { f.Items[0].PartOf = "red" }},
			{"a part that measures something else", source.ErrUnitMismatch, func(f *source.Form) { f.Items[1].Unit = "人" }},
			{"a unit of measure that does not exist", field.ErrRule, func(f *source.Form) { f.Items[0].Unit = "打" }},
			{"a unit of measure that does not fit the measure", source.ErrUnitMismatch, func(f *source.Form) { f.Items[3].Unit = "人" }},
			{"a flow for a stock", source.ErrShapeMismatch, func(f *source.Form) { f.Items[4].Shape = source.Flow }},
			{"an unknown measure", source.ErrUnknownMeasure, func(f *source.Form) { f.Items[0].StandsFor = "sample.sean" }},
			{"the code of a measure", source.ErrIsMeasure, func(f *source.Form) { f.Code = "sample" }},
			{"the code of citations", source.ErrFormCode, func(f *source.Form) { f.Code = "cited" }},
			{"the code of another form", book.ErrDuplicate, func(f *source.Form) { f.Code = "final" }},
		} {
			f := samples()
			f.Code = "another"
			c.bad(f)
			w.refuses(c.name, c.want, f)
		}
	})
}

func TestAnItemThatReturnsStateKeepsItsMeaning(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := found(t, d)
		w.must(filed("samples", "430602", "2023-05", source.Monthly, value("seen", 4)))
		edit := func(change func(f *source.Form)) error {
			var old *source.Form
			w.Read(w.Admin, 0, func(v *book.View) {
				r, err := v.Find("stat_form", "samples")
				if err != nil {
					t.Fatal(err)
				}
				old = r.(*source.Form)
			})
			f := samples()
			change(f)
			_, err := w.Apply(w.Admin, book.Change{Kind: "stat_form", ID: old.ID, Action: "edit", Record: f})
			return err
		}
		for name, change := range map[string]func(f *source.Form){
			"another unit of measure": func(f *source.Form) { f.Items[0].Unit = "万个" },
			"no longer an item": func(f *source.Form) {
				f.Items = f.Items[3:]
			},
		} {
			if err := edit(change); !errors.Is(err, source.ErrItemFixed) {
				t.Errorf("%s: got %v, want %v", name, err, source.ErrItemFixed)
			}
		}
		if err := edit(func(f *source.Form) { f.Items[0].LabelZh = "样本总数"; f.Items[3].Unit = "元" }); err != nil {
			t.Errorf("a better name, and another unit of what nobody stated: %v", err)
		}
		w.Sound()
	})
}

func TestBadReturnsAreRefused(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := found(t, d)
		w.must(filed("samples", "430602", "2023-05", source.Monthly, value("seen", 4)))
		early := filed("samples", "430602", "2023-06", source.Monthly, value("seen", 1))
		early.FiledOn = day("2023-05-31")
		contradicts := nilReturn("samples", "430602", "2023-06")
		contradicts.Values = []source.ReturnValue{value("seen", 1)}
		half := filed("samples", "430602", "2023-06", source.Monthly, source.ReturnValue{Item: "seen", Value: maybe.Some(field.Scaled(500_000))})
		final := filed("samples", "430602", "2023-06", source.Annual, value("seen", 1))
		final.FiledOn = day("2023-06-20")
		for _, c := range []struct {
			name string
			want error
			r    *source.Return
		}{
			{"twice", book.ErrDuplicate, filed("samples", "430602", "2023-05", source.Monthly, value("seen", 5))},
			{"of a year on a monthly form", source.ErrWrongPeriod, filed("samples", "430602", "2023", source.Monthly, value("seen", 5))},
			{"of half a month", source.ErrWrongPeriod, filed("samples", "430602", "2023-05-01..2023-05-15", source.Monthly, value("seen", 5))},
			{"filed before its period began", source.ErrFiledBefore, early},
			{"of a unit that no longer exists", source.ErrUnitGone, filed("samples", "430623", "2023-07", source.Monthly, value("seen", 1))},
			{"of a unit that does not exist yet", source.ErrUnitGone, filed("samples", "430682", "2023-06", source.Monthly, value("seen", 1))},
			{"of a unit that never existed", book.ErrNoSuchUnit, filed("samples", "430699", "2023-05", source.Monthly, value("seen", 1))},
			{"of an unknown form", source.ErrUnknownForm, filed("sample_form", "430602", "2023-05", source.Annual, value("seen", 1))},
			{"of an item that the form has not", source.ErrUnknownItem, filed("samples", "430602", "2023-06", source.Monthly, value("seeen", 1))},
			{"of an item twice", source.ErrItemTwice, filed("samples", "430602", "2023-06", source.Monthly, value("seen", 1), value("seen", 2))},
			{"that states nothing and is no nil return", source.ErrStatesNothing, filed("samples", "430602", "2023-06", source.Monthly, source.ReturnValue{Item: "seen"})},
			{"nil and with a value", source.ErrNilWithValue, contradicts},
			{"of half a thing", source.ErrFraction, half},
			{"of less than nothing", source.ErrNegative, filed("samples", "430602", "2023-06", source.Monthly, value("seen", -4))},
			{"of a final edition before its period ended", source.ErrFiledEarly, final},
		} {
			w.refuses("a return "+c.name, c.want, c.r)
		}
		// Of one Apply the first is good and the others are each refused with their number.
		_, err := w.Apply(w.Admin,
			create(filed("samples", "430602", "2023-06", source.Monthly, value("seen", 1))),
			create(filed("samples", "430602", "2023-06", source.Monthly, value("seen", 2))),
			create(filed("samples", "430602", "2023-H1", source.Monthly, value("seen", 3))))
		var faults fault.List
		if internal := faults.Add(err); internal != nil || len(faults) != 2 || faults[0].Where.Row+faults[1].Where.Row != 5 {
			t.Errorf("got %v", err)
		}
		w.must(filed("samples", "430623", "2023-06", source.Monthly, value("seen", 1)), filed("samples", "430682", "2023-07", source.Monthly, value("seen", 1)))
		w.Sound()
	})
}

func TestACorrectedReturnLeavesNothingOutInSilence(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := found(t, d)
		id := w.Must(create(filed("samples", "430602", "2023-05", source.Monthly, value("seen", 4), value("red", 1))))[0].ID
		edit := func(r *source.Return) error {
			_, err := w.Apply(w.Admin, book.Change{Kind: "stat_return", ID: id, Action: "edit", Record: r})
			return err
		}
		if err := edit(filed("samples", "430602", "2023-05", source.Monthly, value("seen", 5))); !errors.Is(err, source.ErrItemsLeftOut) {
			t.Errorf("one of two items left out: got %v", err)
		}
		if err := edit(filed("samples", "430602", "2023-05", source.Monthly, value("seen", 5), source.ReturnValue{Item: "red"})); err != nil {
			t.Errorf("an item without a value any more: %v", err)
		}
		if err := edit(nilReturn("samples", "430602", "2023-05")); err != nil {
			t.Errorf("a nil return instead: %v", err)
		}
		w.Sound()
	})
}

func TestCoveragesThatOverlapAreRefused(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := found(t, d)
		w.must(covers("sample.seen", "430602", "2023-01-01", "2024-01-01", source.Returns, "samples.seen"))
		for _, c := range []struct {
			name string
			want error
			c    *source.Coverage
		}{
			{"inside", source.ErrOverlap, covers("sample.seen", "430602", "2023-05-01", "2023-06-01", source.Records, "")},
			{"across the beginning", source.ErrOverlap, covers("sample.seen", "430602", "2022-05-01", "2023-01-02", source.Published, "")},
			{"across the end, open", source.ErrOverlap, covers("sample.seen", "430602", "2023-12-31", "", source.Records, "")},
			{"around it", source.ErrOverlap, covers("sample.seen", "430602", "2022-01-01", "", source.Records, "")},
			{"of no days", source.ErrCoversNothing, covers("sample.seen", "430602", "2022-01-01", "2022-01-01", source.Records, "")},
			{"of an unknown measure", source.ErrUnknownMeasure, covers("sample.sean", "430602", "2022-01-01", "", source.Records, "")},
			{"of an unknown unit", source.ErrNoUnit, covers("sample.seen", "430699", "2022-01-01", "", source.Records, "")},
			{"by an unknown form", source.ErrUnknownForm, covers("sample.seen", "430621", "2022-01-01", "", source.Returns, "sampels.seen")},
			{"by an unknown item", source.ErrUnknownItem, covers("sample.seen", "430621", "2022-01-01", "", source.Returns, "samples.sean")},
			{"by an item that measures something else", source.ErrUnitMismatch, covers("sample.seen", "430621", "2022-01-01", "", source.Returns, "samples.cost")},
			{"of an item, by returns", source.ErrWithoutEffect, covers("samples.seen", "430621", "2022-01-01", "", source.Returns, "samples.seen")},
			{"of an item, by records", source.ErrWithoutEffect, covers("samples.seen", "430621", "2022-01-01", "", source.Records, "")},
			{"by a stock", source.ErrShapeMismatch, covers("sample.seen", "430621", "2022-01-01", "", source.Returns, "samples.standing")},
			{"by returns without an item", source.ErrItemOfReturns, covers("sample.seen", "430621", "2022-01-01", "", source.Returns, "")},
			{"by records with an item", source.ErrItemOfReturns, covers("sample.seen", "430621", "2022-01-01", "", source.Records, "samples.seen")},
		} {
			w.refuses("a coverage "+c.name, c.want, c.c)
		}
		// Days that touch do not overlap; nor do other units and measures, nor two of which one is withdrawn.
		w.must(covers("sample.seen", "430602", "2022-01-01", "2023-01-01", source.Records, ""), covers("sample.seen", "430602", "2024-01-01", "", source.Records, ""),
			covers("sample.seen", "430621", "2023-01-01", "2024-01-01", source.Returns, "samples.seen"), covers("sample.cost", "430602", "2023-01-01", "2024-01-01", source.Returns, "samples.cost"))
		_, err := w.Apply(w.Admin, create(covers("sample.red", "430602", "2023-01-01", "", source.Records, "")), create(covers("sample.red", "430602", "2023-06-01", "", source.Records, "")))
		if !errors.Is(err, source.ErrOverlap) {
			t.Errorf("two of one Apply that overlap: got %v", err)
		}
		w.Sound()
	})
}

func TestWhatIsPrintedMustFitItsMeasure(t *testing.T) {
	recordtest.Run(t, func(t *testing.T, d store.Dialect) {
		w := found(t, d)
		printed := func(change func(p *source.PublishedFigure)) *source.PublishedFigure {
			p := &source.PublishedFigure{Measure: "sample.cost", Subject: "430600", Period: period.Year(2022), Value: scaled(5), Measured: "亿元", Basis: source.AsPublished, Document: "2022年度报告"}
			change(p)
			return p
		}
		w.refuses("another dimension", source.ErrUnitMismatch, printed(func(p *source.PublishedFigure) { p.Measured = "人" }))
		w.refuses("an unknown measure", source.ErrUnknownMeasure, printed(func(p *source.PublishedFigure) { p.Measure = "sample.cots" }))
		w.refuses("an unknown unit", source.ErrNoUnit, printed(func(p *source.PublishedFigure) { p.Subject = "430699" }))
		w.must(printed(func(*source.PublishedFigure) {}))
		w.refuses("twice", book.ErrDuplicate, printed(func(p *source.PublishedFigure) { p.Value = scaled(6) }))
		cite := func(change func(c *source.CitedFigure)) *source.CitedFigure {
			c := &source.CitedFigure{Code: "satisfaction", Period: period.Year(2023), Subject: "430600", Value: maybe.Some(scaled(97)), Measured: "%", Issuer: "示例机关",
				Document: "示例〔2024〕1号", Quote: "满意度为97%。", IssuedOn: day("2024-01-15")}
			change(c)
			return c
		}
		w.refuses("neither value nor claim", source.ErrCitesNothing, cite(func(c *source.CitedFigure) { c.Value, c.Measured = maybe.None[field.Scaled](), "" }))
		w.refuses("a value without unit", source.ErrValueAndUnit, cite(func(c *source.CitedFigure) { c.Measured = "" }))
		w.refuses("without the sentence", field.ErrMissing, cite(func(c *source.CitedFigure) { c.Quote = "" }))
		w.must(cite(func(*source.CitedFigure) {}))
		w.refuses("one code in two units of measure", source.ErrOtherUnit, cite(func(c *source.CitedFigure) { c.Period, c.Measured = period.Year(2022), "分" }))
		w.refuses("a line of an unknown item", source.ErrUnknownItem, &source.FinalLine{Entity: "430600", Year: 2023, Table: source.Public01, Line: 1, Item: "expenses", Name: "支出", Edition: source.Approved})
		w.refuses("a reconciliation of an unknown item", source.ErrUnknownItem, &source.Reconciliation{Number: "1", Entity: "430600", Year: 2023, Item: "expenses", Reason: source.Refund, Document: "附表"})
		w.refuses("withheld of an unknown unit", source.ErrNoUnit, &source.Withholding{Code: "sample.seen", Subject: "430699", Period: period.Year(2023), Ground: "政府信息公开条例第十四条", Decided: "示例局", DecideOn: day("2024-01-15")})
		w.Sound()
	})
}
