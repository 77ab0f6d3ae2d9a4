package source

import (
	"crypto/sha256"
	"fmt"
	"regexp"
	"slices"

	"anlan/ground/code"
	"anlan/ground/figure"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/record"
	"anlan/record/field"
)

// Grain is the length of the periods of a form (报告期别).
type Grain string

// The grains.
const (
	PerMonth   Grain = "month"
	PerQuarter Grain = "quarter"
	PerHalf    Grain = "half"
	PerYear    Grain = "year"
	ToDate     Grain = "to_date" // from 1 January to the end of a month
	AnySpan    Grain = "any"     // of an event: whatever days it took
)

// Grains is the list of grains.
var Grains = code.NewList("统计报表制度",
	code.Of(PerMonth, "月报", "monthly"),
	code.Of(PerQuarter, "季报", "quarterly"),
	code.Of(PerHalf, "半年报", "half-yearly"),
	code.Of(PerYear, "年报", "yearly"),
	code.Of(ToDate, "累计月报", "year to date"),
	code.Of(AnySpan, "不定期", "no fixed period"),
)

// Shape says what an item is for a period.
type Shape string

// The shapes: 时期数, what happened in it; 时点数, what stood on its last day.
const (
	Flow  Shape = "flow"
	Stock Shape = "stock"
)

// Shapes is the list of shapes.
var Shapes = code.NewList("统计报表制度",
	code.Of(Flow, "时期数", "flow"),
	code.Of(Stock, "时点数", "stock"),
)

// Form is a statistical form (报表制度) with its items. Its code is the first half of the names of its items as measures.
type Form struct {
	record.Head
	Code    string
	Name    string
	Issuer  string // 制定机关
	Number  string // 文号 or 表号
	Edition string // of the form itself: 2023年
	Grain   Grain
	Items   []FormItem
}

// FormItem is one item (指标项) of a form.
type FormItem struct {
	Code      string
	LabelZh   string
	LabelEn   string
	Unit      string // of measure
	Shape     Shape
	StandsFor string // the measure whose figure it is; empty: it is a measure of its own only
	PartOf    string // the item of this form whose part it is; empty: no part
}

var (
	formCode    = field.Text("code", "报表代码", "form code", func(f *Form) *string { return &f.Code }, aFormCode).Required().Fixed()
	formName    = field.Text("name", "报表名称", "form name", func(f *Form) *string { return &f.Name }, field.Max(100)).Required()
	formIssuer  = field.Text("issuer", "制定机关", "issuer", func(f *Form) *string { return &f.Issuer }, field.Max(100)).Required()
	formNumber  = field.Text("number", "表号或文号", "form or document number", func(f *Form) *string { return &f.Number }, field.Max(60))
	formEdition = field.Text("form_edition", "制度年度", "edition of the form", func(f *Form) *string { return &f.Edition }, field.Max(20))
	formGrain   = field.Code("grain", "报告期别", "length of its periods", func(f *Form) *Grain { return &f.Grain }, Grains).Required()
	formItems   = field.Rows("item", "指标项", "items", func(f *Form) *[]FormItem { return &f.Items },
		itemCode, itemZh, itemEn, itemUnit, itemShape, itemStandsFor, itemPartOf)

	itemCode      = field.Text("code", "代码", "code", func(i *FormItem) *string { return &i.Code }, anItemCode).Required()
	itemZh        = field.Text("label_zh", "名称", "label in Chinese", func(i *FormItem) *string { return &i.LabelZh }, field.Max(60)).Required()
	itemEn        = field.Text("label_en", "英文名称", "label in English", func(i *FormItem) *string { return &i.LabelEn }, field.Max(90)).Required()
	itemUnit      = field.Text("measured_in", "计量单位", "unit of measure", func(i *FormItem) *string { return &i.Unit }, aUnitOfMeasure).Required()
	itemShape     = field.Code("shape", "时期或时点", "shape", func(i *FormItem) *Shape { return &i.Shape }, Shapes).Required()
	itemStandsFor = field.Text("stands_for", "对应统计项", "stands for the measure", func(i *FormItem) *string { return &i.StandsFor }, aMeasureCode)
	itemPartOf    = field.Text("part_of", "其中项所属", "part of the item", func(i *FormItem) *string { return &i.PartOf }, anItemCode)
)

// FormKind is the kind of forms.
var FormKind = record.Define("stat_form", "报表制度", "statistical form", func(f *Form) *record.Head { return &f.Head },
	formCode, formName, formIssuer, formNumber, formEdition, formGrain, formItems,
).Key(formCode).Rule((*Form).inOrder, formCode, formItems)

