package source_test

import (
	"regexp"
	"testing"

	"anlan/account/source"
	"anlan/account/source/shipped"
	"anlan/ground/figure"
	"anlan/ground/maybe"
	"anlan/ground/money"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/book"
	"anlan/record/exchange"
	"anlan/record/field"
	"anlan/record/measure"
	"anlan/record/recordtest"
	"anlan/resource/budgetline"
	"anlan/resource/project"
	"anlan/resource/voucher"
	"anlan/store"
	"anlan/store/journal"
)

// world is a book over samples and the sources beside records, with the shipped forms. Under the bureau 430600 stand
// 430602 and 430621 with a section each, 430623 until it was dissolved in July 2023, and 430682 from then on.
type world struct{ *recordtest.World }

// trees are the trees of these tests.
type trees struct{ recordtest.Trees }

func (trees) Units(*store.Tx, journal.Position) (place.Tree[place.Unit], error) {
	dissolved := day("2023-07-01")
	return place.NewTree([]place.Edge[place.Unit]{
		{Child: "430602", Parent: "430600"}, {Child: "430602-01", Parent: "430602"},
		{Child: "430621", Parent: "430600"}, {Child: "430621-01", Parent: "430621"},
		{Child: "430623", Parent: "430600", Until: dissolved}, {Child: "430682", Parent: "430600", From: dissolved},
	}, "430600"), nil
}

func day(s string) period.Day {
	d, err := period.ISODay(s)
	if err != nil {
		panic(err)
	}
	return d
}

// measures are those that samples declare.
func measures() map[string]source.Measure {
	out := map[string]source.Measure{}
	for _, s := range recordtest.Kind.MeasureSpecs() {
		u, ok := figure.UnitOf(s.Unit)
		if !ok {
			panic(s.Unit)
		}
		shape := source.Flow
		if s.Shape == measure.Stock {
			shape = source.Stock
		}
		out[s.Code] = source.Measure{Unit: u, Shape: shape}
	}
	return out
}

func found(t *testing.T, d store.Dialect) *world {
	t.Helper()
	w := &world{recordtest.Found(t, d, book.Options{Trees: trees{}, Judge: source.Judge{Measures: measures()}}, append([]record.Of{recordtest.Kind, exchange.Kind, project.Workflow, voucher.Kind, budgetline.Kind}, source.Kinds()...)...)}
	w.bring("stat_form", standingAlone)
	w.must(samples())
	return w
}

// standingAlone are the shipped forms without the measures for which their items stand, which are not of this book.
var standingAlone = regexp.MustCompile(`[a-z_]+\.[a-z_]+ \|`).ReplaceAll(shipped.Forms, []byte("|"))

// bring imports a sheet of lines.
func (w *world) bring(kind string, lines []byte) {
	w.Helper()
	if _, err := exchange.Import(w.Ctx, w.Book, w.Admin, exchange.Request{Kind: kind, Path: kind + ".jsonl", Content: lines}); err != nil {
		w.Fatalf("import %s: %v", kind, err)
	}
}

// samples is a monthly form: samples seen, red ones among them, and what they cost.
func samples() *source.Form {
	f := &source.Form{Code: "samples", Name: "样本月报", Issuer: "示例局", Grain: source.PerMonth, Items: []source.FormItem{
		{Code: "seen", LabelZh: "样本数", LabelEn: "samples", Unit: "个", Shape: source.Flow, StandsFor: "sample.seen"},
		{Code: "red", LabelZh: "红色样本数", LabelEn: "red samples", Unit: "个", Shape: source.Flow, PartOf: "seen"},
		{Code: "other", LabelZh: "其他样本数", LabelEn: "other samples", Unit: "个", Shape: source.Flow, PartOf: "seen"},
		{Code: "cost", LabelZh: "费用", LabelEn: "cost", Unit: "万元", Shape: source.Flow, StandsFor: "sample.cost"},
		{Code: "standing", LabelZh: "在册样本数", LabelEn: "samples standing", Unit: "个", Shape: source.Stock, StandsFor: "sample.standing"},
	}}
	f.Unit = "430600"
	return f
}

// must makes records.
func (w *world) must(records ...any) {
	w.Helper()
	var changes []book.Change
	for _, r := range records {
		changes = append(changes, create(r))
	}
	w.Must(changes...)
}

// refuses sees that a record is refused for a reason.
func (w *world) refuses(name string, want error, r any) {
	w.Helper()
	if _, err := w.Apply(w.Admin, create(r)); !isFault(err, want) {
		w.Errorf("%s: got %v, want %v", name, err, want)
	}
}

func create(r any) book.Change {
	switch r := r.(type) {
	case *source.Form:
		return recordtest.Create("stat_form", owned(r, &r.Unit))
	case *source.Return:
		return recordtest.Create("stat_return", owned(r, &r.Unit))
	case *source.FinalLine:
		return recordtest.Create("final_accounts_line", owned(r, &r.Unit))
	case *source.Reconciliation:
		return recordtest.Create("reconciliation", owned(r, &r.Unit))
	case *source.CitedFigure:
		return recordtest.Create("cited_figure", owned(r, &r.Unit))
	case *source.PublishedFigure:
		return recordtest.Create("published_figure", owned(r, &r.Unit))
	case *source.Coverage:
		return recordtest.Create("coverage", owned(r, &r.Unit))
	case *source.Withholding:
		return recordtest.Create("withholding", owned(r, &r.Unit))
	case *project.Project:
		return recordtest.Create("project", owned(r, &r.Unit))
	case *voucher.Voucher:
		return recordtest.Create("voucher", owned(r, &r.Unit))
	case *budgetline.Line:
		return recordtest.Create("budget_line", owned(r, &r.Unit))
	case *recordtest.Sample:
		return recordtest.Create("sample", r)
	}
	panic("not one of our kinds")
}

func owned[T any](r *T, unit *place.Unit) *T {
	if *unit == "" {
		*unit = "430600"
	}
	return r
}

// scaled is a value of a return or of print.
func scaled(whole int64) field.Scaled { return field.Scaled(whole * 1_000_000) }

// value states an item.
func value(item string, whole int64) source.ReturnValue {
	return source.ReturnValue{Item: item, Value: maybe.Some(scaled(whole))}
}

// filed is a return.
func filed(form string, reporter place.Unit, span string, edition source.Edition, values ...source.ReturnValue) *source.Return {
	p := period.MustParse(span)
	return &source.Return{Form: form, Reporter: reporter, Period: p, Edition: edition, FiledOn: p.Last().Add(5), Values: values}
}

func nilReturn(form string, reporter place.Unit, span string) *source.Return {
	r := filed(form, reporter, span, source.Monthly)
	r.Nil = true
	return r
}

func covers(measure string, unit place.Unit, from, until string, sort source.Sort, item string) *source.Coverage {
	return &source.Coverage{Measure: measure, Covered: unit, From: day(from), Until: day(until), Source: sort, Item: item}
}

// seen is a sample seen on a day, that cost something.
func seen(number string, unit place.Unit, on string, yuan int64) *recordtest.Sample {
	s := recordtest.New(number, unit)
	s.On, s.Cost = day(on), maybe.Some(money.Fen(100*yuan))
	return s
}