var (
	formForm    = regexp.MustCompile(`^[a-z][a-z0-9_]{1,29}$`)
	itemForm    = regexp.MustCompile(`^[a-z][a-z0-9_]{1,39}$`)
	measureForm = regexp.MustCompile(`^[a-z][a-z0-9_]{1,29}\.[a-z][a-z0-9_]{1,39}$`)
)

func matches(form *regexp.Regexp, zh lang.Zh, en lang.En) field.Rule[string] {
	return field.Rule[string]{Words: lang.Of(zh, en), Holds: func(s string, _ period.Day) bool { return form.MatchString(s) }}
}

var (
	aFormCode    = matches(formForm, "小写字母开头的2至30个小写字母、数字或下划线", "2 to 30 of a-z, 0-9, _, a letter first")
	anItemCode   = matches(itemForm, "小写字母开头的2至40个小写字母、数字或下划线", "2 to 40 of a-z, 0-9, _, a letter first")
	aMeasureCode = matches(measureForm, "统计项代码，如accident.count", "the code of a measure, as accident.count")

	aUnitOfMeasure = field.Rule[string]{
		Words: lang.Of("单位表中的计量单位，如起、人、万元", "a unit of measure from the list, as 起, 人, 万元"),
		Holds: func(s string, _ period.Day) bool { _, ok := figure.UnitOf(s); return ok },
	}
)

// Cited is the first half of the codes of cited figures as measures; no form may be called so.
const Cited = "cited"

// inOrder refuses items that cannot be measures of one form.
func (f *Form) inOrder() error {
	if f.Code == Cited {
		return ErrFormCode.With(f.Code)
	}
	for i, x := range f.Items {
		if slices.ContainsFunc(f.Items[:i], func(y FormItem) bool { return y.Code == x.Code }) {
			return ErrItemTwice.With(f.Code + "." + x.Code)
		}
		if err := f.whole(x); err != nil {
			return err
		}
	}
	return nil
}

// whole sees that the item of which x is a part is there, measures the same, and is no part of x.
func (f *Form) whole(x FormItem) error {
	of := x
	for range f.Items {
		if of.PartOf == "" {
			return nil
		}
		i := slices.IndexFunc(f.Items, func(y FormItem) bool { return y.Code == of.PartOf })
		if i < 0 {
			return ErrUnknownItem.With(f.Code, of.PartOf, field.Nearest(of.PartOf, f.codes()))
		}
		a, _ := figure.UnitOf(of.Unit)
		b, _ := figure.UnitOf(f.Items[i].Unit)
		if a.Dimension() != b.Dimension() {
			return ErrUnitMismatch.With(of.LabelZh, of.Unit, f.Items[i].LabelZh, f.Items[i].Unit)
		}
		of = f.Items[i]
	}
	return ErrPartOfItself.With(f.Code + "." + x.Code)
}

func (f *Form) codes() []string {
	out := make([]string, len(f.Items))
	for i, x := range f.Items {
		out[i] = x.Code
	}
	return out
}

// Item is an item of a form, a cited number, money in detail, or counted targets, as a measure.
type Item struct {
	Code      string // FORM.ITEM
	Label     lang.Text
	Unit      figure.Unit
	Shape     Shape
	StandsFor string
	PartOf    string // FORM.ITEM of the whole
	Grain     Grain  // of its form
	Detail    *Detail
}

// Hash names the definition, by Canon.
func (i Item) Hash() [32]byte { return sha256.Sum256([]byte(i.Canon())) }

// Canon is the definition as it is hashed: all that decides what its figure is. A better label is not another definition.
func (i Item) Canon() string {
	return fmt.Sprintf("item %s\nshape %s\nunit %s\n", i.Code, i.Shape, i.Unit)
}

// Measures lists the items of the form as measures, in the order of the form.
func (f *Form) Measures() []Item {
	out := make([]Item, len(f.Items))
	for i, x := range f.Items {
		u, _ := figure.UnitOf(x.Unit) // the rule of the field has looked
		out[i] = Item{Code: f.Code + "." + x.Code, Label: lang.Text{Zh: x.LabelZh, En: x.LabelEn}, Unit: u, Shape: x.Shape, StandsFor: x.StandsFor, Grain: f.Grain}
		if x.PartOf != "" {
			out[i].PartOf = f.Code + "." + x.PartOf
		}
	}
	return out
}

// fits says whether a period is one of those that a form of this grain is filed for.
func (g Grain) fits(p period.Period) bool {
	y, m, _ := p.First().Date()
	last, lastMonth, _ := p.Last().Date()
	switch g {
	case PerMonth:
		return p == period.Month(y, m)
	case PerQuarter:
		return p == period.Quarter(y, (int(m)+2)/3)
	case PerHalf:
		return p == period.Half(y, (int(m)+5)/6)
	case PerYear:
		return p == period.Year(y)
	case ToDate:
		return p == period.Month(last, lastMonth).YearToDate()
	}
	return true
}
